"""Rosters as offices have them, and every problem by row and column."""

from __future__ import annotations

import codecs
import csv
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from handoutkit.errors import ContentError
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.rosters import roster
from handoutkit.rosters.client_rows import AllowedChoices, RowSettings
from handoutkit.rosters.readers import table
from handoutkit.rosters.readers.csv_table import CsvTable
from handoutkit.rosters.readers.read_table_task import facts_of, packed, read_table, unpacked
from handoutkit.rosters.readers.table import CellFault, TableFacts, TableReading, TableRow
from handoutkit.rosters.roster import Roster, RosterChoices
from handoutkit.rosters.usual_names import header_names

KNOWN = AllowedChoices(
    packets=["first-weeks"],
    handouts=["one", "two"],
    framings=["f-one", "none"],
    formats=["standard"],
    locations=["Ost"],
)
VALUES = ("display_name", "clinician", "next_session", "note", "own_words")
Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(content: str | bytes) -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return to


READING = TableReading(header_names(VALUES, {}))


def _roster(path: Path, choices: RosterChoices | None = None, **wanted: Any) -> Roster:
    return Roster(path, RowSettings(KNOWN, VALUES, **wanted), choices)


def _clients(path: Path, choices: RosterChoices | None = None) -> list[Client]:
    read = _roster(path, choices)
    return list(read.clients(read.check().bad))


def _faults(path: Path, **wanted: Any) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in _roster(path, **wanted).check().problems]


def _refusal(path: Path, **wanted: Any) -> list[str]:
    try:
        checked = _roster(path, **wanted).check()
    except ContentError as error:
        return [problem.code for problem in error.problems]
    return [problem.code for problem in checked.stopping]


TABLE = "client_ref,display_name,note\n007,Zoë Ölmez,one\nQX-2,Bo,two\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: codecs.BOM_UTF8 + text.encode("utf-8"),
        lambda text: text.encode("windows-1252"),
        lambda text: text.encode("utf-16"),
    ],
    ids=["utf-8", "bom", "windows-1252", "utf-16"],
)
def test_encodings_and_separators(write: Write, separator: str, encode: Callable[[str], bytes]) -> None:
    text = TABLE.replace(",", separator).replace("\n", "\r\n")
    first, second = _clients(write(encode(text)), RosterChoices(encoding="windows-1252"))
    assert (first.client_ref, first.values) == ("007", (("display_name", "Zoë Ölmez"), ("note", "one")))
    assert (second.row, second.client_ref) == (3, "QX-2")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(write: Write) -> None:
    text = 'client_ref,note,display_name\n\nA1,"one\ntwo",\n,,\n  \nA2,,Bo\n'
    assert [(client.row, client.client_ref, dict(client.values)) for client in _clients(write(text))] == [
        (3, "A1", {"note": "one\ntwo"}),
        (6, "A2", {"display_name": "Bo"}),
    ]


def test_a_line_that_names_the_separator(write: Write) -> None:
    assert [client.row for client in _clients(write("sep=;\nclient_ref;note\nA1;x\n"))] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "\n\nclient_ref;note\nA1;x\n",
        '"Own\nwords";client_ref\nx;A1\n',
        '"Wishes, hopes,\nplans, and dreams";client_ref\n"x\ny";A1\n',
        '"Wishes; hopes;\nplans"|client_ref\nx|A1\n',
        '"One\ttwo",client_ref\nx,A1\n',
        'client_ref;"a, b, c,\nd"\nA1;x\n',
    ],
)
def test_the_separator_is_the_one_that_finds_the_reference_in_the_header(write: Write, text: str) -> None:
    assert [client.client_ref for client in _clients(write(text))] == ["A1"]


def test_a_title_above_the_header_is_passed_over_whatever_separators_are_in_it(write: Write) -> None:
    found = _clients(write("Clients, of May, 2026\nclient_ref;note\nA1;x\n"))
    assert [client.client_ref for client in found] == ["A1"]


