"""What of an SVG is not printed as it is meant, read from the drawing: each kind once, with the part that it names.

WeasyPrint draws the pages, and leaves these out or draws them otherwise; tests hold each against a second renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from .print_ready import Concern
from .svg_work import LOCAL_URL, key_of, keys

AS_PNG = "or make it a PNG with nothing behind it, 1,800 pixels wide"
FONTS = frozenset({"atkinson hyperlegible next", "fraunces", "serif", "sans-serif"})
"""Families that every page has."""
_GROUPS = ("g", "svg", "use", "symbol", "a")
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"})
_DEFINED = frozenset({"defs", "clippath", "mask", "symbol", "pattern", "marker", "lineargradient", "radialgradient"})
_INHERITED = ("fill", "stroke", "font-family", "font")
_BRACES = re.compile(r"([{}])")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_WHITE = re.compile(
    r"white|#fff(?:f|fff|fff{2,5})?|rgba?\(\s*(?:25[0-5]|100%)(?:[\s,]+(?:25[0-5]|100%)){2}.*\)|none|transparent", re.I
)


@dataclass(frozen=True)
class _Part:
    """An element of the drawing, with what is said of its look in it, in style sheets, and around it."""

    name: str
    look: dict[str, str]
    attributes: dict[str, str]
    within: tuple[_Part, ...]

    def __str__(self) -> str:
        named = [part for part in (*self.within, self) if part.attributes.get("id")]
        if named:
            return f'<{named[-1].name} id="{named[-1].attributes["id"][:40]}">'
        return f"<{self.name}>"

    def is_in(self, *names: str) -> bool:
        """Whether it stands inside an element of one of these names."""
        return any(part.name.lower() in names for part in self.within)


def concerns_of(text: str, shown_name: str) -> tuple[Concern, ...]:
    """What of a clean drawing will not look as it is meant.

    Args:
        shown_name: the name of the picture, as messages give it.
    """
    root = fromstring(text)  # noqa: S314 - it was cleaned and checked
    parts = list(_parts(root, _rules(root)))
    by_id = {part.attributes["id"]: part for part in parts if "id" in part.attributes}
    found = []
    for kind in _KINDS:
        if part := next((part for part in parts if kind.shows(part, by_id)), None):
            message = f"{shown_name} {kind.has} (`{part}`), {kind.printed}"
            found.append(Concern(kind.code, message, f"{kind.way_out}, {AS_PNG}"))
    families = dict.fromkeys(_missing_font(part) for part in parts if part.name == "text")
    for family in filter(None, families):
        message = f"{shown_name} has words in the font `{family}`, which pages do not have: another one is printed"
        found.append(Concern("svg-font", message, f"{_OUTLINES}, {AS_PNG}"))
    if _is_white(parts):
        message = f"{shown_name} is white all over, and paper is white, too: nothing is seen"
        hint = "use the version for white paper here, and give this one as `light`, which stands on dark grounds"
        found.append(Concern("picture-white", message, hint))
    return tuple(found)


def _parts(root: Element, rules: list[tuple[str, dict[str, str]]]) -> Iterator[_Part]:
    """Every element from the top down, each with its look."""
    waiting: list[tuple[Element, tuple[_Part, ...]]] = [(root, ())]
    while waiting:
        element, within = waiting.pop()
        name = str(element.tag).rsplit("}", 1)[-1]
        attributes = {key.rsplit("}", 1)[-1]: value for key, value in element.attrib.items()}
        look = {key: within[-1].look[key] for key in _INHERITED if within and key in within[-1].look}
        look |= attributes
        chosen_by = keys(name.lower(), attributes)
        for key, declared in rules:
            look |= declared if key in chosen_by else {}
        part = _Part(name, look | _declared(attributes.get("style", "")), attributes, within)
        yield part
        # An element deeper than this is nobody's drawing, and each holds all those around it.
        below = (*within, part) if len(within) < _DEEPEST else within
        waiting += [(child, below) for child in reversed(element)]


_DEEPEST = 40


def _rules(root: Element) -> list[tuple[str, dict[str, str]]]:
    """The declarations of the style sheets inside a drawing, each rule by one thing that it chooses by."""
    style = "".join("".join(each.itertext()) for each in root.iter() if str(each.tag).endswith("}style"))
    parts = _BRACES.split(" ".join(_COMMENT.sub(" ", style).split()))[:2_000]
    opened = zip(parts[::2], parts[1::2], parts[2::2], strict=False)
    bodies = [(prelude, _declared(body)) for prelude, brace, body in opened if brace == "{"]
    return [(key_of(selector.strip()), body) for prelude, body in bodies for selector in prelude.split(",")]


def _declared(text: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


# ---- Kinds


@dataclass(frozen=True)
class _Kind:
    """A kind of thing that is not printed as it is meant, in words, and what tells it.

    Attributes:
        has, printed: of the message, before and after the part.
        shows: whether it shows in a part, given all parts by their ids.
    """

    code: str
    has: str
    printed: str
    way_out: str
    shows: Callable[[_Part, dict[str, _Part]], bool]


def _has_bad_mask(part: _Part, by_id: dict[str, _Part]) -> bool:
    found = LOCAL_URL.search(part.look.get("mask", ""))
    if not found:
        return False
    mask = by_id.get(found[1])
    if mask is None or part.name in _GROUPS:
        return mask is not None
    plain = mask.attributes.get("maskUnits") == "userSpaceOnUse" and mask.look.get("mask-type") != "alpha"
    return not plain


def _has_bad_gradient(part: _Part, by_id: dict[str, _Part]) -> bool:
    del by_id
    look, attributes = part.look, part.attributes
    if part.name in ("linearGradient", "radialGradient"):
        by_box = attributes.get("gradientUnits") != "userSpaceOnUse"
        turned = by_box and "rotate" in attributes.get("gradientTransform", "")
        centre = [attributes.get(key, "50%") for key in ("cx", "cy")]
        focus = [attributes.get(key, own) for key, own in zip(("fx", "fy"), centre, strict=True)]
        return turned or (part.name == "radialGradient" and focus != centre)
    return bool(LOCAL_URL.search(look.get("stroke", "")))


def _has_bad_clip(part: _Part, by_id: dict[str, _Part]) -> bool:
    del by_id
    return part.is_in("clippath") and (part.look.get("clip-rule") == "evenodd" or part.name == "text")


def _has_bad_text(part: _Part, by_id: dict[str, _Part]) -> bool:
    del by_id
    odd = ("font", "paint-order", "dominant-baseline", "alignment-baseline", "text-decoration", "word-spacing")
    set_here = [key for key in odd if part.look.get(key, "normal") not in ("normal", "auto", "none", "0", "alphabetic")]
    return part.name in ("text", "tspan") and bool(set_here)


def _has_unsized_symbol(part: _Part, by_id: dict[str, _Part]) -> bool:
    symbol = by_id.get(part.attributes.get("href", "").removeprefix("#"))
    sized = "width" in part.attributes or "height" in part.attributes
    return part.name == "use" and symbol is not None and "viewBox" in symbol.attributes and not sized


_FLATTEN = "flatten it in your drawing program"
_OUTLINES = "turn the words into outlines (paths) before you export"
_KINDS = (
    _Kind(
        "svg-mask",
        "cuts a part out with a mask",
        "which is printed uncut or not at all",
        "use a clipping path (a shape that cuts) in place of the mask, or flatten it",
        _has_bad_mask,
    ),
    _Kind(
        "svg-filter",
        "has an effect, such as a shadow or a blur",
        "which is not printed",
        "take the effect away",
        lambda part, _: part.look.get("filter", "none") != "none",
    ),
    _Kind(
        "svg-blend",
        "mixes the colours of parts that lie over each other",
        "which are printed unmixed",
        f"{_FLATTEN}, so that each colour is a shape of its own",
        lambda part, _: part.look.get("mix-blend-mode", "normal") != "normal",
    ),
    _Kind(
        "svg-text-path",
        "has words along a line",
        "which are printed in the wrong place",
        _OUTLINES,
        lambda part, _: part.name == "textPath",
    ),
    _Kind(
        "svg-variable",
        "takes a colour or a size from a CSS variable, `var(...)`",
        "which is printed black or not at all",
        "export it with styles as attributes, or write the colour itself",
        lambda part, _: any("var(" in value for value in part.look.values()),
    ),
    _Kind(
        "svg-gradient",
        "has a line in a gradient, or a gradient that is turned or off its centre",
        "which is printed otherwise or not at all",
        "turn lines into shapes (outline stroke) and gradients into plain ones or one colour",
        _has_bad_gradient,
    ),
    _Kind(
        "svg-clip",
        "cuts with a shape that has holes, or with words",
        "which cut otherwise in print",
        f"{_FLATTEN} (with a pathfinder or a boolean operation)",
        _has_bad_clip,
    ),
    _Kind(
        "svg-symbol",
        "repeats a symbol without saying how large",
        "which is printed in another size",
        "give it a width and a height, or expand the symbol",
        _has_unsized_symbol,
    ),
    _Kind(
        "svg-text",
        "has words with a style that is not printed, or not as it looks",
        "so they may look otherwise or be gone",
        _OUTLINES,
        _has_bad_text,
    ),
)


def _missing_font(part: _Part) -> str:
    """The font that words are set in, if pages do not have it."""
    named = part.look.get("font-family", "sans-serif")
    families = [family.strip().strip("\"'") for family in named.split(",")]
    return "" if families[0].lower() in FONTS else families[0][:40]


def _is_white(parts: list[_Part]) -> bool:
    """Whether all that is drawn is in white; what is drawn in no colour that is named is black."""
    drawn = [part for part in parts if part.name in _SHAPES and not part.is_in(*_DEFINED)]
    if any(part.name == "image" for part in parts) or not drawn:
        return False
    looks = [(part.look.get("fill", "black"), part.look.get("stroke", "none")) for part in drawn if part.name != "use"]
    return bool(looks) and all(_WHITE.fullmatch(colour.strip()) for pair in looks for colour in pair)
