"""Parts of a Word document that python-docx has no words for: boxes to tick, places to write, links, lists.

What they are made of is said in ECMA-376, part 1, 17.5.2 (structured document tags), 17.9 (numbering) and 17.16.22
(hyperlinks), and the box to tick in [MS-DOCX] 2.6.1.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordFile
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_UNDERLINE = 2.2
"""Millimetres of a low line in the text's face and size, about."""
_TITLE = 64
"""Most characters of a place's name in Word."""


BOX, RING = ("\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"), ("\N{WHITE CIRCLE}", "\N{FISHEYE}")
"""What stands there before and after a click."""


def add_tick_box(paragraph: Any, label: str = "", looks: tuple[str, str] = BOX) -> None:
    """A box, or a ring among several, that a click ticks and another click clears again."""
    off, on = (f"{ord(look):04X}" for look in looks)
    name = f"<w:alias w:val={quoteattr(label[:_TITLE])}/>" if label else ""
    box = f"""
    <w:sdt {nsdecls("w")} {_W14}>
      <w:sdtPr>{name}<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="{on}" w14:font="MS Gothic"/>
        <w14:uncheckedState w14:val="{off}" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>
      <w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>
        <w:t>{looks[0]}</w:t></w:r></w:sdtContent>
    </w:sdt>"""
    paragraph._p.append(parse_xml(box))
    paragraph.add_run(" ")


def add_gap(paragraph: Any, label: str, width: int, *, to_margin: int = 0) -> None:
    """A place to write among words: a click takes the whole of its line, and typing takes its place.

    Args:
        width: in millimetres.
        to_margin: the width of the text, if the line goes on to the margin; else 0.
    """
    if to_margin:
        paragraph.paragraph_format.tab_stops.add_tab_stop(to_margin, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    line = "<w:tab/>" if to_margin else f"<w:t>{'_' * round(width / _UNDERLINE)}</w:t>"
    name = f"<w:alias w:val={quoteattr(label[:_TITLE])}/>" if label else ""
    gap = f"""
    <w:sdt {nsdecls("w")}><w:sdtPr>{name}<w:showingPlcHdr/><w:text/></w:sdtPr>
      <w:sdtContent><w:r>{line}</w:r></w:sdtContent></w:sdt>"""
    paragraph._p.append(parse_xml(gap))


def make_place(lines: list[Any], label: str) -> None:
    """Put paragraphs that follow each other into a place with a name."""
    name = quoteattr(label[:_TITLE])
    named = f"<w:sdtPr><w:alias w:val={name}/></w:sdtPr>" if label else "<w:sdtPr/>"
    place = parse_xml(f"<w:sdt {nsdecls('w')}>{named}<w:sdtContent/></w:sdt>")
    lines[0].addprevious(place)
    for line in lines:
        place[-1].append(line)


def anchor(
    inline: Any, across: tuple[str, str], down: tuple[str, str], wrap: str, *, gap: int = 0, behind: bool = False
) -> None:
    """Let a picture float that stands among words (ECMA-376, part 1, 20.4.2.3).

    Args:
        across, down: where it stands, as the insides of ``positionH`` and ``positionV``: what that is reckoned from,
            and an element.
        wrap: the element that says how words go around it.
        gap: in EMU, between it and the words at its sides.
        behind: whether words may stand on it.
    """
    made = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="{gap}" distR="{gap}" simplePos="0" '
        f'relativeHeight="1" behindDoc="{int(behind)}" locked="0" layoutInCell="1" allowOverlap="0">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{across[0]}">{across[1]}</wp:positionH>'
        f'<wp:positionV relativeFrom="{down[0]}">{down[1]}</wp:positionV></wp:anchor>'
    )
    for child in list(inline):
        if child.tag.endswith("}docPr"):
            made.append(parse_xml(f"<wp:{wrap} {nsdecls('wp')}/>"))
        made.append(child)
    inline.getparent().replace(inline, made)


def add_link(paragraph: Any, text: str, url: str, *, strong: bool = False) -> None:
    """Words that lead to an address, or a number that can be called."""
    reference = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{reference}"/>')
    run = paragraph.add_run(text)
    run.underline, run.bold = True, strong or None
    link.append(run._r)
    paragraph._p.append(link)


def new_list(file: WordFile) -> int:
    """The number of a new list that begins with 1 and looks like ``List Number``."""
    numbering: Any = file.part.numbering_part.element
    style: Any = file.styles["List Number"].element
    like = numbering.num_having_numId(style.pPr.numPr.numId.val)
    added = numbering.add_num(like.abstractNumId.val)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(added.numId)


def put_into_list(paragraph: Any, number: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def mark_row(row: Any, *, is_head: bool, height: int) -> None:
    """Say that a row of a table has its heads, comes again on each page, and how high it is at least."""
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if height:
        row.height = height
    if is_head:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def dress_table(table: Any, *, has_head: bool, row_heads: bool) -> None:
    """Say which of a table's rows and columns are heads."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    flags = f'w:firstRow="{int(has_head)}" w:firstColumn="{int(row_heads)}"'
    plain = 'w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    table._tbl.tblPr.append(parse_xml(f'<w:tblLook {nsdecls("w")} w:val="0000" {flags} {plain}/>'))
