"""PO files as text: read by Babel after a check of their lines, and written the same way every time.

Babel passes over much that is wrong (a text without its closing quotation mark loses a letter), so that is found first.
It also takes the previous text of a message (``#| msgid "..."``) for a comment, refuses the one of an obsolete message
(``#~| msgid "..."``), and breaks lines inside its quotation marks when it writes one: here they are read and written.
The format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, denormalize, normalize, write_po

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import TO_LINE_END, FilePosition, SourceFile

WIDTH = 100
"""Characters on a line of a file that is written."""

_OBSOLETE_COMMENT = re.compile(r"^\s*#~\s*(?:#|(?=\|))")
"""How comments of an obsolete message begin: ``#~|`` in gettext, ``#~ #`` (and all that may follow) elsewhere."""
_LINE = re.compile(r'(?:#~\s*)?(?:(msgctxt|msgid_plural|msgid|msgstr|msgstr\[\d\])\s+)?"(?:[^"\\]|\\.)*"$')
_PREVIOUS_ID = re.compile(r'^msgid\s+("(?:[^"\\]|\\.)*"(?:\n"(?:[^"\\]|\\.)*")*)$', re.MULTILINE)
_MAY_FOLLOW = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[]": ("msgctxt", "msgid", "msgstr[]"),
}


class PoFile(Catalog):
    """Babel's catalogue with three differences: it keeps every header, reads no clock, and lists what stands twice."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.twice: list[Message] = []
        super().__init__(header_comment="", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers, by name."""
        pairs = list(self.headers.items())
        return [*pairs[:-1], (pairs[-1][0], pairs[-1][1] + "\n")] if pairs else []

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        self.headers = {name: str(value).strip() for name, value in headers}
        # Babel makes room for as many forms as a file says it has, and splits however long a header: no language has
        # more than six forms, and no rule of the GNU gettext manual is longer than 150 letters.
        plural = self.headers.get("Plural-Forms", "")
        forms = re.fullmatch(r"nplurals\s*=\s*[1-6]\s*;\s*plural\s*=[^;]{1,300};?", plural)
        Catalog._set_mime_headers(self, [("Plural-Forms", forms[0])] if forms else [])

    def __setitem__(self, id: Any, message: Message) -> None:
        if id and self._key_for(id, message.context) in self._messages:
            self.twice.append(message)
        else:
            super().__setitem__(id, message)


def read_po(source: SourceFile) -> PoFile:
    """What a PO file holds; the line of each message is that of its ``msgid``. Raises ContentError."""
    problems = list(_faults_in_lines(source))
    catalogue = PoFile()
    if not problems:
        try:
            lines = (_OBSOLETE_COMMENT.sub("#", line) for line in source.lines)
            PoFileParser(catalogue, abort_invalid=True).parse(lines)
        except (PoFileError, ValueError, LookupError) as error:
            problems.append(_fault(source, getattr(error, "lineno", 0) + 1, "this message cannot be read"))
    for message in catalogue.twice:
        hint = "keep one of the two"
        mark = FilePosition(message.lineno or 1, 1, TO_LINE_END)
        problems.append(source.problem_at(mark, "duplicate-message", "this message stands here a second time", hint))
    if problems:
        raise ContentError(problems)
    return catalogue


def po_text(catalogue: PoFile) -> str:
    """The text of a PO file."""
    messages = [*catalogue, *catalogue.obsolete.values()]
    previous = [_previous_lines(message) for message in messages]
    notes = [message.user_comments for message in messages]
    for message in messages:
        message.user_comments = [note for note in message.user_comments if not is_previous(note)]
    file = BytesIO()
    write_po(file, catalogue, width=WIDTH, no_location=True)
    for message, comments in zip(messages, notes, strict=True):
        message.user_comments = comments
    # Babel parts messages with an empty line, and writes none inside a message.
    blocks = file.getvalue().decode("utf-8").strip("\n").split("\n\n")
    return "\n\n".join(map(_with_previous, blocks, previous)) + "\n"


def is_previous(note: str) -> bool:
    """Whether what Babel reads as a translator's comment is a line of the previous text: ``| msgid "..."``."""
    return note.startswith("|")


def previous_text(message: Message) -> str:
    """The text that was translated, where it has changed since (``#| msgid``); empty if the file does not say."""
    if message.previous_id:
        return str(message.previous_id[0])
    lines = "\n".join(note.removeprefix("|").strip() for note in message.user_comments if is_previous(note))
    found = _PREVIOUS_ID.search(lines)
    return denormalize(found[1]) if found else ""


def _previous_lines(message: Message) -> list[str]:
    """The lines of the previous text without their ``#``: as the file has them, or new ones."""
    if not message.previous_id:
        return [note for note in message.user_comments if is_previous(note)]
    return [
        "| " + line
        for keyword, text in zip(("msgid", "msgid_plural"), message.previous_id, strict=False)
        for line in f"{keyword} {normalize(text, prefix='#| ', width=WIDTH)}".replace("\n#| ", "\n").split("\n")
    ]


def _with_previous(block: str, lines: Sequence[str]) -> str:
    """A message as written, with the lines of its previous text right before its own."""
    start = re.search(r"^(#~ )?msg", block, re.MULTILINE)
    if not lines or start is None:
        return block
    mark = "#~" if start[1] else "#"
    return block[: start.start()] + "".join(f"{mark}{line}\n" for line in lines) + block[start.start() :]


def translation_lines(source: SourceFile) -> dict[int, tuple[int, int]]:
    """By the line of each ``msgid``: the first and the last line of its ``msgstr``. Lines count from 1."""
    lines: dict[int, tuple[int, int]] = {}
    at, key = 0, ""
    for number, keyword in _keywords(source):
        key = keyword or key
        if keyword == "msgid":
            at = number
        elif key.startswith("msgstr"):
            lines[at] = (lines[at][0] if at in lines else number, number)
    return lines


def _keywords(source: SourceFile) -> Iterator[tuple[int, str | None]]:
    """Each line but comments: its number, and its keyword; an empty one, where a text goes on; None, if it is wrong."""
    for number, line in enumerate(source.lines, start=1):
        text = _OBSOLETE_COMMENT.sub("#", line).strip()
        if text and (text.startswith("#~") or not text.startswith("#")):
            match = _LINE.match(text)
            yield number, re.sub(r"\d", "", match[1] or "") if match else None


def _faults_in_lines(source: SourceFile) -> Iterator[Problem]:
    before = ""
    number = 1
    for number, keyword in _keywords(source):
        if keyword is None:
            yield _fault(source, number, "this line cannot be read")
            return
        if keyword not in _MAY_FOLLOW[before] and (keyword or not before):
            yield _fault(source, number, f"`{keyword or 'text'}` cannot stand here")
            return
        before = keyword or before
    if before.startswith("msg") and not before.startswith("msgstr"):
        yield _fault(source, number, "the file ends in the middle of a message")


def _fault(source: SourceFile, line: int, message: str) -> Problem:
    hint = 'a text stands between quotation marks; inside it, one is written \\", and messages are `msgid` and `msgstr`'
    return source.problem_at(FilePosition(min(line, len(source.lines)), 1, TO_LINE_END), "bad-po", message, hint)
