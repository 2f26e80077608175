"""A grammar of hostile templates, driven by any source of choices: hypothesis in tests, bytes in ``make fuzz``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import islice
from types import BuiltinMethodType, GeneratorType, MethodType
from typing import Any

from jinja2 import Undefined, runtime, utils
from jinja2.environment import TemplateModule
from markupsafe import Markup

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.base import Model
from handoutkit.render.templating.document_html import palette_of, template_problems
from handoutkit.render.templating.jinja_environment import Environment, environment
from handoutkit.render.templating.template_function import (
    TemplateFunction,
    WordlessBlock,
    WordlessCycler,
    WordlessJoiner,
)
from handoutkit.render.templating.template_reach import RECORDS, callable_methods
from handoutkit.render.theme import Theme
from tests.conftest import ROOT

Choose = Callable[[int], int]
"""Gives a number from 0 to below the one it gets."""
PLAIN = (str, Markup, int, float, bool, type(None), date, timedelta)
CONTAINERS = (list, tuple, dict, set, range, slice)
OF_JINJA = (
    *(runtime.Macro, runtime.LoopContext, runtime.TemplateReference),
    *(utils.Namespace, TemplateModule, WordlessBlock, WordlessCycler, WordlessJoiner),
)
_VIEWS: tuple[type, ...] = (type({}.items()), type({}.keys()), type({}.values()))
_ITERATORS: tuple[type, ...] = (GeneratorType, map, type(reversed([])), reversed, *_VIEWS)

NAMES = (
    *("document", "handout", "practice", "block", "palette", "paper", "locale", "self", "loop", "missing", "made"),
    *("range", "dict", "namespace", "cycler", "joiner", "lipsum", "_", "gettext", "ngettext", "caller", "varargs"),
)
ATTRIBUTES = (
    *("blocks", "id", "title", "question", "response", "contact", "index", "super", "a", "items", "values", "get"),
    *("__class__", "__globals__", "__init__", "__mro__", "__subclasses__", "__dict__", "__self__", "__func__", "mro"),
    *("__reduce_ex__", "__getattribute__", "__call__", "__format__", "__html__", "__builtins__", "__wrapped__"),
    *("parse_raw", "parse_file", "parse_obj", "model_dump", "model_construct", "model_fields", "copy", "construct"),
    *("model_validate_json", "from_orm", "validate", "json", "dict", "schema", "pictures", "default_paper"),
    *("format", "format_map", "upper", "join", "replace", "encode", "translate", "escape", "unescape", "center"),
    *("gi_frame", "gi_code", "f_globals", "f_back", "f_builtins", "tb_frame", "cr_frame", "append", "clear", "pop"),
    *(
        "_environment",
        "environment",
        "_func",
        "_context",
        "_fail_with_undefined_error",
        "_undefined_obj",
        "_body_stream",
    ),
    *("cycle", "changed", "next", "reset", "current", "real", "bit_length", "from_bytes", "fromtimestamp", "year"),
    *("_Namespace__attrs", "_TemplateReference__context", "_iterator", "_iterable", "name", "arguments", "points"),
)
LITERALS = (
    *("0", "1", "-1", "2", "7", "99", "1.5", "999999999", "true", "none", "''", "'a'", "'%s'", "'%999999999d'"),
    *("'{0.__class__}'", "'{:>999999999}'", "'%(a)s'", "'a.__class__'", "'blocks/prompt.html'", "'../../secret'"),
    *("'en'", "'../../x'", "'[a](javascript:b)'", "'<b>'", "[]", "{}", "()"),
)
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "in", "and", "or")


def template(choose: Choose) -> str:
    """A template whose value, where it has one, is seen by ``value_of``."""

    def one() -> str:
        return expression(choose, 4)

    return (
        lambda: f"{{{{ ({one()}) | seen }}}}",
        lambda: f"{{{{ ({one()}) | seen }}}}",
        lambda: f"{{% set made = {one()} %}}{{{{ ({one()}) | seen }}}}",
        lambda: f"{{% set gettext = {one()} %}}{{{{ _('a') | seen }}}}{{% trans %}}a{{% endtrans %}}",
        lambda: f"{{% set made = namespace() %}}{{% set made.a = {one()} %}}{{{{ ({one()}) | seen }}}}",
        lambda: (
            f"{{% for made in {one()} %}}{{% if loop.index < 9 %}}{{{{ ({one()}) | seen }}}}{{% endif %}}{{% endfor %}}"
        ),
        lambda: f"{{% for made, block in {one()} recursive %}}{{{{ ({one()}) | seen }}}}{{% endfor %}}",
        lambda: f"{{% macro made(a) %}}{{{{ ({one()}) | seen }}}}{{% endmacro %}}{{{{ made({one()}) | seen }}}}",
        lambda: (
            f"{{% macro made() %}}{{{{ caller({one()}) }}}}{{% endmacro %}}"
            f"{{% call(block) made({one()}) %}}{{{{ ({one()}) | seen }}}}{{% endcall %}}"
        ),
        lambda: f"{{% import {one()} as made with context %}}{{{{ ({one()}) | seen }}}}",
        lambda: f"{{% import 'parts/room.html' as made %}}{{{{ ({one()}) | seen }}}}",
        lambda: f"{{% include {one()} ignore missing %}}",
        lambda: f"{{% extends {one()} %}}",
        lambda: (
            f"{{% block made %}}{{{{ ({one()}) | seen }}}}{{% endblock %}}"
            f"{{{{ (self.made{_access(choose, 2)}) | seen }}}}"
        ),
        lambda: f"{{% filter {_filter(choose, 2)} %}}a{{% endfilter %}}",
        lambda: f"{{% trans made={one()} %}}{{{{ made }}}}{{% pluralize %}}b{{% endtrans %}}",
    )[choose(16)]()


def expression(choose: Choose, depth: int) -> str:
    """One expression, of so many levels at most."""
    if depth == 0:
        return _of(choose, NAMES if choose(2) else LITERALS)

    def one() -> str:
        return expression(choose, depth - 1)

    return (
        lambda: _of(choose, NAMES),
        lambda: _of(choose, LITERALS),
        lambda: f"({one()}){_access(choose, depth)}",
        lambda: f"({one()}){_access(choose, depth)}",
        lambda: f"({one()}){_access(choose, depth)}{_access(choose, depth)}",
        lambda: f"({one()}) | {_filter(choose, depth)}",
        lambda: f"({one()}) | {_filter(choose, depth)}",
        lambda: f"({one()}) {_of(choose, OPERATORS)} ({one()})",
        lambda: f"({one()}) is {_of(choose, sorted(_made()[0].tests.keys() - {'in'}, key=str))} ({one()})",
        lambda: f"[{one()}, {one()}]",
        lambda: f"{{{_string(choose)}: {one()}}}",
        lambda: f"({one()}) if ({one()}) else ({one()})",
    )[choose(12)]()


def _access(choose: Choose, depth: int) -> str:
    return (
        lambda: f".{_of(choose, ATTRIBUTES)}",
        lambda: f"[{_string(choose)}]",
        lambda: f"[{expression(choose, depth - 1)}]",
        lambda: f"[{expression(choose, 0)}:]",
        lambda: "()",
        lambda: f"({expression(choose, depth - 1)})",
        lambda: f"(*[{expression(choose, 0)}], **{{{_string(choose)}: {expression(choose, 0)}}})",
    )[choose(7)]()


def _filter(choose: Choose, depth: int) -> str:
    name = _of(choose, _filters())
    return (
        lambda: name,
        lambda: f"{name}({expression(choose, depth - 1)})",
        lambda: f"{name}({_string(choose)})",
        lambda: f"{name}(attribute={_string(choose)})",
        lambda: f"{name}({_string(choose)}, {expression(choose, 0)})",
        lambda: f"{name}({expression(choose, 0)}, {expression(choose, 0)}) | list",
    )[choose(6)]()


def _string(choose: Choose) -> str:
    return repr(_of(choose, (_filters(), ATTRIBUTES)[choose(2)]))


@cache
def _filters() -> tuple[str, ...]:
    return tuple(sorted({"attr", "pprint", "tojson", "xmlattr", *_made()[0].filters}))


def _of(choose: Choose, names: Sequence[str]) -> str:
    return names[choose(len(names))]


@cache
def _made() -> tuple[Environment, dict[str, Any], Theme, list[object]]:
    """An environment and what a page's templates are given, from a real handout; and what was seen and is no data."""
    workspace = Workspace(ROOT / "tests" / "every_block")
    library = Library(workspace)
    document = Builder(library, BuildOptions(practice="pale")).compose(library.handout("every-block"))
    theme = Theme.find("base", workspace.roots)
    env = environment(theme, document.locale)
    seen: list[object] = []

    def see(value: Any) -> str:
        seen.extend(without_data(value, env))  # while the template is filled in, for generators are read here
        return ""

    env.filters["seen"] = see
    names = {
        **{"document": document, "handout": document.handout, "practice": document.practice, "paper": document.paper},
        **{"locale": document.locale, "palette": palette_of(document.practice, theme, fields=True)},
        **{"look": theme.look, "foot_lines": (), "bullet": "", "bottom_margin": None},
        "block": next(block for block in document.blocks if block.type == "prompt"),
    }
    return env, names, theme, seen


