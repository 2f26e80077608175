"""Handouts set by the workers of a real Dask cluster: the same files, and the same problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import pytest
from click.testing import CliRunner

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.cli.main import cli
from handoutkit.errors import ContentError, MachineError
from handoutkit.isolation.dask_cluster import DaskCluster
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Tree
from tests.support.samples import FILES, HANDOUT

OTHER = HANDOUT.replace("small-page", "other-page").replace("The opening words.", "Other words.")
LOST = "{{ missing.name }}"

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
of_two: Any = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = str(tmp_path_factory.mktemp("dask"))
    made: Any = distributed.LocalCluster
    with made(**of_two, host="127.0.0.1", local_directory=folder, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def test_a_library_comes_out_the_same_on_a_cluster(address: str, tree: Tree) -> None:
    library = Library(Workspace(tree({**FILES, "handouts/other-page.yaml": OTHER})))
    names = ["small-page", "other-page"]
    here = Builder(library, BuildOptions(), RenderCache(None)).render(names)
    with DaskCluster(address) as cluster:
        there = Builder(library, BuildOptions(), RenderCache(None), cluster=cluster).render(names)
    assert [built.document.handout.id for built in there.finished] == names
    assert [built.rendered.pdf for built in there.finished] == [built.rendered.pdf for built in here.finished]


def test_what_is_wrong_is_told_as_on_this_machine(address: str, tree: Tree) -> None:
    library = Library(Workspace(tree({**FILES, "templates/base/blocks/prose.html": LOST})))
    told = []
    with DaskCluster(address) as cluster:
        for choice in (None, cluster):
            with pytest.raises(ContentError) as raised:
                Builder(library, BuildOptions(layout="booklet"), RenderCache(None), cluster=choice).render(
                    ["small-page"]
                )
            told.append(raised.value.problems)
    assert told[0] == told[1]
    assert "prose.html" in str(told[0])


def test_the_command_takes_a_cluster(address: str, tree: Tree, tmp_path: Path) -> None:
    folder, output = tree(FILES), tmp_path / "made"
    asked = ["-C", str(folder), "build", "small-page", "--scheduler", address, "-o", str(output)]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    assert (output / "oak-house" / "small-page.pdf").read_bytes().startswith(b"%PDF")
    both = CliRunner().invoke(cli, [*asked, "--processes", "2"])
    assert both.exit_code == 2
    assert "--processes and --scheduler do not go together" in both.output


def test_a_worker_of_another_version_is_refused(address: str, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutkit.isolation.dask_cluster.__version__", "0.0.9")
    library = Library(Workspace(tree(FILES)))
    with DaskCluster(address) as cluster, pytest.raises(MachineError, match=r"install handoutkit 0\.0\.9 on every"):
        Builder(library, BuildOptions(), RenderCache(None), cluster=cluster).render(["small-page"])
