"""A handout as a page, as text, as a Word document and as pictures: each says what the PDF says, in its order."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache as memo
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.personalise.personalise_packet import terminal_fields
from handoutkit.render.colour.dark_palette import dark
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import palette
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support import worker_tasks
from tests.support.pdf_reading import opened
from tests.support.reading_order import left_over, letters, of_page, of_pdf, of_word, parsed
from tests.support.samples import FILES, HANDOUT, PRACTICE
from tests.support.short_suite import rest_is_long

OTHER_NAMES = ["/../../../../home/profile", ".exe", ".txt/../other.txt", ".page-1.png", ""]
EVERY_BLOCK = Workspace(ROOT / "tests" / "every_block")
WORDS = ("pdf", "html", "txt", "docx")
SOME = [*HANDOUTS[:3], "every-block"]
FOR_CLINICIANS = ("For the clinician only.", "Only a clinician reads this block.", "It gives plain names to three ways")
_CARD_NOTES = r"printatfullsize(onbothsidesofthepaperturnedoveronthelongedge)?|cutalongthelines|thebacksofthecards"
Copies = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="module")
def copies(cache: RenderCache) -> Copies:
    """The files of a handout, by their endings: a shipped one, or the one with every block."""

    @memo
    def build(handout: str, **choices: Any) -> dict[str, bytes]:
        is_ours = handout == "every-block"
        options = BuildOptions(practice="pink" if is_ours else None, paper="letter", to=WORDS, **choices)
        library = Library(EVERY_BLOCK if is_ours else Workspace(ROOT))
        made = Builder(library, options, cache).render([handout]).finished[0]
        return {copy.ending: copy.data for copy in made.files}

    return build


def cards_of(page: Any) -> list[Any]:
    return [element for element in page.iter("ul") if element.get("class") == "cards"]


def without_cards(page: Any) -> list[str]:
    """The blocks of a page but for cards, whose backs stand on sheets of their own in print."""
    for section in page.iter():
        for cards in [child for child in section if child in cards_of(page)]:
            section.remove(cards)
    return list(of_page(page.find("body")))


@pytest.mark.parametrize("handout", rest_is_long(SOME, stays=lambda handout: handout in SOME[2:]))
def test_the_page_says_what_a_booklet_says_in_its_order(handout: str, copies: Copies) -> None:
    files = copies(handout, layout="booklet")
    page = parsed(files[".html"])
    cards = [block for each in cards_of(page) for block in of_page(each)]
    titles = [letters(str(element.text)) for element in page.iter("p") if element.get("class") == "card-title"]
    besides = left_over(letters(of_pdf(files[".pdf"])), without_cards(page))
    for words in sorted([*cards, *titles], key=len, reverse=True):
        besides = besides.replace(words, "", 1)
    heads = sorted({letters("".join(head.itertext())) for head in page.iter("thead")}, key=len, reverse=True)
    assert re.sub("|".join([_CARD_NOTES, *filter(None, heads)]), "", besides) == ""  # heads come again on each page


def _taken_out(page: Any, but: tuple[str, ...]) -> list[str]:
    """The blocks of a page but those of some types, taken out of it."""
    found: list[str] = []
    for parent in list(page.iter()):
        for section in [each for each in parent if each.tag == "section"]:
            names = str(section.get("class") or "").split()
            if "block" in names and not {f"block-{kind}" for kind in but} & set(names):
                found += of_page(section)
                parent.remove(section)
    return found


@pytest.mark.parametrize("handout", rest_is_long(HANDOUTS[:4], stays=lambda handout: handout == HANDOUTS[2]))
def test_the_page_says_what_a_sheet_says_in_its_order(handout: str, copies: Copies) -> None:
    """Its sources may stand on the side that is read, before what is done; all else is in the order of the file."""
    files = copies(handout, layout="sheet")
    page = parsed(files[".html"])
    besides = left_over(letters(of_pdf(files[".pdf"])), _taken_out(page, ("next_step", "references")))
    publishers = [
        letters(source.publisher)
        for source in Library(Workspace(ROOT)).handout(handout).model.sources
        if source.publisher
    ]
    missing = []
    for full in sorted(of_page(page.find("body")), key=len, reverse=True):
        # The strip names sources without their publishers.
        words = re.sub("|".join(publishers), "", full) if publishers and full[:1].isdigit() else full
        missing += [words] if words not in besides else []
        besides = besides.replace(words, "|", 1)
    # One sentence says of all lines for a crisis when they are open and were checked, and that they are examples; the
    # main idea is seen by its place.
    missing = [words for words in missing if not re.fullmatch(r"[a-z0-9]*checked[a-z]+\d+", words)]
    besides = re.sub(r"[a-z0-9]*allcheckedonorafter[a-z]+\d+", "", besides)
    assert set(missing) <= {"exampledonotrelyonthisentry", "themainidea"}
    steps, name = r"[1-9]*", r"[a-z]*"  # in discs; and the practice's in the strip
    assert re.fullmatch(rf"\|*{steps}\|+({name})\|+(examplesdonotrelyontheseentries)?\|+", besides)


@pytest.mark.parametrize("handout", rest_is_long(SOME, stays=lambda handout: handout in SOME[2:]))
@pytest.mark.parametrize("ending", [".txt", ".docx"])
def test_text_and_word_say_what_the_page_says_in_its_order(handout: str, ending: str, copies: Copies) -> None:
    files = copies(handout)
    said = files[".txt"].decode() if ending == ".txt" else of_word(files[".docx"])
    said = re.sub(r"\(https?://[^)]*\)", "", said)  # where a link leads
    blocks = list(of_page(parsed(files[".html"]).find("body")))
    assert len(blocks) > 10
    assert len(left_over(letters(said), blocks)) < len(letters(said))


@pytest.mark.parametrize("handout", rest_is_long(SOME, stays=lambda handout: handout in SOME[2:]))
def test_the_places_to_write_have_the_names_that_they_have_in_the_pdf(handout: str, copies: Copies) -> None:
    files = copies(handout)
    controls = [element for element in parsed(files[".html"]).iter() if element.tag in ("input", "textarea")]
    names = {name for name, _ in terminal_fields(opened(files[".pdf"]))}
    assert {control.get("name") for control in controls} == names - {f"{handout}.edition"}


def test_a_page_needs_nothing_else(copies: Copies) -> None:
    html = copies("every-block")[".html"]
    page = parsed(html)
    assert len(html) < 400_000
    assert not {"link", "iframe", "form", "object", "embed"} & {element.tag for element in page.iter()}
    assert len(list(page.iter("script"))) == 1  # ours; answers/pages/test_page_answers.py
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not {"srcset", "poster", "action", "background"} & set(element.attrib)
        assert element.get("src", "data:").startswith("data:")
        assert element.tag == "a" or "href" not in element.attrib
    addresses = re.findall(r"url\(([^)]*)\)|@import", html.decode())
    assert addresses
    assert all(address.strip("\"'").startswith("data:") for address in addresses)
    policy = next(meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:")


@pytest.mark.parametrize("handout", rest_is_long(SOME, stays=lambda handout: handout in SOME[2:]))
def test_a_page_can_be_used_by_everyone(handout: str, copies: Copies) -> None:
    page = parsed(copies(handout)[".html"])
    assert page.get("lang") == "en"
    assert page.get("dir") == "ltr"
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {element.tag for element in page.find("body")} >= {"header", "main"}
    levels = [int(element.tag[1]) for element in page.iter() if element.tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    controls = [element for element in page.iter() if element.tag in ("input", "textarea")]
    assert controls
    assert all(control.get("aria-label") and control.get("name") for control in controls)
    heard = Counter((control.get("aria-label"), control.get("type")) for control in controls)
    assert [name for name, count in heard.items() if count > 1] == []
    assert all(element.get("alt") is not None for element in page.iter("img"))
    for drawing in page.iter("{http://www.w3.org/2000/svg}svg"):
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") in ids


def test_an_option_is_ticked_by_its_words(copies: Copies) -> None:
    page = parsed(copies("every-block")[".html"])
    labels = {" ".join("".join(label.itertext()).split()) for label in page.iter("label")}
    assert {"Rest", "No", "10", "Help with a hard task"} <= labels
    assert all(sum(child.tag == "input" for child in label.iter()) == 1 for label in page.iter("label"))


@pytest.mark.parametrize("ending", [".html", ".txt", ".docx"])
def test_what_is_for_the_clinician_is_nowhere_in_the_clients_copy(ending: str, copies: Copies) -> None:
    client = _everything(copies("every-block")[ending])
    assert not [words for words in FOR_CLINICIANS if letters(words) in client]


def test_a_clinicians_copy_has_the_guide(run: Run, tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE})
    args = ("build", "small-page", "--audience", "clinician", "--to", "html", "--to", "docx", "--to", "txt", "--json")
    for made in run(*args, cwd=folder).json["outputs"]:
        assert ".clinician." in made["path"]
        assert "guidewordsforwhennot" in _everything((folder / made["path"]).read_bytes())


def _everything(file: bytes) -> str:
    """All text of a file, whatever it is for."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            file = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    return letters(re.sub(r"<[^>]+>", "", file.decode()))


