"""An incremental update of a PDF: its bytes as they are, with changed and new objects after them.

ISO 32000-2, 7.5.6. An update that is read back must be written exactly as ``appended`` writes it, so nothing can stand
between its objects.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENTRY = re.compile(rb"(\d+) 1\n(\d{10}) 00000 n \n")


def saved_for_updates(pdf: pikepdf.Pdf) -> bytes:
    """A PDF without object streams, so that a client's values can be added behind it by changing single objects."""
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class BasePdf:
    """The PDF that updates are appended to.

    Attributes:
        size: one more than its highest object number.
        root: the object number of its catalog.
        xref: where its cross-reference table starts.
        id: the first part of its file identifier, which an update keeps.
        info: the object number of its title, author and so on; 0 if it has none.
    """

    pdf: bytes
    size: int
    root: int
    xref: int
    id: bytes
    info: int

    @classmethod
    def of(cls, pdf: bytes) -> BasePdf:
        """The facts of a PDF with a classic cross-reference table. Raises ValueError if it has none."""
        end = _END.search(pdf[-64:])
        if not end or not pdf.startswith(b"xref", int(end[1])):
            raise ValueError("this PDF has no classic cross-reference table")
        with pikepdf.open(io.BytesIO(pdf)) as document:
            trailer = document.trailer
            root: int = document.Root.objgen[0]
            info = trailer.Info.objgen[0] if "/Info" in trailer else 0
            return cls(pdf, int(trailer.Size), root, int(end[1]), bytes(trailer.ID[0]), info)


def appended(base: BasePdf, objects: Mapping[int, bytes]) -> bytes:
    """The base with objects by number; those from ``base.size`` on are new."""
    tail: list[bytes] = []
    offsets: dict[int, int] = {}
    position = len(base.pdf)
    for number in sorted(objects):
        offsets[number] = position
        whole = b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        tail.append(whole)
        position += len(whole)
    entries = b"".join(b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in offsets.items())
    size = max(base.size, max(objects, default=0) + 1)
    digest = hashlib.md5(b"".join(tail), usedforsecurity=False).hexdigest().encode()  # an identifier, as 14.4 has it
    ids = b"[<%s> <%s>]" % (base.id.hex().encode(), digest)
    info = b"/Info %d 0 R" % base.info if base.info else b""  # whoever reads an update looks in its trailer alone
    trailer = b"<</Size %d/Root %d 0 R%s/Prev %d/ID %s>>" % (size, base.root, info, base.xref, ids)
    tail.append(
        b"xref\n0 1\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (entries, trailer, position)
    )
    return base.pdf + b"".join(tail)


def read_update(base: BasePdf, pdf: bytes) -> dict[int, bytes]:
    """The objects of a base's update, by number.

    Raises:
        ValueError: the PDF is anything but the base and one update as ``appended`` writes it.
    """
    end = _END.search(pdf[-64:])
    if not pdf.startswith(base.pdf) or not end:
        raise ValueError("the laid-out part is not the one that was read")
    table = int(end[1])
    if not len(base.pdf) <= table <= len(pdf):
        raise ValueError("there is no update")
    starts = [(int(number), int(offset)) for number, offset in _ENTRY.findall(pdf, table)]
    ends = [offset for _, offset in starts[1:]] + [table]
    objects = {}
    for (number, start), stop in zip(starts, ends, strict=True):
        head, foot = b"%d 0 obj\n" % number, b"\nendobj\n"
        objects[number] = pdf[start + len(head) : stop - len(foot)]
    if appended(base, objects) != pdf:
        raise ValueError("the update is not as it is written")
    return objects


def written(value: Any, numbers: Mapping[int, int] | None = None) -> bytes:
    """What ``pikepdf`` gives as an object, as bytes, streams whole.

    Args:
        numbers: the numbers that references get, by those that they have; by default they keep theirs.
    """
    if isinstance(value, Stream):
        raw = value.read_raw_bytes()
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (_entries(value.stream_dict, numbers), len(raw), raw)
    if isinstance(value, Dictionary):
        return b"<<%s>>" % _entries(value, numbers)
    if isinstance(value, Array):
        return b"[%s]" % b" ".join(_item(item, numbers) for item in value)
    if isinstance(value, Object):
        return value.unparse()
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    return b"%s" % format(value, "f" if isinstance(value, Decimal) else "d").encode()


def reachable(start: Any, without: frozenset[int] = frozenset()) -> list[Object]:
    """The indirect objects that an object refers to, near and far, each once; ``without`` those of some numbers."""
    found: dict[int, Object] = {}
    stack = [start]
    while stack:
        new = [
            item
            for item in items_of(stack.pop())
            if isinstance(item, Object) and item.objgen[0] not in found and item.objgen[0] not in without
        ]
        found |= {item.objgen[0]: item for item in new if item.is_indirect}
        stack += new
    return list(found.values())


def items_of(value: Any) -> Any:
    """What stands in an array, or behind the keys of a dictionary or stream; nothing for other objects."""
    entries = value.stream_dict if isinstance(value, Stream) else value
    return entries.values() if isinstance(entries, Dictionary) else entries if isinstance(entries, Array) else ()


def changed_objects(pdf: bytes) -> frozenset[int]:
    """The numbers of the objects in the last update of a PDF, as ``appended`` writes it. Raises ValueError."""
    end = _END.search(pdf[-64:])
    if not end:
        raise ValueError("there is no update")
    return frozenset(int(number) for number, _ in _ENTRY.findall(pdf, int(end[1])))


def _entries(entries: Any, numbers: Mapping[int, int] | None) -> bytes:
    kept = ((key, item) for key, item in entries.items() if key != "/Length")
    return b"".join(b"%s %s" % (Name(key).unparse(), _item(item, numbers)) for key, item in kept)


def _item(item: Any, numbers: Mapping[int, int] | None) -> bytes:
    if isinstance(item, Object) and item.is_indirect:
        number = item.objgen[0]
        return b"%d 0 R" % (number if numbers is None else numbers[number])
    return written(item, numbers)
