"""SVG drawings of a theme as pictures of dots, which every version of Word shows."""

from __future__ import annotations

import pypdfium2
from PIL.Image import Image

from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.look.bullet_pictures import address_of_svg
from handoutkit.render.weasyprint_patches.engine import weasyprint

_ALONE = (
    "@page {{ size: {0}pt {1}pt; margin: 0 }} body {{ margin: 0 }} "
    "img {{ display: block; width: {0}pt; height: {1}pt; object-fit: contain }}"
)


def png_of_svg(svg: bytes, fetcher: AssetFetcher, size: tuple[int, int]) -> Image:
    """An SVG in the middle of a picture of so many pixels, as large as there is room, with nothing behind it.

    WeasyPrint draws it, so that it looks as it does on paper.
    """
    address = address_of_svg(svg.decode("utf-8", "replace"))
    page = f'<style>{_ALONE.format(*size)}</style><img alt="" src="{address}">'
    pdf = weasyprint().HTML(string=page, url_fetcher=fetcher).write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image = document[0].render(fill_color=(255, 255, 255, 0)).to_pil()
        return drawn.convert("RGBA")
