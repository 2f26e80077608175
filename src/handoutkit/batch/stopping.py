"""Ctrl-C as a wish to end well."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heard(asked: threading.Event) -> Iterator[Callable[[], bool]]:
    """Inside the block, a first Ctrl-C (or SIGTERM) is only noted, for the function given to tell; a second one ends.

    Only the main thread of a program can listen to it; in others, only who has ``asked`` can ask.
    """

    def note(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
