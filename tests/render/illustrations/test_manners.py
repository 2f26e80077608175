"""The shipped drawings: roles and nothing else, seen in every manner, and safe as any picture must be."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache as memo
from pathlib import Path
from typing import Any, get_args
from xml.etree.ElementTree import Element, fromstring

import pytest

from handoutkit.checks.consistency.illustrations import MAX_BYTES, MAX_PIECES
from handoutkit.library.workspace import Workspace
from handoutkit.models.settings.theme_settings import Manner
from handoutkit.pictures.picture_check import check_picture
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import BLACK_ON_WHITE, palette
from handoutkit.render.illustrations.manners import DOT, SHAPES, STROKES, drawn
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.engine import weasyprint
from tests.conftest import ROOT
from tests.support.pdf_reading import picture

DRAWINGS = Theme.find("base", Workspace(ROOT).roots).drawings
MANNERS: tuple[Manner, ...] = tuple(manner for manner in get_args(Manner) if manner != "none")
COLOURS = ("#1B5E6B", "#7A3F6B", "#FFD400", "#101010")
"""Of practices: two as in the demos, one that is too pale to print, one without a hue."""
GEOMETRY = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "fill-rule"}
CELL = (126, 86)
"""A drawing and the gap around it, in units of a drawing."""


def source(name: str) -> str:
    return DRAWINGS[name].read_text(encoding="utf-8")


def shapes(svg: str) -> list[Element]:
    return list(fromstring(svg))  # noqa: S314 - one of ours


@pytest.mark.parametrize("files", [Workspace(ROOT).handout_files, Workspace(ROOT).template_files])
def test_every_handout_has_its_own_and_every_template(files: Mapping[str, Path]) -> None:
    """A handout may share one with a template, which is there to make another handout of."""
    named = [re.findall(r"^illustration: (\S+)$", path.read_text("utf-8"), re.MULTILINE) for path in files.values()]
    assert all(len(one) == 1 for one in named)
    used = [one[0] for one in named]
    assert set(used) <= DRAWINGS.keys()
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_shapes_with_roles(name: str) -> None:
    root = fromstring(source(name))  # noqa: S314 - one of ours
    assert root.attrib == {"viewBox": "0 0 120 80"}
    for shape in root:
        assert len(shape) == 0
        assert not (shape.text or "").strip()
        assert shape.tag.rpartition("}")[2] in {"path", "circle", "ellipse", "rect"}
        assert shape.get("class") in {*SHAPES, *STROKES, DOT}
        assert shape.attrib.keys() - {"class"} <= GEOMETRY
    assert {"accent", "thread"} & {shape.get("class") for shape in root}, "two colours"
    assert check_picture(DRAWINGS[name].parent, DRAWINGS[name].name).weight.pieces <= MAX_PIECES
    assert DRAWINGS[name].stat().st_size <= MAX_BYTES


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("colour", COLOURS)
def test_lines_hold_their_contrast_on_paper_and_on_a_pale_ground(manner: Manner, colour: str) -> None:
    roles = palette(colour)
    for name in DRAWINGS:
        made = shapes(drawn(source(name), manner, roles, 1.7))
        assert not any("class" in shape.attrib for shape in made)
        strokes = {stroke for shape in made if (stroke := shape.get("stroke"))} - {roles.on_deep}
        assert all(contrast(stroke, ground) >= 3 for stroke in strokes for ground in (roles.paper, roles.wash)), name
        assert strokes or manner == "cut-paper"
        # Where shapes have no strokes, there are some that can be told from the ground by themselves.
        fills = {shape.get("fill", "none") for shape in made} - {"none"}
        assert manner == "line" or max(contrast(fill, roles.wash) for fill in fills) >= 3, name


def test_each_manner_is_what_it_says() -> None:
    roles = palette("#1B5E6B")
    for name in DRAWINGS:
        made = {manner: shapes(drawn(source(name), manner, roles, 1.7)) for manner in MANNERS}
        closed = {manner: [one for one in made[manner] if one.get("fill") != "none"] for manner in MANNERS}
        assert {one.get("fill") for one in closed["line"]} <= {roles.paper, roles.deep}
        assert {one.get("stroke", roles.deep) for one in made["line"]} == {roles.deep}
        assert {one.get("fill") for one in closed["spot"]} <= {roles.paper, roles.deep, roles.accent_line}
        assert not any(one.get("stroke") for one in closed["cut-paper"])
        shadows = [one for one in made["cut-paper"] if one.get("transform")]
        assert len(made["cut-paper"]) == len(made["filled"]) + len(shadows)
        assert all(one.get("fill") == roles.deep for one in shadows)


def test_without_colours_nothing_is_filled() -> None:
    for name in DRAWINGS:
        for shape in shapes(drawn(source(name), "line", BLACK_ON_WHITE, 1.7)):
            assert shape.get("stroke", "#000000") == "#000000"
            assert shape.get("fill") in {"none", "#FFFFFF"} or "stroke" not in shape.attrib, name


@pytest.mark.parametrize("manner", MANNERS)
def test_each_is_seen_whole(manner: Manner) -> None:
    page = _page(manner)
    for number, name in enumerate(DRAWINGS):
        left, top = number % 6 * CELL[0], number // 6 * CELL[1]
        cell = page.crop((left, top, left + CELL[0], top + CELL[1])).convert("L").point(lambda grey: grey < 250 and 255)
        box = cell.getbbox()
        assert box is not None, name
        assert box[2] - box[0] >= 70, name
        assert box[3] - box[1] >= 44, name
        assert box[0] >= 2, name
        assert box[1] >= 2, name
        assert box[2] <= CELL[0] - 2, name
        assert box[3] <= CELL[1] - 2, name


@memo
def _page(manner: Manner) -> Any:
    cells = "".join(
        f'<img style="position:absolute; left:{number % 6 * CELL[0] + 3}px; top:{number // 6 * CELL[1] + 3}px; '
        f'width:120px; height:80px; overflow:visible" src="data:image/svg+xml;base64,{_encoded(name, manner)}">'
        for number, name in enumerate(DRAWINGS)
    )
    rows = -(-len(DRAWINGS) // 6)
    size = f"<style>@page {{ size: {6 * CELL[0]}px {rows * CELL[1]}px; margin: 0 }}</style>"
    return picture(weasyprint().HTML(string=size + cells).write_pdf(), dpi=96)


def _encoded(name: str, manner: Manner) -> str:
    return base64.b64encode(drawn(source(name), manner, palette("#1B5E6B"), 2.2).encode()).decode()
