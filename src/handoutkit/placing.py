"""Files written beside their place and then moved into it: never half a file, never the old one lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def place(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file in one step as others see it; folders are made as needed.

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


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
