"""Times of day as people write them beside a date: `2:30 pm`, `14h30`, `9:00 to 10:00`."""

from __future__ import annotations

import re
from datetime import time

from .day_faults import NOT_A_TIME, DayFault

_HALF = r"(?:\s*([ap])\.?\s?m\b\.?)"
_TIME = re.compile(
    rf"(?<![\d:.+-])(\d{{1,2}})(?:[:.](\d{{2}})(?:[:.](\d{{2}})(?:[.,]\d+)?)?{_HALF}?|{_HALF}()()|\s?h\s?(\d{{2}})?(?!\w))(?![\d:])",
    re.IGNORECASE,
)


def time_in(rest: str) -> tuple[time | None, str] | DayFault:
    """The time of day in what stands beside a date, and what is left; the end of a time from-to is not kept."""
    found = _TIME.search(rest)
    if not found:
        return (None, rest) if not re.search(r"\d", rest) else NOT_A_TIME
    left = f"{rest[: found.start()]} {rest[found.end() :]}"
    if end := re.match(r"\s*(?:-|–|to|a|bis|until)\s*", rest[found.end() :]):
        behind = rest[found.end() + end.end() :]
        if (second := _TIME.match(behind)) is not None:
            left = f"{rest[: found.start()]} {behind[second.end() :]}"
            if not (found[4] or found[5]) and (second[4] or second[5]):
                return NOT_A_TIME  # 9:00 - 10:00 AM does not say of which half of the day its start is
    if re.search(r"\d", left):
        return NOT_A_TIME
    clock = _clock(found)
    if clock is None:
        return NOT_A_TIME
    return (clock if clock != time() else None), left


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), int(found[2] or found[8] or 0)
    if half := (found[4] or found[5] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    try:
        return time(hour, minute)
    except ValueError:
        return None
