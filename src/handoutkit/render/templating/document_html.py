"""Fills templates: documents, and the other pages that have a template, become HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any, NoReturn

from markupsafe import escape

from handoutkit.errors import ContentError, HandoutkitError, Problem
from handoutkit.files.text_files import shown
from handoutkit.models.document import Document
from handoutkit.models.practice import Practice
from handoutkit.render.asset_fetcher import LIGHT_LOGO_URL, LOGO_URL
from handoutkit.render.colour.palette import BLACK_ON_WHITE, Palette, palette, palette_on_off_white
from handoutkit.render.look.bullet_pictures import address_of_svg, bullet_of_file, drawn_bullet
from handoutkit.render.look.look_of_practice import chosen_colours, foot_lines
from handoutkit.render.look.look_stylesheet import bottom_margin
from handoutkit.render.look.svg_size import sized_svg
from handoutkit.render.theme import Theme

from .jinja_environment import Environment
from .template_problem import template_problem

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
    colours, lines = palette_of(practice, theme, fields=fields), foot_lines(theme.look, practice)
    with template_problems(theme):
        html = env.get_template(template).render(
            practice=practice,
            in_practice_language=env.messages.attributes(practice.language),
            palette=colours,
            look=theme.look,
            foot_lines=lines,
            bottom_margin=bottom_margin(theme.look, lines, theme.format),
            bullet=_bullet(theme, colours),
            ornament=_ornament(theme),
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


def _bullet(theme: Theme, colours: Palette) -> str:
    """The address of the picture of a theme's bullets; empty if it chooses none. Raises ContentError."""
    chosen = theme.look.bullets
    if not chosen:
        return ""
    if not chosen.endswith(".svg"):
        return drawn_bullet(chosen, colours.brand, theme.format)
    if theme.format == "low-ink":
        return drawn_bullet("disc", colours.brand, theme.format)
    address = bullet_of_file(theme.asset(chosen).decode("utf-8", "replace"), theme.format)
    return address or _without_size(theme, chosen)


def _ornament(theme: Theme) -> str:
    """The address of the drawing in a theme's corner; empty if there is none. Raises ContentError."""
    chosen = theme.look.ornament
    if not chosen or theme.format == "low-ink":
        return ""
    made = sized_svg(theme.asset(chosen.picture).decode("utf-8", "replace"))
    return address_of_svg(made) if made else _without_size(theme, chosen.picture)


def _without_size(theme: Theme, picture: str) -> NoReturn:
    hint = 'give its <svg> a `viewBox`, such as viewBox="0 0 24 24", or save it anew in a drawing program'
    message = "this picture does not say how large it is"
    raise ContentError(Problem("picture-size", message, hint, file=shown(theme.asset_path(picture))))


def palette_of(practice: Practice, theme: Theme, *, fields: bool) -> Palette:
    """The practice's palette in a theme and its format; a page for paper only (no fields) gets no background colour."""
    if theme.format == "low-ink":
        return BLACK_ON_WHITE
    of_format = palette_on_off_white if theme.format == "dyslexia-friendly" and fields else palette
    chosen = chosen_colours(theme.look, practice)
    return of_format(practice.colour, practice.second_colour, practice.neutral, chosen)
