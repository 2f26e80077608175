"""One PDF for the printer: the packets of a batch in the roster's order, each on sheets of its own.

It is written page by page, then opened again and held against the packets: each page must be the one that it should be,
to the last byte of what is drawn; the words of some packets, or of all, are read back too.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pikepdf

from handoutkit.batch.jobs import FULL_EVERY, Verify
from handoutkit.errors import Problem, WithheldError
from handoutkit.files.atomic_write import write_file
from handoutkit.packets.personalise.incremental_update import changed_objects

from .client_marks import ClientMark, MarkFont
from .finished_packets import FinishedPacket, LayoutFacts
from .layout_pages import LayoutPages
from .page_digests import PageDigests
from .pdf_stream_writer import PdfStreamWriter
from .printed_page import PrintedPage

MANIFEST = "manifest.jsonl"
Marks = Literal["none", "slip", "page"]


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """How a print run is made.

    Attributes:
        marks: whether each client's sheets begin with a slip, or have a mark on their first page.
        sheets: most of one file; a packet is never parted. None for one file.
        words: of how many packets the words are read back.
    """

    marks: Marks = "none"
    sheets: int | None = None
    words: Verify = "sample"


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """Where one copy of a packet stands: a line of the manifest of a print run.

    Attributes:
        first_page: counted from 1; that of the slip, if there is one.
        pages: with the slip, without empty ones.
    """

    client_ref: str
    packet: str
    sha256: str
    copy: int
    copies: int
    file: str
    first_page: int
    pages: int
    sheets: int


@dataclass(slots=True)
class PrintFile:
    """A file for the printer, with the digests of its pages, None for empty ones, and whose words are read back."""

    path: Path
    stream: BinaryIO
    writer: PdfStreamWriter
    sheets: int = 0
    packets: int = 0
    digests: list[bytes | None] = field(default_factory=list)
    read: list[tuple[int, Path]] = field(default_factory=list)


class PrintRun:
    """Makes the files for the printer of one batch.

    Args:
        folder: that they are put into.
        name: of the batch.
        total: how many packets there are.
    """

    def __init__(self, folder: Path, name: str, total: int, choices: PrintChoices) -> None:
        self._folder, self._name, self._total, self._choices = folder, name, total, choices
        self._fonts: dict[str, MarkFont] = {}
        self._layouts: dict[str, LayoutPages] = {}
        self._lines: list[str] = []
        self.files: list[PrintFile] = []

    def make(self, packets: Iterable[FinishedPacket]) -> list[PrintFile]:
        """Write and verify the files, then their manifest; those of an earlier run are removed.

        Raises:
            WithheldError: a packet is not what the batch made, or a file is not what it should be; none is left.
            OSError: a file cannot be read or written.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)
        remove_print_run(self._folder)
        try:
            for number, packet in enumerate(packets, start=1):
                self._add(packet, number)
            self._close()
        except BaseException:
            for file in self.files:
                file.stream.close()
                file.path.unlink(missing_ok=True)
            raise
        write_file(self._folder / MANIFEST, "".join(self._lines).encode(), private=True)
        return self.files

    def _add(self, packet: FinishedPacket, number: int) -> None:
        data = packet.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != packet.sha256:
            raise _withheld(f"`{packet.path.name}` is not the file that the batch made")
        own = changed_objects(data)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            layout = self._layouts.get(packet.layout.digest) or LayoutPages.of(packet.layout, pdf)
            self._layouts[packet.layout.digest] = layout
            if not layout.is_whole_in(data):
                raise _withheld(f"`{packet.path.name}` is not of its layout")
            pages = layout.pages(pdf, own)
            for copy in range(1, packet.copies + 1):
                mark = ClientMark(packet.client_ref, packet.layout.packet, number, self._total, copy, packet.copies)
                self._add_copy(packet, list(self._with_mark(pdf, pages, packet.layout, mark)), own, mark)

    def _with_mark(
        self, pdf: pikepdf.Pdf, pages: list[PrintedPage], layout: LayoutFacts, mark: ClientMark
    ) -> Iterator[PrintedPage | None]:
        """The pages of a copy, None for one that is left empty; the first of each packet is the front of a sheet."""
        marks = self._choices.marks
        if marks != "none" and layout.digest not in self._fonts:
            self._fonts[layout.digest] = MarkFont(pdf, layout.font)
        if marks == "slip":
            yield self._fonts[layout.digest].slip(pdf, pages[0], mark)
            yield None
        yield self._fonts[layout.digest].marked(pdf, pages[0], mark) if marks == "page" else pages[0]
        yield from pages[1:]
        if len(pages) % 2:
            yield None

    def _add_copy(
        self, packet: FinishedPacket, pages: list[PrintedPage | None], own: frozenset[int], mark: ClientMark
    ) -> None:
        sheets = len(pages) // 2
        file = self._file_for(sheets)
        layout = self._layouts[packet.layout.digest]

        def shares(item: Any) -> bool:
            return layout.shares(item, own)

        first, digests = file.writer.pages, PageDigests(shares, layout.digests)
        size = next(page.entries.MediaBox for page in pages if page)
        for page in pages:
            if page is None:
                file.writer.add_empty_page(size)
            else:
                file.writer.add_page(page, packet.layout.digest, shares)
            file.digests.append(None if page is None else digests.of(page))
        file.sheets += sheets
        file.packets += 1
        often = self._choices.words == "full" or mark.number in (1, self._total) or mark.number % FULL_EVERY == 0
        if often and mark.copy == 1 and self._choices.marks != "page":  # a mark is not among the packet's words
            file.read.append((first + 2 * (self._choices.marks == "slip"), packet.path))
        shown = sum(page is not None for page in pages)
        line = PrintedCopy(
            packet.client_ref,
            packet.layout.packet,
            packet.sha256,
            mark.copy,
            mark.copies,
            file.path.name,
            first + 1,
            shown,
            sheets,
        )
        self._lines.append(json.dumps(asdict(line)) + "\n")

    def _file_for(self, sheets: int) -> PrintFile:
        """The file that the next sheets go into; a new one when they would be too many."""
        most = self._choices.sheets
        if self.files and (most is None or self.files[-1].sheets + sheets <= most):
            return self.files[-1]
        self._close()
        number = f"-{len(self.files) + 1:03}" if most else ""
        path = self._folder / f"{self._name}{number}.pdf"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        stream = os.fdopen(handle, "w+b")
        self.files.append(PrintFile(path, stream, PdfStreamWriter(stream)))
        return self.files[-1]

    def _close(self) -> None:
        """Finish the last file, and hold it against its packets."""
        if not self.files:
            return
        file = self.files[-1]
        with closing(file.stream):
            file.writer.finish(file.path.stem)
            file.stream.flush()
            os.fsync(file.stream.fileno())
        verify_print_file(file)


