"""Files that the browser sends to be read once: in a folder for their owner only, harmlessly named, then removed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown
from handoutkit.isolation import temporary_folders

MAX_FILES = 500
_NOT_IN_NAMES = re.compile(r"[^\w.() -]+")


@dataclass(frozen=True, slots=True)
class SentFiles:
    """Files of one request.

    Attributes:
        said: what the page said with them.
        paths: where they lie now.
        names: what each is called on the user's machine, by what problems and rows call it here.
    """

    said: Mapping[str, Any]
    paths: tuple[Path, ...]
    names: Mapping[str, str]


@contextmanager
def sent_files(body: bytes, folder: Path) -> Iterator[SentFiles]:
    """The files of a request, until the block ends.

    Args:
        body: a line of JSON, whose ``files`` say name, size and day of each; then their bytes, one after the other.
        folder: where they may lie.

    Raises:
        ContentError: the body is not like that.
    """
    said, rest = _parts(body)
    place = Path(mkdtemp(dir=folder))
    try:
        paths, names, at = [], {}, 0
        for number, one in enumerate(said["files"]):
            path = place / str(number) / kept_name(str(one["name"]), "file")
            path.parent.mkdir()
            path.write_bytes(rest[at : at + one["size"]])
            at += one["size"]
            with suppress(OSError, OverflowError, ValueError):  # a day that no file can have
                os.utime(path, (float(one["day"]), float(one["day"])))
            paths.append(path)
            names[shown(path)] = Path(str(one["name"]).replace("\\", "/")).name[:120] or path.name
        yield SentFiles(said, tuple(paths), names)
    finally:
        temporary_folders.remove(place)


def kept_name(name: str, otherwise: str) -> str:
    """A file's name without anything that could lead elsewhere; its ending stays."""
    path = Path(name.replace("\\", "/"))
    stem = _NOT_IN_NAMES.sub(" ", path.stem).strip(". ")[:60].strip(". ")
    ending = re.sub(r"[^a-z0-9.]", "", path.suffix.lower())[:8]
    return (stem or otherwise) + ending


def _parts(body: bytes) -> tuple[dict[str, Any], bytes]:
    head, _, rest = body.partition(b"\n")
    said: dict[str, Any] = {}
    try:
        said = json.loads(head)
        sizes = [one["size"] for one in said["files"]]
        good = all(type(size) is int and size >= 0 for size in sizes) and sum(sizes) == len(rest)
        good = good and len(sizes) <= MAX_FILES and all({"name", "day"} <= set(one) for one in said["files"])
    except (ValueError, TypeError, KeyError, RecursionError):
        good = False
    if not good:
        raise ContentError(Problem("not-sent-whole", "these files did not arrive whole", "drop them once more"))
    return said, rest
