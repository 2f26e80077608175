"""Texts that authors wrote (handouts, framings, packets, practices), and the state of their catalogues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handoutkit.checks.consistency.translation_state import catalogue_problems
from handoutkit.errors import Problem
from handoutkit.library.library import Library
from handoutkit.library.workspace import CatalogueKind
from handoutkit.loading.load_file import Loaded
from handoutkit.translations.apply_catalogue import TranslatedText, look_up
from handoutkit.translations.catalogue import Catalogue
from handoutkit.translations.catalogue_update import up_to_date


@dataclass(frozen=True, slots=True)
class Status:
    """One catalogue; the fields are the keys that ``--json`` promises.

    Attributes:
        stale: texts that have changed since they were translated, and translations marked as not certain.
        previous: by place (of the program's own words: by text), the text that was translated, where it is known.
        obsolete: translations of texts that are not there any more.
    """

    id: str
    kind: str
    lang: str
    file: str
    texts: int
    done: int
    stale: int
    missing: int
    previous: Mapping[str, str]
    obsolete: int
    translator: str
    reviewed_by: str
    reviewed_on: str

    def as_json(self) -> dict[str, Any]:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Content:
    """Something of the library that can be translated."""

    library: Library
    kind: CatalogueKind
    loaded: Loaded[Any]

    @property
    def id(self) -> str:
        """The id of the content."""
        return str(self.loaded.model.id)

    @property
    def language(self) -> str:
        """The language it was written in."""
        return str(self.loaded.model.language)

    def languages(self) -> list[str]:
        """Those it has catalogues for."""
        return [its for its in self.library.languages(self.kind, self.loaded) if its != self.language]

    def own_file(self, language: str) -> Path:
        """Where the user's own folder has the catalogue, or would have it."""
        return self.library.workspace.own_catalogue(self.kind, self.id, language)

    def up_to_date(self, language: str) -> str:
        """The catalogue's text, brought up to date. Raises ContentError if what is there cannot be read."""
        return up_to_date(self.loaded, language, self._catalogue(language))

    def status(self, language: str) -> Status:
        """How far a catalogue is that is there. Raises ContentError if it cannot be read."""
        catalogue = self._existing(language)
        found = look_up(self.loaded.model, catalogue)
        states = Counter(item.state for item in found)
        texts = {item.words.text for item in found}
        return Status(
            id=self.id,
            kind=self.kind,
            lang=language,
            file=catalogue.source.name,
            texts=len(found),
            done=states["done"],
            stale=states["stale"],
            missing=states["missing"],
            previous=_previous(found),
            obsolete=len(catalogue.obsolete) + sum(entry.text not in texts for entry in catalogue.entries),
            translator=catalogue.translator,
            reviewed_by=catalogue.reviewed_by,
            reviewed_on=catalogue.reviewed_on.isoformat() if catalogue.reviewed_on else "",
        )

    def problems(self, language: str) -> list[Problem]:
        """What is wrong with a catalogue that is there. Raises ContentError if it cannot be read."""
        return catalogue_problems(self.loaded, self._existing(language))

    def _catalogue(self, language: str) -> Catalogue | None:
        return self.library.catalogue(self.kind, self.id, language)

    def _existing(self, language: str) -> Catalogue:
        catalogue = self._catalogue(language)
        if catalogue is None:
            raise LookupError(language)
        return catalogue


def _previous(found: list[TranslatedText]) -> dict[str, str]:
    """By place: the text that a stale translation translates, where the file says it."""
    stale = [(item.words, item.entry) for item in found if item.entry and item.state == "stale"]
    texts = {words.place: (entry.fuzzy and entry.previous) or entry.text for words, entry in stale}
    return {words.place: texts[words.place] for words, _ in stale if texts[words.place] != words.text}
