"""A workspace that came from somebody else: the app did not leave what lies in its hidden folders and its bin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handoutkit.library.workspace import Workspace
from handoutkit.scaffold.bin_folder import thrown_away
from handoutkit.webapp.forms.drafts import DRAFTS, Drafts
from handoutkit.webapp.forms.kept_versions import VERSIONS, versions_of
from tests.conftest import Tree
from tests.support.samples import FILES, HANDOUT

DRAFT = {"base": "", "opened": "0" * 64, "text": "title: Small\n", "sent": {}, "place": "handouts/small.yaml", "at": ""}


def drafts(folder: Path, **changed: Any) -> Drafts:
    """The drafts of a workspace that has one, changed by hand."""
    (folder / DRAFTS).mkdir()
    (folder / DRAFTS / "handout-small.json").write_text(json.dumps(DRAFT | changed), encoding="utf-8")
    return Drafts(folder, lambda *_: None)


def test_a_draft_of_the_app_is_read(tmp_path: Path) -> None:
    found = drafts(tmp_path).read("handout", "small")
    assert found
    assert found.place == DRAFT["place"]


@pytest.mark.parametrize(
    "changed",
    [
        {"place": "../small.yaml"},
        {"place": "/etc/hostname"},
        {"place": "/etc/hosts.yaml"},
        {"place": "handouts/away/small.yaml"},
        {"place": ".git/hooks/pre-commit"},
        {"place": 3},
        {"text": None},
        {"text": ["title"]},
        {"sent": "title"},
        {"at": {}},
    ],
    ids=str,
)
def test_a_draft_leads_to_no_file_but_one_of_the_workspace(changed: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    (folder / "handouts").mkdir(parents=True)
    (folder / "handouts/away").symlink_to(tmp_path)
    assert drafts(folder, **changed).read("handout", "small") is None


def test_a_time_that_no_clock_shows_is_no_version_and_nothing_thrown_away(tree: Tree) -> None:
    folder = tree(FILES)
    file = folder / "handouts/small-page.yaml"
    kept = folder / VERSIONS / "handouts/small-page.yaml"
    kept.mkdir(parents=True)
    for stamp in ("20261130-101500-000000", "20261399-101500-000000"):
        (kept / f"{stamp}-{'0' * 16}.yaml").write_text(HANDOUT, encoding="utf-8")
    assert [one.key[:8] for one in versions_of(file, folder)] == ["20261130"]
    for stamp in ("2026-11-30-101500", "2026-13-99-101500"):
        (folder / f"bin/{stamp}/handouts").mkdir(parents=True)
        (folder / f"bin/{stamp}/handouts/other.yaml").write_text(HANDOUT, encoding="utf-8")
    assert [one.key for one in thrown_away(Workspace(folder))] == ["2026-11-30-101500"]
