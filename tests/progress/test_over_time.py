"""Rows to courses: by day, with what is missing, and nothing shown twice or dropped."""

from __future__ import annotations

from dataclasses import replace

from handoutkit.progress.client_forms import OwnWords
from handoutkit.progress.over_time import Progress, progress_of
from tests.support.weeks import CHANGE, WEEKS, a_row, week, weekly


def of(*rows: object, change: str = "") -> Progress:
    return progress_of(rows, weekly(change), "en")  # type: ignore[arg-type]


def test_a_measure_has_its_totals_bands_gaps_and_alerts() -> None:
    found = of(*reversed(WEEKS))  # whatever the order of the files
    (course,) = found.measures
    assert [(one.day, one.total, one.band) for one in course.days] == [
        ("2026-09-03", 8, "Some signs"),
        ("2026-09-17", None, ""),
        ("2026-10-01", 3, "Few signs"),
    ]
    assert course.days[0].alerts == (("I felt hopeless.", "Nearly every day"),)
    assert course.days[1].missing == ("I felt low.", "I felt rested.")
    assert (course.lowest, course.highest) == (0, 9)
    assert course.ends
    assert [one.total for one in course.ends] == [8, 3]


def test_what_is_a_real_change_is_said_only_where_it_was_published() -> None:
    assert of(*WEEKS).measures[0].change is None
    change = of(*WEEKS, change=CHANGE).measures[0].change
    assert change
    assert (change.points, change.source) == (3, "A. Writer")


def test_ratings_ticks_and_words_are_by_day() -> None:
    found = of(*WEEKS)
    (rating,) = found.ratings
    assert rating.title == "How worn out are you?"
    assert rating.days == (("2026-09-03", 8.0), ("2026-09-17", 6.0), ("2026-10-01", 4.0))
    assert (rating.lowest, rating.highest, rating.left, rating.right) == (0, 10, "Rested", "Worn out")
    (ticks,) = found.ticks
    assert ticks.days == ("2026-09-03", "2026-09-17", "2026-10-01")
    assert ticks.lines == (("A walk", (True, False, True)), ("A call", (False, False, True)))
    assert [(one.day, [entry.words for entry in one.entries]) for one in found.words] == [
        ("2026-09-03", ["Tired. 😀\nمحمد helps."]),
        ("2026-09-17", ["In the margin"]),  # beside the fields
        ("2026-10-01", ["Better <b>than</b> before"]),
    ]
    assert found.words[0].entries[0].question == "What do you think?"
    assert [entry.beside_page for one in found.words for entry in one.entries] == [None, 1, None]


def test_days_of_files_and_what_has_no_words_are_kept_apart() -> None:
    """Nobody said that day, and a drawing beside the places to write is no answer: both are shown as what they are."""
    ink = replace(a_row("2026-10-05", ".page-2-without-words", "", "beside"), day_from="file")
    found = of(*WEEKS, ink)
    assert found.days_of_files == ("2026-10-05",)
    assert of(*WEEKS).days_of_files == ()
    assert found.words[-1].entries == (OwnWords("", "", "", 2),)


def test_the_day_of_the_sheet_is_no_word_of_the_client() -> None:
    sheet = [
        replace(a_row("2026-10-05", name, "5 October", read_as="2026-10-05"), day_from="sheet")
        for name in ("name-and-date.date", "log.row-1-when", "birthday.answer")
    ]
    assert [[entry.words for entry in day.entries] for day in of(*sheet).words] == [["5 October", "5 October"]]
    assert of(sheet[0]).words == ()
    assert of(sheet[2]).words == ()  # the only question for a day


def test_what_has_no_day_stands_last_and_in_no_picture() -> None:
    found = of(*week("", total=2, worn=7, words="One day"), *WEEKS)
    assert [one.day for one in found.measures[0].days][-1] == ""
    assert found.days == ("2026-09-03", "2026-09-17", "2026-10-01")
    assert len(found.ratings[0].days) == 3
    assert [entry.words for entry in found.words[-1].entries] == ["7", "One day"]


def test_another_edition_is_told_in_its_own_words() -> None:
    found = of(a_row("2026-09-03", "mood.low", "Some days", edition=2))
    assert found.measures == ()
    (day,) = found.words
    assert (day.title, day.entries[0].question, day.entries[0].words) == ("small-page", "Asked?", "Some days")
