"""Writes the page of themes and formats: contact sheets of every theme for every practice, and of every format."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pypdfium2
from jinja2.runtime import BlockReference, LoopContext
from jinja2.utils import Cycler
from PIL import Image, ImageDraw, ImageFont

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.theme_folders import lineage
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS
from handoutkit.render.templating import template_reach, template_sandbox
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from scripts.theme_contract import contract_part

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "themes.md"
PICTURES = ROOT / "docs" / "pages"
HANDOUT = "asking-for-what-you-need"
SHOWN = (0, 1)
"""The pages of each theme: one to read, one to write on."""
PRACTICES = ("riverbend-counseling", "shift-your-journey")
WIDTH = 260
"""Of a page, in pixels."""
_GAP, _LABEL, _GROUND, _INK = 14, 26, "#DDE3E1", "#2B3A38"
_FORMATS = {
    "standard": "12 points, for reading and writing.",
    "large-print": "Nothing below 18 points, one column, tables as cards, lines 13 mm apart, no word divided.",
    "dyslexia-friendly": "After the style guide of the British Dyslexia Association: a sans serif of 12 points\n"
    "  and more, lines one and a half apart, wider letters and words, bold for emphasis, no word divided. On a screen\n"
    "  the ground is off-white; with `--no-fields`, for paper, it is left to the paper.",
    "low-ink": "Black on white, and nothing is filled.",
}
_THEMES = """\
# Themes and formats

Made by `make docs`; the pictures are pages that the build made.

## Themes

`--theme NAME`, for every handout and every practice. A theme is how a page speaks; the colour is the practice's.

![Two pages of one handout in each theme, for two practices](pages/themes.png)
"""
_WORDS: dict[type, str] = {str: "text", date: "day", LoopContext: "loop", BlockReference: "block", Cycler: "cycler"}
_OWN = """\

`handoutkit theme copy calm our-look` writes one of your own into `templates/our-look/`: a `theme.yaml` that says what
it extends, and a stylesheet for what differs. A stylesheet with the name of one of the parent's takes that one's place;
so does a page template, such as `blocks/prompt.html`; `formats/large-print/css/` holds what differs in that format.
See it on one handout with `handoutkit build ID --theme our-look`, then with `--layout booklet`; the app
(`handoutkit preview`) shows it anew whenever you save a file. Colours and the logo are said in the practice's file;
leave its `example: true` there while you work, or a build asks for the practice's own details first.

[theme-recipes.md](theme-recipes.md) has ten to begin with.

## What theme.yaml says

