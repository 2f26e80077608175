"""Packets over the shipped library: what a reader, a listener, a viewer and the programs after us find in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache as memo
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder, HandoutRequest
from handoutkit.compose.compose_document import PacketPart
from handoutkit.errors import ContentError
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import BuiltLayout, PacketBuilder
from handoutkit.packets.packet_layout import PacketLayout, Slot
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from tests.conftest import PRACTICES, ROOT, Run, Tree
from tests.support.fill_fields import Filler
from tests.support.fill_in_viewer import fields, is_hidden
from tests.support.pdf_reading import bookmarks, failures, opened, tags, text, texts

PACKETS = sorted(Workspace(ROOT).packet_files)
LayOut = Callable[..., PacketLayout]


@pytest.fixture(scope="session")
def lay_out(cache: RenderCache) -> LayOut:
    """A packet's layout, by id or file and choices."""

    @memo
    def make(wanted: str, **choices: Any) -> PacketLayout:
        return PacketBuilder(Library(Workspace(ROOT)), BuildOptions(**choices), cache).lay_out(wanted).layout

    return make


LOOKED_THROUGH = {"first-weeks": PRACTICES[0], "one-small-ask": PRACTICES[1]}
"""Packets that are laid out once, each for the practice beside it, and looked through from all sides."""


@pytest.fixture(params=LOOKED_THROUGH.items(), ids="-".join)
def layout(request: pytest.FixtureRequest, lay_out: LayOut) -> PacketLayout:
    """A packet with and one without a back page, and each practice."""
    packet, practice = request.param
    return lay_out(packet, practice=practice)


def test_a_packet_can_be_a_letter_alone(lay_out: LayOut) -> None:
    layout = lay_out("appointment-slip")
    assert (layout.pages, layout.fields) == (1, 0)
    assert failures(layout.pdf) == []
    assert set(layout.values) >= {"first_name", "next_session", "clinician", "client_ref"}
    contact = Library(Workspace(ROOT)).practice(PRACTICES[0]).model.contact
    assert contact.phone
    assert contact.phone in "".join(texts(layout.pdf))


@pytest.mark.parametrize("sides", ["duplex", "compact"])
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Papers and pages for your first weeks with us, and how to reach us between sessions"),
        ("zh-Hans", "与我们在一起的最初几周的文件和页面以及如何在两次咨询之间联系我们"),
    ],
)
def test_a_long_title_has_room_on_the_cover(
    language: str, title: str, sides: str, tree: Tree, cache: RenderCache
) -> None:
    letter = "cover:\n  letter: |-\n    Dear {first_name|there},\n"
    packet = f"id: long\ntitle: {title}\nlanguage: {language}\nsides: {sides}\n{letter}"
    files = Library(Workspace(tree({"handouts/packets/long.yaml": packet})))
    layout = PacketBuilder(files, BuildOptions(), cache).lay_out("long").layout  # words on words would be refused
    assert _headings(layout.pdf)[0].replace(" ", "") == title.replace(" ", "")


def test_every_shipped_packet_is_looked_at() -> None:
    assert PACKETS == [
        "after-trauma",
        "anger-and-calm",
        "anxiety",
        "appointment-slip",
        "ending-well",
        "first-weeks",
        "grieving",
        "low-mood",
        "new-client",
        "new-couple",
        "new-teen",
        "one-small-ask",
        "relationships",
        "sleeping-better",
        "starting-therapy",
        "telehealth",
        "two-of-us",
        "working-together",
        "worn-out",
    ]


def test_is_pdf_ua(layout: PacketLayout) -> None:
    assert failures(layout.pdf) == []


@pytest.fixture(scope="module")
def set_apart(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuiltLayout]:
    """A packet that is set into a cache which begins without anything, and the folder of that."""
    folder = tmp_path_factory.mktemp("apart") / "cache"
    return folder, _lay_out_in(folder)


def _lay_out_in(folder: Path) -> BuiltLayout:
    builder = PacketBuilder(Library(Workspace(ROOT)), BuildOptions(practice=PRACTICES[1]), RenderCache(folder))
    return builder.lay_out("one-small-ask")


