"""Only what changed is measured again, and what is kept is of no client and never too much."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.reading_blocks import Callout, Quotation
from handoutkit.models.document import Document
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.sheets import kept_heights
from handoutkit.render.sheets.kept_heights import STORE, KeptHeights
from handoutkit.render.typeset import Typesetter
from handoutkit.render.worker_typesetter import WorkerTypesetter, set_here
from tests.conftest import ROOT, Tree
from tests.support.samples import FILES


@pytest.fixture
def own(tmp_path: Path) -> RenderCache:
    return RenderCache(tmp_path / "cache")


@pytest.fixture
def builder(tree: Tree, own: RenderCache) -> Builder:
    return Builder(Library(Workspace(tree(FILES))), BuildOptions(layout="sheet"), own)


def composed(builder: Builder) -> Document:
    return builder.compose(builder.handout("small-page"))


def kept(builder: Builder, document: Document) -> KeptHeights:
    return KeptHeights(builder.cache, document, builder.theme, builder.logo)


def measured(builder: Builder, document: Document) -> set[str]:
    """The marks of what is measured of a document, which is then kept."""
    heights = kept(builder, document)
    source = builder.handout("small-page").source
    found = WorkerTypesetter(builder.theme).reckon(document, source, builder.logo, heights.known).measured
    heights.keep(found)
    return set(found)


def store(builder: Builder) -> Path:
    assert builder.cache.folder
    (path,) = builder.cache.folder.glob(f"{STORE}*")
    return path


def test_what_did_not_change_is_not_measured_again(builder: Builder) -> None:
    document = composed(builder)
    first = measured(builder, document)
    assert {"band", "sources", "0-12"} <= first
    assert measured(builder, document) == set()


def test_of_a_changed_handout_one_block_is_measured(builder: Builder) -> None:
    document = composed(builder)
    measured(builder, document)
    opening, *others = document.blocks
    other = opening.model_copy(update={"text": "Other opening words."})
    assert {mark.split("-")[0] for mark in measured(builder, replace(document, blocks=(other, *others)))} == {"0"}


def parts(marks: set[str]) -> set[str]:
    """What is measured, whatever its width: the numbers of tiles, and names of what stands around them."""
    return {mark.split("-")[0] for mark in marks}


def test_what_stands_around_is_measured_again_part_by_part(builder: Builder) -> None:
    document = composed(builder)
    measured(builder, document)
    *others, next_step, references = document.blocks
    bring = replace(document, blocks=(*others, next_step.model_copy(update={"text": "Bring it."}), references))
    assert parts(measured(builder, bring)) == {"cell", "strip"}
    named = replace(document, blocks=(*others, next_step, references.model_copy(update={"heading": "Read more"})))
    assert parts(measured(builder, named)) == {"sources"}
    title = document.handout.model_copy(update={"title": "Another title"})
    assert parts(measured(builder, replace(document, handout=title))) == {"band"}
    works = tuple(source.model_copy(update={"title": "Other notes"}) for source in document.handout.sources)
    other = document.handout.model_copy(update={"sources": works})
    assert parts(measured(builder, replace(document, handout=other))) == {"sources"}
    newer = document.handout.model_copy(update={"edition": 12})
    assert parts(measured(builder, replace(document, handout=newer))) == {"band", "sources"}


def test_a_strip_of_ones_own_may_say_the_handouts_title(tree: Tree, own: RenderCache) -> None:
    files = FILES | {
        "templates/base/sheet/strip.html": '<section class="strip" data-tile="strip">{{ handout.title }}</section>'
    }
    builder = Builder(Library(Workspace(tree(files))), BuildOptions(layout="sheet"), own)
    document = composed(builder)
    measured(builder, document)
    assert measured(builder, document) == set()
    title = document.handout.model_copy(update={"title": "Another title"})
    assert {"band", "strip", "sources"} <= parts(measured(builder, replace(document, handout=title)))


def test_a_block_is_measured_again_if_a_work_that_it_names_is_another_one(builder: Builder) -> None:
    document = composed(builder)
    said = Quotation(
        type="quotation", text="So it is.", speaker="A. Writer", source="own", rights="Used by permission."
    )
    quoting = replace(document, blocks=(said, *document.blocks))
    measured(builder, quoting)
    works = tuple(source.model_copy(update={"title": "Other notes"}) for source in document.handout.sources)
    other = document.handout.model_copy(update={"sources": works})
    assert parts(measured(builder, replace(quoting, handout=other))) == {"0", "sources"}


def test_without_a_block_a_sheet_is_laid_out_once_and_next_to_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, library = RenderCache(tmp_path / "cache"), Library(Workspace(ROOT))
    laid_out = list[str]()
    lay_out = Typesetter.lay_out

    def counted(self: Typesetter, html: str, *args: Any, **named: Any) -> Any:
        laid_out.append(html)
        return lay_out(self, html, *args, **named)

    monkeypatch.setattr(Typesetter, "lay_out", counted)
    for left_out in ((), ("my-side",), ("four-mixes",)):
        builder = Builder(library, BuildOptions(practice="shift-your-journey", without=left_out), cache)
        document, source = builder.compose(builder.handout("i-and-we")), builder.handout("i-and-we").source
        heights = KeptHeights(cache, document, builder.theme, None)
        laid_out.clear()
        rendered = set_here(builder.theme, document, source, None, heights.known)
        heights.keep(rendered.measured)
        if left_out:
            # At most one neighbour may now be narrower than it could be before, and is measured there.
            assert len(parts(set(rendered.measured))) <= 1
            assert len([html for html in laid_out if 'class="measured"' not in html]) == 1


def test_a_sheet_is_the_same_whatever_was_measured_before(builder: Builder, tmp_path: Path) -> None:
    measured(builder, composed(builder))
    again = Builder(Library(builder._library.workspace), builder.options, RenderCache(tmp_path / "empty"))
    one, other = (each.render(["small-page"]).finished[0].rendered for each in (builder, again))
    assert one.pdf == other.pdf


def test_another_practice_has_heights_of_its_own_and_another_colour_has_not(builder: Builder) -> None:
    document = composed(builder)
    measured(builder, document)
    blue = document.practice.model_copy(update={"colour": "#123456"})
    renamed = document.practice.model_copy(update={"display_name": "A house with a much longer name"})
    assert kept(builder, replace(document, practice=blue)).known == kept(builder, document).known != {}
    assert kept(builder, replace(document, practice=renamed)).known == {}


def test_a_packets_handout_has_the_heights_of_the_handout(builder: Builder) -> None:
    document = composed(builder)
    first = measured(builder, document)
    assert measured(builder, replace(document, in_packet=True)) == set()
    with_back_page = parts(measured(builder, replace(document, in_packet=True, contact=False)))
    assert with_back_page == {"cell", "strip", "sources"}
    assert with_back_page < parts(first)


def test_a_caution_is_measured_again_if_it_says_that_lines_stand_elsewhere(builder: Builder) -> None:
    document = composed(builder)
    caution = Callout(type="callout", role="caution", text="Not when you are afraid.")
    with_caution = replace(document, blocks=(caution, *document.blocks))
    measured(builder, with_caution)
    assert "0" in parts(measured(builder, replace(with_caution, contact=False)))
    *others, _, references = with_caution.blocks
    assert "0" in parts(measured(builder, replace(with_caution, blocks=(*others, references))))


def test_a_store_that_was_changed_is_as_good_as_none(builder: Builder) -> None:
    document = composed(builder)
    measured(builder, document)
    name, key = store(builder).stem, next(iter(json.loads(store(builder).read_bytes())["heights"]))
    for wrong in ({key: "high"}, {key: -1.0}, [1.0], {key: float("nan")}):
        builder.cache.keep(name, CacheEntry(b"", {"heights": wrong}))
        assert kept(builder, document).known == {}


def test_what_was_not_used_for_longest_gives_way(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    document = composed(builder)
    count = len(measured(builder, document))
    monkeypatch.setattr(kept_heights, "MAX_KEPT", count)
    opening, *others = document.blocks
    measured(builder, replace(document, blocks=(opening.model_copy(update={"text": "Others."}), *others)))
    assert len(json.loads(store(builder).read_bytes())["heights"]) <= count
