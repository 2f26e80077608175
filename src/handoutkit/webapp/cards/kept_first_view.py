"""What the app shows first, kept from its last run: the page of all handouts, and the pictures of its cards.

It is shown again only while every file that it could depend on is as it was; what is known of a file is its state, for
reading all of them would take as long as making the page. Nothing about a client is on these pages. Light to import.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import starlette
from starlette.responses import HTMLResponse, Response

from handoutkit.build.build_options import BuildOptions
from handoutkit.files.file_digests import FileState, is_settled, state_of
from handoutkit.files.kept_entries import CacheEntry, KeptEntries
from handoutkit.library.shipped_files import PACKAGE, extra_roots
from handoutkit.library.workspace_folder import SETTINGS_FILE, folder_around, looks_like_a_file, roots_of
from handoutkit.scaffold.desktop_start import start_on_desktop

_PAGE, _PICTURE = "first-page", "card-picture"
_CSRF = "{{ what this run's requests carry }}"
"""Stands in a kept page for the secret of the run that made it."""
_FOLDERS = ("handouts", "practices", "templates")
_THEIR_OWN = frozenset({"framings", "locale"})
"""Folders of ``handouts/`` whose files can change how every handout looks."""
_SAME_LOOK = 1.0
"""Seconds in which the pictures of one page are asked for; the files are looked at once for all of them."""

State = tuple[str, FileState]


@dataclass(frozen=True)
class _Look:
    """All files at one moment: a digest of those that every page depends on, and the handouts' own by their names."""

    digest: str
    handouts: Mapping[str, list[State]]


@dataclass
class KeptFirstView:
    """The first page and its pictures, as the last run left them.

    Attributes:
        folder: where the workspace is looked for.
        csrf: goes with every request of this run.
        number: of the last change of a file that was noticed.
    """

    entries: KeptEntries
    folder: Path
    defaults: BuildOptions
    csrf: str
    number: Callable[[], int]
    _last: tuple[int, float, _Look | None] = field(default=(-1, 0.0, None), repr=False)
    _page_kept_at: int = -1

    @property
    def page_is_due(self) -> bool:
        """Whether the page was not kept yet since the last change of a file that was noticed."""
        return self._page_kept_at != self.number()

    def page_key(self) -> str | None:
        """What the page depends on now; None if a file has changed just now, so that its next change might not show."""
        look = self._look(now=True)
        if look is None:
            return None
        start = start_on_desktop(folder_around(self.folder))
        return self._key(f"{_PAGE} {start}", look, look.handouts.items())

    def page(self) -> Response | None:
        """The page, if it is kept."""
        key = self.page_key()
        kept = self.entries.entry(key) if key else None
        return HTMLResponse(kept.pdf.replace(_CSRF.encode(), self.csrf.encode())) if kept else None

    def keep_page(self, key: str | None, html: bytes) -> None:
        """Keep a page that was made from this key on; unless a file has changed meanwhile."""
        number = self.number()
        if key and key == self.page_key():
            self._page_kept_at = number
            self.entries.keep(key, CacheEntry(html.replace(self.csrf.encode(), _CSRF.encode()), {}))

    def picture_key(self, what: str, name: str, *, now: bool = True) -> str | None:
        """What the picture of a card depends on; ``now`` is False for one of many that are asked for at a time."""
        look = self._look(now=now)
        if look is None:
            return None
        shown = look.handouts.items() if what == "packet" else look.handouts.get(name, ())
        return self._key(f"{_PICTURE} {what} {name}", look, shown)

    def picture(self, what: str, name: str) -> Response | None:
        """The picture of a card as JPEG, if it is kept."""
        key = self.picture_key(what, name, now=False)
        kept = self.entries.entry(key) if key else None
        return Response(kept.pdf, media_type="image/jpeg") if kept else None

    def keep_picture(self, key: str | None, what: str, name: str, jpeg: bytes) -> None:
        """Keep a picture that was made from this key on; unless a file has changed meanwhile."""
        if key and key == self.picture_key(what, name):
            self.entries.keep(key, CacheEntry(jpeg, {}))

    def _key(self, of: str, look: _Look, shown: Iterable[object]) -> str | None:
        outside = (self.defaults.practice or "", *self.defaults.framings)
        if self.entries.folder is None or any(map(looks_like_a_file, outside)):
            return None
        parts = (of, str(self.folder.resolve()), self.defaults, look.digest, list(shown))
        return "view-" + hashlib.sha256(repr(parts).encode()).hexdigest()

    def _look(self, *, now: bool) -> _Look | None:
        """The states of all files; None if one has changed just now, or cannot be looked at."""
        number, at, look = self._last
        if now or number != self.number() or time.monotonic() - at > _SAME_LOOK:
            number, at = self.number(), time.monotonic()
            try:
                look = _look_at(folder_around(self.folder))
            except (OSError, ValueError):
                look = None
            self._last = number, at, look
        return look


def _look_at(workspace: Path) -> _Look | None:
    """How all files are now; None if one has changed just now. Raises OSError, ValueError."""
    handouts: dict[str, list[State]] = {}
    others: list[State] = []
    for path, state in sorted(_all_states(workspace)):
        if not is_settled(state):
            return None
        if name := _handout(path):
            handouts.setdefault(name, []).append((path, state))
        else:
            others.append((path, state))
    return _Look(hashlib.sha256(repr(others).encode()).hexdigest(), handouts)


def _handout(path: str) -> str:
    """The name of a handout, template or packet by its file, which changes no other; empty for any other file."""
    if not path.endswith((".yaml", ".yml")):
        return ""
    *folders, name = Path(path).parts
    return name.rpartition(".")[0] if "handouts" in folders and not _THEIR_OWN.intersection(folders) else ""


def state_of_code() -> str:
    """Changes with our own code and with what is installed."""
    return hashlib.sha256(repr(sorted(_code())).encode()).hexdigest()


def _code() -> Iterator[State]:
    yield from _below(str(PACKAGE))
    # A package that is installed, taken away or brought up to date changes the folder in which it is.
    installed = Path(starlette.__file__).parent.parent.stat()
    yield "installed", (0, installed.st_mtime_ns, installed.st_ctime_ns, installed.st_ino)


def _all_states(workspace: Path) -> Iterator[State]:
    """The states of the files that the pages can depend on: content, looks, our own code, and what is installed."""
    yield from _code()
    roots = roots_of(workspace)
    if (settings := roots[0] / SETTINGS_FILE).exists():
        yield str(settings), state_of(str(settings))
    for folder in (*extra_roots(), *(root / name for root in roots for name in _FOLDERS)):
        yield from _below(str(folder))


def _below(folder: str) -> Iterator[State]:
    try:
        entries = list(os.scandir(folder))  # of a thousand files, each counts
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _below(entry.path)
        else:
            yield entry.path, state_of(entry.path)
