"""What a clinician gets from ``pipx install``: the wheel alone, outside any checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import HANDOUTS, ROOT
from tests.support.pdf_reading import failures
from tests.support.short_suite import rest_is_long


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_what_ships_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"handoutkit"}
    for folder in ("handouts", "templates", "practices", "schemas"):
        assert any(name.startswith(f"handoutkit/shipped/{folder}/") for name in names)
    assert any(name.endswith("scaffold/workspace/output/.gitignore") for name in names)
    assert not [name for name in names if "test" in name or "/output/riverbend" in name]


@pytest.mark.parametrize(
    "built",
    rest_is_long([[*HANDOUTS[:1], "my-first-handout"], ["--all"]], stays=lambda built: built != ["--all"]),
    ids=["two", "all"],
)
def test_it_works_from_the_wheel_alone(wheel: Path, tmp_path: Path, built: list[str]) -> None:
    """The wheel in an environment of its own, which borrows only the dependencies of this one."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    site = next(home.glob("lib/python*/site-packages")) if os.name != "nt" else home / "Lib/site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "zz-dependencies.pth").write_text("\n".join(borrowed), encoding="utf-8")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def run(*args: str, cwd: Path) -> str:
        # -P keeps the current folder out of the path; the checkout is not on it either.
        command = [str(python), "-P", "-m", "handoutkit", *args]
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = [str(python), "-I", "-c", "import handoutkit; print(handoutkit.__file__)"]
    assert str(site) in subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    run("init", "mine", cwd=tmp_path)
    folder = tmp_path / "mine"
    assert run("list", cwd=folder).count("(") == len(HANDOUTS) + 1
    run("build", *built, cwd=folder)
    made = sorted((folder / "output/my-practice").glob("*.pdf"))
    assert len(made) == (len(HANDOUTS) + 1 if built == ["--all"] else 2)
    assert all(failures(path.read_bytes()) == [] for path in made)
