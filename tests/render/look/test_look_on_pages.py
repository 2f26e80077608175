"""What ``theme.yaml`` asks for is on the pages: in the PDF, on a screen and in Word, and black where ink is saved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache as memo
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.settings.theme_settings import ThemeLook, ThemeMasthead
from handoutkit.render.look.font_families import text_family, title_family
from handoutkit.render.look.font_files import FontFile, as_true_type, described
from handoutkit.render.look.look_stylesheet import paper_styles
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Run, Tree
from tests.support.own_fonts import no_font_is_read_here, part_of_font, put_font, renamed_font
from tests.support.packet_sample import PACKET
from tests.support.page_measures import MM, box_of, glyphs, painted, worst_contrast
from tests.support.pdf_reading import faces_of_large_letters, failures, fonts, opened, text
from tests.support.samples import FILES

THEME = """\
title: Our look
description: As we like it.
extends: base
fonts: {title: Young Serif, text: Open Read}
colours: {deep: "#5B1F3A", brand: "#E9B44C", wash: "#FBEFD9", accent: second}
margins: {top: 18, sides: 25, bottom: 22}
stripe: {edge: left, width: 5, colour: deep}
bullets: diamond
masthead: {logo: right, tagline: Care that keeps you whole}
foot: ["{license}", "Questions? {phone}", ]
corner: 0
ornament: {picture: pictures/dot.svg, at: bottom-left, width: 12}
lettering: {family: Open Read, regular: fonts/open-read-400.woff2, bold: fonts/open-read-700.woff2}
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#00B140" d="M0 0h9v9H0z"/></svg>'
GREEN = 0x00, 0xB1, 0x40
HANDOUT = FILES["handouts/small-page.yaml"].replace(
    "    text: The opening words.\n",
    "    text: The opening words.\n  - {type: list, items: [A first one, A second one]}\n",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a theme whose text face is its own, in WOFF2."""
    folder = tmp_path_factory.mktemp("look")
    for name, words in {**FILES, "handouts/small-page.yaml": HANDOUT, "templates/ours/theme.yaml": THEME}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "templates/ours/fonts").mkdir()
    for weight, name in (("400", "Regular"), ("700", "Bold")):
        data = renamed_font(f"Literata-{name}.ttf", "Open Read", "woff2")
        (folder / f"templates/ours/fonts/open-read-{weight}.woff2").write_bytes(data)
    (folder / "templates/ours/pictures").mkdir()
    (folder / "templates/ours/pictures/dot.svg").write_text(DOT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(workspace: Path) -> Callable[..., dict[str, bytes]]:
    """The small page in that theme, each way once: the files by their endings."""

    @memo
    def build(**choices: Any) -> dict[str, bytes]:
        options = BuildOptions(**{"theme": "ours", "practice": "oak-house", "layout": "booklet", **choices})
        made = Builder(Library(Workspace(workspace)), options, RenderCache(None)).render(["small-page"]).finished[0]
        return {file.ending: file.data for file in made.files}

    return build


@pytest.fixture(scope="module")
def all_formats(built: Any) -> dict[str, bytes]:
    made: dict[str, bytes] = built(to=("pdf", "html", "docx"))
    return made


def test_the_pdf_has_the_fonts_colours_and_margins_that_were_asked_for(all_formats: dict[str, bytes]) -> None:
    pdf = all_formats[".pdf"]
    assert failures(pdf) == []
    assert any("Young" in name for name in fonts(opened(pdf)))
    assert any("Open" in name for name in fonts(opened(pdf)))
    letters = glyphs(pdf)
    assert min(glyph.x for glyph in letters) * MM == pytest.approx(25, abs=1)
    assert worst_contrast(pdf)[0] >= 4.5  # though the yellow that was asked for has 1.9 on white
    wanted = pytest.approx((0x5B / 255, 0x1F / 255, 0x3A / 255), abs=0.01)
    assert any(colour == wanted for colour in painted(pdf))


def test_the_masthead_and_the_foot_say_what_was_asked_for(all_formats: dict[str, bytes]) -> None:
    words = text(all_formats[".pdf"])
    assert "Care that keeps you whole" in words
    assert "Questions? 0117 496 0123" in words
    assert "license" not in words  # the practice has none, so that line is left out


def test_what_is_typed_is_set_in_the_lettering_that_came_as_woff2(all_formats: dict[str, bytes]) -> None:
    pdf = opened(all_formats[".pdf"])
    face = pdf.Root.AcroForm.DR.Font.Wingdings
    assert "OpenRead" in str(face.BaseFont) or "Literata" in str(face.BaseFont)
    assert bytes(face.FontDescriptor.FontFile2.read_bytes()[:4]) == b"\x00\x01\x00\x00"


def green_box(pdf: bytes) -> tuple[float, ...]:
    """The place of what is green on the first page: left and bottom, from those edges, width and height, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=3).to_pil().convert("RGB")
    seen = Image.eval(ImageChops.difference(page, Image.new("RGB", page.size, GREEN)).convert("L"), lambda far: far < 9)
    left, top, right, bottom = seen.point(lambda one: one * 255).getbbox() or (0, 0, 0, 0)
    return tuple(round(side / 3 / 72 * 25.4, 1) for side in (left, page.height - bottom, right - left, bottom - top))


