"""OpenDocument spreadsheets, as LibreOffice writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.rosters.readers.read_table_task import facts_of, read_table, unpacked
from handoutkit.rosters.readers.table import TableReading
from handoutkit.rosters.usual_names import header_names

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_HEADER = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("Client ID", "Name"))


def _ods(path: Path, sheets: str, before: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{before}<office:document-content {_NAMES}><office:automatic-styles>'
            '<style:style style:name="gone"><style:table-properties table:display="false"/></style:style>'
            f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path


def _rows(path: Path, *, with_hidden: bool = False) -> tuple[list[tuple[str, ...]], tuple[int, int, int]]:
    data = read_table(path, TableReading(header_names(("display_name",), {}), with_hidden=with_hidden))
    facts = facts_of(data)
    return [line.cells for line in unpacked(data)], (facts.rows, facts.columns, facts.sheets)


def test_cells_as_they_are_seen(tmp_path: Path) -> None:
    path = _ods(
        tmp_path / "roster.ods",
        '<table:table table:style-name="gone"><table:table-row><table:table-cell><text:p>Client ID</text:p>'
        "</table:table-cell></table:table-row></table:table>"
        '<table:table><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{_HEADER}<table:table-cell><text:p>When</text:p></table:table-cell>"
        "<table:table-cell><text:p>Secret</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="float" office:value="7"><text:p>QX-0007</text:p>'
        '</table:table-cell><table:table-cell table:number-rows-spanned="2"><text:p>Ana<text:s/>Paz</text:p>'
        "<office:annotation><text:p>call first</text:p></office:annotation></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2026-12-01T14:29:59.9"><text:p>1. 12.</text:p>'
        "</table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>QX-0008</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell><text:p>QX-0009</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>',
    )
    rows, held_back = _rows(path)
    assert rows == [
        ("Client ID", "Name", "When"),
        ("QX-0007", "Ana Paz", "2026-12-01 14:30"),
        ("QX-0008", "Ana Paz"),
    ]
    assert held_back == (1, 1, 1)


def test_what_is_hidden_may_be_read(tmp_path: Path) -> None:
    row = '<table:table-row table:visibility="collapse"><table:table-cell><text:p>A-1</text:p></table:table-cell>'
    path = _ods(
        tmp_path / "roster.ods",
        f"<table:table><table:table-row>{_HEADER}</table:table-row>{row}</table:table-row></table:table>",
    )
    assert _rows(path) == ([("Client ID", "Name")], (1, 0, 0))
    assert _rows(path, with_hidden=True) == ([("Client ID", "Name"), ("A-1",)], (0, 0, 0))


@pytest.mark.parametrize(
    ("sheets", "before", "code"),
    [
        (
            "<table:table><table:table-row><table:table-cell><text:p>About</text:p></table:table-cell>"
            "</table:table-row></table:table>" * 2,
            "",
            "no-client-ref",
        ),
        ("<table:table>", "", "not-a-table"),
        ("", '<!DOCTYPE a [<!ENTITY b "bb">]>', "not-a-table"),
        ("", "", "empty-file"),
        (
            '<table:table><table:table-row table:number-rows-repeated="999999"><table:table-cell><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table>",
            "",
            "too-many-rows",
        ),
    ],
)
def test_what_is_no_table(tmp_path: Path, sheets: str, before: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        _rows(_ods(tmp_path / "roster.ods", sheets, before))
    assert [problem.code for problem in caught.value.problems] == [code]
