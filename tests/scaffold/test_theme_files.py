"""Themes that travel: packed with all that is theirs, and added elsewhere, or refused with every reason."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from tests.conftest import ROOT, Run, Tree
from tests.support import worker_tasks
from tests.support.pdf_reading import fonts, opened
from tests.support.samples import FILES

SETTINGS = "title: Ours\ndescription: As we like it.\nextends: base\n"
FACE = '@font-face { font-family: Own; src: url("../fonts/own.ttf") }\nh1 { font-family: Own }\n'
SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9"/></svg>'
NAME = '{% include "shipped/parts/foot.html" %}<img class="seal" alt="" src="../pictures/seal.svg">'
THEME = {
    "templates/our-look/theme.yaml": SETTINGS,
    "templates/our-look/css/50-ours.css": FACE,
    "templates/our-look/pictures/seal.svg": SEAL,
    "templates/our-look/parts/note.html": NAME.replace("foot", "note"),
}


def packed(
    files: dict[str, str], *, modes: dict[str, int] | None = None, packed_as: int = zipfile.ZIP_DEFLATED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = packed_as
            entry.external_attr = (modes or {}).get(name, stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text)
    return made.getvalue()


def with_font(folder: Path) -> Path:
    fonts = folder / "templates/our-look/fonts"
    fonts.mkdir()
    (fonts / "own.ttf").write_bytes((ROOT / "templates/fonts/YoungSerif-Regular.ttf").read_bytes())
    return folder


def test_a_theme_travels_with_its_fonts_and_pictures_under_any_name(tree: Tree, run: Run, tmp_path: Path) -> None:
    """Packed in one workspace, added in another, and its folder renamed there: the page has its font."""
    folder = with_font(tree({**FILES, **THEME}))
    first = run("theme", "pack", "our-look", "--json", cwd=folder)
    assert first.json["outputs"] == [{"path": "our-look.zip", "id": "our-look"}]
    packed_once = (folder / "our-look.zip").read_bytes()
    assert run("theme", "pack", "our-look", cwd=folder).exit_code == 0
    assert (folder / "our-look.zip").read_bytes() == packed_once
    other = tmp_path / "other"
    for name, text in FILES.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text, encoding="utf-8")
    added = run("theme", "add", folder / "our-look.zip", "--json", cwd=other)
    assert added.json["themes"] == ["our-look"]
    assert (other / "templates/our-look/fonts/own.ttf").is_file()
    again = run("theme", "add", folder / "our-look.zip", cwd=other)
    assert again.exit_code == 1
    assert "there is a theme `our-look` here" in again.stderr
    (other / "templates/our-look").rename(other / "templates/new-name")
    built = run(
        "build", "small-page", "--theme", "new-name", "--layout", "booklet", "--to", "pdf", "--to", "html", cwd=other
    )
    assert built.exit_code == 0, built.stderr
    pdf = opened((other / "output/oak-house/small-page.booklet.new-name.pdf").read_bytes())
    assert "Own" in fonts(pdf)
    page = (other / "output/oak-house/small-page.booklet.new-name.html").read_text(encoding="utf-8")
    assert "theme:" not in page


def test_what_would_not_travel_is_told(tree: Tree, run: Run) -> None:
    css = '@font-face { font-family: Own;\n  src: url("theme:fonts/own.ttf") }'
    lettering = "lettering: {family: Own, regular: fonts/own.ttf, bold: fonts/own.ttf}\n"
    theme = {**THEME, "templates/our-look/css/50-ours.css": css, "templates/our-look/theme.yaml": SETTINGS + lettering}
    folder = tree({**FILES, **theme})
    (folder / "templates/fonts").mkdir()
    (folder / "templates/fonts/own.ttf").write_bytes(b"font")
    result = run("theme", "pack", "our-look", cwd=folder)
    assert result.exit_code == 1
    assert "50-ours.css:2:13: error[outside-theme]" in result.stderr
    assert "error[outside-theme] lettering.regular" in result.stderr
    shipped = run("theme", "pack", "calm", cwd=folder)
    assert "error[shipped-theme]" in shipped.stderr


GOOD = {"ours/theme.yaml": SETTINGS}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK not a zip", "error[not-a-theme]"),
        (packed({}), "there is no theme in it"),
        (packed({**GOOD, "../evil.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "/etc/evil.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "ours/css/../../../evil.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "ours\\..\\evil.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "ours/css/aux.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "C:/evil.css": ""}), "error[bad-path]"),
        (packed({**GOOD, "ours/css/x.css": "y"}, modes={"ours/css/x.css": stat.S_IFLNK | 0o777}), "error[not-a-file]"),
        (packed({**GOOD, "ours/run.py": "print()"}), "error[not-in-a-theme]"),
        (packed({"theme.yaml": SETTINGS}), "error[no-folder]"),
        (packed({**GOOD, "ours/css/A.css": "", "ours/css/a.css": ""}), "error[duplicate-file]"),
        (packed({**GOOD, "ours/css/a.css": " " * 5_000_001}), "error[too-large]"),
        (packed({**GOOD, **{f"ours/css/{n}.css": "" for n in range(400)}}), "error[too-many-files]"),
        (packed({**GOOD, "ours/a.css": "", "ours/a.css/b.css": ""}), "error[duplicate-file]"),
        (packed({"locale/theme.yaml": SETTINGS, "locale/es/interface.po": ""}), "there is a folder `locale` here"),
        (packed({"fonts/theme.yaml": SETTINGS, "fonts/own.ttf": ""}), "there is a folder `fonts` here"),
        (packed(GOOD, packed_as=zipfile.ZIP_LZMA), "error[not-a-theme]"),
        (packed(GOOD, packed_as=zipfile.ZIP_BZIP2), "error[not-a-theme]"),
        (packed({"ours/css/a.css": ""}), "error[no-theme-file]"),
        (packed({"ours/theme.yaml": SETTINGS + "stripe: {edge: middle}\n"}), "theme.yaml:4:16: error["),
        (packed({"ours/theme.yaml": SETTINGS.replace("base", "theirs")}), "theme.yaml:3:10: error[unknown-theme]"),
    ],
)
def test_a_packed_theme_that_is_none_writes_nothing(data: bytes, says: str, tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    (folder / "sent.zip").write_bytes(data)
    result = run("theme", "add", "sent.zip", cwd=folder)
    assert result.exit_code == 1
    assert says in result.stderr
    assert not (folder / "templates").exists()
    assert not any(path.name == "evil.css" for path in folder.parent.rglob("*"))


def test_all_reasons_are_told_at_once_and_what_a_mac_adds_is_none(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    (folder / "sent.zip").write_bytes(packed({**GOOD, "ours/a.exe": "", "../b.css": "", "loose.css": ""}))
    result = run("theme", "add", "sent.zip", cwd=folder)
    assert all(f"error[{code}]" in result.stderr for code in ("not-in-a-theme", "bad-path", "no-folder"))
    (folder / "sent.zip").write_bytes(packed({**GOOD, "__MACOSX/ours/._theme.yaml": "x", "ours/.DS_Store": "x"}))
    assert run("theme", "add", "sent.zip", cwd=folder).exit_code == 0
    assert sorted(path.name for path in (folder / "templates/ours").iterdir()) == ["theme.yaml"]


def test_a_bomb_is_told_by_what_comes_out_of_it(tree: Tree, run: Run) -> None:
    """Its list says each file is small; each is five megabytes of nothing."""
    folder = tree(FILES)
    data = bytearray(packed({**GOOD, "ours/css/a.css": "\0" * 6_000_000}))
    size = (6_000_000).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (10).to_bytes(4, "little")
    (folder / "sent.zip").write_bytes(bytes(data))
    assert run("theme", "add", "sent.zip", cwd=folder).exit_code == 1
    assert not (folder / "templates").exists()


def test_a_folder_that_is_there_is_nobodys_theme(tree: Tree, run: Run) -> None:
    """It has no settings, and so is no theme; what is in it is the user's all the same."""
    folder = tree({**FILES, "templates/ours/notes.txt": "mine"})
    (folder / "sent.zip").write_bytes(packed({**GOOD, "ours/notes.txt": "theirs"}))
    result = run("theme", "add", "sent.zip", cwd=folder)
    assert (result.exit_code, "error[already-there]" in result.stderr) == (1, True)
    assert (folder / "templates/ours/notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "path", ["../handouts/small-page.yaml", "ours/../../x.html", "/x.css", "ours/run.py", "base/x.css", "x.css"]
)
def test_a_worker_that_was_taken_over_says_not_where_files_of_a_theme_go(path: str, tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    sent = folder.parent / "sent.zip"
    sent.write_bytes(packed(GOOD))
    the_worker().end()
    limits = ResourceLimits(seconds=60, wall=300, memory=1_500_000_000)
    the_worker().call(f"{worker_tasks.__name__}:unpack_elsewhere", path, limits=limits, file="-", reads=[ROOT, folder])
    try:
        ran = run("theme", "add", sent, cwd=folder)
    finally:
        the_worker().end()
    assert (ran.exit_code, "worker-died" in ran.stderr) == (1, True)
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before
