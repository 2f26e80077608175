"""Makes files to start from: a workspace, a handout from a skeleton or a template, and a theme."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import Address
from handoutkit.files.text_files import read_text, shown
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import PACKAGE
from handoutkit.library.theme_folders import lineage
from handoutkit.library.workspace import CatalogueKind, Workspace
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout, Kind
from handoutkit.models.json_schema import MODELS, json_schema_text

from .new_files import SCHEMA_LINE, SCHEMA_OF_A_HANDOUT, check_new_id, place_for, schema_of_handouts, write_new

SCAFFOLD = PACKAGE / "scaffold"
FIRST_HANDOUT = "my-first-handout"
_BODIES: dict[str, tuple[str, ...]] = {
    "psychoeducation": ("reading", "worksheet"),
    "exercise": ("reading", "exercise"),
    "worksheet": ("worksheet", "exercise"),
    "self_monitoring": ("exercise",),
    "measure": ("worksheet",),
    "plan": ("plan",),
    "card": ("plan",),
    "agreement": ("plan",),
    "intake": ("worksheet",),
    "notice": ("reading",),
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
    if there := [shown(path) for path in files if _in_the_way(path, folder)]:
        hint = "choose another folder, or move them away"
        raise ContentError(
            Problem("already-there", f"these are already there: {', '.join(there)}", hint, file=shown(folder))
        )
    write_new(files, folder, folder)
    return list(files)


def start_handout(workspace: Workspace, name: str, kind: str, today: date) -> Path:
    """Write a skeleton of a handout into the workspace.

    Raises:
        UsageError: the id is not one.
        ContentError: the workspace has such a handout; nothing is written.
    """
    return _write_handout(workspace, place_for(workspace, name), handout_text(name, kind, today))


@dataclass(frozen=True, slots=True)
class StartedHandout:
    """A copy of a template: its file, the template, and the translations that came along."""

    path: Path
    template: Handout
    translations: tuple[Path, ...]


def start_from_template(library: Library, name: str, template: str, today: date) -> StartedHandout:
    """Write a copy of a template into the workspace, under an id of its own, with the template's translations.

    Args:
        template: its id or file.

    Raises:
        UsageError: the id is not one, or there is no such template.
        ContentError: the template has problems, or the workspace has such a handout; nothing is written.
    """
    path = place_for(library.workspace, name)
    loaded = library.template(template)
    along = translations_of(library.workspace, "handout", loaded.model.id, name)
    _write_handout(library.workspace, path, copied_text(loaded, name, today), along)
    return StartedHandout(path, loaded.model, tuple(along))


def translations_of(workspace: Workspace, kind: CatalogueKind, name: str, new: str) -> dict[Path, bytes]:
    """The catalogues that a copy takes along under its new id, so that it is there in their languages, too.

    Under the old id it has them already; one that the workspace has under the new id is left as it is.
    """
    found: dict[Path, bytes] = {}
    for language, path in workspace.catalogue_files(kind, name).items() if new != name else ():
        own = workspace.own_catalogue(kind, new, language)
        if not own.exists():
            text = read_text(path).text
            found[own] = text.replace(f"Project-Id-Version: {name}\\n", f"Project-Id-Version: {new}\\n", 1).encode()
    return found


def start_theme(workspace: Workspace, parent: str, name: str) -> list[Path]:
    """Write a theme into the workspace that extends another and changes nothing yet.

    Returns:
        The files that were written.

    Raises:
        UsageError: there is no such parent, or the name is no id.
        ContentError: the parent has problems, or there is a theme of that name; nothing is written.
    """
    lineage(parent, workspace.roots)
    check_new_id(name)
    if name in workspace.theme_files:
        file = shown(workspace.theme_files[name].parent)
        raise ContentError(Problem("already-there", f"there is a theme `{name}`", "choose another name", file=file))
    folder = workspace.folder / "templates" / name
    values = {"title": _scalar(name.replace("-", " ").capitalize()), "parent": parent}
    files = {folder / path: _filled(text, values).encode() for path, text in _scaffold("theme")}
    schema = workspace.folder / "schemas" / "theme.schema.json"
    beside = {} if schema.exists() else {schema: json_schema_text("theme").encode()}
    write_new({**files, **beside}, workspace.folder, folder)
    return list(files)


def copied_text(loaded: Loaded[Handout], name: str, today: date) -> str:
    """A handout's text, comments and all, under another id and reviewed today."""
    source = loaded.source
    lines = list(source.lines)
    values: dict[Address, str] = {("id",): _scalar(name), ("reviewed_on",): today.isoformat()}
    # From the end, so that two values on one line do not shift each other.
    marks = [(source.spots[at].value, value) for at, value in values.items()]
    for mark, value in sorted(marks, key=lambda one: (one[0].line, one[0].column), reverse=True):
        line = lines[mark.line - 1]
        lines[mark.line - 1] = line[: mark.column - 1] + value + line[mark.column - 1 + mark.width :]
    if lines[0].startswith(SCHEMA_LINE):
        del lines[0]
    return "\n".join([f"{SCHEMA_LINE}{SCHEMA_OF_A_HANDOUT}", *lines])


def handout_text(name: str, kind: str, today: date) -> str:
    """A commented skeleton that builds as it is."""
    text = "".join(_part(part) for part in ("front", *_BODIES[kind], "back"))
    values = {
        "schema": SCHEMA_OF_A_HANDOUT,
        "id": _scalar(name),
        "title": _scalar(name.replace("-", " ").capitalize()),
        "kind": kind,
        "year": str(today.year),
        "today": today.isoformat(),
    }
    return _filled(text, values)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A text of the scaffold with its ``<<names>>`` replaced by values."""
    for key, value in values.items():
        text = text.replace(f"<<{key}>>", value)
    return text


def _scalar(text: str) -> str:
    """A name in YAML, in quotation marks where it could be taken for a number, a date or a truth value."""
    return f'"{text}"' if text[0].isdigit() or text.lower() in ("null", "true", "false") else text


def kinds() -> tuple[str, ...]:
    """The kinds of handout, each of which has a skeleton."""
    return get_args(Kind)


def _workspace_files(today: date) -> Iterator[tuple[str, str]]:
    yield from _scaffold("workspace")
    yield f"handouts/{FIRST_HANDOUT}.yaml", handout_text(FIRST_HANDOUT, "worksheet", today)
    for name in MODELS:
        yield f"schemas/{name}.schema.json", json_schema_text(name)


def _scaffold(name: str) -> Iterator[tuple[str, str]]:
    """Files of a folder of the scaffold, by their paths from there."""
    top = SCAFFOLD / name
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        yield path.relative_to(top).as_posix(), path.read_text(encoding="utf-8")


def _part(name: str) -> str:
    return (SCAFFOLD / "handout" / f"{name}.yaml").read_text(encoding="utf-8")


def _write_handout(workspace: Workspace, path: Path, text: str, beside: Mapping[Path, bytes] | None = None) -> Path:
    """Write a handout with what goes beside it, and the schema that its first line names if the workspace has none."""
    files = {path: text.encode(), **(beside or {}), **schema_of_handouts(workspace)}
    write_new(files, workspace.folder, path)
    return path


def _in_the_way(path: Path, folder: Path) -> bool:
    """Whether the file is there, or a file is where one of its folders would be."""
    between = [parent for parent in path.parents if parent.is_relative_to(folder)]
    return os.path.lexists(path) or any(parent.exists() and not parent.is_dir() for parent in between)
