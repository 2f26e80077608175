"""Pages that were filled in on phones, for the bench: a thousand of them, and what parsing them alone takes."""

from __future__ import annotations

import re
from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace

FILLED_PAGES = 1_000
PARSING = (
    "import sys, pathlib, tinyhtml5; [tinyhtml5.parse(pathlib.Path(name).read_text(encoding='utf-8'),"
    " namespace_html_elements=False) for name in sys.argv[1:]]"
)


def filled_pages(folder: Path, workspace: Workspace, handout: str, count: int = FILLED_PAGES) -> list[str]:
    """Copies of a handout's page as phones save them, each with other words in its places to write."""
    built = Builder(Library(workspace), BuildOptions(to=("html",))).render([handout])
    page = built.finished[0].files[0].data.decode("utf-8")
    names = []
    for number in range(count):
        words = f"Answer {number}, Zoë محمد 😀"
        filled = re.sub(r"(<textarea[^>]*>)", rf"\g<1>{words}", page)
        filled = re.sub(r'(<input type="text" class="field")', rf'\g<1> value="{words}"', filled)
        names.append(str(folder / f"filled-{number}.html"))
        Path(names[-1]).write_text(filled, encoding="utf-8")
    return names
