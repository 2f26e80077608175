"""Turns errors of the YAML parser into messages for someone who does not know YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from handoutkit.files.source_file import FilePosition, printable


class YamlFault(Exception):  # noqa: N818 - it is the text that is at fault
    """What keeps a text from being read as one YAML document."""

    def __init__(self, mark: FilePosition, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


class _Meaning(NamedTuple):
    """The meaning of one error of the parser.

    Attributes:
        wording: a part of what libyaml says, or PyYAML's own parser, which has other words for the same.
        at_start: the place to look at is where the unfinished thing began, and not where the parser gave up.
        before: what stands before the place on its line, as a pattern for its end.
        after: what stands from the place on, as a pattern for its start.
        at_text: the place to look at is where the text of the line begins.
    """

    wording: str
    message: str
    hint: str
    at_start: bool = False
    before: str = ""
    after: str = ""
    at_text: bool = False


_QUOTE_IT = 'put the whole text in quotes ("...")'
_NOT_CLOSED = ("what is opened here with `{0}` is not closed with `{1}`", "close it; if this is text, " + _QUOTE_IT)
_QUOTE = r"""["']"""  # a text that was closed too soon
_BRACKET = r"([\]}]|\*[\w-]+)"  # a text that starts like a list, a mapping or an alias
_KEY = r"[\w-]+:(\s|$)"
_NO_COLON = "write `key: value`; if it belongs to the text above, indent it further"
_NEIGHBOURS = "line it up with its neighbours: keys of one group start in the same column"
_ITEMS = "start each item with `- ` and line them all up"
_STAR = ("a text that starts with `*`, `&` or `!` needs quotes", _QUOTE_IT)
_START = ("a text cannot start with this character", _QUOTE_IT)
_AFTER_BRACKET = ("the text goes on after this", 'a text that starts with `[`, `{` or `*` needs quotes ("...")')
_BACKSLASH = (
    "a `\\` inside double quotes has a meaning of its own",
    "write `\\\\`, or use single quotes",
)
_AFTER_BLOCK = ("after `>` or `|` the text starts on the next line", "move the text to the next line, indented")
_PERCENT = ("a line cannot start with `%`", "indent it if it belongs to the text above, or take it out")
_AFTER_QUOTE = (
    "the text goes on after its closing quote",
    "put all of it inside the quotes; a quote inside must differ from those around it",
)
_NO_SPACE = ("a space is missing after the `:`", "write `key: value`, with a space after the colon")
_COLON = ("there is a second `: ` on this line", 'put a text that has `: ` in it in quotes ("...")')
_TOO_FAR = ("this line is indented too far", "line it up with the key above it")

_MEANINGS = (
    _Meaning("unexpected end of stream", "the quote that opens here is never closed", "close it", at_start=True),
    _Meaning("unexpected document indicator", "the quote that opens here is never closed", "close it", at_start=True),
    _Meaning("mapping values are not allowed", *_TOO_FAR, before=r"^\s*(- )*[\w-]+", at_text=True),
    _Meaning("mapping values are not allowed", *_COLON),
    _Meaning("could not find expected ':'", *_NO_SPACE, at_start=True, after=r"[\w-]+:\S"),
    _Meaning("could not find expected ':'", "this line is not a `key: value`", _NO_COLON, at_start=True),
    _Meaning("expected key", *_AFTER_QUOTE, before=_QUOTE),
    _Meaning("expected key", *_AFTER_BRACKET, before=_BRACKET),
    _Meaning("expected key", "a list item does not line up with its list", _ITEMS, after="- "),
    _Meaning("expected key", "this line does not fit the ones around it", _NEIGHBOURS),
    _Meaning("expected '-' indicator", "this line does not line up with the one above", _NEIGHBOURS, after=_KEY),
    _Meaning("expected '-' indicator", "this line does not fit the list it stands in", _ITEMS),
    _Meaning("entries are not allowed", "a list item (`- `) cannot start here", "start the list on a line of its own"),
    _Meaning("cannot start any token", *_START),
    _Meaning("expected ',' or ']'", _NOT_CLOSED[0].format("[", "]"), _NOT_CLOSED[1], at_start=True),
    _Meaning("expected ',' or '}'", _NOT_CLOSED[0].format("{", "}"), _NOT_CLOSED[1], at_start=True),
    _Meaning("node content", "a value is missing before this", "take out the extra comma or bracket"),
    _Meaning("expected alphabetic or numeric character", *_STAR, at_start=True),
    _Meaning("undefined tag handle", *_STAR),
    _Meaning("comment or line break", *_AFTER_BLOCK),
    _Meaning("comment or a line break", *_AFTER_BLOCK),
    _Meaning("indentation indicators", *_AFTER_BLOCK),
    _Meaning("unknown escape character", *_BACKSLASH),
    _Meaning("hexdecimal", *_BACKSLASH),
    _Meaning("hexadecimal", *_BACKSLASH),
    _Meaning("Unicode character escape", *_BACKSLASH),
    _Meaning("directive", *_PERCENT, at_start=True),
    _Meaning("incompatible YAML", *_PERCENT),
    _Meaning("<document start>", "nothing can follow the line `...`", "take that line out"),
    _Meaning("<block end>", *_AFTER_QUOTE, before=_QUOTE),
    _Meaning("<block end>", *_AFTER_BRACKET, before=_BRACKET),
    _Meaning("<block end>", "this line does not fit the ones around it", _NEIGHBOURS),
)
_TAB = ("tab-indentation", "a tab is used to indent", "replace it by spaces: two for each level")


def fault_of(error: Any, lines: Sequence[str]) -> YamlFault:
    """The fault that a ``yaml.MarkedYAMLError`` means, at a place inside the file."""
    # A tab before the place where the parser gave up is the cause, whatever the parser says.
    gave_up = _place(error.problem_mark or error.context_mark, lines)
    line = lines[gave_up.line - 1]
    lead = re.match(r"[ \t-]*", line)
    if "\t" in (tabs := lead[0] if lead else "") and gave_up.column <= len(tabs) + 1:
        return YamlFault(FilePosition(gave_up.line, tabs.index("\t") + 1), *_TAB)
    # The first row of the table that fits the parser's words and the text around the place.
    reported = error.problem or ""
    for meaning in _MEANINGS:
        mark = _place(error.context_mark, lines) if meaning.at_start and error.context_mark else gave_up
        if meaning.wording in reported and _fits(meaning, lines[mark.line - 1], mark.column - 1):
            column = len(line) - len(line.lstrip()) + 1 if meaning.at_text else mark.column
            return YamlFault(FilePosition(mark.line, column), "bad-yaml", meaning.message, meaning.hint)
    hint = 'check the quotes, brackets and indents; text with odd characters is safe inside quotes ("...")'
    return YamlFault(gave_up, "bad-yaml", f"this cannot be read ({printable(reported) or 'no reason given'})", hint)


def _fits(meaning: _Meaning, line: str, at: int) -> bool:
    before = line[max(0, at - 100) : at]
    return bool(re.search(meaning.before + r"\s*$", before) and re.match(meaning.after, line[at:]))


def _place(mark: Any, lines: Sequence[str]) -> FilePosition:
    """A parser's mark as ours; it may stand behind the end of the file, and then the last line with words is meant."""
    if mark is None:
        return FilePosition(1, 1)
    line = min(mark.line, len(lines) - 1)
    if not any(lines[line:]):
        while line and not lines[line].strip():
            line -= 1
        return FilePosition(line + 1, len(lines[line]) + 1)
    return FilePosition(line + 1, min(mark.column, len(lines[line])) + 1)
