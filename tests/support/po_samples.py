"""PO files as a translator leaves them, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from handoutkit.files.text_files import read_text
from handoutkit.translations.po_file import PoFile, po_text, read_po

TRANSLATOR = "Ana Ejemplo"


def change(path: Path, translation: Callable[[str, str], str | None], headers: Mapping[str, str] | None = None) -> None:
    """Fill in a PO file.

    Args:
        translation: the translation of a text, from its place and the text; None leaves it as it is.
        headers: by default the translator's name.
    """
    file = read_po(read_text(path))
    for message in file:
        if message.id and (new := translation(str(message.context), str(message.id))) is not None:
            message.string = new
            message.flags.discard("fuzzy")
    file.headers |= headers if headers is not None else {"Last-Translator": TRANSLATOR}
    path.write_text(po_text(file), encoding="utf-8")


def marked(_place: str, text: str) -> str:
    """A translation that can be told from its text: each word of it, and what is between words, stays."""
    return f"«{text}»"


def read(path: Path) -> PoFile:
    """What a PO file holds."""
    return read_po(read_text(path))
