"""A plan as jobs for workers, without the packets that are there already."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pikepdf

from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.roster_client import Client
from handoutkit.render.theme import Theme

from .batch_folder import BatchFolder, LayoutStore
from .finish_packet import Job
from .manifest import Manifest
from .plan_batch import BatchPlan, Ready

CHUNK = 16
"""Most clients of a job."""
FULL_EVERY = 50
Verify = Literal["sample", "full"]


@dataclass
class Jobs:
    """Goes through the roster once, and remembers no client.

    Attributes:
        chunk: clients of a job.
        skip: told of each client whose packet is unchanged (None), or cannot be made (a problem).
    """

    plan: BatchPlan
    folder: BatchFolder
    manifest: Manifest
    store: LayoutStore
    theme: Theme
    verify: Verify
    chunk: int
    skip: Callable[[Client, Problem | None], None]
    _seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __iter__(self) -> Iterator[Job]:
        """The jobs; the packets of each are noted as begun before it is given out. Raises OSError."""
        waiting: dict[str, list[Client]] = defaultdict(list)
        ready: dict[str, Ready] = {layout.digest: layout for layout in self.plan.layouts.values()}
        started = self.folder.started()
        for client in self.plan.roster.clients(self.plan.without):
            if not client.safe_to_send:
                continue
            layout = self.plan.layouts[client.choice]
            if self.is_unchanged(client, layout):
                self.skip(client, None)
            elif problem := self._in_the_way(client, started):
                self.skip(client, problem)
            else:
                if len(waiting[layout.digest]) == self.chunk:
                    yield self._job(layout, waiting.pop(layout.digest))
                waiting[layout.digest].append(client)
        for digest, clients in waiting.items():
            yield self._job(ready[digest], clients, last=True)

    def is_unchanged(self, client: Client, layout: Ready) -> bool:
        """Whether an earlier run made this packet of the same, and it is there as it was made."""
        path = self.folder.packet(client.client_ref)
        made = self.manifest.made.get(path.name)
        if made is None or path.is_symlink() or made.input != fingerprint(self.folder, client, layout):
            return False
        try:
            if hashlib.sha256(path.read_bytes()).hexdigest() != made.sha256:
                return False
        except OSError:
            return False
        return client.password is None or _opens(path, client.password)

    def _in_the_way(self, client: Client, started: frozenset[str]) -> Problem | None:
        path = self.folder.packet(client.client_ref)
        if path.name in self.manifest.made or client.client_ref in started or not os.path.lexists(path):
            return None
        hint = "move it elsewhere, or make the batch in another folder (--name, -o)"
        message = "a file that this batch did not make has the name of this row's packet"
        return self.plan.roster.problem(client, "file-in-the-way", message, hint, column=CLIENT_REF)

    def _job(self, layout: Ready, clients: list[Client], *, last: bool = False) -> Job:
        self.folder.record_started(client.client_ref for client in clients)
        before = self._seen[layout.digest]
        self._seen[layout.digest] += len(clients)
        every = range(len(clients)) if self.verify == "full" else in_full(before, len(clients), last=last)
        return Job(
            layout=self.store.get(layout.digest),
            theme=self.theme,
            clients=tuple(clients),
            full=frozenset(clients[n].row for n in every),
        )


def in_full(before: int, count: int, *, last: bool) -> list[int]:
    """Which of the next packets of a layout are read in full: its first, one in fifty after that, and its last.

    Args:
        before: how many of the layout there were already.
        count: of the next ones, counted from 0.
        last: whether no others of the layout follow.
    """
    return [n for n in range(count) if (before + n) % FULL_EVERY == 0 or (last and n == count - 1)]


def fingerprint(folder: BatchFolder, client: Client, layout: Ready) -> str:
    """A digest of all that makes the packet, but for the password: that opens the file, or it is another."""
    due = client.due.isoformat() if client.due else ""
    encrypted = client.password is not None
    return folder.fingerprint(layout.digest, client.client_ref, client.values, due, client.copies, encrypted)


def _opens(path: Path, password: str) -> bool:
    try:
        pikepdf.open(path, password=password).close()
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False
    return True