def test_text_is_plain_and_narrow(copies: Copies) -> None:
    lines = copies("every-block")[".txt"].decode().splitlines()
    assert all(len(line) <= 72 or " " not in line.strip() for line in lines)
    assert not {"\t", "\xa0", "\f"} & set("".join(lines))
    assert "[ ] Help with a hard task" in lines
    assert "Numbered\n--------\n\n1. First\n2. Second, with a list of its own:\n" in "\n".join(lines)


def test_a_word_document_is_made_of_headings_lists_and_tables(copies: Copies) -> None:
    file = copies("every-block")[".docx"]
    document = docx.Document(io.BytesIO(file))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert {"List Bullet", "List Number", "Panel", "Label"} <= set(styles)
    heads = [table for table in document.tables if table._tbl.tr_lst[0].xpath("w:trPr/w:tblHeader")]
    page = parsed(copies("every-block")[".html"])
    cells = [element for element in page.iter("div") if element.get("class") == "cell-rows"]
    assert cells
    assert len(document.tables) == len([*page.iter("table"), *cells])
    assert len(heads) == len(list(page.iter("thead")))
    assert document.core_properties.title == "Everything that a handout can hold, from the first block to the last"
    assert document.core_properties.language == "en-DE"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-DE"
    drawings = [element.get("descr") for element in document.element.body.iter(qn("wp:docPr"))]
    assert len(drawings) == len(list(page.iter("img"))) + len(list(page.iter("{http://www.w3.org/2000/svg}svg")))
    assert all(drawings)


