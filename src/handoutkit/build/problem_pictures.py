"""Pictures of what is wrong with pages, each in a file beside that of the pages, until these come out as they should.

Pages that are not as they should be are not written, but somebody has to see what is meant. Nobody's values are on them
yet: handouts and packets are laid out before a client's words come into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from handoutkit.errors import ContentError, PlacesPicture, Problem
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import refuse_links_outside, shown

PROBLEMS = ".problems.png"
"""The ending of a picture that shows where on pages something is wrong."""


@contextmanager
def pictured_in(file: Path) -> Iterator[None]:
    """Say of the problems that are raised inside the block in which file below the output folder they are shown."""
    try:
        yield
    except ContentError as error:
        raise ContentError([_pictured(problem, file) for problem in error.problems]) from error


def _pictured(problem: Problem, file: Path) -> Problem:
    return replace(problem, picture=PlacesPicture(problem.picture.png, str(file))) if problem.picture else problem


def keep_pictures(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """Write the pictures of problems below a folder; returns the problems, each with its picture named.

    Where that folder cannot be written to, the problems are told without.
    """
    problems = list(problems)
    pictures = {folder / one.picture.file: one.picture.png for one in problems if one.picture and one.picture.file}
    try:
        refuse_links_outside(pictures, folder)
        write_files(pictures)
    except (ContentError, OSError):
        return problems
    return [_naming(one, folder) for one in problems]


def _naming(problem: Problem, folder: Path) -> Problem:
    if not (problem.picture and problem.picture.file):
        return problem
    return replace(problem, message=f"{problem.message}; shown in {shown(folder / problem.picture.file)}")


def forget_pictures(folder: Path, files: Iterable[Path]) -> None:
    """Take away the pictures of pages that came out as they should."""
    for file in files:
        with suppress(OSError):
            (folder / file).unlink(missing_ok=True)
