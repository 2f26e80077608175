"""One YAML document as parser events; what the parser cannot read, in plain words.

PyYAML's C parser (libyaml) is used where the wheel brings it; it is ten times faster than the Python one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from .source import Mark, SourceFile

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)

# What libyaml and PyYAML say (a part of it) -> what it means, and what to do.
_IN_PLAIN_WORDS = (
    (
        "mapping values are not allowed",
        "a `: ` stands inside a text that has no quotes, or the line is indented too far",
        'put the whole text in quotes ("..."), or line the key up with its neighbours',
    ),
    (
        "could not find expected ':'",
        "a key without its `:`",
        "write `key: value`, or indent the line so that it belongs to the text above",
    ),
    (
        "did not find expected key",
        "this line does not fit the ones around it",
        "line the keys of one block up exactly; close any quote that was opened above",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list it stands in",
        "start each item with `- `, all of them indented alike",
    ),
    (
        "block sequence entries are not allowed",
        "a list item (`- `) stands where no list can be",
        "start the list on the line below its key",
    ),
    (
        "unexpected end of stream",
        "the file ends inside a quoted text",
        "close the quote that was opened above",
    ),
    (
        "cannot start any token",
        "this character cannot start a text",
        'put the text in quotes ("...")',
    ),
    (
        "did not find expected ',' or",
        "a list in [...] or a mapping in {...} is not closed",
        "add the missing comma or bracket, or put the text in quotes",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "a `*` or `&` at the start of a text has a meaning of its own in YAML",
        'put the text in quotes ("...")',
    ),
    (
        "unknown escape character",
        "a `\\` inside double quotes has a meaning of its own in YAML",
        "use single quotes ('...') around the text, or write `\\\\`",
    ),
)


class YamlFault(Exception):
    """What keeps a text from being read as one YAML document."""

    def __init__(self, mark: Mark, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


def document_events(source: SourceFile) -> Iterator[Any]:
    """The events of the single document in a file, from its first value on.

    Raises:
        YamlFault: while iterating, at the first thing that cannot be read.
    """
    _refuse_characters(source.text)
    parser = _LOADER(source.text)
    documents = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "keep each in a file of its own; take out the line `---`"
                    raise YamlFault(event_mark(event), "two-documents", "a second YAML document starts here", hint)
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        raise _fault(error, source.text) from None
    finally:
        parser.dispose()
    if not documents:
        raise YamlFault(Mark(1, 1), "empty-file", "this file is empty", "`handoutkit new ID` writes one to start from")


def event_mark(event: Any) -> Mark:
    """Where an event stands; one that runs over several lines is underlined to the end of its first."""
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1_000
    return Mark(start.line + 1, start.column + 1, max(1, width))


def _refuse_characters(text: str) -> None:
    if found := _CONTROL.search(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        name = f"U+{ord(found[0]):04X}"
        hint = "delete it; it often comes along when text is copied from elsewhere"
        raise YamlFault(Mark(line, column), "bad-character", f"the control character {name} cannot be in a file", hint)


def _fault(error: yaml.MarkedYAMLError, text: str) -> YamlFault:
    where = error.problem_mark or error.context_mark
    line, column = (where.line, where.column) if where else (0, 0)
    lines = text.split("\n")
    if line < len(lines) and _TAB_INDENT.match(lines[line]):
        column = lines[line].index("\t")
        return YamlFault(
            Mark(line + 1, column + 1), "tab-indentation", "a tab is used to indent", "YAML takes spaces only: use two"
        )
    said = error.problem or "this cannot be read"
    for part, message, hint in _IN_PLAIN_WORDS:
        if part in said:
            return YamlFault(Mark(line + 1, column + 1), "bad-yaml", message, hint)
    return YamlFault(Mark(line + 1, column + 1), "bad-yaml", f"this is not YAML: {said}", "check quotes and indents")
