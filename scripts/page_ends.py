"""Sets handouts and templates in themes, formats and languages, and lists every page that does not end well.

usage: page_ends.py [THEME,...|all] [FORMAT,...|all] [LANGUAGE,...|all] [ID ...]

With nothing said, all shipped handouts and templates in all themes, formats and languages, under two practices' names:
an hour or so. A page ends well if at most two fifths of it are open; the last, if it is a third full
(``handoutkit.render.fit_pages``). Ends with 1 if there is one that does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS
from handoutkit.render.fit_pages import MAX_OPEN
from handoutkit.render.render_cache import RenderCache
from tests.support.page_measures import fill, is_sheet_of_cards, page_count

ROOT = Path(__file__).resolve().parent.parent
THEMES = ("base", "calm", "editorial", "warm", "youth")
COPIES = (("riverbend-counseling", "letter"), ("shift-your-journey", "a4"))


def open_pages(pdf: bytes) -> Iterator[str]:
    """Each page that is too empty and not the last, with the part that is open."""
    for page in range(page_count(pdf) - 1):
        if not is_sheet_of_cards(pdf, page) and (part := 1 - fill(pdf, page)) > MAX_OPEN:
            yield f"p{page + 1} {part:.0%} empty"


def main() -> None:
    """Print the pages that do not end well."""
    themes, formats, languages, *ids = [*sys.argv[1:], *["all"] * 3][: max(3, len(sys.argv) - 1)]
    library = Library(Workspace(ROOT))
    templates = library.workspace.template_files
    found = 0
    for language in ("en", "es", "ar", "zh-Hans") if languages == "all" else languages.split(","):
        for theme in THEMES if themes == "all" else themes.split(","):
            for form in FORMATS if formats == "all" else formats.split(","):
                for practice, paper in COPIES:
                    choices = {"practice": practice, "paper": paper, "theme": theme, "format": form}
                    options = BuildOptions(**choices, language=language)  # type: ignore[arg-type]
                    builder = Builder(library, options, RenderCache(None))
                    mine = templates if language == "en" else {}
                    for name in ids or [*library.handouts_in(language), *mine]:
                        pdf = builder.render([str(mine.get(name, name))]).finished[0].rendered.pdf
                        pages = list(open_pages(pdf))
                        found += len(pages)
                        if pages:
                            print(
                                language, theme, form, practice, name, f"({page_count(pdf)} pages)", *pages, flush=True
                            )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
