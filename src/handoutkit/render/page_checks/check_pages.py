"""Checks finished pages against what went into them; this is part of every build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handoutkit.files.source_file import SourceFile
from handoutkit.models.document import Document
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.layout_boxes import root_element
from handoutkit.render.weasyprint_patches.painted_pages import PaintedPages

from .author_words import AuthorWords
from .fault import Fault, PlacedProblem, as_problems
from .fields_in_place import field_faults
from .page_structure import structure_faults
from .painted_words import word_faults
from .readable_words import readability_faults


@dataclass(frozen=True)
class PagesToCheck:
    """Pages as they were painted, to be checked against their document.

    Attributes:
        laid_out: the ``weasyprint.document.Document``.
    """

    laid_out: Any
    painted: PaintedPages
    theme: Theme
    source: SourceFile

    def problems(self, document: Document, shipped: Callable[[], Any]) -> list[PlacedProblem]:
        """All that is wrong with the pages of a handout.

        Args:
            shipped: makes the HTML of the document with shipped templates alone, and gives its root element.
        """
        root, words = root_element(self.laid_out), AuthorWords(document)
        faults = [
            *self._left_out(words, root, shipped),
            *word_faults(root, self.painted, words.has),
            *field_faults(document, root, self.laid_out, self.painted),
            *structure_faults(root),
            *readability_faults(self.painted, self.theme.format),
        ]
        return as_problems(faults, root, self.painted, self.theme, self.source) if faults else []

    def problems_around(self) -> list[PlacedProblem]:
        """All that is wrong with pages that are no handout's: the cover of a packet, and its back.

        Their headings stand among those of the handouts, and are nothing by themselves.
        """
        root = root_element(self.laid_out)
        faults = [
            *word_faults(root, self.painted, lambda _: False),
            *readability_faults(self.painted, self.theme.format),
        ]
        return as_problems(faults, root, self.painted, self.theme, self.source) if faults else []

    def _left_out(self, words: AuthorWords, root: Any, shipped: Callable[[], Any]) -> list[Fault]:
        """What the templates of the theme leave out, and shipped ones do not."""
        if not self.theme.is_changed:
            return []
        faults = words.left_out(root)
        if not faults:
            return []
        by_us = {fault.says for fault in words.left_out(shipped())}
        return [fault for fault in faults if fault.says not in by_us]
