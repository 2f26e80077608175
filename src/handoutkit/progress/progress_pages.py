"""One client's progress as a page for screens and as a branded sheet (PDF/UA-1), set in the worker and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutkit.compose.compose_document import in_region
from handoutkit.errors import Problem, UsageError
from handoutkit.export.html_page import HtmlPageMaker
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.practice import Paper, Practice
from handoutkit.pictures.logo_files import LogoFiles, logo_files
from handoutkit.render.colour.dark_palette import IN_VARIABLES
from handoutkit.render.figures.typeface import Typeface
from handoutkit.render.templating.document_html import palette_of
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches import structure_tags, svg_words
from handoutkit.render.worker_typesetter import LIMITS, typesetter_here

from .draw_course import CoursePlotter
from .over_time import Progress
from .page_data import PageData, Reader
from .signs_in_words import with_named_signs

TEMPLATE = "progress.html"
FORMS = (".pdf", ".html")
"""How the names of files end that can be made."""
_WIDTHS: dict[Paper, float] = {"letter": 177.5, "a4": 172.0}
_NAME = "progress"


@dataclass(frozen=True, slots=True)
class ProgressChoices:
    """For whom, in which language and how progress is shown.

    Attributes:
        logo: the files of the practice's logo, if it has one.
        locale: language and region, such as ``en-US``.
    """

    practice: Loaded[Practice]
    theme: Theme
    logo: LogoFiles | None
    locale: str
    paper: Paper
    audience: Reader

    @property
    def language(self) -> str:
        """The language without its region."""
        return "-".join(part for part in self.locale.split("-") if not part.isupper())

    @property
    def reads(self) -> list[Path]:
        """The files and folders that a page is made with."""
        return [*self.theme.roots, *(self.logo.paths if self.logo else [])]

    @classmethod
    def of(cls, library: Library, practice: str | None, language: str | None, audience: Reader) -> ProgressChoices:
        """The choices for a practice. Raises UsageError, ContentError: it, or the language, is not there."""
        loaded = library.practice(practice)
        language = language or loaded.model.language
        in_language = library.if_translated("practice", loaded, language)
        logo = logo_files(in_language.model.logo, loaded.source.path.parent)
        locale = in_region(language, loaded.model.region or None)
        theme = Theme.find("base", library.workspace.roots)
        return cls(in_language, theme, logo, locale, loaded.model.default_paper, audience)


def progress_pages(progress: Progress, choices: ProgressChoices, forms: Sequence[str]) -> list[bytes]:
    """The files, in the order of their endings. Raises UsageError: there is nothing to show; ContentError."""
    if not (progress.measures or progress.ratings or progress.ticks or progress.words):
        hint = "name files in which something is filled in"
        raise UsageError(Problem("nothing-to-show", "these files hold no answers to show over time", hint))
    task = f"{__name__}:make_here"
    made = the_worker().call(task, progress, choices, tuple(forms), limits=LIMITS, file=_NAME, reads=choices.reads)
    assert isinstance(made, list)  # noqa: S101 - for the type checker
    return made


def make_here(progress: Progress, choices: ProgressChoices, forms: Sequence[str]) -> list[bytes]:
    """Make the pages in this process; the worker calls it."""
    make = {".pdf": _as_pdf, ".html": _as_page}
    return [make[form](progress, choices) for form in forms]


def _names(progress: Progress, choices: ProgressChoices, palette: Any, messages: Any) -> dict[str, Any]:
    plotter = CoursePlotter(palette, Typeface.of(choices.theme), messages, _WIDTHS[choices.paper])
    return {
        "locale": choices.locale,
        "paper": choices.paper,
        "language": choices.language,
        "audience": choices.audience,
        "progress": PageData(plotter, messages, choices.audience).of(progress),
    }


def _as_pdf(progress: Progress, choices: ProgressChoices) -> bytes:
    typesetter, practice = typesetter_here(choices.theme), choices.practice
    palette = palette_of(practice.model, choices.theme, fields=False)
    names = _names(progress, choices, palette, typesetter.messages(choices.locale))
    html = with_named_signs(typesetter.html(TEMPLATE, practice.model, names), Typeface.of(choices.theme))
    laid_out = typesetter.lay_out(html, practice.source, choices.logo)

    def finish(laid_out: Any, pdf: Any) -> None:
        structure_tags.repair_structure(laid_out, pdf, _NAME)
        svg_words.strip_transparency_groups(laid_out, pdf)

    return typesetter.write(laid_out, practice.source, finish)


def _as_page(progress: Progress, choices: ProgressChoices) -> bytes:
    maker, practice = HtmlPageMaker(choices.theme, choices.logo), choices.practice
    names = _names(progress, choices, IN_VARIABLES, maker.messages(choices.locale))
    return maker.other_page(TEMPLATE, practice.model, names, practice.source.path.parent).to_html()
