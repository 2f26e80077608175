"""The packets of a batch in one ZIP, each under a name that says only what is safe."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handoutkit.batch.handover.finished_packets import FinishedPacket, LayoutFacts
from handoutkit.batch.handover.portal_zip import write_zip
from handoutkit.errors import WithheldError

DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
"""SHA-256 of ``hello``."""


def packet(folder: Path) -> FinishedPacket:
    path = folder / "QX-1.pdf"
    path.write_bytes(b"hello")
    return FinishedPacket("QX-1", path, DIGEST, 1, LayoutFacts("d", "first-weeks", "es", 1, "", 1, 1))


def test_files_are_named_by_the_pattern(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    pattern = "{date}-{batch}-{client_ref}-{packet}-{language}"
    assert write_zip(path, "friday", [packet(tmp_path)], pattern, date(2026, 11, 21)) == 1
    with zipfile.ZipFile(path) as made:
        assert made.namelist() == ["2026-11-21-friday-QX-1-first-weeks-es.pdf"]
        assert made.read(made.namelist()[0]) == b"hello"
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_is_not_the_batchs_is_withheld(tmp_path: Path) -> None:
    forged = replace(packet(tmp_path), sha256="0" * 64)
    with pytest.raises(WithheldError, match=r"QX-1.pdf"):
        write_zip(tmp_path / "all.zip", "friday", [forged], "{client_ref}", date(2026, 11, 21))
    assert [path.name for path in tmp_path.iterdir()] == ["QX-1.pdf"]
