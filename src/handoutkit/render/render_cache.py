"""Keeps finished PDFs by a digest of everything that went into them, which is never anything about a client."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handoutkit import __version__
from handoutkit.errors import ContentError, Problem
from handoutkit.files.file_digests import known_digest, read_digest, state_of
from handoutkit.files.kept_entries import CacheEntry, KeptEntries, system_libraries
from handoutkit.files.text_files import reason, shown
from handoutkit.library.shipped_files import PACKAGE
from handoutkit.pictures.logo_files import LogoFiles

from .worker_typesetter import Rendered, SheetFacts

if TYPE_CHECKING:
    from .theme import Theme

_PACKAGES = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "pillow"),
    *("jinja2", "markdown-it-py", "babel"),
)
_PIECE, _REPORT = "piece-", "report-"
_KEY = re.compile("[0-9a-f]{64}")


class RenderCache(KeptEntries):
    """Finished PDFs by their key; see ``key_of``."""

    def get(self, key: str) -> Rendered | None:
        """The handout kept under a key; None if there is none, or its checksum is wrong."""
        kept = self.entry(key)
        try:
            return _rendered(kept) if kept else None
        except (ValueError, KeyError, TypeError, OverflowError):
            return None

    def put(self, key: str, rendered: Rendered) -> None:
        """Keep a handout. A cache that cannot be written to is no reason to fail a build."""
        sheet = asdict(rendered.sheet) if rendered.sheet else None
        facts = {"pages": rendered.pages, "fields": rendered.fields, "sheet": sheet, "too_empty": rendered.too_empty}
        self.keep(key, CacheEntry(rendered.pdf, facts))

    def sheet_facts(self, key: str) -> SheetFacts | None:
        """How the handout of a key came out as a sheet, or would; None if nobody has tried, or the entry is damaged."""
        kept = self.entry(_REPORT + key) or self.entry(key)
        try:
            return _sheet_facts(kept.facts["sheet"]) if kept else None
        except (ValueError, KeyError, TypeError, OverflowError):
            return None

    def keep_sheet_facts(self, key: str, facts: SheetFacts) -> None:
        """Keep how a handout would come out as a sheet, of which there is no PDF yet."""
        self.keep(_REPORT + key, CacheEntry(b"", {"sheet": asdict(facts)}))


def _rendered(kept: CacheEntry) -> Rendered:
    """A handout from its entry. Raises ValueError, KeyError, TypeError or OverflowError: someone changed it."""
    pages, fields, sheet, too_empty = (kept.facts[name] for name in ("pages", "fields", "sheet", "too_empty"))
    facts = None if sheet is None else _sheet_facts(sheet)
    return Rendered(kept.pdf, int(pages), int(fields), facts, too_empty=tuple(map(int, too_empty)))


def _sheet_facts(kept: Mapping[str, Any]) -> SheetFacts:
    largest = tuple(map(str, kept["largest"]))
    return SheetFacts(int(kept["sides"]), float(kept["too_much"]), float(kept["room"]), largest)


class Pieces:
    """A cache for the worker, which may only read it: the process that asked keeps what the worker makes."""

    def __init__(self, cache: RenderCache) -> None:
        self._cache = cache
        self.made: dict[str, CacheEntry] = {}

    def entry(self, key: str) -> CacheEntry | None:
        """The entry kept under a key; None if there is none, or its checksum is wrong."""
        return self.made.get(key) or self._cache.entry(_PIECE + key)

    def keep(self, key: str, entry: CacheEntry) -> None:
        """Note an entry that the asking process is to keep."""
        self.made[key] = entry

    def keep_all(self, made: Mapping[str, CacheEntry]) -> None:
        """Keep what the worker made; its keys can be those of pieces alone."""
        for key, entry in made.items():
            if _KEY.fullmatch(key):
                self._cache.keep(_PIECE + key, entry)


def key_of(document: object, theme: Theme, logo: LogoFiles | None, pictures: Sequence[Path] = ()) -> str:
    """SHA-256 over everything a PDF depends on: content, practice, notes, look, fonts, pictures and versions.

    Args:
        document: a frozen dataclass or model that shows all it holds with ``repr``.

    Raises:
        ContentError: a picture was taken away, or can be read no more, since it was looked through.
    """
    total = hashlib.sha256()
    for part in (repr(document), theme.digest, _versions()):
        total.update(hashlib.sha256(part.encode()).digest())
    for picture in [*(logo.paths if logo else []), *pictures]:
        try:
            total.update(hashlib.sha256(picture.read_bytes()).digest())
        except OSError as error:
            message = f"`{picture.name}` cannot be read any more ({reason(error)})"
            problem = Problem("no-such-picture", message, "put it back, or choose another", file=shown(picture))
            raise ContentError(problem) from None
    return total.hexdigest()


@lru_cache(maxsize=1)
def _versions() -> str:
    """Versions of all that shapes a page, found without importing WeasyPrint."""
    found = {name: version(name) for name in _PACKAGES}
    return json.dumps({"handoutkit": __version__, "code": _code(), **found, **system_libraries()}, sort_keys=True)


def _code() -> str:
    """SHA-256 over our own code, which changes between versions while someone works on it."""
    total = hashlib.sha256()
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(name for name in names if name.endswith((".py", ".conf"))):
            path = os.path.join(folder, name)  # noqa: PTH118 - of hundreds of files, each counts
            digest = known_digest(path) or read_digest(path, state_of(path))
            total.update(os.fsencode(path.removeprefix(str(PACKAGE))) + b"\0" + digest)
    return total.hexdigest()
