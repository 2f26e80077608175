"""The bullets of a theme as Word draws them: letters of a font in the practice's colour, or a picture of a drawing."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL.Image import Image

from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.theme import Theme

from .svg_pictures import png_of_svg

_LETTERS = {"disc": "●", "ring": "○", "square": "■", "dash": "–", "check": "✓", "diamond": "◆"}
_FACE = "Segoe UI Symbol"
"""Has all of them, in any Word; other programs take the letters from where they have them."""
_HALF_POINTS = {"disc": 14, "ring": 14, "square": 14, "diamond": 16}
"""Sizes of those that would be larger than ours on the page."""
_BOX = 400, 96
"""Pixels that it is drawn in, without the room at its sides."""
_HIGH, _WIDE = 8.0, 12.0
"""Points that a picture is high and wide at most."""
_PICTURE = (
    '<w:numPicBullet {} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' w:numPicBulletId="0"><w:pict><v:shape id="bullet" style="width:{:.1f}pt;height:{:.1f}pt" o:bullet="t">'
    '<v:imagedata r:id="{}" o:title=""/></v:shape></w:pict></w:numPicBullet>'
)


def choose_bullets(file: WordFile, theme: Theme, colour: str) -> None:
    """Give lists the bullets of a theme; Word keeps its own where none were chosen."""
    bullets = theme.look.bullets
    if not bullets:
        return
    level = _first_level(file)
    if bullets in _LETTERS:
        _draw_letter(level, bullets, colour)
    elif theme.format == "low-ink":
        _draw_letter(level, "ring", colour)
    else:
        drawn = png_of_svg(theme.asset(bullets), AssetFetcher(theme), _BOX)
        _draw_picture(file, level, drawn.crop(drawn.getchannel("A").getbbox()))


def _first_level(file: WordFile) -> Any:
    """What the numbering of lists with bullets says of those that stand in no other list."""
    style: Any = file.styles["List Bullet"].element
    numbering: Any = file.part.numbering_part.element
    chosen = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    (abstract,) = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{chosen}']")
    return abstract.find(qn("w:lvl"))


def _draw_letter(level: Any, bullets: str, colour: str) -> None:
    level.find(qn("w:lvlText")).set(qn("w:val"), _LETTERS[bullets])
    for old in level.findall(qn("w:rPr")):
        level.remove(old)
    size = f'<w:sz w:val="{_HALF_POINTS[bullets]}"/>' if bullets in _HALF_POINTS else ""
    faces = " ".join(f'w:{letters}="{_FACE}"' for letters in ("ascii", "hAnsi", "eastAsia", "cs"))
    level.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}><w:rFonts {faces} w:hint="default"/><w:color w:val="{colour[1:]}"/>{size}</w:rPr>'
        )
    )


def _draw_picture(file: WordFile, level: Any, drawn: Image) -> None:
    """Put a picture in the place of a bullet (ECMA-376, part 1, 17.9.20); a program that has none keeps its letter."""
    numbering: Any = file.part.numbering_part
    png = io.BytesIO()
    drawn.save(png, "PNG")
    image = file.part.package.get_or_add_image_part(png)
    wide, high = image.image.px_width, image.image.px_height
    scale = min(_HIGH / high, _WIDE / wide)
    related = numbering.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    numbering.element.insert(0, parse_xml(_PICTURE.format(nsdecls("w", "r"), scale * wide, scale * high, related)))
    level.find(qn("w:lvlText")).addnext(parse_xml(f'<w:lvlPicBulletId {nsdecls("w")} w:val="0"/>'))
