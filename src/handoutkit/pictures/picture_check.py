"""Checks a practice's logo and a handout's pictures before anything is printed with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import Address, SourceFile, clipped
from handoutkit.files.text_files import is_inside, read_bytes, reason
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.base import check_asset


class PictureFault(Exception):  # noqa: N818 - it is the picture that is at fault
    """Why a picture cannot be printed, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Weight(NamedTuple):
    """What a picture takes to print: pieces to draw of an SVG (see ``svg_work``), pixels of a PNG."""

    pieces: int = 0
    pixels: int = 0


MAX_BYTES = 500_000
PNG_START = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins."""
WORKER = f"{__package__}.picture_check_task"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=20, wall=120, memory=1_500_000_000)
"""For one picture; the worst there can be, 4,000 by 4,000 pixels of 8 bytes, takes 0.8 s and 250 MB."""


MAX_IN_ALL = Weight(pieces=20_000, pixels=20_000_000)
"""Most that the pictures of one file take to print, together."""


def problems_in_pictures(source: SourceFile, named: Iterable[tuple[Address, object]]) -> list[Problem]:
    """What keeps the pictures that a file names from being printed, and what is too much in all.

    Args:
        named: the name of each, with its address; what is no path is left out, for the model has said so.
    """
    problems: list[Problem] = []
    weights: dict[str, Weight] = {}
    pieces = 0
    for at, name in _paths(named):
        try:
            if name not in weights:
                weights[name] = check_picture(source.path.parent, name)
        except PictureFault as fault:
            problems.append(source.problem(fault.code, fault.message, fault.hint, at=at))
            continue
        pieces += weights[name].pieces  # drawn at each place; pixels are in a PDF once
        pixels = sum(weight.pixels for weight in weights.values())
        for count, most, what in ((pieces, MAX_IN_ALL.pieces, "pieces to draw"), (pixels, MAX_IN_ALL.pixels, "pixels")):
            if count > most:
                message = f"the pictures up to this one come to {count:,} {what}, and at most {most:,} are taken"
                hint = "make the pictures smaller or simpler, or make several handouts of this one"
                return [*problems, source.problem("pictures-too-large", message, hint, at=at)]
    return problems


def _paths(named: Iterable[tuple[Address, object]]) -> Iterator[tuple[Address, str]]:
    for at, name in named:
        with suppress(PydanticCustomError):
            if isinstance(name, str):
                yield at, check_asset(name)


def check_picture(folder: Path, name: str) -> Weight:
    """Look through a picture that content names; what it takes to print it. Raises PictureFault.

    Args:
        folder: the folder that ``name`` starts from, and must stay in.
    """
    shown_name = f"`{clipped(name)}`"
    path = folder / name
    try:
        if not is_inside(path, folder):
            hint = "copy the picture itself beside this file"
            raise PictureFault("picture-outside", f"{shown_name} is a link that leads out of the folder", hint)
        data = read_bytes(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise PictureFault("no-such-picture", f"there is no picture {shown_name}", _nearby(path)) from None
    except IsADirectoryError:
        hint = "write the name of a picture in it"
        raise PictureFault("no-such-picture", f"{shown_name} is a folder", hint) from None
    except (OSError, ValueError) as error:
        hint = "check that you may open it"
        raise PictureFault("unreadable", f"{shown_name} cannot be read ({reason(error)})", hint) from None
    if len(data) > MAX_BYTES:
        hint = "save it smaller, or as an SVG"
        raise PictureFault("picture-too-large", f"{shown_name} is larger than {MAX_BYTES // 1000} KB", hint)
    return _weighed(data, path, shown_name)


def _weighed(data: bytes, path: Path, shown_name: str) -> Weight:
    args = (data, path.suffix.lower(), shown_name)
    the_worker().expect([path])  # whatever is set with it
    try:
        answer = the_worker().call(f"{WORKER}:check_here", *args, limits=LIMITS, file=shown_name)
    except ContentError as error:  # a limit that was hit
        problem = error.problems[0]
        raise PictureFault(problem.code, f"{shown_name} cannot be checked: {problem.message}", problem.hint) from None
    if len(answer) == len(Weight._fields):
        return Weight(*answer)
    raise PictureFault(*answer)


def _nearby(path: Path) -> str:
    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix.lower() in (".svg", ".png")]
    except OSError:
        names = []
    if close := get_close_matches(path.name, names, n=1):
        return f"did you mean `{clipped(close[0])}`? capitals count"
    return "put the picture beside this file and write its name as it is, capitals included"
