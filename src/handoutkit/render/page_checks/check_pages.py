"""Checks finished pages against what went into them; this is part of every build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handoutkit.files.source_file import SourceFile
from handoutkit.models.document import Document
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.layout_boxes import root_element
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages

from .author_words import AuthorWords
from .fault import Fault, PlacedProblem, as_problems
from .fields_in_place import field_faults, lost_fields, placed_elements, unseen_fields
from .form_outline import FormOutline
from .page_structure import structure_faults
from .painted_words import word_faults
from .places_to_write import places_on_paper, places_with_fields, unseen_places
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

    def problems(
        self, document: Document, shipped: Callable[[], Any], with_fields: Callable[[], str]
    ) -> list[PlacedProblem]:
        """All that is wrong with the pages of a handout.

        Args:
            shipped: makes the HTML of the document with shipped templates alone, and gives its root element.
            with_fields: makes that of a document for paper as it would be with fields.
        """
        root, words = root_element(self.laid_out), AuthorWords(document)
        faults = [
            *self._left_out(words, root, shipped),
            *word_faults(root, self.painted, words.has),
            *self._places(document, root, with_fields),
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

    def _places(self, document: Document, root: Any, with_fields: Callable[[], str]) -> Iterator[Fault]:
        """What is wrong with the places to write."""
        if document.fields:
            placed = placed_elements(self.laid_out)
            written = {element.get("name"): element for element in root.iter() if element.get("name")}
            yield from lost_fields(document, {element.get("name") for element in placed}, written)
            yield from field_faults(self.laid_out, self.painted)
            places = places_with_fields(root, placed - unseen_fields(self.laid_out, self.painted))
        else:
            form = FormOutline.of(with_fields())
            yield from lost_fields(document, {name for name, _ in form.fields}, {})
            places = places_on_paper(root, form)
        yield from unseen_places(places, self.laid_out, self.painted)

    def _left_out(self, words: AuthorWords, root: Any, shipped: Callable[[], Any]) -> list[Fault]:
        """What the templates of the theme leave out, and shipped ones do not."""
        if not self.theme.is_changed:
            return []
        faults = words.left_out(root)
        if not faults:
            return []
        by_us = {fault.says for fault in words.left_out(shipped())}
        return [fault for fault in faults if fault.says not in by_us]
