"""Problems as the app says them: no key, option or line of a file, for whoever reads them has a form before them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from handoutkit.errors import Problem
from handoutkit.library.workspace_folder import SETTINGS_FILE

from . import form_words

_BY_HAND = (
    "this file was changed by hand, and cannot be read any more",
    "take an earlier version back, or ask whoever changed it",
)
_BY_HAND_CODES = (
    "bad-alias bad-key bad-yaml duplicate-key empty-file not-a-mapping not-text not-utf-8 tab-indentation too-deep "
    "too-many-values two-documents unused-anchor yaml-tag"
)
_WORDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(_BY_HAND_CODES.split(), _BY_HAND),
    "alone-with-others": (
        "this is for one person alone, and names others as well",
        "untick the others, or that it is for one person alone",
    ),
    "alt-without-picture": ("these words describe a picture, and there is none", "take them out"),
    "answer-not-offered": ("this is none of the answers to choose from", "write it the same way in both places"),
    "answer-on-a-picture": ("a picture has no place to write in", "add boxes to fill in below it"),
    "bad-colour": ("this is not a colour", "pick one, or write # and six of 0-9 and A-F, as in #17635A"),
    "bad-date": ("this is not a day", "write it as 2026-01-31, or choose it from the calendar"),
    "bad-file-names": ("files cannot be named like this", "write another pattern"),
    "bad-id": ("this name cannot be used here", "choose another one"),
    "bad-illustration": ("there is no drawing of this name", "write one that there is, such as open-door"),
    "bad-interval": ("this does not say how long", "write it as 12 months or 2 years"),
    "bad-language": ("this is not the code of a language", "write its short code, such as en, es or zh-Hans"),
    "bad-link": ("a link here leads nowhere a reader can go", "write the whole address, as it stands in your browser"),
    "bad-mark": ("these numbers are not on the scale", "choose two between 0 and 10, the lower one first"),
    "bad-name": ("a folder cannot have this name", "write small letters, digits and hyphens, such as week-one"),
    "bad-path": ("this picture cannot be used from where it is", "choose it with the button below"),
    "bad-place": ("this says no place", "choose a handout and a place in it, or a topic"),
    "bad-region": ("this is not the code of a country", "write its two capital letters, such as US or GB"),
    "bad-set": ("one of these values cannot be read", "write it anew"),
    "bad-url": ("this is not a web address", "write it whole, such as https://example.org/page"),
    "bad-value": ("this cannot stand here", "write it otherwise"),
    "bounds": ("the lowest is not below the highest", "swap them, or leave one out"),
    "card-too-full": ("the words do not fit on this card", "keep to about 8 lines of 35 letters, with the title"),
    "cells-and-columns": ("this row has not one cell for each column", "add what is missing, or take out what is over"),
    "cells-and-sides": ("this row has not one cell for each side", "add what is missing, or take out what is over"),
    "choices-outside-quiz": ("only a quiz has answers to choose from", "take them out, or make it a quiz"),
    "coach-with-license": ("a coaching practice cannot show a clinical license", "take the license out"),
    "duplicate-id": ("two parts have the same name", "give one of them another"),
    "duplicate-note": ("there is a note of this name already", "choose another name"),
    "empty-side": ("this side says nothing", "write a summary or points, or rows for both sides"),
    "empty-text": ("this is empty", "write something here, or take it out"),
    "figure-file": (
        "a figure of the kind Image is a picture, and the other kinds have none",
        "choose a picture, or take the one that is there out",
    ),
    "half-a-review": ("a review is the day and the person", "write both, or neither"),
    "is-a-template": ("this is a template to start from, and not a handout", "make your own from it"),
    "items-or-groups": ("a list has either items or groups of them", "write one of the two"),
    "lines-inside-a-sentence": (
        "words follow a gap of several lines",
        "end the paragraph with the gap, or make the gap a long one",
    ),
    "link-outside": ("this leads to a place outside of your folder", "copy the file itself into the folder"),
    "link-to-itself": ("this line leads from a place to the same place", "choose two places"),
    "list-in-checklist": ("an item to tick has no list of its own", "use groups, each with a label"),
    "mark-without-scale": ("there are no numbers to mark", "write a lowest and a highest, or take the mark out"),
    "markdown-not-taken": (
        "a list, a table or a heading cannot stand in this text",
        "make it a block of its own, or write the line another way",
    ),
    "missing-field": ("this is needed", "write something here"),
    "missing-fonts": ("the letters for this language are not installed", "ask whoever installed handoutkit for them"),
    "no-place": ("", "take the column out, or tick it at “What the cover says of a client” in the packet"),
    "no-such-block": ("there is no such block in this handout", "choose one that there is"),
    "no-such-language": ("this is not there in that language", "choose another language"),
    "no-such-picture": ("there is no such picture", "choose it with the button below"),
    "no-such-practice-word": ("no practice has words for one of the gaps in curly brackets", "take the gap out"),
    "no-such-region": ("there is no such place in the drawing", "choose one that there is"),
    "no-such-source": ("there is no such source in this handout", "add it under “Where the ideas come from”"),
    "no-such-value": ("the packet takes no such value", "add it to what the cover says of a client"),
    "no-value": ("there is nothing here", "write something, or take it out"),
    "not-a-picture": ("this is no picture of a kind that can be used", "save it as SVG (best for a logo), PNG or JPEG"),
    "one-change": ("this says no change, or more than one", "write one, and make a note of its own for each other"),
    "one-line": ("one line has one label", "choose several lines, or take the labels out"),
    "one-paragraph": ("this text must be one paragraph", "take out the empty line, or add a text of its own below"),
    "placeholder": ("", "write your own, or take it out"),
    "practice-unreachable": ("", "write one under “How to reach you” in your practice"),
    "raw-html": ("signs such as <b> cannot be used here", "for strong words write two stars before and after them"),
    "reader-without-day": (
        "whoever read it and the day they did belong together",
        "write both, or neither",
    ),
    "empty-packet": ("this packet has no handout and no letter", "add a handout, or write the letter on the cover"),
    "scale-elsewhere": ("this kind of drawing has no scale", "take the scale out"),
    "set-twice": ("one value is said twice", "keep one of them"),
    "slots-and-frame": ("the gaps in the sentence are not those below it", "name each gap once, in both"),
    "too-long-above-cards": ("there is no room for so many words above the cards", "put them into a text before it"),
    "too-many-columns": ("an upright page is too narrow for so many columns", "turn the page, or take some out"),
    "translation-missing": ("this text is not translated yet", "write it beside the original"),
    "translation-stale": ("this text has changed since it was translated", "look at both, and mend the translation"),
    "no-translator": ("nobody is named who translated it", "write the name above the texts"),
    "twice": ("there is a block of this kind already", "keep one of them"),
    "two-middles": ("another side is marked as the healthy middle already", "keep the mark on one"),
    "unknown-block": ("there is no such kind of block", "choose another"),
    "unknown-key": ("there is a part in this file that is not known here", "take an earlier version back, or ask "
                    "whoever changed it"),
    "unknown-response": ("it cannot be answered in this way", "choose another"),
    "unknown-value": ("this is none of the words that can stand here", "choose another"),
    "wrong-audience": ("a note for clinicians cannot be in the client’s copy", "take it out"),
    "wrong-type": ("this cannot stand here", "write it otherwise"),
}  # fmt: skip
"""By the code of a problem: what is said, and what to do. What is not here is said as it is, without its signs."""
_WORDS_AT: Mapping[tuple[str, str], tuple[str, str]] = {
    ("missing-field", "file"): ("no picture is chosen yet", "choose one with the button"),
    ("placeholder", "example"): (
        "",
        "write your own, or take it out; if you checked it, put in the day, and take out “Example”",
    ),
}
"""By the code of a problem and the last part of its place, where that says more."""
_OPTIONS = {
    "--name": "another name for the folder",
    "--id": "another title",
    "--client-ref": "the reference",
    "--set": "the values",
    "--fill": "the words to fill in",
    "--map": "what the columns are for",
    "--framing": "the framing",
    "--to": "what it is saved as",
}
_OF_VALUES = ("no-column-for-value", "no-place")
_OF_LANGUAGES = ("framing-language", "practice-language")
_FOR_A_TERMINAL = re.compile(
    r"`[^`]*[:{}&*|][^`]*`|`- `|--\w|\.ya?ml\b|"
    r"\b(pip|pipx|YAML|indent\w*|quotes|keys?|docs/|TMPDIR|handoutkit (?!made\b)[a-z]+)\b"
)
"""In a hint: it is about a file or a command, and of no use to whoever has a form."""


def in_words(problem: Problem) -> Problem:
    """A problem with the words that the app has for it."""
    message, hint = _WORDS_AT.get(
        (problem.code, re.sub(r"\[\d+\]", "", problem.path).rpartition(".")[2])
    ) or _WORDS.get(problem.code, (problem.message, problem.hint))
    if _FOR_A_TERMINAL.search(hint):
        hint = ""
    said = re.sub(r"`([^`]*)`", lambda found: f"`{_named(found[1], problem.code)}`", message or problem.message)
    return replace(problem, message=_without_signs(said), hint=_without_signs(hint))


def place_in_words(path: str) -> str:
    """A place in a file in the words of its form: ``blocks[2].heading`` -> ``Blocks, 3, Heading``."""
    steps = re.findall(r"[^.\[\]]+", path)
    named = [
        str(int(step) + 1) if step.isdigit() else form_words.label(step, at="/".join(steps[: number + 1]))
        for number, step in enumerate(steps)
    ]
    return ", ".join(named)


def is_written(file: str) -> bool:
    """Whether a file is one that the app writes; the places in it mean nothing to whoever has only seen its form."""
    return PurePath(file).suffix in (".yaml", ".yml", ".po")


def file_in_words(file: str) -> str:
    """What such a file is called without its folders: ``handouts/locale/es/sleep.po`` -> ``Sleep (translation)``."""
    path = PurePath(file)
    if path.name == SETTINGS_FILE:
        return "the settings of this folder"
    name = path.stem.replace("-", " ").capitalize()
    return f"{name} (translation)" if path.suffix == ".po" else name


def _without_signs(text: str) -> str:
    """A text without backticks and options; a key is called as its field is."""
    text = re.sub(r"`([^`]*)`", lambda found: f"“{_called(found[1])}”", text).replace("`", "’")
    text = re.sub(r"--[a-z][a-z-]*", lambda found: _OPTIONS.get(found[0], found[0][2:].replace("-", " ")), text)
    return re.sub(r"\bthe key\b", "the part", text)


def _named(word: str, code: str) -> str:
    """What a message names, in the words of whoever reads it: a value of a client, a language, or what has an id."""
    if code in _OF_VALUES:
        return form_words.label(word, at=f"values/{word}")
    if code in _OF_LANGUAGES:
        from handoutkit.translations.apply_catalogue import language_name  # Babel is slow to import

        return language_name(word).strip("`")
    return word.replace("-", " ").capitalize() if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", word) else word


def _called(word: str) -> str:
    return form_words.label(word) if re.fullmatch(r"[a-z]+(_[a-z]+)+", word) else word
