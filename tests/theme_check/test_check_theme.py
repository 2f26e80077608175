"""A whole theme is looked at: what is wrong in its files and on pages of every form, and a picture of those pages."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image

from handoutkit.errors import ContentError, UsageError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.own_themes.replaced_files import RECORD
from handoutkit.theme_check.covering_handouts import covering_handouts, handouts_to_try, in_language, small_packet
from tests.conftest import ROOT, Run, Tree
from tests.support.samples import FILES

PACKET = """\
id: a-packet
title: A packet
language: en
handouts: [{handout: small-page}, {handout: my-next-step}]
"""
FAULTY: Mapping[str, str] = {
    "handouts/packets/a-packet.yaml": PACKET,
    "templates/ours/theme.yaml": "title: Ours\ndescription: As we like it.\nextends: calm\n",
    "templates/ours/blocks/promt.html": "<p>{{ block.question }}</p>",
    "templates/ours/parts/practice.html": "<p>{{ practice.display_name }}</p>",
    "templates/ours/css/60-ours.css": ".qestion { margin: 0 }\n.prompt .question { color: #fefefe }\n",
}


def test_all_that_is_wrong_with_a_theme_is_told_at_once(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **FAULTY})
    ran = run("-C", str(folder), "theme", "check", "ours", "small-page", "--practice", "oak-house", "--json")
    assert ran.exit_code == ContentError.exit_code
    told = {problem["code"]: problem for problem in ran.json["problems"]}
    assert told["unknown-file"]["hint"] == "did you mean `prompt.html`?"
    assert told["unknown-class"]["hint"] == "did you mean `question`?"
    assert (told["low-contrast"]["line"], told["low-contrast"]["severity"]) == (2, "error")
    assert "; seen in small-page, standard and " in told["low-contrast"]["message"]
    assert len([problem for problem in ran.json["problems"] if problem["code"] == "low-contrast"]) == 1
    (picture,) = ran.json["outputs"]
    with Image.open(folder / "output/themes/ours.png") as opened:
        assert opened.width > 2000
    assert picture["id"] == "ours"
    assert (folder / "templates/ours" / RECORD).is_file()


def test_all_is_the_old_word_for_what_is_done_by_itself(tree: Tree, run: Run) -> None:
    ran = run("-C", str(tree(FILES)), "theme", "check", "not-there", "--all")
    assert ran.exit_code == UsageError.exit_code
    assert "--all is now what `theme check` does by itself" in ran.stderr
    assert "--all" not in run("theme", "check", "--help").stdout


def test_a_theme_is_tried_on_every_handout_but_for_those_named_or_a_few(tree: Tree) -> None:
    library = Library(Workspace(tree(FILES)))
    few, every = covering_handouts(library), list(library.handouts_in(None))
    assert set(few) < set(every)
    assert handouts_to_try(library, (), quick=False) == every
    assert handouts_to_try(library, (), quick=True) == few
    assert handouts_to_try(library, ("small-page",), quick=False) == ["small-page"]


def test_a_few_handouts_have_every_type_of_block() -> None:
    library = Library(Workspace(ROOT))
    chosen = covering_handouts(library)
    of_all = {block.type for name in library.workspace.handout_files for block in library.handout(name).model.blocks}
    assert {block.type for name in chosen for block in library.handout(name).model.blocks} == of_all
    assert len(chosen) <= 6
    assert small_packet(library) in library.workspace.packet_files
    assert in_language(library, chosen, "ar")
    assert in_language(library, ["small-page"], "ar") == library.handouts_in("ar")[:1]
