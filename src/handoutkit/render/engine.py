"""WeasyPrint, imported the one right way: shipped fonts only, the version we know, its absence explained."""

from __future__ import annotations

import importlib
import os
import platform
import warnings
from pathlib import Path
from types import ModuleType

from handoutkit.errors import MachineError, Problem

MAJOR = "70."
"""The tag repairs in ``render.tags`` lean on how this version builds its structure tree."""
FONTS_CONF = Path(__file__).with_name("fonts.conf")


def weasyprint() -> ModuleType:
    """The module.

    Raises:
        MachineError: Pango is missing, with the line that installs it; or the version is not ours.
    """
    # System fonts would make pages differ from machine to machine. Fontconfig reads this once, at its first use.
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        with warnings.catch_warnings():
            # Said by `handoutkit doctor` instead, with the line that installs it.
            warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
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
