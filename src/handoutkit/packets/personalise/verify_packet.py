"""A finished packet held against what it should be: this layout, this client's values, and nothing else.

The layout is read whole once: it holds nothing about anyone. A packet is then its bytes, followed by one update; so
whatever else there might be, in fields, appearances, metadata, bookmarks or attachments, can only be in that update.
Each object in it is accounted for: it is the appearance or the field of a slot, or one of the fonts these use. What is
shown is read by the fonts' tables, letter by letter in order; and as these tables, and where and how large letters are
drawn, could be wrong as well, all values are set a second time, by a setter of the verifier's own that has not seen the
first: the two must be the same to the last byte.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf

from handoutkit.errors import ContentError, Problem, WithheldError
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.filled_in.identifiers import EDITION
from handoutkit.packets.packet_layout import PacketLayout, Slot
from handoutkit.render.theme import Theme
from handoutkit.render.values.printable import (
    all_printable,
    hyphens_alike,
    letters,
    page_letters,
    runs_from_right_anywhere,
)
from handoutkit.render.values.text_flow import text_of

from .incremental_update import BasePdf, reachable, read_update
from .personalise_packet import PacketField, Personaliser, terminal_fields
from .text_extraction import is_shown, lines_shown, to_unicode

_APPEARANCE = {"/Type", "/Subtype", "/BBox", "/Resources", "/Length"}
_DRAWING = re.compile(rb"([-\d.\s\[\]A-Za-z]|<[0-9a-fA-F]*>|/\S+ )*")
"""Operators, numbers, names and glyphs; no literal string and no comment."""
_WORD = re.compile(r"\w+")
_STYLE = re.compile(r"( (Light|Semi Bold|Bold|Italic))+$")
"""What stands behind the family in a font's name."""
_FONT_TYPES = frozenset({"/Font", "/FontDescriptor", "/CMap", ""})  # a font file has no type
_FONT_STRINGS = frozenset({"Adobe", "Identity"})


class Verifier:
    """Verifies packets of one layout.

    Raises:
        WithheldError: the layout holds something already, or does not show the reference on each page.
    """

    def __init__(self, layout: PacketLayout, theme: Theme) -> None:
        self._layout = layout
        self._second = Personaliser(layout, theme)
        self._base = BasePdf.of(layout.pdf)
        with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
            numbers = dict.fromkeys([layout.font, *(number for placed in layout.flows for number in placed.fonts)])
            fonts = {number: pdf.get_object(number, 0) for number in numbers}
            self._known = {number: to_unicode(font) for number, font in fonts.items()}
            reached = (item.objgen[0] for font in fonts.values() for item in reachable(font))
            self._fonts = frozenset({*fonts, *reached})
            problems = list(_not_blank(pdf, layout))
            problems += [] if layout.alone else _without_reference(pdf, layout.slots)
            self._fields = {
                slot.field: PacketField.of(pdf, slot.field) for slot in layout.slots if slot.field is not None
            }
        if problems:
            raise _withheld(problems)
        self._blank_pages: list[str] = []

    def verify(self, finished: bytes, values: Mapping[str, str], *, text: bool = False) -> None:
        """Hold a finished packet against its client's values.

        Args:
            values: as they were to be put in, by name.
            text: whether the words of every page are read as well.

        Raises:
            WithheldError: it is not this layout with these values, all of them and no more.
        """
        given = all_printable(values)
        try:
            objects = read_update(self._base, finished)
        except ValueError as error:
            raise _withheld([str(error)]) from None
        try:
            with pikepdf.open(io.BytesIO(finished)) as pdf:
                problems = [*self._wrong_values(pdf, given), *self._not_accounted_for(pdf, given, objects)]
        except Exception:  # whatever keeps it from being read keeps it from going out
            problems = ["it cannot be read"]
        if not problems and not self._is_as_set_again(finished, values):
            problems = ["it is not as its values are set a second time"]
        if text and not problems:
            problems = list(self._wrong_words(finished, given))
        if problems:
            raise _withheld(problems)

    def _is_as_set_again(self, finished: bytes, values: Mapping[str, str]) -> bool:
        try:
            return self._second.personalise(values) == finished
        except ContentError:
            return False

    def _wrong_values(self, pdf: pikepdf.Pdf, given: Mapping[str, str]) -> Iterator[str]:
        """What is not as it was given, read back from the PDF as a viewer reads it."""
        for slot in self._layout.slots:
            value = given.get(slot.name, "")
            if slot.appearance is not None and not self._shows(pdf, slot.appearance, value):
                yield f"`{slot.name}` is not shown as it was given"
            if slot.field is not None:
                field = self._fields[slot.field]
                if field.value_in(pdf) != field.stored(slot, value):
                    yield f"`{slot.name}` is not filled in as it was given"
        for placed in self._layout.flows:
            for number, paragraph in zip(placed.appearances, placed.flow.paragraphs, strict=True):
                if not self._shows(pdf, number, text_of(paragraph, given), from_right=placed.flow.right_to_left):
                    yield "a paragraph does not say what it should"

    def _shows(self, pdf: pikepdf.Pdf, number: int, text: str, *, from_right: bool = False) -> bool:
        try:
            return is_shown(lines_shown(pdf.get_object(number, 0), self._known), text, from_right=from_right)
        except (LookupError, ValueError):
            return False

    def _not_accounted_for(
        self, pdf: pikepdf.Pdf, given: Mapping[str, str], objects: Mapping[int, bytes]
    ) -> Iterator[str]:
        """What the update holds beyond the values' slots and fonts."""
        filled = [slot for slot in self._layout.slots if slot.name in given]
        fields: dict[int, bytes] = {}
        for slot in filled:
            if slot.field is not None:
                fields |= self._fields[slot.field].with_value(slot, given[slot.name])
        shown = {slot.appearance for slot in filled if slot.appearance is not None}
        shown |= {number for placed in self._layout.flows for number in placed.appearances}
        if {number for number in objects if number < self._base.size} != fields.keys() | shown:
            yield "other objects are changed than those of its values"
        if any(objects.get(number) != whole for number, whole in fields.items()):
            yield "a field holds more than its value"
        fonts: set[int] = set()
        for number in shown & objects.keys():
            appearance = pdf.get_object(number, 0)
            if not _is_appearance(appearance):
                yield "what shows a value holds more than that"
            fonts |= {item.objgen[0] for item in reachable(appearance, self._fonts)}
        if fonts != {number for number in objects if number >= self._base.size}:
            yield "it holds an object that no value has a use for"
        if any(not _is_of_a_font(pdf.get_object(number, 0)) for number in fonts):
            yield "it holds an object that is no part of a font"

    def _wrong_words(self, finished: bytes, given: Mapping[str, str]) -> Iterator[str]:
        """The pages whose words are not those of the layout and of the values printed there, each in its order."""
        self._blank_pages = self._blank_pages or _letters_of_pages(self._layout.pdf)
        for number, (blank, found) in enumerate(zip(self._blank_pages, _letters_of_pages(finished), strict=True)):
            printed = [
                given[slot.name]
                for slot in self._layout.slots
                if slot.kind == "mark" and number in slot.pages and slot.name in given
            ]
            flows = [placed.flow for placed in self._layout.flows if placed.page == number]
            printed += [text_of(paragraph, given) for flow in flows for paragraph in flow.paragraphs]
            expected = Counter(page_letters(blank + "".join(map(letters, printed))))
            if Counter(page_letters(found)) != expected or not _stand_in_order(printed, found):
                yield f"page {number + 1} says something else than it should"


