"""Build options in the app: read from a query, shown as menus, and written as a query or a command line."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from handoutkit.build.build_options import Audience, BuildOptions
from handoutkit.compose.choose_notes import NO_FRAMING
from handoutkit.errors import HandoutkitError
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import BASE
from handoutkit.library.theme_folders import lineage
from handoutkit.library.workspace_folder import looks_like_a_file
from handoutkit.models.document import FORMATS
from handoutkit.models.filled_in.identifiers import ID_PATTERN
from handoutkit.models.handout import PageLayout
from handoutkit.models.practice import Paper

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

_BLOCK = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}")
_FORMATS = {
    "standard": "Standard",
    "large-print": "Large print",
    "dyslexia-friendly": "Dyslexia-friendly",
    "low-ink": "Low ink",
}
_LAYOUTS = {"sheet": "One sheet", "booklet": "Booklet"}
_PAPERS = {"letter": "US Letter", "a4": "A4"}
_DRAFTS = {"": "Say so, and make nothing", "yes": "Make it, with DRAFT across each page"}
_BETWEEN = ","
"""What stands between the names of what is so, in a query."""
_AUDIENCES = {"client": "The client’s copy", "clinician": "The clinician’s copy"}


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu; ``value`` is empty for the entry that stands for the default."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu with its options; ``name`` is its name in queries, ``usual`` the default."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str
    usual: str = ""


@dataclass(frozen=True, slots=True)
class FramingMenu:
    """The menu of cultural framings; ``kind`` is ``""`` (as the practice chose), ``none`` or ``some`` of the options.

    Attributes:
        ticked: values of the options that are chosen; ``usual``, those of the default.
    """

    kind: str
    options: tuple[Option, ...]
    ticked: tuple[str, ...]
    usual: tuple[str, ...]


def options_of_query(query: QueryParams, defaults: BuildOptions) -> BuildOptions:
    """The options that a query chooses; a name it lacks is as in ``defaults``, and an empty value means none.

    A query can name ids alone, never a file: a file counts only if it is among the defaults.
    """

    def value_of(name: str, default: str | None) -> str | None:
        value = query.get(name, default)
        return default if value and looks_like_a_file(value) else value or None

    def is_known(framing: str) -> bool:
        return bool(framing) and (framing in defaults.framings or not looks_like_a_file(framing))

    framings = tuple(filter(is_known, query.getlist("framing"))) if "framing" in query else defaults.framings
    paper, audience = value_of("paper", defaults.paper), value_of("audience", defaults.audience)
    wanted_format, layout = value_of("format", defaults.format), value_of("layout", defaults.layout)
    return replace(
        defaults,
        practice=value_of("practice", defaults.practice),
        framings=framings,
        language=value_of("lang", defaults.language),
        paper=next((one for one in get_args(Paper) if one == paper), None),
        theme=value_of("theme", defaults.theme) or BASE,
        audience=next((one for one in get_args(Audience) if one == audience), "client"),
        format=next((one for one in FORMATS if one == wanted_format), "standard"),
        layout=next((one for one in get_args(PageLayout) if one == layout), None),
        fields=query.get("fields", "yes" if defaults.fields else "no") != "no",
        draft=value_of("draft", "yes" if defaults.draft else None) == "yes",
        when=tuple(name for name in query.get("when", "").split(_BETWEEN) if re.fullmatch(ID_PATTERN, name)),
        without=tuple(filter(_BLOCK.fullmatch, query.getlist("without"))) if "without" in query else defaults.without,
        short=query.get("sides", "1" if defaults.short else "") == "1",
    )


def all_menus(
    library: Library,
    choices: BuildOptions,
    defaults: BuildOptions,
    languages: tuple[str, ...],
    without: str = "",
    conditions: Sequence[str] = (),
) -> dict[str, Any]:
    """Everything a page needs to show what can be chosen: ``menus``, without one of them, and ``framings``.

    Args:
        conditions: what can be said to be so, for parts that are there for some people only.
    """
    found = [menu for menu in menus(library, choices, defaults, languages) if menu.name != without]
    found += [_condition_menu(conditions, choices)] if conditions else []
    return {"menus": found, "framings": framing_menu(library, choices, defaults)}


def menus(library: Library, choices: BuildOptions, defaults: BuildOptions, languages: tuple[str, ...]) -> list[Menu]:
    """The menus for a handout that is there in these languages, the first of which is its own."""
    language_options = tuple(Option(one, language(one)) for one in languages)
    papers = (Option("", "The practice’s own"), *_options(_PAPERS))
    layouts = (Option("", "As the handout says"), *_options(_LAYOUTS))
    own, first = usual_practice(library, defaults), next(iter(languages), "")

    def menu(name: str, label: str, options: tuple[Option, ...], value: Callable[[BuildOptions], str | None]) -> Menu:
        usual = value(defaults) or ""
        known = not usual or usual in {option.value for option in options}
        named = () if known else (Option(usual, usual),)  # such as a practice's file
        return Menu(name, label, (*named, *options), value(choices) or "", usual)

    return [
        menu("practice", "Practice", practices(library), lambda one: one.practice or own),
        menu("lang", "Language", language_options, lambda one: one.language or first),
        menu("format", "Format", _options(_FORMATS), lambda one: one.format),
        menu("layout", "Layout", layouts, lambda one: one.layout),
        menu("theme", "Look", _themes(library), lambda one: one.theme),
        menu("paper", "Paper", papers, lambda one: one.paper),
        menu("audience", "Whose copy", _options(_AUDIENCES), lambda one: one.audience),
        menu("draft", "Unfinished words", _options(_DRAFTS), lambda one: "yes" if one.draft else ""),
    ]


def _condition_menu(conditions: Sequence[str], choices: BuildOptions) -> Menu:
    """The menu of parts that are there for some people only; several can be so at once."""
    options = [Option("", "None of them"), *(Option(name, name.replace("-", " ")) for name in conditions)]
    options += [Option(_BETWEEN.join(conditions), "All of them")] if len(conditions) > 1 else []
    return Menu("when", "Parts for some people only", tuple(options), _BETWEEN.join(choices.when))


def framing_menu(library: Library, choices: BuildOptions, defaults: BuildOptions) -> FramingMenu:
    """The framings that can be chosen, more than one at a time."""
    found, _ = library.readable(library.framing, library.workspace.framing_files)
    options = [Option(one.model.id, one.model.title) for one in found]
    named = {NO_FRAMING, *(option.value for option in options)}
    options += [Option(one, one) for one in defaults.framings if one not in named]
    kind = NO_FRAMING if NO_FRAMING in choices.framings else "some" if choices.framings else ""
    usual = tuple(one for one in (NO_FRAMING, *(option.value for option in options)) if one in defaults.framings)
    return FramingMenu(kind, tuple(options), choices.framings, usual)


def practices(library: Library) -> tuple[Option, ...]:
    """The practices there are, by their display names."""
    return _named(library.workspace.practice_files, lambda name: library.practice(name).model.display_name)


def choices_in_forms(library: Library, what: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is chosen by its title in the form of a file, by its place: the framings of a practice."""
    if what != "practice":
        return {}
    found, _ = library.readable(library.framing, library.workspace.framing_files)
    options = tuple((one.model.id, one.model.title) for one in found)
    return {"framings/*/id": options, "unreviewed_framings/*": options}


