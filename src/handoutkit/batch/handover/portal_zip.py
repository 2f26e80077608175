"""The packets of a batch in one ZIP, under names that a portal can go by."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from handoutkit.errors import Problem, UsageError, WithheldError
from handoutkit.models.clients.client_ref import CLIENT_REF

from .finished_packets import FinishedPacket

DEFAULT_PATTERN = "{client_ref}"
SAFE_VALUES = (CLIENT_REF, "packet", "language", "batch", "date")
"""What the name of a file may say; nothing else of a client goes into one."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_CHUNK = 1 << 20


def check_pattern(pattern: str) -> str:
    """A pattern of names that can be used, such as ``{client_ref}-{packet}``.

    Raises:
        UsageError: it names something that is not safe in a name, lacks the reference, or makes no name of a file.
    """
    hint = f"it may hold {', '.join(f'{{{name}}}' for name in SAFE_VALUES)}, letters a-z, digits, `-`, `_` and `.`"
    unknown = [name for name in _PLACE.findall(pattern) if name not in SAFE_VALUES]
    if unknown:
        raise UsageError(Problem("bad-file-names", f"the name of a file cannot say `{{{unknown[0]}}}`", hint))
    if f"{{{CLIENT_REF}}}" not in pattern:
        message = "the names of files must hold `{client_ref}`, or two clients would have the same"
        raise UsageError(Problem("bad-file-names", message, hint))
    if not _NAME.fullmatch(_PLACE.sub("x", pattern)):
        raise UsageError(Problem("bad-file-names", "this is no pattern for the names of files", hint))
    return pattern


def write_zip(path: Path, batch: str, packets: Sequence[FinishedPacket], pattern: str, today: date) -> int:
    """Write the packets into a ZIP for its owner only, read it back, and say how many there are.

    Raises:
        WithheldError: a packet is not what the batch made, or comes out of the ZIP as something else.
        OSError: a file cannot be read or written.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            named = {_file_name(pattern, packet, batch, today): packet for packet in packets}
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:  # PDFs are compressed already
                for name, packet in named.items():
                    made.write(packet.path, name)
            with zipfile.ZipFile(file) as read:
                for name, packet in named.items():
                    if _digest(read, name) != packet.sha256:
                        hint = "make the batch again; if that does not help, please report this"
                        message = f"`{packet.path.name}` is not the file that the batch made"
                        raise WithheldError(Problem("withheld", message, hint))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return len(named)


def _file_name(pattern: str, packet: FinishedPacket, batch: str, today: date) -> str:
    values = {
        CLIENT_REF: packet.client_ref,
        "packet": packet.layout.packet,
        "language": packet.layout.language,
        "batch": batch,
        "date": today.isoformat(),
    }
    return _PLACE.sub(lambda found: values[found[1]], pattern) + ".pdf"


def _digest(read: zipfile.ZipFile, name: str) -> str:
    total = hashlib.sha256()
    with read.open(name) as entry:
        while data := entry.read(_CHUNK):
            total.update(data)
    return total.hexdigest()
