"""Places of a page that a theme fills, or takes the place of, without taking a template over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT, Tree
from tests.support.pdf_reading import failures, opened, tags, text
from tests.support.samples import FILES

SETTINGS = "title: Ours\ndescription: As we like it.\nextends: base\n"
SLOTS = sorted(path.stem for path in (ROOT / "templates/base/slots").iterdir())
SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9"/></svg>'
PLACES_OF_SHEETS = [
    tuple(line.removeprefix("place ").split(": "))
    for line in (ROOT / "tests/golden/theme-contract.txt").read_text(encoding="utf-8").splitlines()
    if line.startswith("place sheet/")
]
Made = Callable[..., dict[str, bytes]]


@pytest.fixture
def made(tree: Tree) -> Made:
    """The small page in a theme of these files, by their paths in its folder."""

    def build(files: Mapping[str, str], **choices: object) -> dict[str, bytes]:
        theme = {f"templates/ours/{name}": words for name, words in {"theme.yaml": SETTINGS, **files}.items()}
        options = BuildOptions(**{"theme": "ours", "practice": "oak-house", "to": ("pdf", "html"), **choices})  # type: ignore[arg-type]
        builder = Builder(Library(Workspace(tree({**FILES, **theme}))), options, RenderCache(None))
        return {file.ending: file.data for file in builder.render(["small-page"]).finished[0].files}

    return build


@pytest.mark.parametrize("layout", ["booklet", "sheet"])
def test_each_slot_of_a_handout_is_on_the_page_and_on_the_screen(layout: str, made: Made) -> None:
    files = {f"slots/{slot}.html": f"<p>Of {slot} here.</p>" for slot in SLOTS}
    # The foot has a line of room alone.
    files |= {"slots/foot.html": "<span>Of foot here.</span>", "theme.yaml": SETTINGS + "margins: {bottom: 26}\n"}
    on_page = made(files, layout=layout)
    assert failures(on_page[".pdf"]) == []
    words, screen = text(on_page[".pdf"]).replace("\n", " "), on_page[".html"].decode()
    expected = set(SLOTS) - {"back-page"}
    assert {slot for slot in SLOTS if f"Of {slot} here." in words} == expected
    assert {slot for slot in SLOTS if f"Of {slot} here." in screen} == expected - {"foot"}
    assert words.count("Of block-end here.") >= 2


def test_a_block_of_the_page_takes_the_place_of_ours(made: Made) -> None:
    own = '<p class="mine">Ours: {{ handout.key_message }}</p>'
    page = '{% extends "shipped/handout.html" %}{% block key_message %}' + own + "{% endblock %}"
    outside = '{% block outside %}<div class="around">{{ super() }}</div>{% endblock %}'
    pdf = made({"handout.html": page + outside, "css/50-ours.css": ".around { padding-left: 9mm }"}, layout="booklet")[
        ".pdf"
    ]
    assert "Ours: One idea is enough." in text(pdf)
    assert failures(pdf) == []


def test_a_picture_that_only_decorates_is_an_artifact_as_large_as_its_box(made: Made) -> None:
    files = {
        "slots/after-masthead.html": '<img class="seal" alt="" src="../pictures/seal.svg">',
        "pictures/seal.svg": SEAL,
    }
    page = made(files, layout="booklet")
    assert failures(page[".pdf"]) == []
    assert not any(tag.name == "/Figure" for tag in tags(opened(page[".pdf"])))
    assert b'alt=""' in page[".html"]
    assert b"theme:" not in page[".html"]
    unsound = made(
        {**files, "slots/after-masthead.html": '<img alt="A seal" src="../pictures/seal.svg">'}, layout="booklet"
    )
    assert any(tag.name == "/Figure" for tag in tags(opened(unsound[".pdf"])))


def test_the_parts_of_a_sheet_have_places_as_those_of_a_booklet_have() -> None:
    names = {name for _, name in PLACES_OF_SHEETS}
    assert names >= {"opening", "masthead", "title", "key_message", "outside", "strip"}


@pytest.mark.parametrize(("template", "place"), PLACES_OF_SHEETS)
def test_each_place_of_a_sheet_takes_what_a_theme_puts_there_and_is_as_high(
    template: str, place: str, made: Made
) -> None:
    mark = '<div class="strip-cell"><p>{0}</p></div>' if place == "strip" else "<p>{0}</p>"
    own = f'{{% extends "shipped/{template}" %}}{{% block {place} %}}{{{{ super() }}}}{mark.format("Of us here.")}'
    files = {template: own + "{% endblock %}"}
    pdf = made(files, layout="sheet", practice="riverbend-counseling")[".pdf"]
    assert "Of us here." in text(pdf).replace("\n", " ")
    assert failures(pdf) == []
