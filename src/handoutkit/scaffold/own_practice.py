"""A practice of the user's own, begun with its name: nothing invented is in it that a client could take for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.library.library import Library
from handoutkit.library.workspace_folder import SETTINGS_FILE
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.json_schema import json_schema_text
from handoutkit.yaml_writing.yaml_edit import rewritten
from handoutkit.yaml_writing.yaml_emit import dumped

from .ids_from_titles import id_from_title
from .new_files import write_new
from .start import SCAFFOLD

INVENTED = ("practitioners", "contact")
"""What the scaffold has as an example, and a practice that was given a name begins without."""


def new_practice(library: Library, title: str) -> str:
    """Write a practice of that name, and give its id; it is marked as an example until somebody has gone through it.

    The first practice of a workspace is the one that is meant where none is named, and stays it when others come.

    Raises:
        ContentError: the name is empty; MachineError: it cannot be written.
    """
    name = title.strip()
    if not name:
        raise ContentError(Problem("no-title", "it needs a title", "write what it is to be called", path="title"))
    workspace = library.workspace
    folder = workspace.folder
    made = id_from_title(name, set(workspace.named_practice_files), otherwise="practice")
    text = (SCAFFOLD / "workspace/practices/my-practice.yaml").read_text(encoding="utf-8")
    path = folder / "practices" / f"{made}.yaml"
    files = {path: _with(text, INVENTED, id=made, display_name=name, legal_name=name).encode()}
    schema = folder / "schemas/practice.schema.json"
    if not schema.exists():
        files[schema] = json_schema_text("practice").encode()
    write_new(files, folder, path)
    if not (workspace.settings and workspace.settings.model.practice):
        usual = next(iter(workspace.own_practices()), made)
        settings = folder / SETTINGS_FILE
        before = read_text(settings).text if workspace.settings else ""
        write_new({settings: _with(before, practice=usual).encode()}, folder, settings)
    return made


def _with(text: str, without: tuple[str, ...] = (), **changed: Any) -> str:
    """A file's text with some of its values changed or taken out, comments and all."""
    read = read_yaml(SourceFile("", Path(), text))[0].data if text.strip() else None
    if not isinstance(read, dict):
        return dumped(changed, 0) + "\n"
    return rewritten(text, read, {**{key: value for key, value in read.items() if key not in without}, **changed})
