"""Columns of days: the order of the numbers in them is decided once, from all rows, and told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from handoutkit.models.clients.day_faults import AMBIGUOUS, WORDS, DayFault
from handoutkit.models.clients.day_names import DayOrder
from handoutkit.models.clients.days import WrittenMoment, names_a_weekday, written_moment
from handoutkit.rosters.readers.table import CellFault

_ROWS_SHOWN = 6
IN_WORDS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}


@dataclass(slots=True)
class _Dates:
    """What is known of the dates with one sign between their numbers: the rows of the first of each kind."""

    in_doubt: int = 0
    only: dict[DayOrder, int] = field(default_factory=dict)


class DayColumn:
    """One column of days.

    Args:
        said: the order that the user said; it is what all dates in doubt are read in.
        usual: the order of the practice's region; dates that cannot be of that order put it in doubt.
        weekdays: whether words are taken that say a day of the week, such as ``Tuesdays at 3``; no others are.
    """

    def __init__(
        self, said: DayOrder | None, usual: DayOrder | None, *, from_1904: bool = False, weekdays: bool = False
    ) -> None:
        self._said = said
        self._usual = usual
        self._from_1904 = from_1904
        self._weekdays = weekdays
        self._in_words: list[int] = []
        self._dates: defaultdict[str, _Dates] = defaultdict(_Dates)
        self._utc = 0
        self._orders: dict[str, DayOrder | None] = {}

    def note(self, row: int, text: str) -> None:
        """Take the text of a row into account."""
        found = self._written(text)
        if found is None:
            self._in_words.append(row)
        if not isinstance(found, WrittenMoment):
            return
        self._utc = self._utc or row * (found.utc and found.time is not None)
        if found.sign:
            dates = self._dates[found.sign]
            if found.only_day is None:
                dates.in_doubt = dates.in_doubt or row
            elif len(found.days) == 1:
                dates.only.setdefault(next(iter(found.days)), row)

    def decide(self) -> Iterator[CellFault]:
        """Decide on the orders of all dates that were noted, and say what is wrong with the column as a whole."""
        for sign, dates in self._dates.items():
            usual = None if sign == "." and self._usual == "mdy" else self._usual  # 12.01.2026 is no American date
            known = set(dates.only)
            decided = self._said or (known.pop() if len(known) == 1 else None if known else usual)
            contrary = not self._said and bool(dates.only) and usual is not None and decided != usual
            self._orders[sign] = decided
            if dates.in_doubt and (decided is None or contrary):
                self._orders[sign] = None
                yield _in_doubt(sign, dates.in_doubt, dates.only, usual)

    def warnings(self) -> Iterator[CellFault]:
        """What is worth a look in the column, though it can be read."""
        if self._utc:
            message = f"times in this column, such as in row {self._utc}, are marked as those of Greenwich (UTC)"
            hint = "they are printed as they are written; export the list in your own time if they are not yours"
            yield CellFault("time-zone", message, hint)

        if self._in_words:
            count = len(self._in_words)
            rows = ", ".join(map(str, self._in_words[:_ROWS_SHOWN])) + ", ..." * (count > _ROWS_SHOWN)
            has = "a cell of this column has" if count == 1 else f"{count} cells of this column have"
            message = f"{has} a day of the week in words and no date (row {rows}); they are printed as they stand"
            hint = "look whether they read well there; else write a day and a time, such as 2026-01-31 14:30"
            yield CellFault("weekday-in-words", message, hint)

    def read(self, text: str) -> WrittenMoment | DayFault | None:
        """A text as one day, or a fault, without a code if all of the column is in doubt; None for words."""
        found = self._written(text)
        if not isinstance(found, WrittenMoment):
            return found
        order = self._orders.get(found.sign)
        day = found.days.get(order) if order else None
        if self._said and found.sign and day is None and self._dates[found.sign].in_doubt:
            hint = f"check it, or say another order with --dates; the others are read as {IN_WORDS[self._said]}"
            return DayFault("bad-date", "this date is not in the order of the others", hint)
        day = day or found.only_day
        return IN_DOUBT_WITH_ALL if day is None else WrittenMoment({"ymd": day}, "", found.time, found.utc)

    def _written(self, text: str) -> WrittenMoment | DayFault | None:
        found = written_moment(text, from_1904=self._from_1904)
        if found is None and not (self._weekdays and names_a_weekday(text)):
            return WORDS
        if isinstance(found, WrittenMoment) and self._said != "ymd" and len(found.days) > 1:
            days: dict[DayOrder, date] = {order: day for order, day in found.days.items() if order != "ymd"}
            return WrittenMoment(days, found.sign, found.time, found.utc)
        return found


IN_DOUBT_WITH_ALL = AMBIGUOUS._replace(code="")


def _in_doubt(sign: str, row: int, only: dict[DayOrder, int], usual: DayOrder | None) -> CellFault:
    """The problem of a column whose dates nobody can read for sure, with an example: a client's own is never told."""
    example = sign.join(("03", "04", "2026"))
    readings = f"{example}, for example, would be April 3 as day, month, year, and March 4 as month, day, year"
    message = f"dates in this column, such as the one in row {row}, can be read in two ways: {readings}"
    if len(only) > 1:
        rows = " and ".join(f"row {at} can only be {IN_WORDS[order]}" for order, at in only.items())
        message += f"; {rows}"
    elif only and usual:
        ((order, at),) = only.items()
        message += f"; the practice's region writes {IN_WORDS[usual]}, but row {at} can only be {IN_WORDS[order]}"
    hint = "say which is meant with --dates dmy or --dates mdy, or write them as 2026-01-31"
    return CellFault("ambiguous-date", message, hint)