def test_is_the_same_each_time_and_when_it_was_kept(lay_out: LayOut, set_apart: tuple[Path, BuiltLayout]) -> None:
    folder, first = set_apart
    made = [first, _lay_out_in(folder)]
    assert [one.cached for one in made] == [False, True]
    assert made[0].layout == made[1].layout == lay_out("one-small-ask", practice=PRACTICES[1])
    assert all(isinstance(slot, Slot) for slot in made[1].layout.slots)


def test_a_changed_entry_of_a_packet_is_made_anew(lay_out: LayOut, set_apart: tuple[Path, BuiltLayout]) -> None:
    """Whatever was changed, together with its checksum: it is no bug, and the next packet is right."""
    right = lay_out("one-small-ask", practice=PRACTICES[1])
    folder, _ = set_apart
    cache = RenderCache(folder)
    kept = {path.stem: cache.entry(path.stem) for path in folder.glob("*.cached")}
    ((key, entry),) = ((key, entry) for key, entry in kept.items() if entry and "slots" in entry.facts)
    changes: list[tuple[dict[str, Any], bytes]] = [
        ({"slots": [{**slot, "field": 1} for slot in entry.facts["slots"]]}, entry.pdf),
        ({"font": 1}, entry.pdf),
        ({"pages": "many"}, entry.pdf),
        ({}, entry.pdf.replace(b"/MaxLen", b"/MaxLan").replace(b"/FT", b"/FA")),
        ({}, b"%PDF POISONED"),
    ]
    for facts, pdf in changes:
        cache.keep(key, CacheEntry(pdf, {**entry.facts, **facts}))
        made = _lay_out_in(folder)
        assert (made.cached, made.layout == right) == (False, True)