def test_numbered_lists_begin_with_one_each(copies: Copies) -> None:
    document = docx.Document(io.BytesIO(copies("every-block")[".docx"]))
    numbered = [
        item for item in document.paragraphs if item.style and item.style.name in ("List Number", "Panel number")
    ]
    lists = {item._p.xpath("w:pPr/w:numPr/w:numId/@w:val")[0] for item in numbered}
    page = parsed(copies("every-block")[".html"])
    assert len(lists) == len(list(page.iter("ol")))


def test_pictures_are_as_large_as_is_said(cache: RenderCache) -> None:
    choices = BuildOptions(to=("png",), paper="letter")
    finished = Builder(Library(Workspace(ROOT)), choices, cache).render([HANDOUTS[0]]).finished[0]
    sizes = {copy.ending: Image.open(io.BytesIO(copy.data)).size for copy in finished.files}
    thumbnail = sizes.pop(".thumbnail.png")
    assert list(sizes) == [f".page-{number}.png" for number in range(1, finished.rendered.pages + 1)]
    assert set(sizes.values()) == {(1275, 1650)}
    assert thumbnail == (320, 414)


def test_the_command_lists_what_it_made(run: Run, tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE})
    args = ("build", "small-page", "--to", "html", "--to", "docx", "--to", "txt")
    result = run(*args, "--json", cwd=folder)
    assert result.exit_code == 0, result.stderr
    outputs = result.json["outputs"]
    assert [Path(made["path"]).name for made in outputs] == ["small-page.html", "small-page.docx", "small-page.txt"]
    for made in outputs:
        assert made["sha256"] == hashlib.sha256((folder / made["path"]).read_bytes()).hexdigest()
        assert (made["id"], made["pages"], made["cached"]) == ("small-page", 0, False)
    assert [made["fields"] > 0 for made in outputs] == [True, False, False]
    assert not list(folder.rglob("*.pdf"))
    again = run(*args, "--json", cwd=folder).json["outputs"]
    assert [made["sha256"] for made in again] == [made["sha256"] for made in outputs]


