"""Updates a catalogue to the present texts of a model: translations are kept, and guesses are marked as such."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from babel.messages.catalog import Message

from handoutkit.loading.load_file import Loaded

from .apply_catalogue import TranslatedText, language_name, look_up
from .catalogue import EARLIER_REVIEW, HEADERS, REVIEWED_BY, REVIEWED_ON, Catalogue, CatalogueEntry
from .po_file import PoFile, is_previous, po_text

_CLOSE = 0.7
"""How alike a text and an earlier one are (from 0 to 1) for its translation to be offered as a start."""


_NO_FORMATS = frozenset({"python-format", "python-brace-format"})
"""What Babel takes a percent or ``{first_name|there}`` for; a checker would want the same in both languages."""


def up_to_date(loaded: Loaded[Any], language: str, catalogue: Catalogue | None) -> str:
    """The text of a PO file with every text of a model, in order; a new file if there is no catalogue yet.

    A translation whose text has changed is marked ``fuzzy`` and gets the text that it translates as ``#| msgid``. So
    does the nearest earlier translation, where a text is new. Translations without a text go to the end as obsolete.
    A review becomes an earlier one (a header of its own) as soon as a text is new or has changed.
    """
    found = look_up(loaded.model, catalogue)
    file = PoFile()
    file.header_comment = catalogue.comment if catalogue else f"# {_title(loaded)} ({language_name(language)})"
    file.headers = _headers(loaded, language, catalogue, complete=all(item.state == "done" for item in found))
    used = {item.entry for item in found if item.entry}
    earlier = [*catalogue.entries, *catalogue.obsolete] if catalogue else []
    left = [entry for entry in earlier if entry.translation and entry not in used]
    for item in found:
        message = _message(item, left)
        message.flags -= _NO_FORMATS
        file[message.id] = message
    given = {message.string for message in file}
    for entry in left:
        if entry.translation not in given:
            lines = [note for note in entry.notes if is_previous(note)]
            file.obsolete[entry.place, entry.text] = Message(
                entry.text, entry.translation, user_comments=lines, context=entry.place or None
            )
    return po_text(file)


def _message(found: TranslatedText, left: Iterable[CatalogueEntry]) -> Message:
    words, entry = found.words, found.entry
    if entry is None:
        entry = _nearest(words.text, left)
    if entry is None:
        return Message(words.text, "", context=words.place)
    # As in msgmerge: what a guess was made from stays beside it until the translation counts, and then goes.
    done = found.state == "done"
    same = entry.text == words.text
    guess = entry.fuzzy and not done
    message = Message(
        words.text,
        entry.translation,
        flags=() if done or not entry.translation else ("fuzzy",),
        auto_comments=entry.remarks if guess and same else (),
        user_comments=[note for note in entry.notes if guess or not is_previous(note)],
        context=words.place,
    )
    if not any(map(is_previous, message.user_comments)) and not done and entry.translation:
        previous = (guess and entry.previous) or ("" if same else entry.text)
        message.previous_id = [previous] if previous else []
    return message


def _nearest(text: str, left: Iterable[CatalogueEntry]) -> CatalogueEntry | None:
    """The earlier text most like this one, if one is."""
    by_text = {entry.text: entry for entry in left}
    close = get_close_matches(text, by_text, n=1, cutoff=_CLOSE)
    return by_text[close[0]] if close else None


def _headers(loaded: Loaded[Any], language: str, catalogue: Catalogue | None, *, complete: bool) -> dict[str, str]:
    new = HEADERS | {
        "Project-Id-Version": loaded.model.id,
        "Language": language.replace("-", "_"),
        "X-Source-Language": loaded.model.language.replace("-", "_"),
    }
    headers = new | (catalogue.headers if catalogue else {})
    if headers[REVIEWED_BY] and not complete:
        earlier = f"{headers[REVIEWED_BY]}, {headers[REVIEWED_ON]}"
        headers |= {EARLIER_REVIEW: earlier, REVIEWED_BY: "", REVIEWED_ON: ""}
    return headers


def _title(loaded: Loaded[Any]) -> str:
    model = loaded.model
    return str(getattr(model, "title", "") or model.display_name)
