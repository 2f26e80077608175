"""Writes the page of drawings: all that ship, in each manner, and how a practice adds its own."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.settings.theme_settings import Manner
from handoutkit.render.colour.palette import palette
from handoutkit.render.illustrations.manners import DOT, SHAPES, STROKES, drawn
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.engine import weasyprint

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "drawings.md"
PICTURES = ROOT / "docs" / "pages"
MANNERS: dict[Manner, tuple[str, float, str]] = {
    "filled": ("#1B5E6B", 1.7, "flat shapes with strokes; `base` and `warm`"),
    "cut-paper": ("#7A3F6B", 1.2, "shapes of paper, each with its shadow; `calm`"),
    "spot": ("#3B5BA5", 2.2, "bold strokes, with what is dark and one warm colour filled; `youth`"),
    "line": ("#2F5D3A", 1.5, "strokes alone; `editorial`, and every theme in the format `low-ink`, in black"),
}
"""A practice's colour, the weight of strokes, and what is said of each manner."""
WIDTH = 25
"""Of a drawing in the pictures, in millimetres; as small as one is printed."""
COLUMNS = 6
_CELL = (31, 24)
"""Of a drawing with its name, in millimetres."""
_DPI = 130
_WORDS = """\
# Drawings

Made by `make docs`; the pictures are what the build draws.

A handout opens with a picture if its file names one:

```yaml
illustration: two-voices
```

It decorates, so nobody who listens to the page hears of it. Where a picture tells a reader something that the words do
not, say what it shows:

```yaml
illustration: lighthouse
illustration_alt: A lighthouse stands firm while waves rise and fall around it.
```

The colours are the practice's, and the manner is the theme's: `drawings:` in its `theme.yaml` says `filled`,
`cut-paper`, `spot`, `line` or `none`. Where it says `none`, only a picture with an `illustration_alt` is drawn, in
lines.
A page for screens shows it too, in other colours where the screen is dark; a Word document leaves out what decorates.
"""
_OWN = """\

## Your own

- **A picture of yours**, as it is: put an SVG or PNG beside the handout and write its path,
  `illustration: pictures/our-door.svg`. It is printed 34 mm wide and two thirds as high, or smaller.
- **A drawing that takes on colours and manners**: put an SVG into `templates/base/drawings/` in your workspace, and
  write the name of its file without the ending. One in `templates/THEME/drawings/` is for that theme and those that
  extend it; one with the name of a shipped drawing takes its place.

Such an SVG has `viewBox="0 0 120 80"` and no colours of its own. Each shape has one of these words as its `class`:

| class | what it is | filled with |
|---|---|---|
| `paper` | a shape | the paper |
| `wash`, `fill`, `deep` | a shape | the practice's colour: pale, as it is, dark |
| `glow`, `accent` | a shape | the warm colour: pale, strong |
| `line` | an open stroke | nothing; it is dark |
| `thread` | an open stroke | nothing; it is warm |
| `cut` | an open stroke on a dark shape | nothing; it is pale |
| `dot` | an eye, a seed | the dark colour, in every manner |

Faces have no features, skin is `glow` or `accent` and never stands for a people, and there is no text, for a drawing is
in every language. A drawing has at most 12,000 bytes and 250 pieces to draw, and is looked through as every picture is:
nothing that runs, moves or is fetched.
"""


def sources() -> dict[str, str]:
    """Each shipped drawing by name."""
    return {name: path.read_text(encoding="utf-8") for name, path in Theme.find("base", [ROOT]).drawings.items()}


def sheet(manner: Manner) -> bytes:
    """All drawings in one manner with their names, as a PNG."""
    colour, weight, _ = MANNERS[manner]
    named = sources()
    boxes = "".join(_box(drawn(svg, manner, palette(colour), weight)) for svg in named.values())
    rows = -(-len(named) // COLUMNS)
    style = f"""
        @page {{ size: {COLUMNS * _CELL[0]}mm {rows * _CELL[1]}mm; margin: 0 }}
        body {{ margin: 0 }}
        div {{ float: left; width: {WIDTH}mm; height: {_CELL[1] - 2}mm; margin: 2mm {(_CELL[0] - WIDTH) / 2}mm 0 }}
        img {{ display: block; width: 100% }}"""
    pdf = weasyprint().HTML(string=f"<style>{style}</style>{boxes}").write_pdf()
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=_DPI / 72).to_pil().convert("RGB")
    font = ImageFont.truetype(str(ROOT / "templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf"), 13)
    draw, unit = ImageDraw.Draw(image), _DPI / 25.4
    for number, name in enumerate(named):
        middle = (number % COLUMNS + 0.5) * _CELL[0] * unit
        draw.text((middle, (number // COLUMNS * _CELL[1] + 19.5) * unit), name, "#444444", font, "ma")
    data = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def page_text() -> str:
    """The page, but for its pictures."""
    parts = [_WORDS, "\n## The manners\n"]
    for manner, (_, _, words) in MANNERS.items():
        parts.append(f"\n**`{manner}`**: {words}.\n\n![All drawings, {manner}](pages/drawings-{manner}.png)\n")
    parts += ["\n## Which handout has which\n\n| drawing | in |\n|---|---|\n", *_rows(), _OWN]
    return "".join(parts)


def _rows() -> Iterable[str]:
    library = Library(Workspace(ROOT))
    files = library.workspace.handout_files | library.workspace.template_files
    named = {path.stem: re.findall(r"^illustration: (\S+)$", path.read_text("utf-8"), re.M) for path in files.values()}
    for drawing in sources():
        handouts = ", ".join(f"`{handout}`" for handout, drawings in sorted(named.items()) if drawing in drawings)
        yield f"| `{drawing}` | {handouts} |\n"


def _box(svg: str) -> str:
    return f'<div><img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" alt=""></div>'


def main() -> None:
    """Write the page and its pictures."""
    assert all(f"`{role}`" in _OWN for role in (*SHAPES, *STROKES, DOT))  # noqa: S101 - the table says all of them
    PAGE.write_text(page_text(), encoding="utf-8")
    for manner in MANNERS:
        (PICTURES / f"drawings-{manner}.png").write_bytes(sheet(manner))


if __name__ == "__main__":
    main()
