"""Every fault a file can have, and the exact words that it must give.

Beside each wrong file in ``tests/wrong_files/`` stands ``NAME.expected`` with its problems as the command line prints
them. After a change of wording, write these files anew and read the difference before you commit it:

    HANDOUTKIT_UPDATE=1 pytest tests/loading/test_wrong_files.py
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.files.text_files import MAX_BYTES
from handoutkit.loading.load_file import load_handout
from tests.conftest import ROOT
from tests.support.loading_helpers import HANDOUT, LOADERS, PRACTICE, problems_of

FOLDER = ROOT / "tests" / "wrong_files"
WRONG = sorted(FOLDER.rglob("*.yaml"))
UPDATE = os.environ.get("HANDOUTKIT_UPDATE") == "1"


@pytest.mark.parametrize("path", WRONG, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_wrong_file_gives_its_exact_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)  # problems name a file from where the user stands
    started = time.perf_counter()
    problems = problems_of(Path(path.name), path.parent.name)
    assert time.perf_counter() - started < 30, "a hang, not a matter of speed"
    said = "\n".join(map(str, problems)) + "\n"
    expected = path.with_suffix(".expected")
    if UPDATE:
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")


def test_every_file_here_is_one_of_a_pair() -> None:
    files = {path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file()}
    wanted = {path.relative_to(FOLDER).with_suffix(suffix) for path in WRONG for suffix in (".yaml", ".expected")}
    assert files == wanted
    assert {path.parent.name for path in WRONG} <= set(LOADERS)


@pytest.mark.parametrize("path", WRONG, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_words_for_people(path: Path) -> None:
    problems = problems_of(path, path.parent.name)
    assert problems
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    for problem in problems:
        assert problem.message, "what is wrong"
        assert problem.hint, "what to do"
        for word in ("Input should", "pydantic", "Traceback", "NoneType", "mapping", "sequence", "scalar", "token"):
            assert word not in problem.message + problem.hint
        assert problem.message.isprintable()
        assert problem.path.isprintable()
        assert max(len(problem.message), len(problem.hint)) < 320


def test_what_a_refusal_looks_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.yaml").write_text(HANDOUT.replace("type: prose", "type: contrats"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_handout(Path("one.yaml"))
    assert str(caught.value) == (
        "one.yaml:17:11: error[unknown-block] blocks[0].type\n"
        "  17 |   - type: contrats\n"
        "     |           ^^^^^^^^\n"
        "  there is no type of block called `contrats`\n"
        "  did you mean `contrast`?"
    )


# ---- What is not a file


def _said(path: Path, kind: str = "handouts") -> str:
    return "\n".join(map(str, problems_of(path, kind)))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_missing_file(here: Path) -> None:
    missing = (
        "nothing.yaml: error[no-such-file]\n"
        "  there is no such file\n"
        "  check the spelling; `handoutkit list` shows what there is"
    )
    assert _said(Path("nothing.yaml")) == missing
    (here / "file").touch()
    assert _said(Path("file/nothing.yaml")) == missing.replace("nothing.yaml", "file/nothing.yaml")


def test_a_folder(here: Path) -> None:
    (here / "folder.yaml").mkdir()
    assert _said(Path("folder.yaml")) == (
        "folder.yaml: error[is-a-folder]\n  this is a folder, not a file\n  name one of the files in it"
    )


def test_a_link_that_leads_nowhere(here: Path) -> None:
    (here / "link.yaml").symlink_to(here / "gone.yaml")
    assert _said(Path("link.yaml")).splitlines()[1:] == [
        "  this is a link to a file that is not there",
        "  put the file back, or copy it here in place of the link",
    ]


def test_links_that_lead_round_in_a_circle(here: Path) -> None:
    (here / "one.yaml").symlink_to(here / "two.yaml")
    (here / "two.yaml").symlink_to(here / "one.yaml")
    assert "unreadable" in _said(Path("one.yaml"))


@pytest.mark.parametrize("name", ["link.yaml", "folder/kept.yaml", "kept.txt"])
def test_lines_of_what_may_be_none_of_ours_are_not_shown(here: Path, tmp_path: Path, name: str) -> None:
    """A link, a file behind a linked folder, and one that has another ending: the place is told, and not the words."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    for text in (
        "id: [secret-words]\ntitle: more secret-words\n",
        "id: secret-words\nÄ secret-words".encode("latin-1"),
    ):
        (outside / "kept.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        (here / "kept.txt").write_bytes((outside / "kept.yaml").read_bytes())
        for link, target in (("link.yaml", outside / "kept.yaml"), ("folder", outside)):
            (here / link).unlink(missing_ok=True)
            (here / link).symlink_to(target)
        problems = problems_of(Path(name), "handouts")
        assert {problem.file for problem in problems} == {name}
        assert all(problem.line for problem in problems)
        assert "secret-words" not in "".join(map(str, problems))


def test_a_link_to_a_file_of_another_kind_is_not_read(here: Path) -> None:
    (here / "secret.txt").write_text("secret words")
    (here / "link.yaml").symlink_to("secret.txt")
    said = _said(Path("link.yaml"))
    assert "error[link-outside]" in said
    assert "secret words" not in said


def test_a_file_that_cannot_be_read() -> None:
    """Root may read what others may not, so a name too long for any file stands for all of these."""
    said = _said(Path("x" * 300 + ".yaml"))
    assert "  this file cannot be read (" in said
    assert said.endswith("  check that you may open it, and that its name is right")


def test_a_pipe_is_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "pipe.yaml")
    assert "this file cannot be read (it is a pipe or a device)" in _said(Path("pipe.yaml"))


