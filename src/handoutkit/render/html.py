"""Documents, and whatever else has a template, as HTML pages."""

from __future__ import annotations

from typing import Any

import jinja2

from handoutkit.models.document import Document
from handoutkit.models.practice import Practice

from .assets import LOGO_URL
from .environment import template_problem
from .palette import palette
from .theme import Theme

PAGE_TEMPLATE = "handout.html"


def to_html(document: Document, env: jinja2.Environment, theme: Theme) -> str:
    """The page's HTML. Raises ContentError if a template has a problem."""
    names = {"document": document, "handout": document.handout, "locale": document.locale, "paper": document.paper}
    return fill_template(PAGE_TEMPLATE, document.practice, names, env, theme)


def fill_template(
    template: str, practice: Practice, names: dict[str, Any], env: jinja2.Environment, theme: Theme
) -> str:
    """A template's HTML for a practice. Raises ContentError if it has a problem."""
    try:
        return env.get_template(template).render(
            practice=practice, palette=palette(practice.colour), logo_url=LOGO_URL, **names
        )
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise template_problem(error, theme) from error
