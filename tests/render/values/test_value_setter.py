"""Values set in their places, shown in the fields of a PDF: in any script, and never half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from tests.conftest import ROOT
from tests.support.fill_fields import Filler
from tests.support.fill_in_viewer import dark, fields, in_viewer, ink
from tests.support.form_sample import FORM
from tests.support.pdf_reading import failures, fonts, opened
from tests.support.samples import FILES

FONT = ROOT / "tests" / "fonts" / "Vazirmatn-few.ttf"
RUNIC = """\
@font-face { font-family: "Ours"; src: url("theme:fonts/Ours.ttf") }
.value { font-family: "Atkinson Hyperlegible Next", "Ours" }
"""
VALUES = {"small-page.line.answer": "Zoë Łukasz", "small-page.lines.answer": "محمد", "small-page.day.answer": "王小明"}


@pytest.fixture
def workspace(tree: Callable[..., Path]) -> Workspace:
    """A workspace with one form."""
    return Workspace(tree({**FILES, "handouts/small-page.yaml": FORM}))


@pytest.fixture
def blank(workspace: Workspace, cache: RenderCache) -> bytes:
    """The form as a booklet, where a place for one line is as high as that line; on a sheet it may grow to two."""
    return (
        Builder(Library(workspace), BuildOptions(layout="booklet"), cache)
        .render(["small-page"])
        .finished[0]
        .rendered.pdf
    )


@pytest.fixture
def filler(workspace: Workspace) -> Filler:
    return Filler(Theme.find("base", workspace.roots))


def test_values_in_any_script_stand_in_their_fields(blank: bytes, filler: Filler) -> None:
    filled = filler.fill(blank, VALUES)
    found = fields(filled)
    assert {name: found[name].value for name in VALUES} == VALUES
    assert failures(filled) == []
    for name in VALUES:
        before, after = (ink(pdf, found[name].widgets[0]) for pdf in (blank, filled))
        assert dark(after) > dark(before) + 20, f"{name} shows nothing"
    assert {"Vazirmatn", "Noto-Sans-SC"} <= set(fonts(opened(filled)))


@pytest.mark.parametrize(
    ("value", "family"),
    [
        ("Nguyễn Thị Ánh", "Noto-Sans"),
        ("Ελένη", "Noto-Sans"),
        ("Наталія", "Noto-Sans"),
        ("דוד", "Noto-Sans-Hebrew"),
        ("प्रिया शर्मा", "Noto-Sans-Devanagari"),
        ("فاطمة", "Vazirmatn"),
        ("王小明", "Noto-Sans-SC"),
    ],
)
def test_a_name_is_set_in_one_family_and_passes(value: str, family: str, blank: bytes, filler: Filler) -> None:
    """A word with one letter from elsewhere looks broken, so the whole name is in the family of its script."""
    name = "small-page.line.answer"
    filled = filler.fill(blank, {name: value})
    widget = fields(filled)[name].widgets[0]
    assert set(fonts(opened(filled))) - set(fonts(opened(blank))) == {family}
    assert dark(ink(filled, widget)) > dark(ink(blank, widget)) + 20
    assert failures(filled) == []


def test_a_workspace_brings_the_font_of_another_script(workspace: Workspace, blank: bytes) -> None:
    templates = workspace.folder / "templates"
    (templates / "fonts").mkdir(parents=True)
    (templates / "base/css").mkdir(parents=True)
    (templates / "base/css/11-fonts-of-mine.css").write_text(RUNIC, encoding="utf-8")
    font = TTFont(FONT)
    for table in font["cmap"].tables:
        table.cmap[ord("ᚠ")] = font.getBestCmap()[ord("م")]
    font.save(templates / "fonts" / "Ours.ttf")
    filled = Filler(Theme.find("base", workspace.roots)).fill(blank, {"small-page.line.answer": "ᚠ"})
    assert "Ours" in fonts(opened(filled))


def test_two_values_of_one_font_are_both_seen(blank: bytes, filler: Filler) -> None:
    """WeasyPrint does not name a font again that was used last."""
    names = ("small-page.line.answer", "small-page.day.answer")
    filled = filler.fill(blank, dict.fromkeys(names, "Wanda"))
    found = fields(filled)
    assert all(dark(ink(filled, found[name].widgets[0])) > 60 for name in names)


def test_arabic_letters_are_joined_and_run_from_the_right(blank: bytes, filler: Filler) -> None:
    """Joined, four letters take less room than the same letters one by one; and they begin at the right."""
    name = "small-page.lines.answer"
    widget = fields(blank)[name].widgets[0]
    joined, apart = (_extent(ink(filler.fill(blank, {name: text}), widget)) for text in ("محمد", "م ح م د"))
    assert joined[1] - joined[0] < (apart[1] - apart[0]) * 0.8
    assert joined[0] > 0.8 * ink(blank, widget).width


def test_a_tick_and_a_choice_are_set(blank: bytes, filler: Filler) -> None:
    filled = filler.fill(blank, {"small-page.several.option-2": "1", "small-page.one.answer": "3"})
    found = fields(filled)
    assert found["small-page.several.option-2"].value == "1"
    assert found["small-page.one.answer"].value == "3"
    assert [str(widget.dictionary.AS) for widget in found["small-page.one.answer"].widgets] == ["/Off", "/Off", "/3"]
    emptied = fields(filler.fill(filled, {"small-page.one.answer": ""}))["small-page.one.answer"]
    assert emptied.value == "Off"
    assert {str(widget.dictionary.AS) for widget in emptied.widgets} == {"/Off"}


def test_a_filled_value_can_be_changed_in_a_viewer(blank: bytes, filler: Filler) -> None:
    name = "small-page.line.answer"
    changed = in_viewer(filler.fill(blank, {name: "Łukasz"}), {name: ", Anna"})
    assert fields(changed)[name].value == "Łukasz, Anna"


def test_filling_is_the_same_each_time_and_leaves_the_rest_alone(blank: bytes, filler: Filler) -> None:
    filled = filler.fill(blank, VALUES)
    assert filled == filler.fill(blank, VALUES)
    untouched = {name: found.value for name, found in fields(filled).items() if name not in VALUES}
    assert untouched == {name: found.value for name, found in fields(blank).items() if name not in VALUES}


def test_line_breaks_and_markup_stay_what_they_are(blank: bytes, filler: Filler) -> None:
    name = "small-page.lines.answer"
    filled = filler.fill(blank, {name: "<b>One</b> & two\nthree"})
    assert fields(filled)[name].value == "<b>One</b> & two\rthree"


def test_a_character_without_a_font_is_a_problem(blank: bytes, filler: Filler) -> None:
    with pytest.raises(ContentError) as caught:
        filler.fill(blank, {"small-page.line.answer": "ᚠᚢᚦ"})
    assert caught.value.problems[0].code == "missing-glyph"
    assert "RUNIC" in str(caught.value).upper()
    assert not set("ᚠᚢᚦ") & set(str(caught.value)), "a problem shows something of a client's value"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("small-page.line.answer", "one two three four five " * 9),
        ("small-page.line.answer", "One\ntwo"),
        ("small-page.line.answer", "One\ntwo\nthree"),
        ("small-page.line.answer", "n" * 200),
        ("small-page.lines.answer", "Some words. " * 90),
        ("small-page.lines.answer", "a\n" * 20),
    ],
)
def test_a_value_too_long_for_its_field_is_a_problem_and_never_cut(
    name: str, value: str, blank: bytes, filler: Filler
) -> None:
    with pytest.raises(ContentError) as caught:
        filler.fill(blank, {"small-page.day.answer": "May 3", name: value})
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("value-too-long", f"the value for `{name}` does not fit its place")
    assert "about" in problem.hint


def test_a_value_with_an_invisible_character_is_a_problem(blank: bytes, filler: Filler) -> None:
    with pytest.raises(ContentError) as caught:
        filler.fill(blank, {"small-page.line.answer": "abc\u202edef"})
    assert caught.value.problems[0].code == "bad-character"


def _extent(picture: Any) -> tuple[int, int]:
    """The first and last column with ink in them, above the line at the foot."""
    columns = [x for x in range(picture.width) if min(picture.crop((x, 0, x + 1, 20)).tobytes()) < 128]
    return columns[0], columns[-1]
