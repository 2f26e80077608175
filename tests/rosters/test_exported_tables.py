"""Tables as records systems and offices export them, each of which failed once, and others of its kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from handoutkit.models.clients.roster_client import Client
from handoutkit.models.settings.workspace_settings import RosterSource
from handoutkit.rosters.client_rows import AllowedChoices, RowSettings
from handoutkit.rosters.columns import VALUES
from handoutkit.rosters.roster import Checked, Roster, RosterChoices, UnsureEncodingError

CASES = Path(__file__).with_name("cases")
NAMES = ("display_name", "clinician", "next_session", "note")
Write = Callable[..., Path]


def _roster(path: Path, *, values: tuple[str, ...] = VALUES, dated: tuple[str, ...] = (), **choices: Any) -> Roster:
    settings = RowSettings(AllowedChoices(formats=["standard"]), values, frozenset(dated))
    return Roster(path, settings, RosterChoices(**{"region": "US", **choices}))


def _read(path: Path, **choices: Any) -> tuple[Roster, Checked, list[Client]]:
    roster = _roster(path, **choices)
    checked = roster.check()
    return roster, checked, list(roster.clients(checked.bad))


def _values(path: Path, name: str, **choices: Any) -> dict[str, str]:
    _, checked, clients = _read(path, **choices)
    assert not [problem for problem in (*checked.stopping, *checked.problems) if problem.severity == "error"]
    return {client.client_ref: dict(client.values).get(name, "") for client in clients}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return to


@pytest.fixture
def workbook(tmp_path: Path) -> Write:
    def make(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code
        book.save(tmp_path / "roster.xlsx")
        return tmp_path / "roster.xlsx"

    return make


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_as_a_records_system_exports_it(ending: str) -> None:
    roster, checked, clients = _read(CASES / f"ehr-export.{ending}")
    assert roster.said() == (
        "Client ID -> client_ref; First Name + Last Name -> display_name; Primary Clinician -> clinician; "
        "Next Appointment -> next_session; DOB: not used"
    )
    assert (checked.stopping, checked.problems, len(clients)) == ((), (), 30)
    assert dict(clients[5].values) == {
        "display_name": "Zoë Müller",
        "first_name": "Zoë",
        "clinician": "June Alvarado, LCSW",
        "next_session": "2026-12-06 14:30",
    }


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("MRN,Full Name,Provider", "MRN -> client_ref; Full Name -> display_name; Provider -> clinician"),
        (
            "Nº de historia clínica,NOMBRE,APELLIDOS,Próxima cita",
            "NOMBRE + APELLIDOS -> display_name; Próxima cita -> next_session; Nº de historia clínica: not used",
        ),
        (
            "Número de paciente,Nombre,Psicóloga",
            "Número de paciente -> client_ref; Nombre -> display_name; Psicóloga -> clinician",
        ),
        ("Client #,Name", "Client # -> client_ref; Name -> display_name"),
        ("client_ref,Name,Last Name", "client_ref; Name + Last Name -> display_name"),
        (
            "Client ID,Preferred Name,First Name,Last Name",
            "Client ID -> client_ref; Preferred Name or First Name + Last Name -> display_name",
        ),
        ("Chart No.,Client ID,Name", "Client ID -> client_ref; Name -> display_name; Chart No.: not used"),
        (
            "Client ID,Client Name,First,Last",
            "Client ID -> client_ref; First + Last -> display_name; Client Name: not used",
        ),
    ],
)
def test_usual_names_of_columns(write: Write, header: str, said: str) -> None:
    assert _roster(write(f"{header}\nQX-1,Ana,Ejemplo,x\n")).said() == said


def test_a_preferred_name_comes_first(write: Write) -> None:
    path = write("Client ID,First Name,Last Name,Preferred Name\n1,Robert,Li,Bo\n2,Ana,Paz,\n3,Eva,Sol,Evi Sol\n")
    assert _values(path, "display_name") == {"1": "Bo Li", "2": "Ana Paz", "3": "Evi Sol"}
    assert _values(path, "first_name") == {"1": "Bo", "2": "Ana", "3": "Evi Sol"}


def test_a_prefilled_value_is_known_by_its_usual_names(write: Write) -> None:
    path = write("Client ID,Birth Date\nA-1,01/31/1970\n")
    assert _values(path, "dob", values=("dob",), dated=("dob",)) == {"A-1": "1970-01-31"}


def test_a_mapping_is_taken_and_remembered_by_its_header(write: Write) -> None:
    path = write("Code,Who,MRN\nA-1,Ana,7\n")
    mapped = {"code": "client_ref", "Who": "display_name", "MRN": "-"}
    assert _roster(path, mapped=mapped).said() == "Code -> client_ref; Who -> display_name; MRN: not used"
    sources = (RosterSource(columns={"Other": "client_ref"}), RosterSource(columns=mapped, dates="dmy"))
    assert _values(path, "display_name", sources=sources) == {"A-1": "Ana"}
    codes = [one.message for one in _roster(path, mapped={"Nobody": "client_ref", "Who": "person"}).check().stopping]
    assert ["Nobody" in codes[0], "person" in codes[1]] == [True, True]


def test_all_problems_of_a_table_at_once(write: Write) -> None:
    header = "Name,Next Appointment,Due,Copies,Name"
    checked = _roster(write(f"{header}\nAna,03/04/2026,02/30/2026,many,x\n"), region=None).check()
    assert [problem.code for problem in checked.stopping] == ["no-client-ref", "duplicate-column", "ambiguous-date"]
    assert [problem.code for problem in checked.problems] == ["bad-date", "bad-copies"]


def test_dates_as_people_write_them() -> None:
    day = "2026-12-25"
    moments = {f"D-{at}": f"{day} 14:30" for at in (1, 2, 3, 5)} | {"D-4": day, "D-6": day}
    assert _values(CASES / "dates.csv", "next_session") == dict(sorted(moments.items()))
    _, checked, _ = _read(CASES / "dates.csv")
    assert [problem.code for problem in checked.problems] == ["time-zone"]
    assert _values(CASES / "dates.csv", "next_session", region=None, dates="mdy") == dict(sorted(moments.items()))


@pytest.mark.parametrize(
    ("dates", "region", "said", "read"),
    [
        ("03/04/2026", "US", None, "2026-03-04"),
        ("03/04/2026", "GB", None, "2026-04-03"),
        ("03/04/2026", None, None, None),
        ("03/04/2026", "CA", None, None),
        ("03/04/2026", None, "mdy", "2026-03-04"),
        ("03/04/2026,25/12/2026", None, None, "2026-04-03"),
        ("03/04/2026,25/12/2026", "US", None, None),
        ("03/04/2026,25/12/2026,12/25/2026", None, None, None),
        ("03.04.2026", "DE", None, "2026-04-03"),
        ("03.04.2026", "US", None, None),
        ("03.04.2026,25.12.2026", "US", None, "2026-04-03"),
        ("26/12/01", None, "ymd", "2026-12-01"),
        ("05/05/2026", None, None, "2026-05-05"),
        ("Tue 12/01/2026", None, None, "2026-12-01"),
        ("46357.375", None, None, "2026-12-01 09:00"),
    ],
)
def test_the_order_of_a_column(write: Write, dates: str, region: str | None, said: Any, read: str | None) -> None:
    rows = "".join(f"D-{at},{day}\n" for at, day in enumerate(dates.split(",")))
    roster, checked, clients = _read(write(f"client_ref,next_session\n{rows}"), region=region, dates=said)
    if read is None:
        (problem,) = checked.stopping
        assert (problem.code, problem.path, problem.line) == ("ambiguous-date", "next_session", 0)
        assert "April 3" in problem.message
        assert "March 4" in problem.message
        assert ", for example, would be" in problem.message
    else:
        assert dict(clients[0].values)["next_session"] == read
        assert not checked.stopping
    assert roster.days.keys() == {"next_session"}


@pytest.mark.parametrize("words", ["TBD", "next week", "tomorrow at 3", "n/a", "-", "Pending", "por confirmar"])
def test_words_that_are_no_day_are_never_printed(write: Write, words: str) -> None:
    rows = f"A-1,2026-12-01,1970-01-31\nA-2,{words},\nA-3,,{words}\n"
    path = write(f"client_ref,next_session,dob\n{rows}")
    _, checked, clients = _read(path, values=("next_session", "dob"), dated=("dob",))
    assert [(fault.code, fault.path) for fault in checked.problems] == [
        ("not-a-date", "row 3, next_session"),
        ("not-a-date", "row 4, dob"),
    ]
    assert "leave the cell empty" in checked.problems[0].hint
    assert len(words) < 2 or words not in str(checked.problems)
    assert [client.client_ref for client in clients] == ["A-1"]


def test_days_of_the_week_in_words_are_told_once(write: Write) -> None:
    rows = "A-1,Tuesdays at 3\nA-2,2026-12-01\nA-3,todos los martes a las 15:00\n"
    _, checked, clients = _read(write(f"client_ref,next_session\n{rows}"))
    (told,) = checked.problems
    assert (told.code, told.severity) == ("weekday-in-words", "warning")
    assert "2 cells" in told.message
    assert "(row 2, 4)" in told.message
    assert len(clients) == 3


@pytest.mark.parametrize(
    ("case", "encoding", "values"),
    [
        ("mac-roman", "mac-roman", ("José Peña", "Zoë Roussel")),
        ("cp1250", "windows-1250", ("Łukasz Wójcik", "Paweł Król")),
        ("mojibake", "utf-8-twice", ("José Peña", "Zoë")),
    ],
)
def test_an_encoding_is_asked_about(case: str, encoding: str, values: tuple[str, str]) -> None:
    path = CASES / f"{case}.csv"
    with pytest.raises(UnsureEncodingError) as caught:
        _roster(path)
    assert caught.value.facts.guesses[0] == encoding
    assert caught.value.facts.samples == values
    assert not any(value in str(caught.value) for value in values)
    _, _, clients = _read(path, encoding=encoding)
    assert tuple(dict(clients[0].values)[name] for name in ("display_name", "clinician")) == values


def test_read_twice_may_be_left_as_it_is() -> None:
    assert _values(CASES / "mojibake.csv", "display_name", encoding="utf-8") == {"X-1": "JosÃ© PeÃ±a"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings_that_their_bytes_say(write: Write, encoding: str) -> None:
    for marks in ("", "\ufeff", "\ufeff\ufeff"):
        path = write(f"{marks}client_ref,display_name\r\nB-1,Zoë Ölmez\r\n", encoding)
        assert _values(path, "display_name") == {"B-1": "Zoë Ölmez"}


def test_marks_and_titles_before_the_header() -> None:
    assert _values(CASES / "double-bom.csv", "display_name") == {"B-1": "Ana Ejemplo"}
    roster, checked, clients = _read(CASES / "title-rows.csv")
    assert [(client.row, client.client_ref) for client in clients] == [(5, "T-1")]
    assert (roster.facts.above, roster.facts.below) == (2, 1)
    assert [(one.code, one.severity) for one in checked.problems] == [("around-the-table", "notice")]


def test_numbers_writes_the_name_of_its_table_first(write: Write) -> None:
    path = write('Table 1\nclient_ref;display_name;note\nN-1;Ana;"two\nlines"\n')
    assert _values(path, "note") == {"N-1": "two\nlines"}


def test_a_client_at_the_end_is_no_total(write: Write) -> None:
    assert _values(write("client_ref,display_name\nA-1,Ana\nA-2,\nTotal-3,Bo\n"), "display_name") == {
        "A-1": "Ana",
        "A-2": "",
        "Total-3": "Bo",
    }


def test_guards_against_spreadsheets_are_taken_off(write: Write) -> None:
    assert _values(CASES / "excel-guard.csv", "note") == {"00123": "Bring page 2", "00124": ""}
    path = write('client_ref,display_name,note\n="007",="Paz, Ana",\'00123\n\'008,\'t Hooft,"\'=1+1"\n')
    assert _values(path, "display_name") == {"007": "Paz, Ana", "008": "'t Hooft"}
    assert _values(path, "note") == {"007": "00123", "008": "=1+1"}


def test_hidden_rows_are_held_back_and_counted() -> None:
    roster, checked, clients = _read(CASES / "hidden-rows.xlsx")
    assert [client.client_ref for client in clients] == ["H-1", "H-3"]
    assert roster.facts.rows == 1
    assert [one.message for one in checked.problems] == ["held back as hidden in the workbook: 1 row"]
    assert len(_read(CASES / "hidden-rows.xlsx", with_hidden=True)[2]) == 3


def test_hidden_columns_and_sheets_are_held_back(workbook: Write) -> None:
    path = workbook(("client_ref", "display_name", "note"), ("A-1", "Ana", "not for her"), ("A-2", "Bo", None))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].column_dimensions["C"].hidden = True
    book.worksheets[0].row_dimensions[3].hidden = True
    old = book.create_sheet("Last year")
    old.append(("client_ref",))
    old.append(("Z-9",))
    old.sheet_state = "hidden"
    book.save(path)
    roster, _, clients = _read(path)
    assert [(client.client_ref, dict(client.values)) for client in clients] == [("A-1", {"display_name": "Ana"})]
    assert (roster.facts.rows, roster.facts.columns, roster.facts.sheets) == (1, 1, 1)
    assert "note" not in roster.said()


def test_cells_as_they_show_what_they_hold() -> None:
    assert _values(CASES / "as-shown.xlsx", "note") == {
        "F-1": "0.3",
        "F-2": "50%",
        "F-3": "$120.00",
        "F-4": "1234567890123460000",
        "F-5": "2.50",
        "F-6": "555-0100",
    }
    assert list(_values(CASES / "reference-format.xlsx", "display_name")) == ["QX-7301", "QX-0042", "00-09"]


def test_joined_cells_are_filled_down() -> None:
    assert _values(CASES / "merged-cells.xlsx", "clinician") == {"M-1": "June A", "M-2": "June A", "M-3": "Wren B"}


def test_a_name_that_is_true_and_a_time_to_the_minute(workbook: Write) -> None:
    moment = datetime(2026, 12, 1, 14, 29, 59, 999_000)
    path = workbook(("client_ref", "display_name", "next_session", "due"), ("A-1", True, moment, date(2026, 12, 3)))
    assert _values(path, "display_name") == {"A-1": "TRUE"}
    assert _values(path, "next_session") == {"A-1": "2026-12-01 14:30"}


def test_days_of_a_workbook_that_counts_from_1904(workbook: Write) -> None:
    path = workbook(("client_ref", "next_session"), ("A-1", 44895.375))
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert _values(path, "next_session") == {"A-1": "2026-12-01 09:00"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97-2003"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (b"<html><table><tr><td>client_ref", "a page or an XML file"),
        (b"PK\x03\x04....Index/Document.iwa", "Numbers"),
    ],
)
def test_other_kinds_are_told_how_to_be_saved(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "roster.xls"
    path.write_bytes(data)
    with pytest.raises(Exception, match=words) as caught:
        _roster(path)
    assert "use the new file" in str(caught.value)


def test_languages_by_their_names(write: Write) -> None:
    _, _, clients = _read(write("Client ID,Language\nA-1,English\nA-2,Español\nA-3,vi\nA-4,\n"))
    assert [client.choice.language for client in clients] == ["en", "es", "vi", None]


def test_a_family_name_that_comes_first_is_put_right_and_said(write: Write) -> None:
    rows = ("Client ID,Client Name", '1,"Ejemplo, Ana"', '2,"Müller, Zoë María"', "3,Bo Li", '4,"Alex Example, Jr."')
    path = write("\n".join([*rows, '5,"Paz,Eva"', ""]))
    names = {"1": "Ana Ejemplo", "2": "Zoë María Müller", "3": "Bo Li", "4": "Alex Example, Jr.", "5": "Eva Paz"}
    assert _values(path, "display_name") == names
    assert _roster(path).said() == (
        "Client ID -> client_ref; Client Name -> display_name (family name first, before a comma: put right)"
    )
    path = write('Client ID,Client Name\n1,"Ejemplo, Ana"\n2,Bo Li\n3,Eva Sol\n')
    assert _values(path, "display_name")["1"] == "Ejemplo, Ana"
    roster, checked, _ = _read(path)
    assert [(one.code, one.severity, "row 2" in one.message) for one in checked.problems] == [
        ("name-with-comma", "warning", True)
    ]
    assert roster.said().endswith("Client Name -> display_name")
