"""Writes a PDF page by page, so that its size is that of the file and not of memory (ISO 32000-2, 7.5).

What the pages of one layout have in common (fonts, pictures, what is printed for everyone) is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Object

from handoutkit.packets.personalise.incremental_update import items_of, written

from .printed_page import PrintedPage

_LEFT_OUT = frozenset({"/Parent", "/StructParents", "/Annots", "/Tabs", "/B", "/AA", "/Type"})
"""Of a page: what only a reader on a screen has a use for, and what is written anew."""
_KIDS = 50
"""Pages of a node of the page tree."""


class PdfStreamWriter:
    """Writes objects as they come, and the page tree and cross-reference table at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offsets: dict[int, int] = {}
        self._numbers = 2  # 1 is the catalog, 2 the root of the page tree
        self._nodes: list[tuple[int, list[int]]] = []
        self._shared: dict[tuple[str, int], int] = {}
        self.pages = 0
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add_page(self, page: PrintedPage, layout: str, shares: Callable[[Object], bool]) -> None:
        """Copy a page without its links and fields.

        Args:
            layout: what the page's document was made from.
            shares: whether an object is as in all documents of that layout, so that it is written once.
        """
        kept = Dictionary({key: item for key, item in page.entries.items() if key not in _LEFT_OUT})
        numbers = self._copied([kept, Array(page.streams)], layout, shares)
        contents = [self._drawn(part) if isinstance(part, bytes) else numbers[part.objgen[0]] for part in page.contents]
        if not self._nodes or len(self._nodes[-1][1]) == _KIDS:
            self._nodes.append((self._number(), []))
        node, kids = self._nodes[-1]
        number = self._number()
        kids.append(number)
        shown = b"/Contents[%s]" % _references(contents) if contents else b""
        self._put(number, b"<</Type/Page/Parent %d 0 R%s%s>>" % (node, shown, written(kept, numbers)[2:-2]))
        self.pages += 1

    def add_empty_page(self, size: Any) -> None:
        """Add a page with nothing on it, as large as ``size``, a MediaBox."""
        self.add_page(PrintedPage(Dictionary(MediaBox=size, Resources=Dictionary()), ()), "", lambda _: False)

    def finish(self, title: str) -> None:
        """Write what leads to all of it."""
        for node, kids in self._nodes:
            self._put(node, b"<</Type/Pages/Parent 2 0 R/Count %d/Kids[%s]>>" % (len(kids), _references(kids)))
        nodes = _references([node for node, _ in self._nodes])
        self._put(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (self.pages, nodes))
        self._put(1, b"<</Type/Catalog/Pages 2 0 R>>")
        about = self._number()
        self._put(about, b"<</Title %s>>" % pikepdf.String(title).unparse())
        start = self._file.tell()
        lines = [b"0000000000 65535 f \n"]
        lines += [b"%010d 00000 n \n" % self._offsets[number] for number in range(1, self._numbers + 1)]
        self._file.write(b"xref\n0 %d\n%s" % (len(lines), b"".join(lines)))
        self._file.write(b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\n" % (len(lines), about))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _drawn(self, operators: bytes) -> int:
        """The number of a stream of operators, which is written."""
        number = self._number()
        self._put(number, b"<</Length %d>>\nstream\n%s\nendstream" % (len(operators), operators))
        return number

    def _copied(self, start: list[Object], layout: str, shares: Callable[[Object], bool]) -> Mapping[int, int]:
        """The numbers here of all objects that some objects refer to; those that are not here yet are written."""
        numbers: dict[int, int] = {}
        new: list[Object] = []
        stack: list[Any] = [*start]
        while stack:
            for item in items_of(stack.pop()):
                number = item.objgen[0] if isinstance(item, Object) else 0
                if not number:
                    stack.append(item)
                elif number not in numbers:
                    shared = shares(item)
                    known = self._shared.get((layout, number)) if shared else None
                    numbers[number] = known or self._number()
                    if shared:
                        self._shared[layout, number] = numbers[number]
                    if not known:
                        new.append(item)
                        stack.append(item)
        for item in new:
            self._put(numbers[item.objgen[0]], written(item, numbers))
        return numbers

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _put(self, number: int, whole: bytes) -> None:
        self._offsets[number] = self._file.tell()
        self._file.write(b"%d 0 obj\n%s\nendobj\n" % (number, whole))


def _references(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
