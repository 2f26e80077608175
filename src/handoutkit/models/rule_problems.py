"""Complaints of the models' own rules, in plain words and at the right place."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

At = tuple[str | int, ...]
"""The way from a model to the value that is wrong: keys and item numbers (from 0)."""


def problem(code: str, message: str, hint: str = "", found: str = "") -> PydanticCustomError:
    """A rule's complaint, as pydantic carries it.

    Args:
        code: stable; other programs may read it.
        hint: what to do.
        found: the piece of a text that is wrong, so that it can be pointed at.
    """
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint, "found": found})


def problems_at(*complaints: tuple[At, PydanticCustomError]) -> ValidationError:
    """Problems in parts of a model, which the model's validator raises all at once."""
    details = [InitErrorDetails(type=complaint, loc=at, input=None) for at, complaint in complaints]
    return ValidationError.from_exception_data("content", details)


def check_ids(field: str, ids: Sequence[str], what: str) -> None:
    """Each of a list's models has an id of its own. Raises ValidationError at those that do not.

    Args:
        field: the list's name.
        what: the models' name, in the plural.
    """
    fault = problem("duplicate-id", f"two {what} have the same `id`", "give each its own")
    if again := [number for number, each in enumerate(ids) if each in ids[:number]]:
        raise problems_at(*(((field, number, "id"), fault) for number in again))
