"""What kind of picture a file is, by its content alone; names are often wrong."""

from __future__ import annotations

PNG_START = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins."""
_STARTS = (
    (PNG_START, "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF", "pdf"),
    (b"%!PS", "eps"),
    (b"\x1f\x8b", "gzip"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AS_PNG = "open it in a picture program and save it as PNG or JPEG"
_AS_SVG = "open it in your drawing program and export it as SVG"
HINT = {
    "gif": _AS_PNG,
    "bmp": _AS_PNG,
    "tiff": _AS_PNG,
    "avif": _AS_PNG,
    "pdf": _AS_SVG,
    "eps": _AS_SVG,
    "gzip": "save it as plain SVG, not as compressed SVG (SVGZ)",
}
"""The way out for each kind that is known and not taken."""
_SHOWN = {"gzip": "compressed", "eps": "an EPS", "avif": "an AVIF"}


def kind_of(data: bytes) -> str:
    """``svg``, ``png``, ``jpeg``, ``webp``, ``heic``, a key of ``HINT``, or nothing if it is none of these."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":  # ISO/IEC 14496-12: the size of the box, then its name and the main brand
        return "heic" if data[8:12] in _HEIC_BRANDS else "avif" if data[8:12] in (b"avif", b"avis") else ""
    return "svg" if b"<svg" in data else ""


def not_taken(kind: str) -> str:
    """A kind of ``HINT`` in words, such as ``a GIF, which is not taken``."""
    return f"{_SHOWN.get(kind, f'a {kind.upper()}')}, which is not taken"