def test_columns_by_any_spelling_and_unknown_ones_named(write: Write) -> None:
    read = _roster(write("Client-Ref, Display Name ,Shoe size,,Own wrods,\nA1,Bo,555,x,y\n"))
    assert read.columns.at == {"client_ref": 0, "display_name": 1}
    assert [problem.hint for problem in read.check().problems] == ["did you mean `own_words`?"]
    assert read.said() == ("client_ref; display_name; Shoe size, Own wrods, column 4, without a name: not used")


def test_all_that_a_row_can_choose(write: Write) -> None:
    text = (
        "client_ref,packet,handouts,language,format,framing,location,due,copies,safe_to_send\n"
        "A1,First-Weeks,,en,standard,f-one,ost,2026-12-01,3,Yes\n"
        "A2,,two; one,,,none,,,,x\n"
        "A3,,,,,,,,,\n"
    )
    first, second, third = _clients(write(text))
    empty = ("display_name", "clinician", "next_session", "note", "own_words")
    assert first.choice == RowChoice("first-weeks", (), "en", "standard", ("f-one",), "Ost", empty)
    assert (first.due, first.copies, first.safe_to_send) == (date(2026, 12, 1), 3, True)
    assert second.choice == RowChoice(handouts=("two", "one"), framings=("none",), without=second.choice.without)
    assert (third.choice.packet, third.choice.without, third.copies, third.safe_to_send) == (
        None,
        ("display_name", "clinician", "next_session", "due", "note", "own_words"),
        1,
        False,
    )


def test_a_row_chooses_blocks_and_the_short_version(write: Write) -> None:
    text = "client_ref,without,only,sides,when\nA1,references; p1,,,minor; signed\nA2,,walk,1,\n"
    first, second = (client.choice for client in _clients(write(text)))
    assert (first.when, second.when) == (("minor", "signed"), ())
    assert (first.without_blocks, first.only_blocks, first.short) == (("references", "p1"), (), False)
    assert (second.without_blocks, second.only_blocks, second.short) == ((), ("walk",), True)
    (fault,) = _roster(write("client_ref,sides\nA1,two\n")).check().problems
    assert (fault.code, fault.path) == ("bad-sides", "row 2, sides")


def test_a_row_chooses_how_many_rows_its_tables_have(write: Write) -> None:
    first, second = _clients(write("client_ref,rows\nA1,medicines=12; children = 3\nA2,\n"))
    assert (first.choice.rows, second.choice.rows) == ((("medicines", 12), ("children", 3)), ())


@pytest.mark.parametrize("said", ["12", "medicines", "medicines=", "medicines=many", "=3", "medicines=1;2"])
def test_what_is_no_number_of_rows_is_told_at_its_cell(said: str, write: Write) -> None:
    (fault,) = _roster(write(f"client_ref,rows\nA1,{said}\n")).check().problems
    assert (fault.code, fault.path) == ("bad-rows", "row 2, rows")
    assert said not in fault.message


def test_without_the_column_every_row_is_safe_to_send(write: Write) -> None:
    assert all(client.safe_to_send for client in _clients(write(TABLE)))


