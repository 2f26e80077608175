"""The stylesheets that come of a theme's ``theme.yaml``, for pages of paper and for screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from handoutkit.models.document import Format
from handoutkit.models.settings.theme_settings import ThemeLook, ThemeMargins, ThemeOrnament, ThemeStripe

from .font_families import ChosenFamily

_WIDTH, _SIDES, _BOTTOM = 210.0, 19.0, 20.0
_FOOT_LINE: dict[Format, float] = {"standard": 4.4, "low-ink": 4.4, "dyslexia-friendly": 6.0, "large-print": 9.0}
"""How high a line of the foot is, in millimetres."""
_LETTERS: dict[Format, int] = {"standard": 104, "low-ink": 104, "dyslexia-friendly": 66, "large-print": 42}
"""How many letters a line of the foot has room for."""
_LARGE_BOTTOM = 25.0
_SHEET_SIDES = 10.0
"""The margin of a handout on one sheet (sheet/page_size.html)."""

_BESIDE_THE_NAME = (
    ".masthead { display: flex; text-align: start }",
    ".masthead .logo { margin: 0; margin-inline-end: 3mm } .masthead .logo-alone { margin-inline-end: auto }",
    ".masthead .logo img { margin: 0 }",
    ".masthead .kind { margin: 0; margin-inline-start: 10mm }",
    "main > .illustration { position: static; float: right; margin: calc(-4mm * var(--room)) 0 0 5mm }",
)
"""The masthead in a line, and the picture below it, as ``base`` has them on paper.

A theme that it comes from may have the masthead in the middle, and the picture beside it.
"""
_BESIDE_THE_NAME_ON_A_PHONE = (
    "@media screen and (max-width: 40rem) { .masthead .practice { flex-basis: 8rem } "
    ".masthead .logo { order: 1 } .masthead .kind { order: 2; flex: 1 0 100% } }"
)
_ABOVE_THE_DRAWING = (
    ".one-sheet .with-picture .logo:not([style]) { position: relative; left: 47mm }",
    ".one-sheet .with-picture:has(.logo:not([style])) .illustration { --illustration: 34mm }",
    ".one-sheet .with-picture:has(.logo:not([style])) .band-picture "
    "{ align-items: flex-end; justify-content: flex-end; padding-top: 9mm }",
)
"""On a sheet a mark at the right stands in the corner, with the drawing below it, unless it has a height of its own.

