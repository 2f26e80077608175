"""Handouts to finished PDF files: the recipe that every command shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handoutkit.checks import dates, references
from handoutkit.compose.document import compose
from handoutkit.compose.framing import NO_FRAMING, chosen_ids
from handoutkit.errors import Problem, UsageError, raise_errors
from handoutkit.library.library import Library, each, looks_like_a_file, unknown
from handoutkit.library.themes import BASE
from handoutkit.loading.load import Loaded
from handoutkit.models.document import Document, Format
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Paper
from handoutkit.outputs import Build, Finished
from handoutkit.render.cache import RenderCache, default_folder, key_of
from handoutkit.render.theme import Theme

if TYPE_CHECKING:
    from handoutkit.render.remote import RemoteTypesetter

Audience = Literal["client", "clinician"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for a build; None leaves it to the handout and the practice.

    Attributes:
        today: the day against which dates are held; None holds none.
        fields: whether the places to write are form fields too.
    """

    practice: str | None = None
    framings: tuple[str, ...] = ()
    language: str | None = None
    paper: Paper | None = None
    theme: str = BASE
    audience: Audience = "client"
    today: date | None = None
    fields: bool = True
    format: Format = "standard"


class Builder:
    """Builds handouts for one set of choices; what they share is loaded once.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(self, library: Library, choices: Choices, cache: RenderCache | None = None) -> None:
        self._library = library
        self._choices = choices
        self._cache = cache or RenderCache(default_folder())
        _refuse_unknown(library, choices)
        self._theme = Theme.find(choices.theme, library.workspace.roots, choices.format)
        self._practice = library.practice(choices.practice)
        if not choices.framings:
            raise_errors(references.unknown_framings(self._practice, library.workspace.framing_files))
        self._framings = each(library.framing, chosen_ids(self._practice.model, choices.framings))
        logo = self._practice.model.logo
        self._logo = self._practice.source.path.parent / logo.file if logo else None

    def render(self, wanted: Sequence[str]) -> Build:
        """Render handouts, by id or file; nothing is written yet.

        Raises:
            UsageError, ContentError: with the problems of all of them.
            MachineError: something the machine lacks.
        """
        handouts = each(self._library.handout, wanted)
        self._check_languages(handouts)
        warnings = self._check_references_and_dates(handouts)
        return Build(tuple(each(self._render, handouts)), tuple(warnings))

    @cached_property
    def _typesetter(self) -> RemoteTypesetter:
        from handoutkit.render.remote import RemoteTypesetter  # a cached build needs none

        return RemoteTypesetter(self._theme)

    def _check_languages(self, handouts: Sequence[Loaded[Handout]]) -> None:
        problems = [
            Problem(
                "no-such-language",
                f"`{handout.model.id}` is not there in `{self._choices.language}`",
                f"it is there in `{handout.model.language}`",
            )
            for handout in handouts
            if self._choices.language not in (None, handout.model.language)
        ]
        if problems:
            raise UsageError(problems)

    def _check_references_and_dates(self, handouts: Sequence[Loaded[Handout]]) -> list[Problem]:
        """Raises ContentError if there are errors; returns the warnings."""
        by_id = {handout.model.id: handout for handout in handouts}
        framings = {framing.model.id: framing for framing in self._framings}
        problems = references.in_practice(self._practice, framings, by_id, whole=False)
        for framing in self._framings:
            problems += references.in_framing(framing, by_id, whole=False)
            problems += references.languages(framing, handouts)
        if today := self._choices.today:
            problems += dates.crisis_resources_of(self._practice, today)
            for handout in handouts:
                problems += dates.review_of(handout, today)
        raise_errors(problems)
        return problems

    def compose(self, handout: Loaded[Handout]) -> Document:
        """The document that is set of a handout."""
        framings = [framing.model for framing in self._framings]
        chosen = self._choices
        return compose(
            handout.model,
            self._practice.model,
            framings,
            paper=chosen.paper,
            audience=chosen.audience,
            fields=chosen.fields,
            format=chosen.format,
        )

    def _render(self, handout: Loaded[Handout]) -> Finished:
        document = self.compose(handout)
        pictures = [handout.source.path.parent / name for name in document.pictures]
        key = key_of(document, self._theme, self._logo, pictures)
        kept = self._cache.get(key)
        rendered = kept or self._typesetter.set(document, handout.source, self._logo)
        if not kept:
            self._cache.put(key, rendered)
        return Finished(document, rendered, cached=kept is not None)


def _refuse_unknown(library: Library, choices: Choices) -> None:
    """Raises UsageError with every name among the choices that is not there."""
    files = library.workspace
    named: list[tuple[str, str | None, Iterable[str]]] = [
        ("theme", choices.theme, files.theme_files),
        ("practice", choices.practice, files.practice_files),
        *(("framing", framing, [*files.framing_files, NO_FRAMING]) for framing in choices.framings),
    ]
    problems = [
        unknown(what, name, known)
        for what, name, known in named
        if name and name not in known and not looks_like_a_file(name)
    ]
    if NO_FRAMING in choices.framings and len(set(choices.framings)) > 1:
        problems.append(Problem("none-and-some", "`--framing none` stands beside another framing", "keep one of them"))
    if problems:
        raise UsageError(problems)
