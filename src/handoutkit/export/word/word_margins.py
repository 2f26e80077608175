"""What a theme draws in the margins of each page, in Word: a stripe along an edge and an ornament in a corner.

Both are pictures that float in the header, which is on every page and is not read out to a listener.
"""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from PIL import Image

from handoutkit.models.document import Document
from handoutkit.models.settings.theme_settings import ThemeOrnament, ThemeStripe
from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.colour.palette import Palette
from handoutkit.render.templating.interface_messages import is_right_to_left
from handoutkit.render.theme import Theme

from .svg_pictures import png_of_svg
from .word_parts import anchor
from .word_styles import SMALL

_HEADER = Mm(4)
"""From the edge of the paper to the header, whose line has no words and must not push those of the page down."""
_DOTS = 240
"""Pixels of an ornament: 400 to the inch at 15 mm."""
_DECORATIVE = (
    f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""How Word marks a picture that has nothing to tell ([MS-ODRAWXML], `decorative`)."""


def draw_margins(file: WordFile, document: Document, theme: Theme, palette: Palette) -> None:
    """Put a theme's stripe and ornament on each page; in low-ink there are none."""
    stripe, ornament = theme.look.stripe, theme.look.ornament
    if document.format == "low-ink" or not (stripe or ornament):
        return
    section = file.sections[0]
    section.header_distance = _HEADER
    line = section.header.paragraphs[0]
    line.style = SMALL
    line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(0), Pt(1)
    page = int(section.page_width or 0), int(section.page_height or 0)
    drawn = []
    if stripe:
        drawn.append((Image.new("RGB", (1, 1), getattr(palette, stripe.colour)), _stripe_box(stripe, page)))
    if ornament:
        picture = png_of_svg(theme.asset(ornament.picture), AssetFetcher(theme), (_DOTS, _DOTS))
        drawn.append((picture, _ornament_box(ornament, stripe, page)))
    for picture, (left, top, wide, high) in drawn:
        _add(line, picture, (page[0] - left - wide if is_right_to_left(document.locale) else left, top, wide, high))


def _stripe_box(stripe: ThemeStripe, page: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height on a page of this width and height, all in EMU."""
    wide, high = page
    if stripe.edge == "top":
        return 0, 0, wide, Mm(stripe.width)
    return 0 if stripe.edge == "left" else wide - Mm(stripe.width), 0, Mm(stripe.width), high


def _ornament_box(
    ornament: ThemeOrnament, stripe: ThemeStripe | None, page: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Left, top, width and height, in EMU, beside a stripe that ends in the same corner."""
    down, side = ornament.at.split("-")
    size, beside = Mm(ornament.width), Mm(stripe.width) if stripe else 0
    across = beside if stripe and stripe.edge == side else 0
    below = beside if stripe and stripe.edge == down else 0
    left = across if side == "left" else page[0] - size - across
    return left, below if down == "top" else page[1] - size, size, size


def _add(line: Any, picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Put a picture on a page, behind all words."""
    left, top, wide, high = box
    png = io.BytesIO()
    picture.save(png, "PNG")
    inline = line.add_run().add_picture(png, wide, high)._inline
    inline.docPr.set("descr", "")
    inline.docPr.append(parse_xml(_DECORATIVE))
    across, down = (f"<wp:posOffset>{offset}</wp:posOffset>" for offset in (left, top))
    anchor(inline, ("page", across), ("page", down), "wrapNone", behind=True)
