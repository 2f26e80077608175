"""The app that runs already: where it is, and how a second start gets into it instead of starting another."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import suppress
from pathlib import Path

from handoutkit.files.atomic_write import write_file

from .access import KNOCK, KNOCK_HEADER, Keys

RUNNING = ".running"
"""Beside the workspace's files, for its owner only: the port, and a secret that opens the app once more."""
LONGEST_WAIT = 20.0
"""Seconds in which an app that has just been started answers."""


def say_where(folder: Path, keys: Keys) -> None:
    """Write where the app of this workspace is, unless another of it runs; if it cannot be written, nobody joins."""
    other, _ = _read(folder)
    if other not in (0, keys.port) and _listens(other):
        return
    with suppress(OSError):
        write_file(folder / RUNNING, json.dumps({"port": keys.port, "knock": keys.knock}).encode(), private=True)


def forget_where(folder: Path, keys: Keys) -> None:
    """Remove what was written, if it is of this app."""
    with suppress(OSError):
        if _read(folder) == (keys.port, keys.knock):
            (folder / RUNNING).unlink()


def way_in(folder: Path) -> Path | None:
    """A file that leads a browser into the app that runs over this workspace, once; None if none runs."""
    port, knock = _read(folder)
    if not port:
        return None
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    try:
        asked.request("POST", KNOCK, headers={KNOCK_HEADER: knock})
        answer = asked.getresponse()
        file = Path(answer.read().decode()) if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException, UnicodeError):
        return None  # it was ended without having removed the file
    finally:
        asked.close()
    # Another program may have the port now: only a file of the kind that we write is opened.
    return file if file and file.parent == folder.resolve() and file.name.startswith("open-handoutkit-") else None


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except (OSError, OverflowError):
        return False
    return True


def _read(folder: Path) -> tuple[int, str]:
    try:
        found = json.loads((folder / RUNNING).read_bytes())
        return int(found["port"]), str(found["knock"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""
