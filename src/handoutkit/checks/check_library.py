"""Check all files of a library, or some of its handouts and what goes into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal, get_args

from handoutkit.checks.consistency.framing_use import framing_use_notices
from handoutkit.checks.consistency.ids_of_other_files import packet_problems
from handoutkit.checks.consistency.illustrations import illustration_problems
from handoutkit.checks.consistency.picture_concerns import logo_concerns, picture_concerns
from handoutkit.checks.consistency.placeholders import handout_placeholders, practice_placeholders
from handoutkit.checks.consistency.practice_fit import service_problems
from handoutkit.checks.consistency.review_dates import crisis_resource_problems, review_problems
from handoutkit.checks.consistency.translation_state import framing_language
from handoutkit.compose.choose_notes import chosen_ids
from handoutkit.errors import ContentError, Problem, Severity, UsageError
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import drawing_files
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

from .check_packets import check_packets
from .consistency import ids_of_other_files
from .judge_file import judge_framing, judge_handout, judge_practice
from .measured_sheets import MeasuredSheets, SheetSetting
from .score_card import ScoreCard

SEVERITIES = get_args(Severity)
"""The most severe first."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Whom the handouts are checked for; None leaves it to the workspace.

    Attributes:
        today: the day against which dates are held.
        sheets: how sheets are set, to measure them; None measures none.
    """

    today: date
    practice: str | None = None
    framings: tuple[str, ...] = ()
    language: str | None = None
    audience: Literal["client", "clinician"] = "client"
    sheets: SheetSetting | None = None


@dataclass
class CheckReport:
    """What was found, and the score card of each handout and template."""

    problems: list[Problem] = field(default_factory=list)
    cards: list[ScoreCard] = field(default_factory=list)


def check_library(library: Library, wanted: Sequence[str], whom: CheckOptions) -> CheckReport:
    """Check the handouts named, the practice they would be built for and the framings chosen.

    A packet that is named is checked with its letter and all its handouts. If nothing is named: all handouts,
    templates, packets, framings and practices. A template is given its date when a handout is made of it, so none is
    overdue. Sheets that ship are measured only if they are named: they were before they shipped, and a workspace with
    one handout need not wait for forty.

    Args:
        wanted: ids or files of handouts and packets.

    Raises:
        UsageError: a handout, packet, practice or framing that is named is not there.
    """
    report = CheckReport()
    practice = _own_practice(library, whom, report)
    if wanted:
        handouts, templates = _named(library, wanted, practice, whom, report)
        report.problems += _for_practice(library, handouts, practice, whom)
    else:
        handouts, unreadable = library.readable(library.handout, library.workspace.handout_files)
        report.problems += unreadable
        templates, unreadable = library.readable(library.template, library.workspace.template_files)
        report.problems += unreadable
        report.problems += _packets(library, handouts)
        report.problems += _framings_and_practices(library, handouts, practice, whom, complete=not report.problems)
    for handout in handouts:
        report.problems += review_problems(handout, whom.today)
    if practice is not None:
        report.problems += service_problems(handouts, practice.model)
    drawings = drawing_files(library.workspace.roots)
    sheets, mine = _sheets(library, practice, whom), library.workspace.folder.resolve()
    for handout in (*handouts, *templates):
        report.problems += [*illustration_problems(handout, drawings), *picture_concerns(handout)]
        if practice and handout not in templates:  # what is still to be written is what a template is there for
            guide = whom.audience == "clinician"
            report.problems += handout_placeholders(practice.model, handout, guide=guide)
        if not wanted and whom.language not in (None, handout.model.language):
            continue
        try:
            measured = sheets and (wanted or handout.source.path.is_relative_to(mine))
            facts = sheets.facts(handout) if sheets and measured else None
        except ContentError as error:
            report.problems += error.problems
            facts = None
        problems, card = judge_handout(handout, whom.audience, facts)
        report.problems += problems
        report.cards.append(card)
    report.problems = sorted(dict.fromkeys(report.problems), key=lambda problem: SEVERITIES.index(problem.severity))
    return report


def _named(
    library: Library, wanted: Sequence[str], practice: Loaded[Practice] | None, whom: CheckOptions, report: CheckReport
) -> tuple[list[Loaded[Handout]], list[Loaded[Handout]]]:
    """The handouts named, with those of packets that are named, and the templates in these. Raises UsageError."""
    packets = [name for name in wanted if library.is_packet(name)]
    in_its_language = partial(library.handout, language=whom.language)
    handouts, unreadable = library.readable(in_its_language, [name for name in wanted if name not in packets])
    found = check_packets(library, packets, practice, whom.language)
    report.problems += [*unreadable, *found.problems]
    there = {handout.model.id for handout in handouts}
    return [*handouts, *(one for one in found.handouts if one.model.id not in there)], found.templates


def _own_practice(library: Library, whom: CheckOptions, report: CheckReport) -> Loaded[Practice] | None:
    """The practice a build would be for, if it is clear which. Raises UsageError if one is named that is not there."""
    try:
        return library.practice(whom.practice)
    except ContentError as error:
        report.problems += error.problems
    except UsageError:
        if whom.practice:
            raise
    return None


def _sheets(library: Library, practice: Loaded[Practice] | None, whom: CheckOptions) -> MeasuredSheets | None:
    """What measures the sheets that are checked, if it is clear for which practice they would be."""
    if practice is None or whom.sheets is None:
        return None
    known = library.workspace.framing_files
    chosen = [name for name in chosen_ids(practice.model, whom.framings) if whom.framings or name in known]
    framings, _ = library.readable(library.framing, chosen)
    return MeasuredSheets(library, practice, framings, whom.sheets)


def _for_practice(
    library: Library, handouts: Sequence[Loaded[Handout]], practice: Loaded[Practice] | None, whom: CheckOptions
) -> list[Problem]:
    """What goes into the handouts named, besides their own words."""
    if practice is None:
        return []
    problems = crisis_resource_problems(practice, whom.today)
    problems += [*logo_concerns(practice), *practice_placeholders(practice)]
    problems += judge_practice(practice, handouts, complete=False)
    if not whom.framings:
        problems += ids_of_other_files.unknown_framings(practice, library.workspace.framing_files)
    chosen = list(chosen_ids(practice.model, whom.framings))
    known = chosen if whom.framings else [name for name in chosen if name in library.workspace.framing_files]
    framings, unreadable = library.readable(library.framing, known)
    by_id = {handout.model.id: handout for handout in handouts}
    by_name = {framing.model.id: framing for framing in framings}
    problems += unreadable
    problems += ids_of_other_files.practice_problems(practice, by_name, by_id, complete=False)
    for framing in framings:
        problems += ids_of_other_files.framing_problems(framing, by_id, complete=False)
        problems += framing_language(framing, library.languages("framing", framing), handouts)
        problems += judge_framing(framing)
    problems += framing_use_notices(practice, framings, handouts)
    return problems


def _packets(library: Library, handouts: Sequence[Loaded[Handout]]) -> list[Problem]:
    files = library.workspace
    packets, problems = library.readable(library.packet, files.packet_files)
    for packet in packets:
        in_its_language, unfinished = library.readable(partial(_in_language, library, packet.model.language), handouts)
        by_id = {handout.model.id: handout for handout in in_its_language}
        problems += [*unfinished, *packet_problems(packet, by_id, library.known_in_packets, files.framing_files)]
    return problems


def _in_language(library: Library, language: str, handout: Loaded[Handout]) -> Loaded[Handout]:
    return library.if_translated("handout", handout, language)


def _framings_and_practices(
    library: Library,
    handouts: Sequence[Loaded[Handout]],
    own: Loaded[Practice] | None,
    whom: CheckOptions,
    *,
    complete: bool,
) -> list[Problem]:
    """Args: whole: all handouts could be read, so that one that is missing is missing altogether."""
    framings, problems = library.readable(library.framing, library.workspace.framing_files)
    practices, unreadable = library.readable(library.practice, library.workspace.practice_files)
    problems += unreadable
    complete = complete and not problems
    handouts_by_id = {handout.model.id: handout for handout in handouts}
    framings_by_id = {framing.model.id: framing for framing in framings}
    for framing in framings:
        problems += ids_of_other_files.framing_problems(framing, handouts_by_id, complete=complete)
        problems += judge_framing(framing)
    for practice in practices:
        is_own = own is not None and practice.source.path == own.source.path
        problems += ids_of_other_files.practice_problems(practice, framings_by_id, handouts_by_id, complete=complete)
        problems += crisis_resource_problems(practice, whom.today)
        problems += [*logo_concerns(practice), *practice_placeholders(practice)]
        problems += judge_practice(practice, handouts if is_own else (), complete=is_own)
    return problems
