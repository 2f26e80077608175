"""The column of whole names, where a list has the family name first, before a comma."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .readers.table import CellFault

_AFTER_NAMES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "esq", "md", "phd", "psyd", "dds", "rn", "lcsw", "lmft", "lpc"}
)
"""What stands behind a comma and is no name."""
_ROWS_SHOWN = 3


def turned_round(text: str) -> str:
    """A name as it is said: `Ejemplo, Ana` is `Ana Ejemplo`; any other as it is.

    >>> turned_round("Ejemplo, Ana"), turned_round("Alex Example, Jr.")
    ('Ana Ejemplo', 'Alex Example, Jr.')
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    is_name = family and given and "," not in given and given.replace(".", "").casefold() not in _AFTER_NAMES
    return f"{given} {family}" if comma and is_name else text


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A column of whole names.

    Attributes:
        is_turned: whether most of them have the family name first, so that those are put right.
        in_doubt: rows with such a name where most have none: they are left as they stand.
    """

    is_turned: bool = False
    in_doubt: tuple[int, ...] = ()

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> NameColumn:
        """What rows and the names in them say of the column."""
        rows, there = [], 0
        for row, text in names:
            there += bool(text)
            if turned_round(text) != text:
                rows.append(row)
        is_turned = len(rows) * 2 > there
        return cls(is_turned, () if is_turned else tuple(rows))

    def read(self, text: str) -> str:
        """A name of the column as it is printed."""
        return turned_round(text) if self.is_turned else text

    def warnings(self) -> Iterator[CellFault]:
        """What is worth a look in the column, though it can be read."""
        if self.in_doubt:
            rows = ", ".join(map(str, self.in_doubt[:_ROWS_SHOWN])) + ", ..." * (len(self.in_doubt) > _ROWS_SHOWN)
            count = len(self.in_doubt)
            some = "a name of this column has" if count == 1 else f"{count} names of this column have"
            message = f"{some} a comma, as if the family name came first (row {rows}), and the others have none"
            yield CellFault("name-with-comma", message, "they are printed as they stand; write them in one order")
