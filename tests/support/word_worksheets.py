"""Ten worksheets as people make them in Word: tables for the layout, tabs, underscores, text boxes, clip art.

Everything in them is invented. They are made anew for each run, with python-docx and by hand where it has no words.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.shared import Inches, Pt
from docx.table import Table
from PIL import Image, ImageDraw

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WPS = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_LINE = "_" * 60


def _saved(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(document: WordDocument, rows: list[list[str]]) -> Table:
    table: Table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def _bold(document: WordDocument, text: str, size: int = 14, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def clip_art(width: int = 90, height: int = 60, kind: str = "PNG") -> io.BytesIO:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse((10, 10, width - 10, height - 10), fill="orange")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    buffer.seek(0)
    return buffer


def _text_box(document: WordDocument, text: str, *, old: bool = True, new: bool = True) -> None:
    """A text box as Word writes it: a new shape, and an old one for programs that do not know it."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    box = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData uri='x'>{box}</a:graphicData></a:graphic>"
    shape = f"<w:drawing><wp:inline>{graphic}</wp:inline></w:drawing>"
    pict = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    choice = f"<mc:Choice Requires='wps'>{shape}</mc:Choice>" if new else ""
    fallback = f"<mc:Fallback>{pict}</mc:Fallback>" if old else ""
    xml = f"<w:r {_W} {_V} {_MC} {_WPS}><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    document.add_paragraph()._p.append(parse_xml(xml))


def _link(document: WordDocument, lead: str, words: str, address: str) -> None:
    paragraph = document.add_paragraph(lead)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    target = document.part.relate_to(address, kind, is_external=True)
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    xml = f'<w:hyperlink {_W} {relation} r:id="{target}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
    paragraph._p.append(parse_xml(xml))


def thought_log() -> bytes:
    """A bold title in the middle, tabs for name and date, an empty table, and a footer with the phone number."""
    document = Document()
    document.add_paragraph("Name:\t\t\tDate:\t\t")
    _bold(document, "My Thought Log", 20, centred=True)
    document.add_paragraph("When a feeling shifts fast, stop and fill in one row. There are no wrong answers.")
    _table(document, [["What happened", "What I felt (0-100)", "What I thought", "A fairer thought"], *[[""] * 4] * 5])
    document.add_paragraph()
    document.add_paragraph("What do you notice when you look back?")
    for _ in range(3):
        document.add_paragraph(_LINE)
    document.sections[0].footer.paragraphs[0].text = "Willow Lane Therapy  |  555-010-4477  |  hello@willowlane.example"
    return _saved(document)


def i_statements() -> bytes:
    """Sentences with underscores, an example in italics, and numbers to circle."""
    document = Document()
    document.add_heading("Saying What You Feel", 0)
    document.add_heading("Why it helps", 1)
    document.add_paragraph("Blame makes people defend themselves. Saying what you feel invites them in.")
    document.add_heading("Your turn", 1)
    document.add_paragraph("I feel ____________ when ____________________ because ________________.")
    document.add_paragraph("What I need is ____________________________.")
    document.add_paragraph("Example: I feel tired when plans change late.").runs[0].italic = True
    document.add_paragraph("How hard was this? (circle one)  1  2  3  4  5")
    document.add_heading("Remember", 1)
    document.add_paragraph("You can stop at any time.")
    return _saved(document)


def coping_plan() -> bytes:
    """A table without lines that puts two lists side by side, a text box, and clip art."""
    document = Document()
    document.add_heading("My Coping Plan", 1)
    document.add_picture(clip_art(), width=Inches(1))
    table = document.add_table(1, 2)
    for cell, head, items in (
        (table.cell(0, 0), "Signs that I am stressed", ["Tight jaw", "Short answers", "No sleep"]),
        (table.cell(0, 1), "What calms me", ["A walk", "Music", "Calling Sam"]),
    ):
        cell.paragraphs[0].add_run(head).bold = True
        for item in items:
            cell.add_paragraph(item, style="List Bullet")
    _text_box(document, "Remember: a plan is only a start.")
    _text_box(document, "Only new versions of Word show this box.", old=False)
    document.add_paragraph("Who can I call?")
    document.add_paragraph("." * 70)
    document.add_paragraph("." * 70)
    return _saved(document)


def anger_check() -> bytes:
    """Rating lines with words at their ends, boxes from the font Wingdings, and boxes of a form."""
    document = Document()
    _bold(document, "Anger Check-In", 18)
    document.add_paragraph("How strong is your anger right now?")
    document.add_paragraph("Not at all  0  1  2  3  4  5  6  7  8  9  10  Very strong")
    document.add_paragraph("Where do you feel it? Check all that apply:")
    for item in ("Chest", "Hands", "Jaw", "Stomach"):
        paragraph = document.add_paragraph()
        paragraph._p.append(parse_xml(f'<w:r {_W}><w:sym w:font="Wingdings" w:char="F06F"/></w:r>'))
        paragraph.add_run(f" {item}")
    document.add_paragraph("☐ Other: ____________")
    document.add_paragraph("Did you take a break?   ☐ Yes   ☐ No")
    document.add_paragraph("Things to try:")
    for item in ("Count to twenty", "Step outside", "Drink some water"):
        document.add_paragraph(f"[ ] {item}")
    return _saved(document)


