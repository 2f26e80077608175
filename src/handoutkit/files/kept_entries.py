"""What is kept from run to run: entries by a key, each with its checksum; and libraries whose versions keys hold."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from .atomic_write import write_file

MAX_ENTRIES = 2_000
"""Entries kept; the ones that were not used for longest go first."""


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """A finished PDF, or nothing, and facts that JSON can hold."""

    pdf: bytes
    facts: Mapping[str, Any]


class KeptEntries:
    """A folder of entries; without a folder, nothing is kept.

    Every entry carries its own checksum; one that fails it is as good as absent.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def entry(self, key: str) -> CacheEntry | None:
        """The entry kept under a key; None if there is none, or its checksum is wrong."""
        if self.folder is None:
            return None
        path = self.folder / f"{key}.cached"
        if not path.is_file():  # a link to a device might never end
            return None
        try:
            head, pdf = path.read_bytes().split(b"\n", 1)
            facts = json.loads(head)
            if facts["key"] != key or facts["sha256"] != hashlib.sha256(pdf).hexdigest():
                return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        with suppress(OSError):
            os.utime(path)
        return CacheEntry(pdf, facts)

    def keep(self, key: str, entry: CacheEntry) -> None:
        """Keep a PDF with facts that JSON can hold, if the cache can be written to."""
        if self.folder is None:
            return
        facts = {"key": key, "sha256": hashlib.sha256(entry.pdf).hexdigest(), **entry.facts}
        with suppress(OSError):
            write_file(self.folder / f"{key}.cached", json.dumps(facts).encode() + b"\n" + entry.pdf, private=True)
            _forget_the_oldest(self.folder)


def _forget_the_oldest(folder: Path) -> None:
    entries = list(folder.glob("*.cached"))
    if len(entries) > MAX_ENTRIES:
        by_use = sorted(entries, key=lambda path: path.stat().st_mtime)
        for path in by_use[: len(entries) - MAX_ENTRIES]:
            path.unlink(missing_ok=True)


def default_folder() -> Path | None:
    """The user's cache folder for handoutkit; None for a user without a home."""
    try:
        return Path(platformdirs.user_cache_dir("handoutkit", appauthor=False)) / "rendered"
    except RuntimeError:
        return None


def system_libraries() -> dict[str, str]:
    """Versions of the system's text libraries; ``absent`` where one cannot be loaded."""
    suffix = {"Darwin": "{}.0.dylib", "Windows": "{}-0.dll"}.get(platform.system(), "{}.so.0")
    libraries = {}
    for name, function in (("libpango-1.0", "pango_version_string"), ("libharfbuzz", "hb_version_string")):
        try:
            call = getattr(ctypes.CDLL(suffix.format(name)), function)
            call.restype = ctypes.c_char_p
            libraries[name] = call().decode()
        except (OSError, AttributeError):
            libraries[name] = "absent"
    try:
        ctypes.CDLL(suffix.format("libharfbuzz-subset"))
        libraries["libharfbuzz-subset"] = "present"
    except OSError:
        libraries["libharfbuzz-subset"] = "absent"
    return libraries
