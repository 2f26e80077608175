"""Write the map of the rooms: docs/rooms.svg, drawn from the imports, and the list in docs/rooms.md."""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "handoutkit"
DRAWING, PAGE = ROOT / "docs" / "rooms.svg", ROOT / "docs" / "rooms.md"
WIDTH, ROW, BOX, HEIGHT = 960, 84, 150, 44
_HEAD = """# The rooms

Each box is a package of `src/handoutkit/`; an arrow says "uses". Arrows only point down, and
`tests/project/test_layers.py` holds that. An arrow that follows from others (if cli uses batch and batch uses packets,
then cli may use packets) is left out. This page is made by `make docs`.

![The rooms of handoutkit from the commands at the top to the errors at the foot, with arrows for imports](rooms.svg)
"""


def layers() -> tuple[tuple[str, ...], ...]:
    """The rooms from the top down, as the test of the imports has them."""
    sys.path.insert(0, str(ROOT))
    from tests.project.test_layers import LAYERS

    return tuple(
        tuple(room for room in rooms if not room.startswith("__")) for rooms in LAYERS if rooms != ("__init__",)
    )


def room_of(parts: tuple[str, ...], rooms: set[str]) -> str:
    """The room of a module, by its dotted name's parts."""
    return next((name for name in (".".join(parts[:2]), parts[0]) if name in rooms), parts[0])


def arrows(rooms: set[str]) -> dict[str, set[str]]:
    """Which rooms each room imports from."""
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for path in PACKAGE.rglob("*.py"):
        here = room_of(path.relative_to(PACKAGE).with_suffix("").parts, rooms)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("handoutkit."):
                there = room_of(tuple(str(node.module).split(".")[1:]), rooms)
                if here in rooms and there in rooms - {here}:
                    found[here].add(there)
    return found


def reduced(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """The arrows without those that follow from others."""

    def reached(room: str) -> set[str]:
        return found[room] | {far for near in found[room] for far in reached(near)}

    return {room: near - {far for one in near for far in reached(one)} for room, near in found.items()}


def drawing() -> str:
    """The SVG."""
    rows = [rooms for rooms in layers() if rooms]
    names = {room for row in rows for room in row}
    place = {
        room: (WIDTH * (column + 1) / (len(row) + 1), ROW * number + ROW / 2)
        for number, row in enumerate(rows)
        for column, room in enumerate(row)
    }
    lines = [_line(place[a], place[b]) for a, others in sorted(reduced(arrows(names)).items()) for b in sorted(others)]
    boxes = [
        f'<rect x="{x - BOX / 2:.0f}" y="{y - HEIGHT / 2:.0f}" width="{BOX}" height="{HEIGHT}" rx="8"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}">{escape(room)}</text>'
        for room, (x, y) in place.items()
    ]
    size = f'viewBox="0 0 {WIDTH} {ROW * len(rows)}" width="{WIDTH}" height="{ROW * len(rows)}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif" font-size="15">',
            "<title>The rooms of handoutkit, and which of them use which</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path d="M0 0 L8 4 L0 8 z" fill="#567"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{ROW * len(rows)}" fill="#fff"/>',
            '<g fill="none" stroke="#567" stroke-width="1.4" marker-end="url(#tip)">',
            *lines,
            '</g><g fill="#eef4f6" stroke="#345" text-anchor="middle">',
            *(box.replace("<text", '<text fill="#123" stroke="none"') for box in boxes),
            "</g></svg>\n",
        )
    )


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    """From the foot of one box to the top of another."""
    return f'<path d="M{start[0]:.0f} {start[1] + HEIGHT / 2:.0f} L{end[0]:.0f} {end[1] - HEIGHT / 2 - 5:.0f}"/>'


def page() -> str:
    """The Markdown: each room with a sentence, and each of its modules with one."""
    parts = [_HEAD]
    for room in (room for row in layers() for room in row):
        folder = PACKAGE.joinpath(*room.split("."))
        if folder.with_suffix(".py").is_file():
            parts.append(f"## {room}\n\n{first_line(folder.with_suffix('.py'))}\n")
            continue
        inner = [path for path in sorted(folder.rglob("*.py")) if path.name != "__init__.py" and _is_of(path, room)]
        modules = "\n".join(
            f"- `{path.relative_to(folder).with_suffix('').as_posix()}`: {first_line(path)}" for path in inner
        )
        parts.append(f"## {room}\n\n{first_line(folder / '__init__.py')}\n\n{modules}\n")
    return "\n".join(parts)


def _is_of(path: Path, room: str) -> bool:
    return room_of(path.relative_to(PACKAGE).with_suffix("").parts, {name for row in layers() for name in row}) == room


def first_line(path: Path) -> str:
    """The first line of a module's docstring, with Markdown's code marks."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.split("\n", maxsplit=1)[0].replace("``", "`")


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
