"""What a worker does: from one client's row to a finished, verified packet."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from babel import Locale

from handoutkit import __version__
from handoutkit.errors import HandoutkitError, MachineError, Problem, WithheldError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import unwritable
from handoutkit.library.shipped_files import shipped_root
from handoutkit.models.clients.roster_client import Client
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.client_values import DAYS, in_words
from handoutkit.packets.personalise.make_client_packet import encrypted
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.verify_packet import Verifier
from handoutkit.render.templating.interface_messages import locale_of
from handoutkit.render.theme import Theme

State = Literal["made", "failed", "withheld", "stopped"]
_KEPT = 4
SECONDS = 60.0
"""For one packet; most take a hundredth of a second."""


@dataclass(frozen=True, slots=True)
class Job:
    """Clients whose packets share a layout, with all that is needed to finish them anywhere.

    Attributes:
        digest: the layout's.
        locale: of the days in the packets, such as ``en-US``.
        full: rows that are verified in full.
        folder: where the files go; None sends them back.
        seconds: on the clock, that one packet may take.
    """

    layout: PacketLayout = field(repr=False)
    digest: str
    theme: Theme = field(repr=False)
    locale: str
    clients: tuple[Client, ...]
    full: frozenset[int]
    folder: str | None
    seconds: float = SECONDS
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row ended.

    Attributes:
        in_full: whether its words were read back too.
        problems: with the name of the value that has each as its ``path``, if one has.
        pdf: the file, where the job asked for it.
    """

    client: Client
    state: State
    sha256: str = ""
    in_full: bool = False
    problems: tuple[Problem, ...] = ()
    pdf: bytes | None = field(default=None, repr=False)


Within = Callable[[float], AbstractContextManager[object]]
"""What a packet is made within, given the seconds that it may take."""


def finish_packet(job: Job, within: Within = nullcontext) -> tuple[Outcome, ...]:
    """Finish the packets of a job; a row that fails leaves the others alone.

    Raises:
        MachineError: this machine cannot do the job.
    """
    if job.version != __version__:
        hint = f"install handoutkit {job.version} on every machine of the cluster"
        message = f"a worker has handoutkit {__version__}, and this is {job.version}"
        raise MachineError(Problem("other-version", message, hint))
    with _one_at_a_time:
        try:
            press = _press_for(job)
        except HandoutkitError as error:
            return tuple(_unmade(client, error) for client in job.clients)
        outcomes = []
        for client in job.clients:
            with within(job.seconds):
                outcomes.append(press.finish(client, job))
        return tuple(outcomes)


def finish_in_process(job: Job) -> tuple[Outcome, ...]:
    """As ``finish``, in a process of its own, which a packet that takes too long brings to its end."""
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


class _PacketFinisher:
    """Makes the packets of one layout."""

    def __init__(self, job: Job) -> None:
        self._layout = job.layout
        self._locale = locale_of(job.locale)
        theme = _here(job.theme)
        self._personaliser = Personaliser(job.layout, theme)
        self._verifier = Verifier(job.layout, theme)

    def finish(self, client: Client, job: Job) -> Outcome:
        try:
            pdf = self._make(client, full=client.row in job.full)
        except HandoutkitError as error:
            return _unmade(client, error)
        except Exception as error:  # its text may hold what the row holds, so only its kind is told
            hint = "please report it, with the handouts of this packet and what is unusual about this row"
            bug = Problem("bug", f"this is a bug in handoutkit: {type(error).__name__}", hint)
            return Outcome(client, "failed", problems=(bug,))
        made = Outcome(client, "made", hashlib.sha256(pdf).hexdigest(), client.row in job.full)
        if job.folder is None:
            return replace(made, pdf=pdf)
        try:
            write_file(Path(job.folder, f"{client.client_ref}.pdf"), pdf, private=True)
        except OSError as error:
            return Outcome(client, "stopped", problems=unwritable(error, Path(job.folder)).problems)
        return made

    def _make(self, client: Client, *, full: bool) -> bytes:
        values = printed_values(client, self._layout, self._locale)
        pdf = self._personaliser.personalise(values)
        self._verifier.verify(pdf, values, text=full)
        return encrypted(pdf, client.password) if client.password else pdf


def _unmade(client: Client, error: HandoutkitError) -> Outcome:
    """How a row ends whose packet was refused."""
    state: State = "failed"
    if isinstance(error, WithheldError):
        state = "withheld"
    elif isinstance(error, MachineError):
        state = "stopped"
    return Outcome(client, state, problems=error.problems)


def _here(theme: Theme) -> Theme:
    """The theme as this machine has it, for on another one what ships lies elsewhere. Raises MachineError."""
    if all(root.is_dir() for root in theme.roots):
        return theme
    try:
        return Theme.find(theme.name, (shipped_root(),), theme.format)
    except HandoutkitError:
        hint = "put the workspace where every worker finds it under the same path"
        message = "a worker does not have the templates of this workspace"
        raise MachineError(Problem("no-theme", message, hint)) from None


_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; fonts are set up for one
_presses: OrderedDict[str, _PacketFinisher] = OrderedDict()


def _press_for(job: Job) -> _PacketFinisher:
    key = f"{job.digest} {job.locale}"
    if key not in _presses:
        _presses[key] = _PacketFinisher(job)
        if len(_presses) > _KEPT:
            _presses.popitem(last=False)
    _presses.move_to_end(key)
    return _presses[key]


def printed_values(client: Client, layout: PacketLayout, locale: Locale) -> dict[str, str]:
    """The values that a layout has places for, by name; days in words."""
    given = {**dict(client.values), "client_ref": client.client_ref}
    if client.due:
        given["due"] = client.due.isoformat()
    places = {slot.name for slot in layout.slots}
    return {name: in_words(text, locale) if name in DAYS else text for name, text in given.items() if name in places}
