"""Measures how long handouts are that are to be sheets, in the worker, and keeps it for the next check or build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handoutkit.compose.compose_document import CopyOptions, compose
from handoutkit.errors import MachineError
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.document import Document
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.pictures.logo_files import logo_files
from handoutkit.render.render_cache import RenderCache, key_of
from handoutkit.render.sheets.kept_heights import KeptHeights
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import SheetFacts, WorkerTypesetter


@dataclass(frozen=True, slots=True)
class SheetSetting:
    """How sheets are set that are measured: in which look, as which copy, and where their heights are kept."""

    theme: Theme
    copy: CopyOptions
    cache: RenderCache


@dataclass(frozen=True)
class MeasuredSheets:
    """Measures handouts as they would be built for a practice, with its framings."""

    library: Library
    practice: Loaded[Practice]
    framings: Sequence[Loaded[Framing]]
    setting: SheetSetting

    def facts(self, handout: Loaded[Handout]) -> SheetFacts | None:
        """How a handout comes out as a sheet; None if it is to be a booklet, or this machine cannot set text.

        Raises:
            ContentError: it cannot be set.
        """
        document = self._composed(handout)
        if document.layout != "sheet":
            return None
        theme, cache, source = self.setting.theme, self.setting.cache, handout.source
        logo = logo_files(self.practice.model.logo, self.practice.source.path.parent)
        pictures = [source.path.parent / name for name in document.pictures]
        key = key_of(document, theme, logo, pictures)
        if known := cache.sheet_facts(key):
            return known
        heights = KeptHeights(cache, document, theme, logo, pictures)
        try:
            reckoned = WorkerTypesetter(theme).reckon(document, source, logo, heights.known)
        except MachineError:
            return None
        heights.keep(reckoned.measured)
        cache.keep_sheet_facts(key, reckoned.facts)
        return reckoned.facts

    def _composed(self, handout: Loaded[Handout]) -> Document:
        library, language = self.library, handout.model.language
        document = compose(
            handout.model,
            library.if_translated("practice", self.practice, language).model,
            [library.if_translated("framing", framing, language).model for framing in self.framings],
            self.setting.copy,
        )
        return replace(document, translation=handout.translation)
