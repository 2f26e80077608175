"""What the worker is asked to do in tests: each goes too far in a way of its own."""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import time

from handoutkit.errors import MachineError, Problem


def answer(value: object) -> object:
    return value


def noisy() -> int:
    print("a library says something")  # noqa: T201
    os.write(1, b"and so does one that is not written in Python")
    return len(sys.stdin.read() if not sys.stdin.closed else "")


def where() -> str:
    return os.getcwd()  # noqa: PTH109


def number() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def spin_in_c() -> None:
    """No handler written in Python would run in here."""
    re.match(r"(a|a)*b", "a" * 60)


def sleep() -> None:
    time.sleep(600)


def eat() -> int:
    return len([bytes(50_000_000) for _ in range(1_000)])


def eat_and_hide() -> int:
    """As a careless library does."""
    try:
        return eat()
    except MemoryError:
        os.abort()


def open_many() -> int:
    return len([open(os.devnull) for _ in range(10_000)])  # noqa: PTH123


def write_much() -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(200):
            file.write(bytes(1_000_000))


def give_much() -> bytes:
    return bytes(30_000_000)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(0)


def be_wrong() -> float:
    return 1 / 0


def lack() -> None:
    raise MachineError([Problem("no-pango", "Pango is missing", "type: apt"), Problem("b", "and more")])


def give_what_is_not_ours() -> object:
    return re.compile("x")


def burn() -> None:
    until = time.process_time() + 0.6
    while time.process_time() < until:
        pass


_KEPT: list[bytes] = []


def keep(size: int) -> int:
    _KEPT.append(bytes(size))
    return len(_KEPT[-1])


def has_imported(name: str) -> bool:
    """Whether a module with ``DONE`` at its end has been run to it."""
    return getattr(sys.modules.get(name), "DONE", False)
