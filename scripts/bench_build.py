"""What a build costs after little has changed, and with more processes: whole commands, in a workspace of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from scripts.measuring import Command, handoutkit, import_of

ROOT = Path(__file__).resolve().parent.parent
HANDOUT, PRACTICE = "what-healthy-interdependence-looks-like", "riverbend-counseling"
_PARTS = ("handouts", "practices", "handoutkit.yaml")


def pairs(folder: Path) -> Iterator[tuple[str, Command, Command, float, int]]:
    """What is measured, ours, its peer, the limit of their ratio, and how often; all is written below ``folder``."""
    place, cold, colours = folder / "workspace", folder / "cold", folder / "colours"
    for name in _PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name)
        elif source.exists():
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place / name)
    output = ("-o", str(folder / "output"))
    common = ("-C", str(place), "build")
    profile, numbers = place / "practices" / f"{PRACTICE}.yaml", count(1)
    text = profile.read_text(encoding="utf-8")

    def emptied() -> None:
        shutil.rmtree(cold, ignore_errors=True)

    def recoloured() -> None:
        """Only the colour is another, and the cache has all of the library in the colours before."""
        lines = [
            f'colour: "#5A3B{next(numbers):02X}"' if line.startswith("colour:") else line for line in text.split("\n")
        ]
        profile.write_text("\n".join(lines), encoding="utf-8")

    def both(*more: str, home: Path, **named: object) -> Command:
        args = handoutkit(*common, *more, "--practice", PRACTICE, *output)
        return Command(args, {"XDG_CACHE_HOME": str(home)}, **named)  # type: ignore[arg-type]

    yield "`handoutkit --help` / `import click`", Command(handoutkit("--help")), import_of("click"), 1.5, 9
    one = both(HANDOUT, home=colours)
    one.seconds()
    yield "one unchanged handout / `import click`", one, import_of("click"), 5.0, 7
    alone, pair = (both("--all", "--processes", n, home=cold, before=emptied, wall=True) for n in ("1", "2"))
    yield "`build --all --processes 2` / `--processes 1`, by the clock", pair, alone, 0.66, 1
    anew = both("--all", home=cold, before=emptied)
    both("--all", home=colours).seconds()
    yield "the library unchanged / anew", both("--all", home=colours), anew, 0.05, 1
    yield "the library after a change of colour / anew", both("--all", home=colours, before=recoloured), anew, 0.9, 1
