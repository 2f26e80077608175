"""The parent's side: a worker process, started when it is first needed, ended when it goes too far."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, NoReturn, cast

from handoutkit.errors import ContentError, MachineError, Problem

from . import temporary_folders
from .confinement import folders_to_read
from .environment import short_environment
from .messages import (
    Done,
    Exceeded,
    Failed,
    MessageTooLargeError,
    NotAReplyError,
    Refused,
    Reply,
    Start,
    Task,
    receive,
    reply_of,
    send,
)
from .overdue import Overdue
from .resource_limits import ResourceLimits, hold_process, no_room

_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from handoutkit.isolation.child import main; main()"
"""The child finds modules where the parent does, whatever folder either of them is in by now."""

_AT_FIRST = ResourceLimits(seconds=60, wall=60, memory=1_500_000_000)
"""Until it is given the first task, whose limits it then has."""


class BugInWorkerError(Exception):
    """A bug that showed in the worker; its text is where, by ``frames_of``. ``kind`` is the exception's name."""

    def __init__(self, kind: str, traceback: str) -> None:
        super().__init__(traceback)
        self.kind = kind


class Worker:
    """One process in which functions are called on what comes from outside.

    It stays for the whole run, so that what it imports is paid for once; one that hits a limit is ended, and the next
    call has a new one. What it may read is given to it when it starts and cannot be added to; one that needs more is
    replaced, so it is well to say early what is likely to be needed.
    """

    def __init__(self, given: Mapping[Path, tuple[int, int]] = MappingProxyType({})) -> None:
        """Start nothing yet.

        Args:
            given: files and folders that it may read, each with what it is to the system.
        """
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._given = dict(given)
        self._served = False
        self._busy = threading.Lock()

    def another(self) -> Worker:
        """Another one, which has not been started, and may read what this one was given so far."""
        return Worker(self._given)

    def start(self, reads: Iterable[Path] = ()) -> None:
        """Start the process, if there is none.

        Args:
            reads: files and folders that it may read.

        Raises:
            MachineError: the system gives no process, or there is no room for temporary files.
        """
        with self._busy:  # two threads would start one each, and what another is at would be ended under it
            self._give(reads)
            self._begin()

    def _begin(self) -> None:
        """Start the process, if there is none; whoever calls it keeps others out. Raises MachineError."""
        if self._process is None:
            try:
                self._folder = temporary_folders.new_folder("worker-")
            except OSError as error:
                raise MachineError(no_room(error, Path(tempfile.gettempdir()))) from None
            atexit.register(self.end)  # behind the folder it works in, and so before that is removed
            # -P: a file in the current folder that is called like one of Python's modules is not that module.
            command = [sys.executable, "-P", "-c", _BEGIN, *sys.path]
            own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder))
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own Python
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**short_environment(), **own},
                )
            except OSError as error:
                message = f"no second process can be started ({(error.strerror or 'unknown reason').lower()})"
                hint = f"close other programs; and check that you may run {sys.executable}"
                raise MachineError(Problem("no-worker", message, hint)) from None
            with suppress(OSError):  # that it has ended shows when it is asked for something
                given = Start((*folders_to_read(), *self._given), hold_process(self._process.pid, _AT_FIRST))
                send(cast(BinaryIO, self._process.stdin), pickle.dumps(given))
            self._served = False

    def expect(self, reads: Iterable[Path]) -> None:
        """Note files and folders that a later task will read, so that the process can be started with them.

        Once it runs, nothing is noted: it would have to be replaced, and the task may never come.
        """
        with self._busy:
            if self._process is None:
                self._give(reads)

    def end(self) -> None:
        """End the process, whatever it is at, and remove what it has left."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.__exit__(None, None, None)  # closes the pipes and waits
            atexit.unregister(self.end)
        if self._folder:
            temporary_folders.remove(self._folder)

    def _give(self, reads: Iterable[Path]) -> None:
        """Let the process read these; one that was started without them is ended."""
        more = {}
        for path in reads:
            with suppress(OSError, RuntimeError, ValueError):  # what is not there, or cannot be, cannot be given
                real = path.resolve()
                here = _identity(real)
                if self._given.get(real) != here and not any(map(self._has, real.parents)):
                    more[real] = here
        if more:
            self._given |= more
            self.end()

    def _has(self, folder: Path) -> bool:
        given = self._given.get(folder)
        return given is not None and given == _identity(folder)

    def call(
        self,
        function: str,
        *args: Any,
        limits: ResourceLimits,
        file: str,
        reads: Iterable[Path] = (),
    ) -> Any:
        """Call a function, ``module:name``, in the worker.

        Args:
            args: anything that can be pickled.
            file: what the task is about, as problems name it.
            reads: files and folders that it must read, besides what it was started with.

        Raises:
            HandoutkitError: what the function raised.
            ContentError: a limit was hit, or the process ended.
            MachineError: there is no process to be had.
            BugInWorkerError: the function raised anything else.
        """
        task = Task(function, args, str(Path.cwd()), limits)
        message = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        with self._busy:
            self._give(reads)
            reply = self._ask(message, limits)
            # What earlier tasks have left behind, or someone else's killing, must not count against this one.
            if reply == "died" or (self._served and reply in ("memory", "files")):
                self.end()
                reply = self._ask(message, limits)
            if isinstance(reply, str):
                self.end()
                raise ContentError(_problem(reply, limits, file))
            self._served = True
        if not isinstance(reply, Done):
            _raise(reply)
        return reply.value

    def _ask(self, message: bytes, limits: ResourceLimits) -> Done | Refused | Failed | str:
        """The reply, or which limit was hit; ``died`` if there is no telling why the process is gone."""
        self._begin()
        process = self._process
        assert process is not None  # noqa: S101 - for the type checker
        hold_process(process.pid, limits)
        overdue = Overdue(process, limits)
        try:
            with overdue:
                reply = self._exchange(process, message, limits)
        except MessageTooLargeError:
            return "output"
        except NotAReplyError:
            return "died"
        except (EOFError, OSError):
            return overdue.limit or _cause(process.wait())
        except BaseException:  # Ctrl-C: whatever the worker is at, nobody waits for it any more
            self.end()
            raise
        return reply.limit if isinstance(reply, Exceeded) else reply

    @staticmethod
    def _exchange(process: subprocess.Popen[bytes], message: bytes, limits: ResourceLimits) -> Reply:
        send(cast(BinaryIO, process.stdin), message)
        return reply_of(receive(cast(BinaryIO, process.stdout), limits.output))


def _identity(path: Path) -> tuple[int, int]:
    """What a file or folder is to the system, to which one that was written anew is another. Raises OSError."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _cause(code: int) -> str:
    """Which limit ended a process, by its exit code."""
    return "seconds" if sys.platform != "win32" and code == -signal.SIGXCPU else "died"


