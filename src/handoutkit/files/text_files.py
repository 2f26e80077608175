"""Reads a text file, or says why it cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from handoutkit.errors import ContentError, MachineError, Problem

from .source_file import SourceFile, printable

MAX_BYTES = 1_000_000

# How other kinds of file begin -> what they are. Such files come from a word processor or a wrong click.
_OTHER_KINDS = (
    (b"PK\x03\x04", "a Word document or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_ENDINGS = (".yaml", ".yml", ".po", ".css", ".html")
"""Of the texts that are read here."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> SourceFile:
    """Read a file as UTF-8 text, with each line end as one newline and without a byte order mark.

    Raises:
        ContentError: there is no such file, it is a folder, too large, unreadable or not UTF-8.
    """
    name = shown(path)
    if is_link_to_another_kind(path, _ENDINGS):
        raise _refusal(name, *LINK_TO_ANOTHER_KIND)
    try:
        data = read_bytes(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise _refusal(name, *_missing(path)) from None
    except IsADirectoryError:
        raise _refusal(name, "is-a-folder", "this is a folder, not a file", "name one of the files in it") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise _refusal(name, "unreadable", f"this file cannot be read ({reason(error)})", _UNREADABLE) from None
    if len(data) > MAX_BYTES:
        hint = "a handout is text and needs far less; is this the right file?"
        raise _refusal(name, "too-large", f"this file is larger than {MAX_BYTES:,} bytes", hint)
    quotable = is_quotable(path)
    text = _decoded(name, data, quotable=quotable)
    return SourceFile(name, path, text.replace("\r\n", "\n").replace("\r", "\n"), quotable=quotable)


def read_bytes(path: Path, limit: int) -> bytes:
    """An ordinary file's bytes, at most one more than ``limit``. Raises OSError, ValueError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    if not stat.S_ISREG(mode):  # a pipe or a device may never end
        raise OSError(0, "it is a pipe or a device")
    with path.open("rb") as file:
        return file.read(limit + 1)


def reason(error: Exception) -> str:
    """Why the system would not give a file."""
    return ((error.strerror if isinstance(error, OSError) else "") or str(error) or "unknown reason").lower()


def shown(path: Path) -> str:
    """A path as the user knows it: relative to the current folder, if it is inside."""
    for find in (Path.absolute, Path.resolve):  # the link itself, before what it leads to
        with suppress(ValueError, OSError, RuntimeError):  # RuntimeError: links that lead round in a circle
            return printable(find(path).relative_to(Path.cwd()).as_posix())
    return printable(str(path))


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, all links followed, stays inside a folder."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))  # noqa: PTH118


def refuse_links_outside(files: Iterable[Path], folder: Path) -> None:
    """Raises ContentError where a folder below the one that is written to is a link out of it.

    The folder itself was named, or is the user's own; what is found in it may have come from someone else.
    """
    hint = "take the link away, or copy what it leads to in its place"
    linked = dict.fromkeys(path.parent for path in files if not is_inside(path.parent / "-", folder))
    problems = [
        Problem("link-outside", "this folder is a link to somewhere else", hint, file=shown(at)) for at in linked
    ]
    if problems:
        raise ContentError(problems)


LINK_TO_ANOTHER_KIND = (
    "link-outside",
    "this is a link to a file of another kind",
    "copy what it leads to in its place, if that is the right file",
)


def is_link_to_another_kind(path: Path, endings: tuple[str, ...]) -> bool:
    """Whether a path is a link to a file without one of these endings.

    A link comes with a folder that someone sends, and leads wherever they think there is something to be had.
    """
    if not os.path.islink(path) or not os.path.isfile(path):  # noqa: PTH113, PTH114 - any name at all may be asked for
        return False
    return not os.path.realpath(path).lower().endswith(endings)


def is_quotable(path: Path) -> bool:
    """Whether problems may show the lines of a file: one with an ending of ours, and no link on the way to it.

    Links above the current folder, or on the way to another that was named in full, are those of this machine.
    """
    full = os.path.abspath(path)  # noqa: PTH100 - without following a link
    here = os.path.join(os.path.abspath(os.curdir), "")  # noqa: PTH100, PTH118
    parts = Path(full.removeprefix(here)).parts if full.startswith(here) else ()
    named = [Path(here, *parts[: number + 1]) for number in range(len(parts))] or [path]
    return path.name.lower().endswith(_ENDINGS) and not any(parent.is_symlink() for parent in named)


_UNREADABLE = "check that you may open it, and that its name is right"


def _refusal(name: str, code: str, message: str, hint: str) -> ContentError:
    return ContentError(Problem(code, message, hint, file=name))


def _missing(path: Path) -> tuple[str, str, str]:
    if path.is_symlink():
        hint = "put the file back, or copy it here in place of the link"
        return "dangling-link", "this is a link to a file that is not there", hint
    return "no-such-file", "there is no such file", "check the spelling; `handoutkit list` shows what there is"


def _decoded(name: str, data: bytes, *, quotable: bool) -> str:
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            hint = "write the handout in a plain text editor and save it with the ending .yaml"
            raise _refusal(name, "not-text", f"this is {kind}, not plain text", hint)
    if data.startswith(_UTF16_MARKS) or data[:2000].count(0) > len(data[:2000]) // 3:
        hint = "save it again as UTF-8: in Notepad, File > Save as > Encoding: UTF-8"
        raise _refusal(name, "not-utf-8", "this file is saved as UTF-16, not as UTF-8", hint)
    data = data.removeprefix(b"\xef\xbb\xbf")  # a byte order mark does no harm
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = _not_utf8(name, data, error.start)
        raise ContentError(problem if quotable else replace(problem, excerpt="")) from None


def _not_utf8(name: str, data: bytes, at: int) -> Problem:
    """The first byte that is not UTF-8, at its line; the same line ends count as in ``read_text``."""
    before = data[:at].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    rest = data[at : at + 1_000].decode("utf-8", "replace").replace("\r", "\n").split("\n", 1)[0]
    start = before.rfind("\n") + 1
    return Problem(
        "not-utf-8",
        "from here on, this is not UTF-8 text",
        "save the file again and choose the encoding UTF-8; then look at this line",
        file=name,
        line=before.count("\n") + 1,
        column=len(before) - start + 1,
        excerpt=printable(before[start:] + rest),
    )


def unwritable(error: OSError, path: Path) -> MachineError:
    """The error of a file that cannot be written; ``path`` is named if the OSError names none or a temporary file."""
    named = str(error.filename or "")
    name = shown(Path(named)) if named and not named.endswith(".part") else shown(path)
    hint = "choose another place, or make room"
    return MachineError(Problem("cannot-write", f"this file cannot be written ({reason(error)})", hint, file=name))
