"""Thirty packets for new clients, filled in by other programs, on a phone and on paper, read back and held against.

    PYTHONPATH=. .venv/bin/python scripts/fill_in_roster.py NODE FOLDER

NODE is the folder of npm that ``scripts/make_other_programs.py`` asks for; FOLDER must not be there. It becomes a
workspace with the papers of a practice, a roster of invented people, what each of them sent back, and ``answers.json``.
Exits with 1 if a value, a client, a day or an alert came back otherwise than it was put in.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.block import BlockField
from handoutkit.models.markdown import to_plain
from scripts.other_program_runs import Program, TypedValue, programs
from scripts.paper_and_pen import scanned
from tests.support.browser_app import chromium
from tests.support.fill_in_viewer import FormField, Widget, fields, in_viewer
from tests.support.phone_pages import phone, save

ROOT = Path(__file__).resolve().parent.parent
GAP = re.compile(r"\[your\b[^\]]*\](?!\()", re.IGNORECASE)
PEOPLE = (
    "Nkechi Adébáyọ̀", "Zoë Łukasik", "محمد الحسن", "李 小明", "Ана Петровић", "Ελένη Παππά",
    "José Muñoz", "שרה כהן", "प्रिया शर्मा", "Nguyễn Hà", "Siobhán Ó Briain", "Анна Коваль",
    "Amadou N’Diaye", "İpek Yılmaz", "Léa Çelik", "Þóra Jónsdóttir", "فاطمة زهرا", "陈 美玲",
    "Kai Example", "Mika Ōta", "Rosa Iñiguez", "Rafael Iñiguez", "Theo Marsh", "Ebony Marsh",
    "Jo Sample", "Ravi Sample", "Ada Młynarz", "Bo Nilsson", "Inés Peña", "Ruža Horvat",
)  # fmt: skip
COUPLES, MINORS = range(21, 27), (9, 18, 20, 30)
"""Rows of the roster, from 1: those who come together, and those under age."""
LATIN = ("José and Zoë’s aunt", "She said “later” – gently.", "=1+1", "0012", "a <b> & c")
SCRIPTS = ("Łukasz, Ελένη", "أختي مريم", "你好 小明", "Ірина", "דודה", "दीदी", "fine 😀")
SAFETY = "intake-questionnaire.safety"
CALLS = 4
"""How many of the first options there call for a talk."""


@dataclass
class Person:
    """A row of the roster: how they filled in, and what they wrote, by field as the answers name it."""

    number: int
    name: str
    way: str
    written: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """What the practice calls them by."""
        return f"QX-{1000 + self.number}"

    @property
    def packet(self) -> str:
        """What they get."""
        return "new-couple" if self.number in COUPLES else "new-teen" if self.number in MINORS else "new-client"

    @property
    def row(self) -> dict[str, str]:
        """Their row, under heads as a records system has them."""
        first, _, last = self.name.partition(" ")
        when = "minor" if self.number in MINORS else ""
        who = {"Client ID": self.ref, "First Name": first, "Last Name": last}
        return who | {"packet": self.packet, "when": when, "Next Appointment": "2026-12-07 14:30"}


def main(node: Path, folder: Path) -> int:
    filling = [one for one in programs(node) if one.fill]
    ways = [one.name for one in (filling * 2)[:15]] + ["phone"] * 10 + ["paper"] * 5
    everyone = [Person(number + 1, name, ways[number * 7 % 30]) for number, name in enumerate(PEOPLE)]
    papers_of_a_practice(folder)
    with (folder / "monday.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(everyone[0].row))
        table.writeheader()
        table.writerows(one.row for one in everyone)
    print(kit(folder, "batch", folder / "monday.csv", "--allow-empty"))
    library = Library(Workspace(folder))
    words = Words(library)
    (folder / "returns").mkdir(exist_ok=True)
    by_name = {one.name: one for one in filling}
    with chromium() as browser:
        for person in everyone:
            print(person.ref, person.packet, person.way, flush=True)
            if person.way == "phone":
                on_a_phone(browser, folder, person, words)
            elif person.way == "paper":
                on_paper(folder, person, words)
            else:
                by_program(by_name[person.way], folder, person, words)
    return compare(folder, everyone)


def kit(folder: Path, *args: object, code: int = 0) -> str:
    """What handoutkit prints. Raises RuntimeError: it ended otherwise than it should."""
    command = [sys.executable, "-m", "handoutkit", "-C", str(folder), *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != code:
        raise RuntimeError(f"{args} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout + done.stderr


def papers_of_a_practice(folder: Path) -> None:
    """A workspace whose practice wrote into every gap of the papers for new clients."""
    kit(folder.parent, "init", folder)
    practice = (ROOT / "practices" / "riverbend-counseling.yaml").read_text(encoding="utf-8")
    ours = re.sub(r"(?m)^ *(example: true|logo:).*\n", "", practice).replace(
        "id: riverbend-counseling", "id: my-practice"
    )
    (folder / "practices" / "my-practice.yaml").write_text(ours, encoding="utf-8")
    shipped = Library(Workspace(ROOT))
    packets = ("new-client", "new-couple", "new-teen")
    for name in dict.fromkeys(one.handout for packet in packets for one in shipped.packet(packet).model.handouts):
        kit(folder, "new", name, "--from", name)
        path = folder / "handouts" / f"{name}.yaml"
        path.write_text(GAP.sub("what we filled in", path.read_text(encoding="utf-8")), encoding="utf-8")


class Place(NamedTuple):
    """Where something is filled in: a text, a tick or a choice; and how many signs a text can have."""

    kind: str
    room: int = 200


class Words:
    """What is written into each field, and what its row should have as its value."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._fields: dict[str, BlockField] = {}

    def block_field(self, name: str) -> BlockField | None:
        """The field as its handout has it; None for one that is not a block's."""
        handout = name.partition(".")[0]
        if not any(known.startswith(f"{handout}.") for known in self._fields):
            for block in self._library.handout(handout).model.blocks:
                for each in block.fields() if block.id else ():
                    self._fields[f"{handout}.{block.id}.{each.name}"] = each
        return self._fields.get(name)

    def choose(self, places: Mapping[str, Place], person: Person, texts: Sequence[str]) -> dict[str, str]:
        """What this person puts in, by field: a text, or the number of an option. They leave each fifth open."""
        chosen = {}
        for number, (name, place) in enumerate(places.items(), start=person.number):
            of_block = self.block_field(name)
            if number % 5 == 0 and not name.startswith(SAFETY):
                continue
            if place.kind == "text":
                day = of_block is not None and of_block.kind == "date"
                chosen[name] = "2026-11-27" if day else texts[number % len(texts)][: place.room].rstrip()
                person.written[name] = chosen[name]
            elif place.kind == "choice" and of_block:
                pick = number % len(of_block.options)
                chosen[name], person.written[name] = str(pick + 1), to_plain(str(of_block.options[pick]))
            elif number % 3 == 0:
                chosen[name] = "1"
                label = str(of_block.label[-1]) if of_block and len(of_block.label) > 1 else ""
                person.written[name] = to_plain(label) if not name.endswith(".other") else ""
        return chosen


