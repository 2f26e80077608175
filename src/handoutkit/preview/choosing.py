"""What is chosen for a handout: from an address of the app, and as the command that does the same."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from handoutkit.building import Audience, Choices
from handoutkit.compose.framing import NO_FRAMING
from handoutkit.errors import HandoutkitError
from handoutkit.library.library import Library, looks_like_a_file
from handoutkit.library.themes import BASE, lineage
from handoutkit.models.document import FORMATS
from handoutkit.models.practice import Paper

_FORMATS = {
    "standard": "Standard",
    "large-print": "Large print",
    "dyslexia-friendly": "Dyslexia-friendly",
    "low-ink": "Low ink",
}
_PAPERS = {"letter": "US Letter", "a4": "A4"}
_AUDIENCES = {"client": "The client’s copy", "clinician": "The clinician’s copy"}


@dataclass(frozen=True, slots=True)
class Option:
    """One of what can be chosen; ``value`` is empty for what is chosen without a word."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A question with its options; ``name`` is its name in addresses, ``usual`` what is chosen without a word."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str
    usual: str = ""


def chosen(query: Mapping[str, str], start: Choices) -> Choices:
    """The choices that an address makes; what it does not name is as at the start.

    A file is never taken from an address, only an id; and a word that is none of the options counts as not said.
    """

    def said(name: str, otherwise: str | None) -> str | None:
        value = query.get(name, "")
        return value if value and not looks_like_a_file(value) else otherwise

    framing, paper = said("framing", None), said("paper", start.paper)
    layout, audience = said("format", start.format), said("audience", start.audience)
    return replace(
        start,
        practice=said("practice", start.practice),
        framings=(framing,) if framing else start.framings,
        language=said("lang", start.language),
        paper=next((one for one in get_args(Paper) if one == paper), None),
        theme=said("theme", start.theme) or BASE,
        audience=next((one for one in get_args(Audience) if one == audience), "client"),
        format=next((one for one in FORMATS if one == layout), "standard"),
        fields=start.fields if query.get("fields") != "no" else False,
    )


def menus(library: Library, choices: Choices, start: Choices, languages: tuple[str, ...]) -> list[Menu]:
    """All that can be chosen for a handout in these languages, the first of which is its own."""
    practices = tuple(Option(name, _practice(library, name)) for name in library.workspace.practice_files)
    framings, _ = library.readable(library.framing, library.workspace.framing_files)
    notes = (
        Option("", "As the practice chose"),
        Option(NO_FRAMING, "None"),
        *(Option(one.model.id, one.model.title) for one in framings),
    )
    tongues = tuple(Option(one, language(one)) for one in languages)
    papers = (Option("", "The practice’s own"), *_options(_PAPERS))
    own, first = _default_practice(library), next(iter(languages), "")

    def menu(name: str, label: str, options: tuple[Option, ...], value: Callable[[Choices], str | None]) -> Menu:
        return Menu(name, label, options, value(choices) or "", value(start) or "")

    return [
        menu("practice", "Practice", practices, lambda one: one.practice or own),
        menu("framing", "Cultural framing", notes, lambda one: next(iter(one.framings), "")),
        menu("lang", "Language", tongues, lambda one: one.language or first),
        menu("format", "Format", _options(_FORMATS), lambda one: one.format),
        menu("theme", "Look", tuple(_themes(library)), lambda one: one.theme),
        menu("paper", "Paper", papers, lambda one: one.paper),
        menu("audience", "Whose copy", _options(_AUDIENCES), lambda one: one.audience),
    ]


def command(words: tuple[str, ...], choices: Choices) -> str:
    """The command line that does the same."""
    options = [
        ("--practice", choices.practice),
        *(("--framing", framing) for framing in choices.framings),
        ("--lang", choices.language),
        ("--format", choices.format if choices.format != "standard" else None),
        ("--theme", choices.theme if choices.theme != BASE else None),
        ("--paper", choices.paper),
        ("--audience", choices.audience if choices.audience != "client" else None),
    ]
    said = [part for name, value in options if value for part in (name, value)]
    return shlex.join(["handoutkit", *words, *said, *([] if choices.fields else ["--no-fields"])])


def address(choices: Choices) -> str:
    """The choices as the query of an address, which ``chosen`` reads."""
    said = {
        "practice": choices.practice,
        "framing": next(iter(choices.framings), None),
        "lang": choices.language,
        "format": choices.format,
        "theme": choices.theme,
        "paper": choices.paper,
        "audience": choices.audience,
        "fields": None if choices.fields else "no",
    }
    return urlencode({name: value for name, value in said.items() if value})


def language(tag: str) -> str:
    """A language in its own words and in English: ``Español (Spanish)``."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return tag
    own, english = str(locale.display_name).capitalize(), str(locale.english_name)
    return own if own == english else f"{own} ({english})"


def _options(labels: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in labels.items())


def _practice(library: Library, name: str) -> str:
    try:
        return library.practice(name).model.display_name
    except HandoutkitError:
        return name


def _default_practice(library: Library) -> str:
    try:
        return library.practice().model.id
    except HandoutkitError:
        return ""


def _themes(library: Library) -> list[Option]:
    options = []
    for name in library.workspace.theme_files:
        try:
            title = lineage(name, library.workspace.roots)[0][1].model.title
        except HandoutkitError:
            title = name
        options.append(Option(name, title))
    return options
