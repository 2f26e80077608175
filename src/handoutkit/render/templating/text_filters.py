"""Filters that make HTML of an author's texts: small Markdown, typographic marks, a second language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote

from markupsafe import Markup, escape

from handoutkit.models import markdown
from handoutkit.models.blocks.frames_and_cards import SLOT
from handoutkit.models.document import SecondLanguage
from handoutkit.models.filled_in.letter import parse_letter
from handoutkit.models.handout import Source
from handoutkit.models.packet import Signature
from handoutkit.models.translatable_text import unwrapped
from handoutkit.render.templating.number_direction import numbers_left_to_right

from .interface_messages import InterfaceMessages
from .letter_html import letter_html, line_html

# The last two words, in a paragraph that has at least two dozen characters before them; so short that in the narrowest
# column the line before them is not left half empty.
_LAST_WORDS = re.compile(r"((?<=[^<>]{16})(?<=\s)[^\s<>]{1,6}) ([^\s<>]{1,7}(?:</(?:strong|em|a)>)*)(?=</p>|$)")
# Two such words that are shorter still are tied to the one before them.
_LAST_SHORT_WORDS = re.compile(
    r"((?<=[^<>]{16})(?<=\s)[^\s<>]{1,4}) ([^\s<>]{1,4}\u00a0[^\s<>]{1,4}(?:</(?:strong|em|a)>)*)(?=</p>|$)"
)
# Its last four characters, in a paragraph of Chinese: an end that looks like a line, not like something left over.
_LAST_HAN = re.compile(r"(?<=[^<>]{9})([\u3400-\u9fff]{4}[\u3002\uff1f\uff01”]{0,2})(?=</p>|$)")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_QUOTES = dict.fromkeys(("ar", "fa"), "«»\u2039\u203a")
"""Quotation marks, and those inside them; elsewhere they are “ ” and ‘ ’."""


@dataclass
class TextFilters:
    """The filters of one language.

    Attributes:
        second_language: the second language of the page that is being made; each text is followed by its translation.
    """

    messages: InterfaceMessages
    second_language: SecondLanguage | None = None

    def inline(self, value: str, *, alone: bool = False) -> Markup:
        """One paragraph of small Markdown as HTML without ``<p>``; ``alone``, in the first language only."""
        return _inline(value, self.messages.tag) + ("" if alone else self._after(value))

    def prose(self, value: str, *, alone: bool = False) -> Markup:
        """Paragraphs of small Markdown as HTML, each followed by its like in the second language."""
        other = None if alone else self._other(value)
        mine = _BETWEEN_PARAGRAPHS.split(value)
        theirs = _BETWEEN_PARAGRAPHS.split(other) if other else []
        if len(mine) != len(theirs):
            mine, theirs = [value], [other or ""]
        pairs = zip(mine, theirs, strict=True)
        return Markup("\n").join(_paragraphs(text, self.messages.tag) + self._apart(after) for text, after in pairs)

    def item(self, value: str) -> Markup:
        """An item of a list as HTML, with the list inside it, each text followed by its like in the second language."""
        mine, theirs = value.split(markdown.BEFORE_ITEM), (self._other(value) or "").split(markdown.BEFORE_ITEM)
        if len(mine) == 1:
            return self.inline(value)
        theirs = theirs if len(theirs) == len(mine) else [*[""] * (len(mine) - 1), "; ".join(filter(None, theirs))]
        head, *under = (
            _inline(text, self.messages.tag) + self._beside(after) for text, after in zip(mine, theirs, strict=True)
        )
        items = Markup("").join(Markup("<li>{}</li>").format(text) for text in under)
        return head + Markup('<ul class="under">{}</ul>').format(items)

    def letter(self, value: str, name: str, signature: Signature | None = None) -> Markup:
        """Paragraphs and lists with a client's values among their words; see ``letter_html``."""
        picture = None
        if signature:
            picture = Markup('<p class="signature"><img src="handout:{}" alt="{}" style="height: {}mm"></p>').format(
                quote(signature.file), signature.text, signature.height
            )
        return letter_html(parse_letter(value, quotes_of(self.messages.tag)), name, _finished, picture)

    def line_with_values(self, value: str, name: str) -> Markup:
        """One paragraph with a client's values among its words, without its ``<p>``."""
        return line_html(parse_letter(value, quotes_of(self.messages.tag)), name, _finished)

    def typeset(self, value: str, *, alone: bool = False) -> Markup:
        """A name, title or label: as it was written, but for typographic quotation marks and its last space."""
        return _typeset(value, self.messages.tag) + ("" if alone else self._after(value))

    def apart(self, value: str) -> Markup:
        """A name, an address or a number among words that may run the other way, kept together in its own direction."""
        if self.messages.direction == "ltr" or _RIGHT_TO_LEFT.search(value):
            return escape(value)
        return Markup('<span dir="ltr">{}</span>').format(value)

    def linked(self, value: str, kind: str = "call") -> Markup:
        """A number to ``call`` or ``text``, or an address to ``chat`` at or see, which leads there."""
        link = contact_link(value, kind)
        if not link:
            return self.apart(value)
        # The direction is the link's own: an element inside it would have a second annotation, without a tag.
        direction = Markup("") if self.messages.direction == "ltr" else Markup(' dir="ltr"')
        return Markup('<a class="reach" href="{}"{}>{}</a>').format(link, direction, value)

    def listed(self, values: Iterable[object]) -> Markup:
        """Texts one after the other with the language's comma between them; empty ones left out."""
        return escape(self.messages.gettext(", ")).join(escape(value) for value in values if value)

    def second_language_only(self, value: str) -> Markup:
        """A sentence frame in the second language, as a paragraph; nothing if there is none."""
        return self._apart(SLOT.sub("\N{HORIZONTAL ELLIPSIS}", self._other(value) or ""))

    def _other(self, value: str) -> str | None:
        return self.second_language.words.get(unwrapped(value)) if self.second_language else None

    def _after(self, value: str) -> Markup:
        return self._beside(self._other(value))

    def _beside(self, other: str | None) -> Markup:
        if not other or self.second_language is None:
            return Markup("")
        tag = self.second_language.language
        # The space stands inside: before a block, WeasyPrint 70 breaks a line that it would just fill after one word.
        span = Markup('<span class="second-language"{}> {}</span>')
        return span.format(self.messages.attributes(tag), _inline(other, tag))

    def _apart(self, other: str) -> Markup:
        if not other or self.second_language is None:
            return Markup("")
        tag = self.second_language.language
        paragraph = Markup('\n<p class="second-language"{}>{}</p>')
        attributes = self.messages.attributes(tag)
        texts = _BETWEEN_PARAGRAPHS.split(other)
        return Markup("").join(paragraph.format(attributes, _inline(text, tag)) for text in texts)


