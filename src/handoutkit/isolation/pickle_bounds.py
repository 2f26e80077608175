"""What a pickle would make, seen in its steps before any of them is taken; what no reply needs is refused.

A few kilobytes of pickle can make what is never done: tuples that hold the one before them twice, fifty deep, take
2^50 steps to hash; numbers as keys can be chosen so that each is compared with all others; and what is deep enough
ends the process that looks into it. Replies are shallow, and their keys are words and small numbers.
See ``pickletools`` of Python for the steps.
"""

from __future__ import annotations

import pickle
import pickletools
from collections.abc import Callable
from dataclasses import dataclass

MAX_STEPS = 1_000_000
"""The largest handout that can be takes 40,000, and a second is time for a million."""
MAX_PARTS = 4_000_000
"""Of all that is made, each part counted as often as it is met."""
DEEPEST = 40

_KEYS = {
    *("SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"),
    *("NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1", "BININT2"),
}
"""Steps that make what may be a key: Python scatters texts anew in each run, and has few small numbers of one hash."""
_LEAVES = {
    *_KEYS,
    *("BINFLOAT", "LONG1", "SHORT_BINBYTES", "BINBYTES", "BINBYTES8"),
    *("EMPTY_TUPLE", "EMPTY_LIST", "EMPTY_DICT", "EMPTY_SET"),
}
_WITHOUT_EFFECT = {"PROTO", "FRAME", "STOP"}
_OF_FEW = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3, "STACK_GLOBAL": 2, "NEWOBJ": 2, "REDUCE": 2}
"""Steps that make one thing of so many."""
_A_MARK = "a mark in place of a thing"


@dataclass(slots=True)
class _Thing:
    """One thing that a pickle makes.

    Attributes:
        parts: all that is in it, and itself.
        depth: how many things in things it is.
        is_key: whether it may be a key.
        met_again: whether more than one place holds it, so that it may not grow any more.
    """

    parts: int = 1
    depth: int = 1
    is_key: bool = False
    met_again: bool = False

    def take(self, *others: _Thing) -> None:
        """Grow by others. Raises UnpicklingError: too far, or where that cannot be told."""
        if self.met_again and others:
            raise pickle.UnpicklingError("grows after it was met again")
        for other in others:
            self.parts += other.parts
            self.depth = max(self.depth, 1 + other.depth)
        if self.parts > MAX_PARTS or self.depth > DEEPEST:
            raise pickle.UnpicklingError("too much")


_WORD = _Thing(is_key=True, met_again=True)
"""Every text and small number: they are alike here, and none grows."""


class _Weighing:
    """The stack and the memo of an unpickler, with how much each thing is in place of the thing."""

    def __init__(self) -> None:
        self._stack: list[_Thing | None] = []  # None where a mark is
        self._memo: list[_Thing] = []
        self._steps: dict[str, Callable[[], None]] = {
            "MARK": lambda: self._stack.append(None),
            "TUPLE": lambda: self._make(self._since_mark()),
            "FROZENSET": lambda: self._make(self._keys(self._since_mark())),
            "APPEND": lambda: self._grow(self._last(1)),
            "APPENDS": lambda: self._grow(self._since_mark()),
            "BUILD": lambda: self._grow(self._last(1)),
            "SETITEM": lambda: self._grow(self._pairs(self._last(2))),
            "SETITEMS": lambda: self._grow(self._pairs(self._since_mark())),
            "ADDITEMS": lambda: self._grow(self._keys(self._since_mark())),
        }

    def step(self, name: str, argument: object) -> None:
        """Take one step. Raises UnpicklingError: it is none of a reply, or too much comes of it."""
        if name in _KEYS:
            self._stack.append(_WORD)
        elif name == "MEMOIZE":
            self._memo.append(self._top())
        elif name in _LEAVES:
            self._stack.append(_Thing())
        elif name in _OF_FEW:
            self._make(self._last(_OF_FEW[name]))
        elif name in self._steps:
            self._steps[name]()
        elif name in ("BINGET", "LONG_BINGET") and isinstance(argument, int):
            self._memo[argument].met_again = True
            self._stack.append(self._memo[argument])
        elif name not in _WITHOUT_EFFECT:
            raise pickle.UnpicklingError(name)

    def _make(self, parts: list[_Thing]) -> None:
        made = _Thing()
        made.take(*parts)
        self._stack.append(made)

    def _grow(self, parts: list[_Thing]) -> None:
        self._top().take(*parts)

    def _top(self) -> _Thing:
        if (top := self._stack[-1]) is None:
            raise pickle.UnpicklingError(_A_MARK)
        return top

    def _last(self, count: int) -> list[_Thing]:
        found: list[_Thing] = []
        for _ in range(count):
            if (thing := self._stack.pop()) is None:
                raise pickle.UnpicklingError(_A_MARK)
            found.append(thing)
        return found[::-1]

    def _since_mark(self) -> list[_Thing]:
        found: list[_Thing] = []
        while (thing := self._stack.pop()) is not None:
            found.append(thing)
        return found[::-1]

    def _pairs(self, both: list[_Thing]) -> list[_Thing]:
        self._keys(both[::2])
        return both

    @staticmethod
    def _keys(things: list[_Thing]) -> list[_Thing]:
        if not all(thing.is_key for thing in things):
            raise pickle.UnpicklingError("a key that is no text")
        return things


def refuse_too_much(data: bytes) -> None:
    """Look through a pickle that someone else may have made.

    Raises:
        UnpicklingError: more would come of it than of any reply, or it could not be told how much.
        ValueError, IndexError: it is no pickle.
    """
    weighing = _Weighing()
    for count, (code, argument, _) in enumerate(pickletools.genops(data)):
        if count > MAX_STEPS:
            raise pickle.UnpicklingError("too many steps")
        weighing.step(code.name, argument)