def test_tags_lead_to_annotations_on_their_pages(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        on_pages = {note.objgen: page.objgen for page in pdf.pages for note in _shown(page)}
        led_to = [(str(tag.name), kid) for tag in tags(pdf) for kid in tag.element.K if _is_reference(kid)]
        assert {kid.Obj.objgen: kid.Pg.objgen for _, kid in led_to} == on_pages
        assert len(led_to) == len(on_pages)
        assert {(name, str(kid.Obj.Subtype)) for name, kid in led_to} <= {("/Form", "/Widget"), ("/Link", "/Link")}


def _shown(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page that are not hidden; those that are have no tag."""
    return [note for note in page.obj.get("/Annots", ()) if not is_hidden(note)]


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def test_parent_tree_leads_back_to_each_tag(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        by_key: Any = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        keys = list(by_key)
        assert keys == sorted(set(keys))
        used = []
        for page in pdf.pages:
            if "/StructParents" in page:
                used.append(int(page.obj.StructParents))
            for note in _shown(page):
                used.append(int(note.StructParent))
                assert any(_is_reference(kid) and kid.Obj.objgen == note.objgen for kid in by_key[used[-1]].K)
        assert sorted(used) == keys
        assert pdf.Root.StructTreeRoot.ParentTreeNextKey == max(keys) + 1


def test_reading_order_is_cover_contents_handouts_back_page(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        top = [str(kid.S) for kid in pdf.Root.StructTreeRoot.K[0].K]
        order: list[Any] = [page.objgen for page in pdf.pages]
        titled = [tag.element.Pg for tag in tags(pdf) if tag.name == "/H1" and "/Pg" in tag.element]
        pages = [order.index(page.objgen) for page in titled]
    back = ["/Sect"] if Library(Workspace(ROOT)).packet(layout.packet).model.back_page else []
    assert top == ["/Sect", "/Sect", *["/Art"] * len(layout.editions), *back]
    assert pages == sorted(pages)
    headings = _headings(layout.pdf)
    titles = [Library(Workspace(ROOT)).handout(handout).model.title for handout, _ in layout.editions]
    assert [headings.index(title) for title in titles] == sorted(headings.index(title) for title in titles)


def _headings(pdf: bytes) -> list[str]:
    with opened(pdf) as document:
        return [title for _, title in bookmarks(document)]


def test_header_cells_have_names_of_their_own(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        found = tags(pdf)
        names = [str(tag.element.ID) for tag in found if tag.name == "/TH"]
        headed = [str(head) for tag in found if tag.name == "/TD" for head in tag.element.A.get("/Headers", ())]
    assert names
    assert headed
    assert len(names) == len(set(names))
    assert set(headed) <= set(names)


def test_all_fields_of_all_handouts_take_values(layout: PacketLayout, cache: RenderCache) -> None:
    library = Library(Workspace(ROOT))
    packet = library.packet(layout.packet).model
    contact = not packet.back_page  # as the packet has them, so that none is set anew
    parts = [
        HandoutRequest(library.handout(one.handout), PacketPart(one.without, contact=contact), one.framings, one.format)
        for one in packet.handouts
    ]
    alone = Builder(library, BuildOptions(practice=LOOKED_THROUGH[layout.packet]), cache).render_each(parts)
    assert all(one.cached for one in alone.finished)
    found = fields(layout.pdf)
    places = {name for one in alone.finished for name in fields(one.rendered.pdf)}
    assert len(places) > 30
    handouts = {name.partition(".")[0] for name in places}
    assert set(found) == places | {f"{owner}.client_ref" for owner in ("packet", *handouts)}
    given = {name: "1" if found[name].kind != "text" else "Zoë" for name in places if found[name].widgets}
    assert layout.fields == len(given)
    filled = Filler(Theme.find("base", [ROOT])).fill(layout.pdf, given)
    assert {name: fields(filled)[name].value for name in given} == given


def test_contents_lead_to_the_page_they_name(layout: PacketLayout) -> None:
    pages = texts(layout.pdf)
    titles = [Library(Workspace(ROOT)).handout(handout).model.title for handout, _ in layout.editions]
    with opened(layout.pdf) as pdf:
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        order: list[Any] = [page.objgen for page in pdf.pages]
        links = [note for page in list(pdf.pages)[:2] for note in page.obj.get("/Annots", ()) if "/Dest" in note]
        assert [str(link.Contents) for link in links] == titles
        for link, title in zip(links, titles, strict=True):
            number = order.index(named[str(link.Dest)][0].objgen)
            assert title in pages[number]
            assert f"{title} {number + 1}" in " ".join(pages[:2])


def test_named_places_reach_blocks(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        names = list(pikepdf.NameTree(pdf.Root.Names.Dests))
        assert names == sorted(names)
        assert "asking-for-what-you-need.who-to-ask" in names
        ours = {note.Dest for page in pdf.pages for note in page.obj.get("/Annots", ()) if "/Dest" in note}
        assert {str(name) for name in ours} <= set(names)


def test_bookmarks_are_chained_both_ways(layout: PacketLayout) -> None:
    with opened(layout.pdf) as pdf:
        found = bookmarks(pdf)
        forward = list(_chain(pdf.Root.Outlines.First, "/Next"))
        backward = list(_chain(pdf.Root.Outlines.Last, "/Prev"))
        assert forward == backward[::-1]
        assert pdf.Root.Outlines.Count == len(forward)
    top = [title for level, title in found if level == 1]
    titles = [Library(Workspace(ROOT)).handout(handout).model.title for handout, _ in layout.editions]
    back = ["Your next step"] if Library(Workspace(ROOT)).packet(layout.packet).model.back_page else []
    assert top[1:] == ["What is in this packet", *titles, *back]


def _chain(item: Any, way: str) -> Iterator[tuple[int, int]]:
    while item is not None:
        yield item.objgen
        item = item.get(way)


def test_each_page_says_which_of_how_many_it_is(layout: PacketLayout) -> None:
    pages = texts(layout.pdf)
    assert len(pages) == layout.pages
    for number, words in enumerate(pages, start=1):
        assert words.endswith(f"Page {number} of {layout.pages}")
        assert words.count(" of " + str(layout.pages)) == 1
    with opened(layout.pdf) as pdf:
        assert [str(page.label) for page in pdf.pages] == [str(number + 1) for number in range(layout.pages)]


def test_the_reference_is_drawn_once_on_each_page_and_never_heard(layout: PacketLayout) -> None:
    (foot,) = [slot for slot in layout.slots if slot.name == "client_ref" and slot.kind == "mark" and slot.pages[1:]]
    assert foot.pages == tuple(range(layout.pages))
    with opened(layout.pdf) as pdf:
        for page in pdf.pages:
            drawn = list(_drawn(page))
            keys = {key for key, form in page.obj.Resources.XObject.items() if form.objgen[0] == foot.appearance}
            assert [around for key, around in drawn if key in keys] == ["/Artifact"]


def _drawn(page: pikepdf.Page) -> Iterator[tuple[str, str]]:
    """Names of the XObjects drawn on a page, each with the innermost tag around it."""
    around = [""]
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            around.append(str(instruction.operands[0]))
        elif operator == "EMC":
            around.pop()
        elif operator == "Do":
            yield str(instruction.operands[0]), around[-1]


def test_marks_on_the_cover_are_heard_in_their_place(layout: PacketLayout) -> None:
    marks = [slot for slot in layout.slots if slot.kind == "mark" and slot.pages == (0,)]
    values = Library(Workspace(ROOT)).packet(layout.packet).model.values
    assert {mark.name for mark in marks} == {*values, "client_ref"}
    with opened(layout.pdf) as pdf:
        page = pdf.pages[0]
        by_key = {key: form.objgen[0] for key, form in page.obj.Resources.XObject.items()}
        assert {mark.appearance for mark in marks} <= {by_key[key] for key, around in _drawn(page) if around == "/Span"}
        assert not [note for note in _shown(page) if note.Subtype == "/Widget"]
        contents: Any = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[0]
        assert all(tag.S == "/Span" for tag in list(contents)[-len(marks) :])


def test_slots_know_their_objects(lay_out: LayOut) -> None:
    layout = lay_out("one-small-ask", practice=PRACTICES[1])
    slots = {(slot.name, slot.kind): slot for slot in layout.slots}
    ask = slots["the_ask", "text"]
    assert ask.place
    assert (ask.place.lines, ask.place.size) == (False, 11)
    with opened(layout.pdf) as pdf:
        field = pdf.get_object(ask.field or 0, 0)
        assert field.T == "answer-3"
        assert field.AP.N.objgen[0] == ask.appearance
        assert field.objgen in [note.objgen for note in pdf.pages[ask.pages[0]].obj.Annots]
        references = [slot for slot in layout.slots if (slot.name, slot.kind) == ("client_ref", "text")]
        owners = [pdf.get_object(slot.field or 0, 0) for slot in references]
        assert {(str(owner.T), str(owner.V)) for owner in owners} == {("client_ref", "")}
        assert [str(owner.Parent.T) for owner in owners] == ["packet", *(name for name, _ in layout.editions)]
    assert slots["client_ref", "text"].appearance is None


def test_each_handout_starts_on_the_front_of_a_leaf(lay_out: LayOut) -> None:
    layout = lay_out("first-weeks", practice=PRACTICES[0])
    starts = _starts(layout)
    assert all(number % 2 == 0 for number in starts)
    empty = [n for n, words in enumerate(texts(layout.pdf)) if words.startswith("This page is left empty")]
    assert all(number % 2 for number in empty)
    assert [n + 1 for n in empty if n + 1 in starts] == [n + 1 for n in empty]


def _starts(layout: PacketLayout) -> list[int]:
    with opened(layout.pdf) as pdf:
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        order: list[Any] = [page.objgen for page in pdf.pages]
        return [order.index(named[handout][0].objgen) for handout, _ in layout.editions]


def test_a_compact_packet_leaves_nothing_empty(lay_out: LayOut) -> None:
    assert "left empty" not in text(lay_out("one-small-ask", practice=PRACTICES[1]).pdf)


SMALL = """
id: small
title: Small
language: en
sides: compact
contents: false
back_page: false
handouts:
  - handout: asking-for-what-you-need
    without: [more-of, how-hard]
"""
CARDS = SMALL + "  - handout: my-cards\n"


def _workspace(tree: Tree, packet: str) -> Library:
    cards = (ROOT / "handouts/templates/coping-cards.yaml").read_text(encoding="utf-8")
    files = {"my-cards.yaml": cards.replace("id: coping-cards", "id: my-cards"), "packets/small.yaml": packet}
    return Library(Workspace(tree({f"handouts/{name}": content for name, content in files.items()})))


def test_fronts_of_cards_are_on_odd_pages_even_in_a_compact_packet(tree: Tree, cache: RenderCache) -> None:
    layout = PacketBuilder(_workspace(tree, CARDS), BuildOptions(practice=PRACTICES[0]), cache).lay_out("small").layout
    pages = texts(layout.pdf)
    fronts = next(number for number, words in enumerate(pages) if "Print at full size" in words)
    assert _starts(layout)[0] == 1
    assert fronts % 2 == 0
    assert "The backs of the cards" in pages[fronts + 1]
    assert failures(layout.pdf) == []


def test_what_is_left_out_is_left_out_and_contact_stays_without_a_back_page(tree: Tree, cache: RenderCache) -> None:
    layout = PacketBuilder(_workspace(tree, SMALL), BuildOptions(practice=PRACTICES[0]), cache).lay_out("small").layout
    names = fields(layout.pdf)
    assert not any("more-of" in name or "how-hard" in name for name in names)
    assert "asking-for-what-you-need.whom.answer" in names
    assert "If you cannot wait" in text(layout.pdf)
    assert "end of this packet" not in text(layout.pdf)


def test_framings_are_chosen_for_each_handout(lay_out: LayOut, tmp_path: Path) -> None:
    """By a practice that has turned its framing on."""
    practice = tmp_path / f"{PRACTICES[1]}.yaml"
    off = (ROOT / "practices/examples" / practice.name).read_text(encoding="utf-8")
    practice.write_text(off + "unreviewed_framings: [collective-care-black-communities]\n", encoding="utf-8")
    pages = texts(lay_out("one-small-ask", practice=str(practice)).pdf)
    assert any("In our communities" in words or "Being the strong one" in words for words in pages[:8])
    assert not any("Black" in words for words in pages[8:])


def test_everything_wrong_is_told_at_once(tree: Tree, run: Run) -> None:
    packet = """
id: p
title: Wrong
language: en
handouts:
  - handout: no-such-one
  - handout: asking-for-what-you-need
    without: [no-such-block]
    framings: [no-such-framing]
prefill:
  - value: a
    field: asking-for-what-you-need.whom.nothing
  - value: b
    field: three-ways-of-relating.two-circles.answer
"""
    ran = run("packet", "p", "--json", cwd=tree({"handouts/packets/p.yaml": packet}))
    assert ran.exit_code == 1
    found = {(problem["line"], problem["code"]) for problem in ran.json["problems"]}
    codes = {(6, "no-such-handout"), (8, "no-such-block"), (9, "no-such-framing"), (12, "no-such-field")}
    assert found == codes | {(14, "no-such-handout")}


def test_a_handout_twice_is_refused(tree: Tree, run: Run) -> None:
    twice = "id: p\ntitle: P\nlanguage: en\nhandouts:\n" + 2 * "  - handout: asking-for-what-you-need\n"
    ran = run("packet", "--json", "p", cwd=tree({"handouts/packets/p.yaml": twice}))
    assert [(problem["line"], problem["code"]) for problem in ran.json["problems"]] == [(6, "duplicate-handout")]


def test_paper_only_has_no_form_and_nothing_to_prefill(tree: Tree, cache: RenderCache) -> None:
    paper = BuildOptions(practice=PRACTICES[0], fields=False)
    layout = PacketBuilder(_workspace(tree, SMALL), paper, cache).lay_out("small").layout
    with opened(layout.pdf) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert layout.fields == 0
    assert all(slot.kind == "mark" for slot in layout.slots)
    assert failures(layout.pdf) == []
    prefill = SMALL + "prefill:\n  - value: them\n    field: asking-for-what-you-need.whom.answer\n"
    with pytest.raises(ContentError) as caught:
        PacketBuilder(_workspace(tree, prefill), paper, cache).lay_out("small")
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(13, "no-such-field")]


def test_the_command_names_no_one(run: Run, tree: Tree) -> None:
    folder = tree({"handouts/packets/small.yaml": SMALL + "values: [display_name]\n"})
    (output,) = run("packet", "--json", "small", cwd=folder).json["outputs"]
    assert (output["kind"], output["id"], output["cached"]) == ("packet", "small", False)
    assert (folder / "output/packets/small.pdf").exists()
    own = run("packet", "small", "--client-ref", "QX-7301", "--set", "display_name=Ana", cwd=folder)
    assert own.exit_code == 0
    assert (folder / "output/packets/QX-7301.pdf").stat().st_mode & 0o777 == 0o600
    assert "Ana" not in own.stdout + own.stderr


def test_which_packet_must_be_clear(run: Run) -> None:
    ran = run("-C", ROOT, "packet")
    assert ran.exit_code == 2
    assert "first-weeks" in ran.stderr


def test_pages_follow_each_other_without_a_gap(layout: PacketLayout) -> None:
    starts = [*_starts(layout), layout.pages]
    assert all(before < after for before, after in itertools.pairwise(starts))
