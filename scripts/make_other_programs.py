"""Writes the page of other programs: what each did with our files, from real runs on this machine.

    npm install --prefix FOLDER pdf-lib @cantoo/pdf-lib pdfjs-dist
    apt-get install qpdf poppler-utils mupdf-tools pdftk-java ghostscript libpdfbox2-java python3-gi gir1.2-poppler-0.18
    PYTHONPATH=. .venv/bin/python scripts/make_other_programs.py FOLDER

None of them is a part of handoutkit. The forms that they filled in are kept in ``tests/saved_elsewhere/programs/``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handoutkit.answers.read_answers import Answers, read_all
from handoutkit.build.add_reference import with_client_ref
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.clients.client_ref import ClientRef
from scripts.other_program_runs import Program, TypedValue, programs
from tests.support.fill_in_viewer import fields, in_viewer
from tests.support.form_sample import FORM
from tests.support.samples import FILES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "other-programs.md"
KEPT = ROOT / "tests" / "saved_elsewhere" / "programs"
_H = "small-page"
KINDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "a line": {"line.answer": ("text", "José and Zoë’s aunt", "José and Zoë’s aunt")},
    "several lines": {"lines.answer": ("text", "She said “later”.\nI can ask again – gently.", "")},
    "other letters": {"several.other-text": ("text", "Łukasz, Ελένη, أختي, 你好", "")},
    "emoji": {"walk.row-1-column-2": ("text", "fine 😀", "")},
    "number": {"hours.answer": ("text", "2.5", "")},
    "day": {"day.answer": ("text", "2026-11-02", "")},
    "box": {"bring.item-2": ("tick", "1", "A warm coat"), "several.option-2": ("tick", "1", "Soup")},
    "one of several": {"one.answer": ("choice", "2", "Soup")},
    "scale": {"scale.answer": ("choice", "8", "7")},
}
"""For each kind: fields with how they are filled in, with what, and what should come back (if not the same)."""
RIGHT, WRONG, STOPS, NONE = "yes", "**other**", "stops", "–"
_CODES = {"no-fields": "refused: no fields", "lost-edition": "refused: edition lost", "not-ours": "refused: not ours"}


def main(node: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name))
        KEPT.mkdir(exist_ok=True)
        every = programs(node)
        filled = [(program, trial.kinds(program)) for program in every if program.fill]
        others = [(program, trial.others(program)) for program in every if program.others]
    PAGE.write_text(_page(filled, others), encoding="utf-8")


class Trial:
    """A workspace with two small handouts, and the same forms given to each program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        second = FORM.replace("id: small-page", "id: second-page").replace("A small page", "A second page")
        for name, text in {**FILES, f"handouts/{_H}.yaml": FORM, "handouts/second-page.yaml": second}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self._library = Library(Workspace(folder))
        built = Builder(self._library, BuildOptions(layout="booklet")).render([_H, "second-page"])
        ours = with_client_ref(built, ClientRef("QX-7301"))
        self.blank, other = (self._write(f"{one.document.handout.id}.pdf", one.files[0].data) for one in ours.finished)
        fill = {f"{_H}.line.answer": "My aunt", f"{_H}.bring.item-1": "1", f"{_H}.day.answer": "2026-11-02"}
        self._first = self._write("first.pdf", in_viewer(self.blank.read_bytes(), fill))
        second_value = {"second-page.line.answer": "My brother"}
        self._second = self._write("second.pdf", in_viewer(other.read_bytes(), second_value))
        self._labels = fields(self.blank.read_bytes())

    def kinds(self, program: Program) -> dict[str, str]:
        """Whether what was put into each kind of field came back; all that did is kept in one file."""
        found = {kind: self._outcome(program, [kind]) for kind in KINDS}
        right = [kind for kind, outcome in found.items() if outcome == RIGHT]
        name = program.name.split(" (")[0].strip("@").replace("/", "-").lower()
        self._outcome(program, right, KEPT / f"{name}.pdf")
        return found

    def _outcome(self, program: Program, kinds: Sequence[str], kept: Path | None = None) -> str:
        to = self._folder / "filled.pdf"
        to.unlink(missing_ok=True)
        values = [value for kind in kinds for value in self._values(kind)]
        fill = program.fill or Trial.none
        try:
            fill(self.blank, to, values)
        except Exception as error:  # whatever stops a program of somebody else's
            print(program.name, kinds, type(error).__name__, getattr(error, "stderr", error))
            return STOPS
        answers = self.read(to)
        got = {f"{row.block}.{row.field}": row.value for row in answers.rows}
        wanted = {name: back or value for kind in kinds for name, (_, value, back) in KINDS[kind].items()}
        if kept:
            kept.write_bytes(to.read_bytes())
        if got == wanted and all(row.client_ref == "QX-7301" for row in answers.rows):
            return RIGHT
        print(program.name, kinds, got, [problem.code for problem in answers.problems])
        return WRONG if got else ", ".join(f"refused: {problem.code}" for problem in answers.problems) or NONE

    def _values(self, kind: str) -> Iterator[TypedValue]:
        for name, (way, value, _) in KINDS[kind].items():
            field = self._labels[f"{_H}.{name}"]
            widget = next((one for one in field.widgets if way == "choice" and value in one.states), field.widgets[0])
            yield TypedValue(f"{_H}.{name}", way, value, str(widget.dictionary.TU), widget.box[:2], widget.page)

    def others(self, program: Program) -> dict[str, str]:
        """What comes back of a form that was filled in, after a program did something else with it."""
        return {what: self._after(program, what) for what in program.others or {}}

    def _after(self, program: Program, what: str) -> str:
        to = self._folder / f"{what}.pdf"
        to.unlink(missing_ok=True)
        sources = [self._first, self._second] if what == "merge" else [self._first]
        does = (program.others or {})[what]
        try:
            does(sources, to)
        except Exception as error:  # whatever stops a program of somebody else's
            print(program.name, what, type(error).__name__, getattr(error, "stderr", error))
            return STOPS
        answers = self.read(to)
        print(program.name, what, [(row.field, row.value, row.client_ref) for row in answers.rows], answers.problems)
        errors = [problem.code for problem in answers.problems if problem.severity == "error"]
        if errors:
            return ", ".join(_CODES.get(code, f"refused: {code}") for code in errors)
        whose = "" if all(row.client_ref == "QX-7301" for row in answers.rows) else ", reference lost"
        before = self.read(*sources).rows
        right = {(row.handout, row.block, row.field, row.value) for row in before}
        got = {(row.handout, row.block, row.field, row.value) for row in answers.rows}
        return f"{len(got & right)} of {len(before)} answers{' and others' if got - right else ''}{whose}"

    @staticmethod
    def none(*_: object) -> None:
        """What a program does that fills in no forms."""

    def read(self, *paths: Path) -> Answers:
        return read_all(paths, self._library)

    def _write(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path


def _page(filled: Sequence[tuple[Program, dict[str, str]]], others: Sequence[tuple[Program, dict[str, str]]]) -> str:
    whats = ("split", "merge", "rewrite", "flatten")
    lines = [
        _HEAD,
        _row(["program", *KINDS]),
        _row(["---"] * (1 + len(KINDS))),
        *(_row([f"{program.name} {program.version}", *found.values()]) for program, found in filled),
        _MIDDLE,
        _row(["program", *whats]),
        _row(["---"] * (1 + len(whats))),
        *(_row([f"{one.name} {one.version}", *(found.get(what, NONE) for what in whats)]) for one, found in others),
        _FOOT,
    ]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


_HEAD = """\
# Our files in other people's programs

Made by `scripts/make_other_programs.py`, from real runs: each program got the same blank form, filled in one kind of
field, and saved it; then `handoutkit answers` read the file. *yes* means that all of it came back letter for letter,
with the client's reference; *stops* that the program itself gave up, here always at letters that its own font has not;
*other* that it stored something else than it was given. The files with all that came back are in
`tests/saved_elsewhere/programs/`, and a test reads them.
"""
_MIDDLE = """
## What else people do with a file

A form of several pages was filled in (three answers, two of them on the first page). Then that page was taken out
(split), or all of it merged with another handout of the same client (four answers), saved anew (rewrite), or flattened.
Nothing came back that was wrong: it is the answers, or a problem that says what happened. Whoever flattens a form makes
a picture of it, and that has no fields.
"""
_FOOT = """
Split files keep the client's reference and the edition of the handout: both stand in a hidden field on every page.
Programs without a row, such as Acrobat, Preview and the viewers of phones, could not be run here.

## What is seen of it on the page

Rows have every sign, whatever a page shows. pdf.js writes what a field shows only where our font has every sign of it;
with an emoji among the letters it leaves that to the next viewer. So it looked, filled in and saved by pdf.js 5.6:

| seen in | Arabic, on an Arabic form | Arabic and an emoji, on an Arabic form | the same on an English form |
| --- | --- | --- | --- |
| MuPDF 1.28 | unjoined | joined, with the emoji | joined, with the emoji |
| MuPDF 1.21 | unjoined | **dots** | **dots** |
| Poppler 22.12 | unjoined | unjoined, no emoji | **nothing** |
| PDFium 5.15 | unjoined | unjoined, no emoji | **nothing** |

MuPDF draws such a field in letters of its own, in its old versions Latin, Greek, Cyrillic and Chinese; no font in our
file changes that. A form in the language that it is answered in, or a page for a phone, shows more.

A long answer is seen whole in PDFium, Poppler and pdf-lib, which set it smaller until it fits. pdf.js counts lines
without the space between them before it sets them, and so can cut the last of them off; MuPDF 1.21 sets it at its usual
size and shows as much as has room. pdf-lib sets a short answer as large as its field, so that its last words can run
out of it, and writes `?` for letters that its own font has not; in a form that it flattens, these are lost. pypdf shows
nothing of a line behind an emoji, and breaks no lines of Chinese, so that they are cut. The rows have all of it.
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
