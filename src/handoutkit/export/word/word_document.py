"""The pieces of a page as a Word document to go on working with: real headings, lists and tables, nothing drawn."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from itertools import takewhile
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.shared import Emu, Mm

from handoutkit.export.content_model import (
    ContentCell,
    ContentHeading,
    ContentItem,
    ContentPicture,
    ContentPiece,
    ContentTable,
    ContentText,
    WritingSpace,
)
from handoutkit.export.export_source import ExportSource
from handoutkit.export.inline_runs import Run
from handoutkit.export.output_formats import OutputFile
from handoutkit.export.page_images import figures
from handoutkit.models.document import Document
from handoutkit.render.templating.document_html import palette_of
from handoutkit.render.theme import Theme

from . import word_parts as parts
from .word_bullets import choose_bullets
from .word_margins import draw_margins
from .word_masthead import WordMasthead
from .word_scripts import mark_scripts
from .word_styles import AFTER_PANEL, IN_PANEL, LABEL, LINE, PANEL, PLACE, SMALL, dress, text_width

_MAX_LINES = 14
"""Lines to write on, however large the place is on paper; in Word they grow as they are filled."""
_MANY, _NAMES = 8, Mm(34)
"""A table with more columns is set small, and its first column, which names the rows, this wide."""
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
_STYLES = {"label": LABEL, "question": LABEL, "small": SMALL, "under": SMALL}


def export_word(source: ExportSource) -> Iterable[OutputFile]:
    """The exporter of Word documents; drawings are pictures of those in the PDF."""
    yield OutputFile(".docx", to_word(source.document, source.pieces, figures(source.pdf.pdf), source.theme))


def to_word(document: Document, pieces: list[ContentPiece], figures: Mapping[str, bytes], theme: Theme) -> bytes:
    """A ``.docx`` file; the same bytes each time.

    Args:
        figures: PNGs by their text alternatives. A picture that is not among them is told in words.
    """
    file = docx.Document()
    palette = palette_of(document.practice, theme, fields=document.fields)
    dress(file, document, palette, theme.look)
    draw_margins(file, document, theme, palette)
    choose_bullets(file, theme, palette.brand)
    _describe(file, document)
    writer = _Writer(file, text_width(document, theme.look), figures)
    opening = list(takewhile(_is_of_masthead, pieces))
    writer.write_masthead(opening, WordMasthead.of(document, theme.look))
    for piece in pieces[len(opening) :]:
        if not _is_of_foot(piece):  # `dress` has those
            writer.write(piece)
    mark_scripts(file, document.locale)
    made = io.BytesIO()
    file.save(made)
    return _same_each_time(made)


def _is_of_masthead(piece: ContentPiece) -> bool:
    return isinstance(piece, ContentText | ContentPicture) and piece.in_masthead


def _is_of_foot(piece: ContentPiece) -> bool:
    return isinstance(piece, ContentText) and piece.kind == "foot"


def _describe(file: WordFile, document: Document) -> None:
    handout, about = document.handout, file.core_properties
    about.title, about.author, about.language = handout.title, document.practice.legal_name, document.locale
    about.subject, about.keywords, about.comments = handout.subtitle or "", ", ".join(handout.topics), ""
    about.last_modified_by, about.revision = "", 1
    about.created = about.modified = datetime.combine(handout.reviewed_on, time(), UTC).replace(tzinfo=None)


class _Writer:
    """Appends pieces to a document."""

    def __init__(self, file: WordFile, width: int, figures: Mapping[str, bytes]) -> None:
        self._file = file
        self._width = width
        self._figures = figures
        self._list = 0
        self._panel: tuple[str, Any] = ("", None)
        self._ids = {style.name: style.style_id for style in file.styles}

    def _add(self, style: str) -> Any:
        """A new paragraph. Its style is set by its id, which python-docx would look up among all each time."""
        paragraph = self._file.add_paragraph()
        paragraph._p.style = self._ids[style]
        return paragraph

    def write(self, piece: ContentPiece) -> None:
        """Append a piece to the document."""
        self._end_panel(getattr(piece, "panel", ""))
        if isinstance(piece, ContentHeading):
            self._fill(self._add(f"Heading {piece.level}"), piece.runs)
        elif isinstance(piece, ContentText):
            self._words(piece)
        elif isinstance(piece, ContentItem):
            self._item(piece)
        elif isinstance(piece, WritingSpace):
            lines = [self._add(LINE) for _ in range(min(piece.lines, _MAX_LINES))]
            parts.make_place([line._p for line in lines], piece.label)
        elif isinstance(piece, ContentTable):
            self._table(piece)
        else:
            self._picture(piece)

    def write_masthead(self, pieces: list[ContentPiece], masthead: WordMasthead) -> None:
        """Append what says whose the page is, before its title."""
        marks = [piece for piece in pieces if isinstance(piece, ContentPicture) and piece.alternative in self._figures]
        others = [piece for piece in pieces if piece not in marks]
        if not masthead.side or not others:
            for mark in marks:
                paragraph = self._add("Normal")
                masthead.add_mark(paragraph, self._figures[mark.alternative], mark.alternative)
                masthead.align(paragraph, is_last=not others)
        for number, piece in enumerate(others):
            self.write(piece)
            paragraph = self._file.paragraphs[-1]
            if masthead.side and number == 0:
                for mark in marks:
                    masthead.add_mark(paragraph, self._figures[mark.alternative], mark.alternative)
            masthead.align(paragraph, is_last=number == len(others) - 1)

    def _end_panel(self, following: str) -> None:
        """Paragraphs of a panel touch, or it would be striped; after the last there is space."""
        panel, last = self._panel
        if last is not None and following != panel:
            last.paragraph_format.space_after = AFTER_PANEL
            self._panel = ("", None)

    def _in_panel(self, panel: str, paragraph: Any) -> None:
        if panel:
            self._panel = (panel, paragraph)

    def _words(self, piece: ContentText) -> None:
        style = PANEL if piece.panel else _STYLES.get(piece.kind, "Normal")
        paragraph = self._add(style)
        self._in_panel(piece.panel, paragraph)
        strong = piece.kind in ("label", "question")
        self._fill(paragraph, piece.runs, strong=strong)
        paragraph.paragraph_format.keep_with_next = strong or None

    def _item(self, item: ContentItem) -> None:
        is_own_mark = bool(item.runs) and item.runs[0].place in ("tick", "choice")
        style = PLACE if is_own_mark else "List Number" if item.number else "List Bullet"
        paragraph = self._add(IN_PANEL.get(style, style) if item.panel else style)
        self._in_panel(item.panel, paragraph)
        if style == "List Number":
            self._list = parts.new_list(self._file) if item.first else self._list
            parts.put_into_list(paragraph, self._list)
        self._fill(paragraph, item.runs)

    def _fill(
        self, paragraph: Any, runs: list[Run], *, strong: bool = False, options: bool = False, in_cell: bool = False
    ) -> None:
        for number, run in enumerate(runs, start=1):
            if run.place == "tick":
                parts.add_tick_box(paragraph, run.option)
            elif run.place == "gap":
                last = number == len(runs) and not in_cell
                parts.add_gap(paragraph, run.option, run.width, to_margin=self._width if last else 0)
            elif run.place:
                paragraph.add_run(" ")
                parts.add_tick_box(paragraph, run.option, parts.RING)
                paragraph.add_run(f"{run.option} " if options else "")
            elif run.url:
                parts.add_link(paragraph, run.text, run.url, strong=run.strong or strong)
            else:
                added = paragraph.add_run(run.text)
                added.bold, added.italic = (run.strong or strong) or None, run.emphasis or None

    def _table(self, table: ContentTable) -> None:
        rows = ([table.head] if table.head else []) + table.rows
        count = max(len(row) for row in rows)
        made = self._file.add_table(rows=0, cols=count, style="Table Grid")
        for number, row in enumerate(rows):
            is_head = bool(table.head) and number == 0
            added = made.add_row()
            parts.mark_row(added, is_head=is_head, height=max((cell.lines for cell in row), default=0) * Mm(8))
            for column, (cell, place) in enumerate(zip(row, added.cells, strict=False)):
                self._cell(cell, place, is_head=is_head, small=count > _MANY)
                if count > _MANY:
                    place.width = _NAMES if column == 0 else Emu((self._width - _NAMES) // (count - 1))
        parts.dress_table(made, has_head=bool(table.head), row_heads=any(row[0].is_head for row in table.rows))
        self._add(SMALL)  # Word joins tables that touch

    def _cell(self, cell: ContentCell, place: Any, *, is_head: bool, small: bool) -> None:
        paragraph = place.paragraphs[0]
        paragraph._p.style = self._ids[SMALL if small else PLACE]
        circles = sum(run.place == "choice" for run in cell.runs)
        self._fill(paragraph, cell.runs, strong=is_head or cell.is_head, options=circles > 1, in_cell=True)

    def _picture(self, picture: ContentPicture) -> None:
        image = self._figures.get(picture.alternative)
        if image is None:
            if picture.alternative:
                self._add(SMALL).add_run(f"[{picture.alternative}]")
            return
        shape = self._file.add_paragraph().add_run().add_picture(io.BytesIO(image))
        if shape.width > self._width:
            shape.height = Emu(round(shape.height * self._width / shape.width))
            shape.width = Emu(self._width)
        shape._inline.docPr.set("descr", picture.alternative)


def _same_each_time(file: io.BytesIO) -> bytes:
    """The archive with one time for all its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(zipfile.ZipInfo(part.filename, _SAME_TIME), before.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()