[keys.md](keys.md#a-theme-themeyaml) has every key, and `handoutkit schema theme` a schema for editors.

| key | what it does | PDF | screen | Word |
|---|---|---|---|---|
| `fonts: {title, text}` | those in the theme's `fonts/` (TTF, OTF, WOFF2), or that ship | yes | yes | by name |
| `colours: {deep, …}` | by role: the practice's own, or a value; made readable; black in low-ink | yes | yes | yes |
| `margins: {top, sides, bottom}` | of a booklet's pages | yes | | yes |
| `stripe: {edge, width, colour}` | along an edge of each page, but in low-ink | yes | yes | yes |
| `ornament: {picture, at, width}` | an SVG of yours in a corner of each page, but in low-ink | yes | at the end | yes |
| `bullets` | `disc`, `ring`, `square`, `dash`, `check`, `diamond`, or an SVG of yours | yes | yes | yes |
| `masthead: {logo, tagline}` | the mark at the `left`, `right` or `centre`; a line below it | yes | yes | yes |
| `foot` | up to two lines, with the practice's `{phone}`, `{license}` and such | yes | at the end | on each page |
| `corner`, `icon_weight` | how round panels are, how strong icons | yes | yes | no: square, without icons |
| `drawings` | how the openings are drawn | yes | yes | no |
| `lettering` | the sans serif of figures and of what is typed, in any kind of font | yes | yes | |

- **Fonts** go by their family as lists of fonts show it; narrow ones also by their own, such as `Open Sans Condensed`.
  The theme takes regular and bold, with their italics if they are there; the files of a website, one for Latin letters,
  one for Cyrillic ones and so on, are taken together. A family that is not there is a problem with near names, here
  and in a stylesheet: no other face is taken for it. A file that holds all weights in one (a variable font) is a
  problem, too (`variable-font`): a PDF needs the static files, one for each weight.
- **Colours** of the practice are `practice`, `second` and `neutral`: the `colour`, `second_colour` and `neutral` that
  its file says.
- **Bullets** of yours are as high as a small letter. Room beside one is part of the drawing: `viewBox="-6 0 36 24"`.
- **The masthead** of text, and in large print of the others, is the mark, the name and the line, one below the other;
  in dyslexia-friendly nothing is in the middle. Word has it among the words of the first page and not in its header,
  which is not read out there; a mark beside the name is at most 13 mm high. A bullet from an SVG is a picture
  there, and a dot in a program that has no pictures for bullets.
- **The tagline and the foot** stay in the practice's language on pages in another.
- **`drawings`** is `filled`, `cut-paper`, `spot`, `line` or `none`: [drawings.md](drawings.md) shows each.
  `corner` is how round panels are; `ornament` is a drawing in the corner of the paper.

## Where a page begins and ends

The same handout comes as a booklet and as a sheet, whose parts have other names. On a sheet each of our rules begins
with `.one-sheet`, and so has one of yours to, or ours is the stronger one.

| | booklet | sheet |
|---|---|---|
| whose it is | `.masthead` with `.logo`, `.practice`, `.tagline`, `.kind` | the same, in `.one-sheet .band-whose` |
| title | `main > h1`, `.subtitle`, `.purpose`, `.illustration` | `.one-sheet .band`, in it `.band-title` |
| main idea | `.key-message`, in it `.label` and `.idea` | `.one-sheet .band-idea` |
| top of a second side | | `.one-sheet .bar` |
| what to do next, whom to reach | `.next-step`, `.contact`, `.crisis` | `.one-sheet .strip`, in it `.strip-cell` |
| in a booklet alone, on a sheet alone | `body:not(.on-a-sheet)` | `body.on-a-sheet` |

An opening that is quiet in both:

```css
.one-sheet .band { background: none; border-bottom: var(--hairline) solid var(--line) }
.one-sheet .band-idea { border: 0 }
.masthead { border-bottom: 0 }
.key-message { padding-left: 0; padding-right: 0; background: none }
```

`ornament` in `theme.yaml` puts a drawing into a corner of each page, beside a stripe if one ends there. It changes
sides with the page where a language runs from right to left, and is not turned round: draw one that suits both. On a
screen it stands at the end of the page, and at the top only where there is room beside the words; in Word it is
a picture of the header, which nobody is told of. Anything else in the margins is CSS, in the boxes of a page's margin:

```css
@page { @top-right-corner { content: ""; background: url("../pictures/ripple.svg") right top / 12mm no-repeat } }
```

In `formats/low-ink/css/` the same box with `background: none` takes it away. Such a picture is on paper alone: a page
for screens and Word have no such boxes, and `theme check` says so (`not-in-word`, a notice). The background of `@page`
itself ends where the text does, and would lie under words.

## A theme travels

Everything of a theme may stand in its folder: `fonts/`, `pictures/`, words in `locale/`. An address is written from
the file it stands in: `url("../fonts/Lora.woff2")` in `css/`, `src="../pictures/seal.svg"` in `parts/`. So the
folder may have any name. `handoutkit theme pack our-look` writes it into `our-look.zip`; `handoutkit theme add
our-look.zip` puts it into another workspace, if all of it is sound, and overwrites nothing.

Words of yours stand in a page template as `{{ _("Take your time.") }}`. On pages in another language a build asks for
their translation in `templates/our-look/locale/es.po`, as two lines: `msgid "Take your time."` and `msgstr "…"`.

A picture with `alt=""` only decorates, and a listener does not hear of it. An SVG without a size is as large as its
`viewBox`.

## Named places

`slots/` are empty files to fill: `after-masthead.html`, `key-message.html`, `block-start.html` and `block-end.html`
(of each `block`), `contact.html` (by the ways to reach the practice), `foot.html`, `end.html`, `back-page.html` (of a
packet). A sheet measures what stands in them. What you add there or in a page template is on the page for screens and
in Word, too; on the page it has the styles of `screen/css/`, and none of `css/`.

Ours are in `templates/base/` of the folder that `handoutkit doctor` names as *shipped files*; look at them there.
To put something in the place of ours, write the file of that name (`parts/masthead.html`, `sheet/band.html`,
`sheet/strip.html`), or a `handout.html` that begins with `{% extends "shipped/handout.html" %}` and has one of its
blocks: `foot`, `masthead`, `opening`, `illustration`, `title`, `key_message`, `outside` (around each block); and for a
packet `cover` in `packet.html`, `back_page` in `packet-back.html`. `{{ super() }}` is what we have there.

A sheet has the same places in files of its own, each of which begins with its `{% extends "shipped/…" %}`:
`sheet/band.html` has `opening`, `masthead`, `title` and `key_message`; `sheet/tile.html` has `outside`;
`sheet/strip.html` has `strip`, and in it `strip_next_step`, `strip_reach` and `strip_cannot_wait`, one for each cell.

## Look at a theme as a whole

`handoutkit theme check our-look` names what in it nothing reads, with what was likely meant: files
(`blocks/promt.html`), places, classes and tokens. Then it tries the theme on every handout, on those you name, or on a
few that have every type of block (`--quick`, for while you work on it): as a sheet and as a booklet, in each reader's
format, from right to left, as a page, in Word, as text, and in a packet. All problems come at once, each with where it
is seen; `output/themes/our-look.png` shows the first pages of everything, with what has problems in red. It ends with
1 if there are errors, or, with `--strict`, warnings. It says how far it is, uses all processors, and takes some
minutes, and less the second time. To see one handout from right to left: `handoutkit
build my-next-step --theme our-look --lang ar`.

| code | what is wrong |
|---|---|
| `unknown-file`, `unknown-place`, `unknown-token` | what you wrote there is used nowhere |
| `no-such-family`, `variable-font` | no font of that family; one that no PDF can be made of; every build says it |
| `unknown-class` | a rule is for a class that no page has (a warning) |
| `aged-override` | a shipped file whose place yours takes has changed since (a warning) |
| `deprecated` | a name works for some time only (a warning) |
| `not-in-word` | a `corner`, or a picture in the margin of the paper, which Word leaves out (a notice) |

### Files that age

A file of yours that takes the place of a shipped one does not get what later releases put into that one. So the first
`theme check`, `doctor` or view in the app that sees it keeps the shipped one in `templates/our-look/replaced.json`.
After an update they say which files have aged; `theme check`, and the app below the pages, show what changed in the
shipped ones, as a unified diff. Put into yours what you want of it, and say so with `--accept`. A file that includes or
extends the shipped one (`{% include "shipped/parts/masthead.html" %}`) does not age.

## Nothing is lost in silence

Every build holds the pages that came out against what went in, in shipped themes and in yours, as they were painted.
What fails stops the build, with the file and the line of your theme that is likely behind it; `--draft` makes the pages
all the same, and warns. Where the PDF would have been, a picture with the ending `.problems.png` shows each place (a
packet's own pages in `output/packets/`); it is gone when a build comes out well. The app shows it below the problems.

| code | what is wrong |
|---|---|
| `words-lost` | words of an author are on no page: hidden by a stylesheet, or left out by a page template |
| `words-off-page`, `words-cut-off` | words stand outside the paper, or a box around them cuts them off |
| `words-covered`, `words-on-words` | something is painted over words, or words stand on each other |
| `words-on-lines` | a border, a line of a table or a stripe runs through words |
| `field-lost` | a place to write is on no page, or nobody sees where: no line or box of 3 : 1 (WCAG 2.2, 1.4.11) |
| `field-out-of-place` | a field reaches over an edge, words or another; or it is tiny |
| `low-contrast` | words have less than 4.5 : 1 to what is under them, large ones 3 : 1 (WCAG 2.2, 1.4.3) |
| `small-type` | words are smaller than the format promises: 9 points, 12 in dyslexia-friendly, 18 in large-print |
| `filled-ground`, `coloured-words` | something is filled in low-ink, or words are in a colour there |
| `heading-level`, `no-alternative` | a heading leaves out a level; no `alt`, or no `<title>` in a drawing (PDF/UA-1) |
| `list-without-items`, `table-without-heads` | more than items stands in a list; a table has no `<th>` (PDF/UA-1) |
| `unknown-token` | a value takes a token that nothing sets, such as `var(--incet)` |
| `no-such-asset` | a picture or font is not in the theme's folder: misspelt, outside of it, or on the web |
| `template` | a page template asks for a name that is not there, such as `{{ practice.dispaly_name }}` |

With `--no-fields` the places to write are looked at as well, unless a template of yours says something else there, so
that nobody can tell which is which. A place is drawn by what the field's own element has: a border, a picture, a
gradient; for a `.cell` also by the cell around it.
A stylesheet may hide words of the program's own, such as *The main idea*. Not measured are the words inside pictures
and drawings, and the contrast of words that stand on a picture, whose colours nobody knows.

## What a page template can reach

Page templates are [Jinja](https://jinja.palletsprojects.com/en/stable/templates/), and whoever gives you a theme gives
you page templates. So they read data, and nothing else: whatever is not in this list is refused (`template`), with the
line that asked for it.
"""
_FORMATS_BEGIN = """\

## Formats

`--format NAME`. Each is set anew from the same content, never magnified. The words, their order and the names of the
fields are the same, so answers come back to the same places.

![Two pages of one handout in each format](pages/formats.png)
"""


def themes() -> list[str]:
    """All that ship, base first."""
    names = Workspace(ROOT).theme_files
    return sorted(names, key=lambda name: (name != "base", name))


def theme_sheet() -> bytes:
    """A row for each theme, two pages for each practice in it."""
    rows = [[(name, pages(practice, SHOWN, theme=name)) for practice in PRACTICES] for name in themes()]
    return _png(_sheet(rows))


def format_sheet() -> bytes:
    """Two pages of each format, two formats a row."""
    shown = [(str(name), pages(PRACTICES[0], (0, 1), format=name)) for name in FORMATS]
    return _png(_sheet([shown[:2], shown[2:]]))


def pages(practice: str, numbers: tuple[int, ...], **choices: str) -> list[Image.Image]:
    """Pages of the handout, by their numbers from 0."""
    chosen = BuildOptions(practice=practice, paper="letter", **choices)  # type: ignore[arg-type]
    builder = Builder(Library(Workspace(ROOT)), chosen)
    document = pypdfium2.PdfDocument(builder.render([HANDOUT]).finished[0].rendered.pdf)
    shown = [document[number] for number in numbers]
    return [page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB").reduce(2) for page in shown]


def page_text() -> str:
    """The page, but for its pictures."""
    roots = Workspace(ROOT).roots
    of_themes = [f"- **`{name}`**: {lineage(name, roots)[0][1].model.description}" for name in themes()]
    of_formats = [f"- **`{name}`**: {_FORMATS[name]}" for name in FORMATS]
    return "\n".join([_THEMES, *of_themes, _OWN, *reach(), *contract_part(), _FORMATS_BEGIN, *of_formats]) + "\n"


def reach() -> list[str]:
    """What a template can reach, a line for each kind of thing."""
    theme = Theme.find("base", Workspace(ROOT).roots)
    ours = environment(theme, "en").filters.keys() - set(template_reach.JINJA_FILTERS)
    of_records = [(name.rpartition(".")[2], name.rpartition(".")[0]) for name in sorted(template_reach.RECORDS)]
    records = ", ".join(f"`{kind}`" for kind, _ in sorted(of_records))
    worked_out = [
        f"`{name}` of a `{kind.rpartition('.')[2]}`"
        for kind, names in sorted(template_reach.PROPERTIES.items())
        for name in sorted(names)
    ]
    held = {**template_reach.ATTRIBUTES}
    for kind, names in template_reach.METHODS.items():
        held[kind] = held.get(kind, frozenset()) | frozenset(f"{name}()" for name in names)
    return [
        "- **Fields** of what the page is made of: everything that a YAML file of yours can say, under the same names,",
        f"  and of {records}.",
        f"- **Worked out of them**: {', '.join(worked_out)}.",
        *(f"- **Of a `{_WORDS.get(kind, kind.__name__)}`**: {_listed(names)}." for kind, names in held.items()),
        f"- **Functions**: {_listed(template_reach.FUNCTIONS)}; and macros and blocks of templates.",
        f"- **Filters of ours**: {_listed(ours)}.",
        f"- **Filters of Jinja's**: {_listed(template_reach.JINJA_FILTERS)}.",
        f"- **Sizes**: a text is padded to {template_sandbox.MAX_PADDING} characters at most, and repeated until"
        f" it has {template_sandbox.MAX_REPEATED:,}.",
        "- **Links** lead to `https:`, `http:`, `mailto:`, `tel:` and `sms:` addresses and to places on the page, and",
        "  a PDF carries no files (`link-scheme`, `attached-file`).",
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _sheet(rows: list[list[tuple[str, list[Image.Image]]]]) -> Image.Image:
    """Rows of pages side by side, each group under its name."""
    height = rows[0][0][1][0].height + _LABEL + _GAP
    width = _GAP + sum(len(shown) * (WIDTH + 4) + _GAP for _, shown in rows[0])
    sheet = Image.new("RGB", (width, height * len(rows) + _GAP), _GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(ROOT / "templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf"), 17)
    for number, row in enumerate(rows):
        left, top = _GAP, number * height + _GAP // 2
        for name, shown in row:
            draw.text((left, top + 2), name, _INK, font)
            for image in shown:
                sheet.paste(image, (left, top + _LABEL))
                left += WIDTH + 4
            left += _GAP
    return sheet


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.quantize(160, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def main() -> None:
    """Write the page and its pictures."""
    PAGE.write_text(page_text(), encoding="utf-8")
    (PICTURES / "themes.png").write_bytes(theme_sheet())
    (PICTURES / "formats.png").write_bytes(format_sheet())


if __name__ == "__main__":
    main()
