"""Writes the guide of recipes for themes: each is a theme in docs/recipes/, with a picture of two of its pages.

usage: make_theme_recipes.py
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_theme
from handoutkit.render.render_cache import RenderCache

ROOT = Path(__file__).resolve().parent.parent
RECIPES = ROOT / "docs" / "recipes"
PAGE = ROOT / "docs" / "theme-recipes.md"
HANDOUT, PRACTICE = "asking-for-what-you-need", "riverbend-counseling"
WIDTH = 240
"""Of a page, in pixels."""
_KINDS = {".yaml": "yaml", ".css": "css", ".html": "html", ".svg": "svg"}
NAMES = (
    *("stripe", "first-page", "logo-right", "second-accent", "own-bullets"),
    *("qr-contact", "hours-table", "license-foot", "magazine", "letterhead"),
)
WORDS = "about.txt"
"""In each: what there is to know of it."""
_HEAD = """\
# Ten recipes for a theme

For a designer who knows HTML and CSS. Made by `make docs`: each recipe is a theme in `docs/recipes/`, which tests
build; the pictures are pages that the build made. [themes.md](themes.md) says what a theme is and can reach.

Begin with `handoutkit theme copy base our-look`, put in what a recipe says, and look at it with `handoutkit build ID
--theme our-look`. Most of it is `theme.yaml`, which reaches the PDF, the page for screens and Word, in every format;
what is wrong in it is told with its line. Then `handoutkit theme pack our-look` writes all of it, fonts and pictures
too, into `our-look.zip`. Whoever gets that says `handoutkit theme add our-look.zip`.
"""


def workspace_with_recipes(folder: Path) -> Workspace:
    """A workspace whose themes are the recipes, by the names of their folders."""
    for recipe in NAMES:
        shutil.copytree(RECIPES / recipe, folder / "templates" / recipe)
    return Workspace(folder)


def page_text() -> str:
    """The page."""
    return "\n".join([_HEAD, *(part for number, name in enumerate(NAMES, 1) for part in _recipe(number, name))])


def _recipe(number: int, name: str) -> Iterator[str]:
    settings = load_theme(RECIPES / name / "theme.yaml").model
    yield f"## {number}. {settings.title}\n"
    yield f"{settings.description}\n"
    yield (RECIPES / name / WORDS).read_text(encoding="utf-8")
    yield f"![Two pages in the theme of this recipe](recipes/{name}.png)\n"
    for path in sorted((RECIPES / name).rglob("*"), key=lambda path: (path.suffix != ".yaml", path)):
        if path.is_file() and path.name != WORDS:
            text = path.read_text(encoding="utf-8").strip()
            yield f"`{path.relative_to(RECIPES / name).as_posix()}`\n\n```{_KINDS[path.suffix]}\n{text}\n```\n"


def picture(workspace: Workspace, name: str) -> bytes:
    """Two pages of a handout in a recipe's theme, as a PNG."""
    layout = "booklet" if name in ("first-page", "magazine", "letterhead", "own-bullets", "qr-contact") else "sheet"
    options = BuildOptions(practice=PRACTICE, paper="letter", theme=name, layout=layout)  # type: ignore[arg-type]
    made = Builder(Library(workspace), options, RenderCache(None)).render([HANDOUT]).finished[0].rendered.pdf
    shown = (0, 3) if name == "qr-contact" else (0, 1)
    pages = [pypdfium2.PdfDocument(made)[number] for number in shown]
    images = [page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB").reduce(2) for page in pages]
    sheet = Image.new("RGB", (2 * WIDTH + 12, images[0].height + 8), "#DDE3E1")
    for number, image in enumerate(images):
        sheet.paste(image, (4 + number * (WIDTH + 4), 4))
    data = io.BytesIO()
    sheet.quantize(64, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def main() -> None:
    """Write the page and its pictures."""
    PAGE.write_text(page_text(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspace_with_recipes(Path(folder))
        for name in NAMES:
            (RECIPES / f"{name}.png").write_bytes(picture(workspace, name))


if __name__ == "__main__":
    main()
