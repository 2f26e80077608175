"""Web pages, Markdown, plain text and PDFs: what each becomes, what is kept apart, and what no reader takes."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from handoutkit.errors import ContentError
from handoutkit.importing.import_source import import_source
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from tests.conftest import ROOT, TODAY, Run
from tests.importing.test_import_source import imported, kinds, lost
from tests.support import worker_tasks
from tests.support.loading_helpers import problems_of
from tests.support.word_worksheets import clip_art

ARTICLES = Path(__file__).with_name("articles")
BECOMES = {
    "a-blog-page": ("Why Rest Belongs in a Relationship", "2 prose, 1 quotation"),
    "a-page-with-prompts": ("What Shared Rest Looks Like", "3 prose, 1 list, 2 contrast, 2 prompt, 1 next_step"),
    "a-newsletter-page": ("Relationships | Resting Together", "4 prose"),
    "a-post-without-headings": ("A post without headings", "1 prose"),
    "a-coachs-post": ("What is shared rest?", "1 prose"),
}
"""The title and the blocks of each article, beside the `next_step` and the `references` of every draft."""
LEFT_OUT = {
    "a-blog-page": ["related", "picture", "author", "advert", "credits", "disclaimer", "comments"],
    "a-page-with-prompts": ["contact"],
    "a-newsletter-page": ["newsletter", "picture", "author"],
    "a-post-without-headings": ["author", "comments"],
    "a-coachs-post": ["date", "newsletter", "related", "author"],
}


def sentences(text: str) -> list[str]:
    return [one for line in text.splitlines() for one in re.split(r"(?<=[.!?])\s+", line) if re.search(r"\w", one)]


@pytest.mark.parametrize("name", BECOMES)
def test_an_article_becomes_these_blocks_and_loses_no_sentence(tmp_path: Path, name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")
    (made,) = imported(tmp_path, f"{name}.txt", text)
    title, blocks = BECOMES[name]
    assert problems_of(made.path) == ()
    assert lost(sentences(text), [made]) == []
    ends = "" if "next_step" in blocks else ", 1 next_step"
    assert (made.draft.front["title"][0], kinds([made])) == (title, f"{blocks}{ends}, 1 references")
    why = dict.fromkeys(piece.why for piece in made.draft.left_out)
    assert sorted(why) == sorted(LEFT_OUT[name])


PAGE = """<!DOCTYPE html><html lang="es"><head><title>Límites | Sitio</title><meta name="author" content="Ana Ejemplo">
<script>var a = 1</script></head><body>
<nav><a href="/">Inicio</a> <a href="/b">Menú</a></nav>
<article><h1>L&iacute;mites sanos</h1>
<p>Un límite dice lo que está bien para usted. <b>Puede</b> cambiar; lea
<a href="https://ejemplo.example/guia">la guía</a>.</p>
<h2>Sano vs. rígido</h2><p>Lo rígido no escucha a nadie.</p><ul><li>Siempre no</li><li>Nunca pide ayuda</li></ul>
<p><img src="data:image/png;base64,{picture}" alt="Una puerta abierta"></p>
<h2>Preguntas para reflexionar</h2><ol><li>¿Dónde le cuesta decir que no?</li></ol>
<div class="share-buttons"><a href="#">Facebook</a></div></article>
<div id="comments"><h3>Un comentario</h3><p>Muy bueno.</p></div>
<form class="newsletter"><label>Su correo</label><input type="text"></form></body></html>"""


def test_a_web_page_keeps_its_text_and_lists_what_frames_it(tmp_path: Path) -> None:
    picture = base64.b64encode(clip_art().getvalue()).decode()
    (made,) = imported(tmp_path, "limites.html", PAGE.format(picture=picture))
    handout = load_handout(made.path).model
    assert (handout.title, handout.language) == ("Límites sanos", "es")
    assert kinds([made]) == "1 prose, 1 contrast, 1 figure, 1 prompt, 1 next_step, 1 references"
    assert [source.url for source in handout.sources] == [None, "https://ejemplo.example/guia"]
    assert handout.sources[0].author == "Ana Ejemplo"
    assert {piece.why for piece in made.draft.left_out} == {"navigation", "share", "comments", "newsletter"}
    (picture_file,) = (tmp_path / "handouts" / "pictures" / "limites").iterdir()
    assert picture_file.read_bytes().startswith(b"\x89PNG")
    words = sentences(
        re.sub(r"<script.*?</script>|<head.*?</head>|<[^>]+>", "\n", PAGE.replace("&iacute;", "í"), flags=re.S)
    )
    assert lost(words, [made]) == []


MARKDOWN = """# My plan

