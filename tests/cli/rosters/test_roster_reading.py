"""What ``handoutkit batch`` says of a roster before it makes anything, and asks; on real packets where one is made."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from handoutkit.packets.personalise.personalise_packet import terminal_fields
from tests.conftest import ROOT, TODAY, Ran, Run, Tree
from tests.support.batch_samples import command, small_workspace
from tests.support.form_sample import FORM
from tests.support.pdf_reading import failures, text
from tests.support.short_suite import rest_is_long

CASES = ROOT / "tests/rosters/cases"
SAID = (
    "Client ID -> client_ref; First Name + Last Name -> display_name; Primary Clinician -> clinician; "
    "Next Appointment -> next_session; DOB: not used"
)
Batch = Callable[..., Ran]


@pytest.fixture
def workspace(tree: Tree, warm: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    return small_workspace(tree)


@pytest.fixture
def batch(workspace: Path, run: Run) -> Batch:
    """Runs ``handoutkit batch`` on a case in the small workspace."""

    def invoke(case: str, *args: str | Path) -> Ran:
        path = shutil.copy(CASES / case, workspace / case)
        start = ("-C", workspace, "batch", path, "--packet", "small", "--processes", "1", "--date", TODAY.isoformat())
        return run(*start, *args)

    return invoke


def test_a_sentence_with_a_gap_is_told_with_its_rows(workspace: Path, run: Run) -> None:
    packet = workspace / "handouts" / "packets" / "small.yaml"
    letter = "cover:\n  letter: |-\n    We meet on {next_session}.\n\n    {note}\nhandouts:\n"
    packet.write_text(packet.read_text().replace("handouts:\n", letter, 1))
    rows = ("QX-1,Ola Example,2026-12-03,", "QX-2,Uma Example,,x", "QX-3,Ida Example,,", "")
    roster = workspace / "some.csv"
    roster.write_text("\n".join(["client_ref,display_name,next_session,note", *rows]))
    options = ("--packet", "small", "--dry-run", "--allow-empty", "--date", TODAY.isoformat())
    ran = run("-C", workspace, "batch", roster, *options)
    assert ran.exit_code == 0, ran.stderr
    assert "some.csv:3:0: warning[gap-in-letter] rows 3-4, next_session" in ran.stderr
    assert "`next_session` is empty in 2 rows, and the letter has a gap in its sentence there" in ran.stderr
    assert "{next_session|...}" in ran.stderr
    assert ran.stderr.count("gap-in-letter]") == 1
    roster.write_text("client_ref,display_name,note\nQX-1,Ola Example,x\n")
    ran = run("-C", workspace, "batch", roster, *options)
    assert ran.exit_code == 0, ran.stderr
    assert "no column for `next_session`: everyone's letter has a gap in its sentence there" in ran.stderr
    alone = ("-C", workspace, "packet", "small", "--client-ref", "QX-1", "--set", "display_name=Ola Example")
    gap = "no value for `next_session`, and the letter has a gap in its sentence there"
    assert gap in run(*alone).stderr
    assert gap not in run(*alone, "--set", "next_session=2026-12-03").stderr


def test_a_missing_column_is_told_with_what_is_wrong_in_the_packet(batch: Batch, workspace: Path) -> None:
    packet = workspace / "handouts" / "packets" / "small.yaml"
    packet.write_text(packet.read_text().replace("handouts:\n", "handouts:\n  - handout: not-there\n", 1))
    ran = batch("ehr-export.csv", "--dry-run")
    assert ran.exit_code == 1
    assert "not-there" in ran.stderr
    assert "no-column-for-value" in ran.stderr


def test_an_export_is_understood_and_told_before_it_is_made(batch: Batch, workspace: Path) -> None:
    ran = batch("ehr-export.csv", "--dry-run")
    assert (ran.exit_code, ran.stdout) == (1, f"{SAID}\n")
    assert "error[no-column-for-value]" in ran.stderr
    assert "the packet says `note` of each client, and no column of this roster has it" in ran.stderr
    ran = batch("ehr-export.csv", "--dry-run", "--allow-empty")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"{SAID}\n")
    reading = "Tuesday, December 1, 2026, 9:00\u00a0a.m."
    assert f"next_session: row 2 is printed as {reading}\n" in ran.stdout
    assert "2026" not in batch("ehr-export.csv", "--dry-run", "--allow-empty", "--json").stdout
    assert not list(workspace.rglob("*.pdf"))
    assert batch("ehr-export.csv", "--allow-empty").exit_code == 0
    pdf = sorted((workspace / "output/ehr-export").glob("*.pdf"))[0].read_bytes()
    assert reading.replace("\u00a0", " ") in " ".join(text(pdf).split())


def test_a_label_never_stands_over_nothing(batch: Batch, workspace: Path) -> None:
    labels = ("You work with", "Next session", "A note for you")
    ran = batch("excel-guard.csv", "--allow-empty")
    assert ran.exit_code == 0
    guarded = text((workspace / "output/excel-guard/00124.pdf").read_bytes())
    assert [label in guarded for label in labels] == [False, False, False]
    pdf = (workspace / "output/excel-guard/00123.pdf").read_bytes()
    assert [label in text(pdf) for label in labels] == [False, False, True]
    assert "Prepared for" in text(pdf)
    assert not failures(pdf)


def test_a_mapping_is_remembered(batch: Batch, workspace: Path) -> None:
    settings = workspace / "handoutkit.yaml"
    settings.write_text("# mine\npractice: riverbend-counseling  # the one\n", encoding="utf-8")
    mapped = ("--map", "clinician=note", "--map", "display_name=clinician", "--allow-empty")
    ran = batch("double-bom.csv", "--map", "display_name=note", "--allow-empty")
    assert ran.exit_code == 0
    assert "handoutkit.yaml  (remembers these columns" in ran.stdout
    written = settings.read_text(encoding="utf-8")
    assert written.startswith("# mine\npractice: riverbend-counseling  # the one\nrosters:\n")
    assert "Ana" not in written
    assert batch("double-bom.csv", "--dry-run", "--allow-empty").stdout.startswith("client_ref; display_name -> note\n")
    again = batch("double-bom.csv", *mapped)
    assert again.exit_code == 1
    assert "--map names a column `clinician`, and there is none" in again.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--map", "client_ref"), "write the name of the column"),
        (("--encoding", "rot13"), "there is no such encoding"),
        (("--dates", "ydm"), "'ydm' is not one of"),
    ],
)
def test_options_that_cannot_be(batch: Batch, args: tuple[str, ...], told: str) -> None:
    ran = batch("double-bom.csv", *args)
    assert ran.exit_code == 2
    assert told in ran.stderr


def test_a_guessed_encoding_is_never_told_in_a_log(batch: Batch) -> None:
    for args in ((), ("--json",)):
        ran = batch("mac-roman.csv", "--dry-run", "--allow-empty", *args)
        assert ran.exit_code == 1
        assert "--encoding mac-roman" in ran.stdout + ran.stderr
        assert "Jos" not in ran.stdout + ran.stderr
    assert batch("mac-roman.csv", "--dry-run", "--allow-empty", "--encoding", "mac-roman").exit_code == 0


@pytest.mark.parametrize(("answer", "code"), rest_is_long([(b"y\n", 0), (b"n\n", 1)], stays=lambda row: row[1] == 1))
def test_a_guessed_encoding_is_asked_about_on_a_terminal(workspace: Path, answer: bytes, code: int) -> None:
    shutil.copy(CASES / "mac-roman.csv", workspace / "names.csv")
    ours, theirs = pty.openpty()
    args = command(workspace / "names.csv", "--dry-run", workspace=workspace)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    process = subprocess.Popen(args, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=env, cwd=ROOT)
    os.close(theirs)
    shown = b""
    while b"without the question)" not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, answer)
    out, _ = process.communicate()
    os.close(ours)
    assert "José Peña" in shown.decode()
    assert process.returncode == code
    assert (b"1 to make" in out) == (code == 0)


def test_a_value_of_one_client_takes_its_label_too(workspace: Path, run: Run) -> None:
    ran = run("-C", workspace, "packet", "small", "--client-ref", "P-1", "--set", "next_session=12/01/2026 9:00 AM")
    assert ran.exit_code == 0
    words = text((workspace / "output/packets/P-1.pdf").read_bytes())
    assert "December 1, 2026" in words
    assert [label in words for label in ("Next session", "Prepared for", "A note for you")] == [True, False, False]


def test_a_day_that_is_put_into_a_field_is_printed_in_words(workspace: Path, run: Run) -> None:
    (workspace / "handouts/small-page.yaml").write_text(FORM, encoding="utf-8")
    packet = (
        "id: born\ntitle: Born\nlanguage: en\nhandouts: [{handout: small-page}]\nvalues: [display_name]\n"
        "prefill: [{value: dob, field: small-page.day.answer}]\n"
    )
    (workspace / "handouts/packets/born.yaml").write_text(packet, encoding="utf-8")
    roster = workspace / "born.csv"
    roster.write_text("MRN,Full Name,Birth Date\nB-1,Ana Paz,02/03/1970\n", encoding="utf-8")
    ran = run("-C", workspace, "batch", roster, "--packet", "born", "--processes", "1", "--date", TODAY.isoformat())
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "Birth Date -> dob" in ran.stdout
    with pikepdf.open(workspace / "output/born/B-1.pdf") as pdf:
        assert str(dict(terminal_fields(pdf))["small-page.day.answer"].V) == "February 3, 1970"


def test_a_list_without_first_names_is_told_what_its_letters_say(run: Run, tmp_path: Path) -> None:
    assert run("init", "mine").exit_code == 0
    start = ("batch", "roster.csv", "--packet", "my-first-packet", "--dry-run", "--date", TODAY.isoformat())
    ran = run(*start, cwd=tmp_path / "mine")
    assert (ran.exit_code, "words-instead" in ran.stderr) == (0, False)
    assert "first_name" in ran.stdout
    roster = tmp_path / "mine/roster.csv"
    roster.write_text("client_ref,display_name,clinician,next_session,note\nQX-1,Alex Example,June,2027-01-12,x\n")
    ran = run(*start, cwd=tmp_path / "mine")
    assert ran.exit_code == 0
    assert ran.stderr.count('no column for `first_name`: everyone\'s packet says "there" instead') == 1
    packet = ("packet", "my-first-packet", "--client-ref", "QX-1", "--set", "display_name=Alex Example")
    ran = run(*packet, cwd=tmp_path / "mine")
    assert 'no value for `first_name`: the packet says "there" instead' in ran.stderr
    assert "`first_name`" not in run(*packet, "--set", "first_name=Alex", cwd=tmp_path / "mine").stderr


def test_clients_without_a_date_are_counted_where_a_letter_says_something_else(run: Run, tmp_path: Path) -> None:
    assert run("init", "mine").exit_code == 0
    rows = "QX-1,Alex,June,2027-01-12\nQX-2,Bo,June,\nQX-3,Cleo,June,\n"
    (tmp_path / "mine/roster.csv").write_text(f"client_ref,first_name,clinician,next_session\n{rows}")
    slip = ("batch", "roster.csv", "--packet", "appointment-slip", "--dry-run", "--date", TODAY.isoformat())
    ran = run(*slip, cwd=tmp_path / "mine")
    assert ran.exit_code == 0
    assert ran.stderr.count("`next_session` is empty in 2 rows, and other words stand there in the letter") == 1
    assert "`first_name` is empty" not in ran.stderr