def _stand_in_order(values: list[str], page: str) -> bool:
    """Whether each value from the left stands in a page's letters as it is.

    PDFium turns around the words and numbers of a line that has a letter from the right; so on a page that has any,
    each word and number is looked for by itself.
    """
    from_left = [value for value in values if not runs_from_right_anywhere(value)]
    turned, page = runs_from_right_anywhere(page), hyphens_alike(page)
    return all(
        hyphens_alike(letters(part)) in page
        for value in from_left
        for part in (_WORD.findall(value) if turned else [value])
    )


def _letters_of_pages(pdf: bytes) -> list[str]:
    import pypdfium2  # only where pages are read

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [letters(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def _is_appearance(found: Any) -> bool:
    """Whether it shows glyphs of fonts and has room for nothing else."""
    if set(found.stream_dict.keys()) != _APPEARANCE or set(found.Resources.keys()) != {"/Font"}:
        return False
    return bool(_DRAWING.fullmatch(found.read_bytes()))


def _is_of_a_font(found: Any) -> bool:
    """Whether an object is a part of a font, and says nothing of its own."""
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return isinstance(found, pikepdf.Array)
    parts = [found, *(part for part in found.values() if isinstance(part, pikepdf.Dictionary) and not part.is_indirect)]
    values = [item for part in parts for item in part.values()]
    strings = {str(item) for item in values if isinstance(item, pikepdf.String)}
    family = str(found.get("/FontName", "")).partition("+")[2].replace("-", " ")  # behind the subset's six letters
    return str(found.get("/Type", "")) in _FONT_TYPES and strings <= {*_FONT_STRINGS, family, _STYLE.sub("", family)}


def _not_blank(pdf: pikepdf.Pdf, layout: PacketLayout) -> Iterator[str]:
    for name, field in terminal_fields(pdf):
        if str(field.get("/V", "")) not in ("", "/Off") and not name.endswith(f".{EDITION}"):
            yield f"the layout has a value in `{name}`"
    places = [(slot.appearance, slot.name) for slot in layout.slots if slot.appearance is not None]
    places += [(number, placed.flow.name) for placed in layout.flows for number in placed.appearances]
    for number, name in places:
        if lines_shown(pdf.get_object(number, 0), {}):
            yield f"the layout shows something for `{name}`"


def _without_reference(pdf: pikepdf.Pdf, slots: tuple[Slot, ...]) -> Iterator[str]:
    marks = {slot.appearance for slot in slots if slot.name == CLIENT_REF and slot.kind == "mark"}
    for number, page in enumerate(pdf.pages, start=1):
        drawn: Any = page.Resources.get("/XObject", {})
        names = [name for name, form in drawn.items() if form.objgen[0] in marks]
        content = page.obj.Contents
        parts = list(content) if isinstance(content, pikepdf.Array) else [content]
        if not any(b"%s Do" % name.encode() in part.read_bytes() for name in names for part in parts):
            yield f"the layout does not show the reference on page {number}"


def _withheld(problems: Iterable[str]) -> WithheldError:
    hint = "it is withheld; please report this, it is a bug"
    return WithheldError(
        Problem("withheld", f"a finished packet is not right: {problem}", hint) for problem in problems
    )
