"""Pictures that several parts of a packet bring, such as the practice's logo, kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream


def share_pictures(pdf: pikepdf.Pdf) -> None:
    """Let every page draw the first of several pictures that are the same to the last byte; the others go unsaved."""
    first: dict[bytes, Stream] = {}
    instead: dict[tuple[int, int], Stream] = {}
    for picture in pdf.objects:
        if isinstance(picture, Stream) and picture.stream_dict.get("/Subtype") == Name.Image:
            known = first.setdefault(_digest(picture), picture)
            if known.objgen != picture.objgen:
                instead[picture.objgen] = known
    if not instead:
        return
    for drawn in _drawn_by_name(pdf):
        for name, picture in list(drawn.items()):
            if picture.objgen in instead:
                drawn[name] = instead[picture.objgen]


def _digest(picture: Any) -> bytes:
    """What a picture is: its bytes, all that is said of them, and the picture that says where it is clear."""
    said = Dictionary({key: item for key, item in picture.stream_dict.items() if key not in ("/SMask", "/Length")})
    mask = _digest(picture.SMask) if "/SMask" in picture else b""
    return hashlib.sha256(b"\0".join([said.unparse(), mask, picture.read_raw_bytes()])).digest()


def _drawn_by_name(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """What pages and the drawings on them call by a name."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            holders = (item, item.get("/Resources", Dictionary()))
            yield from (holder.XObject for holder in holders if "/XObject" in holder)
