"""Handouts to finished PDF files: the recipe that every command shares."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handoutkit.checks import dates, references
from handoutkit.compose.document import compose
from handoutkit.compose.framing import chosen_ids
from handoutkit.errors import ContentError, MachineError, Problem, UsageError
from handoutkit.library.library import Library, each
from handoutkit.loading.files import shown
from handoutkit.loading.load import Loaded
from handoutkit.models.document import Document
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Paper
from handoutkit.placing import place
from handoutkit.render.cache import RenderCache, key_of
from handoutkit.render.rendered import Rendered
from handoutkit.render.theme import BASE, Theme

if TYPE_CHECKING:
    from handoutkit.render.pdf import Typesetter

DEFAULT_LANGUAGE = "en"
"""The language that is not named in a file's name."""
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
        """The fields by name."""
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
    def _typesetter(self) -> Typesetter:
        from handoutkit.render.pdf import Typesetter  # WeasyPrint takes a second to import; a cached build needs none

        return Typesetter(self._theme)

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
        if today := self._choices.today:
            problems += dates.crisis_resources_of(self._practice, today)
            for handout in handouts:
                problems += dates.review_of(handout, today)
        if any(problem.severity == "error" for problem in problems):
            raise ContentError(problems)
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


@dataclass(frozen=True, slots=True)
class Finished:
    """A document with its PDF."""

    document: Document
    rendered: Rendered
    cached: bool

    @property
    def place(self) -> Path:
        """Where it goes below the output folder: ``<practice>/<id>[.<lang>][.clinician].pdf``."""
        handout = self.document.handout
        parts = [handout.id]
        parts += [handout.language] if handout.language != DEFAULT_LANGUAGE else []
        parts += [self.document.audience] if self.document.audience != "client" else []
        return Path(self.document.practice.id) / (".".join(parts) + ".pdf")


@dataclass(frozen=True, slots=True)
class Build:
    """Handouts that came out right, with what is worth a warning."""

    finished: tuple[Finished, ...]
    warnings: tuple[Problem, ...]

    def write(self, folder: Path) -> list[Output]:
        """Put the PDFs below a folder. Raises MachineError if one cannot be written."""
        return [_write(finished, folder) for finished in self.finished]


def _write(finished: Finished, folder: Path) -> Output:
    path, handout, rendered = folder / finished.place, finished.document.handout, finished.rendered
    try:
        place(path, rendered.pdf)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "choose another folder with --output, or make room"
        message = f"this file cannot be written ({reason})"
        raise MachineError(Problem("cannot-write", message, hint, file=shown(path))) from None
    return Output(
        path=shown(path),
        id=handout.id,
        kind=handout.kind,
        lang=handout.language,
        format="standard",
        pages=rendered.pages,
        fields=rendered.fields,
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        cached=finished.cached,
    )
