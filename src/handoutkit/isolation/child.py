"""The worker: calls one function after the other, as the parent asks, until there is nobody to ask."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import pickle
import signal
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from handoutkit.errors import HandoutkitError, MachineError, frames_of

from .confinement import confine
from .messages import Done, Exceeded, Failed, Refused, Reply, Task, receive, send
from .resource_limits import hold, no_room

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_LIMITS_OF_FILES = {errno.EMFILE: "files", errno.EFBIG: "output", errno.ENOMEM: "memory"}


def main() -> None:
    """Serve until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    gc.set_threshold(200_000, 20, 20)  # as in the parent: see cli.main
    requests, replies = _streams()
    try:
        start = pickle.loads(receive(requests))  # noqa: S301 - it comes from the parent
    except (EOFError, OSError):
        return
    confine(start.reads, [Path(tempfile.gettempdir())], own_limits=not start.is_held)
    while True:
        try:
            task = pickle.loads(receive(requests))  # noqa: S301 - it comes from the parent
        except (EOFError, OSError):
            return
        reply = _reply(task)
        if not isinstance(reply, Done):
            gc.collect()  # what was half made lets go of its temporary files
        try:
            send(replies, pickle.dumps(reply, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return
        except MemoryError:
            send(replies, pickle.dumps(Exceeded("memory"), pickle.HIGHEST_PROTOCOL))


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of requests and replies; what a library prints goes nowhere, and not between replies."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    requests = os.fdopen(os.dup(0), "rb")
    os.dup2(nowhere, 0)
    os.close(nowhere)
    return requests, replies


def _reply(task: Task) -> Reply:
    try:
        os.chdir(task.folder)  # files are named in problems as they are seen from there
        function = _found(task.function)
        hold(task.limits)
        return Done(function(*task.args))
    except HandoutkitError as error:
        return Refused(type(error), error.problems)
    except MemoryError:
        return Exceeded("memory")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _LIMITS_OF_FILES:
            return Exceeded(_LIMITS_OF_FILES[error.errno])
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            where = Path(tempfile.gettempdir()).parent.parent  # of this run's folder, in which is ours
            return Refused(MachineError, (no_room(error, where),))
        return Failed(type(error).__name__, frames_of(error))


def _found(function: str) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)
