"""A patch by which words in another language than their page have it in the PDF (WCAG 2.2, 3.1.2; ISO 32000-1, 14.9.2).

WeasyPrint writes the language of the whole document alone, so a screen reader reads a Spanish word as an English one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf

from .engine import Patch, Target

_LANG = "Lang"


def _write_languages(original: Callable[..., AbstractContextManager[None]]) -> Callable[..., Any]:
    """Write the language of each piece of text into the properties of its marked content."""

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with original(stream, box, tag):
            language = box.style["lang"]
            properties = stream.stream[-2] if len(stream.stream) > 1 else None
            if language and tag == "Span" and isinstance(properties, dict) and "MCID" in properties:
                properties[_LANG] = pydyf.String(language)
            yield

    return marked


def drop_page_language(pdf: pydyf.PDF) -> None:
    """Keep, of the languages that were written, those that are not the document's own, which its catalogue has."""
    own = _text(pdf.catalog.get(_LANG))
    for item in pdf.objects:
        for operand in item.stream if isinstance(item, pydyf.Stream) else ():
            if isinstance(operand, dict) and _LANG in operand and _text(operand[_LANG]) == own:
                del operand[_LANG]


def _text(value: Any) -> str:
    return str(getattr(value, "string", value or ""))


PATCH = Patch(
    name="languages of words",
    page='<html lang="en"><title>-</title><p>Good <span lang="es">d\u00edas</span>',
    targets=(Target("weasyprint.pdf.stream.Stream.marked", "(self, box, tag)", _write_languages),),
)
