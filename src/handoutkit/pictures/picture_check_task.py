"""What the worker does to check a picture, for nobody vouches for such a file."""

from __future__ import annotations

from .picture_check import PictureFault
from .print_ready import print_ready


def check_here(data: bytes, shown_name: str) -> tuple[object, ...]:
    """What a picture takes to print (pieces, pixels, concerns), or the code, message and hint of why it cannot be.

    Args:
        shown_name: its name, as messages give it.
    """
    try:
        ready = print_ready(data, shown_name)
    except PictureFault as fault:
        return fault.code, fault.message, fault.hint
    return ready.pieces, ready.pixels, tuple(map(tuple, ready.concerns))
