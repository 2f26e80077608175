"""The size of an SVG that says none, but has a ``viewBox``: that of the box, and not what a program takes for it.

A browser shows such a picture as wide as there is room, or not at all, and WeasyPrint 300 by 150 pixels large.
"""

from __future__ import annotations

import re

_ROOT = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_SIZE = re.compile(r"""\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_BOX = re.compile(
    r"""\bviewBox\s*=\s*["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""", re.IGNORECASE
)


def sized_svg(svg: str, high: float | None = None) -> str | None:
    """An SVG that is so many pixels high, or as its ``viewBox`` says; None if it has none.

    >>> sized_svg('<svg viewBox="0 0 40 20"></svg>')
    '<svg viewBox="0 0 40 20" width="40" height="20"></svg>'
    """
    root = _ROOT.search(svg)
    box = _BOX.search(root[0]) if root else None
    if root is None or box is None or not float(box[2]):
        return None
    high = high or float(box[2])
    wide = high * float(box[1]) / float(box[2])
    bare = _SIZE.sub("", root[0]).removesuffix(">")
    closed = "/" if bare.endswith("/") else ""
    size = f'{bare.removesuffix("/").rstrip()} width="{wide:g}" height="{high:g}"{closed}>'
    return svg[: root.start()] + size + svg[root.end() :]


def with_its_size(svg: bytes) -> bytes:
    """An SVG file with a size, if it says none; any other as it is."""
    text = svg.decode("utf-8", "replace")
    root = _ROOT.search(text)
    if root is None or len(_SIZE.findall(root[0])) == 2:
        return svg
    return (sized_svg(text) or text).encode()
