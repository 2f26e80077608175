"""What a template may call has no words of its own: Python's say where it lies in memory, other bytes with each run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NoReturn

from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context
from jinja2.utils import Cycler, Joiner


class _Wordless:
    """What raises SecurityError when a text is made of it, on whatever way."""

    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        raise SecurityError("a function in place of a text: texts, numbers and days can be printed")

    __str__ = __repr__ = __format__ = _refuse


class TemplateFunction(_Wordless):
    """A function as templates have it: to be called, and nothing else."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        if hasattr(function, "jinja_pass_arg"):  # how Jinja knows that it wants the context, too
            self.jinja_pass_arg = function.jinja_pass_arg

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call the function; what it gives is given."""
        return self.function(*args, **named)


class WordlessCycler(_Wordless, Cycler):
    """Jinja's cycler, without words."""


class WordlessJoiner(_Wordless, Joiner):
    """Jinja's joiner, without words."""


class WordlessBlock(_Wordless, BlockReference):
    """A block of a template, as Jinja has it, without words; called, it gives what it prints."""

    @classmethod
    def of(cls, found: Any) -> Any:
        """The same block without words; what is no block, as it is."""
        return cls(found.name, found._context, found._stack, found._depth) if type(found) is BlockReference else found

    @property
    def super(self) -> Any:
        """The block that this one stands before."""
        return self.of(super().super)


class WordlessContext(Context):
    """Jinja's context, whose blocks have no words."""

    def super(self, name: str, current: Callable[..., Any]) -> Any:
        """The block of the template that this one extends."""
        return WordlessBlock.of(super().super(name, current))


def in_a_list(chosen: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that gives a list where it would give an iterator, whose words say where it lies."""

    @wraps(chosen)
    def filtered(*args: Any, **named: Any) -> Any:
        given = chosen(*args, **named)
        return list(given) if isinstance(given, Iterator) else given

    return filtered
