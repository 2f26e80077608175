"""Sets documents as tagged PDF/UA-1 files, byte for byte the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from handoutkit.errors import ContentError, Problem, try_each
from handoutkit.files.source_file import SourceFile
from handoutkit.models.document import FORMATS, Document, Format
from handoutkit.models.handout_size import size_of
from handoutkit.models.practice import Practice
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render.templating.document_html import document_to_html, fill_template
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.jinja_environment import Environment, environment
from handoutkit.render.weasyprint_patches.engine import weasyprint

from . import finished_pdf_checks, page_stamps
from .asset_fetcher import AssetFetcher
from .complaints.unset_tokens import unset_tokens
from .complaints.weasyprint_log import TAKE_BACK, complaints_raised
from .draft_mark import with_draft_mark
from .finished_pdf_checks import can_be_opened
from .fit_pages import OWN_SETTING, Setting, fitted, too_empty
from .forms import viewer_font, wide_viewer_font, write_form_fields
from .page_checks.check_pages import PagesToCheck
from .page_checks.fault import PlacedProblem
from .page_checks.place_pictures import pictures_of_places, with_picture
from .scripts import ScriptStyles, main_language
from .sheets.sheet_typesetter import SheetLayout, SheetTypesetter, sheet_html
from .sheets.span_rules import SpanRules
from .stylesheets.stylesheet_reader import StylesheetReader
from .theme import Theme
from .theme_lettering import check_lettering, refuse_unknown_families, refuse_unusable_fonts
from .weasyprint_patches import patches, structure_tags, svg_words
from .weasyprint_patches.closed_frames import close_frames
from .weasyprint_patches.painting.painted_pages import PaintedPages, painting_noted
from .weasyprint_patches.pdf_lang import drop_page_language
from .weasyprint_patches.stretched_gaps import stretch_gaps
from .weasyprint_patches.word_faces import Fonts
from .worker_typesetter import Rendered

PDF_VARIANT = "pdf/ua-1"
MAX_PAGES: dict[Format, int] = dict.fromkeys(FORMATS, 100) | {"large-print": 300}
"""Most pages of a handout; with the limits of the models, what keeps a valid file from blowing up a build."""
LARGEST_FITTED = 50_000
"""The size (see ``models.handout_size``) up to which the space is tuned: of more, the last page is one of many."""


class Typesetter:
    """Sets documents in one theme; templates, styles and fonts are read once for all of them."""

    def __init__(self, theme: Theme) -> None:
        check_lettering(theme)
        refuse_unknown_families(theme)
        refuse_unusable_fonts(theme)
        self._theme = theme
        self._unset = tuple(unset_tokens(theme)) if theme.is_changed else ()
        self._engine = weasyprint()
        self._environments: dict[str, Environment] = {}
        self._fonts = Fonts()
        self._styles: dict[str, list[Any]] = {}
        self._span_rules = SpanRules(style.text for style in theme.styles)
        self._read_styles = StylesheetReader(AssetFetcher(theme), self._fonts)
        self._script_styles = ScriptStyles(theme, self._read_styles.css)
        patches.apply_all()

    def set(
        self,
        document: Document,
        source: SourceFile,
        logo: LogoFiles | None = None,
        heights: Mapping[str, float] = MappingProxyType({}),
    ) -> Rendered:
        """The document as a PDF.

        Args:
            source: the handout's file, for problems; its pictures are beside it.
            logo: the practice's picture, if it has one.
            heights: those that are known already of what stands on a sheet; see ``sheets.kept_heights``.

        Raises:
            ContentError: a template, a stylesheet, a picture or a character has a problem.
        """
        size = _checked_size(document, source)
        env = self._environment(document.locale)
        sheet: SheetLayout | None = None
        if document.layout == "sheet":
            with self.theme_blamed(source):
                sheet = self._for_sheets(env, source, logo, heights).set(document)
        laid_out = sheet.laid_out if sheet else None
        left_empty: tuple[int, ...] = ()
        if laid_out is None:
            html = document_to_html(document, env, self._theme)
            laid_out = self.lay_out(html, source, logo, fit=size <= LARGEST_FITTED)
            left_empty = too_empty(laid_out)
        limit = MAX_PAGES[document.format]
        if len(laid_out.pages) > limit:
            message = f"this handout has {len(laid_out.pages)} pages, and at most {limit} are taken"
            raise ContentError(source.problem("too-many-pages", message, "make several handouts of it", at=("blocks",)))
        found = list[PlacedProblem]()

        def check_pages(painted: PaintedPages) -> None:
            pages = PagesToCheck(laid_out, painted, self._theme, source)
            with_fields = partial(self._with_fields, document, sheet, env)
            found.extend(pages.problems(document, partial(self._as_shipped, document), with_fields))

        pdf = self.write(laid_out, source, self._finisher(document), check_pages=check_pages)
        problems = (*self._unset, *(problem for problem, _ in found))
        if problems and not document.draft:
            raise ContentError((*self._unset, *with_picture(pdf, found, self._theme)))
        pictures = pictures_of_places(pdf, found, self._theme) if found else b""
        pdf = with_draft_mark(pdf, self._theme) if document.draft else pdf
        facts, measured = (sheet.facts, sheet.measured) if sheet else (None, {})
        fields = write_form_fields.count_fields(laid_out)
        return Rendered(pdf, len(laid_out.pages), fields, facts, measured, left_empty, problems, pictures)

    def _as_shipped(self, document: Document) -> Any:
        """The root of a document's HTML as a booklet, made by shipped page templates alone."""
        theme = self._theme.shipped_alone
        html = document_to_html(document, environment(theme, document.locale), theme)
        return self._engine.HTML(string=html).etree_element

    def _with_fields(self, document: Document, sheet: SheetLayout | None, env: Environment) -> str:
        """The HTML of a page for paper, as it would be with fields."""
        with_fields = replace(document, fields=True)
        if sheet and sheet.on_page:
            return sheet_html(with_fields, sheet.on_page, env, self._theme)
        return document_to_html(with_fields, env, self._theme)

    def reckon(
        self, document: Document, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float]
    ) -> SheetLayout:
        """How a document comes out as a sheet; only what is not known is laid out, to measure it. Raises as ``set``."""
        _checked_size(document, source)
        with self.theme_blamed(source):
            return self._for_sheets(self._environment(document.locale), source, logo, heights).reckon(document)

    def _for_sheets(
        self, env: Environment, source: SourceFile, logo: LogoFiles | None, heights: Mapping[str, float]
    ) -> SheetTypesetter:
        lay_out = partial(self.lay_out, source=source, logo=logo)
        return SheetTypesetter(env, self._theme, self._span_rules, lay_out, heights)

    def html(self, template: str, practice: Practice, names: dict[str, Any]) -> str:
        """A template's HTML for a practice; ``locale`` is among the names. Raises ContentError if it has a problem."""
        return fill_template(template, practice, names, self._environment(names["locale"]), self._theme)

    def messages(self, tag: str) -> InterfaceMessages:
        """The program's own words in a language and region. Raises ContentError if it has none in that language."""
        return self._environment(tag).messages

    def _environment(self, tag: str) -> Environment:
        """The templates in a language and region."""
        if tag not in self._environments:
            self._environments[tag] = environment(self._theme, tag)
        return self._environments[tag]

    def lay_out(self, html: str, source: SourceFile, logo: LogoFiles | None = None, *, fit: bool = False) -> Any:
        """HTML as a ``weasyprint.document.Document``.

        Args:
            fit: tune the space until the last page is well filled.

        Raises:
            ContentError: a stylesheet, a picture or a character has a problem.
        """
        fetcher = AssetFetcher(self._theme, logo, source.path.parent)
        with complaints_raised(source, self._theme):
            scripts = self._script_styles.of(html, main_language(html))
            page = self._engine.HTML(string=html, url_fetcher=fetcher)
            right_to_left = page.etree_element.get("dir") == "rtl"
            styles = [*self._styles_for("rtl" if right_to_left else "ltr"), *scripts]
            laid_out = (
                fitted(lambda setting: self._lay_out(page, styles, setting)) if fit else self._lay_out(page, styles)
            )
            stretch_gaps(laid_out)
            close_frames(laid_out)
            return laid_out

    def write(
        self,
        laid_out: Any,
        source: SourceFile,
        finish: Callable[[Any, Any], None] | None,
        *,
        tagged: bool = True,
        placeholder: str | None = None,
        check_pages: Callable[[PaintedPages], None] | None = None,
    ) -> bytes:
        """A laid-out document as a PDF.

        Args:
            finish: may change the PDF before it is written.
            placeholder: how addresses begin that become places inside a packet.
            check_pages: looks at what was painted, once all of it was.

        Raises:
            ContentError: something on the page has a problem, or leads where no page may lead.
        """

        def finisher(laid_out: Any, pdf: Any) -> None:
            drop_page_language(pdf)
            if finish:
                with self.theme_blamed(source):
                    finish(laid_out, pdf)
            finished_pdf_checks.refuse_others(pdf, self._theme, source, placeholder)

        _untie_bookmarks(laid_out)
        with complaints_raised(source, self._theme), painting_noted() if check_pages else nullcontext() as painted:
            variant = PDF_VARIANT if tagged else None
            # The identifier is a digest of the file, so that the same pages have the same one.
            pdf: bytes = laid_out.write_pdf(finisher=finisher, pdf_variant=variant, pdf_identifier=True)
        if check_pages and painted:
            check_pages(painted)
        if not can_be_opened(pdf, len(laid_out.pages)):
            message = "what came of this cannot be opened as a PDF"
            raise ContentError(Problem("layout-failed", message, TAKE_BACK, file=source.name))
        return pdf

    @contextmanager
    def theme_blamed(self, source: SourceFile) -> Iterator[None]:
        """Raises ContentError for what fails inside the block, if anyone's own theme has a say in it: it did that."""
        try:
            yield
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            if not self._theme.is_changed:
                raise
            message = f"what came of this theme cannot be made a PDF ({type(error).__name__})"
            raise ContentError(Problem("layout-failed", message, TAKE_BACK, file=source.name)) from error

    def _finisher(self, document: Document) -> Callable[[Any, Any], None]:
        def finish(laid_out: Any, pdf: Any) -> None:
            structure_tags.repair_structure(laid_out, pdf, document.handout.id)
            svg_words.strip_transparency_groups(laid_out, pdf)
            if document.in_packet:
                page_stamps.record(laid_out, pdf)
            edition = write_form_fields.Edition(
                document.handout.edition, self.messages(document.locale).gettext("Edition")
            )
            write_form_fields.finish_form(
                laid_out, pdf, add_font=lambda pdf: self._add_viewer_font(pdf, document), edition=edition
            )

        return finish

    def _add_viewer_font(self, pdf: Any, document: Document) -> bytes:
        """Put the font for what is typed into a document's fields into its PDF; returns the font's reference."""
        second = document.second_language
        languages = (document.handout.language, *([second.language] if second else []))
        if wide := wide_viewer_font.wide_font(self._theme, languages):
            return wide_viewer_font.add_wide_font(pdf, *wide)
        return viewer_font.add_font(pdf, self._theme.font(self._theme.lettering.regular))

    def _styles_for(self, direction: str) -> list[Any]:
        """The theme's styles for pages that run in a direction, read once. Raises ContentError."""
        if direction not in self._styles:
            read = partial(self._read_styles.of, direction=direction)
            self._styles[direction] = try_each(read, self._theme.styles)
        return self._styles[direction]

    def _lay_out(self, page: Any, styles: list[Any], setting: Setting = OWN_SETTING) -> Any:
        measure = self._engine.CSS(string=setting.css, font_config=self._fonts)
        return page.render(font_config=self._fonts, stylesheets=[*styles, measure])


def _checked_size(document: Document, source: SourceFile) -> int:
    """The size of a handout with its notes and second language. Raises ContentError if it is too large."""
    size = size_of(document.blocks)
    size = size.in_two_languages if document.second_language else size
    if too_much := size.too_much:
        hint = "make several handouts of it, or choose fewer framings or one language"
        raise ContentError(source.problem("too-much-to-set", too_much, hint, at=("blocks",)))
    return size.total


def _untie_bookmarks(laid_out: Any) -> None:
    """Give bookmarks the spaces that were typed: words are tied for the page alone (``text_filters``)."""
    for page in laid_out.pages:
        page.bookmarks = [
            (level, label.replace("\N{NO-BREAK SPACE}", " "), *place) for level, label, *place in page.bookmarks
        ]