Some *words* first.

- one
- two

1. Wake up
2. Drink water

What helps you most?

____________________

____________________

| Thought | Fact |
|---------|------|
| I fail  | I passed twice |
| Nobody cares | Ana called |

> Rest is work.
> — Ana Ejemplo
"""


def test_markdown(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "plan.md", MARKDOWN)
    assert problems_of(made.path) == ()
    assert kinds([made]) == "1 prose, 2 list, 1 prompt, 1 contrast, 1 quotation, 1 next_step, 1 references"
    assert lost(sentences(re.sub(r"[#>|*-]", "\n", MARKDOWN)), [made]) == []


def _pdf(path: Path, lines: list[str]) -> None:
    """A page with lines of text, and a form of three fields."""
    shown = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1))
        font.BaseFont = pikepdf.Name.Helvetica
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 720 Td {shown} ET".encode())
        fields = []
        for number, (label, kind, flags) in enumerate(
            (("Your name", "Tx", 0), ("Your plan", "Tx", 4096), ("I agree", "Btn", 0))
        ):
            field = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name(f"/{kind}"),
                Ff=flags,
                T=pikepdf.String(f"field{number}"),
                TU=pikepdf.String(label),
                Rect=[72, 300 - 40 * number, 300, 320 - 40 * number],
            )
            fields.append(pdf.make_indirect(field))
        page.obj.Annots = pikepdf.Array(fields)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        pdf.save(path)


def test_a_pdf_gives_its_text_and_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "intake.pdf"
    _pdf(
        path, ["Before We Meet", "Please read this page and bring it with you.", "- Your questions", "- Your calendar"]
    )
    (made,) = import_source(Workspace(tmp_path), path, None, TODAY)
    assert problems_of(made.path) == ()
    assert made.draft.front["title"][0] == "Before We Meet"
    assert kinds([made]) == "1 prose, 2 list, 2 prompt, 1 next_step, 1 references"
    assert (
        lost(["Please read this page and bring it with you.", "Your questions", "Your plan", "I agree"], [made]) == []
    )


REFUSED = {
    "old.doc": (b"\xd0\xcf\x11\xe0 and so on", "old-word-document"),
    "note.rtf": (b"{\\rtf1 hello}", "rich-text"),
    "photo.txt": (b"\x89PNG\r\n", "a-picture"),
    "empty.txt": (b" \n ", "empty-file"),
    "broken.docx": (b"PK\x03\x04 and no archive", "damaged-document"),
    "broken.pdf": (b"%PDF-1.7 and no more", "unreadable-pdf"),
    "bytes.txt": (bytes(4000), "not-text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_reader_takes_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(ContentError) as caught:
        imported(tmp_path, name, data)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file.rpartition("/")[2]) == (code, name)
    assert problem.hint
    assert not (tmp_path / "handouts").exists()


def test_the_command_says_what_it_made_and_check_says_whose_words_they_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my plan.txt").write_text("My plan\n\nWhat helps? ______\n\nCall 555-010-2233\n", encoding="utf-8")
    made = run("import", "my plan.txt")
    assert made.exit_code == 0
    assert "handouts/my-plan.yaml is ready: 1 prompt, 1 next_step, 1 references." in made.stdout
    assert "say so in `rights`" in made.stdout
    assert "words-not-cleared" in run("check", "my-plan").stderr
    again = run("import", "my plan.txt")
    assert (again.exit_code, "already-there" in again.stderr) == (1, True)
    assert (
        run("import", "my plan.txt", "--id", "other", "--rights", "© 2026 Ana Ejemplo", "--json").json["outputs"][0][
            "id"
        ]
        == "other"
    )
    assert "words-not-cleared" not in run("check", "other").stderr
    assert run("build", "my-plan", "other").exit_code == 0


def _archive(files: dict[str, bytes], packed_as: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed_as) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _word_with(inside: str) -> bytes:
    """A Word document with this at the start of its body."""
    made = io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + inside.encode())
    return _archive(parts)


def _locked(data: bytes) -> bytes:
    """An archive whose files are said to be locked with a password."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


