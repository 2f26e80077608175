"""One client's values, as they are said with a command, held against the slots of a layout."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError

from handoutkit.errors import Problem, UsageError
from handoutkit.library.library import unknown
from handoutkit.models.packet import ClientRef

from .layout import Layout

CLIENT_REF = "client_ref"


def client_ref(value: str) -> str:
    """The value, if it can be the reference of a client. Raises UsageError, which does not repeat it."""
    try:
        return TypeAdapter(ClientRef).validate_python(value)
    except ValidationError as error:
        said = error.errors()[0].get("ctx", {})
        hint = str(said.get("hint", "use at most 40 letters and digits"))
        raise UsageError(Problem("bad-client-ref", "this cannot be the reference of a client", hint)) from None


def values_of(settings: Iterable[str], layout: Layout) -> dict[str, str]:
    """Values from ``name=value``, each the name of a slot.

    Raises:
        UsageError: with every one that is not so; values are not repeated, for they are a client's.
    """
    known = {slot.name for slot in layout.slots} - {CLIENT_REF}
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for number, setting in enumerate(settings, start=1):
        name, equals, value = setting.partition("=")
        if not equals:
            hint = "write the name of a value, `=`, and what to put there: --set clinician=..."
            problems.append(Problem("bad-set", f"the value number {number} of --set has no `=`", hint))
        elif name == CLIENT_REF:
            problems.append(Problem("bad-set", "the reference is not said with --set", "say it with --client-ref"))
        elif name not in known:
            problems.append(unknown("value", name, known))
        elif name in values:
            problems.append(Problem("set-twice", f"`{name}` is set twice", "keep one of them"))
        else:
            values[name] = value
    if problems:
        raise UsageError(problems)
    return values
