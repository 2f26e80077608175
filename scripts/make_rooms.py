"""Write the map of the rooms: docs/rooms.svg, the list in docs/rooms.md, and the table of what is measured.

The drawing has a row for each layer of ``tests/project/test_layers.py``. An arrow that passes rows has a lane
of its own in each of them, so that no arrow is ever behind a box.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "handoutkit"
DRAWING, PAGE, WAYS = (ROOT / "docs" / name for name in ("rooms.svg", "rooms.md", "ways.md"))
MEASURED = ROOT / "CONTRIBUTING.md"
ROW, BOX, HEIGHT, LANE = 84, 160, 44, 28
"""Of the drawing, in pixels: the height of a row, width and height of a box, and the width of a line that passes."""
LONGEST_FUNCTION = 50
CONVENTIONAL = {"__init__", "__main__", "models", "errors"}
"""Names of modules that every package may have."""
MARKS = ("<!-- measured by make docs -->", "<!-- end of what is measured -->")
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


@dataclass(frozen=True)
class Node:
    """What stands in a row of the drawing: a room, or (``lane``) a line that passes this row on its way to a room."""

    room: str
    row: int
    lane: bool = False

    @property
    def width(self) -> int:
        """The width that it needs, with the space to its neighbours."""
        return LANE if self.lane else BOX + LANE


def segments(rows: Sequence[Sequence[str]]) -> dict[tuple[Node, Node], None]:
    """The arrows in pieces from one row to the next; all that pass a row on their way to one room share a lane."""
    row_of = {room: number for number, row in enumerate(rows) for room in row}
    found: dict[tuple[Node, Node], None] = {}
    for start, ends in sorted(reduced(arrows(set(row_of))).items()):
        for end in sorted(ends):
            node = Node(start, row_of[start])
            for row in range(row_of[start] + 1, row_of[end] + 1):
                step = Node(end, row, lane=row < row_of[end])
                found[node, step] = None
                node = step
    return found


def places(rows: Sequence[Sequence[str]], lines: Iterable[tuple[Node, Node]]) -> dict[Node, float]:
    """The middle of each node across the drawing: near those it is tied to, and never over a neighbour."""
    nodes = {Node(room, number) for number, row in enumerate(rows) for room in row} | {
        n for line in lines for n in line
    }
    by_row = [sorted((node for node in nodes if node.row == number), key=str) for number in range(len(rows))]
    tied: dict[Node, list[Node]] = {node: [] for node in nodes}
    for start, end in lines:
        tied[start].append(end)
        tied[end].append(start)
    x = {node: 100.0 * number for row in by_row for number, node in enumerate(row)}
    for _ in range(60):
        for row in by_row:
            wished = {node: mean([x[other] for other in tied[node]] or [x[node]]) for node in row}
            order = sorted((middle, str(node), node) for node, middle in wished.items())
            x |= _spread([node for *_, node in order], wished)
    left = min(x[node] - node.width / 2 for node in nodes)
    return {node: middle - left for node, middle in x.items()}


def _spread(row: Sequence[Node], wished: Mapping[Node, float]) -> dict[Node, float]:
    """The nodes of a row in this order, side by side, as a whole as near to what is wished for as can be."""
    spread: dict[Node, float] = {}
    for before, node in zip((None, *row), row, strict=False):
        least = spread[before] + (before.width + node.width) / 2 if before else wished[node]
        spread[node] = max(least, wished[node])
    shift = mean(wished[node] - spread[node] for node in row)
    return {node: middle + shift for node, middle in spread.items()}


def drawing() -> str:
    """The drawing of the rooms, as an SVG."""
    rows = [rooms for rooms in layers() if rooms]
    lines = segments(rows)
    x = places(rows, lines)
    lanes = (node for node in sorted(x, key=str) if node.lane)
    straight = (f'<path d="M{x[node]:.0f} {_middle(node) - HEIGHT / 2:.0f}v{HEIGHT}"/>' for node in lanes)
    curves = "\n".join((*(_curve(start, end, x) for start, end in lines), *straight))
    boxes = "\n".join(_box(node, x[node]) for node in sorted(x, key=str) if not node.lane)
    width, height = max(middle + node.width / 2 for node, middle in x.items()), ROW * len(rows)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" \
role="img" font-family="sans-serif" font-size="16">
<title>The rooms of handoutkit, and which of them use which</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0 L8 4 L0 8 z" fill="#567"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>
<g fill="none" stroke="#567" stroke-width="1.5">
{curves}
</g>
<g fill="#eef4f6" stroke="#345" text-anchor="middle">
{boxes}
</g>
</svg>
"""


