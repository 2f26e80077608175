"""A queue with one thread that makes pages: urgent work first, and of one view only the newest request."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class SupersededError(Exception):
    """The same view has made a newer request, so nobody waits for this one."""


class RenderQueue:
    """A queue of work for one thread; more would not help, since WeasyPrint keeps one processor busy."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._waiting: asyncio.PriorityQueue[tuple[int, int, str, Callable[[], Any], asyncio.Future[Any]]]
        self._waiting = asyncio.PriorityQueue()
        self._newest: dict[str, int] = {}
        self._running: Future[Any] | None = None
        self._numbers = itertools.count()

    async def run(self, work: Callable[[], T], *, view: str = "", urgent: bool = True) -> T:
        """The result of work done in the thread.

        Args:
            view: the view that asks; its older requests that have not begun are superseded.

        Raises:
            SupersededError: the view has made a newer request.
        """
        number = next(self._numbers)
        if view:
            self._newest[view] = number
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((0 if urgent else 1, number, view, work, future))
        return await future

    async def serve(self) -> None:
        """Do the work in the queue, until cancelled."""
        while True:
            _, number, view, work, future = await self._waiting.get()
            if future.cancelled():
                continue
            if view and self._newest.get(view, number) != number:
                future.set_exception(SupersededError())
                continue
            try:
                self._running = self._thread.submit(work)
                result = await asyncio.wrap_future(self._running)
            except Exception as error:
                with suppress(asyncio.InvalidStateError):  # whoever waited has gone
                    future.set_exception(error)
            else:
                with suppress(asyncio.InvalidStateError):
                    future.set_result(result)
            if self._newest.get(view) == number:
                del self._newest[view]

    def close(self, end_work: Callable[[], None]) -> None:
        """Begin nothing more, and wait until the thread is done: what it reads may go away after that.

        Args:
            end_work: makes an end of what is being done; called until it has ended. What it raises then is nobody's.
        """
        self._thread.shutdown(wait=False, cancel_futures=True)
        while self._running and not self._running.done():
            end_work()
            wait([self._running], timeout=0.05)