def try_template(source: str) -> str:
    """Fill a template in, and give the page.

    Raises:
        ContentError: it asks for what it may not have.
        AssertionError: it got something that is no data.
    """
    env, names, theme, seen = _made()
    seen.clear()
    with template_problems(theme):
        page = env.from_string(source).render(names)
    assert seen == [], f"{source} reached {seen!r}"
    return page


def without_data(value: Any, env: Environment, depth: int = 3) -> Iterator[object]:
    """Whatever in a value is neither data nor listed as to be called."""
    offered = any(value is function for function in env.globals.values())
    if isinstance(value, TemplateFunction) and not offered:
        value = value.function
    kind = type(value)
    if kind in PLAIN or isinstance(value, Undefined):
        return
    if isinstance(value, Model) or f"{kind.__module__}.{kind.__qualname__}" in RECORDS:
        return
    if isinstance(value, CONTAINERS) or kind in _ITERATORS:
        if depth and kind is not slice:
            for item in islice(value.items() if isinstance(value, dict) else value, 20):
                yield from without_data(item, env, depth - 1)
    elif isinstance(value, MethodType | BuiltinMethodType):
        if value.__name__ not in callable_methods(type(value.__self__)):
            yield value
    elif kind not in OF_JINJA and not offered:
        yield value


def from_bytes(data: bytes) -> str:
    """The template that bytes choose."""
    rest = iter(data)
    return template(lambda most: next(rest, 0) % most)
