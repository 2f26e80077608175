"""A folder that was found where files are written, and is a link to elsewhere, is not written through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handoutkit.files.source_file import UNPRINTABLE
from tests.conftest import Run, Tree
from tests.support.packet_sample import PACKET
from tests.support.samples import FILES

COMMANDS = [
    ("output/oak-house", ("build", "small-page")),
    ("output/packets", ("packet", "small-packet")),
    ("handouts", ("new", "another-page")),
    ("templates", ("theme", "copy", "calm", "mine")),
]


@pytest.mark.parametrize(("place", "command"), COMMANDS)
def test_a_link_that_was_found_is_not_followed(
    place: str, command: tuple[str, ...], tree: Tree, run: Run, tmp_path: Path
) -> None:
    folder = tree({**FILES, "handouts/packets/small-packet.yaml": PACKET.split("prefill")[0]})
    outside = tmp_path / "outside"
    outside.mkdir()
    link = folder / place
    if link.exists():
        link.rename(outside / "it")
        link.symlink_to(outside / "it")
    else:
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(outside)
    before = sorted(outside.rglob("*"))
    ran = run(*command, cwd=folder)
    assert (ran.exit_code, "link-outside" in ran.stderr) == (1, True)
    assert sorted(outside.rglob("*")) == before


def test_init_follows_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "handouts").symlink_to(tmp_path / "outside")
    assert run("init", "ws").exit_code == 1
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_that_is_named_is_meant(tree: Tree, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert run("build", "small-page", "--output", tmp_path / "link", cwd=tree(FILES)).exit_code == 0
    assert (tmp_path / "elsewhere/oak-house/small-page.pdf").is_file()


def test_a_catalogue_that_is_a_link_is_not_read(tree: Tree, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.po").write_text('msgid ""\nmsgstr ""\n')
    folder = tree({**FILES, "handouts/locale/es/README.md": ""})
    (folder / "handouts/locale/es/small-page.po").symlink_to(tmp_path / "x.po")
    ran = run("build", "small-page", "--lang", "es", cwd=folder)
    assert (ran.exit_code, "error[link-outside]" in ran.stderr) == (1, True)


def test_json_holds_nothing_that_steers_a_terminal(tree: Tree, run: Run) -> None:
    name = "templates/base/blocks/prompt.html"
    folder = tree(
        {**FILES, name: "{{ block.no\u009b31m\u202e }}", "templates/base/css/90-\u0085.css": "p { x\u009b: y }"}
    )
    ran = run("build", "small-page", "--json", cwd=folder)
    assert json.loads(ran.stdout)
    assert UNPRINTABLE.sub("", ran.stdout.replace("\n", "")) == ran.stdout.replace("\n", "")
