"""The user's own handouts, packets and framings: made anew, copied, and given another title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import is_inside, read_text, shown
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.json_schema import SchemaName, json_schema_text
from handoutkit.yaml_writing.yaml_edit import rewritten

from .ids_from_titles import id_from_title
from .new_files import SCHEMA_LINE, write_new
from .start import SCAFFOLD, handout_text, translations_of

OwnKind = Literal["handout", "packet", "framing"]
"""What a person has of their own; a practice is one of its kind, and is neither copied nor taken away."""
FOLDER_OF: Mapping[OwnKind, str] = {
    "handout": "handouts",
    "packet": "handouts/packets",
    "framing": "handouts/framings",
}
PICTURE = re.compile(r"[\w./-]+\.(?:svg|png|jpe?g)\b")
"""How a file names a picture that stands beside it."""


def files_of(workspace: Workspace, what: OwnKind) -> Mapping[str, Path]:
    """All files of a kind by id, the user's before the shipped ones. Raises ContentError."""
    return {
        "handout": workspace.handout_files,
        "packet": workspace.packet_files,
        "framing": workspace.framing_files,
    }[what]


def is_own(workspace: Workspace, path: Path) -> bool:
    """Whether a file is the user's own, and not one that ships."""
    return is_inside(path, workspace.roots[0])


def new_handout(library: Library, title: str, kind: str, today: date) -> str:
    """Write a handout with words to write over, and give its id.

    Args:
        kind: of handout, such as ``worksheet``.

    Raises:
        ContentError: the title is empty; MachineError: it cannot be written.
    """
    name = _new_id(library.workspace, "handout", title)
    return _write(library.workspace, "handout", name, _with(handout_text(name, kind, today), title=title.strip()), {})


def new_framing(library: Library, title: str, today: date) -> str:
    """Write a framing with one note to write over, and give its id.

    Raises:
        ContentError: the title is empty; MachineError: it cannot be written.
    """
    name = _new_id(library.workspace, "framing", title)
    text = (SCAFFOLD / "framing.yaml").read_text(encoding="utf-8")
    text = text.replace("<<id>>", name).replace("<<today>>", today.isoformat())
    return _write(library.workspace, "framing", name, _with(text, title=title.strip()), {})


def copy_of(library: Library, path: Path, what: OwnKind, title: str, today: date) -> str:
    """Write a copy of a handout, template, packet or framing under a title and an id of its own, and give the id.

    Pictures and translations come along; the new title has yet to be translated.

    Raises:
        ContentError: the title is empty, or the file cannot be read; MachineError: it cannot be written.
    """
    workspace = library.workspace
    name = _new_id(workspace, what, title)
    text = read_text(path).text
    changed: dict[str, Any] = {"id": name, "title": title.strip()}
    if what == "handout":
        changed["reviewed_on"] = today
    beside = translations_of(workspace, what, path.stem, name)
    folder = workspace.folder / FOLDER_OF[what]
    for picture in sorted(set(PICTURE.findall(text))):
        file = path.parent / picture
        if folder != path.parent and file.is_file() and is_inside(file, path.parent):
            own = f"pictures/{name}/{file.name}"
            beside[folder / own] = file.read_bytes()
            text = re.sub(rf"(?<![\w./-]){re.escape(picture)}", own, text)
    return _write(workspace, what, name, _with(text, **changed), beside)


def title_of(path: Path) -> str:
    """The title that a file has; its name, if it has none that can be read."""
    try:
        data = read_yaml(read_text(path))[0].data
    except ContentError:
        data = None
    title = (data.get("title") or data.get("display_name")) if isinstance(data, dict) else None
    return str(title or path.stem.replace("-", " ").capitalize())


def _new_id(workspace: Workspace, what: OwnKind, title: str) -> str:
    if not title.strip():
        raise ContentError(Problem("no-title", "it needs a title", "write what it is to be called", path="title"))
    folder = workspace.folder / FOLDER_OF[what]
    there = {path.stem for path in folder.glob("*.y*ml")}
    return id_from_title(title, {*files_of(workspace, what), *there}, otherwise=what)


def _with(text: str, **changed: Any) -> str:
    """A file's text with some of its values changed, comments and all."""
    source = read_yaml(SourceFile("", Path(), text))[0]
    before = source.data if isinstance(source.data, dict) else {}
    return rewritten(text, before, {**before, **changed})


def _write(workspace: Workspace, what: OwnKind, name: str, text: str, beside: Mapping[Path, bytes]) -> str:
    """Write a new file with what goes beside it, and the schema that its first line names."""
    path = workspace.folder / FOLDER_OF[what] / f"{name}.yaml"
    schema: SchemaName = what
    up = "../" * len(Path(FOLDER_OF[what]).parts)
    lines = text.splitlines()
    if lines and lines[0].startswith(SCHEMA_LINE):
        del lines[0]
    first = f"{SCHEMA_LINE}{up}schemas/{schema}.schema.json"
    files = {**beside, path: ("\n".join([first, *lines]) + "\n").encode()}
    its_schema = workspace.folder / "schemas" / f"{schema}.schema.json"
    if not its_schema.exists():
        files[its_schema] = json_schema_text(schema).encode()
    if path.exists():
        raise ContentError(
            Problem("already-there", "there is a file of that name", "choose another title", file=shown(path))
        )
    write_new(files, workspace.folder, path)
    return name
