"""Writes what the docs show of the program itself: its commands, its output formats, and pictures of pages it made.

usage: make_docs.py commands|formats|columns|pictures
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pypdfium2
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.cli.main import cli
from handoutkit.export.output_formats import output_formats
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.rosters.usual_names import usual_names

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ROOT / "docs" / "commands.md"
SHARING = ROOT / "docs" / "sharing.md"
ROSTERS = ROOT / "docs" / "rosters.md"
PICTURES = ROOT / "docs" / "pages"
PICTURED = {"what-healthy-interdependence-looks-like": (0, 1)}
DPI = 80
_GAP, _GROUND = 16, "#DDE3E1"
_EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | the content or a rule has problems; all of them are listed, nothing is half written |
| 2 | usage: an option, an id or a file name that is not there |
| 3 | the machine lacks something: a system library, a writable folder, room on the disk |
| 4 | some rows of a batch failed; the rest are done |
| 5 | a finished packet failed its verification and was withheld |
| 70 | a bug in handoutkit |
| 130 | stopped by Ctrl-C |

## Completion

`eval "$(_HANDOUTKIT_COMPLETE=bash_source handoutkit)"` in `~/.bashrc` (`zsh_source` in `~/.zshrc`; for fish
`_HANDOUTKIT_COMPLETE=fish_source handoutkit | source`) completes commands, options and the ids of your handouts.
"""


def commands() -> str:
    """The reference of all commands, from their own help."""
    parts = [
        "# The commands\n\nThis page is made from the program's own help by `make docs`.\n",
        *_helps(cli, "handoutkit"),
        _EXIT_CODES,
    ]
    return "\n".join(parts)


def formats(page: str) -> str:
    """A page with its table of output formats made anew from the registry."""
    rows = ["| `--to` | what it is | its name |", "|---|---|---|"]
    for known in output_formats():
        stem = "asking-for-what-you-need" if known.is_single_file else "…"
        names = ", …, ".join(f"`{stem}{ending}`" for ending in known.file_names)
        rows.append(f"| `{known.name}` | {known.description} | {names} |")
    return re.sub(r"^\| `--to` \|.*?\n(?!\|)", "\n".join(rows) + "\n", page, count=1, flags=re.MULTILINE | re.DOTALL)


def columns(page: str) -> str:
    """A page with its table of the usual names of columns made anew from their list."""
    rows = ["| our column | usual names |", "|---|---|"]
    rows += [f"| `{ours}` | {', '.join(dict.fromkeys(names))} |" for ours, names in usual_names().items()]
    table = "\n".join(["<!-- usual names by make docs -->", *rows, "<!-- end of usual names -->"])
    return re.sub(r"<!-- usual names by.*?<!-- end of usual names -->", table, page, count=1, flags=re.DOTALL)


def picture(handout: str, pages: tuple[int, ...]) -> bytes:
    """Pages of a shipped handout side by side, as a PNG."""
    builder = Builder(Library(Workspace(ROOT)), BuildOptions(practice="riverbend-counseling", paper="letter"))
    document = pypdfium2.PdfDocument(builder.render([handout]).finished[0].rendered.pdf)
    images = [document[number].render(scale=DPI / 72).to_pil().convert("RGB") for number in pages]
    width, height = sum(image.width + _GAP for image in images) + _GAP, images[0].height + 2 * _GAP
    sheet = Image.new("RGB", (width, height), _GROUND)
    for number, image in enumerate(images):
        sheet.paste(image, (_GAP + number * (image.width + _GAP), _GAP))
    data = io.BytesIO()
    sheet.quantize(128, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def _helps(command: click.Command, name: str) -> Iterator[str]:
    """The help of a command, and then of those below it."""
    yield _help(command, name)
    for word, each in _commands_in(command):
        yield from _helps(each, f"{name} {word}")


def _commands_in(command: click.Command) -> list[tuple[str, click.Command]]:
    """The commands of a group by name, sorted; none for what is no group."""
    if not isinstance(command, click.Group):
        return []
    context = click.Context(command)
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [(name, inside) for name, inside in found if inside]


def _help(command: click.Command, name: str) -> str:
    """The help of a command, and of the commands in it."""
    context = click.Context(command, info_name=name, max_content_width=100, help_option_names=["-h", "--help"])
    text = f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n"
    inside = [] if command is cli else _commands_in(command)
    return "\n".join([text, *(_help(each, f"{name} {its}") for its, each in inside)])


def main(what: str) -> None:
    """Write one kind of page."""
    if what == "commands":
        COMMANDS.write_text(commands(), encoding="utf-8")
    elif what == "formats":
        SHARING.write_text(formats(SHARING.read_text(encoding="utf-8")), encoding="utf-8")
    elif what == "columns":
        ROSTERS.write_text(columns(ROSTERS.read_text(encoding="utf-8")), encoding="utf-8")
    elif what == "pictures":
        PICTURES.mkdir(parents=True, exist_ok=True)
        for handout, pages in PICTURED.items():
            (PICTURES / f"{handout}.png").write_bytes(picture(handout, pages))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
