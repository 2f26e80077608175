"""Saves a form into its file: only what was changed, only if it is valid, and never over another program's change."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.files.atomic_write import write_file
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import is_inside, read_text, shown, unwritable
from handoutkit.library.shipped_files import shipped_root
from handoutkit.loading.load_file import check_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.json_schema import SchemaName
from handoutkit.scaffold.own_files import PICTURE
from handoutkit.yaml_writing.yaml_edit import rewritten
from handoutkit.yaml_writing.yaml_emit import MovedItem, dumped, plain

from .kept_versions import FileVersion, keep_version
from .new_block_ids import with_ids


class ChangedElsewhereError(Exception):
    """The file was changed after the form was made from it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as read for a form.

    Attributes:
        digest: of its bytes; goes with the form and comes back with it.
    """

    path: Path
    source: SourceFile
    digest: str
    problems: tuple[Problem, ...]

    @property
    def data(self) -> Mapping[str, Any]:
        """What the file holds. Raises ContentError: it cannot be read as YAML."""
        if not isinstance(self.source.data, dict):
            raise ContentError(self.problems)
        return self.source.data


def opened(path: Path, name: SchemaName) -> Opened:
    """A file, with what is wrong with it. Raises ContentError: it cannot be read at all."""
    source, faults = read_carefully(read_yaml, read_text(path))
    problems = tuple(faults) if faults else check_text(source, name)
    return Opened(path, source, digest_of(path), problems)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes; empty if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


Placing = Callable[[Path, str], AbstractContextManager[None]]
"""Puts what belongs beside a file into its place, for a text that is to be saved there."""


def saved(
    path: Path,
    name: SchemaName,
    digest: str,
    sent: Any,
    home: Path,
    *,
    made_from: str | None = None,
    placing: Placing | None = None,
) -> Path:
    """Save a form.

    Args:
        digest: of the file that is to be changed, as it was seen last; empty for a new file.
        made_from: the text that the form was made from; None if that is the file's.
        sent: what the form holds, as the browser sends it (``joined``).
        home: the workspace. What ships is never changed: a copy in the workspace comes before it.

    Returns:
        Where it was saved.

    Raises:
        ChangedElsewhereError: the file was changed since.
        ContentError: what the form holds has problems; nothing was saved.
        MachineError: the file cannot be written.
    """
    if digest_of(path) != digest:
        raise ChangedElsewhereError
    raw = path.read_bytes() if digest else b""
    text = made_from if made_from is not None else read_text(path).text if digest else ""
    before: Any = _data(SourceFile(shown(path), path, text)) if text else {}
    after = with_ids(joined(before, sent)) if name == "handout" else joined(before, sent)
    new = rewritten(text, before, after) if text else dumped(after, 0) + "\n"
    target = own_place(path, home)
    if target != path:
        _copy_pictures(path, target)
    with placing(target, new) if placing else nullcontext():
        check(SourceFile(shown(target), target, new), name, plain(after))
        if b"\r\n" in raw:
            new = new.replace("\n", "\r\n")
        try:
            if digest_of(path) != digest:
                raise ChangedElsewhereError
            if raw:
                keep_version(target, raw, path.stat().st_mtime, home)
            write_file(target, (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + new.encode())
        except OSError as error:
            raise unwritable(error, target) from None
    return target


def taken_back(path: Path, version: FileVersion, home: Path, check: Callable[[SourceFile], object]) -> None:
    """Write an earlier version in the place of a file, and keep what that holds now as a version.

    Args:
        check: raises ContentError if a text cannot stand there, as things are now.

    Raises:
        ContentError: the version has problems; nothing was written.
        MachineError: the file cannot be written.
    """
    target = own_place(path, home)
    check(SourceFile(shown(target), target, version.source.text))
    keep_version(target, path.read_bytes(), path.stat().st_mtime, home)
    try:
        write_file(target, version.path.read_bytes())
    except OSError as error:
        raise unwritable(error, target) from None


def check_as_written(source: SourceFile, name: SchemaName) -> None:
    """Raises ContentError with everything wrong with the text of a file."""
    check(source, name, _data(source))


def _data(source: SourceFile) -> Any:
    """The data of a text. Raises ContentError: it cannot be read as YAML."""
    read, faults = read_carefully(read_yaml, source)
    if not isinstance(read.data, dict):
        raise ContentError(tuple(faults))
    return read.data


def check(source: SourceFile, name: SchemaName, meant: Any) -> None:
    """Raises ContentError with everything wrong with a text that is to be saved."""
    read, faults = read_yaml(source)
    if problems := tuple(faults) or check_text(read, name):
        raise ContentError(problems)
    if read.data != meant:  # never seen; but no file is better than a wrong one
        hint = "change the file itself in a text editor, and please report this"
        raise ContentError(Problem("not-as-meant", "this cannot be written as it was meant", hint, file=source.name))


def own_place(path: Path, home: Path) -> Path:
    """Where a file is saved: its own path in the workspace, or the path of a shipped file's copy there."""
    if is_inside(path, home):
        return path
    return home / path.resolve().relative_to(shipped_root())


def joined(before: Any, sent: Any) -> Any:
    """The values of a form as data; a value that means the same as before stays exactly as it was.

    The browser sends mappings as they are, items of lists as ``{"_at": number or null, "_value": ...}``, with ``_like``
    for the copy of an item, a day as ``{"_day": "2026-11-21"}`` and what the form does not show as ``{"_keep": true}``.
    """
    if isinstance(sent, dict):
        if sent.get("_keep") is True:
            return before
        if "_day" in sent:
            return _day(sent["_day"], before)
        old = before if isinstance(before, Mapping) else {}
        return {str(key): joined(old.get(key), value) for key, value in sent.items()}
    if isinstance(sent, list):
        return tuple(_item(before, one) for one in sent)
    if isinstance(sent, str):
        text = "\n".join(line.rstrip() for line in sent.replace("\r\n", "\n").split("\n")).strip()
        text = re.sub(r"\n{3,}", "\n\n", text)
        return before if isinstance(before, str) and _same(before, text) else text
    return sent


def _same(before: str, text: str) -> bool:
    return "\n".join(line.rstrip() for line in before.split("\n")).strip() == text


def _day(text: Any, before: Any) -> Any:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return before if before == text else str(text)


def _item(before: Any, sent: Any) -> MovedItem:
    at, like = (sent.get("_at"), sent.get("_like")) if isinstance(sent, dict) else (None, None)
    value = sent.get("_value") if isinstance(sent, dict) else sent
    origin = at if isinstance(at, int) else like
    known = isinstance(origin, int) and isinstance(before, tuple) and 0 <= origin < len(before)
    return MovedItem(joined(before[origin] if known else None, value), at if known else None)


def _copy_pictures(path: Path, target: Path) -> None:
    """Copy the pictures that a shipped file names beside its copy in the workspace. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8")
    for name in set(PICTURE.findall(text)):
        picture, copy = path.parent / name, target.parent / name
        if picture.is_file() and is_inside(picture, path.parent) and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, copy)