def remove_print_run(folder: Path) -> int:
    """Remove the files that the manifest of a print run names, and the manifest; say how many there were."""
    manifest = folder / MANIFEST
    names = {MANIFEST}
    if manifest.is_file() and not manifest.is_symlink():
        for line in manifest.read_text(encoding="ascii", errors="replace").splitlines():
            name = str(json.loads(line)["file"])
            names |= {name} if Path(name).name == name else set()
    found = [folder / name for name in names if (folder / name).is_file() and not (folder / name).is_symlink()]
    for path in found:
        path.unlink()
    return len(found)


def verify_print_file(file: PrintFile) -> None:
    """Open a finished file again. Raises WithheldError: its pages are not those that they should be."""
    digests = PageDigests()
    with pikepdf.open(file.path) as pdf:
        pages = (PrintedPage.of(page.obj) for page in pdf.pages)
        found = [digests.of(page) if page.contents else None for page in pages]
    if found != file.digests:
        raise _withheld(f"a page of `{file.path.name}` is not the page of its packet")
    if any(not _says_the_same(file.path, first, packet) for first, packet in file.read):
        raise _withheld(f"a page of `{file.path.name}` says something else than its packet")


def _says_the_same(printed: Path, first: int, packet: Path) -> bool:
    import pypdfium2  # only where pages are read

    with closing(pypdfium2.PdfDocument(printed)) as copy, closing(pypdfium2.PdfDocument(packet)) as original:
        return all(
            sorted(_words(copy[first + number])) == sorted(_words(original[number])) for number in range(len(original))
        )


def _words(page: Any) -> list[str]:
    words: list[str] = page.get_textpage().get_text_bounded().split()
    return words


def _withheld(message: str) -> WithheldError:
    hint = "make the batch again; if that does not help, please report this"
    return WithheldError(Problem("withheld", message, hint))
