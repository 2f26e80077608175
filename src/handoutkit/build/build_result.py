"""The result of a build: files in memory, which are then written where they belong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from handoutkit.checks.rules.sheet_length import LONGER_THAN_A_SHEET, too_long
from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import OutputFile
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import refuse_links_outside, shown, unwritable
from handoutkit.loading.load_file import Loaded
from handoutkit.models.document import Document
from handoutkit.models.handout import Handout
from handoutkit.render.worker_typesetter import Rendered

DEFAULT_LANGUAGE = "en"
"""The language that is not named in a file's name."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written; the fields are the keys that the ``--json`` output promises."""

    path: str
    id: str
    kind: str
    lang: str
    format: str
    pages: int
    fields: int
    sha256: str
    cached: bool

    def as_json(self) -> dict[str, str | int | bool]:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BuiltHandout:
    """A handout as built, in memory.

    Attributes:
        typeset: its PDF; None if no format that was asked for is made of one.
        cached: whether the PDF was in the cache.
        files: one or more for each output format.
    """

    document: Document
    typeset: Rendered | None
    cached: bool
    files: tuple[OutputFile, ...]

    @property
    def rendered(self) -> Rendered:
        """The PDF, where one was asked for. Raises ValueError: none was."""
        if self.typeset is None:
            raise ValueError("no PDF was asked for")
        return self.typeset

    @property
    def languages(self) -> str:
        """The language, or both with a plus between them."""
        second = self.document.second_language
        return "+".join((self.document.handout.language, *([second.language] if second else [])))

    def path(self, ending: str) -> Path:
        """Where a file goes below the output folder: ``<practice>/<id>[.<lang>][.<format>][.clinician].pdf``."""
        handout = self.document.handout
        parts = [handout.id]
        parts += [self.languages] if self.languages != DEFAULT_LANGUAGE else []
        parts += [self.document.format] if self.document.format != "standard" else []
        parts += [self.document.audience] if self.document.audience != "client" else []
        return Path(self.document.practice.id) / (".".join(parts) + ending)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Handouts that were built without an error, and the warnings about them."""

    finished: tuple[BuiltHandout, ...]
    warnings: tuple[Problem, ...]

    def write(self, folder: Path) -> list[WrittenFile]:
        """Write the files below a folder, all of them or none.

        Raises:
            UsageError: two of them would have the same path.
            ContentError: a folder that they would be written to is a link.
            MachineError: one cannot be written.
        """
        made = [(handout, file) for handout in self.finished for file in handout.files]
        by_path = {folder / handout.path(file.ending): file.data for handout, file in made}
        if len(by_path) < len(made):
            hint = "name each handout once, either by its id or by its file"
            raise UsageError(Problem("same-file", "two of these would be the same file", hint))
        refuse_links_outside(by_path, folder)
        try:
            write_files(by_path)
        except OSError as error:
            raise unwritable(error, folder) from None
        return [_written(handout, file, folder) for handout, file in made]


def _written(built: BuiltHandout, file: OutputFile, folder: Path) -> WrittenFile:
    handout = built.document.handout
    return WrittenFile(
        path=shown(folder / built.path(file.ending)),
        id=handout.id,
        kind=handout.kind,
        lang=built.languages,
        format=built.document.format,
        pages=file.pages,
        fields=file.fields,
        sha256=hashlib.sha256(file.data).hexdigest(),
        cached=built.cached and built.typeset is not None and file.data is built.typeset.pdf,
    )


def sheet_notices(handout: Loaded[Handout], built: BuiltHandout) -> Iterator[Problem]:
    """A notice, if it did not fit on the sides it was to have: by how much, what takes most, what became of it."""
    facts = built.typeset.sheet if built.typeset else None
    if facts is None:
        return
    for finding in too_long(handout.model, facts):
        yield LONGER_THAN_A_SHEET.problem(handout.source, finding)
