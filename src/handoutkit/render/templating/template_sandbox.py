"""The sandbox that templates run in: they can read and call only what ``template_reach`` lists."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from jinja2 import Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import do_batch, do_indent, do_round
from jinja2.filters import do_format as jinja_format
from jinja2.runtime import Context, TemplateReference
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace, pass_context
from markupsafe import soft_str

from .template_function import (
    TemplateFunction,
    WordlessBlock,
    WordlessContext,
    WordlessCycler,
    WordlessJoiner,
    in_a_list,
)
from .template_reach import CALLED, FUNCTIONS, JINJA_FILTERS, READABLE, callable_methods

MAX_PADDING = 999
"""The largest width or precision that a text is formatted to, and the most items that a row is filled up to."""
MAX_REPEATED = 1_000_000
"""Characters or items that a repeated text or list has at most."""
MAX_BITS = 4_096
"""Of a product or power of whole numbers."""
MAX_DIGITS = 20
"""That a number is rounded to."""
_PRINTED = (str, int, float, date, type(None), Undefined)
"""What a template may print; what is undefined then says so itself."""
_WIDTH_AND_PRECISION = re.compile(r"[#0\- +]*(\*|\d*)(?:\.(\*|\d*))?")


class Sandbox(SandboxedEnvironment):
    """A Jinja environment whose templates can reach data and nothing else."""

    context_class = WordlessContext
    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_printed, **options)
        limited = {"batch": _batch, "format": _format, "indent": _indent, "round": _round}
        self.filters = {name: in_a_list(self.filters[name]) for name in JINJA_FILTERS} | limited

    def offer_functions(self) -> None:
        """Keep the functions that are listed, once all are installed."""
        # Jinja's own `_` calls whatever a template says `gettext` is, past this sandbox.
        self.globals["_"] = self.globals["gettext"]
        # Jinja compiles `dict[a:b]` past `getitem`, and of the class itself that makes a type.
        self.globals["dict"] = partial(dict)
        self.globals |= {"cycler": WordlessCycler, "joiner": WordlessJoiner}
        functions: dict[str, Any] = self.globals
        self.globals = {name: TemplateFunction(functions[name]) for name in FUNCTIONS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute that is listed, or a value under that key. Raises SecurityError for all else that is there."""
        kind = type(obj)
        if attribute in READABLE[kind]:
            found = getattr(obj, attribute)
            return TemplateFunction(found) if attribute in callable_methods(kind) else found
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        # Objects of Jinja itself hold what a template put into them; what is not there is undefined, as everywhere.
        if not attribute.startswith("_"):
            try:
                if kind is TemplateReference:
                    return WordlessBlock.of(obj[attribute])
                if kind is Namespace or isinstance(obj, Undefined):
                    return getattr(obj, attribute)
                if kind is TemplateModule:
                    return vars(obj)[attribute]
            except (AttributeError, KeyError):
                return self.undefined(obj=obj, name=attribute)
            # Asked of the class, and not of the object, so that no property of it runs.
            if not hasattr(kind, attribute):
                return self.undefined(obj=obj, name=attribute)
        raise SecurityError(f"`{attribute}` of what is a {kind.__name__}")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of what holds items, or an attribute that is listed."""
        if isinstance(obj, str | list | tuple | dict | range):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the signature is Jinja's
        """Whether an attribute is listed; for whatever of Jinja's asks, and not ``getattr``."""
        return attr in READABLE[type(obj)]

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether something is listed as to be called."""
        return isinstance(obj, (TemplateFunction, *CALLED))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Multiply, raise or format, unless what comes out would be huge."""
        return _OPERATORS[operator](left, right)


@pass_context  # else Jinja would make texts of constants first, and ask only then
def _printed(_context: Context, value: Any) -> Any:
    """What `{{ ... }}` prints. Raises SecurityError for a function or a list, which have no words of their own.

    Python would show where a function lies in its memory: other bytes with each run.
    """
    if isinstance(value, _PRINTED):
        return value
    what = "a function" if callable(value) else f"what is a {type(value).__name__}"
    raise SecurityError(f"`{{{{ }}}}` around {what}: texts, numbers and days can be printed")


def checked_format(text: str) -> str:
    """A text for ``%`` as it is. Raises SecurityError if it pads to a huge width."""
    at = text.find("%")
    while at >= 0:
        at = _after_key(text, at + 1)
        # A width or precision that comes from an argument (`*`) is not known here, and so refused like a huge one.
        found = _WIDTH_AND_PRECISION.match(text, at)
        sizes = found.groups(default="") if found else ()
        if any(size == "*" or (size and int(size[:9]) > MAX_PADDING) for size in sizes):
            raise SecurityError(f"a width of more than {MAX_PADDING} in `{text[:60]}`")
        at = text.find("%", (found.end() if found else at) + (text[at : at + 1] == "%"))
    return text


def _after_key(text: str, at: int) -> int:
    """Behind the key in brackets, which may hold brackets itself."""
    if text[at : at + 1] != "(":
        return at
    depth = 0
    for end in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return end + 1
    return len(text)


def _format(value: Any, *args: Any, **kwargs: Any) -> str:
    return jinja_format(checked_format(soft_str(value)), *args, **kwargs)


def _indent(s: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    _refuse_beyond(MAX_PADDING, width if isinstance(width, int) else len(width))
    return do_indent(s, width, first, blank)


def _round(value: float, precision: int = 0, method: Any = "common") -> float:
    _refuse_beyond(MAX_DIGITS, abs(precision))
    return do_round(value, precision, method)


def _batch(value: Any, linecount: int, fill_with: Any = None) -> Any:
    _refuse_beyond(MAX_PADDING, linecount)
    return list(do_batch(value, linecount, fill_with))


def _multiplied(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        _refuse_beyond(MAX_BITS, left.bit_length() + right.bit_length())
    for held, times in ((left, right), (right, left)):
        if isinstance(held, str | list | tuple) and isinstance(times, int):
            _refuse_beyond(MAX_REPEATED, len(held) * times)
    return left * right


def _raised(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        _refuse_beyond(MAX_BITS, left.bit_length() * abs(right))
    return left**right


def _remainder(left: Any, right: Any) -> Any:
    return operator.mod(checked_format(left) if isinstance(left, str) else left, right)


def _refuse_beyond(limit: int, asked: int) -> None:
    if asked > limit:
        raise SecurityError(f"something {asked if asked < 10**9 else 'far too'} large: at most {limit} is taken")


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"*": _multiplied, "**": _raised, "%": _remainder}
