"""``handoutkit batch`` and ``purge`` on real packets: what is made, what is told, and what nobody is told."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Ran, Run, Tree
from tests.support.batch_samples import HANDOUT, HEADER, many, roster, small_workspace
from tests.support.pdf_reading import failures, text
from tests.support.po_samples import change, marked
from tests.support.samples import PRACTICE

Batch = Callable[..., Ran]
NAMES = ("Oluwaseun", "Quennell", "Featherby", "Tuesday after lunch", "Brightwater")


@pytest.fixture
def batch(tree: Tree, run: Run, warm: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Runs ``handoutkit batch`` on a roster in the small workspace."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    workspace = small_workspace(tree)

    def invoke(rows: list[str], *args: str | Path, header: str = HEADER) -> Ran:
        path = roster(workspace / "November.csv", rows, header)
        return run("-C", workspace, "batch", path, "--packet", "small", "--processes", "1", "--allow-empty", *args)

    return invoke


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "output" / "november"


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def _all_bytes(folder: Path) -> Iterator[bytes]:
    """Every file's name, and its content unless it is a packet."""
    for path in folder.rglob("*"):
        yield str(path.relative_to(folder)).encode()
        if path.is_file() and path.suffix != ".pdf":
            yield path.read_bytes()


def test_a_roster_becomes_packets(batch: Batch, made: Path) -> None:
    rows = [
        '0007,Zoë Featherby,2026-12-03 14:30,"Two lines,\nof a note",2,yes',
        "QX-2,Bo Featherby,02/30/2026,,,yes",
        "QX-3,Cy Featherby,,,,no",
    ]
    ran = batch(rows, header=HEADER + ",copies,safe_to_send")
    assert ran.exit_code == 4
    assert ran.stdout.endswith("(1 made, 1 held back (not safe_to_send), 1 with problems)\n")
    assert "row 3, next_session" in ran.stderr
    assert sorted(path.name for path in made.iterdir()) == [".handoutkit", "0007.pdf", "manifest.jsonl", "report.txt"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.rglob("*") if path.is_file()} == {0o600}
    printed = text((made / "0007.pdf").read_bytes())
    for wanted in ("Zoë Featherby", "0007", "December 3, 2026", "2:30", "of a note"):
        assert wanted in printed
    (line,) = _lines(made)
    assert (line["client_ref"], line["packet"], line["copies"], line["verified"]) == ("0007", "small", 2, "full")
    assert line["editions"] == {HANDOUT: Library(Workspace(ROOT)).handout(HANDOUT).model.edition}
    assert line["options"]["practice"] == "riverbend-counseling"
    assert "row 3, next_session" in (made / "report.txt").read_text()


def test_run_again_only_what_changed_is_made(batch: Batch, made: Path) -> None:
    assert batch(many(3), "--verify", "full").exit_code == 0
    assert [line["verified"] for line in _lines(made)] == ["full"] * 3
    assert not failures((made / "QX-0001.pdf").read_bytes())
    before = {path.name: path.stat().st_mtime_ns for path in made.glob("*.pdf")}
    changed = [*many(2), "QX-0002,Another Name,,", "QX-0003,New,,"]
    (made / "QX-0001.pdf").write_bytes(b"damaged")
    assert "3 made, 1 unchanged" in batch(changed).stdout
    after = {path.name: path.stat().st_mtime_ns for path in made.glob("*.pdf")}
    assert [name for name in sorted(after) if after[name] == before.get(name)] == ["QX-0000.pdf"]
    assert [line["client_ref"] for line in _lines(made)].count("QX-0001") == 2


def test_a_dry_run_makes_nothing(batch: Batch, made: Path) -> None:
    ran = batch([*many(2), "QX-9,Bo,02/30/2026,"], "--dry-run", "--json")
    assert ran.exit_code == 4
    assert ran.json["counts"] == {"to_make": 2, "unchanged": 0, "held": 0, "bad": 1}
    assert [problem["path"] for problem in ran.json["problems"]] == ["row 4, next_session"]
    assert not made.exists()


