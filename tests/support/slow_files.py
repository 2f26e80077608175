"""Files made to be slow or large to read, of any size up to the largest there can be.

A program of its own, so that time and memory are those of reading alone: it prints as JSON what each comes to.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from handoutkit.errors import ContentError
from handoutkit.isolation.resource_limits import processor_time
from handoutkit.isolation.worker import the_worker
from handoutkit.loading.load_file import load_handout
from handoutkit.translations.apply_catalogue import translated
from handoutkit.translations.catalogue import load_catalogue
from tests.support.samples import HANDOUT

WORDS = "The opening words."
_TOP = HANDOUT[: HANDOUT.index("framing_slots:")]
_UNSEEN = " # \u202a"  # has to be made fit for a terminal, wherever it is shown
_ROOM = 12_000  # for what stands around


def _many(line: Callable[[int], str], count: int) -> str:
    return "".join(map(line, range(count)))


def _slots(size: int) -> str:
    count = min(4_900, size // 75)
    slots = _many(lambda n: f"  - {{after: abcdefghijklm-opqrstu-{n + 9999}}}\n", count)
    return f"{_TOP}framing_slots:\n{slots}blocks:\n" + _many(
        lambda n: f"  - {{id: abcdefghijklm-opqrstu-{n}}}\n", count
    )


def _texts(text: str, size: int) -> str:
    """As many prose blocks with a text of almost 8,000 characters as a file holds."""
    long = text * (7_900 // len(text))
    return f"{_TOP}blocks:\n" + _many(
        lambda n: f"  - {{type: prose, id: a{n}, text: '[a](https://b.co) {long}'}}\n", size // 8_010
    )


def _one_line(item: str, most: int, size: int) -> str:
    start = "{blocks: [" + item * min(most, size // len(item)) + "]}" + _UNSEEN
    return start + "x" * (size - len(start))


HANDOUTS: dict[str, Callable[[int], str]] = {
    "19,700 keys that are not known": lambda size: (
        HANDOUT + _many(lambda n: f"k{n:05}{'x' * 38}: 1\n", min(19_700, size // 48))
    ),
    "9,500 measures without anything, on one line": partial(_one_line, "{type: measure}, ", 9_500),
    "3,900 keys without a value, on one line": partial(_one_line, "{type: prose, text: , heading: }, ", 3_900),
    "6,500 tags that are written as numbers, on one line": partial(
        _one_line, r'{type: prose, text: "\x3ca>"}, ', 6_500
    ),
    "4,900 slots after 4,900 blocks of other names": _slots,
    "brackets that open": partial(_texts, "["),
    "links that do not end": partial(_texts, "[a](b"),
    "stars that do not end": partial(_texts, "*a **b"),
    "a folded text with 980,000 empty lines": lambda size: HANDOUT.replace(
        f"    text: {WORDS}", "    text: >+\n      a" + "\n" * size
    ),
}
_HEADER = """\
msgid ""
msgstr ""
"Language: es\\n"
"Last-Translator: A\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""
CATALOGUES: dict[str, Callable[[int], str]] = {
    "messages that stand twice": lambda size: _HEADER + '\nmsgid "a"\nmsgstr ""\n' * (size // 22),
    "a translation of stars": lambda size: f'{_HEADER}\nmsgid "{WORDS}"\nmsgstr "{"**a " * (size // 4)}"\n',
    "room for a billion plurals": lambda _size: (
        _HEADER + '"Plural-Forms: nplurals=1000000000;\\n"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'
    ),
    "a header of 500,000 parts": lambda size: f'{_HEADER}"Plural-Forms: {"a;" * (size // 2)}\\n"\n',
}


FILES = {
    **{f"YAML: {name}": make for name, make in HANDOUTS.items()},
    **{f"PO: {name}": make for name, make in CATALOGUES.items()},
}
LINEAR = ("YAML: 19,700 keys that are not known", "YAML: stars that do not end", "PO: messages that stand twice")
"""Slow because they are large, and never were slower."""


def main(size: int, names: list[str]) -> None:
    """Read each of these, of at most so many bytes.

    It prints its name, seconds of the processor, those of this process, MB more in it than before all, and the first
    problem's code.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.yaml")
        plain.write_text(HANDOUT, encoding="utf-8")
        handout = load_handout(plain)
        before = _peak()
        for name in names:
            path = Path(folder, "a.yaml" if name.startswith("YAML") else "a.po")
            path.write_text(FILES[name](size - _ROOM), encoding="utf-8")
            assert path.stat().st_size <= size, name
            used, used_there = time.process_time(), _in_worker()
            try:
                if path.suffix == ".yaml":
                    load_handout(path)
                else:
                    translated(handout, load_catalogue(path, "es"))
                code = ""
            except ContentError as error:
                code = error.problems[0].code
            here = time.process_time() - used
            seconds = here + max(0.0, _in_worker() - used_there), here
            print(json.dumps([name, *seconds, _peak() - before, code]), flush=True)  # noqa: T201


def _in_worker() -> float:
    """Seconds of the processor that the worker has taken, which is another one after it was ended."""
    process = the_worker()._process
    return processor_time(process.pid) if process else 0.0


def _peak() -> float:
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
