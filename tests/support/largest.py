"""The largest handouts there can be, of each kind: as many blocks as the limits let in, each at its own maximum.

``scripts/make_security.py`` sets them in each way that a reader may need, and writes what they cost into SECURITY.md.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.handout_size import size_of
from handoutkit.render.sheets.sheet_typesetter import can_be_a_sheet
from handoutkit.translations.work.translate_files import extract_catalogues, items
from tests.support.po_samples import change
from tests.support.samples import FILES, HANDOUT

PAGE = "handouts/small-page.yaml"
MAX_BLOCKS = 78
"""Beside the two at the end."""
Block = dict[str, Any]
_FRONT = HANDOUT.split("framing_slots:")[0] + "clinician_guide:" + HANDOUT.split("clinician_guide:")[1]


class Largest(NamedTuple):
    """A kind of handout: what its nth block is, and the files beside it."""

    block: Callable[[int], Block]
    files: Mapping[str, Callable[[], bytes]] = {}

    def write(self, folder: Path, *, beside: bool = False, on_sheet: bool = False) -> int:
        """Write a workspace with as many blocks as are taken, and say how many that is.

        Args:
            beside: whether each text is to stand there in a second language, too.
            on_sheet: whether it is to be as much as a sheet is looked for; more is a booklet from the start.
        """
        for name, text in FILES.items():
            _write(folder / name, text.encode())
        for name, made in self.files.items():
            _write(folder / name, made())
        taken, refused = 0, MAX_BLOCKS + 1
        while refused - taken > 1:
            middle = (taken + refused) // 2
            taken, refused = (
                (middle, refused) if self._is_taken(folder / PAGE, middle, beside, on_sheet) else (taken, middle)
            )
        assert taken
        assert self._is_taken(folder / PAGE, taken, beside, on_sheet)
        return taken

    def _is_taken(self, path: Path, count: int, beside: bool, on_sheet: bool) -> bool:
        blocks = "".join(f"  - {json.dumps(self.block(number), ensure_ascii=False)}\n" for number in range(count))
        text = _FRONT.split("blocks:\n")[0] + "blocks:\n" + blocks + "  - type: next_step\n  - type: references\n"
        _write(path, text.encode())
        try:
            handout = load_handout(path).model
        except ContentError:
            return False
        if on_sheet and not can_be_a_sheet(handout.blocks, in_two_languages=beside):
            return False
        return not (beside and size_of(handout.blocks).in_two_languages.too_much)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _words(length: int, word: str = "letters ") -> str:
    return (word * (length // len(word) + 1))[: length - 1] + "."


def _prose(text: str, _number: int) -> Block:
    return {"type": "prose", "text": text[:8_000].rsplit(" ", 1)[0]}


def _list(number: int) -> Block:
    del number
    return {"type": "list", "groups": [{"label": "a", "items": ["a b c"] * 7}] * 8}


def _figure(kind: str, regions: int, number: int, **more: object) -> Block:
    parts = [{"id": f"r{n}", "label": _words(20), "value": 0.5} for n in range(regions)]
    return {"type": "figure", "id": f"f{number}", "kind": kind, "alt": "a", "regions": parts, "height": 180, **more}


def _boxes(number: int) -> Block:
    ends = [(start, end) for start in range(13) for end in range(start)][:40]
    links = [
        {"start": f"r{a}", "end": f"r{b}", "label": _words(20), "strength": "tense", "both_ways": True} for a, b in ends
    ]
    return _figure("linked_boxes", 13, number, links=links)


def _records(number: int) -> Block:
    columns = [{"id": f"c{n}", "header": "a"} for n in range(8)]
    return {"type": "record_table", "id": f"t{number}", "columns": columns, "rows": 50, "row_height": 9}


def _table(number: int) -> Block:
    del number
    return {"type": "table", "columns": ["a"] * 6, "rows": [["a"] * 6] * 24}


def _codes(number: int) -> Block:
    return {"type": "qr", "url": f"https://example.org/{number}/" + "a" * 150, "text": "a b c"}


def _nested(number: int) -> Block:
    del number
    return {"type": "list", "groups": [{"label": "a", "items": ["a b c\n- d\n- e"] * 7}] * 8}


def _grid(cell: str, number: int) -> Block:
    rows = {"columns": ["a"] * 14, "rows": ["b"] * 28}
    return {"type": "schedule_grid", "id": f"t{number}", **rows, "cell": cell, "row_height": 9}


def _lines(number: int) -> Block:
    questions = {"questions": ["q"] * 7, "answer_lines": 8}
    return {"type": "vignette", "id": f"v{number}", "story": "a", **questions}


def _cards(number: int) -> Block:
    return {"type": "card_set", "id": f"t{number}", "cards": [{"title": "a", "text": "b", "back": "c"}] * 48}


def _continuum(number: int) -> Block:
    ends = {"question": "q", "left": "a", "right": "b", "maximum": 20}
    return {"type": "continuum", "id": f"c{number}", **ends, "items": [f"i{n}" for n in range(14)]}


def _cells(number: int) -> Block:
    rows = [[{"id": f"c{row}-{column}", "label": "a"} for column in range(4)] for row in range(12)]
    return {"type": "cell_grid", "id": f"g{number}", "rows": rows, "cell_height": 12}


def _measure(number: int) -> Block:
    anchors = [{"label": f"a{n}", "points": n} for n in range(8)]
    items = [{"id": f"i{n}", "text": "a b c"} for n in range(60)]
    said = {"instructions": "a", "rights_statement": "b"}
    return {"type": "measure", "id": f"m{number}", **said, "anchors": anchors, "items": items}


def _picture(suffix: str, number: int) -> Block:
    return {"type": "figure", "kind": "image", "alt": "a", "file": f"{number}.{suffix}"}


@cache
def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 2_200, 2_200, 16, 6, 0, 0, 0)
    rows = zlib.compress(bytes(2_200 * (1 + 2_200 * 8)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99">{inside}</svg>'.encode()


def _arcs() -> bytes:
    return _svg('<path d="M0 0' + "a1 1 0 0 1 1 1" * 26_000 + '"/>')


def _letters() -> bytes:
    return _svg('<text x="1" y="1">abcd</text>' * 1_300)


def _markers() -> bytes:
    line = "M0 0" + "".join(f"L{n % 99} {n % 97}" for n in range(300))
    marker = '<marker id="m">' + '<path d="M0 0L1 1"/>' * 11 + "</marker>"
    return _svg(f'{marker}<path marker-mid="url(#m)" d="{line}"/>')


def _pictures(suffix: str, made: Callable[[], bytes]) -> Largest:
    files = {f"handouts/{number}.{suffix}": made for number in range(MAX_BLOCKS)}
    return Largest(partial(_picture, suffix), files)


def _of_all(number: int) -> Block:
    kinds = (_boxes, _records, partial(_prose, _words(8_000)), _list, _lines, partial(_picture, "png"), _cards)
    return kinds[number % len(kinds)](number)


def _short_blocks(number: int) -> Block:
    """Of several kinds: for a sheet, many tiles which can stand in many ways."""
    kinds: tuple[Block, ...] = (
        {"type": "prose", "heading": "a", "text": "a b c."},
        {"type": "prose", "text": "a b c."},
        {"type": "prompt", "id": f"p{number}", "question": "a", "response": {"type": "line"}},
    )
    return kinds[number % len(kinds)]


WORDS = partial(_prose, _words(8_000))
SHEETS_ONLY = "short blocks"
"""So little in all that the standard setting looks for a sheet, too, and a booklet of it costs nothing."""
LARGEST = {
    "words": Largest(WORDS),
    "words as long as they may be": Largest(partial(_prose, ("x" * 80 + " ") * 99)),
    "words set off": Largest(partial(_prose, "**a** " * 100)),
    "stars": Largest(partial(_prose, "*a " * 99 + _words(7_000))),
    "quotation marks": Largest(partial(_prose, '"a ' * 3_000)),
    SHEETS_ONLY: Largest(_short_blocks),
    "short paragraphs": Largest(partial(_prose, "a\n\n" * 1_200 + " a")),
    "Chinese without a space": Largest(partial(_prose, "\u6211" * 7_990 + " .")),
    "list items": Largest(_list),
    "lists in lists": Largest(_nested),
    "tables to read": Largest(_table),
    "codes for a camera": Largest(_codes),
    "linked boxes": Largest(_boxes),
    "wheels": Largest(partial(_figure, "sectors", 12, scale=10)),
    "axes": Largest(partial(_figure, "axis", 12, scale=10)),
    "records": Largest(_records),
    "ratings": Largest(partial(_grid, "rating")),
    "ticks": Largest(partial(_grid, "tick")),
    "a measure": Largest(_measure),
    "lines to mark": Largest(_continuum),
    "boxes to write in": Largest(_cells),
    "lines to write on": Largest(_lines),
    "cards": Largest(_cards),
    "PNGs": _pictures("png", _png),
    "SVGs of arcs": _pictures("svg", _arcs),
    "SVGs of letters": _pictures("svg", _letters),
    "SVGs of markers": _pictures("svg", _markers),
    "some of all": Largest(_of_all, {f"handouts/{number}.png": _png for number in range(MAX_BLOCKS)}),
}
"""By what they are full of."""


SETTINGS: dict[str, tuple[str, ...]] = {
    "standard": (),
    "large print": ("--format", "large-print"),
    "dyslexia-friendly": ("--format", "dyslexia-friendly"),
    "from the right": ("--lang", "ar"),
    "in two languages": ("--beside", "ar"),
    "as a sheet": ("--layout", "sheet"),
    "as a sheet from the right": ("--layout", "sheet", "--lang", "ar"),
    "as a sheet in two languages": ("--layout", "sheet", "--beside", "ar"),
}
"""The ways in which they can be set, with the options that say so.

