"""The folder of one batch: the packets, the manifest, the report, and what is private to the runs."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from handoutkit.errors import Problem, UsageError
from handoutkit.files.atomic_write import append_to_file, write_file
from handoutkit.files.text_files import shown, unwritable
from handoutkit.isolation import temporary_folders
from handoutkit.packets.packet_layout import PacketLayout

MANIFEST, REPORT = "manifest.jsonl", "report.txt"
_PART = re.compile(r"\.\w+\.part")
"""What ``atomic_write.write_file`` calls a file that is being written."""
_LAYOUT = TypeAdapter(PacketLayout)
_LAYOUTS_KEPT = 4
"""Layouts that are held in memory; a batch may have as many as it has rows."""


class BatchFolder:
    """Where a batch is made.

    ``.handoutkit/`` in it holds the lock, a random key, the layouts and the references of the packets that were begun;
    while a batch is made, the packets that are being made, too. After that, nobody's values are in there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = path / MANIFEST
        self.report = path / REPORT
        self.private = path / ".handoutkit"
        self.layouts = self.private / "layouts"
        self.being_made = self.private / "being-made"
        self.prints = path / "print"
        self.zip = path / f"{path.name}.zip"
        self._started = self.private / "begun"
        self._key = self.private / "key"
        self._lock = self.private / "lock"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out while the block runs; clear away what a killed one left half written.

        Raises:
            UsageError: another run is at it, or something in it is a link.
            MachineError: the folder cannot be written to.
        """
        self._refuse_links()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.private.mkdir(mode=0o700, exist_ok=True)
            lock = FileLock(self._lock, timeout=0, mode=0o600)
            lock.acquire()
            self._ensure_key()
        except Timeout:
            hint = "wait until it is done, or choose another name with --name"
            raise UsageError(
                Problem("batch-busy", "another run is making this batch", hint, shown(self.path))
            ) from None
        except OSError as error:
            raise unwritable(error, self.path) from None
        try:
            self._sweep()
            yield
        finally:
            temporary_folders.remove(self.being_made)
            lock.release()

    def _refuse_links(self) -> None:
        """Nothing is written, cleared away or read through a link: it would be in another folder than this one.

        A link in the place of a packet is no matter: a packet that is made takes its place.
        """
        files = (self.manifest, self.report, self._started, self._key, self._lock, self.prints, self.zip)
        for path in (self.path, self.private, self.layouts, self.being_made, *files):
            if path.is_symlink():
                hint = "remove the link; or choose another name with --name"
                raise UsageError(Problem("link-outside", "a batch writes through no link", hint, shown(path)))

    def is_batch(self) -> bool:
        """Whether a batch was begun here."""
        return not self.path.is_symlink() and self.private.is_dir() and not self.private.is_symlink()

    def packet(self, client_ref: str) -> Path:
        """A client's file."""
        return self.path / f"{client_ref}.pdf"

    def record_started(self, client_refs: Iterable[str]) -> None:
        """Record packets before they are made, so that they are known as ours even if the run is killed."""
        append_to_file(self._started, "".join(f"{ref}\n" for ref in client_refs))

    def started(self) -> frozenset[str]:
        """Return the references of packets that a run which did not end had started."""
        try:
            lines = self._started.read_text(encoding="ascii", errors="replace").split("\n")
        except OSError:
            return frozenset()
        return frozenset(lines[:-1])

    def clear_started(self) -> None:
        """Remove what only an unfinished run needs."""
        self._started.unlink(missing_ok=True)
        with suppress(OSError):
            for file in self.layouts.iterdir():
                file.unlink()
            self.layouts.rmdir()

    def write_report(self, text: str) -> None:
        """Put the report beside the packets. Raises MachineError."""
        try:
            write_file(self.report, text.encode(), private=True)
        except OSError as error:
            raise unwritable(error, self.report) from None

    def fingerprint(self, *parts: Any) -> str:
        """A digest that tells whether the same goes in again; without the folder's key it tells nothing."""
        text = json.dumps(parts, ensure_ascii=True, default=str)
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _secret(self) -> bytes:
        """32 random bytes of this folder's own; without them, what is there counts as changed."""
        try:
            return self._key.read_bytes()
        except OSError:
            return secrets.token_bytes(32)

    def _ensure_key(self) -> None:
        if not self._key.is_file():
            write_file(self._key, secrets.token_bytes(32), private=True)

    def _sweep(self) -> None:
        temporary_folders.remove(self.being_made)
        for folder in (self.path, self.private, self.layouts):
            for file in folder.iterdir() if folder.is_dir() else ():
                if _PART.fullmatch(file.name):
                    file.unlink(missing_ok=True)


class LayoutStore:
    """Layouts on the disk by their digests, between planning and making a batch; no client is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.get = lru_cache(maxsize=_LAYOUTS_KEPT)(self._read)
        """Return the layout of a digest. Raises OSError."""

    def put(self, layout: PacketLayout) -> str:
        """Keep a layout; its digest is what it is asked for by. Raises OSError."""
        data = _LAYOUT.dump_json(replace(layout, pdf=b"")) + b"\n" + layout.pdf
        digest = hashlib.sha256(data).hexdigest()
        write_file(self._folder / digest, data, private=True)
        return digest

    def _read(self, digest: str) -> PacketLayout:
        head, pdf = (self._folder / digest).read_bytes().split(b"\n", 1)
        return replace(_LAYOUT.validate_json(head), pdf=pdf)
