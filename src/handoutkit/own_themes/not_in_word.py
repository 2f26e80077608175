"""What of a theme is on paper and does not reach a Word document, so that its designer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.library.shipped_files import SETTINGS

_CORNER = re.compile(r"^corner\b", re.MULTILINE)
_PAINTS = ("background", "background-image", "content")
_HINT = "docs/themes.md says what reaches Word; nothing has to be done"
_OTHER_WAY = "a drawing that `ornament` in theme.yaml names is on screens and in Word, too"


def not_in_word(own: Mapping[str, Path]) -> Iterator[Problem]:
    """A notice for each thing of a theme's own files, by their paths in its folder, that Word leaves out."""
    for name, path in sorted(own.items()):
        if name == SETTINGS:
            source = read_text(path)
            if found := _CORNER.search(source.text):
                message = "`corner` does not reach Word, where panels are square"
                yield _notice(source, FilePosition.in_text(source.text, found.start(), len(found[0])), message)
        elif name.endswith(".css"):
            source = read_text(path)
            for box in _ornaments(tinycss2.parse_stylesheet(source.text, skip_comments=True)):
                message = f"the picture in `@{box.lower_at_keyword}` is on paper alone, not on a screen and not in Word"
                place = FilePosition(box.source_line, box.source_column, len(box.at_keyword) + 1)
                yield _notice(source, place, message, _OTHER_WAY)


def _ornaments(nodes: list[Node]) -> Iterator[AtRule]:
    """The boxes of a page's margin that have a picture."""
    for page in nodes:
        if isinstance(page, AtRule) and page.lower_at_keyword == "page" and page.content is not None:
            for box in tinycss2.parse_blocks_contents(page.content, skip_comments=True, skip_whitespace=True):
                if isinstance(box, AtRule) and box.content is not None and _has_picture(box.content):
                    yield box


def _has_picture(content: list[Node]) -> bool:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    painted = (part for part in parts if isinstance(part, Declaration) and part.lower_name in _PAINTS)
    return any("url(" in tinycss2.serialize(part.value).lower() for part in painted)


def _notice(source: SourceFile, place: FilePosition, message: str, hint: str = _HINT) -> Problem:
    return source.problem_at(place, "not-in-word", message, hint, severity="notice")
