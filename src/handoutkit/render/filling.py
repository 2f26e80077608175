"""Values put into the fields of a finished PDF, in any script that the theme has a font for.

The value is what a program reads back; what a person sees is its appearance. WeasyPrint sets each text on a tiny page
of the field's size, and that page becomes the appearance: shaping, accents and direction come out as they do in the
handout, where a viewer's own drawing may know the characters of WinAnsiEncoding only.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.loading.files import read_text

from .assets import AssetFetcher
from .complaints import MISSING_GLYPH, collected
from .engine import weasyprint
from .theme import Theme

_MULTILINE = 1 << 12
_ALIGNMENTS = ("start", "center", "end")
_PADDING = 2.0
"""Points between a field's edge and its words, as viewers have it."""
_PAGE = """
html, body { margin: 0 }
p { box-sizing: border-box; margin: 0; padding: 0 %(padding)spt; max-width: none; overflow: hidden }
p.line { white-space: pre }
p.lines { padding: %(padding)spt; line-height: 1.25; white-space: pre-wrap; overflow-wrap: break-word }
"""


class Filler:
    """Fills in the fields of PDFs in one theme; its fonts are read once for all of them.

    The theme's stylesheets with ``fonts`` in their names are used, where ``.value`` names the families that values are
    set in: a workspace adds another script with one stylesheet and a font.
    """

    def __init__(self, theme: Theme) -> None:
        self._fetcher = AssetFetcher(theme)
        engine = weasyprint()
        self._page = engine.HTML
        self._fonts: Any = engine.text.fonts.FontConfiguration()
        sheets = [read_text(path).text for path in theme.stylesheets if "fonts" in path.name]
        sheets.append(_PAGE % {"padding": _PADDING})
        self._styles = [engine.CSS(string=css, url_fetcher=self._fetcher, font_config=self._fonts) for css in sheets]

    def fill(self, pdf: bytes, values: Mapping[str, str]) -> bytes:
        """The PDF with values in its fields, each with an appearance of its own.

        Args:
            pdf: a handout as ``render.pdf`` makes it.
            values: by full name. For a tick or a choice the state, ``1`` and so on; empty for none.

        Raises:
            UsageError: there is no such field, or no such state of it.
            ContentError: the theme has no font for a character.
        """
        with pikepdf.open(io.BytesIO(pdf)) as document:
            named = dict(terminal_fields(document))
            texts = []
            for name, value in values.items():
                if name not in named:
                    hint = "its fields are called `handout.block.field`, by the ids in the handout's file"
                    raise UsageError(Problem("no-such-field", f"there is no field `{name}` in this PDF", hint))
                if Name.Btn == named[name].FT:
                    _choose(name, named[name], value)
                else:
                    texts.append((named[name], value))
            self._write(document, texts)
            filled = io.BytesIO()
            document.save(filled, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return filled.getvalue()

    def _write(self, document: pikepdf.Pdf, texts: list[tuple[Any, str]]) -> None:
        for field, value in texts:
            field.V = String(value.replace("\n", "\r"))  # a form's own line end
        shown = [(_Place.of(field), field, value) for field, value in texts]
        if not shown:
            return
        with pikepdf.open(io.BytesIO(self._set([(place, value) for place, _, value in shown]))) as pages:
            for page, (place, field, _) in zip(pages.pages, shown, strict=True):
                operators = b"/Tx BMC q\n" + page.Contents.read_bytes() + b"\nQ EMC"
                appearance = document.make_stream(operators if field.V else b"/Tx BMC EMC")
                appearance.Type, appearance.Subtype = Name.XObject, Name.Form
                appearance.BBox = Array([0, 0, place.width, place.height])
                appearance.Resources = document.copy_foreign(pages.make_indirect(page.Resources))
                field.AP = Dictionary(N=appearance)

    def _set(self, texts: list[tuple[_Place, str]]) -> bytes:
        """A PDF with a page of each place's size for each text."""
        sizes = "".join(
            f"@page p{n} {{ size: {place.width}pt {place.height}pt; margin: 0 }} .p{n} {{ page: p{n}; {place.style} }}"
            for n, (place, _) in enumerate(texts)
        )
        body = "".join(_paragraph(n, place, value) for n, (place, value) in enumerate(texts))
        html = f'<html lang="und"><title>-</title><style>{sizes}</style><body>{body}'
        with collected() as complaints:
            page = self._page(string=html, url_fetcher=self._fetcher)
            pdf: bytes = page.write_pdf(stylesheets=self._styles, font_config=self._fonts)
        if complaints:
            raise ContentError(_as_problem(message) for message in complaints)
        return pdf


def terminal_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The fields of a form that hold values, by full name; nothing if there is no form."""
    if "/AcroForm" not in document.Root:
        return
    stack = [("", node) for node in reversed(list(document.Root.AcroForm.Fields))]
    while stack:
        path, node = stack.pop()
        name = f"{path}.{node.T}" if path else str(node.T)
        kids = list(node.get("/Kids", []))
        if kids and "/T" in kids[0]:
            stack.extend((name, kid) for kid in reversed(kids))
        else:
            yield name, node


@dataclass(frozen=True, slots=True)
class _Place:
    """A text field's size in points, and how words stand in it."""

    width: float
    height: float
    lines: bool
    style: str

    @classmethod
    def of(cls, field: Any) -> _Place:
        left, bottom, right, top = (float(corner) for corner in field.Rect)
        width, height = round(right - left, 2), round(top - bottom, 2)
        size, colour = re.match(r"/\S+ ([\d.]+) Tf (.*) rg", str(field.DA)).groups()  # type: ignore[union-attr]
        lines = bool(int(field.get("/Ff", 0)) & _MULTILINE)
        red, green, blue = (round(float(part) * 255) for part in colour.split())
        ground = "background: #fff; " if "/BG" in field.get("/MK", {}) else ""
        style = (
            f"font-size: {size}pt; color: rgb({red}, {green}, {blue}); height: {height}pt; {ground}"
            f"text-align: {_ALIGNMENTS[int(field.get('/Q', 0))]}"
        )
        return cls(width, height, lines, style if lines else f"{style}; line-height: {height}pt")


def _paragraph(number: int, place: _Place, value: str) -> str:
    direction = "rtl" if _runs_from_right(value) else "ltr"
    kind = "lines" if place.lines else "line"
    return f'<p class="value {kind} p{number}" style="direction: {direction}">{escape(value)}</p>'


def _runs_from_right(value: str) -> bool:
    """Whether the first letter that has a direction is of a script written from the right."""
    strong = (unicodedata.bidirectional(char) for char in value)
    return next((direction != "L" for direction in strong if direction in ("L", "R", "AL")), False)


def _choose(name: str, field: Any, value: str) -> None:
    """Tick a box, or one of a group."""
    widgets = list(field.get("/Kids", [field]))
    states = {str(state)[1:] for widget in widgets for state in widget.AP.N.keys()}  # noqa: SIM118
    chosen = value or "Off"
    if chosen not in states:
        hint = f"write one of {', '.join(sorted(states - {'Off'}))}, or nothing"
        raise UsageError(Problem("no-such-state", f"the field `{name}` cannot be `{value}`", hint))
    field.V = Name("/" + chosen)
    for widget in widgets:
        widget.AS = Name("/" + (chosen if "/" + chosen in widget.AP.N else "Off"))


def _as_problem(message: str) -> Problem:
    if found := MISSING_GLYPH.search(message):
        hint = "put a font that has it below `templates/fonts/` and name it in a stylesheet, see templates/README.md"
        return Problem("missing-glyph", f"no font of the theme can print `{found['char']}` ({found['name']})", hint)
    return Problem("layout", message, "see the stylesheets with `fonts` in their names")
