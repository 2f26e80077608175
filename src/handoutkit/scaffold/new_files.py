"""Where new files go in a workspace, and how they are written; without the models, which take long to import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import refuse_links_outside, shown, unwritable
from handoutkit.library.workspace import Workspace
from handoutkit.models.base import Id

SCHEMA_LINE = "# yaml-language-server: $schema="
SCHEMA = "schemas/handout.schema.json"
SCHEMA_OF_A_HANDOUT = f"../{SCHEMA}"


def place_for(workspace: Workspace, name: str) -> Path:
    """Where a new handout goes. Raises UsageError if the id is not one, ContentError if it is taken."""
    check_new_id(name)
    path = workspace.folder / "handouts" / f"{name}.yaml"
    own = workspace.handout_files.get(name)
    if own and own.is_relative_to(workspace.roots[0]):
        message = f"there is a handout `{name}` in this workspace"
        raise ContentError(Problem("already-there", message, "choose another id", file=shown(own)))
    return path


def check_new_id(name: str) -> None:
    """Raises UsageError if a name is no id."""
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError as error:
        details = error.errors()[0]
        context = details.get("ctx", {})
        message, hint = context.get("text", f"`{name}` is too long for an id"), context.get("hint", "shorten it")
        raise UsageError(Problem("bad-id", message, hint)) from None


def schema_of_handouts(workspace: Workspace) -> dict[Path, bytes]:
    """The schema that the first line of a handout names, if the workspace has none."""
    if (path := workspace.folder / SCHEMA).exists():
        return {}
    from handoutkit.models.json_schema import json_schema_text  # all models, for once in a workspace's life

    return {path: json_schema_text("handout").encode()}


def write_new(files: Mapping[Path, bytes], folder: Path, place: Path) -> None:
    """Write new files, all or none; ``place`` is named if that fails. Raises ContentError, MachineError."""
    refuse_links_outside(files, folder)
    try:
        write_files(files)
    except OSError as error:
        raise unwritable(error, place) from None