@pytest.mark.parametrize("form", ["html", "txt"])
def test_a_format_that_needs_no_pdf_sets_none(form: str, tmp_path: Path, tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE})
    kept = RenderCache(tmp_path / "rendered")
    built = Builder(Library(Workspace(folder)), BuildOptions(to=(form,)), kept).render(["small-page"]).finished[0]
    assert [file.ending for file in built.files] == [f".{form}"]
    assert not (tmp_path / "rendered").exists()
    with pytest.raises(ValueError, match="no PDF was asked for"):
        _ = built.rendered


def test_a_pdf_from_the_cache_is_said_to_be_unchanged_whatever_is_made_beside_it(run: Run, tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE})
    args = ("build", "small-page", "--to", "txt", "--to", "pdf", "--json")
    for cached in (False, True):
        outputs = run(*args, cwd=folder).json["outputs"]
        assert [(Path(made["path"]).suffix, made["cached"]) for made in outputs] == [(".txt", False), (".pdf", cached)]


OUTSIDE = """
from handoutkit.export.output_formats import OutputFile, OutputFormat, register

def export_titles(source):
    yield OutputFile(".titles", source.document.handout.title.encode())

if __name__ == "__main__":
    import sys
    register(OutputFormat("titles", "nothing but the title", (".titles",), "text/plain", "outside:export_titles"))
    from handoutkit.cli import main
    from scripts import make_docs
    print(make_docs.formats(make_docs.SHARING.read_text(encoding="utf-8")))
    main()
"""


