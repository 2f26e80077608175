"""Loads a YAML file as a model, or raises with every problem of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from handoutkit.errors import ContentError, Problem
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.loading.diagnostics.validation_problems import problems_in
from handoutkit.models.base import Model
from handoutkit.models.document import Translation
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice
from handoutkit.models.settings.theme_settings import ThemeSettings
from handoutkit.models.settings.workspace_settings import WorkspaceSettings

from .ids_in_file import (
    nothing_named,
    problems_in_framing,
    problems_in_handout,
    problems_in_packet,
    problems_in_practice,
)
from .yaml_data import read_yaml

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A model with its source file, for problems that are found later, and its translation, if it is translated."""

    model: M
    source: SourceFile
    translation: Translation | None = None


def load_handout(path: Path) -> Loaded[Handout]:
    """Load a handout. Raises ContentError with every problem of the file."""
    return _load(path, Handout, problems_in_handout)


def load_practice(path: Path) -> Loaded[Practice]:
    """Load a practice. Raises ContentError with every problem of the file."""
    return _load(path, Practice, problems_in_practice)


def load_framing(path: Path) -> Loaded[Framing]:
    """Load a framing. Raises ContentError with every problem of the file."""
    return _load(path, Framing, problems_in_framing)


def load_packet(path: Path) -> Loaded[Packet]:
    """Load a packet. Raises ContentError with every problem of the file."""
    return _load(path, Packet, problems_in_packet)


def load_settings(path: Path) -> Loaded[WorkspaceSettings]:
    """Load the settings of a workspace. Raises ContentError with every problem of the file."""
    return _load(path, WorkspaceSettings, nothing_named)


def load_theme(path: Path) -> Loaded[ThemeSettings]:
    """Load the settings of a theme. Raises ContentError with every problem of the file."""
    return _load(path, ThemeSettings, nothing_named)


_KINDS: dict[str, tuple[type[Model], Callable[[SourceFile], list[Problem]]]] = {
    "handout": (Handout, problems_in_handout),
    "practice": (Practice, problems_in_practice),
    "framing": (Framing, problems_in_framing),
    "packet": (Packet, problems_in_packet),
    "workspace": (WorkspaceSettings, nothing_named),
    "theme": (ThemeSettings, nothing_named),
}


def read_as(kind: str, source: SourceFile) -> Loaded[Any]:
    """What a text would be as a file of a kind that has a schema. Raises ContentError with every problem of it."""
    return read_carefully(_read, source, *_KINDS[kind])


def check_text(source: SourceFile, kind: str) -> tuple[Problem, ...]:
    """Everything wrong with a text that was read and may not be a file yet; ``kind`` is one of its schema's names."""
    try:
        _loaded(source, [], *_KINDS[kind])
    except ContentError as error:
        return error.problems
    return ()


def _load(path: Path, model: type[M], id_problems: Callable[[SourceFile], list[Problem]]) -> Loaded[M]:
    return read_carefully(_read, read_text(path), model, id_problems)


def _read(source: SourceFile, model: type[M], id_problems: Callable[[SourceFile], list[Problem]]) -> Loaded[M]:
    return _loaded(*read_yaml(source), model, id_problems)


def _loaded(
    source: SourceFile, problems: list[Problem], model: type[M], id_problems: Callable[[SourceFile], list[Problem]]
) -> Loaded[M]:
    loaded = None
    if isinstance(source.data, dict):
        try:
            loaded = Loaded(model.model_validate(source.data), source)
        except ValidationError as error:
            problems += problems_in(error, source, model)
        problems += id_problems(source)
    if loaded is None or problems:
        raise ContentError(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column)))
    return loaded
