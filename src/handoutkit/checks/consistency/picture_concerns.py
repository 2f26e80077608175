"""Pictures that are printed, but not as they are meant, and a name that is heard or seen twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.pictures.picture_check import PictureFault, check_picture
from handoutkit.pictures.print_ready import WHITE_GROUND

_ON_WHITE = "picture-white"


def logo_concerns(practice: Loaded[Practice]) -> list[Problem]:
    """What of a practice's logo will not look as it is meant, as warnings."""
    logo = practice.model.logo
    if logo is None:
        return []
    problems = _concerns(practice.source, ("logo", "file"), logo.file)
    if logo.light:  # which is meant to be light
        lights = _concerns(practice.source, ("logo", "light"), logo.light)
        problems += [problem for problem in lights if problem.code != _ON_WHITE]
    names = {name.casefold() for name in (practice.model.display_name, practice.model.legal_name)}
    if logo.text.casefold() in names and not logo.replaces_name:
        message = "who listens to the page hears the name twice: as the logo's `text`, and beside it"
        hint = "if the logo shows the name, add `replaces_name: true`; if not, say in `text` what it shows"
        problem = practice.source.problem("name-twice", message, hint, at=("logo", "text"))
        problems.append(replace(problem, severity="warning"))
    return problems


def picture_concerns(handout: Loaded[Handout]) -> list[Problem]:
    """What of a handout's pictures will not look as it is meant, as warnings."""
    blocks = enumerate(handout.model.blocks)
    named: list[tuple[Address, str]] = [
        (("blocks", number, *at), file) for number, block in blocks for at, file in block.pictures()
    ]
    if opening := handout.model.opening_picture:
        named.append((("illustration",), opening))
    problems = [problem for at, name in named for problem in _concerns(handout.source, at, name)]
    return [problem for problem in problems if problem.code != WHITE_GROUND]


def _concerns(source: SourceFile, at: Address, name: str) -> list[Problem]:
    with suppress(PictureFault):  # which loading has told
        found = check_picture(source.path.parent, name).concerns
        return [replace(source.problem(*concern, at=at), severity="warning") for concern in found]
    return []
