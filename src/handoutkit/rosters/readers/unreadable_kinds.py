"""Files that are tables to their user, but of a kind that is not read: how to save each anew."""

from __future__ import annotations

from pathlib import Path

from .table import refused_table

_SAVE = "choose File > Save as, the type `Excel Workbook (.xlsx)` or `CSV UTF-8`, and use the new file"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def refuse_other_kinds(path: Path, data: bytes) -> None:
    """Raises ContentError for what is neither text nor a zipped workbook, with what its user can do."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _LOCKED in data:
            message, hint = "this workbook has a password", f"open it with its password, {_SAVE} without a password"
        else:
            message, hint = "this is a workbook of Excel 97-2003 (.xls)", f"open it in Excel or LibreOffice, {_SAVE}"
    elif start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        message = "this is a page or an XML file, although a spreadsheet opens it"
        hint = f"open it in Excel or LibreOffice, {_SAVE}"
    elif data.startswith((b"%PDF", b"{\\rtf")):
        message, hint = (
            "this is a document and no table",
            f"export the list as CSV or XLSX; or open it in a spreadsheet, {_SAVE}",
        )
    elif data.startswith(b"PK\x03\x04") and b"Index/Document.iwa" in data:
        message, hint = "this is a Numbers document", "in Numbers, choose File > Export To > CSV, and use the new file"
    else:
        return
    raise refused_table(path, "not-a-table", message, hint)
