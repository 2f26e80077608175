"""What WeasyPrint keeps to itself is known in one room: every attribute that code reaches for is looked at."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from handoutkit.render.weasyprint_patches import engine
from handoutkit.render.weasyprint_patches.patches import PATCHES
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "handoutkit"
ROOM = PACKAGE / "render" / "weasyprint_patches"
OUTSIDE = [path for path in sorted(PACKAGE.rglob("*.py")) if ROOM not in path.parents]
BOXES = {
    *("_page_box", "_box", "_etree_node", "_current_font", "_tags", "widget_annotation", "element_tag", "descendants"),
    *("content_box_x", "content_box_y", "margin_height", "margin_width", "position_x", "position_y", "pango_layout"),
    *(
        "margin_left",
        "margin_right",
        "is_in_normal_flow",
        "is_absolutely_positioned",
        "MarginBox",
        "LineBox",
        "TextBox",
    ),
}
"""Names of WeasyPrint's boxes, streams and drawings, which are documented nowhere."""
SUBMODULES = {"layout", "draw", "formatting_structure", "css", "text", "pdf", "svg", "images", "stacking", "html"}
"""Its packages that are not for others; ``urls`` and ``document`` are."""
OWN = {"_replace", "_fields", "_advances", "_schema", "_exit"}
"""Private by their look: named tuples, `os._exit`, and classes that reach into others of their kind."""
OF_OTHERS = {
    "docx": ("_p", "_r", "_tr", "_tbl", "_inline"),
    "babel": ("_set_mime_headers",),
    "openpyxl": ("_worksheet_path",),
    "ProcessPoolExecutor": ("_result_queue",),
    "jinja2.runtime": ("_context", "_stack", "_depth"),
}


def reached_for(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that belong to WeasyPrint alone, and private names of anything but the object itself; with their lines."""
    engines = {
        target.id if isinstance(target, ast.Name) else target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and "weasyprint()" in ast.unparse(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name | ast.Attribute)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in BOXES:  # getattr, or the name of a type
            yield node.lineno, str(node.value)
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if owner in ("self", "cls"):
                continue
            is_private = node.attr.startswith("_") and not node.attr.startswith("__")
            is_engine = owner == "weasyprint()" or owner.removeprefix("self.") in engines
            if node.attr in BOXES or is_private or (is_engine and node.attr in SUBMODULES):
                yield node.lineno, node.attr


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_outside_the_room_reaches_into_weasyprint(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = OWN | {name for package, names in OF_OTHERS.items() if package in text for name in names}
    assert [found for found in reached_for(ast.parse(text)) if found[1] not in known] == []


@pytest.mark.parametrize(
    "line",
    [
        "page._page_box",
        "getattr(box, '_box', box)",
        "box.content_box_x()",
        "weasyprint().layout.inline",
        "engine = weasyprint()\nengine.text.ffi",
        "self._engine = weasyprint()\nself._engine.pdf.add_forms",
        "type(box).__name__ != 'MarginBox'",
        "stream._fonts",
    ],
)
def test_each_way_in_is_found(line: str) -> None:
    assert list(reached_for(ast.parse(line)))


@pytest.mark.parametrize("line", ["weasyprint().urls.URLFetcher", "self._box", "weasyprint().HTML", "document.pages"])
def test_what_is_for_everyone_is_let_be(line: str) -> None:
    assert list(reached_for(ast.parse(line))) == []


@pytest.mark.parametrize("path", sorted(ROOM.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_each_patch_is_in_the_list(path: Path) -> None:
    module = importlib.import_module(f"{engine.__package__}.{path.stem}")
    made = [value for value in vars(module).values() if isinstance(value, engine.Patch)]
    assert set(made) | set(getattr(module, "PATCHES", ())) <= set(PATCHES)
