"""Checks over a library, or over some of its handouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.loading.load import Loaded
from handoutkit.models.base import Model

from .dates import crisis_resources_of, review_of
from .references import in_framing, in_practice

M = TypeVar("M", bound=Model)


def check_library(library: Library, wanted: Sequence[str], today: date) -> list[Problem]:
    """Every problem of the handouts named, or, if none is, of all handouts, formats, framings and practices.

    A format is held to its form only: it is given its date when a handout is made of it.

    Args:
        wanted: ids or files of handouts.

    Raises:
        UsageError: a handout that is named is not there.
    """
    problems: list[Problem] = []
    files = library.workspace
    handouts = _load(library.handout, wanted or list(files.handout_files), problems)
    if not wanted:
        _load(library.format, list(files.format_files), problems)
        framings = _load(library.framing, list(files.framing_files), problems)
        practices = _load(library.practice, list(files.practice_files), problems)
        by_id = {handout.model.id: handout for handout in handouts}
        framings_by_id = {framing.model.id: framing for framing in framings}
        whole = not problems  # a file that cannot be read is not one that is missing
        for framing in framings:
            problems += in_framing(framing, by_id, whole=whole)
        for practice in practices:
            problems += in_practice(practice, framings_by_id, by_id, whole=whole)
            problems += crisis_resources_of(practice, today)
    for handout in handouts:
        problems += review_of(handout, today)
    return problems


def _load(load: Callable[[str], Loaded[M]], ids: Sequence[str], problems: list[Problem]) -> list[Loaded[M]]:
    loaded = []
    for name in ids:
        try:
            loaded.append(load(name))
        except ContentError as error:
            problems += error.problems
    return loaded