def test_the_drawing_stands_in_its_corner_beside_the_stripe_and_smaller_on_a_sheet(
    built: Any, all_formats: dict[str, bytes]
) -> None:
    assert green_box(all_formats[".pdf"]) == pytest.approx((5, 0, 12, 12), abs=0.3)
    assert green_box(built(layout="sheet")[".pdf"]) == pytest.approx((5, 0, 5, 5), abs=0.3)
    assert green_box(built(format="low-ink")[".pdf"]) == pytest.approx((0, 297, 0, 0), abs=0.3)
    assert "--ornament:" not in built(format="low-ink", to=("html",))[".html"].decode()


@pytest.mark.parametrize(
    ("at", "stripe", "box"),
    [
        ("bottom-right", None, (200, 0, 10, 10)),
        ("top-right", None, (200, 287, 10, 10)),
        ("top-left", "top", (0, 282, 10, 10)),
        ("bottom-left", "top", (0, 0, 10, 10)),
        ("bottom-right", "right", (195, 0, 10, 10)),
    ],
)
def test_an_ornament_stands_in_any_corner_with_and_without_a_stripe(
    at: str, stripe: str | None, box: tuple[float, ...], workspace: Path
) -> None:
    words = f"title: Ours\ndescription: Ours.\nextends: base\nornament: {{picture: pictures/dot.svg, at: {at}}}\n"
    words += f"stripe: {{edge: {stripe}, width: 5}}\n" if stripe else ""
    name = f"{at}-{stripe}".lower()
    (workspace / f"templates/{name}/pictures").mkdir(parents=True)
    (workspace / f"templates/{name}/theme.yaml").write_text(words, encoding="utf-8")
    (workspace / f"templates/{name}/pictures/dot.svg").write_text(DOT, encoding="utf-8")
    options = BuildOptions(theme=name, practice="oak-house", layout="booklet")
    made = Builder(Library(Workspace(workspace)), options, RenderCache(None)).render(["small-page"]).finished[0]
    assert green_box(made.rendered.pdf) == pytest.approx(box, abs=0.3)
    assert failures(made.rendered.pdf) == []


@pytest.mark.parametrize(("language", "left"), [("en", 210 - 10 - 5 - 6), ("ar", 10 + 5)])
def test_on_a_sheet_a_mark_at_the_right_stands_in_the_corner_above_the_drawing(
    language: str, left: float, tree: Tree
) -> None:
    page = FILES["handouts/small-page.yaml"].replace("language: en", f"language: {language}\nillustration: open-door")
    folder = tree(
        {
            **FILES,
            "handouts/small-page.yaml": page,
            "practices/oak-house.yaml": FILES["practices/oak-house.yaml"] + "logo: {file: dot.svg, text: A dot}\n",
            "practices/dot.svg": DOT,
            "templates/ours/theme.yaml": SETTINGS + "masthead: {logo: right}\n",
        }
    )
    options = BuildOptions(theme="ours", practice="oak-house", layout="sheet")
    made = Builder(Library(Workspace(folder)), options, RenderCache(None)).render(["small-page"]).finished[0]
    at, from_below, wide, _ = green_box(made.rendered.pdf)
    assert (at, wide) == pytest.approx((left, 6), abs=0.4)
    assert 297 - from_below < 10 + 2.6 + 8.5  # the drawing begins nine millimetres below the edge of the band
    assert failures(made.rendered.pdf) == []


