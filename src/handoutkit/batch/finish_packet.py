"""What a worker does: from one client's row to a finished, verified packet."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from handoutkit.errors import HandoutkitError, MachineError, Problem, WithheldError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import unwritable
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.roster_client import Client
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.make_client_packet import make_client_packet
from handoutkit.render.scripts import MissingFontsError
from handoutkit.render.theme import Theme

State = Literal["made", "failed", "withheld", "stopped"]
SECONDS = 60.0
"""For one packet; most take a hundredth of a second."""
_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; fonts are set up for one


@dataclass(frozen=True, slots=True)
class Job:
    """Clients whose packets share a layout, with all that is needed to finish them anywhere.

    Attributes:
        full: rows that are verified in full.
        folder: where the files are put, for the run to take them from there; None sends them back.
        seconds: on the clock, that one packet may take.
    """

    layout: PacketLayout = field(repr=False)
    theme: Theme = field(repr=False)
    clients: tuple[Client, ...]
    full: frozenset[int]
    folder: str | None = None
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row ended.

    Attributes:
        in_full: whether its words were read back too.
        problems: with the name of the value that has each as its ``path``, if one has.
        pdf: the packet, if the job asked for it.
        file: where the packet lies, if not; no worker says that.
    """

    client: Client
    state: State
    sha256: str = ""
    in_full: bool = False
    problems: tuple[Problem, ...] = ()
    pdf: bytes | None = field(default=None, repr=False)
    file: Path | None = None


Within = Callable[[float], AbstractContextManager[object]]
"""What a packet is made within, given the seconds that it may take."""


def finish_packet(job: Job, within: Within = nullcontext) -> tuple[Outcome, ...]:
    """Finish the packets of a job; a row that fails leaves the others alone.

    Raises:
        MachineError: this machine cannot do the job.
    """
    with _one_at_a_time:
        outcomes = []
        for client in job.clients:
            with within(job.seconds):
                outcomes.append(_finish_one(client, job))
        return tuple(outcomes)


def finish_in_process(job: Job) -> tuple[Outcome, ...]:
    """Finish a job as ``finish_packet`` does, and end this process if a packet takes too long."""
    return finish_packet(job, _ended_after)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process if what is done inside is not done by then, whatever library it is in."""
    with Path(os.devnull).open("w") as nowhere:  # it would tell where the process was
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _finish_one(client: Client, job: Job) -> Outcome:
    try:
        read_pages = client.row in job.full
        values = values_with_a_slot(client, job.layout)
        pdf = make_client_packet(job.layout, job.theme, values, password=client.password, read_pages=read_pages)
    except HandoutkitError as error:
        return _unmade(client, error)
    except Exception as error:  # its text may hold what the row holds, so only its kind is named
        hint = "please report it, with the handouts of this packet and what is unusual about this row"
        bug = Problem("bug", f"this is a bug in handoutkit: {type(error).__name__}", hint)
        return Outcome(client, "failed", problems=(bug,))
    made = Outcome(client, "made", hashlib.sha256(pdf).hexdigest(), read_pages)
    if job.folder is None:
        return replace(made, pdf=pdf)
    try:
        write_file(Path(job.folder, f"{client.client_ref}.pdf"), pdf, private=True)
    except OSError as error:
        return Outcome(client, "stopped", problems=unwritable(error, Path(job.folder)).problems)
    return made


def values_with_a_slot(client: Client, layout: PacketLayout) -> dict[str, str]:
    """The values of a row that a layout has slots for, by name."""
    given = {**dict(client.values), CLIENT_REF: client.client_ref}
    if client.due:
        given["due"] = client.due.isoformat()
    return {name: text for name, text in given.items() if name in layout.values}


def _unmade(client: Client, error: HandoutkitError) -> Outcome:
    """How a row ends whose packet was refused."""
    state: State = "failed"
    if isinstance(error, WithheldError):
        state = "withheld"
    elif isinstance(error, MachineError) and not isinstance(error, MissingFontsError):  # which only this row needs
        state = "stopped"
    return Outcome(client, state, problems=error.problems)
