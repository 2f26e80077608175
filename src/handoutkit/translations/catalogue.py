"""Catalogues: the translation of one handout, framing, practice or packet into one language, as a gettext PO file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Message

from handoutkit.errors import ContentError, Problem, Severity
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import TO_LINE_END, FilePosition, SourceFile, Spot, clipped
from handoutkit.files.text_files import read_text
from handoutkit.models.fit_to_print.characters import faults_in_characters

from .po_file import PoFile, previous_text, read_po, translation_lines

TRANSLATOR, REVIEWED_BY, REVIEWED_ON = "Last-Translator", "X-Reviewed-By", "X-Reviewed-On"
"""Headers that say who made a translation, which fluent clinician read it, and when."""
HEADERS = {
    "Project-Id-Version": "",
    "Language": "",
    "X-Source-Language": "en",
    TRANSLATOR: "",
    REVIEWED_BY: "",
    REVIEWED_ON: "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
"""What a new file starts with."""
_OLD_REMARK = "The text was: "
EARLIER_REVIEW = "X-Earlier-Review"
"""Who read an earlier wording, and when."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A text and its translation.

    Attributes:
        place: what the text is called (see ``models.words``); empty if the file does not say.
        text: in the language it was written in.
        translation: empty where there is none yet.
        fuzzy: it is a guess, or the text has changed since.
        notes: translators' own comments, and the lines of the previous text as the file has them.
        remarks: comments for translators.
        previous: the text that was translated, where it has changed since; empty if the file does not say.
        spot: where the translation stands in the PO file.
    """

    place: str
    text: str
    translation: str
    fuzzy: bool
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    previous: str
    spot: Spot

    @property
    def done(self) -> bool:
        """Whether the translation is finished: there is one, and it is not marked as a guess."""
        return bool(self.translation) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """All entries of one PO file, in its order.

    Attributes:
        headers: by name, as they stand in the file.
        obsolete: translations of texts that are not there any more; kept for translators.
    """

    language: str
    entries: tuple[CatalogueEntry, ...]
    obsolete: tuple[CatalogueEntry, ...]
    headers: dict[str, str]
    comment: str
    source: SourceFile

    @cached_property
    def by_place(self) -> dict[str, CatalogueEntry]:
        """Entries that name their place, by it."""
        return {entry.place: entry for entry in self.entries if entry.place}

    @cached_property
    def by_text(self) -> dict[str, CatalogueEntry]:
        """Finished translations by their text; none of a text that is translated in two ways."""
        found: dict[str, CatalogueEntry] = {}
        two_ways = set()
        for entry in self.entries:
            if entry.done and found.setdefault(entry.text, entry).translation != entry.translation:
                two_ways.add(entry.text)
        return {text: entry for text, entry in found.items() if text not in two_ways}

    @property
    def translator(self) -> str:
        """Who made it; empty if nobody is named."""
        return self.headers.get(TRANSLATOR, "")

    @property
    def reviewed_by(self) -> str:
        """The fluent clinician who read it; empty if nobody is named."""
        return self.headers.get(REVIEWED_BY, "")

    @property
    def reviewed_on(self) -> date | None:
        """The day of the review."""
        day = self.headers.get(REVIEWED_ON, "")
        return date.fromisoformat(day) if day else None

    def header_problem(self, name: str, code: str, message: str, hint: str, *, severity: Severity = "error") -> Problem:
        """A problem with a header, at its line."""
        return _at_header(self.source, name, code, message, hint, severity)


def load_catalogue(path: Path, language: str) -> Catalogue:
    """Raises ContentError with every problem of the file itself; what is not translated yet is none."""
    return read_carefully(read_catalogue, read_text(path), language)


def read_catalogue(source: SourceFile, language: str) -> Catalogue:
    """What a PO file's text holds. Raises ContentError, as ``load_catalogue``."""
    file = read_po(source)
    if problems := [*_wrong_headers(source, file, language), *_places_twice(source, file)]:
        raise ContentError(problems)
    lines = translation_lines(source)
    return Catalogue(
        language=language,
        entries=tuple(_entry(message, lines) for message in file if message.id),
        obsolete=tuple(_entry(message, lines) for message in file.obsolete.values()),
        headers=file.headers,
        comment=file.header_comment,
        source=source,
    )


def _entry(message: Message, lines: dict[int, tuple[int, int]]) -> CatalogueEntry:
    first, last = lines.get(message.lineno or 0, (message.lineno or 1,) * 2)
    remarks, previous = _without_old_remark(message.auto_comments)
    return CatalogueEntry(
        place=message.context or "",
        text=_first(message.id),
        translation=_first(message.string),
        fuzzy=message.fuzzy,
        notes=tuple(message.user_comments),
        remarks=remarks,
        previous=previous_text(message) or previous,
        spot=Spot(FilePosition(first, 1, TO_LINE_END), end=last),
    )


def _without_old_remark(remarks: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Comments without the one that said the previous text before 0.2, and that text; the next release drops this."""
    start = next((n for n, remark in enumerate(remarks) if remark.startswith(_OLD_REMARK)), len(remarks))
    return tuple(remarks[:start]), " ".join(remarks[start:]).removeprefix(_OLD_REMARK)


def _first(text: str | Sequence[str] | None) -> str:
    """The text itself; of a message with a plural, which content has none of, its singular."""
    return text if isinstance(text, str) else (text or ("",))[0]


def _wrong_headers(source: SourceFile, file: PoFile, language: str) -> list[Problem]:
    problems = []
    header = file.headers.get("Language", "").replace("_", "-")
    if header != language:
        message = f"this file lies among the translations into `{language}`, and says that it is in `{clipped(header)}`"
        hint = f"write `Language: {language}`, or move the file"
        problems.append(_at_header(source, "Language", "catalogue-language", message, hint))
    by, on = file.headers.get(REVIEWED_BY, ""), file.headers.get(REVIEWED_ON, "")
    if bool(by) != bool(on):
        there, missing = (REVIEWED_BY, REVIEWED_ON) if by else (REVIEWED_ON, REVIEWED_BY)
        message = f"`{there}` needs `{missing}` beside it"
        problems.append(_at_header(source, there, "half-a-review", message, "write both, or neither"))
    if on and not _is_day(on):
        message = f"`{clipped(on)}` is not a day"
        problems.append(_at_header(source, REVIEWED_ON, "bad-date", message, "write it as `2026-01-31`"))
    for name in (TRANSLATOR, REVIEWED_BY):  # they are printed
        if fault := faults_in_characters(file.headers.get(name, "")):
            problems.append(_at_header(source, name, "bad-character", fault[0], fault[1]))
    return problems


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _places_twice(source: SourceFile, file: PoFile) -> list[Problem]:
    first: set[str] = set()
    problems = []
    for message in file:
        place = str(message.context or "") if message.id else ""
        if place and place in first:
            mark = FilePosition(message.lineno or 1, 1, TO_LINE_END)
            problem = f"the place `{clipped(place)}` has two messages"
            problems.append(source.problem_at(mark, "duplicate-message", problem, "keep the one that is right"))
        first.add(place)
    return problems


def _at_header(
    source: SourceFile, name: str, code: str, message: str, hint: str, severity: Severity = "error"
) -> Problem:
    numbers = (n for n, line in enumerate(source.lines, start=1) if line.startswith(f'"{name}:'))
    return source.problem_at(FilePosition(next(numbers, 1), 1, TO_LINE_END), code, message, hint, severity=severity)
