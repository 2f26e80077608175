"""A library with a measure, forms of its handout, and what reading them gives."""

from __future__ import annotations

import io
import tempfile
from functools import lru_cache
from pathlib import Path

import pikepdf
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, String

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import Answers, ReadOptions, read_all
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.support.hand_made_forms import FormPdf, changed
from tests.support.samples import FILES, HANDOUT

MEASURE = """\
  - type: measure
    id: mood
    instructions: How often in the last week?
    rights_statement: Written for this test.
    anchors:
      - {label: Not at all, points: 0}
      - {label: Some days, points: 1}
      - {label: Nearly every day, points: 3}
    items:
      - {id: low, text: I felt low.}
      - {id: rested, text: I felt rested., reverse: true}
      - {id: hopeless, text: I felt hopeless., alert_from: 1}
    bands:
      - {low: 0, high: 3, label: Few signs}
      - {low: 4, high: 9, label: Some signs}
"""
ANCHORS = ("Not at all", "Some days", "Nearly every day")
WORKSPACE = {**FILES, "handouts/small-page.yaml": HANDOUT + MEASURE}
_FOLDER = tempfile.TemporaryDirectory()
THOUGHTS, LOW, RESTED, HOPELESS = (
    f"small-page.{name}" for name in ("thoughts.answer", "mood.low", "mood.rested", "mood.hopeless")
)
VALUES: dict[str, str | int] = {THOUGHTS: "Zoë, محمد, 😀\nand a second line", LOW: 2, RESTED: 3, HOPELESS: 1}
# Surrogates cannot be stored; a carriage return is a line end.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)
WORDS = "Only for my therapist"


def blank(handout: str = "small-page", edition: int | str = 3) -> FormPdf:
    """The form of the handout with a measure."""
    form = FormPdf().text(f"{handout}.thoughts.answer")
    for item in ("low", "rested", "hopeless"):
        form.choice(f"{handout}.mood.{item}", ANCHORS)
    return form.edition(handout, edition)


def simple(value: str | bytes | None = WORDS) -> FormPdf:
    """A form of one field, of a handout that the library does not have."""
    return FormPdf().text("elsewhere.thoughts.answer", value).edition("elsewhere")


@lru_cache(maxsize=1)
def library() -> Library:
    """A workspace with that handout."""
    folder = Path(_FOLDER.name)
    for name, text in WORKSPACE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Library(Workspace(folder))


def read(*pdfs: bytes, client_ref: str = "", password: str | None = None, empty: bool = False) -> Answers:
    """What PDFs say; they are files ``0.pdf``, ``1.pdf``, ..."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pdf" for number, _ in enumerate(pdfs)]
        for path, pdf in zip(paths, pdfs, strict=True):
            path.write_bytes(pdf)
        return read_all(paths, library(), ReadOptions(client_ref, password, empty))


def of_client(form: FormPdf, **references: str) -> bytes:
    """A form with a reference in a field of each owner, which shows nowhere."""
    for owner, ref in references.items():
        field = form.pdf.make_indirect(Dictionary(FT=Name.Tx, V=String(ref)))
        form.put(f"{owner.replace('_', '-')}.client_ref", field)
    return form.save()


def merged(first: bytes, *others: bytes) -> bytes:
    """As qpdf merges: fields of the same name get another."""

    def add(pdf: pikepdf.Pdf) -> None:
        for other in others:
            with pikepdf.open(io.BytesIO(other)) as opened:
                pdf.add_pages_from(opened)

    return changed(first, add)


def locked(user: str) -> bytes:
    """A form that is encrypted with a password."""
    return simple().save(encryption=pikepdf.Encryption(owner="owner", user=user, R=6))


def a_row(value: str) -> AnswerRow:
    """An answer of a client whose reference begins with zeros."""
    day = ("2026-11-30", "saved")
    thoughts = ("thoughts", "answer", "What comes to mind?", "", "")
    return AnswerRow("0.pdf", "0012", *day, "en", "small-page", 3, "answer", *thoughts, value)


def told(answers: Answers) -> dict[str, str]:
    return {f"{row.block}.{row.field}".lstrip("."): row.value for row in answers.rows}


def codes(answers: Answers) -> list[str]:
    return [problem.code for problem in answers.problems]
