"""Turns whatever WeasyPrint logs while it sets a page, and what it fails on, into problems of the build."""

from __future__ import annotations

import logging
import os
import re
import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handoutkit.errors import ContentError, HandoutkitError, Problem
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.library.shipped_files import PACKAGE
from handoutkit.render.theme import Theme

from .blame_theme import INTO_THE_FOLDER, elsewhere, in_own_files

_LOGGER = logging.getLogger("weasyprint")
# Slower without it, never wrong; `handoutkit doctor` says how to install it.
_ABOUT_THE_MACHINE = "instead of HarfBuzz-Subset"
MISSING_GLYPH = re.compile(r'"(?P<char>.)" \((?P<name>U\+[0-9A-F]+)\)', re.DOTALL)
TAKE_BACK = "take back what was changed last in the templates or stylesheets; the shipped ones lay out everything"
_ENGINE = f"{os.sep}weasyprint{os.sep}"
_OUTSIDE = re.compile(r"""url\(\s*["']?([^"')]+).*Relative URI reference""", re.DOTALL)
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


@contextmanager
def complaints_raised(source: SourceFile, theme: Theme) -> Iterator[None]:
    """Raises ContentError for what WeasyPrint logs inside the block, and for what it fails on."""
    try:
        with collected() as complaints:
            yield
    except Exception as error:
        of_machine = isinstance(error, OSError) and error.errno is not None  # a full disk, say
        if of_machine or isinstance(error, HandoutkitError | MemoryError) or not _is_from_weasyprint(error):
            raise
        message = f"this page cannot be laid out ({type(error).__name__}: {error})"
        raise ContentError(Problem("layout-failed", message, TAKE_BACK, file=source.name)) from error
    if complaints:
        raise ContentError(in_own_files(message, theme) or as_problem(message, source) for message in complaints)


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
    if outside := _OUTSIDE.search(message):
        return source.problem_at(mark, "no-such-asset", elsewhere(outside[1]), INTO_THE_FOLDER)
    return source.problem_at(mark, "stylesheet", message, "correct this rule, or take it out")


def _is_from_weasyprint(error: Exception) -> bool:
    """Whether an exception was raised in WeasyPrint or below it, and not in code of ours that it called."""
    frames = traceback.extract_tb(error.__traceback__)
    files = [frame.filename for frame in frames if PACKAGE in Path(frame.filename).parents or _ENGINE in frame.filename]
    return bool(files) and _ENGINE in files[-1]


def _find(char: str, source: SourceFile) -> FilePosition:
    for number, line in enumerate(source.text.split("\n"), start=1):
        if char in line:
            return FilePosition(number, line.index(char) + 1)
    return FilePosition(1, 1)
