"""Things to start from: a workspace that builds at once, and handout skeletons that do so too."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from handoutkit.errors import ContentError, MachineError, Problem, UsageError
from handoutkit.library.shipped import PACKAGE
from handoutkit.library.workspace import Workspace
from handoutkit.loading.files import shown
from handoutkit.models.base import Id
from handoutkit.models.handout import Kind
from handoutkit.models.schema import MODELS, json_schema_text
from handoutkit.placing import place_all

SCAFFOLD = PACKAGE / "scaffold"
FIRST_HANDOUT = "my-first-handout"
SCHEMA = "schemas/handout.schema.json"
_BODIES: dict[str, tuple[str, ...]] = {
    "psychoeducation": ("reading", "worksheet"),
    "exercise": ("reading", "exercise"),
    "worksheet": ("worksheet", "exercise"),
    "self_monitoring": ("exercise",),
    "measure": ("worksheet",),
    "plan": ("plan",),
    "card": ("plan",),
    "agreement": ("plan",),
}


def start_workspace(folder: Path, today: date) -> list[Path]:
    """Make a workspace; the folder may be there, but not the files.

    Returns:
        The files that were written.

    Raises:
        ContentError: files of these names are there; nothing is written.
        MachineError: a file cannot be written.
    """
    files = {folder / name: text.encode() for name, text in _workspace_files(today)}
    there = [shown(path) for path in files if _in_the_way(path, folder)]
    if there:
        hint = "choose another folder, or move them away"
        raise ContentError(
            Problem("already-there", f"these are already there: {', '.join(there)}", hint, file=shown(folder))
        )
    _write(files)
    return list(files)


def start_handout(workspace: Workspace, name: str, kind: str, today: date) -> Path:
    """Write a skeleton of a handout into the workspace.

    Raises:
        UsageError: the id or kind is not one.
        ContentError: the workspace has such a handout; nothing is written.
    """
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError as error:
        details = error.errors()[0]
        context = details.get("ctx", {})
        message, hint = context.get("text", f"`{name}` is too long for an id"), context.get("hint", "shorten it")
        raise UsageError(Problem("bad-id", message, hint)) from None
    path = workspace.folder / "handouts" / f"{name}.yaml"
    own = workspace.handout_files.get(name)
    if own and own.is_relative_to(workspace.roots[0]):
        message = f"there is a handout `{name}` in this workspace"
        raise ContentError(Problem("already-there", message, "choose another id", file=shown(own)))
    files = {path: handout_text(name, kind, today).encode()}
    schema = workspace.folder / SCHEMA
    if not schema.exists():
        files[schema] = json_schema_text("handout").encode()
    _write(files)
    return path


def handout_text(name: str, kind: str, today: date) -> str:
    """A commented skeleton that builds as it is."""
    text = "".join(_part(part) for part in ("front", *_BODIES[kind], "back"))
    values = {
        "schema": f"../{SCHEMA}",
        "id": name,
        "title": name.replace("-", " ").capitalize(),
        "kind": kind,
        "year": str(today.year),
        "today": today.isoformat(),
    }
    for key, value in values.items():
        text = text.replace(f"<<{key}>>", value)
    return text


def kinds() -> tuple[str, ...]:
    """The kinds of handout there are a skeleton for."""
    return get_args(Kind)


def _workspace_files(today: date) -> Iterator[tuple[str, str]]:
    top = SCAFFOLD / "workspace"
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        yield path.relative_to(top).as_posix(), path.read_text(encoding="utf-8")
    yield f"handouts/{FIRST_HANDOUT}.yaml", handout_text(FIRST_HANDOUT, "worksheet", today)
    for name in MODELS:
        yield f"schemas/{name}.schema.json", json_schema_text(name)


def _part(name: str) -> str:
    return (SCAFFOLD / "handout" / f"{name}.yaml").read_text(encoding="utf-8")


def _in_the_way(path: Path, folder: Path) -> bool:
    """Whether the file is there, or a file is where one of its folders would be."""
    between = [parent for parent in path.parents if parent.is_relative_to(folder)]
    return os.path.lexists(path) or any(parent.exists() and not parent.is_dir() for parent in between)


def _write(files: Mapping[Path, bytes]) -> None:
    try:
        place_all(files)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        name = shown(Path(error.filename)) if error.filename else ""
        hint = "choose another folder, or make room"
        message = f"this file cannot be written ({reason})"
        raise MachineError(Problem("cannot-write", message, hint, file=name)) from None
