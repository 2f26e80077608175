"""The practice's mark where a theme wants it, beside or above the practice's name, among the words of the page.

They are not put into Word's header: what stands there is not read out to a listener where the page begins.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Literal

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Mm, Pt

from handoutkit.models.document import Document
from handoutkit.models.settings.theme_settings import ThemeLook
from handoutkit.render.templating.interface_messages import is_right_to_left

from .word_parts import anchor

BESIDE, WIDEST = Mm(13), Mm(60)
"""How high a mark is at most that stands beside the name, which is as high as that; and how wide."""
_BELOW = Pt(14)
"""Between the masthead and the title."""


@dataclass(frozen=True, slots=True)
class WordMasthead:
    """How the opening of a document stands.

    Attributes:
        side: where the mark stands beside the words; None if it stands above them.
        centred: whether all of it stands in the middle.
    """

    side: Literal["left", "right"] | None
    centred: bool

    @classmethod
    def of(cls, document: Document, look: ThemeLook) -> WordMasthead:
        """As a theme has it for a document: large letters need the width, and few read well what is in the middle."""
        asked = look.masthead.logo if look.masthead else None
        if document.format == "large-print" or asked == "centre":
            return cls(None, centred=asked == "centre" and document.format not in ("large-print", "dyslexia-friendly"))
        at_start = asked != "right"
        return cls("left" if at_start != is_right_to_left(document.locale) else "right", centred=False)

    def align(self, paragraph: Any, *, is_last: bool) -> None:
        """Set a paragraph of the masthead; ``is_last``, before the title."""
        if self.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if is_last:
            paragraph.paragraph_format.space_after = _BELOW

    def add_mark(self, paragraph: Any, png: bytes, alternative: str) -> None:
        """Put the mark into the first paragraph of words, beside which it is to stand, or one of its own."""
        shape = paragraph.add_run().add_picture(io.BytesIO(png))
        most_high = BESIDE if self.side else shape.height
        scale = min(1.0, most_high / shape.height, WIDEST / shape.width if self.side else 1.0)
        shape.height, shape.width = Emu(round(shape.height * scale)), Emu(round(shape.width * scale))
        shape._inline.docPr.set("descr", alternative)
        if self.side:
            _float(shape._inline, self.side)


def _float(inline: Any, side: str) -> None:
    """Let a picture stand at a margin, with words beside it."""
    across, down = f"<wp:align>{side}</wp:align>", "<wp:posOffset>0</wp:posOffset>"
    anchor(inline, ("margin", across), ("paragraph", down), 'wrapSquare wrapText="bothSides"', gap=Mm(4))
