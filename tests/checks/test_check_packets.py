"""``handoutkit check`` given a packet: its letter, what it names, and the handouts in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TODAY, Ran, Run, Tree
from tests.support.samples import FILES, HANDOUT

PACKET = """\
id: two-pages
title: Two pages
language: en
cover:
  letter: Dear {first_name|there}, see you on {next_session}.
handouts: [{handout: small-page}]
"""


@pytest.fixture
def workspace(tree: Tree) -> Path:
    return tree({**FILES, "handouts/packets/two-pages.yaml": PACKET, "handouts/other.yaml": "id: other\n"})


def check(run: Run, folder: Path, *named: str) -> Ran:
    return run("check", *named, "--date", TODAY.isoformat(), cwd=folder)


@pytest.mark.parametrize("named", ["two-pages", "handouts/packets/two-pages.yaml"])
def test_a_packet_is_checked_with_its_handouts_and_nothing_else(workspace: Path, run: Run, named: str) -> None:
    ran = check(run, workspace, named)
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.startswith("small-page\n")
    assert "other" not in ran.stderr
    (workspace / "handouts/small-page.yaml").write_text(HANDOUT.replace("key_message:", "key_massage:"))
    ran = check(run, workspace, named)
    assert (ran.exit_code, "key_massage" in ran.stderr) == (1, True)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("{next_session}", "{next_sesion}", "error[unknown-value] cover.letter"),
        ("handout: small-page", "handout: small-pgae", "error[no-such-handout]"),
        ("handout: small-page", "handout: consent-to-therapy", "error[paper-with-gaps]"),
        ("see you", "[your greeting], see you", "error[placeholder]"),
        ("handouts: [", "values: [shoe_size]\nhandouts: [", "values"),
        ("handouts: [", "prefill: [{value: who, field: small-page.nothing}]\nhandouts: [", "prefill"),
    ],
)
def test_what_is_wrong_in_a_packet_is_told(workspace: Path, run: Run, was: str, becomes: str, told: str) -> None:
    (workspace / "handouts/packets/two-pages.yaml").write_text(PACKET.replace(was, becomes))
    ran = check(run, workspace, "two-pages")
    assert ran.exit_code == 1
    assert told in ran.stderr
    assert "two-pages.yaml:" in ran.stderr


def test_a_packet_that_is_to_be_built_says_how(workspace: Path, run: Run) -> None:
    ran = run("build", "two-pages", cwd=workspace)
    assert ran.exit_code == 2
    assert "handoutkit packet two-pages" in ran.stderr
