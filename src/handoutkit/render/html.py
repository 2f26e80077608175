"""A document as one HTML page."""

from __future__ import annotations

import jinja2

from handoutkit.models.document import Document

from .assets import LOGO_URL
from .environment import template_problem
from .palette import BLACK_ON_WHITE, Palette, palette, palette_on_off_white
from .theme import Theme

PAGE_TEMPLATE = "handout.html"
_FAULTS = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


def to_html(document: Document, env: jinja2.Environment, theme: Theme) -> str:
    """The page's HTML. Raises ContentError if a template has a problem."""
    try:
        return env.get_template(PAGE_TEMPLATE).render(
            document=document,
            handout=document.handout,
            practice=document.practice,
            palette=palette_of(document),
            icon_weight=theme.icon_weight,
            logo_url=LOGO_URL,
            locale=document.locale,
        )
    except _FAULTS as error:
        raise template_problem(error, theme) from error


def palette_of(document: Document) -> Palette:
    """The practice's palette, as the format has it; what is for paper only leaves the ground to the paper."""
    if document.format == "low-ink":
        return BLACK_ON_WHITE
    if document.format == "dyslexia-friendly" and document.fields:
        return palette_on_off_white(document.practice.colour)
    return palette(document.practice.colour)
