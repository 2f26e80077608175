"""An address as a square for a phone's camera (QR code, ISO/IEC 18004), drawn by segno."""

from __future__ import annotations

import segno


def qr_address(url: str, colour: str = "#000000") -> str:
    """A ``data:`` address of the square as an SVG, with the four modules of quiet around it that readers need.

    Args:
        colour: of the dots; dark, for they stand on white.
    """
    code = segno.make(url, error="m", micro=False)
    return code.svg_data_uri(border=4, dark=colour, light="#FFFFFF", omitsize=True)
