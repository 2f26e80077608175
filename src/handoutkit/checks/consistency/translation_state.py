"""What is wrong with translations, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.models.translatable_text import words_of
from handoutkit.translations.apply_catalogue import language_name, translated
from handoutkit.translations.catalogue import REVIEWED_BY, Catalogue


def problems_of(loaded: Loaded[Any], catalogue: Catalogue) -> list[Problem]:
    """Problems of a catalogue with what it translates: errors that keep the language from being built, and warnings."""
    problems: list[Problem] = []
    try:
        translated(loaded, catalogue)
    except ContentError as error:
        problems += error.problems
    return [*problems, *_obsolete(loaded, catalogue), *unreviewed(catalogue)]


def unreviewed(catalogue: Catalogue) -> list[Problem]:
    """A warning, if no fluent clinician has read it."""
    if catalogue.reviewed_by:
        return []
    message = f"no fluent clinician has read this {language_name(catalogue.language)} translation yet"
    hint = f"ask one; then write the name after `{REVIEWED_BY}:` and the day after `X-Reviewed-On:`"
    return [catalogue.header_problem(REVIEWED_BY, "translation-unreviewed", message, hint, severity="warning")]


def _obsolete(loaded: Loaded[Any], catalogue: Catalogue) -> list[Problem]:
    """Warnings for what is translated and no longer said; with its place still there, it is stale and not obsolete."""
    words = list(words_of(loaded.model))
    known = {each.text for each in words} | {each.place for each in words}
    message = "this is translated and no longer said"
    hint = f"`handoutkit translate update {loaded.model.id}` moves it to the end"
    return [
        catalogue.source.problem_at(
            entry.spot.value, "translation-obsolete", message, hint, path=entry.place, severity="warning"
        )
        for entry in catalogue.entries
        if entry.text not in known and entry.place not in known
    ]


def practice_language(
    practice: Loaded[Practice], known: Sequence[str], handouts: Sequence[Loaded[Handout]]
) -> list[Problem]:
    """A warning if a practice's own words are not there in the language of a handout; ``known`` are those they are in.

    They are printed as they are, with the crisis resources among them: a number is of more use than none.
    """
    language = practice.model.language
    others = sorted({handout.model.language for handout in handouts} - set(known))
    if not others:
        return []
    message = (
        f"what this practice says of itself is in `{language}`, and stands so in what is in `{'`, `'.join(others)}`"
    )
    hint = f"`handoutkit translate extract {practice.model.id} --lang {others[0]}` starts a translation"
    return [practice.source.problem("practice-language", message, hint, at=("language",), severity="warning")]
