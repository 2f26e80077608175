"""Word documents in scripts other than Latin: direction, language, size, weight; and rings that can be ticked."""

from __future__ import annotations

import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from handoutkit.export.word.word_scripts import word_language
from tests.conftest import Run, Tree
from tests.support.form_sample import FORM
from tests.support.samples import FILES

ARABIC = FORM.replace("language: en", "language: ar").replace("What do you think?", "ما رأيكم؟").replace("Bread", "خبز")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("es-US", {"val": "es-US"}),
        ("ar-US", {"val": "en-US", "bidi": "ar-EG"}),
        ("zh-Hans-US", {"val": "en-US", "eastAsia": "zh-CN"}),
        ("zh-Hant", {"val": "en-US", "eastAsia": "zh-TW"}),
        ("he", {"val": "en-US", "bidi": "he-IL"}),
    ],
)
def test_a_language_is_one_that_word_knows(locale: str, said: dict[str, str]) -> None:
    assert dict(word_language(locale).attrib) == {qn(f"w:{kind}"): tag for kind, tag in said.items()}


def test_arabic_words_run_from_the_right_in_their_size_and_weight(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": ARABIC})
    assert run("-C", folder, "build", "small-page", "--to", "docx").exit_code == 0
    path = next(folder.rglob("*.docx"))
    file = docx.Document(str(path))
    body = file.element
    arabic = [each for each in body.iter(qn("w:r")) if re.search("[\u0600-\u06ff]", "".join(each.itertext()))]
    assert arabic
    assert all(each.rPr.find(qn("w:rtl")) is not None for each in arabic)
    tables = list(body.iter(qn("w:tblPr")))
    assert tables
    assert all(table.find(qn("w:bidiVisual")) is not None for table in tables)
    for root in (body, file.styles.element):
        for said in root.iter(qn("w:rPr")):
            assert (said.find(qn("w:b")) is None) == (said.find(qn("w:bCs")) is None)
            if (size := said.find(qn("w:sz"))) is not None:
                assert said.find(qn("w:szCs")).get(qn("w:val")) == size.get(qn("w:val"))
    panel = file.styles["Panel"].element.pPr.find(qn("w:pBdr"))
    assert [side.tag for side in panel] == [qn("w:right")]


def test_a_number_to_call_keeps_its_order_behind_arabic_words(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": ARABIC})
    assert run("-C", folder, "build", "small-page", "--to", "docx").exit_code == 0
    body = docx.Document(str(next(folder.rglob("*.docx")))).element
    links = [text.text for link in body.iter(qn("w:hyperlink")) for text in link.iter(qn("w:t"))]
    assert links == ["\u200e0117 496 0123"]


def test_each_choice_is_a_ring_that_a_click_ticks(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": FORM})
    assert run("-C", folder, "build", "small-page", "--to", "docx").exit_code == 0
    with zipfile.ZipFile(next(folder.rglob("*.docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    rings = re.findall(r"<w14:uncheckedState w14:val=\"25CB\"", body)
    assert len(rings) == 3 + 11 + 2, "bread, soup and nuts; 0 to 10; yes and no"
    assert body.count("<w:t>○</w:t>") == len(rings)
    assert 'w:alias w:val="Nuts, raw"' in body
    assert "____" not in re.sub(r"<w:sdt>.*?</w:sdt>", "", body, flags=re.DOTALL), "gaps are places to write"
