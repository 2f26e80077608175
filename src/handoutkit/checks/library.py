"""Checks over a library, or over some of its handouts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.library.library import Library
from handoutkit.loading.load import Loaded
from handoutkit.models.handout import Handout

from .dates import crisis_resources_of, review_of
from .packets import in_packet
from .references import in_framing, in_practice


def check_library(library: Library, wanted: Sequence[str], today: date) -> list[Problem]:
    """Every problem of the handouts named and of the practice they would be built for.

    If none is named: of all handouts, formats, packets, framings and practices. A format is held to its form only: it
    is given its date when a handout is made of it.

    Args:
        wanted: ids or files of handouts.

    Raises:
        UsageError: a handout that is named is not there.
    """
    handouts, problems = library.readable(library.handout, wanted or library.workspace.handout_files)
    problems += _own_practice(library, today)
    if not wanted:
        problems += library.readable(library.format, library.workspace.format_files)[1]
        problems += _packets(library, handouts)
        problems += _framings_and_practices(library, handouts, today, whole=not problems)
    for handout in handouts:
        problems += review_of(handout, today)
    return list(dict.fromkeys(problems))


def _own_practice(library: Library, today: date) -> list[Problem]:
    """Problems of the practice that a build would be for, if it is clear which."""
    try:
        return crisis_resources_of(library.practice(), today)
    except ContentError as error:
        return list(error.problems)
    except UsageError:
        return []


def _packets(library: Library, handouts: Sequence[Loaded[Handout]]) -> list[Problem]:
    files = library.workspace
    packets, problems = library.readable(library.packet, files.packet_files)
    by_id = {handout.model.id: handout for handout in handouts}
    for packet in packets:
        problems += in_packet(packet, by_id, files.handout_files, files.framing_files)
    return problems


def _framings_and_practices(
    library: Library, handouts: Sequence[Loaded[Handout]], today: date, *, whole: bool
) -> list[Problem]:
    """Args: whole: all handouts could be read, so that one that is missing is missing altogether."""
    framings, problems = library.readable(library.framing, library.workspace.framing_files)
    practices, unreadable = library.readable(library.practice, library.workspace.practice_files)
    problems += unreadable
    whole = whole and not problems
    handouts_by_id = {handout.model.id: handout for handout in handouts}
    framings_by_id = {framing.model.id: framing for framing in framings}
    for framing in framings:
        problems += in_framing(framing, handouts_by_id, whole=whole)
    for practice in practices:
        problems += in_practice(practice, framings_by_id, handouts_by_id, whole=whole)
        problems += crisis_resources_of(practice, today)
    return problems
