"""What a page shows, as a digest: two pages with the same one are the same on paper, wherever their objects stand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Object, Stream

from .printed_page import PrintedPage

_NOT_SHOWN = frozenset(
    {"/Parent", "/StructParents", "/StructParent", "/Annots", "/Tabs", "/B", "/AA", "/Type", "/Length"}
)


class PageDigests:
    """Digests of the pages of one document; what they share is read once.

    Args:
        shares: whether an object is as in all documents of its kind; the digests of those are kept in ``known``.
    """

    def __init__(self, shares: Callable[[Object], bool] | None = None, known: dict[int, bytes] | None = None) -> None:
        self._shares = shares
        self._known = {} if known is None else known
        self._of_objects: dict[int, bytes] = {}

    def of(self, page: PrintedPage) -> bytes:
        """The digest of a page's content and all that it is drawn with."""
        parts = [page.entries, *page.contents]
        return hashlib.sha256(b"".join(map(self._digest, parts))).digest()

    def _digest(self, value: Any) -> bytes:
        if isinstance(value, bytes):  # a stream that is only here yet
            return hashlib.sha256(b"stream" + value).digest()
        number = value.objgen[0] if isinstance(value, Object) and value.is_indirect else 0
        kept = self._of_objects
        if number and self._shares and self._shares(value):
            kept = self._known
        if number and number in kept:
            return kept[number]
        total = hashlib.sha256()
        if isinstance(value, Stream):
            total.update(b"stream")
            self._add_entries(total, value.stream_dict)
            total.update(value.read_raw_bytes())
        elif isinstance(value, Dictionary):
            self._add_entries(total, value)
        elif isinstance(value, Array):
            for item in value:
                total.update(self._digest(item))
        else:
            total.update(value.unparse() if isinstance(value, Object) else repr(value).encode())
        found = total.digest()
        if number:
            kept[number] = found
        return found

    def _add_entries(self, total: Any, entries: Any) -> None:
        for key in sorted(key for key in entries.keys() if key not in _NOT_SHOWN):  # noqa: SIM118 - it is no mapping
            total.update(key.encode())
            total.update(self._digest(entries[key]))