def test_every_mistake_is_reported_and_no_other_row_moves(write: Write) -> None:
    """The roster of a bad day: each row with the problem in its note, and good rows between them."""
    rows = [
        ("client_ref,display_name,next_session,packet,copies,safe_to_send,due", None),
        ("G1,Ann,,,,y,", None),
        (",Bo,,,,y,", ("client_ref", "no-client-ref")),
        ("a/b,Bo,,,,y,", ("client_ref", "bad-client-ref")),
        ("con,Bo,,,,y,", ("client_ref", "bad-client-ref")),
        (f"{'x' * 61},Bo,,,,y,", ("client_ref", "bad-client-ref")),
        ("kowalski-3,Jan Kowalski,,,,y,", ("client_ref", "name-in-client-ref")),
        ("G2,Bo,2026-12-03 14:30,,,y,", None),
        ("B1,Bo,12/25/2026 with June,,,y,", ("next_session", "date-in-words")),
        ("B2,Bo,2026-02-30,,,y,", ("next_session", "bad-date")),
        ("B3,Bo,2026-12-03 25:00,,,y,", ("next_session", "not-a-time")),
        ("B4,Bo,,,,y,30.2.2026", ("due", "bad-date")),
        ("B5,Bo,,,,y,soon", ("due", "not-a-date")),
        ("B6,Bo,,last-weeks,,y,", ("packet", "unknown-packet")),
        ("B7,Bo,,,many,y,", ("copies", "bad-copies")),
        ("B8,Bo,,,0,y,", ("copies", "bad-copies")),
        ("B9,Bo,,,,perhaps,", ("safe_to_send", "not-yes-or-no")),
        ('B10,"Bo,,,,y,', ("", "quotation-mark")),
        ("G3,Bo,next Tuesday,,,y,", None),
        ('B11,"Bo" Li,,,,y,', ("", "quotation-mark")),
        ("B12,Li, Bo,,,,y,,,x", ("", "too-many-cells")),
        ("B13,B\u202eo,,,,y,", ("display_name", "bad-character")),
        (f"B14,{'x' * 10_001},,,,y,", ("display_name", "too-long")),
        ("G4,\u202aBo\u202c,,,,y,", None),
        ("D1,Bo,,,,y,", ("client_ref", "duplicate-client-ref")),
        ("d1,Cy,,,,y,", ("client_ref", "duplicate-client-ref")),
    ]
    path = write("\n".join(line for line, _ in rows))
    expected = [
        (f"row {number}{', ' if fault[0] else ''}{fault[0]}", fault[1])
        for number, (_, fault) in enumerate(rows, 1)
        if fault
    ]
    found = _faults(path)
    assert [fault for fault in found if fault in expected] == expected
    rows_found = {place.split(",")[0] for place, _ in found if place != "next_session"}  # whose weekday is told once
    assert rows_found == {place.split(",")[0] for place, _ in expected}
    assert [client.client_ref for client in _clients(path)] == ["G1", "G2", "G3", "G4"]


@pytest.mark.parametrize(
    "rows", [("A-1,2026-02-30", "a-1,"), ("A-1,", "a-1,2026-02-30"), ("A-1,soon,x", "a-1,2026-02-30")]
)
def test_a_reference_twice_is_told_of_both_rows_whatever_else_is_wrong(write: Write, rows: tuple[str, str]) -> None:
    checked = _roster(write("\n".join(["client_ref,due", *rows, "B-1,"]))).check()
    twice = [problem.path for problem in checked.problems if problem.code == "duplicate-client-ref"]
    assert twice == ["row 2, client_ref", "row 3, client_ref"]
    assert checked.bad == {2, 3}


def test_no_problem_tells_what_a_cell_holds(write: Write) -> None:
    text = (
        "client_ref,display_name,next_session,packet,handouts,format,framing,location,due,copies,safe_to_send\n"
        + ",".join(["Kowalczyk/Iga"] * 11)
        + "\n"
        + 'kowalczyk-7,Iga Kowalczyk\n"Kowalczyk\n'
    )
    read = _roster(write(text))
    told = "\n".join(map(str, read.check().problems))
    assert "Kowalczyk" not in told
    assert told.count("error[") >= 9
    assert "Kowalczyk" not in repr(
        Client(1, ClientRef("A1"), values=(("display_name", "Iga Kowalczyk"),), password="Kowalczyk")
    )


def test_a_file_without_a_header_is_refused_without_a_word_of_it(write: Write) -> None:
    path = write("Iga Kowalczyk,555\nA2,Bo\n")
    read = _roster(path)
    assert [problem.code for problem in read.check().stopping] == ["no-client-ref"]
    assert "Kowalczyk" not in read.said() + str(read.check().stopping)


