"""What a build told the last time, kept by a digest of what was asked and of every file that it could read.

Where nothing has changed, finding that out is all there is to do, and nothing that loads or sets pages is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from handoutkit.errors import Problem
from handoutkit.files.kept_entries import CacheEntry, KeptEntries, default_folder
from handoutkit.files.text_files import shown
from handoutkit.library.workspace_folder import looks_like_a_file

from .build_inputs import BuildInputs
from .problem_pictures import forget_pictures
from .written_file import WrittenFile

TOLD = "told-"
"""How the names of what builds told begin, among the entries of the cache."""


@dataclass(frozen=True)
class Told:
    """What a build has to say: its problems, none of them an error, and the files that it made.

    Attributes:
        output: the folder that the files are in.
        pictures: where below it what is wrong with their pages was shown by a build that failed, if one did.
    """

    problems: tuple[Problem, ...]
    files: tuple[WrittenFile, ...]
    output: Path
    pictures: tuple[Path, ...]

    def forget_pictures(self) -> None:
        """Take away what a build that failed in the meantime has shown."""
        forget_pictures(self.output, self.pictures)


class KeptBuild:
    """What was told of one build, if it is kept.

    Args:
        folder: of the workspace.
        output: the folder that the files are in.
        asked: everything that was asked for, each a value with a ``repr`` of its own; nothing about a client.
    """

    def __init__(self, folder: Path, output: Path, asked: Mapping[str, object]) -> None:
        self._output = output
        self._entries = KeptEntries(default_folder())
        self._inputs = BuildInputs(folder)
        places = (str(Path.cwd()), str(folder.resolve()), str(output))
        everything = repr((places, sorted(asked.items()), self._inputs.digest))
        self._key = TOLD + hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def of(cls, folder: Path, output: Path, asked: Mapping[str, object], named: Sequence[str]) -> KeptBuild | None:
        """The same; None where one of those that are named is a file, which may be anywhere."""
        return None if any(map(looks_like_a_file, named)) else cls(folder, output, asked)

    def told(self) -> Told | None:
        """What was told, if every file that it was told of is still there as it was made; else None."""
        kept = self._entries.entry(self._key) if self._inputs.digest else None
        try:
            return self._told(json.loads(kept.pdf)) if kept else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, problems: Sequence[Problem], files: Sequence[WrittenFile], pictures: Sequence[Path]) -> None:
        """Keep what was told, unless a file was changed in the meantime."""
        if not self._inputs.are_the_same():
            return
        # The next time, they are there, and a PDF comes from the cache.
        again = [replace(file, unchanged=True, cached=file.path.endswith(".pdf")) for file in files]
        told = {
            "problems": [asdict(problem) for problem in problems],
            # The folder's name may be a client's, so it is not kept.
            "files": [asdict(file) | {"path": os.path.relpath(file.path, self._output)} for file in again],
            "pictures": [str(path) for path in pictures],
        }
        self._entries.keep(self._key, CacheEntry(json.dumps(told).encode(), {}))

    def _told(self, kept: Mapping[str, Any]) -> Told | None:
        """What was kept, if its files are there. Raises OSError, KeyError, TypeError: one is not, or it was changed."""
        files: list[WrittenFile] = []
        for file in kept["files"]:
            path = self._output / file["path"]
            as_it_was = hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
            if not as_it_was or os.path.realpath(path) != os.path.join(os.path.realpath(self._output), file["path"]):  # noqa: PTH118
                return None
            files.append(WrittenFile(**{**file, "path": shown(path)}))
        problems = tuple(Problem(**problem) for problem in kept["problems"])
        return Told(problems, tuple(files), self._output, tuple(map(Path, kept["pictures"])))
