"""Writes the gallery: each block with an example, and the shelf of handouts and templates, with pictures of the build.

usage: make_gallery.py [blocks|handouts|templates]
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.models.blocks.block import Block
from handoutkit.models.handout import PURPOSES
from handoutkit.scaffold.start import handout_text

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
PRACTICE = "riverbend-counseling"
DPI = 72
SHELF = {
    "handouts": (
        "handouts",
        "# The handouts\n\nMade by `make docs`. They are ready: make one with `handoutkit build HANDOUT`. "
        "Pages to start your own from\nare among the [templates](handout-templates.md).",
    ),
    "templates": (
        "handout-templates",
        "# The templates\n\nMade by `make docs`. Start from one with `handoutkit new my-page --from TEMPLATE`. "
        "Pages that are ready\nare among the [handouts](handouts.md).",
    ),
}
"""The parts of the shelf, each with the name of its page and folder, and how the page opens."""
_TODAY = date(2026, 11, 21)
# A block has a page of its own, as small as it can be, between that of the opening and that of the sources.
_FOOT = 22
"""Millimetres of the foot, which are cut off."""
_ALONE = f"""\
@page {{ size: 190mm 250mm; margin: 8mm 8mm {_FOOT}mm; @top-left {{ content: none }} }}
section.block, main > .about {{ break-before: page }}
"""
_DONNE = """\
  - id: donne
    author: John Donne
    title: Devotions upon Emergent Occasions
    year: 1624
    idea: That we belong together.
"""


def example_of(name: str) -> str:
    """The minimal example of a block."""
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def handout_of(name: str) -> str:
    """A handout that holds the example of one block and nothing else."""
    front = handout_text("example", "worksheet", _TODAY).split("\nblocks:\n")[0]
    front = re.sub(r"^rights:", _DONNE + "rights:", front, flags=re.MULTILINE)
    return f"{front}\nblocks:\n" + "".join(f"  {line}" for line in example_of(name).splitlines(keepends=True))


def block_picture(name: str) -> bytes:
    """A picture of the example of a block, cropped to what is on it."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        for path, text in (
            ("handouts/example.yaml", handout_of(name)),
            ("templates/base/css/90-alone.css", _ALONE),
        ):
            (workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / path).write_text(text, encoding="utf-8")
        builder = Builder(Library(Workspace(workspace)), BuildOptions(practice=PRACTICE, layout="booklet"))
        pages = _pages(builder.render(["example"]).finished[0].rendered.pdf)
        page = pages[2 if name == "card_set" else 1]  # before cards a page is left empty, for their backs
        return _png(_cropped(page.crop((0, 0, page.width, page.height - round(_FOOT / 25.4 * DPI)))))


def sheet_picture(path: Path) -> bytes:
    """The first two pages of a handout or template, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Library(Workspace(Path(folder))), BuildOptions(practice=PRACTICE, paper="letter"))
        pdf = builder.render([str(path)]).finished[0].rendered.pdf
        return _png(_side_by_side(_pages(pdf)[:2]))


def blocks_page() -> str:
    """The reference of all blocks."""
    parts = ["# The blocks\n\nMade by `make docs` from the models, the examples and the build.\n"]
    for block in BLOCK_TYPES:
        name = block.type_name()
        parts += [f"## `{name}`\n", f"{block.__doc__ or ''}".split("\n\n")[0] + "\n"]
        parts += [
            f"```yaml\n{example_of(name)}```\n",
            f"![The block `{name}`](blocks/{name}.png)\n",
            _attributes(block),
        ]
    return "\n".join(parts)


def files_of(part: str) -> Mapping[str, Path]:
    """The files of one part of the shelf: ``handouts`` or ``templates``."""
    workspace = Workspace(ROOT)
    return workspace.handout_files if part == "handouts" else workspace.template_files


def shelf_page(part: str) -> str:
    """The gallery of one part of the shelf, by what its sheets are for."""
    page, opening = SHELF[part]
    parts = [opening]
    models = [load_handout(path).model for path in files_of(part).values()]
    for title, kinds in PURPOSES.values():
        cells = [
            f"![{model.title}]({page}/{model.id}.png)<br>**{model.title}**<br>`{model.id}`"
            for model in models
            if model.kind in kinds
        ]
        if cells:
            cells += [""] * (len(cells) % 2)
            rows = [f"| {left} | {right} |" for left, right in zip(cells[::2], cells[1::2], strict=True)]
            parts += [f"\n## {title}\n", "| | |\n|---|---|", *rows]
    return "\n".join(parts) + "\n"


def _attributes(block: type[Block]) -> str:
    """A table of what the block carries beside what every block takes."""
    schema = block.model_json_schema(by_alias=True)
    needed = schema.get("required", [])
    rows = [
        f"| `{name}` | {'needed' if name in needed else ''} | {_words(what)} |"
        for name, what in schema["properties"].items()
        if name != "type" and (name not in Block.model_fields or name in needed)
    ]
    return "\n".join(["| key | | what |", "|---|---|---|", *rows]) + "\n" if rows else ""


def _words(what: dict[str, Any]) -> str:
    """A JSON Schema type in words."""
    if options := what.get("anyOf") or what.get("oneOf"):
        return " or ".join(_words(option) for option in options if option.get("type") != "null")
    if "$ref" in what:
        return f"`{what['$ref'].rsplit('/', 1)[1]}`"
    if "enum" in what:
        return ", ".join(f"`{word}`" for word in what["enum"])
    if what["type"] == "array":
        return f"list of {_words(what['items'])}"
    words = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}
    kind: str = what["type"]
    return words.get(kind, "texts by name")


def _pages(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def _side_by_side(images: list[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (sum(image.width + 8 for image in images) - 8, images[0].height), "#DDE3E1")
    for number, image in enumerate(images):
        sheet.paste(image, (number * (image.width + 8), 0))
    return sheet.reduce(2)


def _cropped(image: Image.Image) -> Image.Image:
    white = Image.new("RGB", image.size, "white")
    left, top, right, bottom = ImageChops.difference(image, white).getbbox() or (0, 0, *image.size)
    return image.crop((max(left - 12, 0), max(top - 12, 0), right + 12, bottom + 12))


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def main(what: str = "") -> None:
    """Write one part of the gallery, or all of it."""
    if what in ("", "blocks"):
        (DOCS / "blocks").mkdir(exist_ok=True)
        for block in BLOCK_TYPES:
            (DOCS / "blocks" / f"{block.type_name()}.png").write_bytes(block_picture(block.type_name()))
        (DOCS / "blocks.md").write_text(blocks_page(), encoding="utf-8")
    for part, (page, _) in SHELF.items():
        if what in ("", part):
            (DOCS / page).mkdir(exist_ok=True)
            for name, path in files_of(part).items():
                (DOCS / page / f"{name}.png").write_bytes(sheet_picture(path))
            (DOCS / f"{page}.md").write_text(shelf_page(part), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