def test_nobody_is_named(batch: Batch, made: Path, tmp_path: Path) -> None:
    """In no file name, log, cache, manifest, report, progress, error or metadata."""
    rows = [
        "A-1,Oluwaseun Quennell,Tuesday after lunch,Brightwater",
        "A-2,Oluwaseun Featherby,02/30/2026 Tuesday after lunch,Brightwater",
        "quennell-3,Oluwaseun Quennell,,",
        f"A-4,{'Featherby ' * 40},,",
        '"A-5,Quennell,,',
    ]
    ran = batch(rows, header=HEADER)
    assert ran.exit_code == 4
    assert "1 made" in ran.stdout
    printed = text((made / "A-1.pdf").read_bytes())
    assert "Oluwaseun Quennell" in printed
    assert "Brightwater" in printed
    told = b"\n".join([ran.stdout.encode(), ran.stderr.encode(), *_all_bytes(made), *_all_bytes(tmp_path / "home")])
    with pikepdf.open(made / "A-1.pdf") as pdf:
        told += str(dict(pdf.docinfo)).encode() + pdf.Root.Metadata.read_bytes()
    assert not [name for name in NAMES if name.casefold().encode() in told.lower()]


def test_a_password_that_is_not_there(batch: Batch, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET", raising=False)
    result = batch(["A-1,Bo,,"], "--password-env", "SECRET")
    assert result.exit_code == 2
    assert "there is nothing in the environment variable 'SECRET'" in result.stderr
    assert not made.exists()


def test_passwords(batch: Batch, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "client_ref,display_name,secret"
    assert batch(["A-1,Bo,pa55"], "--password-column", "secret", header=header).exit_code == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(made / "A-1.pdf")
    with pikepdf.open(made / "A-1.pdf", password="pa55") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits, pdf.allow.accessibility) == (6, 256, True)
    assert _lines(made)[0]["encrypted"]
    assert "1 unchanged" in batch(["A-1,Bo,pa55"], "--password-column", "secret", header=header).stdout
    monkeypatch.setenv("SECRET", "shared")
    assert "1 made" in batch(["A-1,Bo,"], "--password-env", "SECRET", header=header).stdout
    pikepdf.open(made / "A-1.pdf", password="shared").close()
    assert b"shared" not in b"".join(_all_bytes(made))


def test_each_row_its_own_packet(batch: Batch, made: Path) -> None:
    rows = [f"A-1,Bo,,three-ways-of-relating;{HANDOUT},the mill house", "A-2,Bo,small,,"]
    ran = batch(rows, header="client_ref,display_name,packet,handouts,location")
    assert ran.exit_code == 0
    first, second = _lines(made)
    assert list(first["editions"]) == ["three-ways-of-relating", HANDOUT]
    assert first["options"]["location"] == "The Mill House"
    assert list(second["editions"]) == [HANDOUT]


def test_each_row_in_its_own_language(batch: Batch, made: Path, run: Run, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    header = "client_ref,display_name,next_session,handouts,language"
    refused = batch(["A-1,Bo,,,es", "A-2,Bo,,,"], "--dry-run", header=header)
    assert refused.exit_code == 4
    assert "`small` is not there in `es`" in refused.stderr
    assert "row 2" in refused.stderr
    assert "(1 to make, 0 unchanged)" in refused.stdout
    assert run("-C", workspace, "translate", "extract", "small", "--lang", "es").exit_code == 0
    (catalogue,) = workspace.rglob("es/packets/small.po")
    change(catalogue, marked)
    rows = ["A-1,Bo,2026-12-03,,es", "A-2,Bo,2026-12-03,,", f"A-3,Bo,2026-12-03,{HANDOUT},es"]
    assert batch(rows, header=header).exit_code == 0
    pages = {name: text((made / f"{name}.pdf").read_bytes()) for name in ("A-1", "A-2", "A-3")}
    for page, title, day in zip(
        pages.values(),
        ("«A small packet»", "A small packet", "Sus hojas"),
        ("3 de diciembre de 2026", "December 3, 2026", "3 de diciembre de 2026"),
        strict=True,
    ):
        assert title in page
        assert day in page
    assert "Asking for what you need" in pages["A-2"]
    assert "Asking for what you need" not in pages["A-1"] + pages["A-3"]
    assert [line["options"].get("language") for line in _lines(made)] == ["es", None, "es"]


def test_a_layout_that_cannot_be_made_fails_its_rows_only(batch: Batch, tree: Tree) -> None:
    tree({"handouts/packets/broken.yaml": "id: broken\ntitle: B\nlanguage: en\nhandouts:\n  - handout: absent\n"})
    rows = ["A-1,Bo,broken", "A-2,Bo,small"]
    ran = batch(rows, "--dry-run", header="client_ref,display_name,packet")
    assert ran.exit_code == 4
    assert "error[no-such-handout]" in ran.stderr
    assert "error[no-layout] row 2" in ran.stderr
    assert "(1 to make, 0 unchanged)" in ran.stdout


def test_a_layout_that_many_rows_ask_for_is_told_once(batch: Batch, tree: Tree) -> None:
    tree({"handouts/packets/broken.yaml": "id: broken\ntitle: B\nlanguage: en\nhandouts:\n  - handout: absent\n"})
    rows = ["A-1,Bo,broken", "A-2,,broken", "A-3,Bo,small", "A-4,Bo,broken"]
    ran = batch(rows, "--dry-run", header="client_ref,display_name,packet")
    assert ran.exit_code == 4
    assert ran.stderr.count("error[") == 2
    assert "error[no-layout] rows 2-3, 5\n  what 3 rows ask for cannot be made (see `no-such-handout`)" in ran.stderr


def test_a_language_that_a_packet_lacks_is_one_problem_with_the_ways_out(batch: Batch) -> None:
    rows = [*(f"A-{n},Bo,Spanish" for n in range(3)), "B-1,Bo,English"]
    ran = batch(rows, "--dry-run", header="client_ref,display_name,Language")
    assert (ran.exit_code, ran.stderr.count("error[")) == (4, 1)
    assert "November.csv:2:3: error[no-such-language] rows 2-4, language\n" in ran.stderr
    assert "`small` is not there in `es`, and 3 rows ask for it" in ran.stderr
    assert '--map "Language=-"' in ran.stderr
    ran = batch(rows, "--dry-run", "--map", "Language=-", header="client_ref,display_name,Language")
    assert (ran.exit_code, ran.stderr) == (0, "")


def test_rows_without_a_layout_point_at_an_error_and_at_no_warning_before_it(batch: Batch, tree: Tree) -> None:
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3" fill="#17635A"/></svg>'
    unfinished = PRACTICE.replace("0117 496 0123", "555-0100") + "logo: {file: mark.svg, text: Oak House}\n"
    tree({"practices/oak-house.yaml": unfinished, "practices/mark.svg": mark})
    ran = batch(["A-1,Bo,,"], "--practice", "oak-house")
    assert ran.stderr.index("warning[name-twice]") < ran.stderr.index("error[placeholder]")
    assert "cannot be made (see `placeholder`)" in ran.stderr


def test_a_roster_with_nothing_but_problems(batch: Batch, made: Path) -> None:
    ran = batch(["a/b,Bo,,", ",Bo,,"], "--json")
    assert ran.exit_code == 1
    assert len(ran.json["problems"]) == 2
    assert not list(made.glob("*.pdf"))


def test_strict_counts_a_column_that_may_be_a_slip(batch: Batch, made: Path) -> None:
    ran = batch(["A-1,Bo,June"], "--strict", header="client_ref,display_name,clinican")
    assert ran.exit_code == 1
    assert "the column `clinican` is not used" in ran.stderr
    assert "did you mean `clinician`?" in ran.stderr
    assert not list(made.glob("*.pdf"))


def test_a_value_that_does_not_fit_is_told_by_row_and_column(batch: Batch) -> None:
    ran = batch([*many(1), f"A-4,{'Featherby ' * 40},,"])
    assert ran.exit_code == 4
    assert "November.csv:3:2: error[value-too-long] row 3, display_name\n" in ran.stderr


def test_a_value_that_no_packet_prints_is_told(batch: Batch) -> None:
    ran = batch(["A-1,Bo,keep going"], "--dry-run", header="client_ref,display_name,own_words")
    assert ran.exit_code == 0
    assert "the column `own_words` is not used" in ran.stderr


def test_a_preferred_name_is_no_column_that_is_not_used(batch: Batch) -> None:
    ran = batch(["A-1,Bo"], "--dry-run", "--allow-empty", header="client_ref,Goes by")
    assert (ran.exit_code, "is not used" in ran.stderr) == (0, False)


def test_a_file_of_someone_else_is_not_overwritten(batch: Batch, made: Path) -> None:
    made.mkdir(parents=True)
    (made / "QX-0001.pdf").write_bytes(b"mine")
    ran = batch(many(2))
    assert ran.exit_code == 4
    assert "file-in-the-way" in ran.stderr
    assert (made / "QX-0001.pdf").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written(batch: Batch, made: Path) -> None:
    made.parent.mkdir(parents=True)
    made.write_text("in the way")
    ran = batch(many(2))
    assert ran.exit_code == 3
    assert "cannot-write" in ran.stderr


def test_purge_takes_what_the_batch_made(batch: Batch, run: Run, made: Path, tmp_path: Path) -> None:
    batch(many(3))
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"mine")
    (made / "QX-0001.pdf").unlink()
    (made / "QX-0001.pdf").symlink_to(outside)
    (made / "notes.txt").write_text("mine")
    with (made / "manifest.jsonl").open("a") as manifest:
        line = {"client_ref": "../../outside", "file": "../../outside.pdf", "sha256": "", "input": ""}
        manifest.write(json.dumps(line) + "\n")
    ran = run("-C", made.parent.parent, "purge", "november")
    assert "2 packets removed" in ran.stdout
    assert sorted(path.name for path in made.iterdir()) == ["QX-0001.pdf", "notes.txt"]
    assert outside.read_bytes() == b"mine"
    again = run("-C", made.parent.parent, "purge", "november")
    assert again.exit_code == 2
    assert "no-batch" in again.stderr


def test_purge_leaves_no_folder_of_a_batch_that_made_nothing(batch: Batch, run: Run, made: Path) -> None:
    assert batch(["a/b,Bo,,"]).exit_code == 1
    assert run("purge", made).exit_code == 0
    assert not made.exists()


def test_purge_removes_what_a_killed_run_was_making(batch: Batch, run: Run, made: Path) -> None:
    assert batch(["a/b,Bo,,"]).exit_code == 1
    left = made / ".handoutkit" / "being-made" / "of-a-process" / "QX-1.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"Robin")
    assert run("purge", made).exit_code == 0
    assert not made.exists()


@pytest.mark.parametrize(
    "name",
    [
        "manifest.jsonl",
        "report.txt",
        ".handoutkit/begun",
        ".handoutkit/lock",
        ".handoutkit/key",
        ".handoutkit/being-made",
    ],
)
def test_a_batch_follows_no_link_out_of_its_folder(name: str, batch: Batch, made: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("another's")
    link = made / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    ran = batch(many(1))
    assert ran.exit_code == 2
    assert "error[link-outside]" in ran.stderr
    assert outside.read_text() == "another's"
    assert not list(made.glob("*.pdf"))


@pytest.mark.parametrize("place", ["", ".handoutkit"])
def test_a_batch_is_made_in_no_folder_that_is_a_link(place: str, batch: Batch, made: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    link = made / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "outside")
    ran = batch(many(1))
    assert (ran.exit_code, "error[link-outside]" in ran.stderr) == (2, True)
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_in_the_place_of_a_packet_is_not_written_through(batch: Batch, made: Path, tmp_path: Path) -> None:
    assert batch(many(1)).exit_code == 0
    packet, outside = made / "QX-0000.pdf", tmp_path / "outside.pdf"
    packet.rename(outside)
    packet.symlink_to(outside)
    before = outside.read_bytes()
    assert batch(many(1)).exit_code == 0
    assert not packet.is_symlink()
    assert outside.read_bytes() == before
    made.joinpath("QX-0001.pdf").symlink_to(tmp_path / "nowhere")
    ran = batch(many(2))
    assert (ran.exit_code, "error[file-in-the-way]" in ran.stderr) == (4, True)
    assert not (tmp_path / "nowhere").exists()
