"""Files of a theme that took the place of shipped ones: what those were is remembered, and told when they change."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutkit import __version__
from handoutkit.errors import Problem
from handoutkit.files.atomic_write import write_files
from handoutkit.files.source_file import FilePosition
from handoutkit.files.text_files import read_text, unwritable
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.document import FORMATS, Format
from handoutkit.render.theme import Theme

LIMITS = ResourceLimits(seconds=20, wall=120, memory=1_000_000_000)
"""For what is read of one theme."""
RECORD = "replaced.json"
"""In the folder of a theme: for each of its files that took the place of a shipped one, that one as it was."""
_TEXTS = (".html", ".css", ".svg")
_FORMATS = "formats/"


@dataclass(frozen=True, slots=True)
class ReplacedFile:
    """A file of a theme that took the place of a shipped one.

    Attributes:
        name: its path in the theme's folder.
        own: where it is.
        shipped: the text of the shipped one, as it is now.
    """

    name: str
    own: Path
    shipped: str

    @property
    def is_as_shipped(self) -> bool:
        """Whether it says what the shipped one says."""
        return read_text(self.own).text == self.shipped


@dataclass(frozen=True, slots=True)
class AgedFile:
    """A file that was made from a shipped one which has changed since.

    Attributes:
        release: the one that the shipped file was of when it was remembered.
        difference: of the shipped file, then and now, as a unified diff.
    """

    replaced: ReplacedFile
    release: str
    difference: str

    def problem(self) -> Problem:
        """The warning about it."""
        message = f"the shipped `{self.replaced.name}`, whose place this takes, has changed since {self.release}"
        theme = self.replaced.own.parents[self.replaced.name.count("/")].name
        hint = f"put into yours what of the difference you want; then say `handoutkit theme check {theme} --accept`"
        source = read_text(self.replaced.own)
        return source.problem_at(FilePosition(1, 1), "aged-override", message, hint, severity="warning")


def own_folder(name: str, roots: Sequence[Path]) -> Path | None:
    """The folder of a theme in the workspace; None if nothing of it is there."""
    folder = roots[0] / "templates" / name
    return folder if len(roots) > 1 and folder.is_dir() else None


def replaced_files(name: str, roots: Sequence[Path]) -> list[ReplacedFile]:
    """The files of a theme in the workspace that took the place of shipped ones, by their paths.

    One that includes or extends the shipped one is not among them: it has what is new in it.

    Raises:
        UsageError, ContentError: there is no such theme, or it has problems.
    """
    folder = own_folder(name, roots)
    if folder is None:
        return []
    found, themes = [], dict[Format, Theme]()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _TEXTS):
        inside = path.relative_to(folder).as_posix()
        format, below = _format_of(inside)
        if format not in themes:
            themes[format] = Theme.find(name, roots, format)
        before = _shipped_before(themes[format], name, below, inside)
        if before and f"shipped/{below}" not in read_text(path).text:
            found.append(ReplacedFile(inside, path, read_text(before).text))
    return found


def aged_files(name: str, roots: Sequence[Path]) -> list[AgedFile]:
    """The files of a theme whose shipped ones have changed since they were remembered. Raises as ``replaced_files``."""
    kept = _record(name, roots)
    changed = [
        (each, was)
        for each in replaced_files(name, roots)
        if (was := kept.get(each.name)) and was.get("sha256") != _digest(each.shipped)
    ]
    if not changed:
        return []
    texts = [(each.name, str(was.get("release", "")), str(was.get("text", "")), each.shipped) for each, was in changed]
    # A record comes with its theme from outside, and two texts can be made that take hours to compare.
    found = the_worker().call(f"{__name__}:differences_here", texts, limits=LIMITS, file=name)
    pairs = zip(changed, list(found), strict=True)
    return [AgedFile(each, str(was.get("release", "")), str(difference)) for (each, was), difference in pairs]


def differences_here(texts: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """What the worker does: unified diffs, each of a name, a release, the text as it was and as it is."""
    return [
        "\n".join(
            difflib.unified_diff(was.splitlines(), now.splitlines(), f"{name} ({release})", name, lineterm="", n=2)
        )
        for name, release, was, now in texts
    ]


def remember(name: str, roots: Sequence[Path], *, anew: bool = False) -> list[str]:
    """Remember the shipped files whose place a theme's take, where they are not remembered yet.

    Of a theme that is what shipped, file by file, none is: that is a checkout of handoutkit, or a copy not yet changed.

    Args:
        anew: remember all of them as they are now.

    Returns:
        The names of those that were remembered.

    Raises:
        MachineError: the record cannot be written.
    """
    folder, kept = own_folder(name, roots), _record(name, roots)
    replaced = replaced_files(name, roots)
    new = [each for each in replaced if anew or each.name not in kept]
    names = {each.name for each in replaced}
    if folder is None or not (new or kept.keys() - names):
        return []
    if replaced and all(each.is_as_shipped for each in replaced):
        return []
    record = {known: was for known, was in kept.items() if known in names}
    for each in new:
        record[each.name] = {"sha256": _digest(each.shipped), "release": __version__, "text": each.shipped}
    text = json.dumps(dict(sorted(record.items())), indent=1, ensure_ascii=False) + "\n"
    try:
        write_files({folder / RECORD: text.encode()})
    except OSError as error:
        raise unwritable(error, folder / RECORD) from None
    return [each.name for each in new]


def _format_of(inside: str) -> tuple[Format, str]:
    """The format that a file of a theme is for, and its path below the folder of that format."""
    for format in FORMATS:
        if inside.startswith(start := f"{_FORMATS}{format}/"):
            return format, inside.removeprefix(start)
    return "standard", inside


def _shipped_before(theme: Theme, name: str, below: str, inside: str) -> Path | None:
    """The shipped file that would be used if the theme's own were not there."""
    own = f"{name}/{inside}".removesuffix(f"/{below}")
    if own not in theme.folders:
        return None
    folders = theme.folders[theme.folders.index(own) :]
    found = (theme.files[-1].get(f"{folder}/{below}") for folder in folders)
    return next((path for path in found if path), None)


def _record(name: str, roots: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What is remembered; nothing where the record is not there, or is none."""
    folder = own_folder(name, roots)
    if folder is None or not (folder / RECORD).is_file():
        return {}
    try:
        kept = json.loads(read_text(folder / RECORD).text)
    except (ValueError, RecursionError):
        return {}
    entries = kept.items() if isinstance(kept, dict) else ()
    return {str(file): was for file, was in entries if isinstance(was, dict)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