def test_a_page_for_screens_has_the_same_look(all_formats: dict[str, bytes]) -> None:
    page = all_formats[".html"].decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "theme:" not in page
    assert 'font-family: "Young Serif"' in page
    assert 'font-family: "Open Read"' in page
    assert "Care that keeps you whole" in page
    assert "Questions? 0117 496 0123" in page
    assert "--bullet: url(" in page
    assert "border-inline-start: 5mm solid var(--deep)" in page
    assert "var(--ornament, none) left bottom / 12mm 12mm no-repeat" in page


def test_word_has_what_it_can_have_of_it(all_formats: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(all_formats[".docx"])) as file:
        parts = {name: file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith(".xml")}
    styles, body = parts["word/styles.xml"], parts["word/document.xml"]
    assert "Young Serif" in styles
    assert "Open Read" in styles
    assert "5B1F3A" in styles
    assert 'w:left="1417"' in body  # 25 mm in twentieths of a point
    assert "Questions? 0117 496 0123" in "".join(words for name, words in parts.items() if "footer" in name)


def test_the_line_below_the_name_is_one_of_its_own_in_word_and_text(built: Any, all_formats: dict[str, bytes]) -> None:
    assert built(to=("txt",))[".txt"].decode().startswith("Oak House\nCare that keeps you whole\n")
    body = zipfile.ZipFile(io.BytesIO(all_formats[".docx"])).read("word/document.xml").decode()
    assert "<w:br/>" in body[body.index("Oak House") : body.index("Care that keeps")]


def test_words_of_the_practice_stand_where_the_page_begins_if_it_runs_from_the_right(workspace: Path) -> None:
    page = HANDOUT.replace("id: small-page", "id: from-the-right").replace("language: en", "language: ar")
    (workspace / "handouts/from-the-right.yaml").write_text(page, encoding="utf-8")
    options = BuildOptions(theme="ours", practice="oak-house", layout="booklet")
    made = Builder(Library(Workspace(workspace)), options, RenderCache(None)).render(["from-the-right"])
    pdf = made.finished[0].files[0].data
    edge = box_of(pdf, 0, "Oak House")[2]
    assert box_of(pdf, 0, "Care that keeps you whole")[2] == pytest.approx(edge, abs=2)
    assert box_of(pdf, 0, "Questions?")[2] > edge - 60


def test_where_ink_is_saved_all_is_black_and_nothing_filled(built: Any) -> None:
    pdf = built(format="low-ink")[".pdf"]
    assert failures(pdf) == []
    assert painted(pdf) <= {(0.0,), (1.0,), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}


def test_in_large_print_the_foot_has_room_for_all_its_lines(built: Any) -> None:
    pdf = built(format="large-print")[".pdf"]
    assert min(glyph.size for glyph in glyphs(pdf)) >= 17.9
    assert "Questions? 0117 496 0123" in text(pdf)
    assert box_of(pdf, 0, "Questions?")[1] > 8


