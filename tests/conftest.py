"""Fixtures: a workspace from a tree of texts, the command as a user runs it, and the library's PDFs, built once."""

from __future__ import annotations

import json
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache as memo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.cli.main import cli
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.practice import Paper
from handoutkit.render.render_cache import RenderCache

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A shell that runs the tests in the background ignores Ctrl-C, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PRACTICES = ("riverbend-counseling", "shift-your-journey")
PAPERS: tuple[Paper, ...] = ("letter", "a4")
COPIES: tuple[tuple[str, Paper], ...] = tuple(zip(PRACTICES, PAPERS, strict=True))
"""Each practice once and each paper once: what a page is made of does not depend on both at a time."""
TODAY = date(2026, 11, 30)
"""The day that counts as today in tests, so that none breaks by the calendar alone."""
HANDOUTS = sorted(Workspace(ROOT).handout_files)


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


Run = Callable[..., Ran]
Tree = Callable[[Mapping[str, str]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with a browser come first: they take longest, and none of them is then what one worker ends with."""
    with_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in with_browser)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's cache, or another test's, nor has its temporary files where a command put another's."""
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def _one_worker(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """The worker may read the folders of all tests, or each of them would have to wait for one of its own."""
    base = tmp_path_factory.getbasetemp()
    tempfile.tempdir = str(base)  # for tests that make folders by themselves, one for each example
    the_worker().start(reads=[base if worker_id == "master" else base.parent])


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes files from ``{path: text}`` and returns their folder."""

    def write(files: Mapping[str, str]) -> Path:
        folder = tmp_path / "workspace"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        return folder

    return write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``handoutkit`` with arguments, in a folder, and returns its exit code and both streams."""

    monkeypatch.setattr("handoutkit.cli.shared_options._today", lambda: TODAY)

    def invoke(*args: str | Path, cwd: Path = tmp_path) -> Ran:
        monkeypatch.chdir(cwd)
        result = CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="handoutkit")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for longer than a file: as long as it is there, no other test of this process can run an event loop."""
    from tests.support.browser_app import chromium  # imports the app, which few tests need

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home for caches that the workers of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "warm"


@pytest.fixture(scope="session")
def cache(warm: Path) -> RenderCache:
    """The cache in there, where commands that have that home find it as well."""
    return RenderCache(warm / "handoutkit" / "rendered")


@pytest.fixture(scope="session")
def pdf_of(cache: RenderCache) -> Callable[..., bytes]:
    """The PDF of a shipped handout, by id and choices."""

    @memo
    def build(handout: str, **choices: Any) -> bytes:
        builder = Builder(Library(Workspace(ROOT)), BuildOptions(**choices), cache)
        return builder.render([handout]).finished[0].rendered.pdf

    return build


EACH_COPY = [(handout, *copy) for handout in HANDOUTS for copy in COPIES]
SHORT_COPIES = {*EACH_COPY[::2], *EACH_COPY[1::14]}
"""Each handout for one practice on one paper, and some of them for the other."""


@pytest.fixture(
    params=[pytest.param(copy, marks=() if copy in SHORT_COPIES else pytest.mark.long) for copy in EACH_COPY],
    ids=["-".join(copy) for copy in EACH_COPY],
)
def shipped_pdf(request: pytest.FixtureRequest, pdf_of: Callable[..., bytes]) -> bytes:
    """Each shipped handout, for each practice and on each paper."""
    handout, practice, paper = request.param
    pdf: bytes = pdf_of(handout, practice=practice, paper=paper)
    return pdf
