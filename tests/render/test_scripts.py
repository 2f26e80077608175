"""People of all scripts: their names print in words, headings, figures and packets, or it is said why not."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handoutkit.errors import ContentError, MachineError
from handoutkit.library.shipped_files import EXTRAS
from handoutkit.render.scripts import SCRIPTS, of_characters, refuse_missing, scripts_in
from handoutkit.render.theme import Theme
from handoutkit.render.values.printable import printable, runs_from_right_anywhere, seen
from tests.conftest import ROOT, Tree
from tests.support.packet_sample import ANNA, sample, shown_by_marks
from tests.support.pdf_reading import failures, fonts, opened, seen_from_left, texts, with_pdfium, with_pypdf
from tests.support.samples import FILES
from tests.support.typeset_here import set_in_this_process

NAMES = {
    "Ka\u02bbiulani": "Noto Sans",
    "Dighį\u02bcí": "Noto Sans",
    "Adékẹ́": "Noto Sans",
    "Ǹgọ́zị": "Noto Sans",
    "G̃uahu": "Noto Sans",
    "M̧ajeļ": "Noto Sans",
    "Ŋɔŋlɔ": "Noto Sans",
    "Ɓaba": "Noto Sans",
    "Əli": "Noto Sans",
    "Áŋŋel": "Noto Sans",
    "MᶜDonald": "Noto Sans",
    "Ⅷ": "Noto Sans",
    "❤": "Noto Sans",
    "Ἑλένη": "Noto Sans",
    "Ђорђе": "Noto Sans",
    "Әлия": "Noto Sans",
    "Արմեն": "Noto Sans Armenian",
    "শ্রীমতী": "Noto Sans Bengali",
    "ᐃᓄᒃᑎᑐᑦ": "Noto Sans Canadian Aboriginal",
    "ᏣᎳᎩ": "Noto Sans Cherokee",
    "አበበ": "Noto Sans Ethiopic",
    "გიორგი": "Noto Sans Georgian",
    "ગુજરાતી": "Noto Sans Gujarati",
    "ਗੁਰਪ੍ਰੀਤ": "Noto Sans Gurmukhi",
    "ಕನ್ನಡ": "Noto Sans Kannada",
    "ខ្មែរ": "Noto Sans Khmer",
    "ລາວ": "Noto Sans Lao",
    "മലയാളം": "Noto Sans Malayalam",
    "မြန်မာ": "Noto Sans Myanmar",
    "ଓଡ଼ିଆ": "Noto Sans Oriya",
    "සිංහල": "Noto Sans Sinhala",
    "ܫܠܡܐ": "Noto Sans Syriac",
    "தமிழ்ச்செல்வி": "Noto Sans Tamil",
    "తెలుగు": "Noto Sans Telugu",
    "ދިވެހި": "Noto Sans Thaana",
    "สมชาย": "Noto Sans Thai",
    "王小样": "Noto Sans SC",
    "陳小樣": "Noto Sans TC",
    "ハナコ": "Noto Sans JP",
    "김민준": "Noto Sans KR",
}
"""Invented people, and the family their names are set in."""
BOTH_WAYS = {
    "Mariam مريم": "Mariamميرم",
    "مريم يوسف": "فسويميرم",
    "שָׁלוֹם כהן 12 mg": "12mg\u05df\u05d4\u05db\u05dd\u05d5\u05dc\u05e9",  # an amount and its unit stay one
    "12 mg שלום": "12mg\u05dd\u05d5\u05dc\u05e9",
    "مُحَمَّد (12) علي": "يلع)12(دمحم",
    "Anna (דוד) Roth": "Anna(דוד)Roth",
    "مريم 1/2": "1/2ميرم",
}
"""Values that run in both directions, and their letters as an eye meets them from the left."""
MOVED_AND_NOT_BACK = re.compile(rb">-?\d+\.\d+<[0-9a-f]+>-?[1-9]\d*\] TJ")


def handout(names: list[str]) -> str:
    """A page with each name in a heading, in words and in bold, and some in a figure."""
    blocks = "".join(
        f"  - {{type: prose, id: p{n}, heading: The name {name}, text: 'So {name}, and **{name}**, and {name}.'}}\n"
        for n, name in enumerate(names)
    )
    figures = "".join(
        f"  - {{type: figure, kind: flow, alt: Two, height: 30, regions: [{{label: {one}}}, {{label: {other}}}]}}\n"
        for one, other in zip(names[::2], names[1::2], strict=True)
    )
    start = "  - type: prose\n    id: opening"
    return FILES["handouts/small-page.yaml"].replace(start, blocks + figures + start)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("names")
    for name, content in {**FILES, "handoutkit.yaml": "", "handouts/small-page.yaml": handout(list(NAMES))}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return set_in_this_process(folder).pdf


@cache
def theme() -> Theme:
    return Theme.find("base", (ROOT,))


def named(pdf: bytes) -> set[str]:
    return {name.replace("-", "").replace(" ", "") for name in fonts(opened(pdf))}


def test_names_of_every_script_stand_in_a_handout(page: bytes) -> None:
    assert failures(page) == []
    families = {family.replace(" ", "") for family in NAMES.values()}
    assert named(page) >= families | {f"{family}Bold" for family in families}
    read = with_pypdf(page)
    few = {name: read.count(name) for name in NAMES if read.count(name) < 5}
    assert few == {}


def test_what_stands_behind_a_mark_stands_where_it_should(page: bytes) -> None:
    """PDFium does not take a number that ends a line of glyphs."""
    for each in opened(page).pages:
        assert not MOVED_AND_NOT_BACK.search(each.Contents.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_everyone_gets_a_packet(name: str) -> None:
    packet = sample().personaliser.personalise({**ANNA, "display_name": name, "who": name})
    assert failures(packet) == []
    added = named(packet) - named(sample().layout.pdf)
    printed = printable(name)
    faces = set() if printed.isascii() else {NAMES[name].replace(" ", "")}
    assert added == faces, "a name is in more than one face"
    for shown in shown_by_marks(packet, "display_name"):
        assert seen(with_pdfium(shown)) == seen(with_pypdf(shown)) == seen(printed)
    # On a line that is mostly Latin, PDFium turns a word from the right around at each of its marks.
    read = with_pypdf(packet) if runs_from_right_anywhere(name) else texts(packet)[0]
    assert seen(printed) in seen(read)


@pytest.mark.parametrize("written", BOTH_WAYS)
def test_what_runs_both_ways_stands_in_its_order(written: str) -> None:
    packet = sample().personaliser.personalise({**ANNA, "display_name": written, "who": written})
    assert any(BOTH_WAYS[written] in line for line in seen_from_left(packet))
    # PDFium and pypdf each guess an order of their own for brackets and units: they are asked for the letters.
    letters = sorted(seen(printable(written)).replace(")", "("))
    for shown in shown_by_marks(packet, "display_name"):
        for read in (with_pdfium(shown), with_pypdf(shown)):
            assert sorted(seen(read).replace(")", "(")) == letters


def test_a_word_is_in_one_face_and_the_words_beside_it_stay_in_theirs(tree: Tree) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": FILES["handouts/small-page.yaml"].replace("words.", "Ŋmir.")})
    assert {"NotoSans", "AtkinsonHyperlegibleNext"} <= named(set_in_this_process(folder).pdf)


@pytest.mark.parametrize("written", ["Siôn Ŵyn", "Ġorġ Ħaż", "Ștefan Țepeș", "Zoë Łukasik", "Þór Æðgir"])
def test_a_name_that_the_reading_type_has_needs_no_other(written: str) -> None:
    assert list(scripts_in(written)) == []


@pytest.mark.parametrize(
    ("word", "language", "family"),
    [
        ("王小样", "", "SC"),
        ("陳小樣", "en", "TC"),
        ("王", "zh-Hans", "SC"),
        ("王", "zh-Hant-TW", "TC"),
        ("王", "zh-TW", "TC"),
        ("山田", "en", "SC"),
        ("山田", "ja", "JP"),
        ("山田ハナコ", "en", "JP"),
        ("辻", "en", "JP"),
        ("样", "ja", "SC"),
        ("金", "ko-KR", "TC"),
    ],
)
def test_chinese_characters_are_of_the_script_they_are_written_in(word: str, language: str, family: str) -> None:
    assert [script.family for script in of_characters(word, language)] == [f"Noto Sans {family}"]


def test_characters_that_no_one_set_has_are_in_several() -> None:
    assert [script.family[-2:] for script in of_characters("样樣")] == ["SC", "TC"]  # that of Japanese would add none


@pytest.mark.parametrize(
    ("word", "families"),
    [
        ("\u3400\U00020000", ["Rare Mincho"]),  # of the extensions A and B alone
        ("\u6731\u9555\u57fa", ["Noto Sans SC", "Rare Mincho"]),  # a name: one set has all of it but one
        ("\U0002a700", ["Noto Sans SC"]),  # of extension C, which no font has
    ],
)
def test_characters_that_no_set_has_are_rare_ones(word: str, families: list[str]) -> None:
    assert [script.family for script in of_characters(word)] == families


def test_the_font_of_rare_characters_has_what_the_others_lack() -> None:
    def letters(family: str) -> set[int]:
        return set(TTFont(io.BytesIO(theme().asset(f"fonts/{family}-Regular.ttf")), lazy=True).getBestCmap())

    others = set().union(*(letters(f"NotoSans{name}") for name in ("SC", "TC", "JP")))
    wanted = {*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FA6), *range(0x20000, 0x2A6D7)}
    assert wanted - others - letters("RareMincho") == set()


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("தமிழ்", "scripts"),
        ("გიორგი", "scripts"),
        ("김민준", "korean"),
        ("ハナコ", "japanese"),
        ("陳小樣", "chinese"),
        ("\u3400\U00020000", "han"),
        ("\u6731\u9555\u57fa", "chinese han"),
        ("\uff21\uff2e\uff21", "chinese"),
    ],
)
def test_a_package_that_is_missing_is_named_with_the_line_to_type(name: str, extras: str) -> None:
    alone = replace(theme(), roots=tuple(root for root in theme().roots if root.parent.name not in EXTRAS))
    with pytest.raises(MachineError) as caught:
        refuse_missing(name, alone)
    problems = caught.value.problems
    assert {problem.code for problem in problems} == {"missing-fonts"}
    for extra, problem in zip(extras.split(), problems, strict=True):
        assert f"pip install ./extras/{extra} " in problem.hint
        assert (ROOT / "extras" / extra / "pyproject.toml").is_file()
    refuse_missing(name, theme())


def test_a_letter_that_no_font_has_is_named(tree: Tree) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": FILES["handouts/small-page.yaml"].replace("words.", "ᚠ.")})
    with pytest.raises(ContentError) as caught:
        set_in_this_process(folder)
    (problem,) = caught.value.problems
    assert problem.code == "missing-glyph"
    assert "`ᚠ` (U+16A0), runic letter" in problem.message


def test_every_script_has_its_fonts_and_its_package_and_its_place_in_the_styles() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tokens = (ROOT / "templates/base/css/00-tokens.css").read_text(encoding="utf-8")
    for script in SCRIPTS:
        assert theme().has(script.font())
        assert theme().has(script.font("Bold"))
        assert f'"{script.family}"' in tokens
        if script.extra:
            assert script.extra in project["optional-dependencies"]
            assert f"handoutkit_{script.extra}" in EXTRAS
            assert Path(ROOT, "extras", script.extra, "pyproject.toml").is_file()
