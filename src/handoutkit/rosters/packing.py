"""The rows of a table as one piece of bytes, a line of JSON for each.

So they come out of the worker as plain values, in one message; and 10,000 rows take the memory of their letters and not
of 100,000 Python objects, for a batch goes through them several times and keeps none.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator

from .table import Fault, Line

_LONE = "surrogatepass"  # half a letter, which a workbook can hold, is told of later


def packed(lines: Iterable[Line]) -> bytes:
    """Rows as bytes."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    buffer = io.BytesIO()
    for line in lines:
        buffer.write(encode(line).encode("utf-8", _LONE))
        buffer.write(b"\n")
    return buffer.getvalue()


def unpacked(data: bytes) -> Iterator[Line]:
    """The rows again."""
    for line in io.BytesIO(data):
        row, cells, faults = json.loads(line.decode("utf-8", _LONE))
        yield Line(row, tuple(cells), tuple(Fault(*fault) for fault in faults))
