"""Ends a process that takes longer than it may, by the clock or by the processor, whatever it says to that itself."""

from __future__ import annotations

import subprocess
import threading
import time
from types import TracebackType
from typing import Self

from .resource_limits import ResourceLimits, processor_time

_LOOKS = 1.0
"""Seconds from one look at the processor's time to the next."""
_SPARE = 3.0
"""Seconds of it that the system has for ending the process first: it does, unless that was taken over."""


class Overdue:
    """Watches a process while it is at a task.

    Attributes:
        limit: what it went beyond, ``wall`` or ``seconds``; empty as long as it did not.
    """

    def __init__(self, process: subprocess.Popen[bytes], limits: ResourceLimits) -> None:
        self.limit = ""
        self._process = process
        self._until = time.monotonic() + limits.wall
        self._seconds = processor_time(process.pid) + limits.seconds + _SPARE
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()

    def _watch(self) -> None:
        while not self._done.wait(max(0.0, min(_LOOKS, self._until - time.monotonic()))):
            late = time.monotonic() >= self._until
            if late or processor_time(self._process.pid) > self._seconds:
                self.limit = "wall" if late else "seconds"
                self._process.kill()
                return
