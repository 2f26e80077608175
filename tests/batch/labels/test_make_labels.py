"""Labels from a roster: each client's address on a label of its own, in the roster's order, where the sheet has it."""

from __future__ import annotations

import stat
from pathlib import Path

import pypdfium2
import pytest

from handoutkit.batch.labels.label_pages import label_layout, label_pages, read_back
from handoutkit.batch.labels.label_sheets import SHEETS
from handoutkit.errors import WithheldError
from handoutkit.render.theme import Theme
from tests.conftest import ROOT, TODAY, Run, Tree
from tests.support.batch_samples import small_workspace
from tests.support.pdf_reading import texts

HEADER = "Client ID,First Name,Last Name,Street Address,Apt,City,State,Zip Code,safe_to_send\n"


@pytest.mark.parametrize("name", SHEETS)
def test_labels_stand_beside_each_other_on_the_page(name: str) -> None:
    sheet = SHEETS[name]
    width, height = sheet.label
    corners = [sheet.corner(number) for number in range(sheet.count)]
    assert len(set(corners)) == sheet.count
    assert all(left >= 0 and left + width <= sheet.page[0] + 0.1 for left, _ in corners)
    assert all(bottom >= 0 and bottom + height <= sheet.page[1] + 0.1 for _, bottom in corners)
    rights = [left + width for left, _ in corners[: sheet.across - 1]]
    assert all(right <= left for right, (left, _) in zip(rights, corners[1 : sheet.across], strict=True))


