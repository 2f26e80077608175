"""Markdown as HTML, with what people put into such files beside Markdown: HTML, empty lines to write in, a file's head.

Files of websites begin with facts for the program that makes the site, and have marks for it among their words; neither
is for readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from handoutkit.importing.plain_document import AsidePiece, HeadingPiece, Piece, PlainDocument

from .html_reader import PictureNamer, read_html
from .inline_words import BLOCKS, INLINE, INVISIBLE, escaped

MAX_HEAD, MIN_ROOM, MAX_ROOM = 10_000, 2, 12
_HEAD = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.S)
_SITE_MARK = re.compile(
    r"^[ \t]*(?:\{\{[%<][^\n]*?[%>]\}\}[ \t]*|\{%[^\n]*?%\}[ \t]*|\{:[^\n{}]*\}[ \t]*|:::[^\n]*)+$", re.MULTILINE
)
_BESIDE = re.compile(r"\s*\0\s*")
"""Where a mark stood, with the empty lines around it."""
_LABEL = r"(?:\*\*(?=\S)[^*\n]+\*\*|\*(?=\S)[^*\n]+\*)[ \t]*"
_BEFORE_LABEL = re.compile(rf"(?<=[^\n])\n(?={_LABEL}(?:\n|\Z))")
_AFTER_LABEL = re.compile(rf"(?<=\n\n)({_LABEL})\n(?=[^\n])")
"""A line all in bold type or italics stands for itself, even where no empty line parts it from its neighbours."""
_TYPED = re.compile(r"_{3,}|\[_\]")
_FENCED = re.compile(r"^(```|~~~)[ \t]*(?:text|txt|markdown|md)?[ \t]*\n(.*?)\n\1[ \t]*$", re.MULTILINE | re.DOTALL)
_DRAWN_LINE = re.compile(r"[-=]{3,}")
_TAG = re.compile(r"<(?=/?([A-Za-z][\w-]*))")
_KNOWN = BLOCKS | INVISIBLE | INLINE


def read_markdown(text: str, picture_name: PictureNamer) -> PlainDocument:
    """A document from Markdown."""
    head, text = _without_head(text)
    text = _FENCED.sub(_form, text)
    marks = [found[0].strip() for found in _SITE_MARK.finditer(text)]
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    for rule in ("html_inline", "html_block"):
        parser.add_render_rule(rule, _html)
    text = _BESIDE.sub("\n\n", _SITE_MARK.sub("\0", text))
    text = _AFTER_LABEL.sub(r"\1\n\n", _BEFORE_LABEL.sub("\n\n", text))
    tokens = _with_room(parser.parse(_TYPED.sub(_escaped, text)))
    document = read_html(parser.renderer.render(tokens, parser.options, {}), picture_name, is_page=False)
    said = {key: str(head[key]).strip() for key in ("title", "author", "lang") if isinstance(head.get(key), str)}
    aside: list[Piece] = [
        AsidePiece(f"{key}: {value}", "file_head") for key, value in head.items() if value and key not in said
    ]
    aside += [AsidePiece(mark, "site_mark") for mark in dict.fromkeys(marks)]
    top = [HeadingPiece(escaped(said["title"]), 1)] if said.get("title") else []
    return replace(
        document,
        pieces=(*top, *document.pieces, *aside),
        title=said.get("title", document.title),
        author=said.get("author", document.author),
        language=said.get("lang", document.language)[:2].lower(),
    )


def _form(fenced: re.Match[str]) -> str:
    """What stands between fences, as paragraphs without its drawn lines, if it is a form with blanks, and no code."""
    if not _TYPED.search(fenced[2]):
        return fenced[0]
    lines = [line.strip() for line in fenced[2].split("\n")]
    return "\n\n".join(line for line in lines if line and not _DRAWN_LINE.fullmatch(line))


def _without_head(text: str) -> tuple[dict[str, Any], str]:
    """What a file says of itself between two lines of ``---``, and the text below it."""
    found = _HEAD.match(text)
    if found is None or len(found[2]) > MAX_HEAD:
        return {}, text
    rest = text[found.end() :]
    if found[1] == "+++":
        return {"+++": " ".join(found[2].split())}, rest
    try:
        facts = yaml.safe_load(found[2])
    except (yaml.YAMLError, ValueError, RecursionError):
        return ({"---": " ".join(found[2].split())}, rest) if re.match(r"[\w-]+:", found[2]) else ({}, text)
    return ({str(key): value for key, value in facts.items()}, rest) if isinstance(facts, dict) else ({}, text)


def _escaped(found: re.Match[str]) -> str:
    """A blank or a box that somebody typed, which Markdown takes for a line or for emphasis."""
    return found[0].replace("_", r"\_")


def _html(_renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """HTML as it is, its tabs as mere space; what only looks like it, such as ``<your name>``, as words."""
    content = tokens[at].content
    if "<pre" not in content:
        content = content.replace("\t", " ")
    return _TAG.sub(lambda tag: "<" if tag[1].lower() in _KNOWN else "&lt;", content)


def _with_room(tokens: list[Token]) -> list[Token]:
    """Empty paragraphs where the source leaves three lines empty, or more: there is room to write."""
    found: list[Token] = []
    end = 0
    for token in tokens:
        if token.level == 0 and token.map:
            room = min(token.map[0] - end - 1, MAX_ROOM)
            if found and room >= MIN_ROOM:
                found.append(Token("html_block", "", 0, content="<p></p>\n" * room))
            end = token.map[1]
        found.append(token)
    return found