def test_what_is_no_roster(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _refusal(tmp_path / "absent.csv") == ["no-such-file"]
    assert _refusal(tmp_path) == ["is-a-folder"]
    assert _refusal(write("")) == ["empty-file"]
    assert _refusal(write("\n\n")) == ["empty-file"]
    assert _refusal(write(b"%PDF-1.7")) == ["not-a-table"]
    assert _refusal(write(b"PK\x03\x04 no archive")) == ["not-a-table"]
    assert _refusal(write(b"client_ref,note\nA1,\0\0\x81\x8d\n")) == ["not-text"]
    assert _refusal(write("client_ref,note,Note\nA1,x,y\n")) == ["duplicate-column"]
    assert _refusal(write("client_ref" + ",x" * 200)) == ["too-many-columns"]
    assert _refusal(write(TABLE), password_column="secret") == ["no-secret"]
    assert _refusal(write("client_ref\n" + "A1\n" * (table.MAX_ROWS + 1))) == ["too-many-rows"]
    monkeypatch.setattr("handoutkit.rosters.readers.read_table_task.MAX_BYTES", 10)
    with pytest.raises(ContentError, match="too-large"):
        read_table(write(TABLE), READING)
    assert (table.MAX_ROWS, table.MAX_BYTES) == (200_000, 100_000_000)


def test_lines_of_two_encodings_are_no_table(write: Write) -> None:
    """As two exports that were put together; taken as either, some client's name would be wrong."""
    both = "client_ref,display_name\nQX-1,Zoë\n".encode() + "QX-2,Zoë\n".encode("windows-1252")
    assert _refusal(write(both)) == ["two-encodings"]


@pytest.mark.parametrize("cell", ["0" * 140_000, "\0" * 200_000, '"' + "0" * 140_000 + '"'])
def test_a_cell_is_told_as_too_long_however_long_it_is(write: Write, cell: str) -> None:
    """Python's own reader of such tables takes no more than 131,072 letters."""
    assert _faults(write(f"client_ref,display_name\nQX-1,{cell}\nQX-2,Bo\n")) == [("row 2, display_name", "too-long")]
    of_a_column = _roster(write(f"{cell},client_ref\nx,QX-1\n"))
    assert [client.client_ref for client in of_a_column.clients(of_a_column.check().bad)] == ["QX-1"]


def test_a_roster_that_is_changed_meanwhile_is_what_it_was(write: Write) -> None:
    path = write(TABLE)
    read = _roster(path)
    path.write_text(TABLE + "A3,Cy,three\n")
    assert [client.client_ref for client in read.clients(read.check().bad)] == ["007", "QX-2"]


def test_passwords_of_a_column(write: Write) -> None:
    path = write("client_ref,Pass Word\nA1,tr0ub4dor\nA2,\n")
    assert _faults(path, password_column="pass_word") == [("row 3, pass_word", "bad-password")]
    read = _roster(path, password_column="pass_word")
    assert [client.password for client in read.clients(frozenset())] == ["tr0ub4dor"]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    def make(*rows: tuple[Any, ...], name: str = "roster.xlsx") -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def test_cells_of_a_workbook(workbook: Callable[..., Path]) -> None:
    path = workbook(
        ("client_ref", "display_name", "next_session", "due", "safe_to_send", "copies"),
        (42, "Bo", datetime(2026, 12, 3, 14, 30), date(2026, 12, 1), True, 2.0),
        (),
        ("0007", " Zoë ", "next Tuesday", None, "yes", None),
        ("A3", "Bo", None, None, False, None),
    )
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["A2"].number_format = "00000"
    book.save(path)
    first, second, third = _clients(path)
    assert (first.client_ref, first.due, first.copies) == ("00042", date(2026, 12, 1), 2)
    assert dict(first.values)["next_session"] == "2026-12-03 14:30"
    assert (second.row, second.client_ref, dict(second.values)["display_name"]) == (4, "0007", "Zoë")
    assert not third.safe_to_send


def test_formulas_need_a_result(workbook: Callable[..., Path]) -> None:
    path = workbook(("client_ref", "note"), ("A1", "=1+1"), ("A2", "fine"), ("A3", "#REF!"))
    assert _faults(path) == [("row 2, note", "formula"), ("row 4, note", "formula-error")]
    assert [client.client_ref for client in _clients(path)] == ["A2"]


def test_a_cell_of_a_csv_is_what_it_says(write: Write) -> None:
    assert [dict(client.values)["note"] for client in _clients(write("client_ref,note\nA1,=1+1\nA2,-\n"))] == [
        "=1+1",
        "-",
    ]


def test_the_sheet_with_the_references_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(("About this roster",))
    book.create_sheet("Clients").append(("client_ref",))
    book["Clients"].append(("A1",))
    path = tmp_path / "two.xlsx"
    book.save(path)
    assert [client.client_ref for client in _clients(path)] == ["A1"]
    book.active.insert_rows(1)
    book.active["A1"] = "client_ref"
    book.save(path)
    assert _refusal(path) == ["which-sheet"]


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutkit.rosters.readers.table._MAX_UNPACKED", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(1_000_001))
    with pytest.raises(ContentError, match="too-large"):
        read_table(path, READING)


@pytest.mark.parametrize("packed_as", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_as_none_is(packed_as: int, tmp_path: Path) -> None:
    """What is wrong in it would be an error that no reader of workbooks knows."""
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w", packed_as) as archive:
        archive.writestr("xl/workbook.xml", bytes(1_000))
    assert _refusal(path) == ["not-a-table"]


def test_a_cell_far_out_is_a_column_too_many(workbook: Callable[..., Path]) -> None:
    path = workbook(("client_ref",), ("A1",))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD2"] = "far out"
    book.save(path)
    assert _faults(path) == [("row 2", "too-many-cells")]
    book.worksheets[0]["XFD1"] = "far out"
    book.save(path)
    assert _refusal(path) == ["too-many-columns"]


def test_a_roster_that_takes_too_much_is_named_with_the_limit(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "LIMITS", replace(roster.LIMITS, memory=200_000_000))
    with pytest.raises(ContentError, match="more than 200 MB of memory") as caught:
        _roster(write(b"client_ref\n" + b" " * 90_000_000))
    (problem,) = caught.value.problems
    assert (problem.code, Path(problem.file).name) == ("too-much-memory", "roster.csv")


def test_rows_come_out_of_the_worker_as_they_were_read() -> None:
    lines = [
        TableRow(1, ("client_ref", "note")),
        TableRow(4, ("A1", 'one\n"two"\u2028\ud800'), (CellFault("a", "b", "c", 1), CellFault("d", "e", "f"))),
    ]
    data = packed(TableFacts(rows=3, samples=("é",)), lines)
    assert list(unpacked(data)) == lines
    assert facts_of(data) == TableFacts(rows=3, samples=("é",))


def test_rows_with_open_quotes_are_each_looked_at_a_few_times() -> None:
    """A quotation mark open at the end of each line could have each row try a hundred lines anew."""

    def looks(rows: int) -> int:
        seen = 0

        def count(_frame: object, event: str, called: object) -> None:
            nonlocal seen
            seen += event == "c_call" and called is csv.reader

        table = CsvTable(Path("roster.csv"), b"client_ref,note\n" + b'a","bbb\n' * rows, READING)
        sys.setprofile(count)
        try:
            assert len(list(table.lines())) == rows + 1
        finally:
            sys.setprofile(None)
        return seen

    assert looks(400) < 6 * 400


def test_a_quoted_cell_of_many_lines_is_read_to_its_end() -> None:
    """Up to a hundred lines; and one that never ends costs no row but its own."""
    whole = 'client_ref,note\nQX-1,"' + "one\n" * 98 + 'two"\nQX-2,three\n'
    lines = list(CsvTable(Path("roster.csv"), whole.encode(), READING).lines())
    assert [line.cells[0] for line in lines] == ["client_ref", "QX-1", "QX-2"]
    open_end = 'client_ref,note\nQX-1,"' + "one\n" * 120 + "QX-2,three\n"
    rows = list(CsvTable(Path("roster.csv"), open_end.encode(), READING).lines())
    assert [line.cells for line in rows[:3]] == [("client_ref", "note"), (), ("one",)]
    assert rows[-1].cells == ("QX-2", "three")
