"""How parent and worker speak: a length, then a pickle. The parent believes no more of it than it has to."""

from __future__ import annotations

import io
import pickle
import struct
import sys
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, BinaryIO, get_args

from handoutkit.errors import HandoutkitError, PlacesPicture, Problem, Severity

from .pickle_bounds import refuse_too_much
from .resource_limits import ResourceLimits

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker is told before all tasks: what it may read, and whether its parent holds it to its limits."""

    reads: tuple[Path, ...]
    is_held: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A function to call, as ``module:name``; where, and within what."""

    function: str
    args: tuple[Any, ...]
    folder: str
    limits: ResourceLimits


@dataclass(frozen=True, slots=True)
class Done:
    """What the function gave."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The function raised one of our own errors."""

    kind: type[HandoutkitError]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit was hit, and the worker lived to tell: ``memory``, ``files`` or ``output``."""

    limit: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The function raised something else, which is a bug."""

    kind: str
    traceback: str


Reply = Done | Refused | Exceeded | Failed


class MessageTooLargeError(Exception):
    """More than the parent takes."""


class NotAReplyError(Exception):
    """The worker sent something that no worker of ours sends."""


def send(stream: BinaryIO, data: bytes) -> None:
    """Write one message. Raises OSError: nobody reads."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO, most: int | None = None) -> bytes:
    """Read one message of at most ``most`` bytes. Raises EOFError, TooLargeError."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if most is not None and length > most:
        raise MessageTooLargeError
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


class Distrustful(pickle.Unpickler):
    """Makes plain values and our own kinds of fact, error and row; nothing that runs.

    A library that reads hostile files may be taken over one day. What it then sends must not take over the parent.
    """

    def find_class(self, module: str, name: str) -> Any:
        """What a name in a reply stands for. Raises UnpicklingError: nothing that a reply may name."""
        loaded = sys.modules.get(module) if module.startswith("handoutkit.") else None  # nothing is imported for it
        found = getattr(loaded, name, None)
        if not isinstance(found, type) or found.__module__ != module or not _is_a_fact(found):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _is_a_fact(kind: type) -> bool:
    # Of a class without __setstate__, a pickle can set the attributes, and so change what our own code does.
    return issubclass(kind, HandoutkitError) or (is_dataclass(kind) and hasattr(kind, "__setstate__"))


def reply_of(data: bytes) -> Reply:
    """The worker's reply in a message. Raises NotAReplyError."""
    try:
        refuse_too_much(data)
        reply = Distrustful(io.BytesIO(data)).load()
    except Exception as error:  # a pickle can make any class of ours raise anything
        raise NotAReplyError from error
    if not isinstance(reply, Reply) or not _is_whole(reply):
        raise NotAReplyError
    return reply


def _is_whole(reply: Reply) -> bool:
    """Whether all that says how it failed is of its kind, and can be told as it is."""
    if isinstance(reply, Refused):
        kind: Any = reply.kind
        problems: Any = reply.problems
        if not isinstance(kind, type) or not issubclass(kind, HandoutkitError):
            return False
        return isinstance(problems, tuple) and bool(problems) and all(map(is_told, problems))
    if isinstance(reply, Failed):
        return {type(reply.kind), type(reply.traceback)} == {str}
    return isinstance(reply, Done) or reply.limit in ("memory", "files", "output")


def is_told(problem: Any) -> bool:
    """Whether what came as a problem is one, whole, so that it can be shown."""
    if not isinstance(problem, Problem) or problem.severity not in get_args(Severity):
        return False
    kinds: dict[str, type] = {each.name: int if each.type == "int" else str for each in fields(problem)}
    del kinds["picture"]
    told = all(isinstance(getattr(problem, name), kind) for name, kind in kinds.items())
    return told and _is_picture(problem.picture)


def _is_picture(picture: Any) -> bool:
    """Whether this is no picture, or one that has not said where it belongs: that the worker has no say in."""
    png: Any = getattr(picture, "png", None)
    return picture is None or (isinstance(picture, PlacesPicture) and isinstance(png, bytes) and picture.file == "")
