"""The registry of output formats: what a handout can be made into. It is light to import, for `--help` reads it.

A new format is one module with an export function, and one entry in ``_FORMATS``. A format from outside of handoutkit
is added with ``register``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handoutkit.errors import Problem, UsageError


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file made of a handout, in memory.

    Attributes:
        ending: what follows the handout's name in the file's (``.html``, ``.page-1.png``).
        pages: 0 where it has none, since its words flow.
        fields: places that can be filled in on a screen.
    """

    ending: str
    data: bytes
    pages: int = 0
    fields: int = 0


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A form in which a handout can be handed on.

    Attributes:
        name: what ``--to`` takes.
        description: what it is, for the table in the documentation.
        file_names: endings of the files that it makes; a number in one stands for any.
        media_type: of each file (RFC 6838).
        exporter: ``module:function``; the function takes an ``ExportSource`` and gives the files.
        needs_pdf: whether it is made of the finished PDF; if no format that is asked for is, no PDF is set.
        in_worker: whether the function has to run in the worker, since it reads or renders what comes from outside.
        button: the words of its button in the app; empty if there is none.
    """

    name: str
    description: str
    file_names: tuple[str, ...]
    media_type: str
    exporter: str
    needs_pdf: bool = False
    in_worker: bool = True
    button: str = ""

    @property
    def is_single_file(self) -> bool:
        """Whether all of a handout is in one file, so that a link can lead to it."""
        return len(self.file_names) == 1

    def has_file(self, ending: str) -> bool:
        """Whether a file of that ending is one of those that it makes."""
        return _NUMBER.sub("1", ending) in {_NUMBER.sub("1", name) for name in self.file_names}


_NUMBER = re.compile("[0-9]+")
_HERE = __name__.rpartition(".")[0]
_PDF = OutputFormat("pdf", "the handout: tagged, to print or to fill in", (".pdf",), "application/pdf",
                    f"{_HERE}.run_exporters:export_pdf", needs_pdf=True, in_worker=False)  # fmt: skip
_HTML = OutputFormat("html", "one page for your website or portal, nothing beside it", (".html",), "text/html",
                     f"{_HERE}.html_page:export_html", button="Web page")  # fmt: skip
_TEXT = OutputFormat("txt", "plain text for messages and screen readers", (".txt",), "text/plain",
                     f"{_HERE}.plain_text:export_text")  # fmt: skip
# Its drawings are pictures of those in the PDF.
_WORD = OutputFormat("docx", "a Word document to go on working with", (".docx",),
                     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                     f"{_HERE}.word.word_document:export_word", needs_pdf=True, button="Word")  # fmt: skip
_PICTURES = OutputFormat("png", "a picture of each page, and a small one for a list of downloads",
                         (".page-1.png", ".thumbnail.png"), "image/png",
                         f"{_HERE}.page_images:export_pictures", needs_pdf=True)  # fmt: skip
_FORMATS = {known.name: known for known in (_PDF, _HTML, _TEXT, _WORD, _PICTURES)}


def register(added: OutputFormat) -> None:
    """Add a format; one of the same name is replaced.

    Its exporter has to be in an installed package, for the worker reads no other code.
    """
    _FORMATS[added.name] = added


def output_formats() -> tuple[OutputFormat, ...]:
    """All formats, in the order in which they were registered."""
    return tuple(_FORMATS.values())


def output_format(name: str) -> OutputFormat:
    """A format by its name. Raises UsageError: there is none of that name."""
    if name not in _FORMATS:
        raise UsageError(
            Problem("no-such-format", f"there is no output format `{name}`", f"take {', '.join(_FORMATS)}")
        )
    return _FORMATS[name]
