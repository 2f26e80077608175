"""Progress as a sheet and as a page: accessible, complete, and for the eyes that it is for."""

from __future__ import annotations

from functools import cache as memo
from pathlib import Path
from typing import Any

import pytest

from handoutkit.errors import UsageError
from handoutkit.isolation.worker import the_worker
from handoutkit.progress.over_time import progress_of
from handoutkit.progress.progress_pages import ProgressChoices, progress_pages
from tests.support.pdf_reading import failures, opened, tags, text, texts
from tests.support.reading_order import parsed
from tests.support.weeks import CHANGE, WEEKS, week, weekly


@memo
def made(audience: Any = "clinician", language: str | None = None, change: str = "") -> tuple[bytes, bytes]:
    """The sheet and the page."""
    library = weekly(change)
    choices = ProgressChoices.of(library, None, language, audience)
    the_worker().start(reads=choices.reads)
    pdf, page = progress_pages(progress_of(WEEKS, library, choices.language), choices, [".pdf", ".html"])
    return pdf, page


def test_the_sheet_is_accessible_and_has_a_table_for_each_picture() -> None:
    pdf, _ = made()
    assert failures(pdf) == []
    document = opened(pdf)
    found = tags(document)
    figures = [tag for tag in found if tag.name == "/Figure" and "day by day" in str(tag.element.get("/Alt", ""))]
    assert len(figures) == 2  # the measure and the rating
    assert sum(tag.name == "/Table" for tag in found) == 3  # and what was ticked
    said = text(pdf)
    for words in ("3 September 2026", "no total", "Some signs", "I felt hopeless. Nearly every day", "QX-7301"):
        assert words in said
    assert "Tired. [grinning face]" in said  # no font of ours has it
    assert "Better <b>than</b> before" in said
    assert "In the margin" in said


def test_the_page_says_the_same_and_fetches_nothing() -> None:
    _, page = made()
    root = parsed(page)
    said = " ".join("".join(root.itertext()).split())
    for words in ("3 September 2026", "I felt hopeless. Nearly every day", "Tired. 😀", "Better <b>than</b> before"):
        assert words in said
    assert not {"script", "link", "iframe", "form", "input"} & {element.tag for element in root.iter()}
    policy = next(str(meta.get("content")) for meta in root.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_a_client_sees_neither_bands_nor_alerts_nor_gaps() -> None:
    for copy in made("client"):
        said = text(copy) if copy.startswith(b"%PDF") else "".join(parsed(copy).itertext())
        assert "These are your own answers" in said
        for words in ("signs", "hopeless", "Not answered", "apart", "calls for a talk"):
            assert words not in said


def test_a_change_is_told_without_a_verdict() -> None:
    assert "5 points apart" in text(made()[0])
    assert "nobody has published here" in text(made()[0])
    said = text(made(change=CHANGE)[0])
    assert "from 3 points on, two totals differ by more than chance" in said
    assert not {"better", "worse", "improved", "significant"} & set(said.lower().replace("better <b>", "").split())


@pytest.mark.parametrize("language", ["ar", "es", "zh-Hans"])
def test_every_language_has_its_words(language: str) -> None:
    pdf, page = made(language=language)
    assert failures(pdf) == []
    assert "Over time" not in text(pdf) + page.decode()
    assert str(opened(pdf).Root.Lang).startswith(language)
    spoken = [element.get("lang") for element in parsed(page).iter("h2")]
    assert "en" in spoken  # the handout is there in English only


def test_nothing_to_show_is_told(tmp_path: Path) -> None:
    library = weekly()
    choices = ProgressChoices.of(library, None, None, "client")
    with pytest.raises(UsageError):
        progress_pages(progress_of([], library, "en"), choices, [".pdf"])
    assert list(tmp_path.rglob("*.pdf")) == []


def test_no_heading_of_a_table_stands_alone_at_the_end_of_a_page() -> None:
    library = weekly()
    choices = ProgressChoices.of(library, None, None, "clinician")
    the_worker().start(reads=choices.reads)
    rows = [row for day in range(1, 10) for row in week(f"2026-09-0{day}", ticked=("A walk",)) if row.block != "worn"]
    (pdf,) = progress_pages(progress_of(rows, library, choices.language), choices, [".pdf"])
    assert ["What was ticked" in page for page in texts(pdf)] == ["A walk" in page for page in texts(pdf)]
