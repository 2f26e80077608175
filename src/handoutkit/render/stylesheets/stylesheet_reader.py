"""Reads stylesheets for WeasyPrint; those that bring nothing from elsewhere are read once for all themes of a process.

Most files of a theme are those of the theme it grew from, and a theme that is being written is read again after each
change of one of its files: reading all of base takes half a second.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from handoutkit.errors import ContentError
from handoutkit.files.source_file import SourceFile
from handoutkit.render.complaints.weasyprint_log import as_style_problem, collected
from handoutkit.render.weasyprint_patches.engine import weasyprint
from handoutkit.render.weasyprint_patches.mirror_layout import mirrored_css

_FROM_ELSEWHERE = re.compile(r"@(?:font-face|import|color-profile|counter-style|layer)", re.IGNORECASE)
"""Rules that reading alone does something for: a fetcher or fonts are asked, or other stylesheets change."""
_MOST_KEPT = 250
"""Of the shipped themes, in both directions, there are fewer."""


class StylesheetReader:
    """Reads the stylesheets of one theme.

    Args:
        fetcher: what the theme may fetch.
        fonts: where its faces are put.
    """

    def __init__(self, fetcher: Any, fonts: Any) -> None:
        self._fetcher, self._fonts = fetcher, fonts

    def of(self, source: SourceFile, direction: str) -> Any:
        """A file as a ``weasyprint.CSS``, for pages that run ``ltr`` or ``rtl``. Raises ContentError for its faults."""
        with collected() as complaints:
            css = self.css(source.text, direction)
        if complaints and direction == "rtl":
            self.of(source, "ltr")  # says it with the words of the file
        if complaints:
            raise ContentError(as_style_problem(message, source) for message in complaints)
        return css

    def css(self, text: str, direction: str = "ltr") -> Any:
        """A text as a ``weasyprint.CSS``; what is wrong in it is logged."""
        if _FROM_ELSEWHERE.search(text):
            return _read(text, direction, self._fetcher, self._fonts)
        try:
            return _read_once(text, direction)
        except _ComplainedError:
            return _read(text, direction, self._fetcher, self._fonts)


class _ComplainedError(Exception):
    """Something was logged, and has to be each time that the text is read: it is not kept."""


@lru_cache(maxsize=_MOST_KEPT)
def _read_once(text: str, direction: str) -> Any:
    with collected() as complaints:
        css = _read(text, direction, weasyprint().urls.URLFetcher(allowed_protocols=()), None)
    if complaints:
        raise _ComplainedError
    return css


def _read(text: str, direction: str, fetcher: Any, fonts: Any) -> Any:
    if direction == "rtl":
        return mirrored_css(text, fetcher, fonts)
    return weasyprint().CSS(string=text, url_fetcher=fetcher, font_config=fonts)
