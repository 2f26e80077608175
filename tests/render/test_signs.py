"""Everyday signs, as people paste them from Word: each prints in every theme, wherever there are words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_box import ValueBox
from handoutkit.render.values.value_setter import ValueSetter
from handoutkit.render.worker_typesetter import set_here
from tests.conftest import ROOT, Tree
from tests.support.packet_sample import ANNA, sample
from tests.support.pdf_reading import failures, fonts, opened, text, texts
from tests.support.samples import FILES
from tests.support.short_suite import rest_is_long
from tests.support.typeset_here import set_in_this_process

THEMES = ("base", "calm", "editorial", "warm", "youth")
SIGNS = list(
    "✓✔✗✘✕✖☐☑☒→←↑↓↔↕↗↘⇒⇐⇔↳↵↺↻➔➜➤➢➡⬅⬆⬇≤≥≠≈≡±×÷−∞√∑∆∴½⅓¼¾⅔⅛⅕"
    "₀₁₂₃⁰¹²³⁴⁺⁻♥♡❤★☆✩✦✪✱✳❀°℃℉‰µ\u2032″•‣◦▪▫∙…™©®℠№§¶†‡‼€£¥¢₹₽₩₺☎✆✉"
    "☺☹☻♀♂♪♫☀☁☂⚠☞✂✎✏✌☯☮✝✡☪♠♣♦○●◯□■◻◼△▲▼▽▶◀►◄◆◇◊❖❑①②③⑩⑳❶❷❸❿➊"
)
ROWS = ["".join(SIGNS[n : n + 12]) for n in range(0, len(SIGNS), 12)]
PLACES = ("heading", "prose", "bold", "table", "figure")


def handout() -> str:
    """A page that has each sign once in each of the places."""
    cells = [f'"{row}"' for row in ROWS] + ["End"] * (-len(ROWS) % 3)
    columns = "[{id: a, header: A}, {id: b, header: B}, {id: c, header: C}]"
    tables = "".join(
        f"  - {{type: record_table, id: t{n}, columns: {columns}, example: [{', '.join(cells[n : n + 3])}], rows: 1}}\n"
        for n in range(0, len(cells), 3)
    )
    figures = "".join(
        f'  - {{type: figure, kind: flow, alt: Two, height: 30, regions: [{{label: "{one}"}}, {{label: "{other}"}}]}}\n'
        for one, other in zip([*ROWS[::2]], [*ROWS[1::2], "End"], strict=False)
    )
    prose = "".join(
        f'  - {{type: prose, id: p{n}, heading: "So {line}", text: "So {line} and **so {line}**"}}\n'
        for n, line in enumerate(" ".join(SIGNS[n : n + 40]) for n in range(0, len(SIGNS), 40))
    )
    start = "  - type: prose\n    id: opening"
    return FILES["handouts/small-page.yaml"].replace(start, prose + tables + figures + start)


@cache
def page(theme: str) -> bytes:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in {**FILES, "handoutkit.yaml": "", "handouts/small-page.yaml": handout()}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        library = Library(Workspace(folder))
        loaded = library.handout("small-page")
        document = Builder(library, BuildOptions(), RenderCache(None)).compose(loaded)
        return set_here(Theme.find(theme, Workspace(folder).roots), document, loaded.source, None).pdf


@pytest.mark.parametrize("theme", rest_is_long(THEMES, stays=lambda theme: theme in ("base", "youth")))
def test_each_sign_is_read_in_each_place(theme: str) -> None:
    assert failures(page(theme)) == []
    read = text(page(theme))
    wrong = {sign: read.count(sign) for sign in SIGNS if read.count(sign) < len(PLACES)}
    assert wrong == {}


def drawn(theme: str, value: str) -> bytes:
    """A value as it is set in a theme."""
    place = ValueBox("note", width=466, height=300, size=12, lines=True)
    return ValueSetter(Theme.find(theme, (ROOT,))).set([(place, value)]).pdf


def families(pdf: bytes) -> set[str]:
    return {name.replace("-", "") for name in fonts(opened(pdf))}


@pytest.mark.parametrize("theme", THEMES)
def test_each_sign_is_read_in_a_value(theme: str) -> None:
    read = text(drawn(theme, " ".join(SIGNS)))
    assert [sign for sign in SIGNS if sign not in read] == []


def test_a_packet_has_every_sign_in_its_note_and_its_field() -> None:
    line = " ".join(SIGNS)
    values = {**ANNA, "note": line, "thoughts": line[:90].strip(), "display_name": "Ana ❤\ufe0f"}
    made = sample().personaliser.personalise(values)
    sample().verifier.verify(made, values)
    assert failures(made) == []
    assert "Ana ❤" in texts(made)[0]


@pytest.mark.parametrize("value", ["Ana ❤", "H₂O", "2⅓ cups", "5 µg", "see →", "p ≤ 5"])
def test_a_sign_leaves_the_words_around_it_in_their_face(value: str) -> None:
    assert families(drawn("base", value)) == {"AtkinsonHyperlegibleNext", "NotoSans"}


def test_a_heart_is_black_and_an_emoji_in_colour_is_named(tree: Tree) -> None:
    def made(words: str) -> bytes:
        changed = FILES["handouts/small-page.yaml"].replace("opening words.", words)
        return set_in_this_process(tree({**FILES, "handouts/small-page.yaml": changed})).pdf

    assert "So ❤ and ✔ ok" in text(made("So ❤\ufe0f and **✔\ufe0f** ok"))
    for emoji, name in (("😀", "grinning face"), ("✅", "white heavy check mark")):
        with pytest.raises(ContentError) as caught:
            made(f"So {emoji}")
        assert [problem.code for problem in caught.value.problems] == ["missing-glyph"]
        assert f"`{emoji}` (U+{ord(emoji):04X}), {name}" in str(caught.value)
