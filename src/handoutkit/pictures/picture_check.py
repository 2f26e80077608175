"""Checks a practice's logo and a handout's pictures before anything is printed with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from handoutkit.errors import ContentError, Problem
from handoutkit.files.recently_used import RecentlyUsed
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
    """What a picture takes to print: pieces to draw of an SVG (see ``svg_work``), pixels as they are printed."""

    pieces: int = 0
    pixels: int = 0


class CheckedPicture(NamedTuple):
    """What a picture takes to print, and the code, message and hint of each thing that will not look as it is meant."""

    weight: Weight
    concerns: tuple[tuple[str, str, str], ...] = ()


MAX_BYTES = 100_000_000
"""Of a file; 40 million pixels that are packed without loss come to that."""
MAX_SVG_BYTES = 10_000_000
"""Of an SVG's file, with the pictures and the notes of drawing programs in it."""
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".heic", ".heif")
"""How the names of pictures end; what a picture is its content says."""
WORKER = f"{__package__}.print_ready"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=30, wall=120, memory=1_500_000_000)
"""For one picture; the worst there can be, 40 million pixels in four bytes each and more, takes some seconds."""


MAX_IN_ALL = Weight(pieces=20_000, pixels=40_000_000)
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
                weights[name] = check_picture(source.path.parent, name).weight
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


def check_picture(folder: Path, name: str) -> CheckedPicture:
    """Look through a picture that content names, and prepare it for print. Raises PictureFault.

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
        raise PictureFault("no-such-picture", f"there is no picture {shown_name}", _nearby(path, name)) from None
    except IsADirectoryError:
        hint = "write the name of a picture in it"
        raise PictureFault("no-such-picture", f"{shown_name} is a folder", hint) from None
    except (OSError, ValueError) as error:
        hint = "check that you may open it"
        raise PictureFault("unreadable", f"{shown_name} cannot be read ({reason(error)})", hint) from None
    if len(data) > MAX_BYTES:
        message = f"{shown_name} is larger than {MAX_BYTES // 10**6} MB"
        raise PictureFault("picture-too-large", message, "save it smaller, or as JPEG")
    return _checked(data, path, shown_name)


def _checked(data: bytes, path: Path, shown_name: str) -> CheckedPicture:
    the_worker().expect([path])  # whatever is set with it
    key = (hashlib.sha256(data).digest(), shown_name)
    return _kept.get(key) or _kept.put(key, _asked(data, shown_name))


_kept = RecentlyUsed[tuple[bytes, str], CheckedPicture](200)


def _asked(data: bytes, shown_name: str) -> CheckedPicture:
    try:
        answer = the_worker().call(f"{WORKER}:check_here", data, shown_name, limits=LIMITS, file=shown_name)
    except ContentError as error:  # a limit that was hit
        problem = error.problems[0]
        raise PictureFault(problem.code, f"{shown_name} cannot be checked: {problem.message}", problem.hint) from None
    if isinstance(answer[0], int):
        pieces, pixels, concerns = answer
        return CheckedPicture(Weight(pieces, pixels), concerns)
    raise PictureFault(*answer)


def _nearby(path: Path, name: str) -> str:
    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix.lower() in SUFFIXES]
    except OSError:
        names = []
    if close := get_close_matches(path.name, names, n=1):
        return f"did you mean `{clipped(close[0])}`? capitals count"
    into, _, _ = name.rpartition("/")
    place = f"into the folder `{clipped(into)}` beside this file" if into else "beside this file"
    return f"put the picture {place} and write its name as it is, capitals included"