def _raise(reply: Refused | Failed) -> NoReturn:
    if isinstance(reply, Refused):
        raise reply.kind(reply.problems)
    raise BugInWorkerError(reply.kind, reply.traceback)


def _problem(limit: str, limits: ResourceLimits, file: str) -> Problem:
    hints = "take back what was changed last in it, or in the templates that it uses; or ask for the file again"
    code, message = {
        "seconds": ("too-much-time", f"this took more than {limits.seconds:,} seconds of processor time"),
        "wall": ("too-much-time", f"this took longer than {limits.wall:,.0f} seconds"),
        "memory": ("too-much-memory", f"this took more than {limits.memory // 1_000_000:,} MB of memory"),
        "files": ("too-many-files", f"this needed more than {limits.files} open files"),
        "output": ("too-much-output", f"what came of this is larger than {limits.output // 1_000_000:,} MB"),
        "died": ("worker-died", "the process that works on this file ended before it was done"),
    }[limit]
    return Problem(code, f"{message}, and was stopped" if limit != "died" else message, hints, file=file)


@lru_cache(maxsize=1)
def _worker_of(_process: int) -> Worker:
    return Worker()


_of_thread = threading.local()


@contextmanager
def lent(worker: Worker) -> Iterator[None]:
    """Make a worker ``the_worker`` of this thread while the block runs."""
    _of_thread.worker = worker
    try:
        yield
    finally:
        del _of_thread.worker


def the_worker() -> Worker:
    """The worker of this run, or the one that this thread has been lent (see ``worker_pool``)."""
    lent_one: Worker | None = getattr(_of_thread, "worker", None)
    return lent_one or _worker_of(os.getpid())  # a fork of this process has its own
