"""Small safe Markdown: strong, emphasis, links and soft breaks in paragraphs, and nothing else.

Only stars set words off: `_` is a letter, since people type blanks and addresses with it. The parser is markdown-it-py
with everything switched off but these. What it would not understand (headings, lists, HTML) is refused when a file is
loaded, so that no reader ever meets a stray ``#`` or ``<b>`` on paper; ``&eacute;`` is the letter it stands for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from .fit_to_print.characters import as_meant, faults_in_characters, is_empty, needless
from .fit_to_print.link_addresses import LINK_SCHEMES, leads_somewhere, scheme_of
from .rule_problems import problem

MAX_BRACKETS = 40
"""Most ``[`` in a text."""
MAX_MARKS = 200
"""Most stars in a text, those that stand together counted as one."""
MAX_WORD = 80
"""Most letters without a place to break a line, in scripts that have spaces between words."""
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_MARKS = re.compile(r"\*+")
_NEEDS_PARSER = re.compile(r"[*\\\[\]\"'\n]")
"""What the parser makes something else of; most texts have none of it."""
_ADDRESS = re.compile(r"\]\([^)\s]*+")
# Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese may be broken without a space.
_LONG_WORD = re.compile(
    rf"[^\s/\-\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    rf"\uff00-\uffef\U00020000-\U0003ffff]{{{MAX_WORD + 1},}}"
)
_BLOCK_SYNTAX = re.compile(r"^\s{0,3}(#{1,6}\s|[-*+]\s|\d{1,2}[.)]\s|>|```|~~~|\||!\[)", re.MULTILINE)


BEFORE_ITEM = "\n- "
"""What stands before each item of a list inside an item."""
MAX_UNDER = 7
_ITEM_LINE = re.compile(r"\n[ \t]*- ")

QUOTES = "“”‘’"
"""What straight quotation marks become: outer and inner ones, opening and closing."""


@lru_cache(maxsize=8)
def _parser(quotes: str = QUOTES, *, any_link: bool = False) -> MarkdownIt:
    return markdown_parser(quotes, any_link=any_link)


def markdown_parser(quotes: str = QUOTES, *, any_link: bool = False) -> MarkdownIt:
    """The one set-up of the parser; ``any_link`` also sees links we refuse, so that they can be named."""
    rules = ["emphasis", "link", "newline", "escape", "smartquotes"]
    parser = MarkdownIt("zero", {"html": False, "typographer": True, "quotes": quotes}).enable(rules)
    parser.inline.ruler.at("emphasis", _stars_only)
    parser.validateLink = lambda url: any_link or scheme_of(url) in LINK_SCHEMES  # type: ignore[method-assign]
    return parser


def _stars_only(state: StateInline, silent: bool) -> bool:
    """The parser's rule for emphasis, to which an underscore is a letter."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


@lru_cache(maxsize=4)
def _typesetter(quotes: str) -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "typographer": True, "quotes": quotes}).enable("smartquotes")


def check_inline(value: str) -> str:
    """A single paragraph, unchanged but for HTML entities and the space around it. Raises PydanticCustomError."""
    value = check_prose(value)
    if re.search(r"\n\s*\n", value):
        hint = "take out the empty line, or use a `prose` block"
        raise problem("one-paragraph", "this text must be one paragraph", hint)
    return value


def check_prose(value: str) -> str:
    """One or more paragraphs, unchanged but for HTML entities and the space around. Raises PydanticCustomError."""
    hint = "make it a block of its own (a `list`, a `table`, a `quotation`), or use the block's `heading`"
    return check_marked_up(value, _BLOCK_SYNTAX, hint)


def check_item(value: str) -> str:
    """An item of a list: one paragraph, and below it a short list of its own, whose lines start with ``- ``.

    Returns:
        Its paragraphs, unchanged but for HTML entities and space, with ``BEFORE_ITEM`` between them.

    Raises:
        PydanticCustomError: one of them has a fault, there are too many, or they stand deeper than that.
    """
    head, *under = _ITEM_LINE.split(value)
    depths = {len(found[0]) for found in _ITEM_LINE.finditer(value)}
    if len(depths) > 1:
        raise problem("list-too-deep", "a list inside an item has no list of its own", "start its lines at one place")
    if len(under) > MAX_UNDER:
        message = f"there are {len(under)} items below this one, and at most {MAX_UNDER} are taken"
        raise problem("too-many", message, "make groups of the list (`groups`, with a label each)")
    return BEFORE_ITEM.join(check_inline(part) for part in (head, *under))


