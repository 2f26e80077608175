"""Sets documents in the worker process, for templates, stylesheets and pictures come from outside."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handoutkit.errors import HandoutkitError, MachineError, Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.isolation.dask_cluster import DaskCluster
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import EXTRAS, shipped_root
from handoutkit.models.document import Document
from handoutkit.pictures.logo_files import LogoFiles

from .theme import Theme

if TYPE_CHECKING:
    from .typeset import Typesetter

LIMITS = ResourceLimits(seconds=90, wall=600, memory=1_500_000_000)
"""For one handout; what the largest there can be takes stands in SECURITY.md, from a run, and machines may be slow."""

_NONE: Mapping[str, float] = MappingProxyType({})


class WorkerTypesetter:
    """Sets documents in one theme as ``Typesetter`` does, in the worker, or in one of a cluster's machines."""

    def __init__(self, theme: Theme, cluster: DaskCluster | None = None) -> None:
        self._theme = theme
        self._cluster = cluster

    def set(
        self,
        document: Document,
        source: SourceFile,
        logo: LogoFiles | None = None,
        heights: Mapping[str, float] = _NONE,
    ) -> Rendered:
        """The document as a PDF; see ``Typesetter.set``.

        Raises:
            ContentError: it has a problem, or took more than ``LIMITS``.
            MachineError: the machine lacks something.
        """
        args = (self._theme, document, source, logo, dict(heights))
        if self._cluster:
            return self._cluster.call(_set_there, *args)
        reads = files_of(self._theme, logo, document, source.path.parent)
        rendered = the_worker().call(f"{__name__}:set_here", *args, limits=LIMITS, file=source.name, reads=reads)
        assert isinstance(rendered, Rendered)  # noqa: S101 - for the type checker
        return rendered

    def reckon(
        self, document: Document, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float]
    ) -> Reckoned:
        """How the document comes out as a sheet, without setting it. Raises as ``set``."""
        args = (self._theme, document, source, logo, dict(heights))
        reads = files_of(self._theme, logo, document, source.path.parent)
        reckoned = the_worker().call(f"{__name__}:reckon_here", *args, limits=LIMITS, file=source.name, reads=reads)
        assert isinstance(reckoned, Reckoned)  # noqa: S101 - for the type checker
        return reckoned


def _set_there(
    theme: Theme, document: Document, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float]
) -> Rendered:
    """Set a document that came from another machine, in the worker of this one."""
    return WorkerTypesetter(on_this_machine(theme)).set(document, source, logo, heights)


def on_this_machine(theme: Theme) -> Theme:
    """A theme that came from another machine, as this one has it: what ships may lie elsewhere, what is theirs may not.

    Raises:
        MachineError: templates of the workspace are not here, or what ships lacks the theme.
    """
    if all(root.is_dir() for root in theme.roots):
        return theme
    theirs = [root for root in theme.roots[:-1] if root.parent.name not in EXTRAS]
    with suppress(HandoutkitError):
        if all(root.is_dir() for root in theirs):
            return Theme.find(theme.name, (*(root.parent for root in theirs), shipped_root()), theme.format)
    hint = "put the workspace where every worker finds it under the same path"
    raise MachineError(Problem("no-theme", "a worker does not have the templates of this workspace", hint))


def files_of(theme: Theme, logo: LogoFiles | None, document: Document, folder: Path) -> list[Path]:
    """All that a handout is set with, and its copies are made of; ``folder`` is that of its file."""
    return [*theme.roots, *(logo.paths if logo else []), *(folder / name for name in document.pictures)]


def set_here(
    theme: Theme, document: Document, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float] = _NONE
) -> Rendered:
    """Set a document in this process; the worker is asked for this."""
    try:
        return typesetter_here(theme).set(document, source, logo, heights)
    except OSError:
        _typesetter.cache_clear()  # its fonts are half written
        raise


def reckon_here(
    theme: Theme, document: Document, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float]
) -> Reckoned:
    """Reckon a sheet in this process; the worker is asked for this."""
    sheet = typesetter_here(theme).reckon(document, source, logo, heights)
    return Reckoned(sheet.facts, dict(sheet.measured))


def typesetter_here(theme: Theme) -> Typesetter:
    """The typesetter of a theme in this process, as long as the theme's files stay the same."""
    return _typesetter(theme, theme.digest)


@lru_cache(maxsize=4)
def _typesetter(theme: Theme, _digest: str) -> Typesetter:
    from .typeset import Typesetter

    return Typesetter(theme)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """How a handout that is to be a sheet came out.

    Attributes:
        sides: of the sheet; 0 if it became a booklet, because it did not fit.
        too_much: millimetres that were too many for the sides that were wanted; 0 if it fits.
        room: millimetres that were left before places to write grew.
        largest: ids or types of the blocks that take most, the highest first.
    """

    sides: int
    too_much: float
    room: float
    largest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF with its number of pages and of fields, and how it came out as a sheet, if it is to be one.

    Attributes:
        measured: heights that were not known of what stands on the sheet; see ``sheets.kept_heights``.
        too_empty: the pages of a booklet that no spacing could fill, from 1.
        problems: of a draft, what else would have been refused: what is lost on its pages, or cannot be read.
        pictures_of_problems: the places of these on the pages, as a PNG; nothing if none has one.
    """

    pdf: bytes
    pages: int
    fields: int = 0
    sheet: SheetFacts | None = None
    measured: Mapping[str, float] = field(default_factory=dict)
    too_empty: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures_of_problems: bytes = b""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a handout comes out as a sheet, and the heights that were not known of what stands on it."""

    facts: SheetFacts
    measured: Mapping[str, float]
