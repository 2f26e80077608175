"""What columns are usually called in tables that other programs export, and how such names are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handoutkit.models.clients.client_ref import CLIENT_REF

FILE = Path(__file__).with_name("usual_names.yaml")
NAME_PARTS = ("preferred_name", "first_name", "last_name")
"""Columns with a part of a name each; together they are the ``display_name``."""


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """Names by which the row with the names of the columns is found, as ``squashed`` writes them.

    Attributes:
        references: of the column with the clients' references.
        others: of all columns that are known.
    """

    references: frozenset[str]
    others: frozenset[str]


def squashed(name: str) -> str:
    """A name without all that two people write differently: capitals, accents, spaces and signs.

    >>> squashed("Próxima-Cita: ")
    'proximacita'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("#", " number "))
    return "".join(char for char in plain if char.isalnum())


@cache
def usual_names() -> Mapping[str, tuple[str, ...]]:
    """The usual names of each of our columns, the one that is taken first at the front."""
    lists = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        ours: tuple(name for names in by_language.values() for name in names) for ours, by_language in lists.items()
    }


def names_for(wanted: str) -> Iterator[str]:
    """The squashed names by which a column is recognised, the ones to take first at the front."""
    yield squashed(wanted)
    for ours, names in usual_names().items():
        known = [squashed(ours), *map(squashed, names)]
        if wanted == ours or (wanted not in usual_names() and squashed(wanted) in known):
            yield from known


def header_names(wanted: Collection[str], mapped: Mapping[str, str]) -> HeaderNames:
    """By what the header of a table is found.

    Args:
        wanted: our columns that are looked for.
        mapped: our columns by the names that the user gave for them.
    """
    theirs = {squashed(name): ours for name, ours in mapped.items()}
    references = {*names_for(CLIENT_REF), *(name for name, ours in theirs.items() if ours == CLIENT_REF)}
    every = {name for column in {*wanted, *usual_names()} for name in names_for(column)}
    return HeaderNames(frozenset(references), frozenset(every | references | set(theirs)))