def _middle(node: Node) -> float:
    return ROW * node.row + ROW / 2


def _box(node: Node, x: float) -> str:
    y = _middle(node)
    return (
        f'<rect x="{x - BOX / 2:.0f}" y="{y - HEIGHT / 2:.0f}" width="{BOX}" height="{HEIGHT}" rx="8"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}" fill="#123" stroke="none">{escape(node.room)}</text>'
    )


def _curve(start: Node, end: Node, x: Mapping[Node, float]) -> str:
    """From the foot of a node to the top of one in the next row, with a tip if that is a box."""
    top, foot = _middle(start) + HEIGHT / 2, _middle(end) - HEIGHT / 2
    bend, tip = (top + foot) / 2, "" if end.lane else ' marker-end="url(#tip)"'
    ends = f"{x[start]:.0f} {bend:.0f} {x[end]:.0f} {bend:.0f} {x[end]:.0f} {foot:.0f}"
    return f'<path d="M{x[start]:.0f} {top:.0f}C{ends}"{tip}/>'


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


@dataclass(frozen=True)
class Way:
    """A way of docs/ways.md: its stops (items that are not indented), and all modules that it names."""

    stops: tuple[str, ...]
    modules: tuple[str, ...]

    @property
    def climbs(self) -> int:
        """How often it comes back to a room that it has left before."""
        rooms = [room for room, _ in groupby(stop.split("/")[0] for stop in self.stops)]
        return len(rooms) - len(set(rooms))


def ways() -> dict[str, Way]:
    """The ways of docs/ways.md, by what stands after "The way of" in their headings."""
    sections = re.split(r"^## The way of (.+)$", WAYS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for name, text in zip(sections[::2], sections[1::2], strict=True):
        named = re.findall(r"^( *)(?:\d+\.|-) `([\w/]+)`", text, re.MULTILINE)
        found[name] = Way(
            stops=tuple(module for indent, module in named if not indent), modules=tuple(module for _, module in named)
        )
    return found


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """The modules of the package, by their paths in it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def names_twice() -> list[str]:
    """Names that two classes or two modules have."""
    classes = (node.name for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    modules = (path.stem for path, _ in trees() if path.stem not in CONVENTIONAL)
    return [name for names in (classes, modules) for name, count in Counter(names).items() if count > 1]


def long_functions() -> list[str]:
    """Functions of more than ``LONGEST_FUNCTION`` lines, with their places."""
    return [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


def measured() -> str:
    """CONTRIBUTING.md with its table of what is measured; the rest stays as it is."""
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py"))
    rows = [
        ("lines of `src/`, to the nearest hundred", f"{round(lines, -2):,}"),
        (f"functions of more than {LONGEST_FUNCTION} lines", str(len(long_functions()))),
        ("names that two classes or two modules have", str(len(names_twice()))),
    ]
    for name, way in ways().items():
        rows.append((f"stops on the way of {name}", str(len(way.stops))))
        rows.append(("... of which go back to a room that was left", str(way.climbs)))
    table = "\n".join(("| what | how many |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows)))
    before, _, rest = MEASURED.read_text(encoding="utf-8").partition(MARKS[0])
    return f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}"


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    MEASURED.write_text(measured(), encoding="utf-8")
