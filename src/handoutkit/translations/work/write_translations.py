"""Writes what a translator says into a catalogue, text by text, as an editor of PO files would."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from handoutkit.errors import Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import shown
from handoutkit.translations.apply_catalogue import TranslatedText, changed_markup, look_up
from handoutkit.translations.catalogue import EARLIER_REVIEW, REVIEWED_BY, REVIEWED_ON, TRANSLATOR, read_catalogue
from handoutkit.translations.po_file import is_previous, po_text, read_po

from .authored_texts import Content


@dataclass(frozen=True, slots=True)
class Translator:
    """Who made a translation, and which fluent clinician has read it on which day; empty if nobody has."""

    name: str
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A catalogue as a translator has it before them: every text of the content, in its order, up to date.

    Attributes:
        problems: of translations that lost a gap, a link or strong words; each names its text's place.
    """

    texts: tuple[TranslatedText, ...]
    translator: Translator
    problems: tuple[Problem, ...] = ()


def sheet(content: Content, language: str) -> Sheet:
    """All texts with their translations as they are now. Raises ContentError: the catalogue cannot be read."""
    text = content.up_to_date(language)
    catalogue = read_catalogue(_source(content, language, text), language)
    found = look_up(content.loaded.model, catalogue)
    headers = catalogue.headers
    who = Translator(*(headers.get(name, "") for name in (TRANSLATOR, REVIEWED_BY, REVIEWED_ON)))
    return Sheet(tuple(found), who, tuple(changed_markup(found, catalogue)))


def written(
    content: Content, language: str, words: Mapping[str, str], sure: Collection[str], who: Translator, today: date
) -> str:
    """The catalogue's text, up to date and with what was said.

    A translation that was written now counts; one that was not keeps its mark as a guess, unless it is among ``sure``.
    A review counts for the words that were read: it becomes an earlier one if they change and the review does not.

    Args:
        words: translations by the places of their texts; other texts keep what they have.
        sure: places of guesses that are right as they are.

    Raises:
        ContentError: the catalogue cannot be read, or what was said cannot stand in one.
    """
    file = read_po(_source(content, language, content.up_to_date(language)))
    changed = False
    for message in file:
        place = str(message.context or "")
        if not message.id or place not in {*words, *sure}:
            continue
        before = str(message.string or "")
        said = words.get(place, before).strip()
        if said != before:
            message.string, changed = said, True
        elif place not in sure:
            continue
        message.flags.discard("fuzzy")
        message.previous_id = []
        message.user_comments = [note for note in message.user_comments if not is_previous(note)]
    headers = file.headers
    review = (who.reviewed_by, who.reviewed_on or (today.isoformat() if who.reviewed_by else ""))
    old = (headers.get(REVIEWED_BY, ""), headers.get(REVIEWED_ON, ""))
    if changed and review == old and all(old):
        headers, review = headers | {EARLIER_REVIEW: ", ".join(old)}, ("", "")
    if not review[0]:
        review = ("", "")
    file.headers = headers | {TRANSLATOR: who.name, REVIEWED_BY: review[0], REVIEWED_ON: review[1]}
    text = po_text(file)
    read_catalogue(_source(content, language, text), language)
    return text


def _source(content: Content, language: str, text: str) -> SourceFile:
    path = content.own_file(language)
    return SourceFile(shown(path), path, text)
