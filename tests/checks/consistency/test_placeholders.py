"""Nothing unfinished goes out: what a workspace starts with is known, listed, and printed as a draft at most."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handoutkit.checks.consistency.placeholders import placeholders
from tests.conftest import Run, Tree
from tests.support.pdf_reading import failures, opened, text
from tests.support.samples import FILES, PRACTICE

CRISIS = (
    "crisis_resources:\n  - {name: A line, when: Any time., channels: [{kind: call, to: '116 123'}], hours: All hours, "
    "region: GB, source: https://example.org, verified_on: 2026-01-01, example: true}\n"
)


@pytest.fixture
def workspace(run: Run, tmp_path: Path) -> Path:
    """A new workspace whose owner has taken out `example: true`, and nothing else."""
    assert run("init", "mine").exit_code == 0
    practice = tmp_path / "mine/practices/my-practice.yaml"
    practice.write_text(practice.read_text().replace("\nexample: true\n", "\n"))
    return tmp_path / "mine"


def test_all_that_is_left_of_the_start_is_listed_at_once(run: Run, workspace: Path) -> None:
    told = run("build", "my-first-handout", cwd=workspace)
    assert told.exit_code == 1
    assert not (workspace / "output/my-practice").exists()
    listed = ["My Practice LLC", "Your Name", "Your degree", "Your license and number", "988 Suicide", "Your name"]
    listed += ["555-0100", "hello@my-practice.example", "https://my-practice.example", "Notes from practice"]
    assert [words for words in listed if words not in told.stderr] == []
    assert "--draft" in told.stderr
    packet = run("packet", "my-first-packet", cwd=workspace)
    assert (packet.exit_code, "Your degree" in packet.stderr) == (1, True)
    batch = run("batch", "roster.csv", "--packet", "my-first-packet", cwd=workspace)
    assert (batch.exit_code != 0, "Your degree" in batch.stderr) == (True, True)
    checked = run("check", cwd=workspace)
    assert (checked.exit_code, "placeholder" in checked.stderr + checked.stdout) == (1, True)


def test_a_draft_says_so_on_each_page_to_eyes_alone(run: Run, workspace: Path) -> None:
    assert run("build", "my-first-handout", "--draft", cwd=workspace).exit_code == 0
    handout = (workspace / "output/my-practice/my-first-handout.draft.pdf").read_bytes()
    client = ("--client-ref", "QX-1", "--set", "display_name=Zoë")
    made = run("packet", "my-first-packet", "--draft", *client, cwd=workspace)
    assert made.exit_code == 0, made.stderr
    packet = (workspace / "output/packets/QX-1.pdf").read_bytes()
    for pdf in (handout, packet):
        assert failures(pdf) == []
        assert "DRAFT" not in text(pdf)
        for page in opened(pdf).pages:
            content = (
                page.Contents.read_bytes()
                if not hasattr(page.Contents, "__len__")
                else b"".join(part.read_bytes() for part in page.Contents)
            )
            assert b"/HDKT_Draft gs" in content
    assert run("build", "my-first-handout", "--draft", "--to", "txt", cwd=workspace).exit_code == 0
    assert "DRAFT" in (workspace / "output/my-practice/my-first-handout.draft.txt").read_text()


def test_what_is_finished_is_built(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("build", "small-page", "--to", "txt", cwd=folder).exit_code == 0
    assert "DRAFT" not in (folder / "output/oak-house/small-page.txt").read_text()


def test_an_example_of_a_crisis_resource_is_for_examples(run: Run, tree: Tree) -> None:
    folder = tree({**FILES, "practices/oak-house.yaml": PRACTICE + CRISIS})
    told = run("build", "small-page", "--to", "txt", cwd=folder)
    assert (told.exit_code, "`A line` is marked as an example" in told.stderr) == (1, True)
    folder = tree({**FILES, "practices/oak-house.yaml": PRACTICE + "example: true\n" + CRISIS})
    assert run("build", "small-page", "--to", "txt", cwd=folder).exit_code == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Call [your phone number] first.", "[your phone number]"),
        ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
        ("TODO: a better sentence.", "TODO"),
        ("Read [your plan](https://example.org/plan) again.", ""),
        ("What is your name?", ""),
    ],
)
def test_gaps_that_anyone_leaves_are_known(run: Run, tree: Tree, words: str, found: str) -> None:
    practice = PRACTICE.replace("Ring us when you are ready.", f"'{words}'")
    folder = tree({**FILES, "practices/oak-house.yaml": practice})
    told = run("build", "small-page", "--to", "txt", cwd=folder)
    assert told.exit_code == bool(found), told.stderr
    assert f"`{found}` is a placeholder" in told.stderr if found else not told.stderr


def test_what_the_scaffold_has_invented_is_known() -> None:
    """Each place that is named is there in the scaffold, and so what stands there is known."""
    known = placeholders()
    invented = {"phone": "555-0100", "email": "hello@my-practice.example", "web": "https://my-practice.example"}
    for key, words in (invented | {"title": "Notes from practice", "name": "Your Name"}).items():
        assert known[key] == {words}
    assert len(known) == 19


def test_one_detail_that_is_left_is_told(run: Run, tree: Tree) -> None:
    folder = tree({**FILES, "practices/oak-house.yaml": re.sub(r"phone: .*", "phone: 555-0100", PRACTICE)})
    told = run("build", "small-page", "--to", "txt", cwd=folder)
    assert (told.exit_code, "`555-0100` is a placeholder" in told.stderr) == (1, True), told.stderr