def usual_practice(library: Library, defaults: BuildOptions) -> str:
    """The id of the default practice; empty if the workspace has several and chooses none."""
    try:
        return defaults.practice or library.practice().model.id
    except HandoutkitError:
        return ""


def example_practice(library: Library, defaults: BuildOptions) -> str:
    """The name that pages carry, if that is an example's; else nothing."""
    try:
        practice = library.practice(defaults.practice).model
    except HandoutkitError:
        return ""
    return practice.display_name if practice.example else ""


def command(words: tuple[str, ...], choices: BuildOptions) -> str:
    """The command line that makes the same as the app shows."""
    options = [
        ("--practice", choices.practice),
        *(("--framing", framing) for framing in choices.framings),
        ("--lang", choices.language),
        ("--beside", choices.second_language),
        ("--format", choices.format if choices.format != "standard" else None),
        ("--layout", choices.layout),
        ("--theme", choices.theme if choices.theme != BASE else None),
        ("--paper", choices.paper),
        ("--audience", choices.audience if choices.audience != "client" else None),
        *(("--set", f"{name}=yes") for name in choices.when),
        *(("--without", block) for block in choices.without),
        *(("--rows", f"{block}={rows}") for block, rows in choices.rows),
        ("--sides", "1" if choices.short else None),
    ]
    arguments = [part for name, value in options if value for part in (name, value)]
    flags = [*([] if choices.fields else ["--no-fields"]), *(["--draft"] if choices.draft else [])]
    return shlex.join(["handoutkit", *words, *arguments, *flags])


def query_of(choices: BuildOptions, defaults: BuildOptions) -> str:
    """The query from which ``options_of_query`` makes these choices: only what differs from the defaults."""

    def values(options: BuildOptions) -> dict[str, object]:
        return {
            "practice": options.practice or "",
            "framing": options.framings or ("",),
            "lang": options.language or "",
            "format": options.format,
            "layout": options.layout or "",
            "theme": options.theme,
            "paper": options.paper or "",
            "audience": options.audience,
            "fields": "yes" if options.fields else "no",
            "draft": "yes" if options.draft else "",
            "when": _BETWEEN.join(options.when),
            "without": options.without or ("",),
            "sides": "1" if options.short else "",
        }

    usual = values(defaults)
    return urlencode({name: value for name, value in values(choices).items() if value != usual[name]}, True)


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


def _themes(library: Library) -> tuple[Option, ...]:
    workspace = library.workspace
    return _named(workspace.theme_files, lambda name: lineage(name, workspace.roots)[0][1].model.title)


def _named(names: Iterable[str], label: Callable[[str], str]) -> tuple[Option, ...]:
    """Options with labels from their files; a file that cannot be read is labelled with its own name."""
    options = []
    for name in names:
        try:
            options.append(Option(name, label(name)))
        except HandoutkitError:
            options.append(Option(name, name))
    return tuple(options)
