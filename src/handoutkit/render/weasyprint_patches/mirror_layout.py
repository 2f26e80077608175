"""Patches for pages from right to left (grids, indents, centred blocks), and for rows of grids at the end of a page.

WeasyPrint mirrors tables, flex boxes and floats, but neither grids nor indents, and moves a block by its margins of
``auto`` twice. Stylesheets are mirrored before, in ``render.stylesheets``, and read by ``mirrored_css``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from handoutkit.render.stylesheets.mirror_stylesheet import mirrored_rules

from .engine import Patch, Target, weasyprint


def mirrored_css(text: str, url_fetcher: Any, font_config: Any) -> Any:
    """A stylesheet with left and right swapped, as a ``weasyprint.CSS``.

    That takes text alone, and the text of a mirrored stylesheet has other lines and columns than its file: what is said
    of a rule would name a wrong place.
    """
    engine: Any = weasyprint()
    css = engine.CSS(string="", url_fetcher=url_fetcher, font_config=font_config)
    rules = mirrored_rules(text)
    engine.css.preprocess_stylesheet(
        *("print", css.base_url, rules, url_fetcher, css.matcher, css.page_rules, css.layers, font_config),
        counter_style={},
        color_profiles={},
    )
    return css


def _mirror_grid(original: Callable[..., Any]) -> Callable[..., Any]:
    def grid_layout(context: Any, grid: Any, *arguments: Any, **named: Any) -> Any:
        before = grid.position_x
        _keep_rows_whole(grid)
        result = original(context, grid, *arguments, **named)
        box = result[0]
        if box is not None and box.style["direction"] == "rtl":
            if box.is_absolutely_positioned():  # WeasyPrint moves it into its place later; it must not be moved twice
                box.translate(dx=before - box.position_x)
            left, right = box.content_box_x(), box.content_box_x() + box.width
            for child in box.children:
                if child.is_in_normal_flow():
                    child.translate(dx=left + right - child.margin_width() - 2 * child.position_x)
        return result

    return grid_layout


def _keep_rows_whole(grid: Any) -> None:
    """Let a page end between the rows of a grid alone.

    Inside a row, WeasyPrint 70 puts a column that starts on the next page as far above that page's upper edge as the
    other columns reach down on the page before: its words are on no paper.
    """
    for child in grid.children:
        if child.is_in_normal_flow() and child.style["break_inside"] == "auto":
            child.style = child.style.copy()
            child.style["break_inside"] = "avoid"


def _indent_from_right(original: Callable[..., Any]) -> Callable[..., Any]:
    def text_align(context: Any, line: Any, *arguments: Any, **named: Any) -> Any:
        """How far a line is from where it starts."""
        offset = original(context, line, *arguments, **named)
        return offset + getattr(line, "text_indent", 0) if line.style["direction"] == "rtl" else offset

    return text_align


def _count_margins_once(original: Any) -> Any:
    def in_place(set_width: Callable[..., None], box: Any, *arguments: Any, **named: Any) -> None:
        if not hasattr(box, "position_x"):  # a picture in a line, which gets its place later
            box.position_x = 0
        before, has_auto_margin = box.position_x, "auto" in (box.margin_left, box.margin_right)
        set_width(box, *arguments, **named)
        if has_auto_margin:
            box.position_x = before

    block_level_width: Any = partial(in_place, original)
    block_level_width.without_min_max = partial(in_place, original.without_min_max)
    return block_level_width


_GRID_SIGNATURE = (
    "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes)"
)
PATCHES = (
    Patch(
        name="grids mirrored, and their rows whole",
        page='<html dir="rtl"><div style="display: grid; grid-template-columns: 1fr 1fr"><p>A</p><p>B</p></div>',
        # Two modules import the function by its name.
        targets=tuple(
            Target(f"weasyprint.layout.{module}.grid_layout", _GRID_SIGNATURE, _mirror_grid)
            for module in ("grid", "block", "inline")
        ),
    ),
    Patch(
        name="indents from the right",
        page='<html dir="rtl"><p style="text-indent: 40px">A<br>B</p>',
        targets=(
            Target("weasyprint.layout.inline.text_align", "(context, line, available_width, last)", _indent_from_right),
        ),
    ),
    Patch(
        name="margins of auto from the right",
        page='<html dir="rtl"><div style="width: 100px; margin: 0 auto">A</div>',
        targets=(
            Target(
                "weasyprint.layout.block.block_level_width",
                "(box, containing_block, with_min_max=True)",
                _count_margins_once,
            ),
        ),
    ),
)
