"""Finds the place in the user's own templates and stylesheets that a line of WeasyPrint's log is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile, clipped
from handoutkit.files.text_files import read_text
from handoutkit.render.theme import Theme

from .unset_tokens import unset_tokens

_WITHOUT_VALUE = re.compile(r"Ignored `(?P<name>[\w-]+):.*` at (?P<line>\d+):(?P<column>\d+)", re.DOTALL)
_PICTURE = re.compile(r"""(?:Failed to load image at '|Image ")theme:(?P<name>[^'"]+)['"]""")
_ELSEWHERE = re.compile(
    r"Relative URI reference without a base URI: (\S+)"
    r"|Failed to load image at '(?!theme:|data:|handout:|practice:)([^']+)'"
)
_TAG = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_ALT = re.compile(r"\balt\s*=", re.IGNORECASE)
INTO_THE_FOLDER = 'put it into the theme\'s own folder, and write its address from this file: "../pictures/seal.svg"'


def in_own_files(message: str, theme: Theme) -> Problem | None:
    """A logged line as a problem of a file of the theme; None if it is about none, or none is found."""
    if found := _WITHOUT_VALUE.match(message):
        return _without_value(found, theme)
    if found := _PICTURE.match(message):
        return _picture(message, found["name"], theme)
    if found := _ELSEWHERE.search(message):
        return _elsewhere(found[1] or found[2], theme)
    return None


def elsewhere(address: str) -> str:
    """What is wrong with an address that leads out of the folder of themes, or to another machine."""
    return f"`{clipped(address, 80)}` is not in the folder of this theme, and nothing is fetched from elsewhere"


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
            if unset := _unset_in(re.split("[;{}]", source.text[place:], maxsplit=1)[0], source, theme):
                return unset
            message = f"`{written[0]}` has no value here: a custom property in it has none, or one of another kind"
            hint = "check how it is spelled, or give a value in its place, such as var(--mine, var(--ink))"
            mark = FilePosition.in_text(source.text, written.start(), len(written[0]))
            return source.problem_at(mark, "stylesheet", message, hint)
    return None


def _unset_in(value: str, source: SourceFile, theme: Theme) -> Problem | None:
    """The problem of a token in a value that nothing sets, which names the token that is meant."""
    unset = (problem for problem in unset_tokens(theme) if problem.file == source.name)
    return next((problem for problem in unset if any(token in problem.message for token in _VAR.findall(value))), None)


def _elsewhere(address: str, theme: Theme) -> Problem | None:
    """An address that leads out of the folder of themes, at its place in a page template or a stylesheet."""
    for source in (*_own(theme, ".html"), *_own(theme, ".css")):
        at = source.text.find(address)
        if at >= 0:
            mark = FilePosition.in_text(source.text, at, len(address))
            return source.problem_at(mark, "no-such-asset", elsewhere(address), INTO_THE_FOLDER)
    return None


def _without_alt(name: str, theme: Theme) -> Problem | None:
    """The first picture of that name in a page template whose tag says no ``alt``."""
    last = name.rsplit("/", maxsplit=1)[-1]
    for source in _own(theme, ".html"):
        for tag in _TAG.finditer(source.text):
            if last in tag[0] and not _ALT.search(tag[0]):
                mark = FilePosition.in_text(source.text, tag.start(), len(tag[0]))
                hint = 'say what it shows in alt="…", or alt="" if it only decorates'
                return source.problem_at(mark, "no-alternative", f"the picture `{name}` has no `alt`", hint)
    return None


def _picture(message: str, name: str, theme: Theme) -> Problem | None:
    """The first address of a picture, in a page template or else a stylesheet."""
    if "no required alt" in message:
        return _without_alt(name, theme)
    last = name.rsplit("/", maxsplit=1)[-1]
    for source in (*_own(theme, ".html"), *_own(theme, ".css")):
        at = source.text.find(last)
        if at < 0:
            continue
        mark = FilePosition.in_text(source.text, at, len(last))
        if "no-such-asset" in message:
            hint = 'write the address from this file, such as "../pictures/seal.svg", and put the picture there'
            return source.problem_at(mark, "no-such-asset", f"there is no picture `{name}`", hint)
        return source.problem_at(mark, "layout", message, "take another picture, or write its address anew")
    return None


def _own(theme: Theme, ending: str) -> Iterator[SourceFile]:
    """The files of the theme that are not ours."""
    for files in theme.files[:-1]:
        yield from (read_text(path) for name, path in sorted(files.items()) if name.endswith(ending))
