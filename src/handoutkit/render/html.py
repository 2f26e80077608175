"""Documents, and whatever else has a template, as HTML pages."""

from __future__ import annotations

from typing import Any

import jinja2

from handoutkit.models.document import Document, Format
from handoutkit.models.practice import Practice

from .assets import LOGO_URL
from .environment import template_problem
from .palette import BLACK_ON_WHITE, Palette, palette, palette_on_off_white
from .theme import Theme

PAGE_TEMPLATE = "handout.html"
_FAULTS = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


def to_html(document: Document, env: jinja2.Environment, theme: Theme) -> str:
    """The page's HTML. Raises ContentError if a template has a problem."""
    names = {"document": document, "handout": document.handout, "locale": document.locale, "paper": document.paper}
    return fill_template(PAGE_TEMPLATE, document.practice, names, env, theme, fields=document.fields)


def fill_template(
    template: str,
    practice: Practice,
    names: dict[str, Any],
    env: jinja2.Environment,
    theme: Theme,
    *,
    fields: bool = True,
) -> str:
    """A template's HTML for a practice. Raises ContentError if it has a problem."""
    try:
        return env.get_template(template).render(
            practice=practice,
            palette=palette_of(practice, theme.format, fields=fields),
            icon_weight=theme.icon_weight,
            logo_url=LOGO_URL,
            **names,
        )
    except _FAULTS as error:
        raise template_problem(error, theme) from error


def palette_of(practice: Practice, format: Format, *, fields: bool) -> Palette:
    """The practice's palette, as the format has it; what is for paper only leaves the ground to the paper."""
    if format == "low-ink":
        return BLACK_ON_WHITE
    if format == "dyslexia-friendly" and fields:
        return palette_on_off_white(practice.colour)
    return palette(practice.colour)