def _inline(value: str, tag: str) -> Markup:
    # The parser escapes, and HTML is off; so in all three.
    return Markup(_finished(markdown.to_inline_html(value, quotes_of(tag))))  # noqa: S704


def _paragraphs(value: str, tag: str) -> Markup:
    return Markup(_finished(markdown.markdown_to_html(value, quotes_of(tag))))  # noqa: S704


def _typeset(value: str, tag: str) -> Markup:
    return Markup(_finished(markdown.typeset_html(value, quotes_of(tag))))  # noqa: S704


def quotes_of(tag: str) -> str:
    """The quotation marks of a language, as ``markdown.QUOTES`` has those of English."""
    return _QUOTES.get(tag.split("-", maxsplit=1)[0], markdown.QUOTES)


def _finished(html: str) -> str:
    html = _without_widows(html)
    return numbers_left_to_right(html) if _RIGHT_TO_LEFT.search(html) else html


def _without_widows(html: str) -> str:
    """With the last two words of longer paragraphs tied, if they are short: no word stands alone on a last line."""
    html = _LAST_HAN.sub(r'<span class="tied">\1</span>', html)
    for words in (_LAST_WORDS, _LAST_SHORT_WORDS):
        html = words.sub("\\1\N{NO-BREAK SPACE}\\2", html)
    return html


_LINE = 50
"""Characters in a line of a column, about."""
Column = tuple[tuple[int, Source], ...]


def in_columns(sources: Sequence[Source]) -> tuple[Column, ...]:
    """Two columns of numbered sources, the first the longer one; a single source stands alone in one."""
    numbered = tuple(enumerate(sources, start=1))
    if len(numbered) < 2:
        return (numbered,)
    heights = [_lines(source) for source in sources]
    total = sum(heights)
    first = min(
        range(1, len(numbered)),
        key=lambda cut: max(sum(heights[:cut]), total - sum(heights[:cut]) + 0.5),
    )
    return numbered[:first], numbered[first:]


def _lines(source: Source) -> int:
    parts = (source.author, source.title, source.year, source.publisher, source.url, source.idea)
    return ceil(sum(len(str(part)) + 2 for part in parts if part) / _LINE)


_NUMBER = re.compile(r"\+?[\d\s\xa0().\u2010\u2011/-]+")
_PAGE = re.compile(r"(?:https?://)?(?P<page>[\w-]+(?:\.[\w-]+)+(?:/\S*)?)")
_SCHEMES = {"call": "tel", "text": "sms"}


def contact_link(to: str, kind: str = "call") -> str:
    """Where a number or address leads; empty if nobody can tell, as with words in a number.

    >>> contact_link("(555) 010-0199"), contact_link("838255", "text"), contact_link("988lifeline.org", "chat")
    ('tel:5550100199', 'sms:838255', 'https://988lifeline.org')
    >>> contact_link("START to 88788", "text")
    ''
    """
    if scheme := _SCHEMES.get(kind):
        digits = re.sub(r"[^\d+]", "", to)
        return f"{scheme}:{digits}" if digits and _NUMBER.fullmatch(to.strip()) else ""
    found = _PAGE.fullmatch(to.strip())
    return f"https://{found['page']}" if found else ""
