"""The one place that imports WeasyPrint: with the shipped fonts only, in the version we know, its absence explained."""

from __future__ import annotations

import ctypes.util
import importlib
import io
import os
import platform
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from handoutkit.errors import MachineError, Problem

MAJOR = "70."
"""The series whose private side this package changes and reads; see ``patches`` and ``layout_boxes``."""
FONTS_CONF = Path(__file__).with_name("fonts.conf")


@dataclass(frozen=True, slots=True)
class Target:
    """A function, property or class of WeasyPrint that a patch replaces.

    Attributes:
        name: its dotted name.
        signature: as ``inspect.signature`` shows it in WeasyPrint 70.0; of a property, that of its getter.
        replace: makes what takes its place out of the original.
    """

    name: str
    signature: str
    replace: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to WeasyPrint that corrects one fault.

    Attributes:
        name: what the patch does, for a problem.
        page: the smallest HTML that shows the fault; tests lay it out with and without the patch.
        targets: all that it replaces.
    """

    name: str
    page: str
    targets: tuple[Target, ...]


def weasyprint() -> ModuleType:
    """Import WeasyPrint and return the module.

    Raises:
        MachineError: Pango is missing, with the line that installs it; or the version is not ours.
    """
    # System fonts would make pages differ from machine to machine. Fontconfig reads this once, at its first use.
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    # fontTools, which subsets fonts where HarfBuzz cannot, writes the time into each: always the same one.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        with _quiet_import(), _libraries_by_soname():
            module = importlib.import_module("weasyprint")
    except OSError:
        raise MachineError(
            Problem("no-pango", "the system library Pango is missing, which sets text on pages", install_line("pango"))
        ) from None
    if not module.__version__.startswith(MAJOR):
        hint = f'python -m pip install "weasyprint=={MAJOR}*"'
        message = f"WeasyPrint {module.__version__} is installed, and handoutkit needs {MAJOR}*"
        raise MachineError(Problem("wrong-weasyprint", message, hint))
    return module


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Hide what WeasyPrint prints when a library is missing: our own message has the line that installs it."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
        warnings.filterwarnings("ignore", message="No fonts configured")  # on purpose: see fonts.conf
        yield


@contextmanager
def _libraries_by_soname() -> Iterator[None]:
    """Find libraries by their full names only, on Linux.

    WeasyPrint tries short names first, and for each of them Python starts a compiler to look the library up: half of
    WeasyPrint's import time where one is installed. The full names, which it tries next, need no look-up.
    """
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


_PACKAGES = {
    "pango": {
        "debian": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "fedora": "sudo dnf install pango",
        "arch": "sudo pacman -S pango",
        "alpine": "sudo apk add pango",
        "suse": "sudo zypper install libpango-1_0-0",
        "Darwin": "brew install pango",
        "Windows": "pacman -S mingw-w64-x86_64-pango   (in the MSYS2 shell, see https://www.msys2.org)",
    },
    "harfbuzz-subset": {
        "debian": "sudo apt install libharfbuzz-subset0",
        "fedora": "sudo dnf install harfbuzz",
        "arch": "sudo pacman -S harfbuzz",
        "alpine": "sudo apk add harfbuzz-subset",
        "suse": "sudo zypper install libharfbuzz-subset0",
        "Darwin": "brew install harfbuzz",
        "Windows": "pacman -S mingw-w64-x86_64-harfbuzz   (in the MSYS2 shell)",
    },
}


def install_line(library: str) -> str:
    """The exact line to type on this machine to get a system library."""
    lines = _PACKAGES[library]
    system = platform.system()
    if system in lines:
        return f"type: {lines[system]}"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    for name in (release.get("ID", ""), *release.get("ID_LIKE", "").split()):
        known = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse"}.get(name, name)
        if known in lines:
            return f"type: {lines[known]}"
    return f"install {library} with this system's package manager, on Debian: {lines['debian']}"
