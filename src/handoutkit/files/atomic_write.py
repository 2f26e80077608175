"""Atomic writes: a new file replaces the old one when all of it is written, and lines are added in one write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has none


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that readers see the old content or the new one; folders are made as needed.

    Args:
        private: for its owner only (0600); else as the user's umask has it.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def write_files(files: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write several files, all or none: all temporary files are written before the first replaces its target.

    Args:
        private: whether they are their owner's to read alone.

    Raises:
        OSError: one cannot be written; its ``filename`` says which. Nothing is left behind.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, "a folder of that name is in the way", str(path))
            parts[path] = path.with_name(f".{path.name}.{os.getpid()}.part")
            write_file(parts[path], data, private=private)
        for path, part in parts.items():
            part.replace(path)
    except BaseException as error:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
        if isinstance(error, OSError) and not error.filename:
            error.filename = str(next(reversed(parts), ""))
        raise


def append_to_file(path: Path, text: str) -> None:
    """Add to the end of a file for its owner only (0600), in one write and not through a link. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o600)
    try:
        data = text.encode()
        if os.write(handle, data) < len(data):
            raise OSError(28, "No space left on device", str(path))
    finally:
        os.close(handle)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
