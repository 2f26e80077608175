"""Large files are read in the worker first, which has limits, and in this process only if that went well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker

from .source_file import SourceFile

T = TypeVar("T")
LARGE = 64_000
"""Characters; three times the largest file that ships. The worst that we could think of below it takes 0.8 s, 35 MB."""
LIMITS = ResourceLimits(seconds=30, wall=120, memory=1_500_000_000)
"""For one file; the worst that we could think of takes 6 s and 190 MB."""


def read_carefully(read: Callable[..., T], source: SourceFile, *args: Any) -> T:
    """Call a reader with a file; if the file is large, the worker reads it first and throws the result away.

    A reply with all that was read would take longer to believe than the reading takes, and would make the parent
    take more kinds of reply than plain values.

    Args:
        read: a function of a module, which takes the file and the rest of the arguments.

    Raises:
        HandoutkitError: what reading it raised.
        ContentError: it hit a limit.
    """
    if len(source.text) > LARGE:
        the_worker().call(f"{__name__}:read_text_file", read, source, *args, limits=LIMITS, file=source.name)
    return read(source, *args)


def read_text_file(read: Callable[..., object], *args: Any) -> None:
    """Read a file in the worker and throw the result away."""
    read(*args)
