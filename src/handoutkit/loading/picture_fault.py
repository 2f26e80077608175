"""What is wrong with a picture, and how much it takes to print one."""

from __future__ import annotations

from typing import NamedTuple


class PictureFault(Exception):  # noqa: N818 - it is the picture that is at fault
    """Why a picture cannot be printed, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Weight(NamedTuple):
    """What a picture takes to print: pieces to draw of an SVG (see ``svg_work``), pixels of a PNG."""

    pieces: int = 0
    pixels: int = 0
