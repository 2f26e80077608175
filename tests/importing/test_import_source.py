"""Files of every format become handouts that build, and not a sentence of them is lost."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import XML, Element

import pytest

from handoutkit.importing.draft import HandoutDraft
from handoutkit.importing.import_source import ImportedHandout, import_source
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.markdown import to_plain
from tests.conftest import TODAY
from tests.support.loading_helpers import problems_of
from tests.support.word_worksheets import WORKSHEETS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def imported(folder: Path, name: str, data: bytes | str, rights: str = "") -> list[ImportedHandout]:
    """What a file becomes in an empty workspace."""
    source = folder / name
    source.write_bytes(data if isinstance(data, bytes) else data.encode())
    return import_source(Workspace(folder), source, None, TODAY, rights)


def words(text: str) -> str:
    """The letters and digits of a text, in one row."""
    text = re.sub(r"\{[a-z0-9-]+\}", " ", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def texts_of_handout(made: list[ImportedHandout]) -> str:
    """All words of the drafts: those of their files, and those that are listed as left out."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for one in value.values():
                yield from inside(one)
        elif isinstance(value, list | tuple):
            for one in value:
                yield from inside(one)
        else:
            yield to_plain(str(value)) if isinstance(value, str) else str(value)

    drafts: list[HandoutDraft] = [one.draft for one in made]
    files = [text for one in made for text in inside(load_handout(one.path).model.model_dump())]
    drawn = ["Other"] * any("other: true" in one.path.read_text(encoding="utf-8") for one in made)
    return words("\n".join([*files, *drawn, *(to_plain(piece.text) for draft in drafts for piece in draft.left_out)]))


def lost(sentences: list[str], made: list[ImportedHandout]) -> list[str]:
    """Sentences that are nowhere: whole or, where blanks or boxes part them, piece by piece."""
    found = texts_of_handout(made)

    def is_there(text: str) -> bool:
        return words(text) in found

    def pieces(text: str) -> list[str]:
        text = re.sub(r"\d+(\s+\d+){2,}|^\s*\d{1,2}[.)](\s|$)", "\t", text)  # to circle; of a list
        return re.split(r"_{2,}|\.{4,}|[☐□]|\[ ?\]|\t|\s{3,}|[:,]\s|/|\(|\)", text)

    return [text for text in sentences if not is_there(text) and not all(map(is_there, pieces(text)))]


def sentences_of_word(data: bytes) -> list[str]:
    """Every paragraph of a document, in its body, its boxes, its header and its footer, in sentences."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
                for paragraph in XML(archive.read(name)).iter(f"{_W}p"):
                    text = "".join(_texts(paragraph))
                    found += [one for one in re.split(r"(?<=[.!?])\s+", text) if words(one)]
    return found


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br"):
            yield "\t"
        elif child.tag != f"{_W}p":
            yield from _texts(child)


@cache
def worksheet(name: str) -> bytes:
    return WORKSHEETS[name]()


KINDS = {
    "thought-log": "1 prose, 1 record_table, 1 prompt",
    "i-statements": "2 prose, 2 sentence_frame, 1 prompt, 1 callout",
    "coping-plan": "1 figure, 1 contrast, 2 prose, 1 prompt",
    "anger-check": "1 continuum, 3 prompt",
    "sleep-week": "1 schedule_grid, 1 prose, 1 list",
    "weekly-goals": "4 prompt, 1 sentence_frame",
    "boundaries": "3 contrast, 2 prompt",
    "carta-de-duelo": "1 prose, 3 prompt, 1 quotation, 1 exercise, 1 next_step",
    "telehealth-form": "2 prose, 3 prompt, 1 list",
    "self-care-menu": "1 list, 2 prompt, 1 record_table, 1 figure, 1 prose",
}
"""The blocks of each worksheet, beside the `next_step` and the `references` that every draft ends with."""


def kinds(made: list[ImportedHandout]) -> str:
    counts = sum((one.types for one in made), Counter[str]())
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


@pytest.mark.parametrize("name", WORKSHEETS)
def test_a_worksheet_becomes_a_handout_without_losing_a_sentence(tmp_path: Path, name: str) -> None:
    made = imported(tmp_path, f"{name}.docx", worksheet(name))
    assert [problems_of(one.path) for one in made] == [()] * len(made)
    assert lost(sentences_of_word(worksheet(name)), made) == []
    ends = "" if "next_step" in KINDS[name] else ", 1 next_step"
    assert kinds(made) == f"{KINDS[name]}{ends}, 1 references"