The column of the drawing is 48 mm wide, and the words beside it end 4 mm before it (css/70-sheet.css).
"""


def paper_styles(look: ThemeLook, title: ChosenFamily | None, text: ChosenFamily | None, format: Format) -> str:
    """The stylesheet of a look for pages of paper."""
    rules = [*_fonts(title, text)]
    if text:
        rules.append(".one-sheet { font-family: var(--text), var(--scripts) }")
    if look.corner is not None:
        rules.append(f":root, .one-sheet {{ --corner: {look.corner:g}mm }}")
        rules.append(f".one-sheet :is(.band, .strip, .bar, .exercise) {{ border-radius: {look.corner:g}mm }}")
    rules += _page_margins(look.margins or ThemeMargins())
    if look.stripe and format != "low-ink":
        rules.append(_paper_stripe(look.stripe))
    if look.ornament and format != "low-ink":
        rules += _paper_ornament(look.ornament, look.stripe)
    if look.bullets:
        rules.append("ul { list-style-image: var(--bullet) } .under { list-style-image: none }")
    centred = look.masthead is not None and look.masthead.logo == "centre"
    # In large print all of it is one below the other, and in dyslexia-friendly nothing is in the middle.
    if format != "large-print" and not (centred and format == "dyslexia-friendly"):
        if look.masthead and look.masthead.logo in ("left", "right"):
            rules += _BESIDE_THE_NAME
        rules += _masthead(look)
    return "\n".join(rules)


def screen_styles(look: ThemeLook, title: ChosenFamily | None, text: ChosenFamily | None) -> str:
    """The stylesheet of a look for a page on a screen."""
    rules = [*_fonts(title, text)]
    if title:
        rules.append(f":is(h1, h2, .idea, .term) {{ font-weight: {title.weight} }}")
    if look.corner is not None:
        rules.append(f":root {{ --corner: {look.corner:g}mm }}")
    if look.stripe:
        side = {"left": "inline-start", "right": "inline-end", "top": "block-start"}[look.stripe.edge]
        stripe = f"border-{side}: {look.stripe.width:g}mm solid var(--{look.stripe.colour})"
        rules.append(f"@media screen {{ html {{ {stripe}; min-height: 100vh; box-sizing: border-box }} }}")
    if look.ornament:
        rules.append(_screen_ornament(look.ornament))
    if look.bullets:
        rules.append("ul { list-style-image: var(--bullet) } .under { list-style-image: none }")
    rules += _masthead(look)
    if look.masthead and look.masthead.logo == "right":
        rules.append(_BESIDE_THE_NAME_ON_A_PHONE)
    return "\n".join(rules)


def _fonts(title: ChosenFamily | None, text: ChosenFamily | None) -> Iterator[str]:
    for family in dict.fromkeys((title, text)):
        if family:
            yield family.rules
    if text:
        yield f':root {{ --text: "{text.name}" }}'
    if title:
        yield f'.headings-serif, .headings-sans {{ --display: "{title.name}"; --display-weight: {title.weight} }}'


def _page_margins(margins: ThemeMargins) -> Iterator[str]:
    if margins.top is not None:
        yield f"@page {{ margin-top: {margins.top:g}mm }}"
        yield f".cover-sheet {{ padding-top: {margins.top:g}mm }}"
    if margins.sides is not None:
        sides = margins.sides
        yield f"@page {{ margin-left: {sides:g}mm; margin-right: {sides:g}mm }}"
        yield f".cover-sheet {{ margin: 0 -{sides:g}mm; padding-left: {sides:g}mm; padding-right: {sides:g}mm }}"
        yield f".cover-sheet h1, .cover-sheet .subtitle {{ left: {sides:g}mm }}"


def bottom_margin(look: ThemeLook, lines: Sequence[str], format: Format) -> float | None:
    """The margin in millimetres that holds the foot with all its lines; None if it is as stylesheets say."""
    margins = look.margins or ThemeMargins()
    if margins.bottom is None and not lines:
        return None
    room = (_WIDTH - 2 * (margins.sides or _SIDES)) / (_WIDTH - 2 * _SIDES)
    high = sum(ceil(len(line) / (_LETTERS[format] * room)) for line in lines) * _FOOT_LINE[format]
    least = _LARGE_BOTTOM if format == "large-print" else _BOTTOM if lines else 0
    return max(margins.bottom or _BOTTOM, least) + high


def _paper_stripe(stripe: ThemeStripe) -> str:
    """A stripe in the boxes of a page's margin; a page's own background would cover all of it."""
    wide, colour, edge = f"{stripe.width:g}mm", f"var(--{stripe.colour})", stripe.edge
    if edge == "top":
        # In the middle stands what a page goes on with (20-page.css), on every page, be it empty.
        inner = f"@top-left {{ border-top: {wide} solid {colour} }}"
        corner = f'content: ""; height: {wide}; margin-bottom: auto; background: {colour}'
        return f"@page {{ {inner} @top-left-corner {{ {corner} }} @top-right-corner {{ {corner} }} }}"
    other = "right" if edge == "left" else "left"
    drawn = f'content: ""; width: {wide}; height: 100%; margin-{other}: auto; background: {colour}'
    boxes = (f"top-{edge}-corner", f"{edge}-middle", f"bottom-{edge}-corner")
    return f"@page {{ {' '.join(f'@{box} {{ {drawn} }}' for box in boxes)} }}"


def _paper_ornament(ornament: ThemeOrnament, stripe: ThemeStripe | None) -> Iterator[str]:
    """A drawing in a corner of the margin, beside a stripe that ends in the same corner, as a border there."""
    down, side = ornament.at.split("-")
    border = ""
    if stripe and stripe.edge in (down, side):
        border = f"border-{stripe.edge}: {stripe.width:g}mm solid var(--{stripe.colour}); "
    on_a_sheet = _SHEET_SIDES - (stripe.width if stripe and stripe.edge == side else 0)
    for page, most in (("@page", ornament.width), ("@page side", on_a_sheet)):
        size = f"{min(ornament.width, most):g}mm"
        drawn = f"{border}background: var(--ornament) {side} {down} / {size} {size} no-repeat"
        yield f'{page} {{ @{ornament.at}-corner {{ content: ""; width: auto; height: auto; margin: 0; {drawn} }} }}'


def _screen_ornament(ornament: ThemeOrnament) -> str:
    """At a corner of the whole page; at the top only where there is room beside what is read."""
    down, side = ornament.at.split("-")
    size = f"{ornament.width:g}mm"
    where = "screen and (min-width: 62rem)" if down == "top" else "screen"
    drawn = f"background: var(--paper) var(--ornament, none) {side} {down} / {size} {size} no-repeat"
    return f"@media {where} {{ html {{ {drawn} }} }}"


def _masthead(look: ThemeLook) -> Iterator[str]:
    """Where the mark stands; the order in which a page is read stays."""
    if look.masthead is None or look.masthead.logo in (None, "left"):
        return
    places = ".masthead, .masthead-on-cover, .one-sheet .band-whose"
    if look.masthead.logo == "right":
        yield ":is(.masthead, .masthead-on-cover, .band-whose) .logo { order: 3; margin-inline: 3mm 0 }"
        yield ".one-sheet .band-whose .logo { margin-inline: auto 0 }"
        yield from _ABOVE_THE_DRAWING
        yield ".masthead .logo-alone { margin-inline: auto 0 }"
    else:
        yield f":is({places}) {{ justify-content: center; text-align: center }}"
        yield ".masthead { flex-wrap: wrap; row-gap: 1mm }"
        yield ".masthead .logo, .masthead .logo-alone { flex: 0 0 100%; margin: 0 }"
        yield ".masthead .logo img { margin: 0 auto }"
        yield ".masthead .practice { flex: 0 0 100% } .masthead .kind { margin: 0 }"
