"""Reads the files of themes: those inside their folder alone, and of each no more than a page can need."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.file_digests import known_digest, read_digest, state_of
from handoutkit.files.text_files import is_inside, shown
from handoutkit.library.shipped_files import extra_roots

MAX_BYTES = 5_000_000
"""Of one file of a theme, unless a package of fonts brings it."""


def files_below(root: Path, left_out: frozenset[str], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Yield all files of a ``templates/`` folder by their paths from there; what is wrong is added to ``problems``.

    Args:
        left_out: folders directly in ``root`` of which nothing is read.
    """
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in left_out]
        for name in sorted(folders + names):
            path = Path(folder, name)
            if path.is_symlink() and not is_inside(path, root):
                hint = "copy what it leads to in its place"
                problems.append(Problem("link-outside", "this link leads out of the templates", hint, file=shown(path)))
            elif path.is_file():
                yield path.relative_to(root).as_posix(), path
            elif not path.is_dir():
                problems.append(Problem("not-a-file", "this is not a file", "move it elsewhere", file=shown(path)))


def digest_of(path: Path) -> bytes:
    """The digest of what ``bytes_of`` gives. Raises ContentError."""
    name = str(path)
    return _as_bytes(path, lambda: known_digest(name) or read_digest(name, state_of(name)))


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises ContentError."""
    return _as_bytes(path, path.read_bytes)


def _as_bytes(path: Path, read: Callable[[], bytes]) -> bytes:
    """What is read of a file of no more than ``MAX_BYTES``. Raises ContentError."""
    try:
        too_large = path.stat().st_size > MAX_BYTES
        if too_large and not any(path.is_relative_to(root) for root in extra_roots()):  # rare Chinese characters
            hint = f"make it smaller than {MAX_BYTES:,} bytes"
            raise ContentError(Problem("too-large", "this file is too large for a page", hint, file=shown(path)))
        return read()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ContentError(
            Problem("unreadable", f"this file cannot be read ({reason})", "check its permissions", file=shown(path))
        ) from None
