"""Smallest pages, laid out with all patches of WeasyPrint or without one of them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.engine import Patch, weasyprint
from handoutkit.render.weasyprint_patches.patches import apply_all
from handoutkit.render.weasyprint_patches.word_faces import Fonts
from tests.conftest import ROOT

_FONT = """
@font-face { font-family: Noto Sans; src: url(theme:fonts/NotoSans-Regular.ttf) }
html, input { font-family: Noto Sans; margin: 0 }
"""


@contextmanager
def without(patch: Patch) -> Iterator[None]:
    """WeasyPrint as it is without one patch, inside the block."""
    originals = apply_all()
    places = [(*target.name.rpartition(".")[::2], target.name) for target in patch.targets]
    patched = [pkgutil.resolve_name(target) for _, _, target in places]
    for owner, name, target in places:
        setattr(pkgutil.resolve_name(owner), name, originals[target])
    try:
        yield
    finally:
        for (owner, name, _), replacement in zip(places, patched, strict=True):
            setattr(pkgutil.resolve_name(owner), name, replacement)


def laid_out(html: str) -> Any:
    """HTML as a ``weasyprint.document.Document``, in Noto Sans; it may fetch what a theme has."""
    apply_all()
    engine, fonts, fetcher = weasyprint(), Fonts(), AssetFetcher(Theme.find("base", (ROOT,)))
    sheet = engine.CSS(string=_FONT, url_fetcher=fetcher, font_config=fonts)
    return engine.HTML(string=html, url_fetcher=fetcher).render(stylesheets=[sheet], font_config=fonts)


def pdf_of_html(html: str, finisher: Callable[[Any, Any], None] | None = None, *, tagged: bool = False) -> bytes:
    """HTML as a PDF whose streams can be read as they are."""
    variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    pdf: bytes = laid_out(html).write_pdf(finisher=finisher, uncompressed_pdf=True, **variant)
    return pdf
