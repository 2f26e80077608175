"""Commands that only show something: ``handoutkit list``, ``show``, ``schema`` and ``doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, MachineError, Problem

from .session import Session, end_with, pass_session, say_new_spelling
from .shared_options import handout_argument, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handoutkit.library.library import Library
    from handoutkit.models.handout import Handout


@click.command("list")
@click.option("--topic", metavar="T", help="Only handouts on this topic.")
@click.option("--kind", metavar="K", help="Only handouts of this kind, such as `worksheet`.")
@click.option(
    "--purpose",
    type=click.Choice(["understand", "practise", "record", "decide", "agree"]),
    help="Only handouts that are for this.",
)
@click.option("--lang", metavar="TAG", help="Only handouts in this language.")
@click.option(
    "--templates",
    "what",
    flag_value="templates",
    help="The templates that `handoutkit new ID --from TEMPLATE` starts from.",
)
@click.option("--packets", "what", flag_value="packets", help="The packets that `handoutkit packet` and `batch` make.")
@click.option("--formats", "what", flag_value="formats", hidden=True)
@json_option
@pass_session
def list_handouts(
    session: Session,
    topic: str | None,
    kind: str | None,
    purpose: str | None,
    lang: str | None,
    what: str | None,
) -> None:
    """Show the handouts there are, the templates to start from, or the packets."""
    from handoutkit.models.handout import purpose_of

    if what == "packets":
        if topic or kind or purpose:
            raise click.UsageError("--packets goes together with --lang and --json alone")
        _list_packets(session, lang)
        return
    old_spelling = what == "formats"
    if old_spelling:
        say_new_spelling("--formats", "--templates")
    templates = what is not None
    library = session.library()
    files = library.workspace.template_files if templates else library.workspace.handout_files
    loaded_ones, problems = library.readable(library.template if templates else library.handout, files)
    found = [
        _in_language(library, loaded.model, lang)
        for loaded in loaded_ones
        if (not topic or topic in loaded.model.topics)
        and (not kind or kind == loaded.model.kind)
        and (not purpose or purpose == purpose_of(loaded.model.kind))
        and (not lang or lang in library.languages("handout", loaded))
    ]
    for line in _shelf(found):
        session.say(line)
    if not found and not problems:
        what, all_of_them = ("template", "list --templates") if templates else ("handout", "list")
        session.say(f"No {what} is like that; `handoutkit {all_of_them}` shows all of them.")
        known = sorted({known for loaded in loaded_ones for known in loaded.model.topics})
        if topic and topic not in known and known:
            session.say(f"The topics are: {', '.join(known)}.")
    keys = ["templates", "formats"] if old_spelling else ["templates" if templates else "handouts"]
    summaries = [_summary(handout) for handout in found]
    session.give(None, **{key: summaries for key in keys})  # noqa: C420 - they are only read
    end_with(problems)


@click.command()
@handout_argument
@json_option
@pass_session
def show(session: Session, handout: str) -> None:
    """Show what a handout holds, its sources and the framings that have notes for it."""
    library = session.library()
    loaded = library.handout(handout)
    model = loaded.model
    framings, problems = library.readable(library.framing, library.workspace.framing_files)
    noted = [framing.model for framing in framings if framing.model.speaks_in(model)]
    facts = {
        **_summary(model),
        **_details(model),
        "framings": [{"id": framing.id, "title": framing.title} for framing in noted],
        "languages": library.languages("handout", loaded),
    }
    for line in _lines(facts):
        session.say(line)
    session.give(**facts)
    end_with(problems)


def _list_packets(session: Session, language: str | None) -> None:
    """Show the packets, or those that are there in a language, each with the handouts in it."""
    library = session.library()
    loaded_ones, problems = library.readable(library.packet, library.workspace.packet_files)
    languages = {one.model.id: library.languages("packet", one) for one in loaded_ones}
    found = [one.model for one in loaded_ones if language in (None, *languages[one.model.id])]
    width = max((len(packet.id) for packet in found), default=0)
    for packet in found:
        handouts = ", ".join(one.handout for one in packet.handouts) or "a letter alone"
        session.say(f"{packet.id:<{width}}  {packet.title}  ({handouts})")
    if not found and not problems:
        session.say("No packet is like that; `handoutkit list --packets` shows all of them.")
    summaries = [
        {
            "id": packet.id,
            "title": packet.title,
            "handouts": [one.handout for one in packet.handouts],
            "languages": languages[packet.id],
        }
        for packet in found
    ]
    session.give(None, packets=summaries)
    end_with(problems)


def _shelf(found: Sequence[Handout]) -> Iterator[str]:
    """A line for each handout, below what it is for."""
    from handoutkit.models.handout import PURPOSES

    width = max((len(handout.id) for handout in found), default=0)
    for title, kinds in PURPOSES.values():
        group = [handout for handout in found if handout.kind in kinds]
        if group:
            yield title
        for handout in group:
            yield f"  {handout.id:<{width}}  {handout.title}  ({handout.kind}, {handout.language})"


def _in_language(library: Library, handout: Handout, language: str | None) -> Handout:
    """The handout in a language that it is there in; as it was written, where the translation is not finished."""
    try:
        return library.handout(handout.id, language).model if language else handout
    except ContentError:
        return handout


def _summary(handout: Handout) -> dict[str, Any]:
    from handoutkit.models.handout import purpose_of

    return {
        "id": handout.id,
        "title": handout.title,
        "kind": handout.kind,
        "shelf": purpose_of(handout.kind),
        "topics": list(handout.topics),
        "for": list(handout.written_for),
        "language": handout.language,
    }


def _details(handout: Handout) -> dict[str, Any]:
    return {
        "key_message": handout.key_message,
        "purpose": handout.purpose,
        "edition": handout.edition,
        "reviewed_on": handout.reviewed_on.isoformat(),
        "rights": handout.rights,
        "blocks": [{"type": b.type, "id": b.id, "heading": b.heading} for b in handout.blocks],
        "sources": [{"id": s.id, "author": s.author, "title": s.title} for s in handout.sources],
        "framing_slots": [{"id": s.id, "after": s.after, "about": s.about} for s in handout.framing_slots],
    }


def _lines(facts: dict[str, Any]) -> list[str]:
    lines = [facts["title"], f"  {facts['key_message']}", ""]
    for name in ("id", "kind", "topics", "for", "languages", "edition", "reviewed_on", "rights"):
        value = facts[name]
        lines.append(f"{name + ':':<13}{', '.join(value) if isinstance(value, list) else value}")
    lines += ["", "blocks:"]
    for block in facts["blocks"]:
        lines.append(f"  {block['type']:<12}" + " - ".join(filter(None, (block["id"], block["heading"]))))
    lines += ["", "sources:", *(f"  {source['author']}: {source['title']}" for source in facts["sources"])]
    framings = facts["framings"] or [{"id": "none"}]
    return [*lines, "", "framings with notes for it:", *(f"  {framing['id']}" for framing in framings)]


@click.command()
@click.argument("name", metavar="handout|practice|framing|packet|workspace|answers")
def schema(name: str) -> None:
    """Print the JSON Schema of one kind of file, for editors that complete and check, or of `answers --json`."""
    from handoutkit.answers.tables.answer_columns import answers_schema_text
    from handoutkit.models.json_schema import MODELS, json_schema_text

    if name == "answers":
        click.echo(answers_schema_text(), nl=False)
        return
    known = next((known for known in MODELS if known == name), None)
    if known is None:
        raise click.UsageError(f"there is no schema `{name}`; there are: {', '.join([*MODELS, 'answers'])}")
    click.echo(json_schema_text(known), nl=False)


_MARKS = {"ok": "ok      ", "slow": "slower  ", "weaker": "weaker  ", "aged": "aged    "}


@click.command()
@json_option
@pass_session
def doctor(session: Session) -> None:
    """Show what is installed, what is missing and how to get it."""
    from handoutkit.doctor import findings

    found = findings(session.folder)
    missing = [finding for finding in found if finding.state == "missing"]
    for finding in found:
        if finding not in missing:
            session.say(f"{_MARKS[finding.state]}{finding.name}: {finding.detail}")
            if finding.hint:
                session.say(f"        {finding.hint}")
    if missing:
        raise MachineError(Problem("missing", f"{f.name}: {f.detail}", f.hint) for f in missing)
    session.give((), findings=[finding.as_json() for finding in found])
