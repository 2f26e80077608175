"""Fills templates: documents, and the other pages that have a template, become HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from markupsafe import escape

from handoutkit.errors import HandoutkitError
from handoutkit.models.document import Document, Format
from handoutkit.models.practice import Practice
from handoutkit.render.asset_fetcher import LIGHT_LOGO_URL, LOGO_URL
from handoutkit.render.colour.palette import BLACK_ON_WHITE, Palette, palette, palette_on_off_white
from handoutkit.render.theme import Theme

from .jinja_environment import Environment, template_problem

PAGE_TEMPLATE = "handout.html"

_SECOND = '<span class="second-language"'
_HEADING_IN_TWO = re.compile(rf"<(h[1-3])\b([^>]*)>((?:(?!</h[1-3]>).)*?{_SECOND}.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"^[^<>]*>|<[^>]*>")
"""A tag, or what is left of one at the start of a text that was split at it."""


def document_to_html(
    document: Document, env: Environment, theme: Theme, template: str = PAGE_TEMPLATE, **more: object
) -> str:
    """The page's HTML. Raises ContentError if a template has a problem.

    Args:
        more: what the template is given besides the document.
    """
    written_in = document.translation.source_language if document.translation else document.handout.language
    names = {
        "document": document,
        "handout": document.handout,
        "locale": document.locale,
        "paper": document.paper,
        "in_source_language": env.messages.attributes(written_in),
        **more,
    }
    env.texts.second_language = document.second_language
    try:
        return fill_template(template, document.practice, names, env, theme, fields=document.fields)
    finally:
        env.texts.second_language = None


def fill_template(
    template: str,
    practice: Practice,
    names: dict[str, Any],
    env: Environment,
    theme: Theme,
    *,
    fields: bool = True,
) -> str:
    """A template's HTML for a practice. Raises ContentError if it has a problem."""
    with template_problems(theme):
        html = env.get_template(template).render(
            practice=practice,
            in_practice_language=env.messages.attributes(practice.language),
            palette=palette_of(practice, theme.format, fields=fields),
            icon_weight=theme.icon_weight,
            logo=None if theme.format == "low-ink" else practice.logo,
            logo_url=LOGO_URL,
            light_logo_url=LIGHT_LOGO_URL,
            **names,
        )
        env.messages.refuse_missing()
    return with_bookmark_labels(html) if env.texts.second_language else html


def with_bookmark_labels(html: str) -> str:
    """A page with its headings' words for bookmarks, where a heading stands in two languages.

    >>> with_bookmark_labels('<h2>Go<span class="second-language" lang="es"> Vaya</span></h2>')
    '<h2 data-bookmark="Go – Vaya">Go<span class="second-language" lang="es"> Vaya</span></h2>'
    """

    def labelled(found: re.Match[str]) -> str:
        texts = [" ".join(unescape(_TAG.sub("", part)).split()) for part in found[3].split(_SECOND, 1)]
        return f'<{found[1]}{found[2]} data-bookmark="{escape(" – ".join(texts))}">{found[3]}</{found[1]}>'

    return _HEADING_IN_TWO.sub(labelled, html)


@contextmanager
def template_problems(theme: Theme) -> Iterator[None]:
    """Turn an error of a template inside the block into ContentError; errors of the machine (a full disk) pass."""
    try:
        yield
    except (HandoutkitError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:  # a full disk, say; a missing template has no number
            raise
        raise template_problem(error, theme) from error


def palette_of(practice: Practice, format: Format, *, fields: bool) -> Palette:
    """The practice's palette in a format; a page for paper only (no fields) gets no background colour."""
    if format == "low-ink":
        return BLACK_ON_WHITE
    if format == "dyslexia-friendly" and fields:
        return palette_on_off_white(practice.colour, practice.second_colour, practice.neutral)
    return palette(practice.colour, practice.second_colour, practice.neutral)
