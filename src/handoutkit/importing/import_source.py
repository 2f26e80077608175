"""The recipe of an import: a file is read in the worker, its pieces become blocks, and the draft is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.workspace import Workspace
from handoutkit.scaffold.ids_from_titles import words_as_id
from handoutkit.scaffold.new_files import place_for, schema_of_handouts, write_new

from .draft import HandoutDraft, drafts_of
from .draft_yaml import draft_yaml
from .plain_document import PlainDocument, unpacked_document

WORKER = f"{__package__}.readers.read_source_task"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=60, wall=180, memory=1_500_000_000, output=60_000_000)
"""For one file; a Word document of two hundred pages takes 6 s and 300 MB."""
PICTURES = "pictures"


@dataclass(frozen=True)
class ImportedHandout:
    """A draft that was written.

    Attributes:
        types: how many blocks of each type it has.
    """

    path: Path
    draft: HandoutDraft
    types: Counter[str]


def import_source(
    workspace: Workspace, path: Path, name: str | None, today: date, rights: str = ""
) -> list[ImportedHandout]:
    """Read a file and write what it is as a handout, or as several if it is too much for one.

    Args:
        name: the id; by default from the name of the file.
        rights: by what right the words are here.

    Raises:
        UsageError: the id is none.
        ContentError: the file cannot be read, or a handout of that id is there; nothing is written.
        MachineError: the files cannot be written.
    """
    name = name or id_for(path)
    place_for(workspace, name)
    document = read_document(path)
    title = path.stem.replace("-", " ").replace("_", " ").strip().capitalize() or name
    drafts = drafts_of(document, name, today, rights=rights, file_title=title)
    files: dict[Path, bytes] = {}
    made = []
    for draft in drafts:
        target = place_for(workspace, draft.front["id"][0])
        for block in draft.blocks:
            if block.data.get("file") in draft.pictures:
                block.data["file"] = f"{PICTURES}/{name}/{block.data['file']}"
        text = draft_yaml(draft, path.name)
        files |= {target.parent / PICTURES / name / file: data for file, data in draft.pictures.items()}
        files[target] = text.encode()
        made.append(ImportedHandout(target, draft, Counter(block.data["type"] for block in draft.blocks)))
    if there := [shown(path) for path in files if path.suffix == ".yaml" and path.exists()]:
        raise ContentError(
            Problem("already-there", f"there is already: {', '.join(there)}", "choose another id with --id")
        )
    write_new(files | schema_of_handouts(workspace), workspace.folder, made[0].path)
    return made


def read_document(path: Path) -> PlainDocument:
    """The plain document of a file, read in the worker. Raises ContentError."""
    beside = path.parent / f"{path.stem}_files"
    reads = [path, *([beside] if beside.is_dir() else [])]
    data, pictures = the_worker().call(f"{WORKER}:read_source", path, limits=LIMITS, file=shown(path), reads=reads)
    try:
        return unpacked_document(data, pictures)
    except ValueError:
        message = "what came back from the process that reads this file is no document"
        hint = "someone may mean harm with it: do not use it, and ask who sent it"
        raise ContentError(Problem("worker-died", message, hint, file=shown(path))) from None


def id_for(path: Path) -> str:
    """An id from the name of a file."""
    return words_as_id(path.stem) or "imported"
