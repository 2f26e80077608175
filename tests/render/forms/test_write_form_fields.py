"""Places to write are form fields: named, spoken, tagged, in order, and right in a viewer; and paper stays paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as memo
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.forms.write_form_fields import OPTIONS
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Run, Tree
from tests.support.fill_in_viewer import FormField, dark, fields, in_viewer, ink, is_hidden
from tests.support.form_sample import FORM, NAMES
from tests.support.pdf_reading import failures, opened, picture, tags, texts
from tests.support.samples import FILES


@pytest.fixture(scope="module")
def build(cache: RenderCache, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("workspace")
    for name, text in {**FILES, "handouts/small-page.yaml": FORM}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @memo
    def rendered(**choices: Any) -> Any:
        builder = Builder(Library(Workspace(folder)), BuildOptions(**choices), cache)
        return builder.render(["small-page"]).finished[0].rendered

    return rendered


@pytest.fixture(scope="module")
def form(build: Any) -> dict[str, FormField]:
    """The client's copy as a form, without the field that is hidden."""
    found = fields(build().pdf)
    del found["small-page.edition"]
    return found


def test_every_place_to_write_has_its_name(form: dict[str, FormField], build: Any) -> None:
    assert list(form) == [f"small-page.{name}" for name in NAMES]
    assert build().fields == len(NAMES)


def test_names_stand_below_each_other(build: Any) -> None:
    document = opened(build().pdf)
    root = document.Root.AcroForm.Fields
    assert [str(node.T) for node in root] == ["small-page"]
    assert "edition" in [str(node.T) for node in root[0].Kids]
    assert {node.Parent.objgen for node in root[0].Kids} == {root[0].objgen}


def test_the_edition_is_hidden_on_every_page(build: Any) -> None:
    """So that programs which want a widget of each field have one, and a page that is taken out keeps it."""
    edition = fields(build().pdf)["small-page.edition"]
    assert edition.value == "3"
    assert edition.widgets == []
    kids = list(edition.dictionary.Kids)
    assert [kid.P.objgen for kid in kids] == [page.obj.objgen for page in edition.document.pages]
    assert all(is_hidden(kid) and "/N" in kid.AP for kid in kids)
    for page, kid in zip(edition.document.pages, kids, strict=True):
        assert kid.objgen in [annotation.objgen for annotation in page.Annots]


@pytest.mark.parametrize("audience", ["client", "clinician"])
@pytest.mark.parametrize("made", [True, False])
def test_is_pdf_ua(audience: str, made: bool, build: Any) -> None:
    assert failures(build(audience=audience, fields=made).pdf) == []


def test_each_has_a_name_that_is_heard_and_like_no_other(form: dict[str, FormField]) -> None:
    spoken = [str(widget.dictionary.TU) for field in form.values() for widget in field.widgets]
    assert len(set(spoken)) == len(spoken)
    assert all(spoken)
    one = form["small-page.one.answer"]
    assert str(one.dictionary.TU) == "Which one?"
    each = [str(widget.dictionary.TU) for widget in one.widgets]
    assert each == ["Which one?: Bread", "Which one?: Soup", "Which one?: Nuts, raw"]
    assert str(form["small-page.line.answer"].dictionary.TU) == "Who could you ask?"
    assert str(form["small-page.groups.group-2-item-1"].dictionary.TU) == "Out: Walk"
    assert str(form["small-page.day.answer"].dictionary.TU) == "Which day?, a date: day, month, year"
    assert str(form["small-page.walk.row-2-column-2"].dictionary.TU) == "How it went, row 2"


def test_options_keep_their_words(form: dict[str, FormField]) -> None:
    words = {name.split(".", 1)[1]: form[name].dictionary.get(f"/{OPTIONS}") for name in form}
    assert [str(word) for word in words["one.answer"]] == ["Bread", "Soup", "Nuts, raw"]
    assert [str(word) for word in words["bring.item-2"]] == ["A warm coat"]
    assert [str(word) for word in words["scale.answer"]] == [str(number) for number in range(11)]
    assert words["line.answer"] is None
    assert [widget.states for widget in form["small-page.one.answer"].widgets] == [["1"], ["2"], ["3"]]


def test_each_is_on_its_page_and_tagged(form: dict[str, FormField]) -> None:
    document = form["small-page.line.answer"].document
    tagged = [tag.element.K[0].Obj.objgen for tag in tags(document) if tag.name == "/Form"]
    widgets = [widget for field in form.values() for widget in field.widgets]
    assert sorted(tagged) == sorted(widget.dictionary.objgen for widget in widgets)
    parents = document.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
    for widget in widgets:
        left, bottom, right, top = widget.box
        page = document.pages[widget.page]
        assert 0 <= left < right <= float(page.mediabox[2])
        assert 0 <= bottom < top <= float(page.mediabox[3])
        assert right - left > 8
        assert top - bottom > 8
        element = by_key[int(widget.dictionary.StructParent)]
        assert element.K[0].Obj.objgen == widget.dictionary.objgen
        assert widget.dictionary.objgen in [annotation.objgen for annotation in page.Annots]


