"""Removing what a batch made, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handoutkit.errors import Problem, UsageError
from handoutkit.files.text_files import shown, unwritable

from .batch_folder import BatchFolder
from .handover.print_run import remove_print_run
from .manifest import read_manifest


@dataclass(frozen=True, slots=True)
class RemovedBatch:
    """What was removed, and the names of what is still there because the batch did not make it."""

    packets: int
    others: int
    left: tuple[str, ...]


def remove_batch(path: Path) -> RemovedBatch:
    """Remove the packets of a batch, its manifest, report and private files; links are left where they are.

    Raises:
        UsageError: no batch was made there, or it is being made.
        MachineError: a file cannot be removed.
    """
    folder = BatchFolder(path)
    if not folder.is_batch():
        hint = "name a folder that `handoutkit batch` made, or the batch by its name"
        raise UsageError(Problem("no-batch", "this is not the folder of a batch", hint, file=shown(path)))
    try:
        with folder.lock():
            packets = sum(_removed(file) for file in set(_packets(folder)))
            others = sum(_removed(file) for file in [*_private(folder), folder.report, folder.manifest, folder.zip])
            others += remove_print_run(folder.prints)
        _removed(folder.private / "lock")
        for emptied in (folder.prints, folder.layouts, folder.private, folder.path):
            with suppress(OSError):
                emptied.rmdir()
    except OSError as error:
        raise unwritable(error, path) from None
    left = tuple(sorted(file.name for file in path.iterdir())) if path.is_dir() else ()
    return RemovedBatch(packets, others, left)


def _packets(folder: BatchFolder) -> Iterator[Path]:
    """The files that the manifest names, and those that a killed run had begun."""
    for made in read_manifest(folder.manifest):
        yield folder.path / made.file
    for client_ref in folder.started():
        if client_ref and Path(client_ref).name == client_ref:
            yield folder.packet(client_ref)


def _private(folder: BatchFolder) -> list[Path]:
    places = [place for place in (folder.layouts, folder.private) if place.is_dir() and not place.is_symlink()]
    return [file for place in places for file in place.iterdir() if file.name != "lock"]


def _removed(file: Path) -> bool:
    """Remove one ordinary file, and say whether it was there."""
    if file.is_symlink() or not file.is_file():
        return False
    file.unlink()
    return True