Low ink is not among them: it has the pages of the standard with fewer colours.
"""
SLOW_IN_STANDARD = 7
"""Seconds from which a kind is measured in every way. No way makes one 2.8 times as slow: others stay below 20."""
SLOW = (
    *("words", "words as long as they may be", "words set off", "quotation marks", "Chinese without a space"),
    *(
        "lists in lists",
        "tables to read",
        "codes for a camera",
        "list items",
        "ratings",
        "boxes to write in",
        "lines to mark",
        "cards",
        "some of all",
        "SVGs of arcs",
    ),
)
"""The kinds that take so long, and words, which Arabic slows most; ``make security`` fails if one is missing here."""
ON_SHEETS = ("words set off", "list items", SHEETS_ONLY)
"""What bounds all that a sheet is looked for in: most boxes for its letters, most widths for a block, most blocks."""


def is_measured(kind: str, setting: str) -> bool:
    """Whether a cell of the table is measured, for it is not bounded by one that is."""
    if "sheet" in setting:
        return kind in ON_SHEETS
    if kind == SHEETS_ONLY:
        return False
    return setting == "standard" or kind in SLOW


_ARABIC = str.maketrans(
    dict(
        zip(
            "abcdefghijklmnopqrstuvwxyz",
            "\u0627\u0628\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647",
            strict=True,
        )
    )
)


def build(name: str, folder: Path, setting: str = "standard") -> tuple[str, ...]:
    """Write the workspace of a kind, and give the command that builds it in one of ``SETTINGS``."""
    options = SETTINGS[setting]
    LARGEST[name].write(folder, beside="--beside" in options, on_sheet="sheet" in options)
    if "ar" in options:
        _translate(folder)
    return ("build", "small-page", *options)


def _translate(folder: Path) -> None:
    """Put an Arabic letter for each Latin one, in what has no link and no gap."""
    library = Library(Workspace(folder))
    for path in extract_catalogues(items(library, ["small-page"]), "ar")[0]:
        change(path, lambda _, text: text if set("[]{}()") & set(text) else text.translate(_ARABIC))
