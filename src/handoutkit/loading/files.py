"""Reading one text file, or saying why it cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

from handoutkit.errors import ContentError, Problem

from .source import SourceFile

MAX_BYTES = 1_000_000


def read_text(path: Path) -> SourceFile:
    """The file's text with line ends as ``\\n`` and without a byte order mark.

    Raises:
        ContentError: there is no such file, it is a folder, too large, unreadable or not UTF-8.
    """
    name = shown(path)
    try:
        if path.is_dir():
            raise _refusal(name, "is-a-folder", "this is a folder, not a file", "name one of the files in it")
        if path.stat().st_size > MAX_BYTES:
            raise _refusal(name, "too-large", f"this file is larger than {MAX_BYTES:,} bytes", "split it into several")
        data = path.read_bytes()
    except FileNotFoundError:
        hint = "check the spelling; `handoutkit list` shows what there is"
        raise _refusal(name, "no-such-file", "there is no such file", hint) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _refusal(name, "unreadable", f"this file cannot be read ({reason})", "check its permissions") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(_not_utf8(name, data, error.start)) from None
    return SourceFile(name, path, text.replace("\r\n", "\n").replace("\r", "\n"))


def shown(path: Path) -> str:
    """A path as the user knows it: from where they stand, if it is below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def _refusal(name: str, code: str, message: str, hint: str) -> ContentError:
    return ContentError(Problem(code, message, hint, file=name))


def _not_utf8(name: str, data: bytes, at: int) -> Problem:
    line = data.count(b"\n", 0, at) + 1
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8")) + 1
    excerpt = data[start:].split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
    return Problem(
        "not-utf-8",
        "this is not UTF-8 text",
        "save the file again and choose the encoding UTF-8",
        file=name,
        line=line,
        column=column,
        excerpt=excerpt,
    )


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, all links followed, stays inside a folder."""
    return os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)
