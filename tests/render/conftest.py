"""A fixture for tests of pages: the PDF of a handout that holds the blocks of a test and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT
from tests.support.samples import HANDOUT, PRACTICE

SetBlock = Callable[..., bytes]
GUIDE = """\
clinician_guide: {what_for: A., when_to_use: B., when_not_to_use: C., how_to_introduce: D., how_to_review: E.}
"""


@pytest.fixture
def set_block(tmp_path: Path, cache: RenderCache) -> SetBlock:
    """The PDF of a handout that holds these blocks (YAML, as items of `blocks`) and no others."""

    def build(blocks: str, **choices: Any) -> bytes:
        workspace = tmp_path / "workspace"
        for name, content in (
            ("handouts/small-page.yaml", HANDOUT.split("framing_slots:")[0] + GUIDE + "blocks:\n" + blocks),
            ("practices/oak-house.yaml", PRACTICE),
        ):
            path = workspace / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        builder = Builder(
            Library(Workspace(workspace)), BuildOptions(practice="oak-house", **{"layout": "booklet"} | choices), cache
        )
        return builder.render(["small-page"]).finished[0].rendered.pdf

    return build


@pytest.fixture(scope="module")
def pdf_of_template(cache: RenderCache) -> SetBlock:
    """The PDF of a shipped template, by its id and choices."""
    library = Library(Workspace(ROOT))

    def build(template: str, **choices: Any) -> bytes:
        builder = Builder(library, BuildOptions(practice="riverbend-counseling", **choices), cache)
        return builder.render([str(library.workspace.template_files[template])]).finished[0].rendered.pdf

    return build
