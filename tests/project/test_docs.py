"""The docs never drift: their examples run, and what they show of the program is what it is."""

from __future__ import annotations

import io
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from pydantic import TypeAdapter

from handoutkit.files.source_file import SourceFile
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.blocks.prompts import Prompt
from handoutkit.models.framing import FramingChoice
from handoutkit.scaffold.start import handout_text
from scripts import make_docs, make_drawings, make_gallery, make_keys, make_rules, make_themes
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """The commands of the README's console blocks and what each prints."""
    steps: list[tuple[str, str]] = []
    for block in blocks("console"):
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                steps.append((line[2:].strip(), ""))
            else:
                steps[-1] = (steps[-1][0], steps[-1][1] + line)
    return steps


def test_readme_examples_do_what_they_show(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path
    monkeypatch.setenv("COLUMNS", "200")
    for command, shown in examples():
        words = shlex.split(command)
        if words[0] == "cd":
            folder = folder / words[1]
            slipped = handout_text("slipped", "worksheet", date(2026, 11, 21))
            (folder / "slipped.yaml").write_text(slipped.replace("type: prompt", "type: promt", 1), encoding="utf-8")
            continue
        assert words[0] == "handoutkit"
        words += ["--date", "2026-11-30"] if words[1] in ("build", "check", "new", "init") else []
        done = run(*words[1:], cwd=folder)
        assert re.fullmatch(_with_gaps(shown), done.stdout + done.stderr), f"{command}\n{done.stdout}{done.stderr}"


def test_the_readme_names_every_block() -> None:
    named = set(re.findall(r"`(\w+)`", README.partition("| to read |")[2].partition("\n\n")[0]))
    assert named == {path.stem for path in make_gallery.EXAMPLES.glob("*.yaml")}


def test_the_readme_counts_the_drawings() -> None:
    assert f"shows all {len(list((ROOT / 'templates/base/drawings').glob('*.svg')))}," in README


def _with_gaps(shown: str) -> str:
    """A pattern for what is shown, where a line of three dots is any lines: the list of handouts grows."""
    return r"(?:.*\n)*".join(re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE))


def test_readme_yaml_is_valid() -> None:
    prompt, framings = (read_yaml(SourceFile("README.md", ROOT, _mapping(block)))[0].data for block in blocks("yaml"))
    assert TypeAdapter(Prompt).validate_python(prompt["block"][0]).id == "who-helps"
    assert TypeAdapter(FramingChoice).validate_python(framings["framings"][0]).silence == ("one-pair-of-shoulders",)


def _mapping(block: str) -> str:
    return f"block:\n{block}" if block.startswith("  -") else block


def test_readme_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_reference_of_commands_is_fresh() -> None:
    assert make_docs.COMMANDS.read_text(encoding="utf-8") == make_docs.commands(), "run `make docs`"


def test_the_table_of_output_formats_is_fresh() -> None:
    page = make_docs.SHARING.read_text(encoding="utf-8")
    assert page == make_docs.formats(page), "run `make docs`"


def test_the_table_of_usual_names_is_fresh() -> None:
    page = make_docs.ROSTERS.read_text(encoding="utf-8")
    assert page == make_docs.columns(page), "run `make docs`"


@pytest.mark.parametrize("handout", make_docs.PICTURED)
def test_pictures_are_of_this_build(handout: str) -> None:
    """Read at a quarter of their size, where rasterisers agree."""
    kept = Image.open(make_docs.PICTURES / f"{handout}.png").convert("RGB")
    made = Image.open(io.BytesIO(make_docs.picture(handout, make_docs.PICTURED[handout]))).convert("RGB")
    assert kept.size == made.size
    difference = ImageChops.difference(*(image.reduce(4) for image in (kept, made)))
    assert max(ImageStat.Stat(difference).mean) < 1.0, "run `make docs`"


def test_the_page_of_rules_is_fresh() -> None:
    assert make_rules.RULES_PAGE.read_text(encoding="utf-8") == make_rules.text(), "run `make docs`"


def test_the_page_of_keys_is_fresh() -> None:
    assert make_keys.PAGE.read_text(encoding="utf-8") == make_keys.page(), "run `make docs`"


def test_the_gallery_is_fresh() -> None:
    assert (make_docs.ROOT / "docs/blocks.md").read_text(encoding="utf-8") == make_gallery.blocks_page(), (
        "run `make docs`"
    )
    for part, (page, _) in make_gallery.SHELF.items():
        kept = (make_docs.ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
        assert kept == make_gallery.shelf_page(part), "run `make docs`"
        pictures = {path.stem for path in (make_docs.ROOT / "docs" / page).glob("*.png")}
        assert pictures == set(make_gallery.files_of(part)), "run `make docs`"


@pytest.mark.parametrize("block", ["contrast", "figure", "measure"])
def test_a_picture_of_a_block_is_of_this_build(block: str) -> None:
    kept = Image.open(make_gallery.DOCS / "blocks" / f"{block}.png").convert("RGB")
    made = Image.open(io.BytesIO(make_gallery.block_picture(block))).convert("RGB")
    assert kept.size == made.size
    assert max(ImageStat.Stat(ImageChops.difference(kept, made)).mean) < 1.0, "run `make docs`"


def test_the_page_of_drawings_is_fresh() -> None:
    assert make_drawings.PAGE.read_text(encoding="utf-8") == make_drawings.page_text(), "run `make docs`"
    for manner in make_drawings.MANNERS:
        assert (make_drawings.PICTURES / f"drawings-{manner}.png").is_file()


def test_the_page_of_themes_and_formats_is_fresh() -> None:
    assert make_themes.PAGE.read_text(encoding="utf-8") == make_themes.page_text(), "run `make docs`"
    for name in ("themes", "formats"):
        with Image.open(make_themes.PICTURES / f"{name}.png") as picture:
            assert picture.width > 4 * make_themes.WIDTH
