"""Pages are made by one thread, which has ended before the app has."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from handoutkit.webapp.render_queue import RenderQueue, SupersededError


def test_of_one_view_only_the_newest_request_is_done() -> None:
    async def ask() -> list[object]:
        queue = RenderQueue()
        asked = [asyncio.create_task(queue.run(lambda given=number: given, view="one")) for number in range(3)]  # type: ignore[misc]
        await asyncio.sleep(0)
        serving = asyncio.create_task(queue.serve())
        found = await asyncio.gather(*asked, return_exceptions=True)
        serving.cancel()
        return found

    first, second, third = asyncio.run(ask())
    assert (type(first), type(second), third) == (SupersededError, SupersededError, 2)


def test_what_is_being_made_ends_with_the_app(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of it goes on behind the app, when its files are gone; and nothing is logged."""
    begun, told, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        told.wait(20)
        time.sleep(0.1)
        ended.set()
        raise FileNotFoundError("its files are gone")

    async def stop() -> None:
        queue = RenderQueue()
        serving = asyncio.create_task(queue.serve())
        asked = [asyncio.create_task(queue.run(work)) for _ in range(2)]
        await asyncio.to_thread(begun.wait)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await asyncio.to_thread(queue.close, told.set)
        assert ended.is_set()
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(stop())
    assert caplog.records == []