def check_marked_up(value: str, not_taken: re.Pattern[str], instead: str) -> str:
    """A text in small Markdown, unchanged but for HTML entities and the space around. Raises PydanticCustomError.

    Args:
        not_taken: how a line cannot start; its first group is the sign, and ``instead`` says what to do.
    """
    value = as_meant(value)
    if fault := faults_in_characters(value):
        raise problem("bad-character", *fault)
    if char := needless(value):
        message = f"the invisible character U+{ord(char):04X} is of no use here, and could hide something"
        raise problem("bad-character", message, "delete it; it is easiest to type the word anew", char)
    if is_empty(value):
        raise problem("empty-text", "this text is empty", "write something here, or leave the whole line out")
    if found := _HTML.search(value):
        raise problem("raw-html", f"`{found[0]}` is HTML, which cannot be used here", _instead(found[0]), found[0])
    if found := not_taken.search(value):
        sign = found[1].strip()
        message = f"a line of text cannot start with `{sign}`"
        raise problem("markdown-not-taken", message, instead, found[0].strip("\n"))
    _check_length_of_words(value)
    if (marks := len(_MARKS.findall(value))) > MAX_MARKS:
        message = f"this text has {marks:,} stars, and at most {MAX_MARKS} are taken"
        raise problem("too-many-marks", message, "set off fewer words, or make several texts of it")
    if "](" in value:
        _check_links(value)
    return value.strip()


def _check_length_of_words(value: str) -> None:
    """Where a word is broken that is longer than lines, all of it is measured for each line."""
    if max(map(len, value.split())) > MAX_WORD and (found := _LONG_WORD.search(_ADDRESS.sub("](", value))):
        message = f"a word here has {len(found[0]):,} letters, and at most {MAX_WORD} are taken"
        raise problem("word-too-long", message, "put spaces between words", found[0][:20])


def _check_links(value: str) -> None:
    if value.count("[") > MAX_BRACKETS:  # the parser looks for the end of each from where it stands
        hint = "make a list of what has so many links"
        raise problem("too-many-links", f"this text has more than {MAX_BRACKETS} square brackets", hint)
    tokens = _inline_tokens(value)
    for token in tokens:
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else None
        if href is not None and not leads_somewhere(href):
            hint = "write the whole address, starting with https://, mailto: or tel:"
            raise problem("bad-link", f"the link to `{href}` leads nowhere a reader can go", hint, href)
    if "](" in _visible_text(tokens):
        hint = "write it as [words](https://...), with no space or bracket in the address"
        raise problem("bad-link", "this link cannot be read", hint, "](")


def markdown_to_html(value: str, quotes: str = QUOTES) -> str:
    """Paragraphs as HTML, quotation marks and dashes set as a typesetter would."""
    return str(_parser(quotes).render(value)).strip()


def to_inline_html(value: str, quotes: str = QUOTES) -> str:
    """One paragraph as HTML without its ``<p>``."""
    return str(_parser(quotes).renderInline(value)).strip()


def typeset_html(value: str, quotes: str = QUOTES) -> str:
    """A text without Markdown as HTML: quotation marks set as a typesetter would, all else as it is."""
    return str(_typesetter(quotes).renderInline(value)).strip()


def to_plain(value: str) -> str:
    """The words alone, for a title, a bookmark or a field's name."""
    if not _NEEDS_PARSER.search(value):
        return value.strip()
    return _visible_text(_inline_tokens(value))


def _visible_text(tokens: list[Token]) -> str:
    return "".join(token.content or " " for token in tokens if token.type in _TEXT_TOKENS).strip()


_TEXT_TOKENS = frozenset({"text", "text_special", "softbreak", "hardbreak"})


def _inline_tokens(value: str) -> list[Token]:
    return [child for token in _parser(any_link=True).parse(value) for child in token.children or ()]


def _instead(html: str) -> str:
    if "://" in html or "@" in html:
        return "write a link as [its words](https://...)"
    return "take it out; *emphasis* and **strong** are written with stars"