def sleep_week() -> bytes:
    """A page on its side with a table of days."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading("Sleep Week", 1)
    days = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    rows = ["Went to bed", "Woke up", "Times awake", "How rested (1-5)"]
    _table(document, [days, *[[row, *[""] * 7] for row in rows]])
    document.add_paragraph("Fill it in each morning. Guessing is fine.")
    _bold(document, "Evening habits")
    for number, item in enumerate(("Dim the lights", "Put the phone away", "Read a page"), start=1):
        document.add_paragraph(f"{number}. {item}")
    return _saved(document)


def weekly_goals() -> bytes:
    """Numbers with lines behind them, days with slashes, and lines to sign."""
    document = Document()
    _bold(document, "WEEKLY GOALS", 20)
    document.add_paragraph("Client name: ______________________\tDate: ___/___/______")
    document.add_paragraph("Three goals for this week:")
    for number in (1, 2, 3):
        document.add_paragraph(f"{number}. ____________________________")
    document.add_paragraph("I will do the first one on __/__/____ at ________.")
    document.add_paragraph("What could get in the way?")
    for _ in range(4):
        document.add_paragraph()
    document.add_paragraph("Signature: ____________________")
    document.add_paragraph("Therapist signature: ____________________")
    return _saved(document)


def boundaries() -> bytes:
    """A table to compare, a table with row heads, terms with what they mean, and questions to answer with yes or no."""
    document = Document()
    document.add_heading("Boundaries", 1)
    _table(
        document,
        [
            ["Rigid boundaries", "Healthy boundaries"],
            ["Says no to everyone", "Says no when it is needed"],
            ["Shares nothing", "Shares with people who earned it"],
        ],
    )
    document.add_heading("Three ways to answer", 2)
    _table(
        document,
        [
            ["", "Passive", "Aggressive", "Assertive"],
            ["Words", "It is fine.", "You always do this!", "I would like to talk."],
            ["Voice", "Very soft", "Loud", "Calm and clear"],
        ],
    )
    document.add_heading("Check yourself", 2)
    document.add_paragraph("Did you say what you need? Yes / No")
    document.add_paragraph("Was it respected? Yes / No")
    document.add_heading("Saying no vs. saying yes", 2)
    document.add_paragraph("Saying yes too often leaves you tired.")
    document.add_paragraph("You answer at once", style="List Bullet")
    document.add_paragraph("You feel pressed", style="List Bullet")
    return _saved(document)


def carta_de_duelo() -> bytes:
    """In Spanish: name and date, questions with empty lines below them, a quotation and bullets typed as signs."""
    document = Document()
    document.add_paragraph("Nombre: ____________________   Fecha: ______________")
    document.add_heading("Una carta para quien ya no está", 1)
    document.add_paragraph("Escribir puede ayudar a decir lo que quedó sin decir. No tiene que ser perfecto.")
    document.add_paragraph("¿Qué le gustaría decirle?")
    for _ in range(5):
        document.add_paragraph()
    document.add_heading("Preguntas para reflexionar", 2)
    document.add_paragraph("¿Qué aprendió de esa persona?")
    document.add_paragraph("¿Qué quiere recordar?")
    document.add_paragraph("“El amor no termina cuando termina una vida juntos.” — Marta Ejemplo")
    document.add_heading("Práctica", 2)
    document.add_paragraph("Un momento para usted, esta semana.")
    for item in ("Busque un lugar tranquilo", "Lea su carta en voz alta", "Guárdela donde quiera"):
        document.add_paragraph(f"• {item}")
    document.add_heading("Próximo paso", 2)
    document.add_paragraph("Traiga la carta a la próxima cita, si quiere.")
    document.add_paragraph("Tel.: 555-010-2020")
    return _saved(document)


def telehealth_form() -> bytes:
    """A form in a table, long paragraphs, numbered terms, a header, a link, a footnote-like source and a reference."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Harbor Street Counseling"
    document.add_heading("Consent to Video Sessions", 0)
    document.add_paragraph(
        "Video sessions let us meet when you cannot come in. They are private, but no technology is perfect. "
        "A call can drop, and someone near you could overhear. You may ask for another kind of session at any time."
    )
    _table(document, [["Full name", ""], ["Date of birth", ""], ["Who should we call in an emergency?", ""]])
    document.add_heading("Terms", 2)
    for item in (
        "I can end a video session at any time.",
        "Sessions are not recorded by either of us.",
        "If the call drops, you will phone me.",
    ):
        document.add_paragraph(item, style="List Number")
    _link(document, "More on privacy: ", "a plain guide", "https://privacy.example.org/guide")
    document.add_heading("References", 2)
    document.add_paragraph("Doe, J. and Roe, R. (2019). Meeting on a screen. Example Press.")
    return _saved(document)


def self_care_menu() -> bytes:
    """Nested lists, blanks made of underlined tabs and of tab leaders, a merged cell, a page break and a photo."""
    document = Document()
    document.add_heading("Self-Care Menu", 1)
    for item, inner in (("Five minutes", ["Stretch", "Breathe out slowly"]), ("One hour", ["A bath", "A phone call"])):
        document.add_paragraph(item, style="List Bullet")
        for one in inner:
            document.add_paragraph(one, style="List Bullet 2")
    paragraph = document.add_paragraph("My favorite: ")
    paragraph.add_run("\t\t\t").underline = True
    paragraph = document.add_paragraph("My second choice:\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(6), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    table = _table(document, [["Plan for the week", "", ""], ["Day", "What I will do", "Done"], *[["", "", ""]] * 3])
    table.cell(0, 0).merge(table.cell(0, 2))
    document.add_picture(clip_art(600, 400, "JPEG"), width=Inches(3))
    description = document.inline_shapes[0]._inline.docPr
    description.set("descr", "An orange circle")
    document.add_paragraph("Rest is not a reward. <You> can't earn it & don't need to: 5 * 5 = 25, [see]_below_.")
    return _saved(document)


WORKSHEETS: dict[str, Callable[[], bytes]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        thought_log,
        i_statements,
        coping_plan,
        anger_check,
        sleep_week,
        weekly_goals,
        boundaries,
        carta_de_duelo,
        telehealth_form,
        self_care_menu,
    )
}
