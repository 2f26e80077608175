"""Files of the largest size there can be, made to be slow or large to read; each is read in the main process.

A program of its own, so that memory is that of reading alone: it prints as JSON what each comes to.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from handoutkit.errors import ContentError
from handoutkit.loading.catalogues import load_catalogue
from handoutkit.loading.files import MAX_BYTES
from handoutkit.loading.load import load_handout
from handoutkit.loading.translation import translated
from tests.samples import HANDOUT

WORDS = "The opening words."
_TOP = HANDOUT[: HANDOUT.index("framing_slots:")]
_UNSEEN = " # \u202a"  # has to be made fit for a terminal, wherever it is shown
_SIZE = MAX_BYTES - 12_000


def _many(line: Callable[[int], str], count: int) -> str:
    return "".join(map(line, range(count)))


def _slots() -> str:
    slots = _many(lambda n: f"  - {{after: abcdefghijklm-opqrstu-{n + 9999}}}\n", 4_900)
    return f"{_TOP}framing_slots:\n{slots}blocks:\n" + _many(
        lambda n: f"  - {{id: abcdefghijklm-opqrstu-{n}}}\n", 4_900
    )


def _texts(text: str) -> str:
    """As many prose blocks with a text of almost 8,000 characters as a file holds."""
    long = text * (7_900 // len(text))
    return f"{_TOP}blocks:\n" + _many(
        lambda n: f"  - {{type: prose, id: a{n}, text: '[a](https://b.co) {long}'}}\n", _SIZE // 8_010
    )


def _one_line(item: str, count: int) -> str:
    start = "{blocks: [" + item * count + "]}" + _UNSEEN
    return start + "x" * (_SIZE - len(start))


HANDOUTS: dict[str, Callable[[], str]] = {
    "19,700 keys that are not known": lambda: HANDOUT + _many(lambda n: f"k{n:05}{'x' * 38}: 1\n", 19_700),
    "9,500 measures without anything, on one line": lambda: _one_line("{type: measure}, ", 9_500),
    "3,900 keys without a value, on one line": lambda: _one_line("{type: prose, text: , heading: }, ", 3_900),
    "6,500 tags that are written as numbers, on one line": lambda: _one_line(r'{type: prose, text: "\x3ca>"}, ', 6_500),
    "4,900 slots after 4,900 blocks of other names": _slots,
    "brackets that open": lambda: _texts("["),
    "links that do not end": lambda: _texts("[a](b"),
    "stars that do not end": lambda: _texts("*a **b"),
    "a folded text with 980,000 empty lines": lambda: HANDOUT.replace(
        f"    text: {WORDS}", "    text: >+\n      a" + "\n" * _SIZE
    ),
}
_HEADER = """\
msgid ""
msgstr ""
"Language: es\\n"
"Last-Translator: A\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""
CATALOGUES: dict[str, Callable[[], str]] = {
    "messages that stand twice": lambda: _HEADER + '\nmsgid "a"\nmsgstr ""\n' * (_SIZE // 22),
    "a translation of stars": lambda: f'{_HEADER}\nmsgid "{WORDS}"\nmsgstr "{"**a " * (_SIZE // 4)}"\n',
    "room for a billion plurals": lambda: (
        _HEADER + '"Plural-Forms: nplurals=1000000000;\\n"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'
    ),
    "a header of 500,000 parts": lambda: f'{_HEADER}"Plural-Forms: {"a;" * (_SIZE // 2)}\\n"\n',
}


FILES = {
    **{f"YAML: {name}": make for name, make in HANDOUTS.items()},
    **{f"PO: {name}": make for name, make in CATALOGUES.items()},
}
LINEAR = ("YAML: 19,700 keys that are not known", "YAML: stars that do not end", "PO: messages that stand twice")
"""Slow because they are large, and never were slower."""


def main(names: list[str]) -> None:
    """Read each of these; print its name, processor seconds, MB more than before all, and the first problem's code."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.yaml")
        plain.write_text(HANDOUT, encoding="utf-8")
        handout = load_handout(plain)
        before = _peak()
        for name in names:
            path = Path(folder, "a.yaml" if name.startswith("YAML") else "a.po")
            path.write_text(FILES[name](), encoding="utf-8")
            assert path.stat().st_size <= MAX_BYTES, name
            started = time.process_time()
            try:
                if path.suffix == ".yaml":
                    load_handout(path)
                else:
                    translated(handout, load_catalogue(path, "es"))
                code = ""
            except ContentError as error:
                code = error.problems[0].code
            print(json.dumps([name, time.process_time() - started, _peak() - before, code]), flush=True)  # noqa: T201


def _peak() -> float:
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main(sys.argv[1:])
