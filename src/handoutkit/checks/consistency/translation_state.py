"""Translations against what they translate: what is stale, unreviewed or not there in a handout's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.models.translatable_text import words_of
from handoutkit.translations.apply_catalogue import language_name, translated
from handoutkit.translations.catalogue import REVIEWED_BY, Catalogue

Handouts = Sequence[Loaded[Handout]]


def catalogue_problems(loaded: Loaded[Any], catalogue: Catalogue) -> list[Problem]:
    """Problems of a catalogue with what it translates: errors that keep the language from being built, and warnings."""
    problems: list[Problem] = []
    try:
        made = translated(loaded, catalogue).translation
    except ContentError as error:
        problems += error.problems
    else:
        problems += [replace(problem, severity="warning") for problem in made.waiting] if made else []
    return [*problems, *_obsolete(loaded, catalogue), *_unreviewed(catalogue)]


def _unreviewed(catalogue: Catalogue) -> list[Problem]:
    """A warning, if no fluent clinician has read it."""
    if catalogue.reviewed_by:
        return []
    message = f"no fluent clinician has read this {language_name(catalogue.language)} translation yet"
    hint = f"ask one; then write the name after `{REVIEWED_BY}:` and the day after `X-Reviewed-On:`"
    return [catalogue.header_problem(REVIEWED_BY, "translation-unreviewed", message, hint, severity="warning")]


def _obsolete(loaded: Loaded[Any], catalogue: Catalogue) -> list[Problem]:
    """Warnings for translations of texts that are gone; one whose place is still there is stale, not obsolete."""
    words = list(words_of(loaded.model))
    known = {item.text for item in words} | {item.place for item in words}
    message = "this is translated and no longer said"
    hint = f"`handoutkit translate update {loaded.model.id}` moves it to the end"
    return [
        catalogue.source.problem_at(
            entry.spot.value, "translation-obsolete", message, hint, path=entry.place, severity="warning"
        )
        for entry in catalogue.entries
        if entry.text not in known and entry.place not in known
    ]


def framing_language(framing: Loaded[Framing], known: Sequence[str], handouts: Handouts) -> list[Problem]:
    """A warning if a framing has nothing to say in the language of a handout; ``known`` are those it is there in."""
    message = "these notes are in `{own}`, and are left out of what is in {others}"
    hint = "choose another framing, or `handoutkit translate extract {id} --lang {first}`"
    return _not_there(framing, known, handouts, "framing-language", message, hint)


def practice_language(practice: Loaded[Practice], known: Sequence[str], handouts: Handouts) -> list[Problem]:
    """A warning if a practice's own words are not there in the language of a handout; ``known`` are those they are in.

    They are printed as they are, with the crisis resources among them: a number is of more use than none.
    """
    message = "what this practice says of itself is in `{own}`, and stands so in what is in {others}"
    hint = "`handoutkit translate extract {id} --lang {first}` starts a translation"
    return _not_there(practice, known, handouts, "practice-language", message, hint)


def _not_there(
    loaded: Loaded[Any], known: Sequence[str], handouts: Handouts, code: str, message: str, hint: str
) -> list[Problem]:
    others = sorted({handout.model.language for handout in handouts} - set(known))
    if not others:
        return []
    message = message.format(own=loaded.model.language, others=", ".join(f"`{other}`" for other in others))
    hint = hint.format(id=loaded.model.id, first=others[0])
    return [loaded.source.problem(code, message, hint, at=("language",), severity="warning")]
