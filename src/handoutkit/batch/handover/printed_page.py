"""A page as it goes to the printer: a packet's own, or one with operators behind them.

What is drawn anew is kept as bytes: made a stream of its packet, it would have that packet's objects read, all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Object, Stream


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a packet, as it is copied into the file for the printer.

    Attributes:
        entries: its dictionary without its content.
        contents: in their order the streams of its document, and what is drawn anew; nothing if it is empty.
    """

    entries: Dictionary
    contents: tuple[Stream | bytes, ...]

    @classmethod
    def of(cls, page: Any) -> PrintedPage:
        """A page of a document."""
        contents = page.get("/Contents", Array())
        parts: list[Any] = list(contents) if isinstance(contents, Array) else [contents]
        entries = Dictionary({key: item for key, item in page.items() if key != "/Contents"})
        return cls(entries, tuple(parts))

    def drawn_over(self, operators: bytes, kind: str, more: Dictionary) -> PrintedPage:
        """A copy with operators behind its own, and more resources of a kind, such as ``/Font``."""
        entries = Dictionary(dict(self.entries.items()))
        resources: Object = self.entries.Resources
        entries.Resources = Dictionary(dict(resources.items()))
        there = dict(resources.get(kind, Dictionary()).items())
        entries.Resources[kind] = Dictionary({**there, **dict(more.items())})
        return PrintedPage(entries, (b"q\n", *self.contents, b"\nQ\n" + operators))

    @property
    def streams(self) -> list[Stream]:
        """Of its contents those that its document has."""
        return [part for part in self.contents if isinstance(part, Stream)]
