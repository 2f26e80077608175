"""Parses one YAML document into events.

PyYAML's C parser (libyaml) is used where the wheel brings it; it is ten times faster than the Python one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from handoutkit.files.source_file import TO_LINE_END, FilePosition, SourceFile
from handoutkit.loading.diagnostics.yaml_problems import YamlFault, fault_of

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Control characters; U+0085, U+2028 and U+2029, which the parser takes for line ends and nobody else does; and a byte
# order mark inside the file.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


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
                    hint = "keep each handout in a file of its own, or take out this line"
                    raise YamlFault(event_mark(event), "two-documents", "`---` starts a second document", hint)
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        raise fault_of(error, source.lines) from None
    finally:
        parser.dispose()
    if not documents:
        empty = "this file is empty" if not source.text.strip() else "this file holds only comments"
        raise YamlFault(FilePosition(1, 1), "empty-file", empty, "`handoutkit new` writes one to start from")


def event_mark(event: Any) -> FilePosition:
    """Where an event stands; one that runs over several lines is underlined to the end of its first."""
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else TO_LINE_END
    return FilePosition(start.line + 1, start.column + 1, max(1, width))


def _refuse_characters(text: str) -> None:
    if found := _REFUSED.search(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        message = f"an invisible character (U+{ord(found[0]):04X}) stands here, which a file cannot hold"
        hint = "delete it; such characters come along when text is copied from elsewhere"
        raise YamlFault(FilePosition(line, column), "bad-character", message, hint)
