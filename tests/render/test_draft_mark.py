"""A draft says so across each page, in whatever lettering a theme has."""

from __future__ import annotations

import io

import pikepdf

from handoutkit.library.workspace import Workspace
from handoutkit.render.draft_mark import with_draft_mark
from handoutkit.render.theme import Theme
from tests.conftest import Tree
from tests.support.own_fonts import old_font
from tests.support.samples import FILES

THEME = """\
title: Ours
description: As we like it.
extends: base
lettering: {family: Mine, regular: fonts/mine.ttf, bold: fonts/mine.ttf}
"""


def test_an_old_font_that_does_not_say_how_high_its_capitals_are_draws_it_too(tree: Tree) -> None:
    folder = tree({**FILES, "templates/ours/theme.yaml": THEME})
    (folder / "templates/ours/fonts").mkdir()
    (folder / "templates/ours/fonts/mine.ttf").write_bytes(old_font("AtkinsonHyperlegibleNext-Bold.ttf", without="F"))
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    marked = with_draft_mark(blank.getvalue(), Theme.find("ours", Workspace(folder).roots))
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        drawn = b"".join(part.read_bytes() for part in pdf.pages[0].Contents)
    assert drawn.count(b" m\n") >= 5
