"""The folder that returned files are dropped into, and the ledger of those that have been read.

The ledger has a line for each file: the SHA-256 of its bytes. It holds no words and no names, for what a client calls a
file may say who they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handoutkit.errors import Problem, UsageError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import shown, unwritable

FOLDER = "returns"
"""Below a workspace."""
LEDGER = "already-read.txt"
ENDINGS = (".pdf", ".html", ".htm")
"""How the names of files end that are read."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_ledger(path: Path) -> bool:
    """Whether a path is that of a ledger, as it is among all files of the folder."""
    return path.name == LEDGER and path.absolute().parent.name == FOLDER


@dataclass(frozen=True, slots=True)
class ReturnsFolder:
    """A folder of returned files."""

    path: Path

    def files(self) -> list[Path]:
        """The PDFs and pages in it, by name. Raises UsageError: there is no such folder."""
        if not self.path.is_dir():
            hint = f"make a folder `{FOLDER}` in your workspace, and drop the files into it"
            raise UsageError(Problem("no-returns", f"there is no folder {shown(self.path)}", hint))
        return sorted(path for path in self.path.iterdir() if path.suffix.casefold() in ENDINGS and path.is_file())

    def read_before(self) -> frozenset[str]:
        """The digests of the files that were read before."""
        try:
            text = (self.path / LEDGER).read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise unwritable(error, self.path / LEDGER) from None
        return frozenset(_DIGEST.findall(text))

    def enter(self, digests: Iterable[str]) -> None:
        """Add files to the ledger, which only its owner can read. Raises MachineError: it cannot be written."""
        every = sorted({*self.read_before(), *(digest for digest in digests if digest)})
        try:
            write_file(self.path / LEDGER, "".join(f"{digest}\n" for digest in every).encode(), private=True)
        except OSError as error:
            raise unwritable(error, self.path / LEDGER) from None
