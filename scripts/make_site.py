"""Writes a site of plain files: the docs, and a shelf with every handout and template as pictures and pages.

usage: make_site.py [FOLDER]

Sphinx makes it, with MyST for Markdown and furo for its looks; nothing in it is fetched from the network, so it can be
opened from a folder. A page that links to nothing is an error.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from sphinx.application import Sphinx

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.handout import PURPOSES, Handout

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "site"
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
"""The pages at the top of the project; those in docs/ come too."""
PRACTICE = "riverbend-counseling"
WIDTH = 900
"""Of a picture of a page, in pixels: its smallest letters can be read."""
SMALL = 320
"""Of a picture on the shelf, in pixels."""
_SPHINX = {
    "project": "handoutkit",
    "extensions": ["myst_parser"],
    "html_theme": "furo",
    "html_title": "handoutkit",
    "html_show_sphinx": False,
    "html_show_copyright": False,
    "html_static_path": ["looks"],
    "html_css_files": ["site.css"],
    "html_copy_source": False,
    "html_show_search_summary": False,  # a page that lies in a folder may not read the others
    "html_extra_path": ["files"],
    "myst_heading_anchors": 3,
    "exclude_patterns": ["docs/examples/**", "docs/ideas/**", "files/**"],
}
_LOOKS = """\
.shelf { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: 1.5rem; }
.shelf a { color: inherit; text-decoration: none; }
.shelf img { display: block; width: 100%; margin-bottom: .5rem; }
.shelf strong { display: block; color: var(--color-brand-content); }
.shelf img, article img { border: 1px solid var(--color-background-border); background: #fff; }
article .reference img, .shelf a:hover img { border-color: var(--color-brand-content); }
"""
_LINK = re.compile(r"(?<!!)\[([^]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")


class Shown(NamedTuple):
    """A handout or template on the shelf.

    Attributes:
        page: where its page stands, without its ending.
        pictures: of its pages, beside the page.
    """

    handout: Handout
    page: str
    pictures: tuple[str, ...]

    @property
    def small(self) -> str:
        """Where the small picture of its first page stands."""
        return f"{self.page}.small.webp"


def build_site(folder: Path, handouts: Sequence[str], templates: Sequence[str]) -> None:
    """Make the site of these handouts and templates, by id. Raises SystemExit: Sphinx had something to say of it."""
    source = folder / "source"
    shutil.rmtree(folder, ignore_errors=True)
    source.mkdir(parents=True)
    _copy_docs(source)
    (source / "looks").mkdir()
    (source / "looks" / "site.css").write_text(_LOOKS, encoding="utf-8")
    library = Library(Workspace(ROOT))
    files = [str(library.workspace.template_files[name]) for name in templates]
    shelf = [*show(source, library, handouts, "handouts"), *show(source, library, files, "templates")]
    (source / "index.md").write_text(shelf_page(shelf), encoding="utf-8")
    made = Sphinx(
        source, None, folder / "html", folder / "trees", "html", _SPHINX, status=None, warningiserror=True, parallel=2
    )
    made.build()
    if made.statuscode:
        raise SystemExit(made.statuscode)
    shutil.rmtree(folder / "trees")
    shutil.rmtree(source)


def _copy_docs(source: Path) -> None:
    """The pages of the project; links to what is no page of the site, such as a module, become words."""
    shutil.copytree(ROOT / "docs", source / "docs")
    for name in PAGES:
        shutil.copy(ROOT / name, source / name)
    for page in source.rglob("*.md"):
        page.write_text(_LINK.sub(partial(_kept, page.parent), page.read_text(encoding="utf-8")), encoding="utf-8")


def _kept(folder: Path, link: re.Match[str]) -> str:
    return link[0] if (folder / link[2]).is_file() else link[1]


def show(source: Path, library: Library, wanted: Sequence[str], folder: str) -> Iterable[Shown]:
    """Write a page with pictures for each handout, and the page for a phone that a client would be sent."""
    for place in (source / folder, source / "files" / folder):
        place.mkdir(parents=True)
    builder = Builder(library, BuildOptions(practice=PRACTICE, paper="letter", to=("pdf", "html")))
    for one in builder.render(wanted).finished:
        handout = one.document.handout
        pictures = tuple(f"{handout.id}.{number}.webp" for number in range(1, one.rendered.pages + 1))
        for name, picture in zip(pictures, _pictures(one.rendered.pdf), strict=True):
            (source / folder / name).write_bytes(picture)
        for file in one.files:
            (source / "files" / folder / f"{handout.id}.client{file.ending}").write_bytes(file.data)
        shown = Shown(handout, f"{folder}/{handout.id}", pictures)
        (source / "files" / shown.small).write_bytes(next(iter(_pictures(one.rendered.pdf, SMALL))))
        (source / f"{shown.page}.md").write_text(handout_page(shown), encoding="utf-8")
        yield shown


def _pictures(pdf: bytes, width: int = WIDTH) -> Iterable[bytes]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=2 * width / page.get_width()).to_pil().convert("RGB").reduce(2)
            data = io.BytesIO()
            picture.save(data, "WEBP", quality=80)
            yield data.getvalue()


def handout_page(shown: Shown) -> str:
    """The page of one handout: what it is for, how to have it, and its pages."""
    handout = shown.handout
    start = f"handoutkit build {handout.id}"
    if shown.page.startswith("templates/"):
        start = f"handoutkit new my-page --from {handout.id}"
    pictures = [f"![{_plain(handout.title)}, page {at}]({name})" for at, name in enumerate(shown.pictures, start=1)]
    return "\n\n".join(
        [
            f"# {_plain(handout.title)}",
            *([_plain(handout.subtitle)] if handout.subtitle else []),
            f"**{_plain(handout.key_message)}**",
            _plain(handout.purpose),
            f"```sh\n{start}\n```",
            f'<a href="{handout.id}.client.pdf">The PDF</a> · '
            f'<a href="{handout.id}.client.html">The page for a phone</a>',
            *pictures,
            "",
        ]
    )


def shelf_page(shelf: Sequence[Shown]) -> str:
    """The first page: everything on the shelf by what it is for, and the pages of the docs."""
    parts = [
        "# handoutkit",
        "Worksheets and handouts your clients can read, write on and keep, as PDFs under your own name. "
        "[Begin here](README.md), or look at what is on the shelf.",
    ]
    for purpose, kinds in PURPOSES.values():
        rows = [_on_shelf(shown) for shown in shelf if shown.handout.kind in kinds]
        parts += [f"## {purpose}", "\n".join(['<div class="shelf">', *rows, "</div>"])] if rows else []
    pages = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
    parts += [
        _toctree("The shelf", [shown.page for shown in shelf]),
        _toctree("Docs", [Path(name).stem for name in PAGES] + [f"docs/{name}" for name in pages]),
    ]
    return "\n\n".join([*parts, ""])


def _on_shelf(shown: Shown) -> str:
    handout = shown.handout
    template = " <em>a template</em>" if shown.page.startswith("templates/") else ""
    return (
        f'<a href="{shown.page}.html"><img src="{shown.small}" alt="" width="{SMALL}" loading="lazy">'
        f"<strong>{escape(handout.title)}</strong>{escape(' '.join(handout.key_message.split()))}{template}</a>"
    )


def _toctree(caption: str, pages: Iterable[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"])


def _plain(text: object) -> str:
    """A text on one line, with what Markdown would take for a mark of its own left as it is printed."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(str(text).split()))


def main(folder: str = str(FOLDER)) -> None:
    """Write the site of all that ships."""
    workspace = Workspace(ROOT)
    build_site(Path(folder), list(workspace.handout_files), list(workspace.template_files))
    sys.stdout.write(f"The site is in {Path(folder) / 'html' / 'index.html'}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
