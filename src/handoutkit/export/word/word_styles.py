"""How a Word document looks: the practice's colours and, for its words, faces that any computer has."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from handoutkit.models.document import Document
from handoutkit.models.settings.theme_settings import ThemeFonts, ThemeLook, ThemeMargins
from handoutkit.render.colour.palette import Palette
from handoutkit.render.look.look_of_practice import foot_lines
from handoutkit.render.templating.interface_messages import is_right_to_left

from .word_scripts import faces_of, word_language

PANEL, LABEL, SMALL, PLACE, LINE = "Panel", "Label", "Small print", "Place to write", "Writing line"
IN_PANEL = {"List Bullet": "Panel bullet", "List Number": "Panel number", PLACE: "Panel place"}
"""The styles of items by those that they have inside a panel."""
AFTER_PANEL = Pt(8)
_EDGE, _HANG = Mm(3), Mm(6.35)
TEXT_FACE = "Calibri"
_PAGE = {"letter": (Mm(215.9), Mm(279.4)), "a4": (Mm(210), Mm(297))}
_SIZES = {"Heading 1": 26, "Heading 2": 17, "Heading 3": 14}


def text_width(document: Document, look: ThemeLook) -> int:
    """How wide the text is between the margins, in EMU."""
    return int(_PAGE[document.paper][0] - 2 * Mm(_sides(look)))


def _sides(look: ThemeLook) -> float:
    return (look.margins and look.margins.sides) or 19


def dress(file: WordFile, document: Document, palette: Palette, look: ThemeLook) -> None:
    """Set the page, the styles, the language and the foot of a new document, as a theme asks for."""
    section = file.sections[0]
    margins = look.margins or ThemeMargins()
    section.page_width, section.page_height = _PAGE[document.paper]
    section.left_margin = section.right_margin = Mm(_sides(look))
    section.top_margin, section.bottom_margin = Mm(margins.top or 18), Mm(margins.bottom or 20)
    size = 18 if document.format == "large-print" else 12
    fonts = look.fonts or ThemeFonts()
    text = fonts.text or TEXT_FACE
    _normal(file, document, palette, size, text)
    heads = fonts.title or ("Georgia" if document.practice.typefaces.headings == "serif" else text)
    for name, points in _SIZES.items():
        _style(file, name, faces_of(document.locale, heads), points * size / 12, palette.deep)
        file.styles[name].paragraph_format.space_before = Pt(0 if name == "Heading 1" else 14)
        file.styles[name].paragraph_format.space_after = Pt(4)
    _own_styles(file, palette, size, document.locale, text)
    _foot(section, document, foot_lines(look, document.practice))


def _normal(file: WordFile, document: Document, palette: Palette, size: float, face: str) -> None:
    normal = file.styles["Normal"]
    _style(file, "Normal", faces_of(document.locale, face), size, palette.ink)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.2
    properties = normal.element.get_or_add_rPr()
    properties.append(word_language(document.locale))
    if is_right_to_left(document.locale):
        normal.element.get_or_add_pPr().insert(0, parse_xml(f"<w:bidi {nsdecls('w')}/>"))


def _own_styles(file: WordFile, palette: Palette, size: float, locale: str, face: str) -> None:
    looks = {
        PANEL: (size, palette.ink),
        LABEL: (size, palette.deep),
        SMALL: (size * 0.8, palette.soft),
        PLACE: (size * 0.92, palette.ink),
        LINE: (size, palette.ink),
    }
    for name, (points, colour) in looks.items():
        added = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = file.styles["Normal"]
        _style(file, name, faces_of(locale, face), points, colour)
    file.styles[PLACE].paragraph_format.space_after = Pt(3)
    _panel_styles(file, palette, edge="right" if is_right_to_left(locale) else "left")
    line = file.styles[LINE].element.get_or_add_pPr()
    line.append(_borders(palette.line, bottom=6, between=6))
    file.styles[LINE].paragraph_format.space_after = Pt(0)
    file.styles[LINE].paragraph_format.line_spacing = Mm(8)
    file.styles[LINE].paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST


def _panel_styles(file: WordFile, palette: Palette, *, edge: str) -> None:
    """Every line of a panel has one ground, one edge and no space around it, so that they are one panel."""
    for like, name in IN_PANEL.items():
        file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = file.styles[like]
    for name in (PANEL, *IN_PANEL.values()):
        style = file.styles[name]
        properties = style.element.get_or_add_pPr()
        properties.append(_borders(palette.brand, **{edge: 24}))
        properties.append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{palette.wash[1:]}"/>')
        )
        hang = _HANG if name in (IN_PANEL["List Bullet"], IN_PANEL["List Number"]) else 0
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = _EDGE + hang, -hang
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.3


def _borders(colour: str, **eighths: int) -> Any:
    order = ("top", "left", "bottom", "right", "between")
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths[side]}" w:space="4" w:color="{colour[1:]}"/>'
        for side in order
        if side in eighths
    )
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")


def _style(file: WordFile, name: str, by_letters: dict[str, str], points: float, colour: str) -> None:
    style: Any = file.styles[name]
    style.font.size, style.font.color.rgb = Pt(points), RGBColor.from_string(colour[1:])
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(faces.attrib):  # a theme's face, if one is named, would win
        del faces.attrib[key]
    for letters, face in by_letters.items():
        faces.set(qn(f"w:{letters}"), face)


def _foot(section: Any, document: Document, more: tuple[str, ...]) -> None:
    foot = section.footer.paragraphs[0]
    foot.style = SMALL
    foot.add_run(f"{document.practice.display_name} · {document.handout.title} · ")
    for number, instruction in enumerate(("PAGE", "NUMPAGES")):
        if number:
            foot.add_run(" / ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        foot._p.append(parse_xml(field))
    for line in more:
        section.footer.add_paragraph(line, style=SMALL)
