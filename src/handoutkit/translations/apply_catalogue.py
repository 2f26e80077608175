"""Applies a catalogue to a model: the model in another language, or a problem for each wrong translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from babel import Locale, UnknownLocaleError
from pydantic import ValidationError

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import Address, SourceFile, Spot
from handoutkit.loading.diagnostics.validation_problems import problems_in
from handoutkit.loading.load_file import Loaded
from handoutkit.models.base import Model
from handoutkit.models.blocks.frames_and_cards import SLOT
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.document import Translation
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import TranslatableText, words_of

from .catalogue import TRANSLATOR, Catalogue, CatalogueEntry

M = TypeVar("M", bound=Model)
State = Literal["done", "stale", "missing"]

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(?:(?!\*\*).)+(?<=\S)\*\*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """The result of looking up one text in a catalogue: the entry, if any, and its state.

    ``done`` without an entry: the text may stay as it is. ``stale``: there is a translation, but of an earlier wording,
    or marked as a guess.
    """

    words: TranslatableText
    state: State
    entry: CatalogueEntry | None


def look_up(model: Model, catalogue: Catalogue | None) -> list[TranslatedText]:
    """Look up each text of a model in a catalogue: by its place, else by the same text in another place."""
    words = list(words_of(model))
    if catalogue is None:
        return [TranslatedText(item, "missing", None) for item in words]
    texts = {item.text for item in words}
    return [_found(item, catalogue, texts) for item in words]


def _found(words: TranslatableText, catalogue: Catalogue, texts: set[str]) -> TranslatedText:
    here = catalogue.by_place.get(words.place)
    # The same text in the same place: whatever its state, this is its entry.
    if here and here.text == words.text:
        if words.may_stay and not here.translation:
            return TranslatedText(words, "done", None)
        return TranslatedText(words, "done" if here.done else "stale" if here.translation else "missing", here)
    # The text has moved (a block has another id, say): a finished translation from its old place still counts.
    if elsewhere := catalogue.by_text.get(words.text):
        return TranslatedText(words, "done", elsewhere)
    # The text has changed: the translation of its earlier wording is stale. If that wording still stands somewhere
    # else in the model, it has only moved away from here, and this text is new.
    if here and here.translation and here.text not in texts:
        return TranslatedText(words, "stale", here)
    return TranslatedText(words, "done" if words.may_stay else "missing", None)


def translated(loaded: Loaded[M], catalogue: Catalogue) -> Loaded[M]:
    """Translate a model; the result is validated by the same rules as the original.

    What only clinicians read may wait: without a translation it stays as it is, and the result says so, so that no
    clinician's copy is made of it.

    Raises:
        ContentError: with every text that has no translation, or one that is not up to date or breaks a rule.
    """
    found = look_up(loaded.model, catalogue)
    unfinished = [item for item in found if item.state != "done"]
    waiting = [item for item in unfinished if is_for_clinicians(loaded.model, item.words)]
    problems = [_unfinished(item, loaded, catalogue) for item in unfinished if item not in waiting]
    problems += changed_markup(found, catalogue)
    problems += untranslated(found, catalogue)
    if not catalogue.translator:
        message = f"this file does not say who translated {loaded.source.name}"
        hint = f"write a name after `{TRANSLATOR}:`, or `Last-Translator` in your editor's preferences"
        problems.append(catalogue.header_problem(TRANSLATOR, "no-translator", message, hint))
    model = None
    if not problems:
        ready = [item for item in found if item not in waiting]
        data = _with_texts(loaded.model, ready, catalogue.language)
        try:
            model = type(loaded.model).model_validate(data)
        except ValidationError as error:
            problems += problems_in(error, _as_source(catalogue, found, data), type(loaded.model))
    if model is None or problems:
        raise ContentError(dict.fromkeys(problems))
    made = Translation(
        source_language=getattr(loaded.model, "language", ""),
        translator=catalogue.translator,
        reviewed_by=catalogue.reviewed_by,
        reviewed_on=catalogue.reviewed_on,
        waiting=tuple(_unfinished(item, loaded, catalogue) for item in waiting),
    )
    return replace(loaded, model=model, translation=made)


def is_for_clinicians(model: Model, words: TranslatableText) -> bool:
    """Whether a text is never in a client's copy: it is the guide's, or in a block for clinicians."""
    if not isinstance(model, Handout):
        return False
    if words.at[0] == "blocks" and isinstance(number := words.at[1], int):
        block = model.blocks[number]
        return block.audience == "clinician" or (isinstance(block, Callout) and block.role == "clinician_note")
    return words.at[0] == "clinician_guide"


def untranslated(found: list[TranslatedText], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem if most sentences are the same in both languages: a website for translators exports them so."""
    source = catalogue.headers.get("X-Source-Language", "").replace("_", "-").partition("-")[0]
    if source == catalogue.language.partition("-")[0]:
        return
    sentences = [
        item.entry for item in found if item.entry and item.state == "done" and len(item.words.text.split()) > 3
    ]
    same = [entry for entry in sentences if entry.translation == entry.text]
    if len(same) > len(sentences) / 2:
        message = f"{len(same)} of {len(sentences)} translated sentences are the same as the text they translate"
        hint = (
            "translate them; or, if your translation website fills what is missing with the source, export without that"
        )
        yield catalogue.source.problem_at(
            same[0].spot.value, "translation-is-source", message, hint, path=same[0].place
        )


