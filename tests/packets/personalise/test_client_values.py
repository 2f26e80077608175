"""What is said of a client with a command, in a roster and in the app: one rule for the reference, one for days."""

from __future__ import annotations

import logging

import pytest

from handoutkit.errors import UsageError, frames_of
from handoutkit.models.clients.client_ref import MAX_REFERENCE
from handoutkit.packets.personalise import client_values
from handoutkit.rosters import cells
from handoutkit.rosters.day_columns import DayColumn
from handoutkit.webapp.server import hide_exception_text
from tests.conftest import Run
from tests.support.packet_sample import sample

BAD_REFERENCES = (
    "CON",
    "con.x",
    "COM1.a",
    "LPT9.b.c",
    "nul",
    "a/b",
    "..",
    "QX_",
    "é1",
    "Ana Maria",
    "../ana",
    "-o",
    "",
    "QX 1",
    "x" * (MAX_REFERENCE + 1),
)
WITH_NAME = [
    ("Alex", "Alex Example"),
    ("QX-alex-1", "Alex Example"),
    ("A.L.E.X", "Alex Example"),
    ("banana-1", "Ana Example"),
    ("zoe-1", "Zoë Ölmez"),
    ("QX-olmez", "Zoë Ölmez"),
    ("lukasik.2", "Anna Łukasik"),
    ("QX-oneill", "Siobhán O'Neill-Example"),
    ("1Example9", "Alex Example"),
]


@pytest.mark.parametrize("text", BAD_REFERENCES)
def test_a_reference_that_cannot_be_is_refused_wherever_it_is_said(text: str) -> None:
    with pytest.raises(UsageError):
        client_values.client_ref(text)
    with pytest.raises(cells.CellError):
        cells.reference(text)


@pytest.mark.parametrize(("ref", "name"), WITH_NAME)
def test_a_reference_holds_no_part_of_the_name(ref: str, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        client_values.client_ref(ref, ["note=x", f"display_name={name}"])
    assert [problem.code for problem in caught.value.problems] == ["name-in-client-ref"]
    assert ref not in str(caught.value)
    with pytest.raises(cells.CellError):
        cells.reference(ref, name)


@pytest.mark.parametrize(
    ("ref", "name"), [("QX-7301", "Alex Example"), ("AL-7", "Al Bo"), ("007", "陳小樣"), ("QX-1", "")]
)
def test_other_references_are_taken(ref: str, name: str) -> None:
    assert client_values.client_ref(ref, [f"display_name={name}"]) == cells.reference(ref) == ref
    cells.reference(ref, name)


@pytest.mark.parametrize("ref", ["0" * MAX_REFERENCE, "QX-CLINIC-2026-00042"])
def test_the_longest_reference_fits_each_page(ref: str) -> None:
    values = {"client_ref": ref}
    sample().verifier.verify(sample().personaliser.personalise(values), values, text=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "bad-date"),
        ("0000-00-00", "bad-date"),
        ("2026-13-01", "bad-date"),
        ("0226-01-31", "bad-date"),
        ("Tuesday, 2026-02-30", "bad-date"),
        ("Monday, 2026-12-25", "bad-date"),
        ("12/01", "not-a-date"),
        ("12/25/2026 with June", "date-in-words"),
        ("\u0662\u0660\u0662\u0666-\u0660\u0661-\u0663\u0661", "bad-date"),
        ("2026-02-03T25:61", "not-a-time"),
        ("2026-02-03 24:30", "not-a-time"),
        ("Tuesday 25:61", "not-a-time"),
        ("Dec 1", "bad-date"),
        ("Tuesday, December 1st at 3 pm", "bad-date"),
        ("martes 1 de diciembre", "bad-date"),
    ],
)
def test_a_day_that_cannot_be_is_a_problem_with_a_command_and_in_a_roster(text: str, code: str) -> None:
    with pytest.raises(cells.CellError) as in_roster:
        cells.session(text, DayColumn(None, "mdy"))
    with pytest.raises(UsageError) as typed:
        client_values.client_values([f"next_session={text}"], sample().layout)
    assert in_roster.value.fault.code == code
    assert [problem.code for problem in typed.value.problems] == [code]
    assert text not in str(typed.value) + str(in_roster.value)


@pytest.mark.parametrize(
    "text", ["2026-02-28", "2026-02-28 23:59", "Tuesday at 14:30", "mar 15:00", "Tuesdays at 3", "2026-02-28T09:00"]
)
def test_other_days_and_weekdays_in_words_are_taken(text: str) -> None:
    assert cells.session(text, DayColumn(None, "mdy", weekdays=True)) == text.replace("T0", " 0")
    assert client_values.client_values([f"next_session={text}"], sample().layout)["next_session"]


def test_words_without_a_day_are_typed_on_purpose_with_a_command_only() -> None:
    assert client_values.client_values(["next_session=in two weeks"], sample().layout)["next_session"]
    with pytest.raises(cells.CellError, match="not-a-date"):
        cells.session("in two weeks", DayColumn(None, "mdy", weekdays=True))


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (["Ana"], ["bad-set"]),
        (["client_ref=Ana", "Ana=displayname"], ["bad-set", "no-such-value"]),
        (["note=Ana", "note=Ana"], ["set-twice"]),
    ],
)
def test_wrong_values_are_named_and_never_repeated(settings: list[str], codes: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        client_values.client_values(settings, sample().layout)
    assert [problem.code for problem in caught.value.problems] == codes
    assert "Ana" not in str(caught.value)


def test_values_may_hold_anything() -> None:
    values = {"note": "a = b", "clinician": "", "next_session": "2026-03-03"}
    assert client_values.client_values([f"{name}={value}" for name, value in values.items()], sample().layout) == values


NAME = "Ottilie"


def _broken(value: str) -> Exception:
    """What comes of a bug that says a client's value."""
    with pytest.raises(ValueError, match=NAME) as caught:
        int(value)
    return caught.value


def test_where_a_bug_is_told_holds_no_value() -> None:
    told = frames_of(_broken(NAME))
    assert "in _broken" in told
    assert told.endswith("ValueError")
    assert NAME not in told


def test_the_app_logs_no_traceback() -> None:
    error = _broken(NAME)
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "x", (), (type(error), error, None))
    assert hide_exception_text(record)
    said = logging.Formatter().format(record)
    assert "ValueError" in said
    assert NAME not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("ref", ["Alex", "CON.x"])
def test_the_command_makes_no_such_file(run: Run, ref: str) -> None:
    ran = run("packet", "--client-ref", ref, "--set", "display_name=Alex Example", "--json")
    assert ran.exit_code == 2
