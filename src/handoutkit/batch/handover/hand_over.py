"""What is made of a batch once its packets are there: files for the printer, a ZIP for a portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handoutkit.batch.run_batch import Batch
from handoutkit.errors import Problem, UsageError
from handoutkit.files.text_files import unwritable

from . import portal_zip, print_run
from .finished_packets import finished_packets


@dataclass(frozen=True, slots=True)
class Handover:
    """What is asked for.

    Attributes:
        prints: how the files for the printer are made; None makes none.
        file_names: the pattern of names in the ZIP; None makes no ZIP.
        today: the day that a name may say.
    """

    prints: print_run.PrintChoices | None
    file_names: str | None
    today: date

    @property
    def is_wanted(self) -> bool:
        """Whether anything is asked for."""
        return self.prints is not None or self.file_names is not None


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file that was made, and how many ``copies`` of packets on how many ``sheets``, or ``files``, are in it."""

    path: Path
    copies: int = 0
    sheets: int = 0
    files: int = 0


def check_handover(wanted: Handover, *, encrypted: bool) -> None:
    """Refuse what cannot be made. Raises UsageError.

    Args:
        encrypted: whether the packets have passwords.
    """
    if wanted.prints and encrypted:
        hint = "make it without --password-column and --password-env"
        raise UsageError(Problem("print-with-password", "a file for the printer opens without a password", hint))
    if wanted.file_names is not None:
        portal_zip.check_pattern(wanted.file_names)


def hand_over(batch: Batch, name: str, wanted: Handover) -> Iterator[HandedFile]:
    """Make what is asked for of the packets that are there.

    Raises:
        WithheldError: what was made is not what it should be.
        MachineError: a file cannot be read or written.
    """
    packets = finished_packets(batch) if wanted.is_wanted else []
    folder = batch.folder
    try:
        if packets and wanted.prints:
            run = print_run.PrintRun(folder.prints, name, len(packets), wanted.prints)
            for file in run.make(packets):
                yield HandedFile(file.path, copies=file.packets, sheets=file.sheets)
        if packets and wanted.file_names is not None:
            count = portal_zip.write_zip(folder.zip, name, packets, wanted.file_names, wanted.today)
            yield HandedFile(folder.zip, files=count)
    except OSError as error:
        raise unwritable(error, folder.path) from None
