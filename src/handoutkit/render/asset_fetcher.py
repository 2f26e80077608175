"""The only things a page can fetch: files of the theme, the practice's logo and a handout's pictures. No network."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from handoutkit.files.text_files import is_inside
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.pictures.print_ready import print_ready
from handoutkit.render.weasyprint_patches.engine import weasyprint

from .look.font_files import FONT_ENDINGS, unpacked
from .look.svg_size import with_its_size
from .theme import Theme
from .theme_lettering import is_cut_off

THEME_SCHEME = "theme:"
LOGO_URL, LIGHT_LOGO_URL = "practice:logo", "practice:light-logo"
PICTURE_SCHEME = "handout:"
MAX_DATA_URL = 8_000_000
"""Pictures inside an SVG come as such addresses, prepared for print before."""


_urls: Any = weasyprint().urls


class AssetFetcher(_urls.URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Serves files of the theme, the logo, a handout's pictures and ``data:`` addresses; refuses all else.

    Their addresses begin as the constants of this module say.

    Args:
        folder: where the handout is; its pictures stand beside it or below.
    """

    def __init__(self, theme: Theme, logo: LogoFiles | None = None, folder: Path | None = None) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._theme = theme
        self._logo = logo
        self._folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The asset behind an address. WeasyPrint logs what this raises, and a logged line fails the build."""
        if url.startswith(THEME_SCHEME):
            name = unquote(url.removeprefix(THEME_SCHEME))
            return _urls.URLFetcherResponse(url, self._asset(name), _type_of(name))
        if picture := self._picture_at(url):
            ready = print_ready(picture.read_bytes(), f"`{picture.name}`")
            return _urls.URLFetcherResponse(url, ready.data, {"Content-Type": ready.media_type})
        if url.startswith("data:") and len(url) <= MAX_DATA_URL:
            return super().fetch(url, headers)
        raise ValueError(
            f"{url[:80]} is neither in the workspace nor in the theme, and nothing is fetched from elsewhere"
        )

    def _picture_at(self, url: str) -> Path | None:
        if url in (LOGO_URL, LIGHT_LOGO_URL):
            return self._logo and (self._logo.file if url == LOGO_URL else self._logo.light)
        return self._picture(unquote(url.removeprefix(PICTURE_SCHEME))) if url.startswith(PICTURE_SCHEME) else None

    def _asset(self, name: str) -> bytes:
        data = self._theme.asset(name)
        if name.lower().endswith(FONT_ENDINGS) and not self._theme.is_shipped(name):
            if is_cut_off(data):
                raise ValueError(f"{name} is not a whole font")
            return unpacked(data)
        return with_its_size(data) if name.lower().endswith(".svg") else data

    def _picture(self, name: str) -> Path | None:
        path = self._folder / name if self._folder else None
        return path if path and self._folder and path.is_file() and is_inside(path, self._folder) else None


def _type_of(name: str) -> dict[str, str]:
    return {"Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream"}
