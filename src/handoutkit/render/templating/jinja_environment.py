"""The Jinja environment: sandboxed, autoescaping and strict; see ``template_problem`` for what fails in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from types import CodeType
from typing import TYPE_CHECKING, Any

import jinja2
from babel.dates import format_date
from jinja2.bccache import Bucket

from handoutkit.files.text_files import read_text
from handoutkit.models import markdown
from handoutkit.models.blocks.block import Block, BlockField, FieldKey
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.scales import Measure, MeasureAnchor, MeasureItem
from handoutkit.models.practice import Paper
from handoutkit.render.colour.palette import Palette
from handoutkit.render.illustrations.illustration_address import IllustrationAddress
from handoutkit.render.look.relative_addresses import in_template
from handoutkit.render.theme import Theme

from .interface_messages import InterfaceMessages, locale_of
from .qr_address import qr_address
from .sentence_gaps import gaps
from .template_problem import ToldUndefined
from .template_sandbox import Sandbox, checked_format
from .text_filters import TextFilters, in_columns

if TYPE_CHECKING:
    from handoutkit.render.figures.draw_figure import Drawing
    from handoutkit.render.figures.figure_renderer import FigureRenderer

SHIPPED_PREFIX = "shipped/"
"""``{% extends "shipped/blocks/prompt.html" %}`` reaches the shipped template that a user's one stands before."""


class Environment(Sandbox):
    """The environment for a theme's templates in one language and region."""

    def __init__(self, messages: InterfaceMessages, **options: Any) -> None:
        super().__init__(**options)
        self.messages = messages
        self.texts = TextFilters(messages)


def environment(theme: Theme, tag: str) -> Environment:
    """The environment for a theme's templates in a language and region, such as ``es-US``.

    Raises:
        ContentError: our own words are not there in that language.
    """
    messages = InterfaceMessages.of(tag, theme)
    env = Environment(
        messages,
        loader=_Loader(theme),
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        optimized=False,  # folding constants costs more than it saves on the few pages a template is compiled for
        undefined=ToldUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= _filters(env.texts, theme, messages)
    install = getattr(env, "install_gettext_callables")  # noqa: B009 - the extension adds it
    install(
        _with_checked_format(messages.gettext),
        _with_checked_format(messages.ngettext),
        newstyle=True,
        pgettext=_with_checked_format(messages.pgettext),
        npgettext=_with_checked_format(messages.npgettext),
    )
    env.offer_functions()
    env.globals |= {"right_to_left": messages.direction == "rtl", "date_order": messages.date_order}
    return env


def _filters(texts: TextFilters, theme: Theme, messages: InterfaceMessages) -> dict[str, Any]:
    """Our own filters, by their names in templates."""
    return {
        "inline": texts.inline,
        "item": texts.item,
        "prose": texts.prose,
        "letter": texts.letter,
        "line_with_values": texts.line_with_values,
        "second_language": texts.second_language_only,
        "in_columns": in_columns,
        "apart": texts.apart,
        "plain": markdown.to_plain,
        "day": day,
        "link_text": link_text,
        "typeset": texts.typeset,
        "gaps": gaps,
        "fields": fields,
        "figure": _Figures(theme, messages),
        "illustration": IllustrationAddress(theme),
        "linked": texts.linked,
        "listed": texts.listed,
        "language_name": messages.language_name,
        "points": points,
        "qr": qr_address,
    }


def _with_checked_format(translate: Callable[..., str]) -> Callable[..., str]:
    """The same function with its result checked: Jinja formats it with ``%``, which must not pad to a huge width."""
    return lambda *texts: checked_format(translate(*texts))


class _CompiledTemplates(jinja2.BytecodeCache):
    """What templates were compiled to, by their file, for all languages and themes of this process.

    Every environment compiles alike: with the same extension and filters, and without folding constants, so that
    nothing of a language gets in.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _CompiledTemplates()


class _Loader(jinja2.BaseLoader):
    """Loads the theme's files and nothing else."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002 - the signature is Jinja's
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        shipped = template.startswith(SHIPPED_PREFIX)
        path = self._theme.template(template.removeprefix(SHIPPED_PREFIX), shipped=shipped)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return in_template(read_text(path).text, self._theme.name_of(path)), str(path), None


class _Figures:
    """The filter ``figure``; what draws is imported when a page first has one."""

    def __init__(self, theme: Theme, messages: InterfaceMessages) -> None:
        self._theme = theme
        self._messages = messages

    def __call__(self, figure: Figure, palette: Palette, paper: Paper, width: float | None = None) -> Drawing:
        return self._renderer(figure, palette, paper, width)

    @cached_property
    def _renderer(self) -> FigureRenderer:
        from handoutkit.render.figures.figure_renderer import FigureRenderer
        from handoutkit.render.figures.typeface import Typeface

        return FigureRenderer(Typeface.of(self._theme), self._messages)


def day(value: date, locale: str) -> str:
    """A date in words: ``November 21, 2026`` (en-US), ``21 November 2026`` (en-GB)."""
    return format_date(value, format="long", locale=locale_of(locale))


def fields(block: Block) -> dict[FieldKey, BlockField]:
    """The form fields of a block, each by its key."""
    return {field.key: field for field in block.fields()}


def points(measure: Measure, item: MeasureItem, anchor: MeasureAnchor) -> int:
    """What an answer to an item of a measure counts."""
    if not isinstance(measure, Measure):
        raise TypeError("`points` is for measures")
    return measure.points(item, anchor)


def link_text(url: str) -> str:
    """An address as it is printed: without its scheme and a closing slash."""
    return url.split("://", 1)[-1].removesuffix("/")
