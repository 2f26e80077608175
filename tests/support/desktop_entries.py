"""Reads desktop entries as the Desktop Entry Specification 1.5 says, so that what we write is held against it."""

from __future__ import annotations

import re

_ESCAPED = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def read_entry(text: str) -> dict[str, str]:
    """The keys of an entry's first group, with the values as they are meant ("Possible value types")."""
    lines = iter(text.splitlines())
    assert next(lines) == "[Desktop Entry]"
    found: dict[str, str] = {}
    for line in lines:
        if not line or line.startswith("#"):
            continue
        assert not line.startswith("["), "another group"
        key, _, value = line.partition("=")
        found[key] = re.sub(r"\\(.)", lambda one: _ESCAPED[one[1]], value)
    return found


def exec_words(value: str) -> list[str]:
    """The words that an ``Exec`` value runs ("The Exec key"), where no field code stands in it."""
    words: list[str] = []
    at = 0
    while at < len(value):
        if value[at] == " ":
            at += 1
            continue
        if value[at] == '"':
            quoted = re.compile(r'"((?:[^"`$\\]|\\["`$\\])*)"(?= |$)').match(value, at)
            assert quoted, "a quoted argument that is not closed, or has a letter that is not escaped"
            words.append(_without_codes(re.sub(r"\\(.)", r"\1", quoted[1])))
            at = quoted.end()
        else:
            plain = re.compile(r"[^ ]+").match(value, at)
            assert plain
            assert not set(plain[0]) & set("\t\n\"'\\><~|&;$*?#()`"), "a reserved letter outside quotes"
            words.append(_without_codes(plain[0]))
            at = plain.end()
    return words


def _without_codes(word: str) -> str:
    assert not re.search(r"%[^%]", word.replace("%%", "")), "a field code"
    return word.replace("%%", "%")
