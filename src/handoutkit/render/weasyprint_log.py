"""Turns whatever WeasyPrint logs while it sets a page into a problem of the build."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile

_LOGGER = logging.getLogger("weasyprint")
# Slower without it, never wrong; `handoutkit doctor` says how to install it.
_ABOUT_THE_MACHINE = "instead of HarfBuzz-Subset"
MISSING_GLYPH = re.compile(r'"(?P<char>.)" \((?P<name>U\+[0-9A-F]+)\)', re.DOTALL)

_STYLE_PLACE = re.compile(r" at (\d+):(\d+)")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if _ABOUT_THE_MACHINE not in message:
            self.messages[message] = None


@contextmanager
def collected() -> Iterator[dict[str, None]]:
    """Collect what is logged inside the block, each message once, in order."""
    collector = _Collector()
    propagate, _LOGGER.propagate = _LOGGER.propagate, False
    _LOGGER.addHandler(collector)
    try:
        yield collector.messages
    finally:
        _LOGGER.removeHandler(collector)
        _LOGGER.propagate = propagate


def as_problem(message: str, source: SourceFile) -> Problem:
    """A logged line as a problem of the handout's file, at the character that it names, if that can be found."""
    if message.startswith(".notdef glyph") and (found := MISSING_GLYPH.search(message)):
        char, name = found["char"], found["name"]
        return source.problem_at(
            _find(char, source),
            "missing-glyph",
            f"the shipped fonts cannot print `{char}` ({name}), {unicodedata.name(char, 'which has no name').lower()}",
            "write it another way, or leave it out",
        )
    return Problem("layout", message, "see the templates and stylesheets this page is made of", file=source.name)


def as_style_problem(message: str, source: SourceFile) -> Problem:
    """A logged line as a problem of a stylesheet, at the line and column it names."""
    found = _STYLE_PLACE.search(message)
    mark = FilePosition(int(found[1]), int(found[2])) if found else FilePosition(1, 1)
    return source.problem_at(mark, "stylesheet", message, "correct this rule, or take it out")


def _find(char: str, source: SourceFile) -> FilePosition:
    for number, line in enumerate(source.text.split("\n"), start=1):
        if char in line:
            return FilePosition(number, line.index(char) + 1)
    return FilePosition(1, 1)