def test_a_packet_has_the_look_and_a_clients_values_in_its_lettering(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of its numbers keep their own size, whatever room a foot asks for."""
    packet = workspace / "handouts/packets/small-packet.yaml"
    packet.parent.mkdir(exist_ok=True)
    packet.write_text(PACKET.split("prefill:")[0], encoding="utf-8")
    args = ("small-packet", "--practice", "oak-house", "--theme", "ours", "--client-ref", "AB-12", "--output", "out")
    with no_font_is_read_here(monkeypatch):
        made = run("packet", *args, "--set", "display_name=Sam", cwd=workspace)
    assert made.exit_code == 0, made.stderr
    pdf = next(workspace.rglob("AB-12*.pdf")).read_bytes()
    assert failures(pdf) == []
    assert "Questions? 0117 496 0123" in text(pdf)
    assert "Sam" in text(pdf)


def test_lettering_in_postscript_outlines_becomes_true_type() -> None:
    """Of a font that draws a square: the same square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 400))
    pen.curveTo((100, 500), (300, 500), (400, 400))
    pen.lineTo((400, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    drawn = pen.getCharString()
    builder.setupCFF("Square-Regular", {}, {".notdef": drawn, "A": drawn}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square-Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    font = TTFont(io.BytesIO(as_true_type(made.getvalue())))
    glyph = font["glyf"]["A"]
    assert (glyph.xMin, glyph.yMin, glyph.xMax) == (0, 0, 400)
    assert font["hmtx"]["A"] == (500, 0)
    said = described("fonts/square.otf", made.getvalue())
    assert said
    assert (said.family, said.weight, said.italic, said.variable) == ("Square", 400, False, False)


def test_a_narrow_font_is_chosen_by_its_own_name_and_the_usual_one_by_the_familys() -> None:
    def font(file: str, family: str, narrow_family: str, weight: int, width: int) -> FontFile:
        return FontFile(file, family, narrow_family, weight, width, italic=False, variable=False)

    fonts = [
        font("a-narrow.ttf", "Plain", "Plain Condensed", 400, 3),
        font("b-narrow-bold.ttf", "Plain", "Plain Condensed", 700, 3),
        font("c.ttf", "Plain", "Plain", 400, 5),
        font("d-bold.ttf", "Plain", "Plain", 700, 5),
        font("e-heavy.ttf", "Plain", "Plain Heavy", 900, 5),
    ]
    assert [face[2] for face in text_family("Plain", fonts).faces] == ["c.ttf", "d-bold.ttf"]
    assert [face[2] for face in text_family("Plain Condensed", fonts).faces] == ["a-narrow.ttf", "b-narrow-bold.ttf"]
    assert title_family("Plain", fonts).faces == ((700, False, "d-bold.ttf"),)
    assert title_family("Plain Heavy", fonts).faces == ((900, False, "e-heavy.ttf"),)


def test_a_face_whose_letters_are_in_several_files_is_set_from_all_of_them(tree: Tree) -> None:
    """As websites have them; the first file by name, of Greek letters say, has few of those on a page."""
    lower = "abcdefghijklmnopqrstuvwxyz"
    parts = {
        "part-a.woff2": part_of_font("Literata-Bold.ttf", "Cut Read", "ABCDEFGHIJKLMNOPQRSTUVWXYZ "),
        "part-b.woff2": part_of_font("Literata-Bold.ttf", "Cut Read", f"{lower} ?.,\N{RIGHT SINGLE QUOTATION MARK}"),
    }
    settings = f"{SETTINGS}fonts: {{title: Cut Read}}\n"
    folder = tree({**FILES, "templates/ours/theme.yaml": settings})
    (folder / "templates/ours/fonts").mkdir()
    for name, data in parts.items():
        (folder / "templates/ours/fonts" / name).write_bytes(data)
    options = BuildOptions(theme="ours", practice="oak-house", layout="booklet")
    made = Builder(Library(Workspace(folder)), options, RenderCache(None)).render(["small-page"]).finished[0]
    (face,) = faces_of_large_letters(made.files[0].data, 25)
    assert face.startswith("Cut-Read")
    (said,) = {font.family for name, data in parts.items() if (font := described(name, data))}
    assert said == "Cut Read"


@pytest.mark.parametrize(
    ("settings", "css", "place"),
    [
        ("fonts: {text: All Weights}\n", "", "theme.yaml:4:15: error[variable-font] fonts.text"),
        (
            "",
            "h1 { margin: 0 }\n@font-face { font-family: All; src: url('../fonts/all.woff2') }\n",
            "50-ours.css:2:37: error[variable-font]",
        ),
        (
            "lettering: {family: All Weights, regular: fonts/all.woff2, bold: fonts/all.woff2}\n",
            "",
            "all.woff2: error[variable-font]",
        ),
    ],
)
def test_a_font_of_all_weights_is_told_with_what_to_do(
    settings: str, css: str, place: str, tree: Tree, run: Run
) -> None:
    """A PDF would have one of its weights for all, and none would know."""
    theme = {"templates/ours/theme.yaml": SETTINGS + settings, "templates/ours/css/50-ours.css": css}
    folder = tree({**FILES, **theme})
    put_font(folder / "templates/ours/fonts/all.woff2", "Literata-Regular.ttf", "All Weights", "woff2", variable=True)
    result = run("build", "small-page", "--theme", "ours", "--layout", "booklet", cwd=folder)
    assert result.exit_code == 1
    assert place in result.stderr
    assert "put its static files into `fonts/`" in result.stderr


@pytest.mark.parametrize(("logo", "name_at"), [("left", 19 + 10 + 3), ("right", 19)])
def test_the_mark_is_at_its_side_also_where_the_parent_has_it_in_the_middle(
    logo: str, name_at: float, tree: Tree
) -> None:
    oak = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="20" cx="20" cy="20"/></svg>'
    files = {
        "templates/ours/theme.yaml": SETTINGS.replace("base", "calm") + f"masthead: {{logo: {logo}}}\n",
        "practices/oak-house.yaml": FILES["practices/oak-house.yaml"] + "logo: {file: oak.svg, text: An oak}\n",
        "practices/oak.svg": oak,
    }
    options = BuildOptions(theme="ours", practice="oak-house", layout="booklet")
    made = Builder(Library(Workspace(tree({**FILES, **files}))), options, RenderCache(None)).render(["small-page"])
    assert box_of(made.finished[0].files[0].data, 0, "Oak House")[0] == pytest.approx(name_at, abs=0.5)


def test_where_nothing_is_in_the_middle_the_mark_is_not_either() -> None:
    """The style guide for dyslexic readers asks for it; what is beside the mark stays beside it."""
    look = ThemeLook(masthead=ThemeMasthead(logo="centre"))
    assert "justify-content: center" in paper_styles(look, None, None, "standard")
    assert "justify-content: center" not in paper_styles(look, None, None, "dyslexia-friendly")


def test_an_exercise_on_a_sheet_is_as_round_as_all_else() -> None:
    assert ".exercise) { border-radius: 0mm }" in paper_styles(ThemeLook(corner=0), None, None, "standard")


SETTINGS = "title: Ours\ndescription: As we like it.\nextends: base\n"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"theme.yaml": "fonts: {title: Yung Serif}\n"}, "theme.yaml:4:16: error[no-such-family] fonts.title"),
        ({"theme.yaml": "fonts: {title: Yung Serif}\n"}, "did you mean `Young Serif`?"),
        ({"theme.yaml": "fonts: {text: Young Serif}\n"}, "error[no-bold] fonts.text"),
        ({"theme.yaml": "bullets: hearts\n"}, "theme.yaml:4:10: error[bad-bullets] bullets"),
        ({"theme.yaml": "stripe: {width: 40}\n"}, "theme.yaml:4:17: error["),
        ({"theme.yaml": 'foot: ["{fax}"]\n'}, "there are: {practice}, {phone}"),
        ({"theme.yaml": "colours: {deep: red}\n"}, "theme.yaml:4:17: error[bad-colour] colours.deep"),
        (
            {"css/50-ours.css": "h1 { color: red }\nh2 { font-family: Litrata, serif }\n"},
            "50-ours.css:2:19: error[no-such-",
        ),
        ({"css/50-ours.css": '.headings-serif { --display: "Fraunce" }\n'}, "did you mean `Fraunces`?"),
        (
            {"css/50-ours.css": "h1 { top: 0 }\n@font-face { font-family: Lora; src: url('../fonts/Lora.woff2') }\n"},
            "50-ours.css:2:38: error[no-such-asset]\n",
        ),
        (
            {"css/50-ours.css": "@font-face { font-family: Lora; src: url(../fonts/L.ttf) }\n", "fonts/L.ttf": "none"},
            "`ours/fonts/L.ttf` is not a whole font",
        ),
        ({"theme.yaml": "bullets: pictures/leaf.svg\n", "pictures/leaf.svg": "<svg></svg>"}, "error[picture-size]"),
        ({"theme.yaml": "ornament: {picture: leaf.svg}\n", "leaf.svg": "<svg></svg>"}, "error[picture-size]"),
        ({"theme.yaml": "ornament: {picture: leaf.png}\n"}, "theme.yaml:4:21: error[bad-ornament] ornament.picture"),
        ({"theme.yaml": "ornament: {picture: pictures/leaf.svg}\n"}, "error[no-such-asset]"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(files: dict[str, str], says: str, tree: Tree, run: Run) -> None:
    theme = {"theme.yaml": "", **files}
    theme["theme.yaml"] = SETTINGS + theme["theme.yaml"]
    folder = tree({**FILES, **{f"templates/ours/{name}": words for name, words in theme.items()}})
    result = run("build", "small-page", "--theme", "ours", "--layout", "booklet", cwd=folder)
    assert result.exit_code == 1
    assert says in result.stderr


def test_names_of_lines_stand_above_their_fields_in_any_typeface(tree: Tree, run: Run) -> None:
    theme = {
        "templates/ours/theme.yaml": "title: Ours\ndescription: Of ours.\nextends: base\nfonts: {text: Literata}\n"
    }
    folder = tree({**FILES, **theme})
    ran = run(
        "-C", str(folder), "build", "asking-for-what-you-need", "--theme", "ours", "--practice", "riverbend-counseling"
    )
    assert (ran.exit_code, ran.stderr) == (0, "")
