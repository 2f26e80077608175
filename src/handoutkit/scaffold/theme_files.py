"""Themes that travel: one packed into a file for somebody else, and such a file added to a workspace."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import FilePosition
from handoutkit.files.text_files import read_bytes, read_text, reason, shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import template_folders
from handoutkit.library.theme_folders import lineage
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import Loaded
from handoutkit.models.settings.theme_settings import ThemeSettings

from .new_files import write_new
from .packed_theme import ENDINGS, MAX_PACKED, is_place

LIMITS = ResourceLimits(seconds=30, wall=120, memory=1_000_000_000)
_WORKER = "handoutkit.scaffold.packed_theme"
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
_ADDRESS = re.compile(r"""theme:([^"')\s]+)""")


def pack_theme(workspace: Workspace, name: str, folder: Path) -> Path:
    """Write a theme of the workspace into a file, with those of its own that it comes from; the same bytes each time.

    Args:
        folder: where the file goes; it is called like the theme.

    Raises:
        UsageError: there is no such theme.
        ContentError: it is one that ships, or uses files outside its folder; or another file of that name is there.
    """
    templates = workspace.folder / "templates"
    line = lineage(name, workspace.roots)
    own = [each for each, _ in line if (templates / each).is_dir()]
    if name not in own:
        hint = f"everybody has it; `handoutkit theme copy {name} our-look` makes one of your own"
        raise ContentError(Problem("shipped-theme", f"the theme `{name}` comes with handoutkit", hint))
    files = {path.relative_to(templates).as_posix(): path for each in own for path in _files(templates / each)}
    problems = [
        *_outside(files, workspace),
        *(one for each, loaded in line for one in _letters(each, loaded, workspace)),
    ]
    if problems:
        raise ContentError(problems)
    data = _packed(files)
    _unpacked(data, f"{name}.zip", set(workspace.theme_files) - set(own), taken=())
    path = folder / f"{name}.zip"
    if path.exists() and path.read_bytes() != data:
        hint = "move it away first; nothing is overwritten"
        raise ContentError(Problem("already-there", "there is another file of that name", hint, file=shown(path)))
    write_new({path: data}, folder, path)
    return path


def add_theme(workspace: Workspace, path: Path) -> tuple[list[str], list[Path]]:
    """Put the themes of a packed file into the workspace; nothing is overwritten.

    Returns:
        The names of the themes, and the files that were written.

    Raises:
        ContentError: with all that is wrong with it; then nothing is written.
        MachineError: a file cannot be written.
    """
    try:
        data = read_bytes(path, MAX_PACKED)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        hint = "check the spelling of its name, and that you may open it"
        message = f"this file cannot be read ({reason(error)})"
        raise ContentError(Problem("unreadable", message, hint, file=shown(path))) from None
    if len(data) > MAX_PACKED:
        hint = "leave out what no page uses, and make pictures smaller"
        message = f"this file is larger than {MAX_PACKED // 1_000_000} MB"
        raise ContentError(Problem("too-large", message, hint, file=shown(path)))
    files = _unpacked(data, shown(path), set(workspace.theme_files), taken=_folders(workspace))
    templates = workspace.folder / "templates"
    write_new({templates / name: content for name, content in files.items()}, workspace.folder, templates)
    return sorted({name.split("/")[0] for name in files}), [templates / name for name in files]


def _folders(workspace: Workspace) -> list[str]:
    """What no theme that is added may be called: the folders of themes, and of fonts and words for all of them."""
    return sorted({one.name.casefold() for folder in template_folders(workspace.roots) for one in folder.iterdir()})


def _unpacked(data: bytes, name: str, known: set[str], *, taken: Collection[str]) -> dict[str, bytes]:
    """The files in it, looked through in the worker, whose word on where they go is not taken. Raises ContentError."""
    args = (data, name, sorted(known), taken)
    files = the_worker().call(f"{_WORKER}:unpacked_theme", *args, limits=LIMITS, file=name)
    if not all(is_place(path) and path.split("/")[0] not in taken and type(found) is bytes for path, found in files):
        message = "what came back from the process that unpacks this theme are no files of one"
        hint = "someone may mean harm with it: do not use it, and ask who sent it"
        raise ContentError(Problem("worker-died", message, hint, file=name))
    return dict(files)


def _files(folder: Path) -> list[Path]:
    """The files of a theme that can be packed; hidden ones and those of other kinds are no part of it."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    ]


def _outside(files: dict[str, Path], workspace: Workspace) -> Iterator[Problem]:
    """A problem for each address in a packed file that leads to a file of the workspace which is not packed."""
    for path in files.values():
        if path.suffix.lower() not in (".css", ".html"):
            continue
        source = read_text(path)
        for found in _ADDRESS.finditer(source.text):
            if found[1] not in files and (workspace.folder / "templates" / found[1]).exists():
                mark = FilePosition.in_text(source.text, found.start(), len(found[0]))
                message = f"`{found[0]}` is not in the folder of the theme, and would not travel with it"
                hint = 'move the file there, and write its address from this file, such as url("../fonts/Lora.woff2")'
                yield source.problem_at(mark, "outside-theme", message, hint)


def _letters(name: str, loaded: Loaded[ThemeSettings], workspace: Workspace) -> Iterator[Problem]:
    """A problem for each font of a theme's lettering that is in the workspace, and not in the theme."""
    templates, lettering = workspace.folder / "templates", loaded.model.lettering
    for key in ("regular", "bold") if lettering else ():
        file = getattr(lettering, key)
        if (templates / file).is_file() and not (templates / name / file).is_file():
            message = f"`{file}` is not in the folder of the theme, and would not travel with it"
            hint = f"move it to templates/{name}/{file}; what is written here stays"
            yield loaded.source.problem("outside-theme", message, hint, at=("lettering", key))


def _packed(files: dict[str, Path]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _SAME_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return made.getvalue()
