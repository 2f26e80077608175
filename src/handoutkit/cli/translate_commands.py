"""The commands of ``handoutkit translate``: PO catalogues for translators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError

from .session import Session, pass_session, show_problems
from .shared_options import json_option, strict_option

if TYPE_CHECKING:
    from handoutkit.translations.work.authored_texts import Status

names_argument = click.argument("names", nargs=-1, metavar="[ID|FILE]...")
language_option = click.option(
    "--lang", metavar="TAG", callback=lambda _ctx, _param, value: _tag(value), help="The language, such as `es`."
)


def _tag(value: str | None) -> str | None:
    """The code of a language, checked because it becomes the name of a folder. Raises BadParameter."""
    if value is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?", value):
        raise click.BadParameter(f"`{value}` is not the code of a language; write `es`, `ar` or `zh-Hans`")
    return value


@click.group()
def translate() -> None:
    """Put handouts, framings and practices into other languages, with gettext PO files."""


@translate.command()
@names_argument
@click.option("--all", "everything", is_flag=True, help="Everything in the library.")
@language_option
@json_option
@pass_session
def extract(session: Session, names: tuple[str, ...], everything: bool, lang: str | None) -> None:
    """Start a translation: write PO files with every text and room for its translation."""
    if lang is None:
        raise click.UsageError("say which language to translate into, such as --lang es")
    if everything == bool(names):
        raise click.UsageError("name what to translate (a handout, a framing, a practice, `interface`), or say --all")
    from handoutkit.files.text_files import shown
    from handoutkit.translations.work.translate_files import extract_catalogues, items

    library = session.library()
    made, there = extract_catalogues(items(library, names), lang)
    for path in made:
        session.say(str(shown(path)))
    for path in there:
        session.say(f"{shown(path)}  (was there, left as it is; `handoutkit translate update` brings it up to date)")
    session.give((), files=[shown(path) for path in made])


@translate.command()
@names_argument
@language_option
@json_option
@pass_session
def update(session: Session, names: tuple[str, ...], lang: str | None) -> None:
    """Bring translations up to date after texts have changed; without arguments, all of them."""
    from handoutkit.files.text_files import shown
    from handoutkit.translations.work.translate_files import items, update_catalogues

    library = session.library()
    changed = update_catalogues(items(library, names), lang, own_only=not names)
    for path in changed:
        session.say(shown(path))
    if not changed:
        session.say("Everything is up to date.")
    session.give((), files=[shown(path) for path in changed])


@translate.command()
@names_argument
@language_option
@json_option
@pass_session
def status(session: Session, names: tuple[str, ...], lang: str | None) -> None:
    """Show how far each translation is, who made it, and whether a fluent clinician has read it.

    Under `previous` stands how many stale translations say which text they translate; -v shows these texts.
    """
    from handoutkit.files.source_file import clipped
    from handoutkit.translations.work.translate_files import items, statuses

    library = session.library()
    found = statuses(items(library, names), lang)
    for line in _table(found):
        session.say(line)
    for state in found if session.verbose else ():
        for place, text in state.previous.items():
            session.say(f"{state.file}: {place}: the text was: {clipped(text, 200)}")
    if not found:
        session.say("No translations yet; `handoutkit translate extract ID --lang es` starts one.")
    session.give(translations=[state.as_json() for state in found])


@translate.command()
@names_argument
@language_option
@strict_option
@json_option
@pass_session
def check(session: Session, names: tuple[str, ...], lang: str | None, strict: bool) -> None:
    """Find what is wrong with translations: missing, out of date, broken, or not yet read by a fluent clinician."""
    from handoutkit.translations.work import translate_files

    library = session.library()
    problems = translate_files.check_catalogues(translate_files.items(library, names), lang)
    if any(strict or problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    show_problems(problems)
    session.say("No problems found." if not problems else "No errors found.")
    session.give(problems, outputs=[])


def _table(found: list[Status]) -> list[str]:
    rows: list[tuple[Any, ...]] = [
        ("translation", "lang", "done", "stale", "previous", "missing", "translator", "reviewed by")
    ]
    for state in found:
        people = (state.translator or "-", state.reviewed_by or "-")
        counts = (f"{state.done}/{state.texts}", state.stale, len(state.previous), state.missing)
        rows.append((state.id, state.lang, *counts, *people))
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(f"{cell!s:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return lines if found else []
