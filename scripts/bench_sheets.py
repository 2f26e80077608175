"""What a sheet costs against the booklet of the same handout: processor time of whole commands, with their workers."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HANDOUT, PACKET, PRACTICE = "what-healthy-interdependence-looks-like", "first-weeks", "riverbend-counseling"
LEFT_OUT = "many-shapes"
_PARTS = ("handouts", "practices", "handoutkit.yaml")
_TEXT = "text: "


@dataclass(frozen=True)
class Processor:
    """A command of handoutkit in a workspace of its own, and what is done before each run."""

    args: tuple[str, ...]
    folder: Path
    before: Callable[[], None]

    def seconds(self) -> float:
        """Processor seconds of the process and of all that it started."""
        self.before()
        earlier = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = (sys.executable, "-m", "handoutkit", "-q", *self.args, "--practice", PRACTICE, "-o", "output")
        env = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache")}
        subprocess.run(
            command, cwd=self.folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime - earlier.ru_utime - earlier.ru_stime


def pairs(folder: Path) -> Iterator[tuple[str, Processor, Processor, float]]:
    """What is measured, ours, its peer, and the limit of their ratio; everything is written below ``folder``."""
    place = workspace(folder / "sheets")
    cache, kept = place / "cache", place / "kept"
    handout = next((place / "handouts").rglob(f"{HANDOUT}.yaml"))
    text, numbers = handout.read_text(encoding="utf-8"), count(1)

    def cold() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        handout.write_text(text, encoding="utf-8")

    def changed() -> None:
        cold()
        shutil.copytree(kept, cache)
        handout.write_text(text.replace(_TEXT, f"{_TEXT}So {next(numbers)}. ", 1), encoding="utf-8")

    def measured() -> None:
        """Heights alone are kept, as by ``handoutkit check``."""
        cold()
        shutil.copytree(kept, cache)

    def built(command: tuple[str, ...], layout: str, before: Callable[[], None]) -> Processor:
        return Processor((*command, "--layout", layout), place, before)

    build, packet = ("build", HANDOUT), ("packet", PACKET)
    _measure(place, cold, kept)
    booklet = built(build, "booklet", cold)
    yield "a sheet / the booklet of the same handout, cold", built(build, "sheet", cold), booklet, 1.5
    yield "a sheet with one block changed / the booklet, cold", built(build, "sheet", changed), booklet, 1.1
    without = built((*build, "--without", LEFT_OUT), "sheet", measured)
    yield (
        "a measured sheet without one of its blocks / all of it, laid out",
        without,
        built(build, "sheet", measured),
        1.1,
    )
    name = f"`{PACKET}` as sheets, measured by `check` before / as booklets, cold"
    yield name, built(packet, "sheet", measured), built(packet, "booklet", cold), 0.9


def workspace(folder: Path) -> Path:
    """A copy of what ships, to change a handout in."""
    folder.mkdir(parents=True)
    for name in _PARTS:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    return folder


def _measure(place: Path, cold: Callable[[], None], kept: Path) -> None:
    """Keep the heights of the handouts of the packet, and no PDF."""
    names = (HANDOUT, "three-ways-of-relating", "asking-for-what-you-need")
    command = (sys.executable, "-m", "handoutkit", "-q", "check", *names, "--practice", PRACTICE, "--layout", "sheet")
    cold()
    env = {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}
    subprocess.run(command, cwd=place, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.copytree(place / "cache", kept)