def language_name(language: str) -> str:
    """A language's name in English: ``Spanish``; its code, if it has none."""
    try:
        return Locale.parse(language, sep="-").get_display_name("en") or language
    except (UnknownLocaleError, ValueError):
        return f"`{language}`"


def _unfinished(found: TranslatedText, loaded: Loaded[Any], catalogue: Catalogue) -> Problem:
    """The problem of a missing or stale translation, at the original sentence; it names the line in the PO file."""
    name, at = language_name(catalogue.language), found.words.at
    if found.state == "missing" or found.entry is None:
        message = f"there is no {name} translation of this text in {catalogue.source.name}"
        hint = f"say `{_command(loaded, catalogue)}`, and write it there at `{found.words.place}`"
        if found.entry:
            hint = f"write it there in line {found.entry.spot.value.line}"
        return loaded.source.problem("translation-missing", message, hint, at=at)
    place = f"{catalogue.source.name}:{found.entry.spot.value.line}"
    if found.entry.text == found.words.text:
        message = f"the {name} translation of this text is marked as not certain (`fuzzy`): {place}"
        hint = "compare the two, mend the translation, and take the mark `fuzzy` away"
    else:
        message = f"this text has changed since it was put into {name}: {place}"
        hint = f"say `{_command(loaded, catalogue)}`, then mend the translation and take the mark `fuzzy` away"
    return loaded.source.problem("translation-stale", message, hint, at=at)


def _command(loaded: Loaded[Any], catalogue: Catalogue) -> str:
    return f"handoutkit translate update {loaded.model.id} --lang {catalogue.language}"


def changed_markup(found: list[TranslatedText], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each translation that lost or gained a gap, a link or words in bold."""
    checks = (
        ("translation-gaps", "gaps such as {feeling}", SLOT.findall),
        ("translation-links", "links", _LINK.findall),
        ("translation-bold", "number of **bold** words", lambda text: len(_STRONG.findall(text))),
    )
    for item in found:
        if item.state != "done" or item.entry is None:
            continue
        for code, what, of in checks:
            if _sorted(of(item.words.text)) != _sorted(of(item.entry.translation)):
                message = f"this translation has not the same {what} as the text it translates"
                yield catalogue.source.problem_at(
                    item.entry.spot.value, code, message, "keep them as they are in `msgid`", path=item.words.place
                )


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _with_texts(model: Model, found: list[TranslatedText], language: str) -> dict[str, Any]:
    """The model's data with each text in its translation."""
    texts = {item.words.at: item.entry.translation for item in found if item.entry}
    data: dict[str, Any] = _replaced(model.model_dump(by_alias=True, exclude_unset=True), texts, ())
    return data | {"language": language}


def _replaced(value: Any, texts: Mapping[Address, str], at: Address) -> Any:
    if at in texts:
        return texts[at]
    if isinstance(value, Mapping):
        # Words that the file leaves to the model, such as `Yes`, have translations all the same.
        left_out = {place[-1]: text for place, text in texts.items() if place[:-1] == at and place[-1] not in value}
        return {**{key: _replaced(item, texts, (*at, key)) for key, item in value.items()}, **left_out}
    if isinstance(value, tuple):
        return tuple(_replaced(item, texts, (*at, number)) for number, item in enumerate(value))
    return value


def _as_source(catalogue: Catalogue, found: list[TranslatedText], data: dict[str, Any]) -> SourceFile:
    """The PO file with the positions of the translated data, so that validation problems point into it."""
    spots: dict[Address, Spot] = {}
    for item in found:
        if item.entry:
            for length in range(len(item.words.at) + 1):
                spots.setdefault(item.words.at[:length], item.entry.spot)
    return replace(catalogue.source, data=data, spots=spots)
