"""The papers for new clients in Spanish: drafts whose gaps keep a page from being made, as in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Run, Tree
from tests.support.samples import FILES
from tests.support.short_suite import rest_is_long

CATALOGUES = ROOT / "handouts" / "locale" / "es"
PAPERS = sorted(
    name
    for name, path in Workspace(ROOT).template_files.items()
    if "getting-started" in path.read_text(encoding="utf-8") and (CATALOGUES / f"{name}.po").exists()
)
GAP = re.compile(r"\[your\b[^\]]*\](?!\()", re.IGNORECASE)


def test_every_paper_is_there() -> None:
    assert len(PAPERS) == 12


@pytest.mark.parametrize("name", PAPERS)
def test_a_draft_says_that_no_person_has_read_it_and_keeps_every_gap(name: str) -> None:
    catalogue = (CATALOGUES / f"{name}.po").read_text(encoding="utf-8")
    paper = Workspace(ROOT).template_files[name].read_text(encoding="utf-8")
    assert "A machine draft that no person has read yet." in catalogue
    assert '"X-Reviewed-By: \\n"' in catalogue
    joined = " ".join(catalogue.replace('"\n"', "").split())
    for gap in GAP.findall(" ".join(paper.split("blocks:")[1].split())):
        assert joined.count(gap) >= 2, gap  # in the text and in its translation


def test_a_copy_under_an_id_of_its_own_is_in_spanish_too(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    made = run("new", "my-consent", "--from", "consent-to-therapy", cwd=folder)
    catalogue = Path("handouts", "locale", "es", "my-consent.po")
    assert made.stdout.splitlines()[-1] == f"Its translation comes along: {catalogue}"
    title = Library(Workspace(folder)).handout("my-consent", "es").model.title
    assert title == "Consentimiento para la terapia"
    state = run("translate", "status", "my-consent", "--json", cwd=folder).json["translations"]
    assert [(one["file"], one["stale"]) for one in state] == [(str(catalogue), 0)]


def test_templates_are_translated_like_handouts(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("translate", "extract", "thought-record", "--lang", "fr", cwd=folder).exit_code == 0
    catalogue = folder / "handouts" / "locale" / "fr" / "thought-record.po"
    assert 'msgctxt "title"' in catalogue.read_text(encoding="utf-8")
    states = run("translate", "status", "--lang", "es", "--json", cwd=folder).json["translations"]
    assert set(PAPERS) <= {one["id"] for one in states}
    assert run("new", "my-record", "--from", "thought-record", cwd=folder).exit_code == 0
    assert (catalogue.parent / "my-record.po").is_file()


@pytest.mark.parametrize("name", rest_is_long(PAPERS, stays=lambda name: name == "welcome-letter"))
def test_a_practices_copy_comes_out_in_spanish_as_a_draft_alone(name: str, run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("new", name, "--from", name, cwd=folder).exit_code == 0
    title = Library(Workspace(folder)).handout(name, "es").model.title
    assert title != Library(Workspace(ROOT)).template(name).model.title
    has_gaps = bool(GAP.search((folder / "handouts" / f"{name}.yaml").read_text(encoding="utf-8")))
    made = run("build", name, "--lang", "es", "--practice", "oak-house", cwd=folder)
    assert (made.exit_code != 0, "[placeholder]" in made.stderr) == (has_gaps, has_gaps)
    drafted = run("build", name, "--lang", "es", "--practice", "oak-house", "--draft", cwd=folder)
    assert drafted.exit_code == 0, drafted.stderr
    assert list(Path(folder, "output").rglob(f"{name}.es.draft.pdf"))
