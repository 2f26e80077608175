"""Whoever listens is told that pages may be new."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager


class Changes:
    """What listens, and the number of the last change."""

    def __init__(self) -> None:
        self.number = 0
        self._listeners: set[asyncio.Event] = set()
        self.closing = False

    def tell(self) -> None:
        """Something has changed."""
        self.number += 1
        self._wake()

    def close(self) -> None:
        """Nothing more will be told, so that the server can end."""
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

    async def heard(self) -> AsyncIterator[str]:
        """Server-sent events, one for each change, with a sign of life between them."""
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
