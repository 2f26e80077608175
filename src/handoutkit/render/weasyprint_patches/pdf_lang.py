"""Words in another language than their page say so in the PDF (WCAG 2.2, 3.1.2; ISO 32000-1, 14.9.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache, partial, partialmethod
from typing import Any

import pydyf

from .engine import weasyprint

_LANG = "Lang"


@lru_cache(maxsize=1)
def tell_languages() -> None:
    """Have WeasyPrint write the language of each piece of text beside it. Once is enough."""
    stream: Any = weasyprint().pdf.stream.Stream
    stream.marked = partialmethod(partial(_marked, stream.marked))


def leave_out_the_pages_own(pdf: pydyf.PDF) -> None:
    """Of the languages that were written, keep those that are not the page's: ``/Lang`` of the whole says that."""
    own = _text(pdf.catalog.get(_LANG))
    for item in pdf.objects:
        for operand in item.stream if isinstance(item, pydyf.Stream) else ():
            if isinstance(operand, dict) and _LANG in operand and _text(operand[_LANG]) == own:
                del operand[_LANG]


@contextmanager
def _marked(as_it_was: Callable[..., AbstractContextManager[None]], self: Any, box: Any, tag: str) -> Iterator[None]:
    with as_it_was(self, box, tag):
        language = box.style["lang"]
        properties = self.stream[-2] if len(self.stream) > 1 else None
        if language and tag == "Span" and isinstance(properties, dict) and "MCID" in properties:
            properties[_LANG] = pydyf.String(language)
        yield


def _text(value: Any) -> str:
    return str(getattr(value, "string", value or ""))
