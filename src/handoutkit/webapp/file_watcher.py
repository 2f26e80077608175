"""Watching the files of a workspace, and telling open pages of each change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from handoutkit.library.workspace_folder import SETTINGS_FILE

FOLDERS = ("handouts", "practices", "templates")
"""Folders that are watched in each root, also if they are made later; beside them, only the settings file is."""


class _ContentFilter(DefaultFilter):
    """Ignores the temporary files that editors, and our own writing, put beside a file for a moment."""

    def __call__(self, change: Change, path: str) -> bool:  # noqa: ARG002 - the signature is watchfiles'
        name = Path(path).name
        return not name.startswith(".") and not name.endswith((".part", "~", ".swp"))


async def watch(roots: Callable[[], Iterable[Path]], changed: Callable[[], None]) -> None:
    """Call ``changed`` after each change of content below the roots, also one by rename, until cancelled."""
    while True:
        tops = tuple(roots())
        inside = asyncio.create_task(_watch_folders(tops, changed))
        try:
            await _watch_roots(tops, changed)
        finally:
            inside.cancel()
            await asyncio.gather(inside, return_exceptions=True)
        asyncio.get_running_loop().call_later(0.05, changed)  # for changes made before the new folders are watched


async def _watch_folders(tops: Iterable[Path], changed: Callable[[], None]) -> None:
    folders = [top / name for top in tops for name in FOLDERS if (top / name).is_dir()]
    async for _ in awatch(*folders, watch_filter=_ContentFilter(), debounce=200, step=10, recursive=True):
        changed()


async def _watch_roots(tops: Iterable[Path], changed: Callable[[], None]) -> None:
    """Watch the settings file, and return when a watched folder is made, removed or replaced."""

    def matters(_change: Change, path: str) -> bool:
        return Path(path).name in (SETTINGS_FILE, *FOLDERS)

    async for found in awatch(*tops, watch_filter=matters, debounce=200, step=20, recursive=False):
        changed()
        if any(change is not Change.modified or Path(path).name == SETTINGS_FILE for change, path in found):
            return


class Changes:
    """The number of the last change, and the pages that wait for the next one."""

    def __init__(self) -> None:
        self.number = 0
        self._listeners: set[asyncio.Event] = set()
        self.closing = False

    def notify(self) -> None:
        """Tell every open page that something has changed."""
        self.number += 1
        self._wake()

    def close(self) -> None:
        """End all event streams, so that the server can stop."""
        self.closing = True
        self._wake()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()

    @contextmanager
    def _listening(self) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        self._listeners.add(event)
        try:
            yield event
        finally:
            self._listeners.discard(event)

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events, one for each change, and a comment every 15 seconds that keeps the stream open."""
        with self._listening() as event:
            yield "retry: 500\nevent: hello\ndata: 0\n\n"
            while not self.closing:
                try:
                    await asyncio.wait_for(event.wait(), timeout=15)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                event.clear()
                if not self.closing:
                    yield f"event: changed\ndata: {self.number}\n\n"
