"""The names that a theme's template can reach, and no others; used by ``template_sandbox`` and by the docs.

Whatever a template is given is data: models, records and plain values. Of a model and of a record it reads the fields,
of a plain value a few harmless methods. ``docs/themes.md`` prints this list, and a test walks all that a real page's
templates are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jinja2 import runtime, utils

from handoutkit.models.base import Model

RECORDS = frozenset(
    {
        "handoutkit.arrange.sheet_grid.Spacing",
        "handoutkit.arrange.spread_room.PlacedColumn",
        "handoutkit.arrange.spread_room.PlacedRow",
        "handoutkit.arrange.spread_room.PlacedSide",
        "handoutkit.arrange.spread_room.PlacedTile",
        "handoutkit.arrange.writing_room.Grown",
        "handoutkit.models.blocks.block.BlockField",
        "handoutkit.models.document.SecondLanguage",
        "handoutkit.models.document.Credit",
        "handoutkit.models.document.Document",
        "handoutkit.models.document.Translation",
        "handoutkit.packets.front_and_back_matter.ContentsEntry",
        "handoutkit.render.figures.draw_figure.Drawing",
        "handoutkit.render.figures.geometry.Rect",
        "handoutkit.render.figures.drawing_sheet.WritingArea",
        "handoutkit.render.sheets.measuring_page.MeasuredTile",
        "handoutkit.render.sheets.measuring_page.TileAtWidths",
        "handoutkit.render.sheets.sheet_typesetter.SheetOnPage",
        "handoutkit.render.templating.sentence_gaps.FrameParagraph",
        "handoutkit.render.templating.sentence_gaps.FramePart",
        "handoutkit.render.colour.palette.Palette",
    }
)
"""Classes beside the models whose fields can be read; by name, so that a page of text imports nothing that draws."""

PROPERTIES: Mapping[str, frozenset[str]] = {
    "handoutkit.models.blocks.scales.Continuum": frozenset({"ticks", "own_labels"}),
    "handoutkit.models.blocks.scales.Measure": frozenset({"totals"}),
    "handoutkit.models.document.Translation": frozenset({"reviewed"}),
    "handoutkit.models.practice.Practice": frozenset({"licensed_in"}),
}
"""Properties that can be read of a class: they are computed from its fields."""

ATTRIBUTES: Mapping[type, frozenset[str]] = {
    date: frozenset({"year", "month", "day"}),
    runtime.LoopContext: frozenset(
        {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"}
        | {"previtem", "nextitem"}
    ),
    runtime.BlockReference: frozenset({"super"}),
    utils.Cycler: frozenset({"current"}),
}
"""What can be read of plain values and of what Jinja itself provides."""

METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {"capitalize", "count", "endswith", "find", "join", "lower", "lstrip", "removeprefix", "removesuffix"}
        | {"replace", "rstrip", "split", "startswith", "strip", "title", "upper"}
    ),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    runtime.LoopContext: frozenset({"changed", "cycle"}),
    utils.Cycler: frozenset({"next", "reset"}),
}
"""What can be called on plain values and on what Jinja itself provides."""

CALLED: frozenset[type] = frozenset({runtime.Macro, runtime.BlockReference, runtime.LoopContext, utils.Joiner})
"""What templates themselves make and call: macros, blocks, recursive loops and joiners."""

FUNCTIONS = (
    *("_", "gettext", "ngettext", "pgettext", "npgettext"),
    *("cycler", "dict", "joiner", "namespace", "range"),
)
"""Functions that can be called."""

JINJA_FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "format"),
    *("groupby", "indent", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject"),
    *("rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "slice", "sort", "string"),
    *("striptags", "sum", "title", "trim", "truncate", "unique", "upper", "urlencode", "wordcount", "wordwrap"),
)
"""Jinja's own filters that can be used; what guesses, or looks into objects, is none of them."""


class _ByClass(dict[type, frozenset[str]]):
    """Computes the names of a class when they are first asked for."""

    def __missing__(self, kind: type) -> frozenset[str]:
        names = self[kind] = _readable(kind)
        return names


READABLE: Mapping[type, frozenset[str]] = _ByClass()
"""The names that can be read of a class's objects, with its methods that can be called."""


def _readable(kind: type) -> frozenset[str]:
    qualified = f"{kind.__module__}.{kind.__qualname__}"
    names = PROPERTIES.get(qualified, frozenset()) | callable_methods(kind)
    names = names.union(*(attributes for plain, attributes in ATTRIBUTES.items() if issubclass(kind, plain)))
    if issubclass(kind, Model):
        names |= kind.model_fields.keys()
    elif qualified in RECORDS:
        names |= frozenset(getattr(kind, "__dataclass_fields__", ())) | frozenset(getattr(kind, "_fields", ()))
    return names


def callable_methods(kind: type) -> frozenset[str]:
    """The names of the methods that can be called on a class's objects."""
    return frozenset(name for plain, names in METHODS.items() if issubclass(kind, plain) for name in names)