def test_every_client_has_a_label_in_order_and_sheet_after_sheet(run: Run, tree: Tree, tmp_path: Path) -> None:
    workspace = small_workspace(tree)
    rows = [f"QX-{n},Alex,Example{n},{n} Mill Lane,Apt 4,Riverbend,NY,00501,yes\n" for n in range(1, 13)]
    rows[4:4] = ["QX-90,Sam,Held,1 Side Road,,Riverbend,NY,00501,no\n", "QX-91,Ana,Muestra,,,,,,yes\n"]
    (tmp_path / "clients.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    args = ("-C", workspace, "batch", tmp_path / "clients.csv", "--labels", "5163", "--date", TODAY.isoformat())
    tried = run(*args, "-o", tmp_path / "out", "--dry-run")
    assert "clients.pdf  (labels: 12, sheets of Avery 5163: 2, 1 not safe to send, to make)" in tried.stdout
    assert not (tmp_path / "out").exists()
    ran = run(*args, "-o", tmp_path / "out")
    assert ran.exit_code == tried.exit_code == 4
    assert "no-address] row 7" in ran.stderr
    assert "Muestra" not in ran.stdout + ran.stderr
    path = tmp_path / "out/labels/clients.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, second = texts(path.read_bytes())
    wanted = [f"Alex Example{n} {n} Mill Lane Apt 4 Riverbend, NY 00501" for n in range(1, 13)]
    assert (" ".join(first.split()), " ".join(second.split())) == (" ".join(wanted[:10]), " ".join(wanted[10:]))
    assert not list((tmp_path / "out").rglob("QX-*"))


def test_labels_and_what_is_made_of_packets_do_not_go_together(run: Run, tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(HEADER + "QX-1,Alex,Example,1 Mill Lane,,Riverbend,NY,00501,yes\n")
    args = ("-C", small_workspace(tree), "batch", tmp_path / "clients.csv", "--labels", "5163", "-o", tmp_path / "out")
    ran = run(*args, "--print-file", "--zip")
    assert ran.exit_code == 2
    assert "--labels makes no packets: leave --print-file and --zip out" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_label_that_cannot_be_set_is_told_by_its_row_alone(
    run: Run, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handoutkit.library.shipped_files.extra_roots", lambda: ())
    workspace = small_workspace(tree)
    long = "QX-2,Alex,Secretname,{0},{0},Riverbend,NY,00501,yes\n".format("Mill Lane " * 12)
    no_font = "QX-3,ሰላም,Secretname,12 Mill Lane,,Riverbend,NY,00501,yes\n"  # Ethiopic, a package of its own
    rows = [f"QX-{n},Alex,Example{n},{n} Mill Lane,,Riverbend,NY,00501,yes\n" for n in (11, 12)]
    (tmp_path / "clients.csv").write_text(HEADER + rows[0] + long + no_font + rows[1], encoding="utf-8")
    args = ("-C", workspace, "batch", tmp_path / "clients.csv", "--labels", "5160", "--date", TODAY.isoformat())
    ran = run(*args, "-o", tmp_path / "out")
    assert ran.exit_code == 4
    assert "value-too-long] row 3" in ran.stderr
    assert "do not fit a label" in ran.stderr
    assert "missing-fonts] row 4" in ran.stderr
    assert "pip install ./extras/scripts" in ran.stderr
    assert "Secretname" not in ran.stderr
    (page,) = texts((tmp_path / "out/labels/clients.pdf").read_bytes())
    assert page.split() == " ".join(f"Alex Example{n} {n} Mill Lane Riverbend, NY 00501" for n in (11, 12)).split()
    (tmp_path / "clients.csv").write_text(HEADER + long, encoding="utf-8")
    assert run(*args, "-o", tmp_path / "none").exit_code == 1
    assert not list((tmp_path / "none").rglob("*.pdf"))


def test_an_empty_sheet_holds_nothing_and_a_wrong_page_is_withheld() -> None:
    theme, sheet = Theme.find("base", [ROOT]), SHEETS["L7160"]
    assert pypdfium2.PdfDocument(label_layout(sheet, theme).pdf)[0].get_textpage().get_text_bounded() == ""
    labels = ["Alex Example\n12 Mill Lane"] * 22
    pdf = label_pages(sheet, theme, labels)
    assert len(texts(pdf)) == 2
    with pytest.raises(WithheldError):
        read_back(pdf, sheet, [*labels[:-1], "Ana Muestra\n12 Mill Lane"])


TWO_DIRECTIONS = (
    "דנה כהן\n5 Elm St\nRiverton, OR 97001",
    "ليلى حداد\n12 Mill Lane\nApt 4\nRiverbend, NY 00501",
    "Dana Cohen\nרחוב הרצל 5\nתל אביב 6100000",  # noqa: RUF001
    "Alex Example\nشارع النيل 12\nالقاهرة 11511\nEgypt",  # noqa: RUF001
    "דנה Cohen\n5 Elm St (דירה 3)\nRiverton, OR 97001",
    "Dana כהן\nרחוב Elm 5, Apt 3\nRiverton, OR 97001-1234",  # noqa: RUF001
    "דנה 5 Elm St, Apt 3\n1234 O'Neil-Smith Ave. NW",
)


@pytest.mark.parametrize("name", SHEETS)
def test_each_line_of_a_label_has_a_direction_of_its_own(name: str) -> None:
    pdf = label_pages(SHEETS[name], Theme.find("base", [ROOT]), TWO_DIRECTIONS)
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    places = [(page.get_charbox(n), page.get_text_range(n, 1)) for n in range(page.count_chars())]
    first = page.search("97001").get_next()
    assert first
    bottom, right = page.get_charbox(first[0])[1], SHEETS[name].label[0] + SHEETS[name].left
    lines = {bottom + up: "" for up in (0, 13.75)}  # the label's last two, at 11 points
    for (left, low, _, high), char in sorted(places):
        for line in lines:
            if left < right and low - 4 < line < high and not char.isspace():
                lines[line] += char
    assert list(lines.values()) == ["Riverton,OR97001", "5ElmSt"]


def test_a_list_without_addresses_is_one_problem_that_names_the_columns(run: Run, tree: Tree, tmp_path: Path) -> None:
    rows = "".join(f"QX-{n},Alex,Example{n}\n" for n in range(1, 4))
    (tmp_path / "clients.csv").write_text(f"Client ID,First Name,Last Name\n{rows}", encoding="utf-8")
    ran = run(
        "-C", small_workspace(tree), "batch", tmp_path / "clients.csv", "--labels", "5160", "-o", tmp_path / "out"
    )
    assert ran.exit_code == 1
    assert ran.stderr.count("no-address") == 1
    assert "`street`, `address_2`, `city`" in ran.stderr


@pytest.mark.parametrize("name", ["Featherstonehaugh Worthington", "Montgomery-Featherstone-Worthington III"])
def test_a_long_surname_is_set_smaller_before_it_is_broken(name: str) -> None:
    pdf = label_pages(SHEETS["5160"], Theme.find("base", [ROOT]), [f"Maximiliana {name}\n12 Mill Lane"])
    assert set(name.split()) <= set("".join(texts(pdf)).split())


@pytest.mark.parametrize(
    ("columns", "cells", "asked", "printed"),
    [
        ("First Name,Last Name,Preferred Name", "Alexandra,Example,Alex", (), "Alexandra Example"),
        (
            "First Name,Last Name,Preferred Name",
            "Alexandra,Example,Alex",
            ["Preferred Name=first_name"],
            "Alex Example",
        ),
        ("First Name,Last Name,Legal First Name", "Alex,Example,Alexandra", (), "Alexandra Example"),
        ("display_name,First Name,Last Name", "Alex E.,Alexandra,Example", (), "Alexandra Example"),
        ("Preferred Name,Last Name", "Alex,Example", (), "Alex Example"),
    ],
)
def test_mail_has_the_name_of_the_record_unless_asked(
    columns: str, cells: str, asked: list[str], printed: str, run: Run, tree: Tree, tmp_path: Path
) -> None:
    table = f"Client ID,{columns},Street\nQX-1,{cells},12 Mill Lane\n"
    (tmp_path / "clients.csv").write_text(table, encoding="utf-8")
    more = [part for one in asked for part in ("--map", one)]
    args = ("-C", small_workspace(tree), "batch", tmp_path / "clients.csv", "--labels", "5160", *more)
    ran = run(*args, "-o", tmp_path / "out")
    assert ran.exit_code == 0, ran.stderr
    said = "".join(texts((tmp_path / "out/labels/clients.pdf").read_bytes()))
    assert " ".join(said.split()) == f"{printed} 12 Mill Lane"


@pytest.mark.parametrize(
    ("columns", "cells", "remembered"),
    [
        ("First Name,Last Name,Preferred Name", "Alexandra,Example,Alex", "Preferred Name: preferred_name"),
        ("First Name,Last Name,Preferred Name", "Alexandra,Example,Alex", "Preferred Name: first_name"),
        ("First Name,Last Name,Called", "Alexandra,Example,Alex", "Called: preferred_name"),
        ("First Name,Last Name,Legal First Name", "Alex,Example,Alexandra", "First Name: first_name"),
        ("First Name,Last Name,Client", "Alexandra,Example,Alex E.", "Client: display_name"),
    ],
)
def test_what_a_run_for_packets_remembered_puts_no_preferred_name_on_mail(
    columns: str, cells: str, remembered: str, run: Run, tree: Tree, tmp_path: Path
) -> None:
    workspace = small_workspace(tree)
    settings = workspace / "handoutkit.yaml"
    kept = f"rosters:\n  - columns:\n      Client ID: client_ref\n      Last Name: last_name\n      {remembered}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + kept, encoding="utf-8")
    (tmp_path / "clients.csv").write_text(f"Client ID,{columns},Street\nQX-1,{cells},12 Mill Lane\n", encoding="utf-8")
    ran = run("-C", workspace, "batch", tmp_path / "clients.csv", "--labels", "5160", "-o", tmp_path / "out")
    assert ran.exit_code == 0, ran.stderr
    said = "".join(texts((tmp_path / "out/labels/clients.pdf").read_bytes()))
    assert " ".join(said.split()) == "Alexandra Example 12 Mill Lane"
