"""Keeps finished PDFs by a digest of everything that went into them, which is never anything about a client."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from handoutkit import __version__
from handoutkit.errors import ContentError, Problem
from handoutkit.files.atomic_write import write_file
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
MAX_ENTRIES = 2_000
"""Entries kept; the ones that were not used for longest go first."""


_PIECE, _REPORT = "piece-", "report-"
_KEY = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """A finished PDF, and facts about it that JSON can hold."""

    pdf: bytes
    facts: Mapping[str, Any]


class RenderCache:
    """A folder of rendered PDFs; without a folder, nothing is kept.

    Every entry carries its own checksum; one that fails it is as good as absent.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

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
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".conf"):
            total.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


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