def _place(each: FormField) -> Place:
    if each.kind == "/Btn":
        return Place("choice" if len(each.widgets) > 1 else "tick")
    return Place("text", int(each.dictionary.get("/MaxLen", 200)))


def by_program(program: Program, folder: Path, person: Person, words: Words) -> None:
    """Fill in the packet with a program of somebody else's, as its users do."""
    blank = folder / "output" / "monday" / f"{person.ref}.pdf"
    form = _to_fill(blank)
    places = {name: _place(each) for name, each in form.items()}
    chosen = words.choose(places, person, _texts_of(program))
    typed = []
    for name, value in chosen.items():
        widget = _widget(form[name], value)
        label = str(widget.dictionary.TU)
        typed.append(TypedValue(name, places[name].kind, value, label, widget.box[:2], widget.page))
    to = folder / "returns" / f"{person.ref}.pdf"
    if program.fill:
        program.fill(blank, to, typed)
    person.files.append(to)


def _texts_of(program: Program) -> Sequence[str]:
    """What can be typed there, as docs/other-programs.md has it."""
    if program.name in ("pdf-lib", "PDFBox"):
        return LATIN
    return LATIN + SCRIPTS[:-1] if program.name.startswith("PDFium") else LATIN + SCRIPTS


def _widget(each: FormField, state: str) -> Widget:
    return next((one for one in each.widgets if each.kind == "/Btn" and state in one.states), each.widgets[0])


def on_paper(folder: Path, person: Person, words: Words) -> None:
    """Print the packet, write on it, scan it: refused; then somebody types what is on paper into the same file."""
    blank = folder / "output" / "monday" / f"{person.ref}.pdf"
    form = _to_fill(blank)
    chosen = words.choose({name: _place(each) for name, each in form.items()}, person, LATIN)
    scan = folder / f"scan-{person.ref}.pdf"
    pen = [(_widget(form[name], value), "" if form[name].kind == "/Btn" else value) for name, value in chosen.items()]
    scanned(blank, scan, pen)
    said = kit(folder, "answers", scan, code=1)
    if "no-fields" not in said:
        raise RuntimeError(f"a scan was not refused: {said}")
    to = folder / "returns" / f"{person.ref}.pdf"
    to.write_bytes(in_viewer(blank.read_bytes(), chosen))
    person.files.append(to)


