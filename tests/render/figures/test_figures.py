"""Figures: drawn as vector from data, with words for those who do not see them, whatever the data."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.figure import FIGURE_KINDS, Figure
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import BORDER, PAPER, TEXT, palette
from handoutkit.render.figures.draw_figure import Drawing, draw_figure
from handoutkit.render.figures.figure_renderer import FigureRenderer
from handoutkit.render.figures.typeface import MM_PER_POINT, Typeface
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.theme import Theme
from tests.conftest import ROOT, Tree
from tests.support.pdf_reading import failures, opened, tags, text
from tests.support.samples import FILES, HANDOUT

KINDS = tuple(kind.name for kind in FIGURE_KINDS.values() if kind.drawn)
COLOURS = ("#1F6F6B", "#000000", "#FFF3A0")
SVG = "{http://www.w3.org/2000/svg}"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><circle cx="9" cy="5" r="4"/></svg>'
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@cache
def typeface() -> Typeface:
    return Typeface.of(Theme.find("base", [ROOT]))


def figure(kind: str, labels: tuple[str, ...] = ("Head", "Heart", "Hands"), **more: Any) -> Figure:
    each = more.pop("each", {})
    regions = tuple({"id": f"r{n}", "label": label, **each} for n, label in enumerate(labels))
    data = {"type": "figure", "id": "fig", "kind": kind, "alt": "What it shows.", "regions": regions, **more}
    return Figure.model_validate(data)


def drawn(of: Figure, width: float = 172, colour: str = COLOURS[0]) -> Drawing:
    return draw_figure(of, palette(colour), typeface(), InterfaceMessages("en-US"), width)


def words_in(drawing: Drawing) -> str:
    return " ".join(element.text or "" for element in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text"))  # noqa: S314


def points_in(drawing: Drawing) -> list[tuple[float, float]]:
    """Every point that a shape goes through or leans on."""
    found: list[tuple[float, float]] = []
    for element in ElementTree.fromstring(drawing.svg).iter():  # noqa: S314
        at = {name: float(value) for name, value in element.attrib.items() if re.fullmatch(NUMBER, value)}
        if element.tag == f"{SVG}rect":
            found += [(at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])]
        elif element.tag == f"{SVG}circle":
            found += [(at["cx"] + side * at["r"], at["cy"] + side * at["r"]) for side in (-1, 1)]
        elif element.tag == f"{SVG}text":
            found.append((at["x"], at["y"]))
        elif element.tag == f"{SVG}path":
            found += _points_of_path(element.attrib["d"])
    return found


def _points_of_path(d: str) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for command, rest in re.findall(r"([MLCQAVZ])([^MLCQAVZ]*)", d):
        numbers = [float(number) for number in NUMBER.findall(rest)]
        if command == "A":
            numbers = numbers[5:]  # its end; its radii are those of shapes that are looked at elsewhere
        if command == "V":
            numbers = [found[-1][0], *numbers]
        found += zip(numbers[::2], numbers[1::2], strict=True)
    return found


# ---- Drawings


@pytest.mark.parametrize("kind", KINDS)
def test_short_labels_stand_in_the_drawing_and_all_words_in_its_alternative(kind: str) -> None:
    drawing = drawn(figure(kind, each={"text": "Two words."}))
    title = ElementTree.fromstring(drawing.svg).findtext(f"{SVG}title") or ""  # noqa: S314
    assert title.startswith("What it shows.")
    assert not drawing.numbered
    for label in ("Head", "Heart", "Hands"):
        assert label in words_in(drawing)
        assert label in title
    assert ("Two words." in title) == (drawing.legend == ())


@pytest.mark.parametrize("kind", KINDS)
def test_a_height_is_honoured(kind: str) -> None:
    for height in (70, 110, 180):
        assert drawn(figure(kind, height=height)).height == height


@pytest.mark.parametrize("kind", KINDS)
def test_labels_that_do_not_fit_become_numbers_and_stand_beneath(kind: str) -> None:
    labels = ("A" * 130, "B" * 130, "C")
    drawing = drawn(figure(kind, labels, height=60), width=100)
    assert drawing.numbered
    assert [region.label for region in drawing.legend] == list(labels)
    assert "1" in words_in(drawing)
    assert all(label in drawing.svg for label in labels)  # in the alternative


def test_rings_that_are_narrow_leave_no_empty_sheet_above_and_below_them() -> None:
    of = figure("rings", height=150, each={"text": "Two words."})  # texts stand beside the rings
    assert drawn(of, width=240).height == 150
    assert drawn(of, width=140).height < 90


def test_texts_with_emphasis_stand_beneath_where_it_shows() -> None:
    drawing = drawn(figure("bands", each={"text": "Not *now*."}))
    assert not drawing.numbered
    assert len(drawing.legend) == 3
    assert "now" not in words_in(drawing)


@pytest.mark.parametrize("kind", KINDS)
def test_places_to_write_are_in_the_order_of_the_regions_and_big_enough(kind: str) -> None:
    drawing = drawn(figure(kind, each={"answer": True}))
    assert [area.region.id for area in drawing.areas] == ["r0", "r1", "r2"]
    for area in drawing.areas:
        assert area.place.width >= 20
        assert area.place.height >= 8
        assert not any(area.place.inset(0.01).overlaps(label) for label in drawing.labels)


def test_a_linked_map_tells_who_is_linked_and_how() -> None:
    links = (
        {"start": "r0", "end": "r1", "strength": "strong", "label": "calls", "both_ways": True},
        {"start": "r1", "end": "r2", "strength": "tense", "directed": True},
        {"start": "r0", "end": "r2", "label": "a" * 150},
    )
    drawing = drawn(figure("linked_boxes", ("Me", "Ann", "Bo"), links=links))
    assert "Me and Ann: calls, strong." in drawing.svg
    assert "Ann to Bo: tense." in drawing.svg
    assert "calls" in words_in(drawing)
    assert drawing.links == (f"Me and Bo: {'a' * 150}",)


def test_values_on_a_wheel_are_told() -> None:
    drawing = drawn(figure("sectors", each={"value": 0.7}))
    assert "Head (7 of 10)." in drawing.svg


@pytest.mark.parametrize("kind", KINDS)
def test_no_words_are_smaller_than_nine_points(kind: str) -> None:
    scale: dict[str, Any] = {"scale": 10} if kind in ("bands", "axis", "sectors") else {}
    root = ElementTree.fromstring(drawn(figure(kind, each={"text": "Two words."}, **scale)).svg)  # noqa: S314
    sizes = [float(element.attrib["font-size"]) for element in root.iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) / MM_PER_POINT >= 8.95  # they are written to a hundredth of a millimetre


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("kind", KINDS)
def test_lines_and_words_hold_their_contrast(kind: str, colour: str) -> None:
    each = {"highlight": True, "value": 0.5, "answer": True}
    scale: dict[str, Any] = {"scale": 5} if kind in ("bands", "axis", "sectors") else {}
    root = ElementTree.fromstring(drawn(figure(kind, each=each, **scale), colour=colour).svg)  # noqa: S314
    grounds = {PAPER, palette(colour).wash}
    for element in root.iter():
        fill, stroke = element.get("fill", "none"), element.get("stroke")
        least = TEXT if element.tag == f"{SVG}text" else BORDER
        if stroke:
            assert min(contrast(stroke, ground) for ground in grounds) >= BORDER
        if fill != "none" and fill not in grounds:
            assert min(contrast(fill, ground) for ground in grounds) >= least
        elif fill not in ("none", PAPER):
            assert stroke, "a pale ground has an edge"


LABELS = st.text(st.sampled_from("abcdefghij KLMN-é"), min_size=1, max_size=160).filter(lambda label: label.strip())


@st.composite
def figures(draw_: st.DrawFn) -> Figure:
    kind = draw_(st.sampled_from(KINDS))
    count = draw_(st.integers(2, FIGURE_KINDS[kind].max_regions))
    label = draw_(st.sampled_from([LABELS, st.sampled_from(["Me", "Work or school", "What I can do about it now"])]))
    regions = []
    for number in range(count):
        region: dict[str, Any] = {"id": f"r{number}", "label": draw_(label)}
        region["answer"] = draw_(st.booleans())
        region["highlight"] = draw_(st.booleans())
        region["value"] = draw_(st.none() | st.floats(0, 1))
        region["text"] = draw_(st.none() | st.just("Some words & more of them, <so to say."))
        regions.append(region)
    more: dict[str, Any] = {"height": draw_(st.integers(30, 180))}
    if kind in ("bands", "sectors", "axis"):
        more["scale"] = draw_(st.none() | st.integers(1, 10))
    if kind == "linked_boxes":
        ends = draw_(st.lists(st.permutations(range(count)), max_size=6))
        tie = draw_(st.sampled_from(["weak", "plain", "strong", "tense"]))
        arrow = {"directed": draw_(st.booleans()), "both_ways": draw_(st.booleans())}
        more["links"] = tuple(
            {"start": f"r{a}", "end": f"r{b}", "strength": tie, "label": draw_(st.none() | label), **arrow}
            for a, b, *_ in ends
        )
    data = {"type": "figure", "id": "fig", "kind": kind, "alt": "What it shows.", "regions": tuple(regions), **more}
    return Figure.model_validate(data)


@settings(max_examples=40, deadline=None)
@given(figures(), st.sampled_from([("portrait", "letter"), ("portrait", "a4"), ("landscape", "letter")]))
def test_any_figure_is_drawn_whole_and_nothing_overlaps(of: Figure, page: tuple[str, Any]) -> None:
    of = of.model_copy(update={"orientation": page[0]})
    drawing = FigureRenderer(typeface(), InterfaceMessages("en-US"))(of, palette(COLOURS[0]), page[1])
    assert drawing == FigureRenderer(typeface(), InterfaceMessages("en-US"))(of, palette(COLOURS[0]), page[1])
    for x, y in points_in(drawing):
        assert -0.01 <= x <= drawing.width + 0.01
        assert -0.01 <= y <= drawing.height + 0.01
    taken = [label.inset(0.03) for label in drawing.labels] + [area.place.inset(0.03) for area in drawing.areas]
    assert not any(one.overlaps(other) for number, one in enumerate(taken) for other in taken[:number])
    title = ElementTree.fromstring(drawing.svg).findtext(f"{SVG}title") or ""  # noqa: S314
    assert all(region.label in title for region in of.regions)
    assert len(drawing.areas) == sum(region.answer for region in of.regions)


def test_no_line_is_wider_than_was_measured() -> None:
    face = typeface().bold
    lines = face.wrap("What I can do about it when it gets hard - and after", 11, 40)
    assert lines is not None
    assert " ".join(lines) == "What I can do about it when it gets hard - and after"
    assert all(face.width(line, 11) <= 40 for line in lines)
    assert max(face.width(line, 11) for line in lines) - min(face.width(line, 11) for line in lines) < 25
    assert face.wrap("Countertransference", 11, 20) is None


# ---- In a PDF


def block(kind: str, more: str = "") -> str:
    return (
        f"  - type: figure\n    id: fig-{kind.replace('_', '-')}\n    kind: {kind}\n    alt: What it shows.\n"
        f"    caption: Look at it.\n{more}"
    )


REGIONS = "    regions:\n" + "".join(
    f"      - {{id: r{number}, label: {label}, answer: true, text: '{words}'}}\n"
    for number, (label, words) in enumerate([("Head", "It *hurts*."), ("Heart", "It beats."), ("Hands", "They shake.")])
)


def built(folder: Path, cache: RenderCache, **choices: Any) -> bytes:
    builder = Builder(Library(Workspace(folder)), BuildOptions(practice="oak-house", **choices), cache)
    return builder.render(["small-page"]).finished[0].rendered.pdf


def with_blocks(*blocks: str) -> dict[str, str]:
    handout = HANDOUT.replace("  - type: prompt\n", "".join(blocks) + "  - type: prompt\n")
    return {**FILES, "handoutkit.yaml": "", "handouts/small-page.yaml": handout}


@pytest.mark.parametrize(("paper", "fields"), [("letter", True), ("a4", True), ("a4", False)])
def test_every_kind_is_set_as_vector_and_is_pdf_ua(tree: Tree, cache: RenderCache, fields: bool, paper: Any) -> None:
    kinds = [block(kind, REGIONS) for kind in KINDS]
    folder = tree(
        with_blocks(*kinds, block("flow", REGIONS + "    orientation: landscape\n").replace("-flow", "-wide"))
    )
    pdf = built(folder, cache, fields=fields, paper=paper)
    assert failures(pdf) == []
    document = opened(pdf)
    assert not any(isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in document.objects)
    shown = [tag for tag in tags(document) if tag.name == "/Figure"]
    assert len(shown) == len(KINDS) + 1
    assert all("Head. Heart. Hands." in str(tag.element.Alt) for tag in shown)
    assert text(pdf).count("Heart") >= len(KINDS)
    assert text(pdf).count("It beats.") == len(KINDS) + 1
    assert sum(tag.name == "/Form" for tag in tags(document)) == (3 * (len(KINDS) + 1) + 1 if fields else 0)


def test_a_centred_label_is_whole_in_viewers_that_cut_groups(tree: Tree, cache: RenderCache) -> None:
    pdf = built(tree(with_blocks(block("cycle", REGIONS))), cache)
    document = opened(pdf)
    labels = [o for o in document.objects if o.get("/Subtype") == "/Form" and b"BT" in o.read_bytes()]
    assert len(labels) >= 3
    for label in labels:
        if "/Group" in label:
            del label.Group
    without = io.BytesIO()
    document.save(without)
    for scale in (0.54, 1, 1.33):
        shown, ought = (pypdfium2.PdfDocument(of)[0].render(scale=scale).to_pil() for of in (pdf, without.getvalue()))
        assert shown.tobytes() == ought.tobytes()


def test_a_picture_is_shown_and_another_one_makes_another_pdf(tree: Tree, cache: RenderCache) -> None:
    files = with_blocks(block("image", "    file: pictures/a b.svg\n    height: 40\n"))
    first = built(tree({**files, "handouts/pictures/a b.svg": PICTURE}), cache)
    assert failures(first) == []
    document = opened(first)
    assert [str(tag.element.Alt) for tag in tags(document) if tag.name == "/Figure"] == ["What it shows."]
    second = built(tree({**files, "handouts/pictures/a b.svg": PICTURE.replace("4", "3")}), cache)
    assert first != second


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.svg", None, "no-such-picture"),
        ("bad.svg", PICTURE.replace("<circle", "<script/><circle"), "svg-script"),
        ("text.svg", "no picture", "not-a-picture"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_named(tree: Tree, name: str, content: str | None, code: str) -> None:
    files = with_blocks(block("image", f"    file: {name}\n"))
    folder = tree({**files, **({f"handouts/{name}": content} if content else {})})
    with pytest.raises(ContentError) as caught:
        Library(Workspace(folder)).handout("small-page")
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == (code, "blocks[1].file")


def test_no_picture_is_fetched_from_outside_the_folder_of_the_handout(tmp_path: Path) -> None:
    from handoutkit.render.asset_fetcher import AssetFetcher

    (tmp_path / "handouts").mkdir()
    (tmp_path / "secret.svg").write_text(PICTURE, encoding="utf-8")
    (tmp_path / "handouts" / "link.svg").symlink_to(tmp_path / "secret.svg")
    fetcher = AssetFetcher(Theme.find("base", [ROOT]), None, tmp_path / "handouts")
    for url in (
        "handout:../secret.svg",
        "handout:%2e%2e/secret.svg",
        "handout:link.svg",
        "handout:",
        "handout:/etc/hosts",
    ):
        with pytest.raises(ValueError, match="nothing is fetched"):
            fetcher.fetch(url)