def test_an_exporter_from_outside_is_one_module_and_one_registration(tree: Tree) -> None:
    files = {"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE, "handoutkit.yaml": ""}
    folder = tree({**files, "site-packages/outside.py": OUTSIDE})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder / "site-packages"), str(ROOT), *sys.path))}
    command = [sys.executable, "-m", "outside", "build", "small-page", "--to", "titles"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "| `titles` | nothing but the title | `asking-for-what-you-need.titles` |" in done.stdout
    (made,) = folder.rglob("small-page.titles")
    assert made.read_text(encoding="utf-8") == "A small page"


@pytest.mark.parametrize(
    "element",
    [
        "<img src='https://example.org/a.png' alt='a'>",
        "<p style='background: url(https://example.org/a.png)'>One.</p>",
        "<style>@import 'https://example.org/a.css';</style>",
    ],
)
def test_a_page_that_would_fetch_something_is_refused(element: str, cache: RenderCache, tree: Tree) -> None:
    files = {"handouts/small-page.yaml": HANDOUT, "practices/oak-house.yaml": PRACTICE}
    folder = tree({**files, "templates/base/screen/blocks/prompt.html": element})
    builder = Builder(Library(Workspace.around(folder)), BuildOptions(to=("html",)), cache)
    with pytest.raises(ContentError, match=r"https://example\.org/a\.(png|css) is neither in the workspace"):
        builder.render(["small-page"])


def test_paper_only_has_no_controls(cache: RenderCache) -> None:
    choices = BuildOptions(fields=False, to=("html", "txt"))
    finished = Builder(Library(Workspace(ROOT)), choices, cache).render([HANDOUTS[0]]).finished[0]
    html, text = (copy.data.decode() for copy in finished.files)
    assert "<input" not in html
    assert "<textarea" not in html
    assert "You can write on this page" not in html
    assert "\n____" in text


def test_a_template_for_screens_is_told_of_by_file_and_line(cache: RenderCache, tree: Tree) -> None:
    folder = tree(
        {
            "handouts/small-page.yaml": HANDOUT,
            "practices/oak-house.yaml": PRACTICE,
            "templates/base/screen/blocks/prompt.html": "<p>\n{{ nothing.at.all }}\n",
        }
    )
    builder = Builder(Library(Workspace.around(folder)), BuildOptions(to=("html",)), cache)
    with pytest.raises(ContentError) as caught:
        builder.render(["small-page"])
    (problem,) = caught.value.problems
    assert problem.file.endswith("templates/base/screen/blocks/prompt.html")
    assert problem.line == 2


@pytest.mark.parametrize("colour", ["#000000", "#FFFFFF", "#FFC0CB", "#FFFF00", "#0B6E6E", "#FF0000", "#0000FF"])
def test_a_dark_page_has_the_contrasts_of_a_light_one(colour: str) -> None:
    colours = dark(palette(colour))
    for ground in (colours.paper, colours.wash, colours.accent_wash):
        assert min(contrast(text, ground) for text in (colours.ink, colours.deep)) >= 7
        assert min(contrast(text, ground) for text in (colours.soft, colours.brand, colours.accent)) >= 4.5
        assert min(contrast(border, ground) for border in (colours.line, colours.accent_line)) >= 3
    assert contrast(colours.on_deep, colours.deep) >= 7
    assert contrast(colours.paper, colours.brand) >= 4.5


@pytest.mark.parametrize("ending", OTHER_NAMES)
def test_a_worker_that_was_taken_over_does_not_say_where_copies_are_written(ending: str, tree: Tree, run: Run) -> None:
    """The name of what it makes is put behind the handout's: with a path in it, any file would be written over."""
    folder = tree(FILES)
    the_worker().end()
    limits = ResourceLimits(seconds=60, wall=300, memory=1_500_000_000)
    task = f"{worker_tasks.__name__}:make_other_copies"
    the_worker().call(task, ending, limits=limits, file="-", reads=[ROOT, folder])
    try:
        ran = run("build", "small-page", "--to", "txt", cwd=folder)
    finally:
        the_worker().end()
    assert (ran.exit_code, "worker-died" in ran.stderr) == (1, True)
    assert [path for path in folder.parent.rglob("*") if path.is_file() and path.read_bytes() == b"harm"] == []


def test_a_panel_in_word_is_one_panel(copies: Copies) -> None:
    """Its lines and items have one ground and one edge, and no space between them that would stripe it."""
    document = docx.Document(io.BytesIO(copies("every-block")[".docx"]))
    styles = [document.styles[name] for name in ("Panel", "Panel bullet", "Panel number", "Panel place")]
    grounds = {style.element.xpath("w:pPr/w:shd/@w:fill")[0] for style in styles}
    edges = {
        (style.paragraph_format.left_indent or 0) + (style.paragraph_format.first_line_indent or 0) for style in styles
    }
    assert (len(grounds), len(edges)) == (1, 1)
    assert {style.paragraph_format.space_after for style in styles} == {0}
    used = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert {"Panel bullet", "Panel place"} & set(used)
    assert not {"Panel", "List Bullet"} <= {*used[used.index("Panel") : used.index("Panel") + 2]}


def test_a_gap_in_word_is_a_place_to_type_in_as_wide_as_on_paper(copies: Copies) -> None:
    document = docx.Document(io.BytesIO(copies("every-block")[".docx"]))
    gaps = document.element.body.xpath(".//w:p/w:sdt[w:sdtPr/w:showingPlcHdr]")
    blanks = ["".join(gap.itertext()).strip() for gap in gaps]
    assert gaps
    assert all(len(blank) >= 12 or list(gap.iter(qn("w:tab"))) for gap, blank in zip(gaps, blanks, strict=True))
    assert max(map(len, blanks)) > 30
    assert any(list(gap.iter(qn("w:alias"))) for gap in gaps)
    assert "____________" not in [run.text for paragraph in document.paragraphs for run in paragraph.runs]


def test_the_mark_of_a_card_stands_at_its_head(copies: Copies) -> None:
    for ending in (".txt", ".docx"):
        said = copies("every-block")[ending]
        words = (
            said.decode()
            if ending == ".txt"
            else "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(said)).paragraphs)
        )
        assert re.search(r"^(Worth growing|The healthy middle): \w", words, re.MULTILINE)


def test_on_a_phone_a_mark_comes_before_its_card_and_a_wide_drawing_says_that_it_goes_on(copies: Copies) -> None:
    page = parsed(copies("every-block")[".html"])
    for sides in (element for element in page.iter("div") if "sides" in (element.get("class") or "").split()):
        names = [(child.get("class") or "").split()[0] for child in sides]
        marks = [at for at, name in enumerate(names) if name == "side-mark"]
        parts = (
            ["side-head"] if "without-points" in (sides.get("class") or "").split() else ["side-head", "side-points"]
        )
        assert all(names[at + 1 : at + 1 + len(parts)] == parts for at in marks)
    drawings = [element for element in page.iter() if element.get("class") == "drawing-frame"]
    signs = [element for element in page.iter("p") if element.get("class") == "goes-on"]
    assert len(drawings) == len(signs) > 0
