"""Checks whether this machine has what handoutkit needs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from handoutkit.errors import HandoutkitError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.kept_entries import default_folder, system_libraries
from handoutkit.isolation.confinement import ConfinementFacts, confinement_facts
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import EXTRAS, extra_roots, shipped_root
from handoutkit.library.workspace import Workspace
from handoutkit.own_themes.replaced_files import aged_files, remember
from handoutkit.render.weasyprint_patches.engine import install_line, weasyprint

from . import __version__

_LIMITS = ResourceLimits(seconds=10, wall=60, memory=1_500_000_000)
FONTS = tuple(f"AtkinsonHyperlegibleNext-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))


@dataclass(frozen=True, slots=True)
class MachineFact:
    """The result of one check; ``hint`` says what to do, or which line to type."""

    name: str
    state: Literal["ok", "slow", "weaker", "aged", "missing"]
    detail: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """The fields by name."""
        return asdict(self)


def findings(folder: Path) -> list[MachineFact]:
    """The results of all checks, in the order to show them."""
    return [
        MachineFact("handoutkit", "ok", __version__),
        MachineFact("Python", "ok", f"{platform.python_version()} ({sys.executable})"),
        *_engine(),
        *_shipped(),
        _confinement(),
        _extra_fonts(),
        _cache(),
        *_own_themes(Workspace.around(folder)),
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
    absent = [name for name in FONTS if not (fonts / name).is_file()]
    if absent:
        yield MachineFact("fonts", "missing", ", ".join(absent), "install handoutkit again: pipx reinstall handoutkit")
    else:
        yield MachineFact("fonts", "ok", f"{len(list(fonts.glob('*.ttf')))} shipped")
        yield MachineFact("shipped files", "ok", str(shipped_root()))


def _confinement() -> MachineFact:
    """What the system keeps the second process from doing; asked of that process before it has read any file."""
    try:
        found: ConfinementFacts = the_worker().call(
            f"{confinement_facts.__module__}:confinement_facts", limits=_LIMITS, file="doctor"
        )
    except HandoutkitError as error:
        return MachineFact("second process", "missing", error.problems[0].message, error.problems[0].hint)
    limits = {
        "starts no program": found.programs,
        "reaches no network": found.network,
        "opens no file but those of its task": found.files,
    }
    held = ", ".join(name for name, holds in limits.items() if holds)
    lacking = ", ".join(name for name, holds in limits.items() if not holds)
    if not lacking:
        return MachineFact("second process", "ok", held)
    detail = f"{held or 'held to time and memory alone'}; this system does not hold it to: {lacking}"
    return MachineFact("second process", "weaker", detail, "open themes and PDFs of people you trust; see SECURITY.md")


def _extra_fonts() -> MachineFact:
    installed = {root.name for root in extra_roots()}
    absent = " ".join(
        f"./extras/{package.removeprefix('handoutkit_')}" for package in EXTRAS if package not in installed
    )
    detail = ", ".join(package.removeprefix("handoutkit_") for package in EXTRAS if package in installed) or "none"
    hint = f"for more, in the checkout of handoutkit, type: pipx inject handoutkit {absent}" if absent else ""
    return MachineFact("packages of fonts", "ok", detail, hint)


def _cache() -> MachineFact:
    folder = default_folder()
    if folder is None:
        return MachineFact("cache", "slow", "this user has no home folder, so builds are not kept", "set HOME")
    return _writable("cache", folder, "builds are not kept, so each takes its full time")


def _own_themes(workspace: Workspace) -> Iterator[MachineFact]:
    """Files of the workspace's themes whose shipped ones changed since they were first seen, which is now or before."""
    for name in workspace.theme_files:
        try:
            remember(name, workspace.roots)
            aged = [each.replaced.name for each in aged_files(name, workspace.roots)]
        except HandoutkitError as error:  # what a build would say, and say better
            yield MachineFact(f"theme {name}", "weaker", error.problems[0].message, error.problems[0].hint)
            continue
        if aged:
            detail = (
                f"{len(aged)} file{'s' if len(aged) > 1 else ''} aged ({', '.join(aged)}): what shipped has changed"
            )
            yield MachineFact(f"theme {name}", "aged", detail, f"see what: handoutkit theme check {name}")


def _writable(name: str, folder: Path, hint: str) -> MachineFact:
    probe = folder / ".handoutkit-probe"
    try:
        write_file(probe, b"")
        probe.unlink()
    except OSError as error:
        detail = f"{folder} cannot be written to ({(error.strerror or str(error)).lower()})"
        return MachineFact(name, "slow" if name == "cache" else "missing", detail, hint)
    return MachineFact(name, "ok", str(folder))
