"""Runs the exporters of the formats that were asked for, in the worker where they handle what comes from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.render.worker_typesetter import files_of

from .export_source import ExportSource
from .output_formats import OutputFile, OutputFormat

LIMITS = ResourceLimits(seconds=120, wall=600, memory=1_500_000_000, output=500_000_000)
"""For the files of one handout; pictures of 270 pages are the largest."""


def export(source: ExportSource, formats: Sequence[OutputFormat]) -> tuple[OutputFile, ...]:
    """The files of a handout, in the order of the formats; a format that is named twice counts once.

    Raises:
        ContentError: a template for screens has a problem, or the files took more than ``LIMITS``.
    """
    formats = tuple(dict.fromkeys(formats))
    made = {wanted: _run(wanted, source) for wanted in formats if not wanted.in_worker}
    if in_worker := tuple(wanted for wanted in formats if wanted.in_worker):
        if not any(wanted.needs_pdf for wanted in in_worker):
            source = replace(source, rendered=None)  # a PDF of many pages takes a while to send
        reads = files_of(source.theme, source.logo, source.document, source.folder)
        file, args = source.document.handout.id, (source, in_worker)
        files = the_worker().call(f"{__name__}:export_here", *args, limits=LIMITS, file=file, reads=reads)
        made |= _checked(in_worker, files, file)
    return tuple(file for wanted in formats for file in made[wanted])


def _checked(
    formats: Sequence[OutputFormat], files: object, handout: str
) -> dict[OutputFormat, tuple[OutputFile, ...]]:
    """What the worker gave, by format. Raises ContentError: it is not what these formats have, such as other names."""
    given = files if isinstance(files, list) else []
    if len(given) != len(formats) or not all(map(_are_of, formats, given)):
        message = "what came back from the process that makes copies of this handout are no such copies"
        hint = "take back what was changed last in it, or in the theme; someone may mean harm with it"
        raise ContentError(Problem("worker-died", message, hint, file=handout))
    return dict(zip(formats, given, strict=True))


def _are_of(wanted: OutputFormat, files: object) -> bool:
    """Whether these are files of a format, and called as its are: the names are those that are written to."""
    if not isinstance(files, tuple) or not all(isinstance(file, OutputFile) for file in files):
        return False
    facts: list[tuple[Any, ...]] = [(file.ending, file.data, file.pages, file.fields) for file in files]
    kinds = [str, bytes, int, int]
    return all(list(map(type, each)) == kinds and wanted.has_file(each[0]) for each in facts)


def export_here(source: ExportSource, formats: Sequence[OutputFormat]) -> list[tuple[OutputFile, ...]]:
    """What the worker does: the files of each format."""
    return [_run(wanted, source) for wanted in formats]


def export_pdf(source: ExportSource) -> Iterable[OutputFile]:
    """The exporter of PDFs."""
    yield OutputFile(".pdf", source.pdf.pdf, source.pdf.pages, source.pdf.fields)


def _run(wanted: OutputFormat, source: ExportSource) -> tuple[OutputFile, ...]:
    module, name = wanted.exporter.split(":")
    exporter: Callable[[ExportSource], Iterable[OutputFile]] = getattr(import_module(module), name)
    return tuple(exporter(source))
