"""Tells conditions from values among what is given with ``--set``: ``minor=yes`` is a condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from handoutkit.errors import Problem, UsageError

_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


class GivenSettings(NamedTuple):
    """Names of what is so, and the settings that are left, which are values."""

    when: tuple[str, ...]
    left: tuple[str, ...]


def conditions_given(settings: Sequence[str], is_condition: Callable[[str], bool]) -> GivenSettings:
    """Parts conditions from values.

    Args:
        settings: as typed, ``NAME=VALUE``.
        is_condition: whether a name is asked about with `if:`.

    Raises:
        UsageError: a condition is neither yes nor no. What was typed is not repeated: it may be somebody's.
    """
    when: list[str] = []
    left: list[str] = []
    for setting in settings:
        name, equals, value = setting.partition("=")
        name, answer = name.strip(), value.strip().casefold()
        if not equals or not is_condition(name):
            left.append(setting)
        elif answer in _YES:
            when.append(name)
        elif answer not in _NO:
            hint = f"write `--set {name}=yes` or `--set {name}=no`"
            raise UsageError(Problem("yes-or-no", f"`{name}` is so or is not", hint))
    return GivenSettings(tuple(dict.fromkeys(when)), tuple(left))