DEEP_TABLES = "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a declared entity": (
        "a.docx",
        lambda: _archive({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "damaged-document",
    ),
    "no document": ("a.docx", lambda: _archive({"xl/workbook.xml": b"<a/>"}), "not-a-document"),
    "a file locked with a password": ("a.docx", lambda: _locked(_word_with("")), "damaged-document"),
    "a table in 400 tables": ("a.docx", lambda: _word_with(DEEP_TABLES), "damaged-document"),
    "boxes in 3,000 boxes": ("a.docx", lambda: _word_with("<w:x>" * 3_000 + "</w:x>" * 3_000), "damaged-document"),
    "packed with LZMA": (
        "a.docx",
        lambda: _archive({"word/document.xml": b"<a/>"}, zipfile.ZIP_LZMA),
        "damaged-document",
    ),
    "a bomb": ("a.docx", lambda: _archive({"word/document.xml": b" " * 210_000_000}), "too-large"),
    "a million letters": ("a.txt", lambda: b"rest and " * 200_000, "too-large"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_meant_to_harm_is_refused(tmp_path: Path, what: str) -> None:
    name, make, code = HOSTILE[what]
    with pytest.raises(ContentError) as caught:
        imported(tmp_path, name, make())
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 3_000 + "deep words" + "</div>" * 3_000,
        "<ul><li>" * 1_000 + "deep words",
        "<p>" + "a" * 60_000 + " deep words</p>",
        "<p>" + "<b><i>" * 1_000 + "deep words</p>",
        "<p>\u202edeep words \ufffd &#0; " + "e" + "\u0301" * 60 + "</p><img src='../../etc/passwd' alt='x'>",
        "<p>" + "[" * 5_000 + "deep words" + "*" * 5_000 + "</p>",
    ],
    ids=["elements", "lists", "a word", "marks", "characters", "signs"],
)
def test_a_strange_page_becomes_a_handout_all_the_same(tmp_path: Path, text: str) -> None:
    (made,) = imported(tmp_path, "page.html", f"<html><body><h1>A page</h1>{text}</body></html>")
    assert problems_of(made.path) == ()
    assert "deep words" in made.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../../../run.sh", "/run.sh", "picture-01234567.sh", "x/picture-01234567.png"])
def test_a_worker_that_was_taken_over_says_not_what_pictures_are_called(tmp_path: Path, name: str) -> None:
    the_worker().end()
    limits = ResourceLimits(seconds=60, wall=300, memory=1_500_000_000)
    task = f"{worker_tasks.__name__}:read_pictures_of_other_names"
    the_worker().call(task, name, limits=limits, file="-", reads=[ROOT, tmp_path])
    try:
        with pytest.raises(ContentError) as caught:
            imported(tmp_path, "page.html", "<p>Words</p>")
    finally:
        the_worker().end()
    assert [problem.code for problem in caught.value.problems] == ["worker-died"]
    assert [path.name for path in tmp_path.rglob("*")] == ["page.html"]
