"""What a build gives: files in memory, and then where they belong."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import OutputFile
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import shown, unwritable
from handoutkit.models.document import Document
from handoutkit.render.worker_typesetter import Rendered

DEFAULT_LANGUAGE = "en"
"""The language that is not named in a file's name."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was built; the fields are the keys that the ``--json`` output promises."""

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
    """A document with its PDF, and the copies of it that were asked for, which need not be PDFs."""

    document: Document
    rendered: Rendered
    cached: bool
    copies: tuple[OutputFile, ...] = ()

    @property
    def languages(self) -> str:
        """The language, or both with a plus between them."""
        beside = self.document.beside
        return "+".join((self.document.handout.language, *([beside.language] if beside else [])))

    def place(self, ending: str = ".pdf") -> Path:
        """Where a copy goes below the output folder: ``<practice>/<id>[.<lang>][.<format>][.clinician].pdf``."""
        handout = self.document.handout
        parts = [handout.id]
        parts += [self.languages] if self.languages != DEFAULT_LANGUAGE else []
        parts += [self.document.format] if self.document.format != "standard" else []
        parts += [self.document.audience] if self.document.audience != "client" else []
        return Path(self.document.practice.id) / (".".join(parts) + ending)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Handouts that came out right, with what is worth a warning."""

    finished: tuple[BuiltHandout, ...]
    warnings: tuple[Problem, ...]

    def write(self, folder: Path) -> list[WrittenFile]:
        """Put the copies below a folder, all of them or none.

        Raises:
            UsageError: two of them would be the same file.
            MachineError: one cannot be written.
        """
        copies = [(finished, copy) for finished in self.finished for copy in finished.copies]
        files = {folder / finished.place(copy.ending): copy.data for finished, copy in copies}
        if len(files) < len(copies):
            hint = "name each handout once, either by its id or by its file"
            raise UsageError(Problem("same-file", "two of these would be the same file", hint))
        try:
            write_files(files)
        except OSError as error:
            raise unwritable(error, folder) from None
        return [_output(finished, copy, folder) for finished, copy in copies]


def _output(finished: BuiltHandout, copy: OutputFile, folder: Path) -> WrittenFile:
    handout = finished.document.handout
    return WrittenFile(
        path=shown(folder / finished.place(copy.ending)),
        id=handout.id,
        kind=handout.kind,
        lang=finished.languages,
        format=finished.document.format,
        pages=copy.pages,
        fields=copy.fields,
        sha256=hashlib.sha256(copy.data).hexdigest(),
        cached=finished.cached and copy.data is finished.rendered.pdf,
    )
