"""The last versions of each file that the app saves: kept in the workspace for its owner only, to be taken back."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handoutkit.files.atomic_write import write_file
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text, refuse_links_outside, unwritable

VERSIONS = ".versions"
MAX_VERSIONS = 20
_KEY = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{16}")
_STAMP = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A version of a file: what it held once.

    Attributes:
        key: by which it is asked for: when it was saved, and the start of its digest.
        at: when it was saved.
    """

    key: str
    at: datetime
    path: Path

    @property
    def source(self) -> SourceFile:
        """Its text. Raises ContentError: it cannot be read."""
        return read_text(self.path)


def keep_version(file: Path, data: bytes, saved_at: float, home: Path) -> None:
    """Keep what a file holds before it is written over, and of all its versions the newest alone.

    Args:
        file: where it is saved in the workspace.
        saved_at: when that was saved, in seconds since 1970.

    Raises:
        MachineError: it cannot be written.
    """
    digest = hashlib.sha256(data).hexdigest()[:16]
    found = versions_of(file, home)
    if found and found[0].key.endswith(digest):
        return
    key = f"{datetime.fromtimestamp(saved_at):{_STAMP}}-{digest}"
    write_privately(_folder(file, home) / f"{key}.yaml", data, home)
    for old in versions_of(file, home)[MAX_VERSIONS:]:
        old.path.unlink(missing_ok=True)


def versions_of(file: Path, home: Path) -> list[FileVersion]:
    """The versions of a file, the newest first."""
    found = sorted(_folder(file, home).glob("*.yaml"), reverse=True)
    return [
        FileVersion(path.stem, at, path)
        for path in found
        if _KEY.fullmatch(path.stem) and path.is_file() and not path.is_symlink() and (at := _moment(path.stem[:22]))
    ]


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP)
    except ValueError:  # no clock of ours has shown it
        return None


def text_by_digest(file: Path, home: Path, digest: str) -> str | None:
    """The text of the version with a digest (SHA-256 of its bytes); None if it is not kept."""
    for one in versions_of(file, home):
        if one.key.endswith(digest[:16]) and hashlib.sha256(one.path.read_bytes()).hexdigest() == digest:
            return one.source.text
    return None


def write_privately(path: Path, data: bytes, home: Path) -> None:
    """Write a file that is its owner's alone into a hidden folder of the workspace. Raises MachineError."""
    refuse_links_outside([path], home)
    hidden = home / path.relative_to(home).parts[0]
    try:
        for folder in (hidden, *reversed([one for one in path.parents if hidden in one.parents])):
            folder.mkdir(mode=0o700, exist_ok=True)
        ignored = hidden / ".gitignore"
        if not ignored.exists():
            write_file(ignored, b"*\n", private=True)
        write_file(path, data, private=True)
    except OSError as error:
        raise unwritable(error, path) from None


def _folder(file: Path, home: Path) -> Path:
    """Where the versions of a file lie: a folder with its place and name."""
    return home / VERSIONS / file.resolve().relative_to(home.resolve())
