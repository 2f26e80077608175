"""One client's values, as they are said with a command, held against the slots of a layout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format

from handoutkit.errors import Problem, UsageError
from handoutkit.models.clients.client_ref import ClientRef, ReferenceFault, client_ref_of
from handoutkit.models.clients.days import fault_in_moment
from handoutkit.packets.packet_layout import PacketLayout

CLIENT_REF, NAME = "client_ref", "display_name"
DAYS = frozenset({"next_session", "due"})
"""Values that are days, and are put into words."""
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def client_ref(value: str, settings: Iterable[str] = ()) -> ClientRef:
    """The value, if it can be the reference of a client and holds no part of the name among ``name=value``.

    Raises:
        UsageError: it cannot; it is not repeated.
    """
    name = " ".join(said.partition("=")[2] for said in settings if said.startswith(f"{NAME}="))
    found = client_ref_of(value, name)
    if isinstance(found, ReferenceFault):
        raise UsageError(Problem(*found))
    return found


def client_values(settings: Iterable[str], layout: PacketLayout, locale: Locale) -> dict[str, str]:
    """Values from ``name=value``, each the name of a slot; days in words.

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
        elif name not in known:  # it is not repeated: a client's name may have been typed before the sign
            hint = f"it takes: {', '.join(sorted(known))}"
            problems.append(
                Problem("no-such-value", f"the packet takes no value as number {number} of --set is called", hint)
            )
        elif name in values:
            problems.append(Problem("set-twice", f"`{name}` is set twice", "keep one of them"))
        elif name in DAYS and (fault := fault_in_moment(value.strip())):
            problems.append(Problem(*fault, path=name))
        else:
            values[name] = in_words(value.strip(), locale) if name in DAYS else value
    if problems:
        raise UsageError(problems)
    return values


def in_words(text: str, locale: Locale) -> str:
    """A day, or a day and time, in ISO 8601 as it is said: ``January 31, 2026 at 2:30 PM``; other text as it is.

    Args:
        text: one that ``fault_in_moment`` finds nothing in.
    """
    found = _DAY.fullmatch(text)
    if not found:
        return text
    day = format_date(date.fromisoformat(found[1]), "long", locale=locale)
    if not found[2]:
        return day
    time = format_time(datetime.fromisoformat(text).time(), "short", locale=locale).replace("\u202f", "\u00a0")
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.replace("{1}", day).replace("{0}", time)
