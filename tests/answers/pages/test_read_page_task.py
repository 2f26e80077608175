"""Pages that come back: what they say is read, and one that is not whole, not ours or changed gives no rows."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import tinyhtml5
from hypothesis import given, settings

from handoutkit.answers.pages.untrusted_page import MAX_BYTES
from handoutkit.answers.pdf_strings import MAX_CHARACTERS
from handoutkit.answers.read_answers import Answers, ReadOptions, read_all
from handoutkit.answers.read_form_fields import MAX_NODES
from handoutkit.answers.returns.ledger import ReturnsFolder
from handoutkit.errors import Problem
from tests.support.answer_samples import ANCHORS, TEXTS, WORDS, codes, library, told
from tests.support.short_suite import rest_is_long

ITEMS = ("low", "rested", "hopeless")


def area(text: str = "", name: str = "small-page.thoughts.answer", more: str = "") -> str:
    return (
        f'<textarea class="field" name="{name}" aria-label="What comes to mind?"{more}>\n{html.escape(text)}</textarea>'
    )


def circles(item: str, *marked: int, values: Iterable[object] = (1, 2, 3), words: Iterable[str] = ANCHORS) -> str:
    return "".join(
        f'<input type="radio" class="field" name="small-page.mood.{item}" aria-label="I felt it: {label}"'
        f' value="{value}" data-words="{label}"{" checked" if number in marked else ""}>'
        for number, (value, label) in enumerate(zip(values, words, strict=True), start=1)
    )


def page(
    *body: str, edition: str = "3", ref: str = "", saved: str = "2026-11-30T18:04:00", handout: str = "small-page"
) -> bytes:
    """A page as `Save my answers` makes it."""
    facts = {"saved": saved, f"{handout}.edition": edition, f"{handout}.client_ref": ref}
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in facts.items())
    whole = f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'
    return whole.encode()


def filled(text: str = WORDS, *, ref: str = "") -> bytes:
    rows = "".join(f"<tr><td>{circles(item, 2)}</td></tr>" for item in ITEMS)
    return page(area(text), f"<table>{rows}</table>", ref=ref)


def read_page(data: bytes, folder: Path, client_ref: str = "") -> Answers:
    path = folder / "0.html"
    path.write_bytes(data)
    return read_all([path], library(), ReadOptions(client_ref))


def test_a_page_gives_the_rows_of_a_pdf(tmp_path: Path) -> None:
    found = read_page(filled("Zoë, محمد, 😀", ref="QX-1"), tmp_path)
    assert found.problems == ()
    assert told(found) == {
        "thoughts.answer": "Zoë, محمد, 😀",
        **{f"mood.{item}": "Some days" for item in ITEMS},
        "mood.score": "4",
        "mood.score.band": "Some signs",
        "mood.score.alert.hopeless": "Some days",
    }
    first = found.rows[0]
    assert (first.kind, first.client_ref, first.day, first.day_from, first.option) == (
        ("alert", "QX-1", "2026-11-30", "saved", 2)
    )


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(text: str) -> None:
    """But for what no browser lets into a page: control characters, and what is no character."""
    typed = "".join(char for char in text if char.isprintable() or char in "\n\t")
    assert (
        told(_in_own_folder(page(area(typed), f"<table><td>{circles('low', 1)}</table>")))["thoughts.answer"] == typed
        if typed
        else True
    )


def _in_own_folder(data: bytes) -> Answers:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return read_page(data, Path(folder))


def test_a_newline_behind_a_tag_in_a_table_is_told_from_one_that_was_typed(tmp_path: Path) -> None:
    in_table = page(f"<table><tr><td>{area(chr(10) + WORDS)}</td></tr></table>")
    assert told(read_page(in_table, tmp_path))["thoughts.answer"] == f"\n{WORDS}"
    assert told(read_page(page(area(f"\n{WORDS}")), tmp_path))["thoughts.answer"] == f"\n{WORDS}"
    root = tinyhtml5.parse("<table><td><textarea>\n</textarea>", namespace_html_elements=False)
    assert next(root.iter("textarea")).text == "\n"  # when this fails, `_drop_first_newlines` can go


FAULTS = {
    "empty": (b"", "empty-file"),
    "a PDF under another name": (b"%PDF-1.7\n", "not-a-page"),
    "cut short": (filled()[:-60], "cut-short"),
    "not UTF-8": (filled().replace(b"mind", b"m\xffnd"), "damaged-page"),
    "too large": (filled() + b" " * MAX_BYTES, "too-large"),
    "another page": (b"<!doctype html><html><body>Hello</body></html>", "not-ours"),
    "without its edition": (filled().replace(b"small-page.edition", b"x"), "lost-edition"),
    "another edition's text": (page(area(WORDS), edition="three"), "bad-edition"),
    "a field twice": (page(area(WORDS), area(WORDS)), "field-twice"),
    "a field of another handout": (page(area(WORDS, "elsewhere.thoughts.answer")), "unknown-field"),
    "a field that the handout has not": (page(area(WORDS, "small-page.thoughts.other")), "unknown-field"),
    "two circles marked": (page(circles("low", 1, 2)), "two-answers"),
    "a number that is none": (page(circles("low", 1, values=("x", 2, 3))), "not-an-option"),
    "an option without words": (page(circles("low", 1, words=("", "b", "c"))), "not-an-option"),
    "too long": (page(area("a" * (MAX_CHARACTERS + 1))), "too-long"),
    "another kind of control": (
        page('<input type="password" class="field" name="small-page.thoughts.answer" value="x">'),
        "unreadable-value",
    ),
    "a reference that is none": (page(area(WORDS), ref="Anna Example"), "bad-client-ref"),
    "two clients": (
        page(area(WORDS), '<meta name="other.client_ref" content="QX-2">', ref="QX-1"),
        "two-clients",
    ),
    "more fields than any handout": (page(*[area()] * (MAX_NODES + 1)), "too-many-fields"),
}


@pytest.mark.parametrize("name", rest_is_long([*FAULTS], stays=lambda name: name != "more fields than any handout"))
def test_a_page_that_cannot_be_read_for_certain_gives_no_rows(name: str, tmp_path: Path) -> None:
    data, code = FAULTS[name]
    found = read_page(data, tmp_path)
    assert found.rows == ()
    assert code in codes(found)
    for problem in found.problems:
        _is_told_well(problem)


def _is_told_well(problem: Problem) -> None:
    assert problem.severity == "error"
    assert problem.hint
    assert WORDS not in str(problem)
    assert "PDF" not in problem.message


def test_options_that_are_not_the_handouts_are_told_and_not_scored(tmp_path: Path) -> None:
    body = [circles("low", 1, words=("Always", *ANCHORS[1:])), *(circles(item, 1) for item in ITEMS[1:])]
    found = read_page(page(*body), tmp_path)
    assert codes(found) == ["other-anchors"]


def test_an_answer_that_calls_for_a_talk_is_told_of_a_page_that_is_refused(tmp_path: Path) -> None:
    afraid = page(circles("hopeless", 2), ref="QX-1")
    assert codes(read_page(afraid, tmp_path, client_ref="QX-9")) == ["may-be-an-alert", "other-client-ref"]
    unsure = read_page(page(circles("hopeless", 1, 2)), tmp_path)
    assert codes(unsure) == ["may-be-an-alert", "two-answers"]


def test_what_others_put_into_a_page_is_no_field(tmp_path: Path) -> None:
    helper = '<input name="q" type="text" value="x"><script>document.title = 1</script>'
    assert told(read_page(page(area(WORDS), helper), tmp_path)) == {"thoughts.answer": WORDS}


def test_a_page_that_nobody_filled_in_is_told(tmp_path: Path) -> None:
    found = read_page(page(area(), saved=""), tmp_path)
    assert codes(found) == ["nothing-filled-in"]


def test_whose_it_is_can_be_said(tmp_path: Path) -> None:
    assert {row.client_ref for row in read_page(filled(), tmp_path, client_ref="QX-9").rows} == {"QX-9"}
    assert codes(read_page(page(area(WORDS), ref="QX-1"), tmp_path, client_ref="QX-9")) == ["other-client-ref"]


def test_a_page_that_does_not_say_its_day_has_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "0.htm"
    path.write_bytes(page(area(WORDS), saved="yesterday"))
    os.utime(path, times=(time.mktime((2026, 11, 3, 12, 0, 0, 0, 0, -1)),) * 2)
    (row,) = read_all([path], library(), ReadOptions()).rows
    assert (row.day, row.day_from) == ("2026-11-03", "file")


def test_pages_in_the_folder_of_returns_are_found(tmp_path: Path) -> None:
    for name in ("b.html", "a.pdf", "c.HTM", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in ReturnsFolder(tmp_path).files()] == ["a.pdf", "b.html", "c.HTM"]


@pytest.mark.parametrize("deep", rest_is_long([3_000, 30_000], stays=lambda deep: deep == 3_000))
def test_nesting_without_end_ends(tmp_path: Path, deep: int) -> None:
    found = read_page(page("<div>" * deep, area(WORDS)), tmp_path)
    assert told(found) == {"thoughts.answer": WORDS} or found.rows == ()