def test_a_name_that_no_file_can_have() -> None:
    assert "[unreadable]" in _said(Path("a\0b.yaml"))


def test_a_huge_file(here: Path) -> None:
    (here / "huge.yaml").write_bytes(b"a: " + b"x" * MAX_BYTES)
    assert _said(Path("huge.yaml")) == (
        "huge.yaml: error[too-large]\n"
        "  this file is larger than 1,000,000 bytes\n"
        "  a handout is text and needs far less; is this the right file?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 900_000,
        "a: " + "{a: " * 200_000,
        "- " * 400_000,
        "\n".join(f"k{n}: v" for n in range(80_000)),
        "\n".join(f"k{n}: v" for n in range(9_000)),
        "a: 1\n" * 19_000,
        "id: [" + "x, " * 300_000 + "]",
        "blocks:\n" + "  - {}\n" * 9_000,
        "blocks:\n" + "  - {type: concept, sources: [a]}\n" * 3_000,
        "'" + "x" * 900_000,
        "x" * 900_000 + ": y",
        'title: "' + "a: " * 300_000,
        "a: &a x\nb: [" + "*a, " * 19_000 + "]",
        "? " * 300_000,
        "# " + "x" * 900_000,
        "title: " + "<a" * 4_000,
    ],
    ids=lambda text: text[:12].strip().replace("\n", " "),
)
def test_hostile_files_are_refused_soon(here: Path, text: str) -> None:
    (here / "hostile.yaml").write_text(text, encoding="utf-8")
    started = time.perf_counter()
    assert problems_of(Path("hostile.yaml"))
    assert time.perf_counter() - started < 30  # a hang, not a matter of speed


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(here: Path) -> None:
    (here / "sample.yaml").write_bytes(("\ufeff" + HANDOUT.replace("\n", "\r\n")).encode())
    assert load_handout(here / "sample.yaml").model.title == "A sample"


def test_a_logo_that_is_a_link_out_of_the_folder(here: Path) -> None:
    (here.parent / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "utf-8")
    (here / "logo.svg").symlink_to(here.parent / "logo.svg")
    (here / "sample.yaml").write_text(PRACTICE + "logo: {file: logo.svg, text: A mark}\n", encoding="utf-8")
    assert _said(Path("sample.yaml"), "practices") == (
        "sample.yaml:9:14: error[picture-outside] logo.file\n"
        "  9 | logo: {file: logo.svg, text: A mark}\n"
        "    |              ^^^^^^^^\n"
        "  `logo.svg` is a link that leads out of the folder\n"
        "  copy the picture itself beside this file"
    )
