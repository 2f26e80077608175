"""A start on the desktop: a file that a double click starts the app with, over one workspace, without a terminal."""

from __future__ import annotations

import os
import re
import shlex
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_desktop_dir

from handoutkit.errors import MachineError, Problem
from handoutkit.files.text_files import reason
from handoutkit.library.shipped_files import PACKAGE

MOST_NAMES = 20
"""How many names are tried, where other files have those before."""
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


@dataclass(frozen=True)
class StartFile:
    """A file that starts the app, under its name on the desktop."""

    title: str
    ending: str
    text: str

    @property
    def name(self) -> str:
        """The file's whole name."""
        return self.title + self.ending


def start_file(system: str, title: str, python: str, workspace: str) -> StartFile:
    """The file for a system, named as ``sys.platform`` does; it runs this Python over this workspace."""
    if system == "win32":
        return StartFile(title, ".cmd", _windows(python, workspace))
    if system == "darwin":
        return StartFile(title, ".command", f"#!/bin/sh\nexec {shlex.join(_words(python, workspace))}\n")
    return StartFile(title, ".desktop", _freedesktop(title, python, workspace))


def put_on_desktop(workspace: Path) -> Path:
    """Put a start on the desktop, unless it is there; a file of another is never replaced. Raises MachineError."""
    desktop = _desktop()
    for found in _candidates(workspace):
        path = desktop / found.name
        if _is_it(path, found):
            return path
        try:
            _write_new(path, found.text.encode())
        except FileExistsError:
            continue
        except (OSError, UnicodeError) as error:
            why = reason(error) if isinstance(error, OSError) else "the folder's name is not readable text"
            problem = Problem("cannot-write", f"no start can be put on the desktop ({why})", "see whose folder it is")
            raise MachineError(problem) from None
        return path
    problem = Problem("cannot-write", "the desktop has files of all names that a start could have", "remove one")
    raise MachineError(problem)


def start_on_desktop(workspace: Path) -> str:
    """What the start of a workspace is called on the desktop; empty if there is none."""
    with suppress(MachineError):
        desktop = _desktop()
        return next((found.title for found in _candidates(workspace) if _is_it(desktop / found.name, found)), "")
    return ""


def _candidates(workspace: Path) -> list[StartFile]:
    folder = workspace.resolve()
    title = f"handoutkit {folder.name}".strip()
    titles = [title, *(f"{title} {number}" for number in range(2, MOST_NAMES + 1))]
    return [start_file(sys.platform, one, sys.executable, str(folder)) for one in titles]


def _desktop() -> Path:
    """The desktop's folder. Raises MachineError: there is none; where it is off, its name is that of the home."""
    found = Path(user_desktop_dir())
    if not found.is_dir() or found.resolve() == Path.home().resolve():
        hint = "make the folder that your system shows as the desktop, then try once more"
        raise MachineError(Problem("no-desktop", "this computer has no folder for a desktop", hint))
    return found


def _is_it(path: Path, wanted: StartFile) -> bool:
    """Whether a file is there that holds just this."""
    try:
        return path.read_bytes() == wanted.text.encode()
    except (OSError, UnicodeError):
        return False


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that can be started, and that was not there. Raises OSError; FileExistsError if it is there now."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o700)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _words(python: str, workspace: str) -> list[str]:
    """What is run. With -P, no file of the folder in which it happens to start takes the place of a module."""
    return [python, "-P", "-m", "handoutkit.cli.from_desktop", workspace]


def _freedesktop(title: str, python: str, workspace: str) -> str:
    """As the Desktop Entry Specification 1.5 says: arguments are quoted first, then the whole value is escaped."""
    command = " ".join(word if re.fullmatch(r"[\w./-]+", word) else _quoted(word) for word in _words(python, workspace))
    values = {
        "Type": "Application",
        "Name": title,
        "Comment": "Handouts and packets, in your browser",
        "Exec": command,
        "Icon": str(PACKAGE / "webapp" / "static" / "icon.svg"),
        "Terminal": "false",
        "StartupNotify": "false",
    }
    lines = (f"{key}={value.translate(_ESCAPES)}" for key, value in values.items())
    return "\n".join(("[Desktop Entry]", *lines, ""))


def _quoted(word: str) -> str:
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _windows(python: str, workspace: str) -> str:
    """Lines for cmd.exe, whose window closes at once: `pythonw.exe` has none."""
    folder = f"{workspace}." if workspace.endswith("\\") else workspace  # a backslash would take the quote along
    without_window = re.sub(r"python\.exe$", "pythonw.exe", python)
    first, *others = (word.replace("%", "%%") for word in _words(without_window, folder))
    words = " ".join(f'"{word}"' if word == folder.replace("%", "%%") else word for word in others)
    return "\r\n".join(("@echo off", "chcp 65001 >nul", f'start "" "{first}" {words}', ""))
