"""Rosters, packets and PO files that mean harm, as ``tests/support/hostile.py`` has the rest."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from handoutkit.loading.load_file import load_handout
from handoutkit.translations.catalogue_update import up_to_date
from tests.support.hostile import HOUSE, PAGE, Content, Hostile
from tests.support.po_samples import change, marked
from tests.support.samples import HANDOUT, PRACTICE

ROSTER, PACKET, PO = "roster.csv", "handouts/packets/small.yaml", "handouts/locale/es/small-page.po"
SMALL = "id: small\ntitle: Small\nlanguage: en\nhandouts: [{handout: small-page}]\n"
BATCH = ("batch", ROSTER, "--packet", "small", "--allow-empty")
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_BLANK = 1_000_000


def _roster(name: str, code: str, roster: Content, *more: str) -> Hostile:
    files: dict[str, Content] = {ROSTER: roster, PACKET: SMALL}
    return Hostile(name, code, ROSTER, files, command=(*BATCH, *more))


def _workbook(sheet: str, more: int = 0) -> bytes:
    """A workbook with such a sheet, and so many million spaces behind it."""
    import openpyxl

    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            with target.open(name, "w") as file:
                if name != "xl/worksheets/sheet1.xml":
                    file.write(source.read(name))
                    continue
                file.write(sheet.encode())
                for _ in range(more):
                    file.write(b" " * _BLANK)
    return made.getvalue()


def _linked_roster() -> Hostile:
    name = "a roster that is a link to a text"
    files: dict[str, Content] = {PACKET: SMALL}
    return Hostile(name, "link-outside", ROSTER, files, {ROSTER: "../secret.txt"}, BATCH)


def _far_cells() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 2_000))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>client_ref</t></is></c><c r="XFD1"><v>1</v></c></row>'
    return _workbook(f"{_SHEET}{first}{rows}</sheetData></worksheet>")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return _workbook(f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]>{_SHEET}{cell}</sheetData></worksheet>')


def _open_document(rows: str, before: str = "") -> bytes:
    """An OpenDocument workbook with such rows."""
    kinds = ("office", "table", "text")
    names = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{before}<office:c {names}><table:table>{rows}</table:table></office:c>")
    return made.getvalue()


def _repeated() -> bytes:
    cell = "<table:table-cell><text:p>client_ref</text:p></table:table-cell>"
    return _open_document(f'<table:table-row table:number-rows-repeated="99999999">{cell}</table:table-row>')


def _open_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    cell = "<table:table-row><table:table-cell><text:p>&l9;</text:p></table:table-cell></table:table-row>"
    return _open_document(cell, f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]>')


def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)


ROSTERS = (
    _linked_roster(),
    _roster(
        "a roster of a million columns", "too-many-columns", lambda: ",".join(["client_ref", *map(str, range(10**6))])
    ),
    _roster("a roster of a million rows", "too-many-rows", lambda: "client_ref\n" + "QX-1\n" * 1_000_000),
    _roster("a workbook that unpacks to 1 GB", "too-large", lambda: _workbook(_SHEET, 1_000)),
    _roster("a workbook with cells in column XFD", "too-many-columns", _far_cells),
    _roster("a workbook with an entity bomb", "not-a-table", _laughs),
    _roster("a workbook with a password", "not-a-table", _locked),
    _roster("an OpenDocument workbook with a row a hundred million times", "too-many-rows", _repeated),
    _roster("an OpenDocument workbook with an entity bomb", "not-a-table", _open_laughs),
    _roster("a roster with a quotation mark and 5 MB after it", "quotation-mark", 'client_ref\n"' + "a," * 2_500_000),
    _roster("a client's reference that is a path", "bad-client-ref", "client_ref\n../../QX-1\n"),
    _roster("a client's reference with a NUL", "bad-client-ref", "client_ref\nQX\0-1\n"),
    _roster("a client's reference that Windows keeps for itself", "bad-client-ref", "client_ref\nNUL.a\n"),
    _roster(
        "a row without the password it must have",
        "bad-password",
        "client_ref,secret\nQX-1,\n",
        *("--password-column", "secret"),
    ),
    Hostile(
        "a packet with a handout twice, whose fields would collide",
        "duplicate-handout",
        PACKET,
        {PACKET: SMALL.replace("]", ", {handout: small-page}]")},
        command=("packet", "small"),
    ),
)


def _translation(text: str, instead: str, headers: Mapping[str, str]) -> str:
    """A whole translation of the small handout; one text and a header of it may be wrong."""
    with tempfile.TemporaryDirectory() as folder:
        handout, po = Path(folder, "small-page.yaml"), Path(folder, "small-page.po")
        handout.write_text(_WITH_GAP, encoding="utf-8")
        po.write_text(up_to_date(load_handout(handout), "es", None), encoding="utf-8")

        def translated(place: str, words: str) -> str:
            return instead if words == text else marked(place, words)

        change(po, translated, {"Last-Translator": "A", **headers})
        return po.read_text(encoding="utf-8")


_WITH_GAP = HANDOUT.replace(
    "  - type: next_step\n",
    "  - {type: sentence_frame, id: i-feel, frame: 'I feel {word}.', slots: [{id: word, label: A word}]}\n"
    "  - type: next_step\n",
)


def _po(name: str, code: str, text: str = "", instead: str = "", more: str = "", **headers: str) -> Hostile:
    files: dict[str, Content] = {
        PAGE: _WITH_GAP,
        HOUSE: PRACTICE + "language: es\n",
        PO: lambda: (
            _translation(text, instead, {name.replace("_", "-"): value for name, value in headers.items()}) + more
        ),
    }
    return Hostile(name, code, PO if code else "", files, command=("build", "small-page", "--lang", "es"))


CATALOGUES = (
    _po("a PO file with a wrong placeholder", "translation-gaps", "I feel {word}.", "Siento {palabra}."),
    _po("a PO file whose placeholder reaches for attributes", "translation-gaps", "I feel {word}.", "{word.__class__}"),
    _po("a PO file with HTML in it", "raw-html", "What do you think?", "<script>alert(1)</script>"),
    _po(
        "a PO file with a link to a script",
        "bad-link",
        "The opening words.",
        "[palabras](javascript:alert(1))",
    ),
    _po(
        "a PO file with a bidi override in the translator's name",
        "bad-character",
        X_Reviewed_By="A \u202eB",
        X_Reviewed_On="2026-01-31",
    ),
    _po(
        "a PO file with room for a billion plurals",
        "",
        Plural_Forms="nplurals=1000000000; plural=0;",
        more='\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
    ),
)


def _value(name: str, code: str, *settings: str, ref: str = "QX-1", typed: bool = False) -> Hostile:
    files: dict[str, Content] = {PACKET: SMALL + "values: [display_name, next_session, note]\n"}
    said = [part for setting in settings for part in ("--set", setting)]
    return Hostile(name, code, "", files, command=("packet", "small", "--client-ref", ref, *said), typed=typed)


VALUES = (
    _value("a value of 10,000 letters without a space", "value-too-long", "note=" + "x" * 10_000),
    _value("a value of 10,000 Arabic letters without a space", "value-too-long", "note=" + "\u0634" * 10_000),
    _value("a value with a bidi override", "bad-character", "display_name=Ann\u202ea"),
    _value("a day that the calendar has not", "bad-date", "next_session=2026-02-30", typed=True),
    _value("a time that no clock has", "not-a-time", "next_session=2026-02-03T25:61", typed=True),
    _value(
        "a day in other digits",
        "bad-date",
        "next_session=\u0662\u0660\u0662\u0666-\u0660\u0661-\u0663\u0661",
        typed=True,
    ),
    _value(
        "a reference that holds the name", "name-in-client-ref", "display_name=Alex Example", ref="Alex", typed=True
    ),
    _value("a reference that Windows keeps for itself", "bad-client-ref", "note=x", ref="COM1.a", typed=True),
)

TABLES = (*ROSTERS, *CATALOGUES, *VALUES)
