"""Checks what a file names within itself or beside it: sources and blocks by their ids, pictures by their names.

They are read from the data and not from the model, so that they are found even where the file has other problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile, clipped, dotted
from handoutkit.models.base import is_picture_file
from handoutkit.models.block_types import second_of_a_kind, twice
from handoutkit.models.filled_in.practice_words import PRACTICE_WORD, PRACTICE_WORDS
from handoutkit.pictures.picture_check import problems_in_pictures

Entries = list[tuple[Address, dict[str, Any]]]
"""The mappings of a list, each with its address."""
_MAX = 100
"""Items of a list that are looked at; the models take no more. Comparing each to each may not take an hour."""


def problems_in_handout(source: SourceFile) -> list[Problem]:
    """Ids that stand twice, references to sources or blocks that are not there, and pictures that cannot be printed."""
    blocks, sources = _entries(source.data, "blocks"), _entries(source.data, "sources")
    slots = _entries(source.data, "framing_slots")
    problems = [*_twice(source, blocks), *_twice(source, sources), *_twice(source, slots)]
    problems += _dangling_sources(source, blocks, _ids(sources))
    pictures = [((*at, "file"), block.get("file")) for at, block in blocks if block.get("type") == "figure"]
    beside = [(at, block.get("picture")) for at, block in blocks if block.get("type") == "prose"]
    pictures += [((*at, "picture", "file"), one.get("file")) for at, one in beside if isinstance(one, dict)]
    opening = source.data.get("illustration")
    if isinstance(opening, str) and is_picture_file(opening):
        pictures.insert(0, (("illustration",), opening))
    problems += problems_in_pictures(source, pictures)
    known = _ids(blocks)
    for at, slot in slots:
        if isinstance(after := slot.get("after"), str) and after not in known:
            problems.append(_dangling(source, (*at, "after"), "block", after, known))
    problems += _unknown_practice_words(source, source.data, ())
    for kind, number in second_of_a_kind([block.get("type") for _, block in blocks]):
        problems.append(source.problem(*twice(kind), at=(*blocks[number][0], "type")))
    return problems


def _unknown_practice_words(source: SourceFile, value: Any, at: Address) -> Iterator[Problem]:
    """Words in double braces that no practice fills."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for key, item in inside:
        yield from _unknown_practice_words(source, item, (*at, key))
    for name in PRACTICE_WORD.findall(value) if isinstance(value, str) else ():
        if name not in PRACTICE_WORDS:
            known = ", ".join(f"`{{{{{word}}}}}`" for word in sorted(PRACTICE_WORDS))
            message = f"no practice has words for `{{{{{name}}}}}`"
            yield source.problem("no-such-practice-word", message, f"known here: {known}", at=at, found=name)


def problems_in_framing(source: SourceFile) -> list[Problem]:
    """Ids that stand twice, and notes or changes that name a source that is not there."""
    said = [entry for key in ("notes", "instead", "also") for entry in _entries(source.data, key)]
    sources = _entries(source.data, "sources")
    return [*_twice(source, said), *_twice(source, sources), *_dangling_sources(source, said, _ids(sources))]


def problems_in_practice(source: SourceFile) -> list[Problem]:
    """A logo that cannot be printed, and framings, notes or rewordings that stand twice."""
    choices = _entries(source.data, "framings")
    logo = source.data.get("logo")
    keys = [key for key in ("file", "light") if isinstance(logo, dict) and logo.get(key)]
    named = [(("logo", key), logo[key]) for key in keys]
    problems = [*problems_in_pictures(source, named), *_twice(source, choices)]
    for at, choice in choices:
        problems += _twice(source, _entries(choice, "add", at))
        problems += _twice(source, _entries(choice, "reword", at), key="note")
    return problems


def problems_in_packet(source: SourceFile) -> list[Problem]:
    """A signature that cannot be printed, handouts that stand twice, whose fields would share a name, and the like."""
    handouts, prefill = _entries(source.data, "handouts"), _entries(source.data, "prefill")
    cover = source.data.get("cover")
    signature = cover.get("signature") if isinstance(cover, dict) else None
    named = [(("cover", "signature", "file"), signature.get("file"))] if isinstance(signature, dict) else []
    return [
        *problems_in_pictures(source, named),
        *_twice(source, handouts, key="handout"),
        *_twice(source, prefill, key="field"),
    ]


def nothing_named(_source: SourceFile) -> list[Problem]:
    """For files that name nothing within themselves."""
    return []


def _entries(data: dict[str, Any], key: str, below: Address = ()) -> Entries:
    items = data.get(key)
    numbered = enumerate(_first(items))
    return [((*below, key, number), item) for number, item in numbered if isinstance(item, dict)]


def _first(items: object) -> Sequence[Any]:
    return items[:_MAX] if isinstance(items, tuple) else ()


def _ids(entries: Entries) -> list[str]:
    return [entry["id"] for _, entry in entries if isinstance(entry.get("id"), str)]


def _twice(source: SourceFile, entries: Entries, key: str = "id") -> Iterator[Problem]:
    first: dict[str, str] = {}
    for at, entry in entries:
        name = entry.get(key)
        if not isinstance(name, str):
            continue
        if name in first:
            message = f"the {key} `{clipped(name)}` stands here a second time"
            hint = f"choose another; {first[name]} has it already"
            yield source.problem(f"duplicate-{key}", message, hint, at=(*at, key))
        else:
            first[name] = f"line {source.spots[(*at, key)].value.line}" if (*at, key) in source.spots else dotted(at)


def _dangling_sources(source: SourceFile, entries: Entries, known: list[str]) -> Iterator[Problem]:
    for at, entry in entries:
        references: list[tuple[Address, Any]] = [((*at, "source"), entry.get("source"))]
        references += [((*at, "sources", n), name) for n, name in enumerate(_first(entry.get("sources")))]
        if isinstance(change := entry.get("reliable_change"), dict):
            references.append(((*at, "reliable_change", "source"), change.get("source")))
        for place, name in references:
            if isinstance(name, str) and name not in known:
                yield _dangling(source, place, "source", name, known)


def _dangling(source: SourceFile, at: Address, what: str, name: str, known: list[str]) -> Problem:
    close = get_close_matches(name[:60], known, n=1)
    hint = f"did you mean `{clipped(close[0])}`?" if close else f"give the right {what} a line `id: {clipped(name)}`"
    message = f"there is no {what} with the id `{clipped(name)}` in this file"
    return source.problem(f"no-such-{what}", message, hint, at=at)
