"""What a page needs, put into the page itself: pictures whole, fonts with the characters that can be needed."""

from __future__ import annotations

import base64
import io
import mimetypes
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.pictures.picture_check import PictureFault
from handoutkit.pictures.print_ready import ReadyPicture, print_ready
from handoutkit.render.look.font_files import FONT_ENDINGS, unpacked
from handoutkit.render.look.svg_size import with_its_size
from handoutkit.render.theme import Theme

LOGO, LIGHT_LOGO, PICTURE, THEME = "practice:logo", "practice:light-logo", "handout:", "theme:"
_THEME_URL = re.compile(r'url\("theme:([^"]+)"\)')
_TYPED = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) + "‘’“”–—…€"
"""What people may write into a page in a Latin script, whatever words it has itself."""


def picture_source(logo: LogoFiles | None, folder: Path, theme: Theme) -> Callable[[str], str]:
    """From a picture's address in the templates to its content as a ``data:`` address.

    Args:
        folder: where the handout is. What its file names was found to be there when that was read.
    """

    def source(address: str) -> str:
        if logo and address in (LOGO, LIGHT_LOGO):
            path = logo.file if address == LOGO else logo.light or logo.file
        elif address.startswith(PICTURE):
            path = folder / unquote(address.removeprefix(PICTURE))
        elif address.startswith(THEME):
            return _theme_picture(theme, unquote(address.removeprefix(THEME)))
        else:
            return address
        ready = print_ready(path.read_bytes(), f"`{path.name}`")
        return _address_of(ready)

    return source


def _theme_picture(theme: Theme, name: str) -> str:
    """A picture of a theme's, as an address. Raises ContentError: it is not there, or cannot be shown."""
    path = theme.asset_path(name)
    try:
        ready = print_ready(path.read_bytes(), f"`{path.name}`")
    except PictureFault as fault:
        raise ContentError(Problem(fault.code, fault.message, fault.hint, file=shown(path))) from None
    return _address_of(ready)


def _address_of(ready: ReadyPicture) -> str:
    is_svg = ready.media_type == "image/svg+xml"
    return _address(with_its_size(ready.data) if is_svg else ready.data, ready.media_type)


def with_assets(css: str, theme: Theme, words: str) -> str:
    """A stylesheet in which every ``url("theme:...")`` is what it leads to; fonts for ``words`` and typed text."""

    def embedded(match: re.Match[str]) -> str:
        name = unquote(match[1])
        content = theme.asset(name)
        if name.lower().endswith(FONT_ENDINGS):
            characters = "".join(sorted(set(words + _TYPED)))
            return f'url("{_data(_subset(unpacked(content), characters), "font.woff")}") format("woff")'
        return f'url("{_data(with_its_size(content) if name.lower().endswith(".svg") else content, name)}")'

    return _THEME_URL.sub(embedded, css)


@lru_cache(maxsize=16)
def _subset(font: bytes, characters: str) -> bytes:
    """A WOFF file of a font with some of its characters; the same bytes each time."""
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"])
    options.name_IDs, options.notdef_outline, options.recalc_timestamp = [1, 2], True, False
    loaded = subset.load_font(io.BytesIO(font), options)
    cut = subset.Subsetter(options)
    cut.populate(text=characters)
    cut.subset(loaded)
    file = io.BytesIO()
    subset.save_font(loaded, file, options)
    return file.getvalue()


def _data(content: bytes, name: str) -> str:
    kind = "font/woff" if name.endswith(".woff") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _address(content, kind)


def _address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
