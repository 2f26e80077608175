"""The bin of a workspace: what was thrown away lies there until somebody puts it back, or empties the folder."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import is_inside, refuse_links_outside, shown, unwritable
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import shipped_root
from handoutkit.library.workspace import CatalogueKind, Workspace

from .own_files import FOLDER_OF, OwnKind, files_of, is_own, title_of

BIN = "bin"
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}(-\d+)?")


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """One thing in the bin; ``key`` is the name of its folder there, ``files`` are by their place in the workspace."""

    key: str
    what: OwnKind
    name: str
    title: str
    at: datetime
    files: tuple[Path, ...]


def throw_away(library: Library, what: OwnKind, name: str, now: datetime) -> str:
    """Move a file of the user's own into the bin, with its translations, and give its key there.

    Where one of that id ships, that is seen again.

    Raises:
        ContentError: it is not the user's own, or a packet names it that could then not be made.
        MachineError: it cannot be moved.
    """
    workspace = library.workspace
    path = files_of(workspace, what).get(name)
    if path is None or not is_own(workspace, path):
        raise ContentError(Problem("not-own", "this came with handoutkit, and is not yours to delete", "leave it"))
    if what == "handout" and not ships(workspace, what, name) and (packets := packets_with(library, name)):
        hint = f"take it out of {' and '.join(packets)} first"
        raise ContentError(Problem("in-a-packet", "a packet has this handout in it", hint))
    kind: CatalogueKind = what
    home = workspace.roots[0]
    own = [one for one in workspace.catalogue_files(kind, name).values() if is_own(workspace, one)]
    key = start = f"{now:%Y-%m-%d-%H%M%S}"
    number = 2
    while (workspace.folder / BIN / key).exists():
        key, number = f"{start}-{number}", number + 1
    _move({one: workspace.folder / BIN / key / one.resolve().relative_to(home) for one in (path, *own)}, workspace)
    return key


def ships(workspace: Workspace, what: OwnKind, name: str) -> bool:
    """Whether one of that id comes with handoutkit, and not only from the user's own folder."""
    shipped = Workspace(shipped_root())
    return shipped.roots[0] != workspace.roots[0] and name in files_of(shipped, what)


def packets_with(library: Library, name: str) -> list[str]:
    """The titles of the packets that a handout is in."""
    packets, _ = library.readable(library.packet, library.workspace.packet_files)
    return [f"“{one.model.title}”" for one in packets if any(part.handout == name for part in one.model.handouts)]


def thrown_away(workspace: Workspace) -> list[ThrownAway]:
    """What lies in the bin, the newest first."""
    folder = workspace.folder / BIN
    found = []
    for place in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else ():
        if one := _read(place):
            found.append(one)
    return found


def put_back(workspace: Workspace, key: str) -> ThrownAway:
    """Move what was thrown away to where it was.

    Raises:
        ContentError: it is not there, or something else has taken its place; MachineError.
    """
    place = workspace.folder / BIN / key
    one = _read(place) if _STAMP.fullmatch(key) else None
    if one is None:
        raise ContentError(Problem("not-in-the-bin", "this is not in the bin any more", "go back to the handouts"))
    targets = {place / file: workspace.folder / file for file in one.files}
    if any(target.exists() for target in targets.values()):
        hint = "rename or delete that first"
        raise ContentError(Problem("place-taken", "there is a new one in its place", hint))
    _move(targets, workspace)
    shutil.rmtree(place, ignore_errors=True)  # nothing but empty folders is left in it
    return one


def _read(place: Path) -> ThrownAway | None:
    if not _STAMP.fullmatch(place.name) or not place.is_dir() or place.is_symlink():
        return None
    files = tuple(sorted(one.relative_to(place) for one in place.rglob("*") if one.is_file() and not one.is_symlink()))
    for file in files:
        top = file.parts[1] if len(file.parts) > 2 else ""
        what: OwnKind = "packet" if top == "packets" else "framing" if top == "framings" else "handout"
        if file.suffix in (".yaml", ".yml") and file.as_posix().startswith(FOLDER_OF[what]):
            with suppress(ValueError):  # no clock of ours has shown it
                at = datetime.strptime(place.name[:17], "%Y-%m-%d-%H%M%S")
                return ThrownAway(place.name, what, file.stem, title_of(place / file), at, files)
    return None


def _move(targets: dict[Path, Path], workspace: Workspace) -> None:
    refuse_links_outside(targets.values(), workspace.folder)
    for path, target in targets.items():
        if not is_inside(path, workspace.folder):
            raise ContentError(
                Problem("link-outside", "this is a link to somewhere else", "leave it", file=shown(path))
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        except OSError as error:
            raise unwritable(error, target) from None
