"""What this machine has of what handoutkit needs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from handoutkit.errors import HandoutkitError
from handoutkit.files.atomic_write import write_file
from handoutkit.isolation.confinement import ConfinementFacts, confinement_facts
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import EXTRAS, extra_roots, shipped_root
from handoutkit.render.render_cache import default_folder, system_libraries
from handoutkit.render.weasyprint_patches.engine import install_line, weasyprint

from . import __version__

_MOMENT = ResourceLimits(seconds=10, wall=60, memory=1_500_000_000)
FONTS = ("AtkinsonHyperlegibleNext-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic"))


@dataclass(frozen=True, slots=True)
class MachineFact:
    """One thing that was looked at; ``hint`` is the line to type where there is something to do."""

    name: str
    state: Literal["ok", "slow", "weaker", "missing"]
    detail: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """The fields by name."""
        return asdict(self)


def findings(folder: Path) -> list[MachineFact]:
    """Everything that was looked at, in the order to show it."""
    return [
        MachineFact("handoutkit", "ok", __version__),
        MachineFact("Python", "ok", f"{platform.python_version()} ({sys.executable})"),
        *_engine(),
        *_shipped(),
        _confinement(),
        _extra_fonts(),
        _cache(),
        _writable("workspace", folder.resolve(), "use another folder, or give yourself the right to write here"),
    ]


def _engine() -> Iterator[MachineFact]:
    libraries = system_libraries()
    try:
        yield MachineFact("WeasyPrint", "ok", weasyprint().__version__)
        yield MachineFact("Pango", "ok", libraries["libpango-1.0"])
    except HandoutkitError as error:
        for problem in error.problems:
            yield MachineFact("WeasyPrint", "missing", problem.message, problem.hint)
    if libraries["libharfbuzz-subset"] == "absent":
        detail = "the system library libharfbuzz-subset is absent; a build takes about half a second longer"
        yield MachineFact("HarfBuzz", "slow", detail, install_line("harfbuzz-subset"))
    else:
        yield MachineFact("HarfBuzz", "ok", f"{libraries['libharfbuzz']}, with libharfbuzz-subset")


def _shipped() -> Iterator[MachineFact]:
    try:
        fonts = shipped_root() / "templates" / "fonts"
    except HandoutkitError as error:
        for problem in error.problems:
            yield MachineFact("handouts and templates", "missing", problem.message, problem.hint)
        return
    pattern, styles = FONTS
    absent = [pattern.format(style) for style in styles if not (fonts / pattern.format(style)).is_file()]
    if absent:
        yield MachineFact("fonts", "missing", ", ".join(absent), "install handoutkit again: pipx reinstall handoutkit")
    else:
        yield MachineFact("fonts", "ok", f"{len(list(fonts.glob('*.ttf')))} shipped")
        yield MachineFact("shipped files", "ok", str(shipped_root()))


def _confinement() -> MachineFact:
    """What the second process is held to, as it says itself; nobody has told it to lie yet."""
    try:
        found: ConfinementFacts = the_worker().call(
            f"{confinement_facts.__module__}:confinement_facts", limits=_MOMENT, file="doctor"
        )
    except HandoutkitError as error:
        return MachineFact("second process", "missing", error.problems[0].message, error.problems[0].hint)
    kept = {
        "starts no program": found.programs,
        "reaches no network": found.network,
        "opens no file but those of its task": found.files,
    }
    if all(kept.values()):
        return MachineFact("second process", "ok", ", ".join(kept))
    lacking = "; this system does not hold it to: " + ", ".join(what for what, holds in kept.items() if not holds)
    detail = (", ".join(what for what, holds in kept.items() if holds) or "held to time and memory alone") + lacking
    return MachineFact("second process", "weaker", detail, "open themes and PDFs of people you trust; see SECURITY.md")


def _extra_fonts() -> MachineFact:
    there = {root.name for root in extra_roots()}
    names = {package: package.removeprefix("handoutkit_") for package in EXTRAS}
    absent = " ".join(f"handoutkit-{name}" for package, name in names.items() if package not in there)
    detail = ", ".join(name for package, name in names.items() if package in there) or "none"
    hint = f"for more, type: pipx inject handoutkit {absent}" if absent else ""
    return MachineFact("packages of fonts", "ok", detail, hint)


def _cache() -> MachineFact:
    folder = default_folder()
    if folder is None:
        return MachineFact("cache", "slow", "this user has no home folder, so builds are not kept", "set HOME")
    return _writable("cache", folder, "builds are not kept, so each takes its full time")


def _writable(name: str, folder: Path, hint: str) -> MachineFact:
    probe = folder / ".handoutkit-probe"
    try:
        write_file(probe, b"")
        probe.unlink()
    except OSError as error:
        state: Literal["slow", "missing"] = "slow" if name == "cache" else "missing"
        return MachineFact(
            name, state, f"{folder} cannot be written to ({(error.strerror or str(error)).lower()})", hint
        )
    return MachineFact(name, "ok", str(folder))
