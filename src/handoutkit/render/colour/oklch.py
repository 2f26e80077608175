"""OKLCH, a colour space in which equal steps of lightness look equal, and the contrast ratio of WCAG.

The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020), the transfer function
that of IEC 61966-2-1 (sRGB). ColorAide would do all of this, and the tests hold the results against it; but to import
it takes a tenth of a second, a twelfth of a cold build.
"""

from __future__ import annotations

from math import atan2, cbrt, cos, degrees, hypot, radians, sin
from typing import NamedTuple

_TO_LMS = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
           (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
_TO_LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
           (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
_FROM_LAB = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728),
             (1.0, -0.0894841775, -1.2914855480))  # fmt: skip
_FROM_LMS = ((4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965),
             (-0.0041960863, -0.7034186147, 1.7076147010))  # fmt: skip
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_CHROMA_STEP = 0.002
Matrix = tuple[tuple[float, float, float], ...]


class Oklch(NamedTuple):
    """A colour: lightness 0 to 1, chroma from 0 (grey) to about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def from_hex(colour: str) -> Oklch:
    """The colour written ``#RRGGBB``."""
    lms = _times(_TO_LMS, _linear(colour))
    lightness, a, b = _times(_TO_LAB, tuple(cbrt(cone) for cone in lms))
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """The colour as ``#RRGGBB``; one that no screen can show is made greyer until it can be."""
    lightness, chroma, hue = colour
    while True:
        lab = (lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))
        linear = _times(_FROM_LMS, tuple(cone**3 for cone in _times(_FROM_LAB, lab)))
        if chroma <= 0 or all(-1e-4 <= channel <= 1 + 1e-4 for channel in linear):
            return "#" + "".join(f"{round(255 * _encoded(min(max(channel, 0.0), 1.0))):02X}" for channel in linear)
        chroma = max(0.0, chroma - _CHROMA_STEP)


def contrast(one: str, other: str) -> float:
    """The WCAG 2.x contrast ratio of two colours written ``#RRGGBB``: 1 to 21."""
    darker, lighter = sorted(
        sum(weight * channel for weight, channel in zip(_LUMINANCE, _linear(colour), strict=True))
        for colour in (one, other)
    )
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid thinly over a ground, both ``#RRGGBB``; ``share`` of it is seen, 0 to 1."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02X}" for over, under in pairs)


def _times(matrix: Matrix, vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix)


def _linear(colour: str) -> tuple[float, ...]:
    """Linear-light red, green and blue, 0 to 1."""
    encoded = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in encoded)


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
