"""What was made for whom: one line of JSON for each finished packet, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from handoutkit.files.atomic_write import append_to_file


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A finished packet; the fields are the keys of its line.

    Attributes:
        sha256: of the file.
        input: a digest of all that went into it; keyed, so that it does not tell what that was.
        editions: of the handouts in it, by id.
        options: how it was made.
        copies: how many are to be printed of the one file.
        made_at: UTC, ISO 8601.
    """

    client_ref: str
    file: str
    sha256: str
    input: str
    packet: str
    editions: Mapping[str, int]
    options: Mapping[str, Any]
    copies: int
    encrypted: bool
    verified: str
    made_at: str
    handoutkit: str

    def line(self) -> str:
        """Its line of the manifest."""
        return json.dumps(asdict(self), ensure_ascii=True) + "\n"


class Made(NamedTuple):
    """A packet that an earlier run finished."""

    file: str
    sha256: str
    input: str


class Manifest:
    """The manifest of one batch.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # The last line of a reference counts; the earlier ones say what the client was given before.
        self.made = {made.file: made for made in read_manifest(path)}

    def add(self, entry: ManifestEntry) -> None:
        """Add a line. Raises OSError."""
        append_to_file(self._path, entry.line())


def read_manifest(path: Path) -> Iterator[Made]:
    """The packets of a manifest in the order they were made; lines that are not of our making are left out."""
    if path.is_symlink() or not path.is_file():
        return
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
                made = Made(str(entry["file"]), str(entry["sha256"]), str(entry["input"]))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
            if made.file == f"{entry.get('client_ref')}.pdf" and Path(made.file).name == made.file:
                yield made


def drop_cut_line(path: Path) -> None:
    """Take off a last line that a killed run did not write to its end. Raises OSError."""
    if not path.is_file():
        return
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65_536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                file.truncate(start + found + 1)
                return
            end = start
        file.truncate(0)
