"""One row of a roster: who a packet is for, and what was chosen for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .client_ref import ClientRef


@dataclass(frozen=True, slots=True)
class RowChoice:
    """What a row chooses for the layout of its packet; None or empty leaves it to the command, packet or practice.

    Rows with equal choices share one layout. Nothing here is about a client.

    Attributes:
        packet: id of a packet; or ``handouts``, ids of handouts in the order they are wanted.
        framings: ids; ``("none",)`` for none.
        location: name of one of the practice's locations.
        without: the values that the row leaves empty; the cover has no label for them.
        without_blocks, only_blocks: names of blocks to leave out, and of those to keep.
        short: whether it is the version of one side.
        when: names of what is so, for parts that are there for some people only.
        rows: names of tables, each with the number of rows that it has.
    """

    packet: str | None = None
    handouts: tuple[str, ...] = ()
    language: str | None = None
    format: str | None = None
    framings: tuple[str, ...] = ()
    location: str | None = None
    without: tuple[str, ...] = ()
    without_blocks: tuple[str, ...] = ()
    only_blocks: tuple[str, ...] = ()
    short: bool = False
    when: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """One row of a roster, from the file to the finished packet; nothing of it is ever changed or shown.

    Attributes:
        row: as a spreadsheet counts it; the header is row 1.
        client_ref: the handle by which the practice knows the client; names the file.
        values: the packet's client values by name, as the roster has them; days as ``2026-01-31 14:30``.
        due: the day by which the packet is to be worked through.
        copies: how many of it are printed; there is one file all the same.
        safe_to_send: whether the packet is to be made at all.
        password: opens the finished packet; None leaves it open.
    """

    row: int
    client_ref: ClientRef
    values: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    choice: RowChoice = RowChoice()
    due: date | None = field(default=None, repr=False)
    copies: int = 1
    safe_to_send: bool = True
    password: str | None = field(default=None, repr=False)
