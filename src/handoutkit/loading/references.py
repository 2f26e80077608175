"""References inside one file: sources, block ids, pictures. Read from the data, so that they are found even where
the file has other problems too.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from handoutkit.errors import Problem

from .files import is_inside
from .source import Address, SourceFile


def problems_in_handout(source: SourceFile) -> list[Problem]:
    """Ids that stand twice, and references to sources or blocks that are not there."""
    blocks = list(_entries(source.data, "blocks"))
    sources = list(_entries(source.data, "sources"))
    slots = list(_entries(source.data, "framing_slots"))
    problems = [*_twice(source, blocks), *_twice(source, sources), *_twice(source, slots)]
    problems += _dangling_sources(source, blocks, _ids(sources))
    known = _ids(blocks)
    for at, slot in slots:
        if isinstance(after := slot.get("after"), str) and after not in known:
            problems.append(_dangling(source, (*at, "after"), "block", after, known))
    return problems


def problems_in_framing(source: SourceFile) -> list[Problem]:
    """Ids that stand twice, and notes that name a source that is not there."""
    notes = list(_entries(source.data, "notes"))
    sources = list(_entries(source.data, "sources"))
    return [*_twice(source, notes), *_twice(source, sources), *_dangling_sources(source, notes, _ids(sources))]


def problems_in_practice(source: SourceFile) -> list[Problem]:
    """A logo that is not there, or is reached outside the folder of the profile."""
    logo = source.data.get("logo")
    name = logo.get("file") if isinstance(logo, dict) else None
    if not isinstance(name, str) or ".." in name or name.startswith(("/", "\\", "~")) or ":" in name:
        return []  # the model has said what is wrong with it
    file, at = source.path.parent / name, ("logo", "file")
    if not file.is_file():
        hint = "put the picture beside this file and write its name as it is, capitals included"
        return [source.problem("no-such-picture", f"there is no picture `{name}`", hint, at=at)]
    if not is_inside(file, source.path.parent):
        hint = "copy the picture itself beside this file"
        return [source.problem("picture-outside", f"`{name}` is a link that leads out of the workspace", hint, at=at)]
    return []


def _entries(data: dict[str, Any], key: str) -> Iterator[tuple[Address, dict[str, Any]]]:
    items = data.get(key)
    for number, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, dict):
            yield (key, number), item


def _ids(entries: list[tuple[Address, dict[str, Any]]]) -> list[str]:
    return [entry["id"] for _, entry in entries if isinstance(entry.get("id"), str)]


def _twice(source: SourceFile, entries: list[tuple[Address, dict[str, Any]]]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for at, entry in entries:
        name = entry.get("id")
        if isinstance(name, str) and name in seen:
            problems.append(
                source.problem(
                    "duplicate-id", f"the id `{name}` stands here twice", "give one another id", at=(*at, "id")
                )
            )
        elif isinstance(name, str):
            seen.add(name)
    return problems


def _dangling_sources(
    source: SourceFile, entries: list[tuple[Address, dict[str, Any]]], known: list[str]
) -> list[Problem]:
    problems = []
    for at, entry in entries:
        named = entry.get("sources")
        references: list[tuple[Address, Any]] = [((*at, "source"), entry.get("source"))]
        references += [((*at, "sources", n), name) for n, name in enumerate(named if isinstance(named, tuple) else ())]
        for place, name in references:
            if isinstance(name, str) and name not in known:
                problems.append(_dangling(source, place, "source", name, known))
    return problems


def _dangling(source: SourceFile, at: Address, what: str, name: str, known: list[str]) -> Problem:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"give a {what} of this file the line `id: {name}`"
    return source.problem(f"no-such-{what}", f"there is no {what} with the id `{name}` in this file", hint, at=at)
