"""What a build told is told again only as long as every file that it could have read is as it was."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handoutkit.build import build_inputs
from handoutkit.build.build_inputs import BuildInputs
from handoutkit.build.kept_build import KeptBuild
from handoutkit.build.written_file import WrittenFile
from handoutkit.errors import Problem
from handoutkit.files import kept_entries
from tests.conftest import ROOT, Run, Tree
from tests.support.samples import FILES, HANDOUT

ASKED = {"handouts": ("small-page",), "lang": None}
NOTICE = Problem("a-code", "a message", "a hint", "handouts/small-page.yaml", 3, 5, "title", "notice", "title: A", 4)
_ALL = {
    **FILES,
    "handouts/locale/es/small-page.po": "",
    "handouts/framings/one.yaml": "",
    "practices/oak.svg": "<svg/>",
    "handouts/photo.png": "a picture",
    "templates/mine/theme.yaml": "extends: base",
}


@pytest.fixture
def folder(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tree({**_ALL, "output/small-page.pdf": "a PDF"})
    monkeypatch.chdir(made)
    return made


def _kept(folder: Path, asked: dict[str, object] | None = None) -> KeptBuild:
    kept = KeptBuild.of(folder, folder / "output", asked or dict(ASKED), ["small-page"])
    assert kept
    return kept


def _file(folder: Path) -> WrittenFile:
    data = (folder / "output/small-page.pdf").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return WrittenFile("output/small-page.pdf", "small-page", "handout", "en", "standard", 1, 2, digest, False, False)


def _keep(folder: Path) -> None:
    _kept(folder).keep([NOTICE], [_file(folder)], ())


def test_what_was_told_is_told_again(folder: Path) -> None:
    assert _kept(folder).told() is None
    _keep(folder)
    told = _kept(folder).told()
    assert told
    assert told.problems == (NOTICE,)
    assert [(file.path, file.unchanged, file.cached) for file in told.files] == [("output/small-page.pdf", True, True)]


@pytest.mark.parametrize("name", [*_ALL, "handoutkit.yaml", "handouts/another.yaml", "templates/new/css/a.css"])
def test_any_change_of_a_file_is_seen(name: str, folder: Path) -> None:
    _keep(folder)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b"new"
    path.write_bytes(before[:-1] + b"#")  # as long as before
    assert _kept(folder).told() is None
    path.unlink()
    as_before = name in ("handoutkit.yaml", "handouts/another.yaml")  # of the third, its folders are left
    assert bool(_kept(folder).told()) == as_before


def test_what_is_asked_and_from_where_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(folder)
    assert _kept(folder, {**ASKED, "lang": "es"}).told() is None
    monkeypatch.chdir(folder / "handouts")
    assert _kept(folder).told() is None


def test_what_is_installed_counts(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(do: Callable[[], object]) -> bool:
        before = BuildInputs(folder).digest
        do()
        return before != BuildInputs(folder).digest

    code, place = tmp_path / "code", tmp_path / "packages"
    for path in (code / "words", place):
        path.mkdir(parents=True)
    (code / "words/signals.yaml").write_text("one")
    monkeypatch.setattr(build_inputs, "PACKAGE", code)
    monkeypatch.syspath_prepend(str(place))
    assert not changed(lambda: None)
    assert changed(lambda: (code / "words/signals.yaml").write_text("two"))
    assert changed((place / "weasyprint-99.dist-info").mkdir)
    assert changed(lambda: monkeypatch.setenv("FONTCONFIG_FILE", "another"))
    assert changed(lambda: monkeypatch.setattr(build_inputs, "system_libraries", lambda: {"libpango-1.0": "1.0"}))
    assert kept_entries.system_libraries() != {"libpango-1.0": "1.0"}


def test_a_result_that_is_not_there_any_more_is_not_told(folder: Path) -> None:
    _keep(folder)
    pdf = folder / "output/small-page.pdf"
    pdf.write_bytes(b"b PDF")
    assert _kept(folder).told() is None
    pdf.write_bytes(b"a PDF")
    assert _kept(folder).told()
    pdf.rename(folder / "elsewhere.pdf")
    assert _kept(folder).told() is None
    pdf.symlink_to(folder / "elsewhere.pdf")
    assert _kept(folder).told() is None


def test_a_file_that_was_saved_during_the_build_keeps_it_from_being_kept(folder: Path) -> None:
    kept = _kept(folder)
    (folder / "handouts/small-page.yaml").write_text(HANDOUT + "# more\n")
    kept.keep([], [_file(folder)], ())
    (folder / "handouts/small-page.yaml").write_text(HANDOUT)
    assert _kept(folder).told() is None


def test_a_damaged_entry_is_as_good_as_none(folder: Path) -> None:
    _keep(folder)
    (entry,) = (folder.parent / "home").rglob("told-*.cached")
    entry.write_bytes(entry.read_bytes().replace(b"a message", b"a massage"))
    assert _kept(folder).told() is None


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
@pytest.mark.parametrize("kind", ["folder", "top", "pipe", "dangling", "old"])
def test_where_there_is_no_telling_nothing_is_kept(kind: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    if kind == "folder":
        (folder / "handouts/linked").symlink_to(tmp_path / "others")
    elif kind == "top":
        (folder / "handouts").rename(tmp_path / "handouts")
        (folder / "handouts").symlink_to(tmp_path / "handouts")
    elif kind == "pipe":
        os.mkfifo(folder / "handouts/pipe.yaml")
    elif kind == "dangling":
        (folder / "handouts/gone.yaml").symlink_to("nowhere.yaml")
    else:
        (folder / "handouts/formats").mkdir()
    assert BuildInputs(folder).digest is None
    _keep(folder)
    assert _kept(folder).told() is None


def test_a_link_to_a_file_is_as_the_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.png").write_text("one")
    (folder / "handouts/linked.png").symlink_to(tmp_path / "elsewhere.png")
    _keep(folder)
    assert _kept(folder).told()
    (tmp_path / "elsewhere.png").write_text("two")
    assert _kept(folder).told() is None


def test_too_much_to_read_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_inputs, "MAX_BYTES", 10)
    assert BuildInputs(folder).digest is None


def test_a_file_that_is_named_may_be_anywhere(folder: Path) -> None:
    assert KeptBuild.of(folder, folder / "output", dict(ASKED), ["small-page", "../small-page.yaml"]) is None


# ---- The command


def test_an_unchanged_build_imports_nothing_that_loads_or_sets(tree: Tree) -> None:
    folder = tree(FILES)
    code = "import sys; from handoutkit.cli.main import cli; cli(['build', 'small-page'], standalone_mode=False); "
    code += "print(*sys.modules)"
    ran = [
        subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    told, modules = ran[1].stdout.splitlines()
    assert told == "output/oak-house/small-page.pdf  (1 page, unchanged)"
    assert not {"pydantic", "yaml", "jinja2", "weasyprint", "pikepdf", "babel"} & set(modules.split())
    assert "handoutkit.build.builder" in ran[0].stdout


def test_it_says_and_gives_what_it_would_if_nothing_were_kept(tree: Tree, run: Run) -> None:
    folder = tree(
        {**FILES, "handouts/small-page.yaml": HANDOUT.replace("reviewed_on: 2026-03", "reviewed_on: 2020-03")}
    )
    home = folder.parent / "home"

    def both(*more: str) -> None:
        kept = run("build", "small-page", *more, cwd=folder)
        assert list(home.rglob("told-*.cached"))
        for entry in home.rglob("told-*.cached"):
            entry.unlink()
        assert run("build", "small-page", *more, cwd=folder) == kept

    run("build", "small-page", "--to", "pdf", "--to", "txt", cwd=folder)
    both("--to", "pdf", "--to", "txt")
    both("--to", "pdf", "--to", "txt", "--json")
    both("--to", "pdf", "--to", "txt", "--strict")


def test_nothing_of_a_client_is_kept(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    run("build", "small-page", "-o", "for-someone", cwd=folder)
    assert (
        run("build", "small-page", "-o", "for-someone", cwd=folder).stdout
        == "for-someone/oak-house/small-page.pdf  (1 page, unchanged)\n"
    )
    (entry,) = (folder.parent / "home").rglob("told-*")
    assert b"for-someone" not in entry.read_bytes()
    entry.unlink()
    for more in (("--client-ref", "K-1"), ("--client-ref", "K-1", "--set", "note=Hello"), ("--draft",), ("--archive",)):
        run("build", "small-page", *more, cwd=folder)
    assert not list((folder.parent / "home").rglob("told-*"))


def test_what_ships_is_not_too_much() -> None:
    assert BuildInputs(ROOT).are_the_same()
