"""The commands ``handoutkit list`` and ``handoutkit show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, MachineError, Problem

from .session import Session, end_with, pass_session
from .shared_options import handout_argument, json_option

if TYPE_CHECKING:
    from handoutkit.library.library import Library
    from handoutkit.loading.load_file import Loaded
    from handoutkit.models.framing import Framing
    from handoutkit.models.handout import Handout


@click.command("list")
@click.option("--topic", metavar="T", help="Only handouts on this topic.")
@click.option("--kind", metavar="K", help="Only handouts of this kind, such as `worksheet`.")
@click.option("--lang", metavar="TAG", help="Only handouts in this language.")
@click.option("--formats", is_flag=True, help="The formats that `handoutkit new ID --from FORMAT` starts from.")
@json_option
@pass_session
def list_handouts(session: Session, topic: str | None, kind: str | None, lang: str | None, formats: bool) -> None:
    """Show the handouts there are, or the formats to start from."""
    library = session.library()
    files = library.workspace.format_files if formats else library.workspace.handout_files
    loaded_ones, problems = library.readable(library.format if formats else library.handout, files)
    found = [
        _in_language(library, loaded.model, lang)
        for loaded in loaded_ones
        if (not topic or topic in loaded.model.topics)
        and (not kind or kind == loaded.model.kind)
        and (not lang or lang in library.languages("handout", loaded))
    ]
    width = max((len(handout.id) for handout in found), default=0)
    for handout in found:
        session.say(f"{handout.id:<{width}}  {handout.title}  ({handout.kind}, {handout.language})")
    if not found and not problems:
        what, all_of_them = ("format", "list --formats") if formats else ("handout", "list")
        session.say(f"No {what} is like that; `handoutkit {all_of_them}` shows all of them.")
    session.give({"formats" if formats else "handouts": [_summary(handout) for handout in found]})
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
    facts = {**_summary(model), **_details(model), "framings": _framings(model, framings)}
    facts["languages"] = library.languages("handout", loaded)
    for line in _lines(facts):
        session.say(line)
    session.give(facts)
    end_with(problems)


def _in_language(library: Library, handout: Handout, language: str | None) -> Handout:
    """The handout in a language that it is there in; as it was written, where the translation is not finished."""
    try:
        return library.handout(handout.id, language).model if language else handout
    except ContentError:
        return handout


def _summary(handout: Handout) -> dict[str, Any]:
    return {
        "id": handout.id,
        "title": handout.title,
        "kind": handout.kind,
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


def _framings(handout: Handout, framings: list[Loaded[Framing]]) -> list[dict[str, str]]:
    """The framings that have a note for this handout."""
    topics = {topic for slot in handout.framing_slots for topic in slot.topics}
    return [
        {"id": loaded.model.id, "title": loaded.model.title}
        for loaded in framings
        if any(note.place.handout == handout.id or note.place.topic in topics for note in loaded.model.notes)
    ]


def _lines(facts: dict[str, Any]) -> list[str]:
    lines = [facts["title"], f"  {facts['key_message']}", ""]
    for name in ("id", "kind", "topics", "for", "languages", "edition", "reviewed_on", "rights"):
        value = facts[name]
        lines.append(f"{name + ':':<13}{', '.join(value) if isinstance(value, list) else value}")
    lines += ["", "blocks:"]
    for block in facts["blocks"]:
        lines.append(f"  {block['type']:<12}" + " - ".join(filter(None, (block["id"], block["heading"]))))
    lines += ["", "sources:", *(f"  {source['author']}: {source['title']}" for source in facts["sources"])]
    lines += [
        "",
        "framings with notes for it:",
        *(f"  {framing['id']}" for framing in facts["framings"] or [{"id": "none"}]),
    ]
    return lines


@click.command()
@click.argument("name", metavar="handout|practice|framing|packet|workspace")
def schema(name: str) -> None:
    """Print the JSON Schema of one kind of file, for editors that complete and check."""
    from handoutkit.models.json_schema import MODELS, json_schema_text

    known = next((known for known in MODELS if known == name), None)
    if known is None:
        raise click.UsageError(f"there is no schema `{name}`; there are: {', '.join(MODELS)}")
    click.echo(json_schema_text(known), nl=False)


_MARKS = {"ok": "ok      ", "slow": "slower  ", "weaker": "weaker  "}


@click.command()
@json_option
@pass_session
def doctor(session: Session) -> None:
    """Tell what is installed, what is missing and how to get it."""
    from handoutkit.doctor import findings

    found = findings(session.folder)
    for finding in found:
        if finding.state == "missing":
            continue  # told as a problem below
        session.say(f"{_MARKS[finding.state]}{finding.name}: {finding.detail}")
        if finding.hint:
            session.say(f"        {finding.hint}")
    missing = [finding for finding in found if finding.state == "missing"]
    if missing:
        raise MachineError(Problem("missing", f"{f.name}: {f.detail}", f.hint) for f in missing)
    session.give({"findings": [finding.as_json() for finding in found], "problems": []})
