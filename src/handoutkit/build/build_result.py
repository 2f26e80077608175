"""The result of a build: files in memory, which are then written where they belong."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handoutkit.checks.rules.sheet_length import LONGER_THAN_A_SHEET, too_long
from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import OutputFile
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import refuse_links_outside, shown, unwritable
from handoutkit.library.shipped_files import BASE
from handoutkit.loading.load_file import Loaded
from handoutkit.models.document import Document
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Paper
from handoutkit.render.worker_typesetter import Rendered

from .build_options import BuildOptions
from .problem_pictures import PROBLEMS, forget_pictures
from .written_file import WrittenFile, is_there

DEFAULT_LANGUAGE = "en"
"""The language that is not named in a file's name."""
_FILL = "shorten what stands before it, or move or part a block that has to stay whole"


@dataclass(frozen=True, slots=True)
class BuiltHandout:
    """A handout as built, in memory.

    Attributes:
        typeset: its PDF; None if no format that was asked for is made of one.
        cached: whether the PDF was in the cache.
        looks: what its files are called after beside their language (see ``looks``).
        files: one or more for each output format.
    """

    document: Document
    typeset: Rendered | None
    cached: bool
    looks: tuple[str, ...]
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
        return _languages(self.document)

    def path(self, ending: str) -> Path:
        """Where a file goes below the output folder; see ``path_of``."""
        return path_of(self.document, self.looks, ending)


def _languages(document: Document) -> str:
    second = document.second_language
    return "+".join((document.handout.language, *([second.language] if second else [])))


def path_of(document: Document, looks: Sequence[str], ending: str) -> Path:
    """Where a file of a handout goes below the output folder: ``<practice>/<id>[.<language>][.<look>]....pdf``."""
    return Path(document.practice.id) / (file_name(document.handout.id, _languages(document), looks) + ending)


def looks(options: BuildOptions, usual_paper: Paper | None) -> tuple[str, ...]:
    """What is not as usual in how a file is made, so that no file takes the place of another.

    Args:
        usual_paper: the practice's.
    """
    others = (
        (options.format, options.format == "standard"),
        (options.layout or "", options.layout is None),
        (options.theme, options.theme == BASE),
        (options.paper or "", options.paper in (None, usual_paper)),
        ("no-fields", options.fields),
        (options.audience, options.audience == "client"),
        ("one-side", not options.short),
        ("part", not (options.without or options.only)),
        ("-".join(f"{rows}-{name}" for name, rows in options.rows), not options.rows),
        ("-".join(options.when), not options.when),
        ("draft", not options.draft),
    )
    return tuple(name for name, is_usual in others if not is_usual)


def file_name(name: str, language: str, looks: Sequence[str]) -> str:
    """The name of a file without its ending, such as ``sleep.es.large-print``."""
    return ".".join((name, *([language] if language != DEFAULT_LANGUAGE else []), *looks))


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Handouts that were built without an error, and the warnings about them.

    Attributes:
        private: whether their files are for their owner only, as they hold a client's words.
    """

    finished: tuple[BuiltHandout, ...]
    warnings: tuple[Problem, ...]
    private: bool = False

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
        same = {path for path, data in by_path.items() if is_there(path, data)}
        try:
            write_files(by_path, private=self.private)
        except OSError as error:
            raise unwritable(error, folder) from None
        forget_pictures(folder, (place for place in self.pictures if folder / place not in by_path))
        return [_written(handout, file, folder / handout.path(file.ending), same) for handout, file in made]

    @property
    def pictures(self) -> tuple[Path, ...]:
        """Where below the output folder what is wrong with the handouts' pages is shown, if anything is."""
        return tuple(handout.path(PROBLEMS) for handout in self.finished if handout.typeset)


def _written(built: BuiltHandout, file: OutputFile, path: Path, same: Container[Path]) -> WrittenFile:
    handout = built.document.handout
    return WrittenFile(
        path=shown(path),
        id=handout.id,
        kind=handout.kind,
        lang=built.languages,
        format=built.document.format,
        pages=file.pages,
        fields=file.fields,
        sha256=hashlib.sha256(file.data).hexdigest(),
        cached=built.cached and built.typeset is not None and file.data is built.typeset.pdf,
        unchanged=path in same,
    )


def notices_on_pages(handout: Loaded[Handout], built: BuiltHandout) -> Iterator[Problem]:
    """What is not as it should be: too much for the sides of a sheet, and pages of a booklet that stay too empty."""
    if built.typeset is None:
        return
    yield from (replace(problem, severity="warning") for problem in built.typeset.problems)
    if facts := built.typeset.sheet:
        for finding in too_long(built.document.handout, facts):
            yield LONGER_THAN_A_SHEET.problem(handout.source, finding)
    if pages := built.typeset.too_empty:
        numbers = f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
        message = f"much of {numbers} of `{handout.model.id}` stays empty: no spacing that was tried fills it"
        yield handout.source.problem("page-left-open", message, _FILL, at=("blocks",), severity="notice")
