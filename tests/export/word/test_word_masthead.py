"""A Word document opens as a theme has it, and has its bullets."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Tree
from tests.support.samples import FILES

THEME = "title: Ours\ndescription: As we like it.\nextends: base\n"
HANDOUT = FILES["handouts/small-page.yaml"].replace(
    "    text: The opening words.\n",
    "    text: The opening words.\n  - {type: list, items: [A first one, A second one]}\n",
)
Word = Callable[..., Any]


@pytest.fixture
def word(tree: Tree) -> Word:
    """The small page as a Word document, with a mark, in a theme that says this."""

    def make(look: str, *, handout: str = HANDOUT, **choices: Any) -> Any:
        folder = tree({**FILES, "handouts/small-page.yaml": handout, "templates/ours/theme.yaml": THEME + look})
        options = BuildOptions(**{"theme": "ours", "practice": "riverbend-counseling", "to": ("docx",), **choices})
        built = Builder(Library(Workspace(folder)), options, RenderCache(None)).render(["small-page"])
        return docx.Document(io.BytesIO(built.finished[0].files[0].data))

    return make


def place_of_mark(file: Any) -> str:
    """The margin at which the mark stands beside words, or how its own paragraph is set."""
    (described,) = file.element.iter(qn("wp:docPr"))
    assert described.get("descr")
    drawing = described.getparent()
    align = drawing.find(f"{qn('wp:positionH')}/{qn('wp:align')}")
    if align is not None:
        assert drawing.find(qn("wp:wrapSquare")) is not None
        assert int(drawing.find(qn("wp:extent")).get("cy")) <= Mm(13) + 1
        return str(align.text)
    paragraph = next(one for one in file.paragraphs if described in one._p.iter(qn("wp:docPr")))
    return "centred" if paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER else "above"


@pytest.mark.parametrize(
    ("where", "choices", "stands"),
    [
        ("left", {}, "left"),
        ("right", {}, "right"),
        ("centre", {}, "centred"),
        ("right", {"format": "large-print"}, "above"),
        ("centre", {"format": "dyslexia-friendly"}, "above"),
    ],
)
def test_the_mark_stands_where_the_theme_has_it(where: str, choices: dict[str, str], stands: str, word: Word) -> None:
    file = word(f"masthead: {{logo: {where}, tagline: Care that keeps you whole}}\n", **choices)
    assert place_of_mark(file) == stands
    words = [paragraph.text.replace("\N{NO-BREAK SPACE}", " ").strip() for paragraph in file.paragraphs]
    opening = next(words[at:] for at, text in enumerate(words) if text)
    assert opening[0] == "Riverbend Counseling\nCare that keeps you whole"
    assert opening[2] == "A small page"


def test_the_mark_is_mirrored_where_the_page_runs_from_right_to_left(word: Word) -> None:
    arabic = HANDOUT.replace("language: en", "language: ar")
    assert place_of_mark(word("masthead: {logo: left}\n", handout=arabic)) == "right"


@pytest.mark.parametrize(("bullets", "letter"), [("check", "✓"), ("dash", "–"), ("diamond", "◆")])
def test_lists_have_the_bullets_of_the_theme_in_the_colour_of_the_practice(
    bullets: str, letter: str, word: Word
) -> None:
    level = _bullet(word(f'bullets: {bullets}\ncolours: {{brand: "#7A3B69"}}\n'))
    assert level.find(qn("w:lvlText")).get(qn("w:val")) == letter
    assert level.find(f"{qn('w:rPr')}/{qn('w:color')}").get(qn("w:val")) == "7A3B69"


def test_word_keeps_its_own_bullets_where_none_are_chosen(word: Word) -> None:
    assert _bullet(word("corner: 0\n")).find(qn("w:lvlText")).get(qn("w:val")) == "\uf0b7"


def test_a_drawn_bullet_is_a_picture_of_its_ink_and_a_ring_where_ink_is_saved(tree: Tree, word: Word) -> None:
    leaf = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 0 36 24"><path fill="#3F7D58" d="M0 0h24v12H0z"/></svg>'
    tree({"templates/ours/pictures/leaf.svg": leaf})
    file = word("bullets: pictures/leaf.svg\n")
    level = _bullet(file)
    names = [child.tag for child in level]
    assert names.index(qn("w:lvlPicBulletId")) == names.index(qn("w:lvlText")) + 1  # the order of the schema
    numbering = file.part.numbering_part
    first, *_ = numbering.element
    assert first.tag == qn("w:numPicBullet")
    (data,) = first.iter("{urn:schemas-microsoft-com:vml}imagedata")
    picture = Image.open(io.BytesIO(numbering.rels[data.get(qn("r:id"))].target_part.blob))
    assert picture.width == pytest.approx(2 * picture.height, abs=2)
    assert picture.convert("RGBA").getpixel((picture.width // 2, picture.height // 2)) == (0x3F, 0x7D, 0x58, 255)
    assert _bullet(word("bullets: pictures/leaf.svg\n", format="low-ink")).find(qn("w:lvlText")).get(qn("w:val")) == "○"


def _bullet(file: Any) -> Any:
    """What the numbering says of the first level of the list that is on the page."""
    item = next(paragraph for paragraph in file.paragraphs if paragraph.text == "A first one")
    number = item.style.element.pPr.numPr.numId.val
    numbering = file.part.numbering_part.element
    chosen = numbering.num_having_numId(number).abstractNumId.val
    (level,) = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{chosen}']/w:lvl[@w:ilvl='0']")
    return level


def test_the_lines_of_the_foot_stand_in_the_foot_of_each_page_and_nowhere_else(word: Word) -> None:
    file = word('foot: ["Questions? {phone}"]\n')
    said = [paragraph.text for paragraph in file.sections[0].footer.paragraphs if "Questions?" in paragraph.text]
    assert len(said) == 1
    assert not [paragraph.text for paragraph in file.paragraphs if "Questions?" in paragraph.text]
