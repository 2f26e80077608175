"""A picture as it is printed: looked through, turned upright, as large as print needs, and with nothing else in it.

Whoever reads a picture to show it reads it through here, in the worker. What a camera or a drawing program notes in a
file beside the picture (where it was taken, by whom, what for) does not get any further.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from handoutkit.files.recently_used import RecentlyUsed

from .picture_check import MAX_SVG_BYTES, PictureFault
from .picture_kinds import HINT, kind_of, not_taken

WHITE_GROUND = "picture-white-ground"
"""A concern about logos; a photo in a handout may have white edges."""


class Concern(NamedTuple):
    """Something in a picture that is not printed as it is meant, and the way out."""

    code: str
    message: str
    hint: str


class ReadyPicture(NamedTuple):
    """A picture that can be printed.

    Attributes:
        media_type: of ``data``, such as ``image/png``; it need not be that of the file.
        pieces: to draw of an SVG (see ``svg_work``).
        pixels: of a photo, or of all that an SVG holds.
        concerns: what of it will not look as it is meant to.
    """

    data: bytes
    media_type: str
    pieces: int = 0
    pixels: int = 0
    concerns: tuple[Concern, ...] = ()


_KEPT_BYTES = 50_000_000
_kept = RecentlyUsed[bytes, tuple[str, ReadyPicture]](_KEPT_BYTES, lambda known: len(known[1].data))
"""By the SHA-256 of the file, so that one on many pages is prepared once; with the name that its concerns say."""


def print_ready(data: bytes, shown_name: str) -> ReadyPicture:
    """A picture's file as it is printed. Raises PictureFault.

    Args:
        shown_name: its name, as messages give it.
    """
    digest = hashlib.sha256(data).digest()
    known = _kept.get(digest)
    if known is None or (known[1].concerns and known[0] != shown_name):
        known = _kept.put(digest, (shown_name, _prepared(data, shown_name)))
    return known[1]


def check_here(data: bytes, shown_name: str) -> tuple[object, ...]:
    """What a picture takes to print (pieces, pixels, concerns), or the code, message and hint of why it cannot be."""
    try:
        ready = print_ready(data, shown_name)
    except PictureFault as fault:
        return fault.code, fault.message, fault.hint
    return ready.pieces, ready.pixels, tuple(map(tuple, ready.concerns))


def _prepared(data: bytes, shown_name: str) -> ReadyPicture:
    kind = kind_of(data)
    # Pillow and the XML parser take a while to import; each is needed for some kinds of picture only.
    if kind == "svg":
        if len(data) > MAX_SVG_BYTES:
            hint = "save it as plain SVG, without what only your drawing program needs"
            message = f"{shown_name} is larger than {MAX_SVG_BYTES // 1_000_000} MB, which is too much for an SVG"
            raise PictureFault("picture-too-large", message, hint)
        from .svg_file import ready_svg

        return ready_svg(data, shown_name)
    if kind in ("jpeg", "png", "webp", "heic"):
        from .photo_file import ready_photo

        return ready_photo(data, kind, shown_name)
    if kind:
        raise PictureFault("not-a-picture", f"{shown_name} is {not_taken(kind)}", HINT[kind])
    message = f"{shown_name} is no picture of a kind that is taken: SVG, PNG, JPEG, WebP"
    raise PictureFault("not-a-picture", message, "save it as SVG (best for a logo), PNG or JPEG")
