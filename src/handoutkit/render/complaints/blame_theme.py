"""Finds the place in the user's own templates and stylesheets that a line of WeasyPrint's log is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.render.theme import Theme

_WITHOUT_VALUE = re.compile(r"Ignored `(?P<name>[\w-]+):.*` at (?P<line>\d+):(?P<column>\d+)", re.DOTALL)
_PICTURE = re.compile(r"""(?:Failed to load image at '|Image ")theme:(?P<name>[^'"]+)['"]""")


def in_own_files(message: str, theme: Theme) -> Problem | None:
    """A logged line as a problem of a file of the theme; None if it is about none, or none is found."""
    if found := _WITHOUT_VALUE.match(message):
        return _without_value(found, theme)
    if found := _PICTURE.match(message):
        return _picture(message, found["name"], theme)
    return None


def _without_value(found: re.Match[str], theme: Theme) -> Problem | None:
    """A rule of a stylesheet, whose value takes a custom property that is not there."""
    line, column = int(found["line"]), int(found["column"])
    # Of pages from right to left, the name that is told is that of the other side.
    name = re.sub("left|right", "(left|right)", found["name"])
    for source in _own(theme, ".css"):
        lines = source.text.split("\n")
        place = len("\n".join(["", *lines[: line - 1]])) + column - 1  # that of the value
        written = re.search(rf"(?<![\w-]){name}(?=\s*:\s*$)", source.text[:place], re.IGNORECASE)
        if written and re.match(r"[^;{}]*\bvar\(", source.text[place:], re.IGNORECASE):
            message = f"`{written[0]}` has no value here: a custom property in it has none, or one of another kind"
            hint = "check how it is spelled, or give a value in its place, such as var(--mine, var(--ink))"
            mark = FilePosition.in_text(source.text, written.start(), len(written[0]))
            return source.problem_at(mark, "stylesheet", message, hint)
    return None


def _picture(message: str, name: str, theme: Theme) -> Problem | None:
    """The first address of a picture, in a page template or else a stylesheet."""
    last = name.rsplit("/", maxsplit=1)[-1]
    for source in (*_own(theme, ".html"), *_own(theme, ".css")):
        at = source.text.find(last)
        if at < 0:
            continue
        mark = FilePosition.in_text(source.text, at, len(last))
        if "no required alt" in message:
            hint = 'say what it shows in alt="…", or alt="" if it only decorates'
            return source.problem_at(mark, "no-alternative", f"the picture `{name}` has no `alt`", hint)
        if "no-such-asset" in message:
            hint = 'write the address from this file, such as "../pictures/seal.svg", and put the picture there'
            return source.problem_at(mark, "no-such-asset", f"there is no picture `{name}`", hint)
        return source.problem_at(mark, "layout", message, "take another picture, or write its address anew")
    return None


def _own(theme: Theme, ending: str) -> Iterator[SourceFile]:
    """The files of the theme that are not ours."""
    for files in theme.files[:-1]:
        yield from (read_text(path) for name, path in sorted(files.items()) if name.endswith(ending))