def on_a_phone(browser: Browser, folder: Path, person: Person, words: Words) -> None:
    """Fill in each paper as a page, by touch, and save it."""
    handouts = [one.handout for one in Library(Workspace(folder)).packet(person.packet).model.handouts]
    minor = ("--set", "minor=yes") if person.number in MINORS else ()
    made = folder / "pages" / person.ref
    kit(folder, "build", *handouts, "--to", "html", "--client-ref", person.ref, *minor, "-o", made)
    for sent in sorted(made.glob("**/*.html")):
        with phone(browser) as page:
            page.goto(sent.as_uri())
            places = {name: Place(kind) for name, kind in page.evaluate(_KINDS).items()}
            for name, value in words.choose(places, person, LATIN + SCRIPTS).items():
                if places[name].kind == "text":
                    spot = page.locator(f'.field[name="{name}"]')
                    spot.tap()
                    page.keyboard.insert_text(value)
                else:
                    at = f'.field[name="{name}"]' + (f'[value="{value}"]' if places[name].kind == "choice" else "")
                    page.locator(at).tap(force=True)
            if not places:
                continue
            home = folder / "returns" / person.ref
            home.mkdir(exist_ok=True)
            person.files.append(save(page, home))


_KINDS = """() => Object.fromEntries([...document.querySelectorAll(".field[name]")].map((field) => [
  field.name, { radio: "choice", checkbox: "tick" }[field.type] ?? "text"]))"""


def _to_fill(blank: Path) -> dict[str, FormField]:
    return {
        name: each
        for name, each in fields(blank.read_bytes()).items()
        if each.widgets and not int(each.dictionary.get("/Ff", 0)) & 1
    }


def compare(folder: Path, everyone: Sequence[Person]) -> int:
    """Whether everything came back, of whom and when it was, and alerts stand first."""
    every = [path for person in everyone for path in person.files]
    out = kit(folder, "answers", *every, "--json", code=0)
    (folder / "answers.json").write_text(out, encoding="utf-8")
    found = json.loads(out[: out.rindex("}") + 1])
    rows: list[dict[str, Any]] = found["rows"]
    print(len(rows), "rows;", {one["code"] for one in found["problems"]})
    wrong = list(_wrong(rows, everyone))
    print(*wrong[:60], sep="\n")
    put_in = sum(len(one.written) for one in everyone)
    print(f"{len(everyone)} people, {len(every)} files, {put_in} values put in; {len(wrong)} wrong")
    return 1 if wrong else 0


def _wrong(rows: Sequence[dict[str, Any]], everyone: Sequence[Person]) -> Iterator[str]:
    back: dict[str, dict[str, str]] = {person.ref: {} for person in everyone}
    today = date.today().isoformat()
    for row in rows:
        if row["kind"] == "answer":
            back[row["client_ref"]][f"{row['handout']}.{row['block']}.{row['field']}"] = row["value"]
        if row["kind"] in ("beside", "score"):
            yield f"{row['client_ref']}: a row {row['kind']} {row['field']}"
        if row["day"] != today or row["day_from"] not in ("saved", "sheet", "file"):
            yield f"{row['client_ref']} {row['handout']}.{row['block']}.{row['field']}: {row['day']} {row['day_from']}"
    for person in everyone:
        got = back[person.ref]
        for name in sorted(got.keys() | person.written.keys()):
            put = person.written.get(name)
            if got.get(name) != put and not (put == "" and got.get(name)):
                yield f"{person.ref} by {person.way}: {name} is {got.get(name)!r}, was {put!r}"
    ticked = {
        (person.ref, name.rpartition(".")[2])
        for person in everyone
        for name in person.written
        if name.startswith(f"{SAFETY}.option-") and int(name.rpartition("-")[2]) <= CALLS
    }
    alerts = [row for row in rows if row["kind"] == "alert"]
    print(
        len(ticked),
        "answers that call for a talk;",
        len(alerts),
        "alerts, of",
        len({row["client_ref"] for row in alerts}),
    )
    if {(row["client_ref"], row["field"].rpartition(".")[2]) for row in alerts} != ticked:
        yield "the alerts are not those that were put in"
    if rows[: len(alerts)] != alerts:
        yield "alerts do not stand first"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()))
