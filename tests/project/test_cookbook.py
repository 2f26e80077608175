"""docs/cookbook.md: every snippet is one that the program takes, and sets."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.cli.main import cli
from handoutkit.compose.compose_document import compose
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout, load_packet, load_practice
from handoutkit.models.handout import Handout
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.document_html import document_to_html
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from tests.conftest import ROOT
from tests.support.loading_helpers import HANDOUT, PRACTICE
from tests.support.pdf_reading import failures

PAGE = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
_ENTRY = re.compile(r"^### \.\.\. (.*?)$(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
_SNIPPET = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PDFS = ("two columns", "a photo beside a text", "a picture that only decorates", "a signature with a certificate")


class Snippet(NamedTuple):
    wish: str
    kind: str
    text: str


SNIPPETS = [Snippet(wish, *found) for wish, entry in _ENTRY.findall(PAGE) for found in _SNIPPET.findall(entry)]
BLOCKS = [one for one in SNIPPETS if one.kind == "yaml" and one.text.startswith("- ")]
KEYS = [one for one in SNIPPETS if one.kind == "yaml" and one not in BLOCKS]
COMMANDS = [one for one in SNIPPETS if one.kind == "sh"]


def written(folder: Path, data: dict[str, Any], name: str = "sample") -> Path:
    (folder / "pictures").mkdir(exist_ok=True)
    Image.effect_mandelbrot((90, 60), (-2, -1, 1, 1), 40).convert("RGB").save(folder / "pictures" / "garden.jpg")
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#234"/></svg>'
    )
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def with_blocks(folder: Path, snippet: Snippet) -> Path:
    return written(folder, {**yaml.safe_load(HANDOUT), "blocks": yaml.safe_load(snippet.text)})


def set_as_html(handout: Handout) -> str:
    document = compose(handout, Library(Workspace(ROOT)).practice("riverbend-counseling").model)
    theme = Theme.find("base", (ROOT,))
    return document_to_html(document, environment(theme, document.locale), theme)


def test_there_are_forty_wishes_and_each_has_something_to_copy() -> None:
    wishes = [wish for wish, _ in _ENTRY.findall(PAGE)]
    assert len(wishes) >= 40
    assert len(set(wishes)) == len(wishes)
    assert {one.wish for one in SNIPPETS} == set(wishes)
    assert set(PDFS) <= set(wishes)


@pytest.mark.parametrize("snippet", BLOCKS, ids=lambda one: one.wish)
def test_blocks_are_taken_and_set(snippet: Snippet, tmp_path: Path) -> None:
    handout = load_handout(with_blocks(tmp_path, snippet)).model
    html = set_as_html(handout)
    shown = [block for block in handout.blocks if block.audience != "clinician" and block.only_if != "minor"]
    assert html.count('<section class="block ') == len(shown)


@pytest.mark.parametrize("snippet", KEYS, ids=lambda one: one.wish)
def test_keys_are_taken_where_they_are_said_to_go(snippet: Snippet, tmp_path: Path) -> None:
    where, data = snippet.text.split("\n", 1)[0], yaml.safe_load(snippet.text)
    if where == "# in the practice's file":
        load_practice(written(tmp_path, {**yaml.safe_load(PRACTICE), **data}))
    elif where == "# in a packet":
        load_packet(written(tmp_path, {"id": "sample", "title": "A sample", "language": "en", **data}))
    else:
        assert where == "# at the top of a handout"
        set_as_html(load_handout(written(tmp_path, {**yaml.safe_load(HANDOUT), **data})).model)


@pytest.mark.parametrize("snippet", COMMANDS, ids=lambda one: one.wish)
def test_commands_have_these_options(snippet: Snippet) -> None:
    for line in snippet.text.strip().splitlines():
        program, name, *words = shlex.split(line)
        group = click.Context(
            cli, **cli.context_settings
        )  # click remembers the names of an option from the first context
        command = cli.get_command(group, name)
        assert program == "handoutkit"
        assert command is not None
        command.make_parser(click.Context(command, parent=group)).parse_args(words)


@pytest.mark.parametrize("wish", PDFS)
def test_some_of_them_as_pdfs(wish: str, tmp_path: Path, cache: RenderCache) -> None:
    path = with_blocks(tmp_path, next(one for one in BLOCKS if one.wish == wish))
    options = BuildOptions(practice="riverbend-counseling", today=None)
    built = Builder(Library(Workspace(ROOT)), options, cache).render([str(path)])
    assert failures(built.finished[0].rendered.pdf) == []
