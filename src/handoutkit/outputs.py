"""What a build gives: PDFs in memory, and then files where they belong."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from handoutkit.errors import Problem, UsageError
from handoutkit.loading.files import shown, unwritable
from handoutkit.models.document import Document
from handoutkit.placing import place_all
from handoutkit.render.rendered import Rendered

DEFAULT_LANGUAGE = "en"
"""The language that is not named in a file's name."""


@dataclass(frozen=True, slots=True)
class Output:
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
class Finished:
    """A document with its PDF."""

    document: Document
    rendered: Rendered
    cached: bool

    @property
    def place(self) -> Path:
        """Where it goes below the output folder: ``<practice>/<id>[.<lang>][.<format>][.clinician].pdf``."""
        handout = self.document.handout
        parts = [handout.id]
        parts += [handout.language] if handout.language != DEFAULT_LANGUAGE else []
        parts += [self.document.format] if self.document.format != "standard" else []
        parts += [self.document.audience] if self.document.audience != "client" else []
        return Path(self.document.practice.id) / (".".join(parts) + ".pdf")


@dataclass(frozen=True, slots=True)
class Build:
    """Handouts that came out right, with what is worth a warning."""

    finished: tuple[Finished, ...]
    warnings: tuple[Problem, ...]

    def write(self, folder: Path) -> list[Output]:
        """Put the PDFs below a folder, all of them or none.

        Raises:
            UsageError: two of them would be the same file.
            MachineError: one cannot be written.
        """
        files = {folder / finished.place: finished.rendered.pdf for finished in self.finished}
        if len(files) < len(self.finished):
            hint = "name each handout once, either by its id or by its file"
            raise UsageError(Problem("same-file", "two of these would be the same PDF", hint))
        try:
            place_all(files)
        except OSError as error:
            raise unwritable(error, folder) from None
        return [_output(finished, folder) for finished in self.finished]


def _output(finished: Finished, folder: Path) -> Output:
    handout, rendered = finished.document.handout, finished.rendered
    return Output(
        path=shown(folder / finished.place),
        id=handout.id,
        kind=handout.kind,
        lang=handout.language,
        format=finished.document.format,
        pages=rendered.pages,
        fields=rendered.fields,
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        cached=finished.cached,
    )
