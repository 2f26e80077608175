"""Holds the files of a build against each other, before anything is set: what stops it, and what it warns of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handoutkit.checks import judge_file
from handoutkit.checks.consistency import ids_of_other_files, review_dates
from handoutkit.checks.consistency.framing_use import framing_use_notices
from handoutkit.checks.consistency.illustrations import illustration_problems
from handoutkit.checks.consistency.picture_concerns import logo_concerns, picture_concerns
from handoutkit.checks.consistency.placeholders import handout_placeholders, practice_placeholders
from handoutkit.checks.consistency.practice_fit import service_problems
from handoutkit.checks.consistency.translation_state import framing_language, practice_language
from handoutkit.errors import Problem, raise_errors
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

from .build_options import BuildOptions


def refuse_misfits(
    handouts: Sequence[Loaded[Handout]],
    practice: Loaded[Practice],
    framings: Mapping[str, Loaded[Framing]],
    options: BuildOptions,
    library: Library,
    drawings: Mapping[str, Path],
) -> list[Problem]:
    """The warnings of a build; placeholders are none where it is a draft.

    Args:
        framings: those of any of the handouts, by id.
        drawings: of the openings, that the theme has.

    Raises:
        ContentError: with every error among the problems.
    """
    by_id = {handout.model.id: handout for handout in handouts}
    prints_contact = [one for one in handouts if any(block.type == "next_step" for block in one.model.blocks)]
    problems = ids_of_other_files.practice_problems(practice, framings, by_id, complete=False)
    for framing in framings.values():
        problems += ids_of_other_files.framing_problems(framing, by_id, complete=False)
        problems += framing_language(framing, library.languages("framing", framing), handouts)
    problems += framing_use_notices(practice, list(framings.values()), handouts)
    problems += practice_language(practice, library.languages("practice", practice), handouts)
    problems += service_problems(handouts, practice.model)
    if prints_contact:
        problems += judge_file.judge_practice(practice, prints_contact, complete=False)
    problems += logo_concerns(practice)
    problems += [] if options.draft else practice_placeholders(practice)
    for handout in handouts:
        problems += illustration_problems(handout, drawings)
        problems += judge_file.stopping_problems(handout)
        problems += picture_concerns(handout)
        if not options.draft:
            guide = options.audience == "clinician"
            problems += handout_placeholders(practice.model, handout, guide=guide)
    if today := options.today:
        problems += review_dates.crisis_resource_problems(practice, today) if prints_contact else []
        for handout in handouts:
            problems += review_dates.review_problems(handout, today)
    raise_errors(problems)
    return problems