def test_tab_goes_in_reading_order(form: dict[str, FormField]) -> None:
    document = form["small-page.line.answer"].document
    assert all(page.Tabs == "/S" for page in document.pages)
    tagged = [tag.element.K[0].Obj.objgen for tag in tags(document) if tag.name == "/Form"]
    assert tagged == [widget.dictionary.objgen for field in form.values() for widget in field.widgets]


def test_fields_of_a_booklet_follow_each_other_down_the_page(build: Any) -> None:
    form = fields(build(layout="booklet").pdf)
    del form["small-page.edition"]
    pages = {widget.page for field in form.values() for widget in field.widgets}
    assert len(pages) > 1
    for page in pages:
        tops = [w.box[3] for name, f in form.items() for w in f.widgets if w.page == page and ".groups." not in name]
        assert all(one > other - 12 for one, other in pairwise(tops))


def test_each_has_appearances_of_its_own(form: dict[str, FormField]) -> None:
    assert "/NeedAppearances" not in form["small-page.line.answer"].document.Root.AcroForm
    drawn = []
    for field in form.values():
        for widget in field.widgets:
            left, bottom, right, top = widget.box
            looks = widget.dictionary.AP.N
            for look in [looks] if field.kind == "/Tx" else [looks[key] for key in looks]:
                size = [0, 0, right - left, top - bottom]
                assert [float(value) for value in look.BBox] == pytest.approx(size, abs=0.02)
            if field.kind == "/Tx":
                drawn.append(looks.objgen)
            else:
                assert "/Off" in looks
                assert len(looks) == 2
    assert len(set(drawn)) == len(drawn)


def test_nothing_runs_and_nothing_is_sent(build: Any) -> None:
    document = opened(build().pdf)
    everything = b"".join(obj.unparse(resolved=True) for obj in document.objects)
    for word in (b"/JavaScript", b"/JS", b"/SubmitForm", b"/Launch", b"/AA"):
        assert word not in everything


def test_what_is_typed_shows_and_is_read_back(form: dict[str, FormField], build: Any) -> None:
    values = {name: "Anna said so" for name, field in form.items() if field.kind == "/Tx"}
    for name, field in form.items():
        if field.kind == "/Btn":
            values[name] = field.widgets[-1].states[0]
    filled = in_viewer(build().pdf, values)
    found = fields(filled)
    assert {name: found[name].value for name in form} == values
    for name, field in form.items():
        before, after = (ink(pdf, field.widgets[-1]) for pdf in (build().pdf, filled))
        assert dark(after) > dark(before) + 15, name


def test_one_of_a_group_is_chosen_and_no_more(form: dict[str, FormField], build: Any) -> None:
    name = "small-page.one.answer"
    twice = in_viewer(in_viewer(build().pdf, {name: "1"}), {name: "3"})
    assert [str(widget.dictionary.AS) for widget in fields(twice)[name].widgets] == ["/Off", "/Off", "/3"]
    pages = {widget.page for widget in form[name].widgets}
    assert len(pages) == 1


def test_on_paper_it_is_the_same(build: Any) -> None:
    with_fields, without = build().pdf, build(fields=False).pdf
    assert "/AcroForm" not in opened(without).Root
    assert build(fields=False).fields == 0
    assert texts(with_fields) == texts(without)
    for number in range(len(texts(without))):
        assert ImageChops.difference(picture(with_fields, number), picture(without, number)).getbbox() is None


def test_is_the_same_file_each_time(build: Any, tree: Tree, tmp_path: Path) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": FORM})
    builder = Builder(Library(Workspace(folder)), BuildOptions(), RenderCache(tmp_path / "empty"))
    assert builder.render(["small-page"]).finished[0].rendered.pdf == build().pdf


def test_no_fields_is_said_on_the_command_line(run: Run, tree: Tree) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": FORM})
    counts = [
        run("build", "small-page", "--json", *options, cwd=folder).json["outputs"][0]["fields"]
        for options in ((), ("--no-fields",))
    ]
    assert counts == [len(NAMES), 0]


@pytest.mark.parametrize(
    ("controls", "code"),
    [
        ('<input class="field" name="small-page.a.b"><input class="field" name="small-page.a.b">', "field-twice"),
        ('<input class="field" type="submit" name="small-page.a.b">', "field-kind"),
        ('<select class="field" name="small-page.a.b"><option>1</option></select>', "field-kind"),
        ('<input class="field" title="Without a name">', "field-name"),
    ],
)
def test_what_cannot_be_a_field_is_a_problem(controls: str, code: str, tree: Tree) -> None:
    folder = tree({**FILES, "templates/base/blocks/prompt.html": controls})
    with pytest.raises(ContentError) as caught:
        Builder(Library(Workspace(folder)), BuildOptions()).render(["small-page"])
    assert [problem.code for problem in caught.value.problems] == [code]


def test_every_shipped_handout_can_be_filled_in(pdf_of: Callable[..., bytes]) -> None:
    """What one of them asks is answered under the ids in its file."""
    found = fields(pdf_of("asking-for-what-you-need", practice="riverbend-counseling", paper="letter"))
    assert all(name.startswith("asking-for-what-you-need.") for name in found)
    assert len(found) > 5
