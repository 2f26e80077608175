"""Handouts to finished PDF files: the recipe that every command shares."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from handoutkit.checks import references
from handoutkit.compose.document import compose
from handoutkit.compose.framing import chosen_ids
from handoutkit.errors import ContentError, MachineError, Problem
from handoutkit.library.library import Library, all_of
from handoutkit.loading.files import shown
from handoutkit.loading.load import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Paper
from handoutkit.placing import place
from handoutkit.render.cache import RenderCache, key_of
from handoutkit.render.rendered import Rendered
from handoutkit.render.theme import BASE, Theme

Audience = Literal["client", "clinician"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for a build; None leaves it to the practice."""

    practice: str | None = None
    framings: tuple[str, ...] = ()
    paper: Paper | None = None
    theme: str = BASE
    audience: Audience = "client"


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was built; the fields are the keys that the ``--json`` output promises."""

    path: str
    id: str
    kind: str
    lang: str
    format: str
    pages: int
    fields: int
    sha256: str
    cached: bool

    def as_json(self) -> dict[str, str | int | bool]:
        return asdict(self)


class Builder:
    """Builds handouts for one set of choices; what they share is loaded once.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(self, library: Library, choices: Choices, cache: RenderCache | None = None) -> None:
        self._library = library
        self._choices = choices
        self._cache = cache or RenderCache()
        self._theme = Theme.find(choices.theme, library.workspace.roots)
        self._practice = library.practice(choices.practice)
        self._framings = all_of(library.framing, chosen_ids(self._practice.model, choices.framings))
        logo = self._practice.model.logo
        self._logo = self._practice.source.path.parent / logo.file if logo else None

    def build(self, wanted: Sequence[str], output: Path) -> list[Output]:
        """Build handouts, by id or file, into ``output/<practice>/``.

        Nothing is written unless all of them come out right.

        Raises:
            UsageError, ContentError: with the problems of all of them.
            MachineError: something the machine lacks, or a file cannot be written.
        """
        handouts = all_of(self._library.handout, wanted)
        self._check_references(handouts)
        finished = all_of(self._render, handouts)
        return [self._place(handout, rendered, cached, output) for handout, rendered, cached in finished]

    @cached_property
    def _typesetter(self):  # type: ignore[no-untyped-def]
        from handoutkit.render.pdf import Typesetter  # WeasyPrint takes a second to import; a cached build needs none

        return Typesetter(self._theme)

    def _check_references(self, handouts: Sequence[Loaded[Handout]]) -> None:
        by_id = {handout.model.id: handout for handout in handouts}
        framings = {framing.model.id: framing for framing in self._framings}
        problems = references.in_practice(self._practice, framings, by_id, whole=False)
        for framing in self._framings:
            problems += references.in_framing(framing, by_id, whole=False)
        if problems:
            raise ContentError(problems)

    def _render(self, handout: Loaded[Handout]) -> tuple[Loaded[Handout], Rendered, bool]:
        framings = [framing.model for framing in self._framings]
        document = compose(
            handout.model,
            self._practice.model,
            framings,
            paper=self._choices.paper,
            audience=self._choices.audience,
        )
        key = key_of(document, self._theme, self._logo)
        if kept := self._cache.get(key):
            return handout, kept, True
        rendered = self._typesetter.set(document, handout.source, self._logo)
        self._cache.put(key, rendered)
        return handout, rendered, False

    def _place(self, handout: Loaded[Handout], rendered: Rendered, cached: bool, output: Path) -> Output:
        model = handout.model
        parts = [model.id] + ([model.language] if model.language != "en" else [])
        parts += ["clinician"] if self._choices.audience == "clinician" else []
        path = output / self._practice.model.id / (".".join(parts) + ".pdf")
        try:
            place(path, rendered.pdf)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            hint = "choose another folder with --output, or make room"
            raise MachineError(Problem("cannot-write", f"this file cannot be written ({reason})", hint, file=shown(path))) from None
        digest = hashlib.sha256(rendered.pdf).hexdigest()
        return Output(
            str(path), model.id, model.kind, model.language, "standard", rendered.pages, rendered.fields, digest, cached
        )
