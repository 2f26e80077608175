"""Cultural framing: library, then practice, then the choice for this client; whole without any."""

from __future__ import annotations

import re

import pytest

from handoutkit.build.build_options import Audience, BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.compose.choose_notes import notes_for
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.document import Document
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support.pdf_reading import text
from tests.support.samples import FILES, PRACTICE

AUDIENCES: tuple[Audience, ...] = ("clinician", "client")
TURNED_ON = PRACTICE + "unreviewed_framings: [our-people]\n"
"""Nobody of the community has read the notes of the sample."""
CHOSEN = TURNED_ON + "framings:\n  - id: our-people\n"


def notes(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Callout) and b.role == "cultural_note"]


@pytest.fixture
def composed(tree: Tree, cache: RenderCache):  # type: ignore[no-untyped-def]
    def build(practice: str = PRACTICE, *framings: str) -> tuple[Document, str]:
        folder = tree({**FILES, "practices/oak-house.yaml": practice})
        builder = Builder(Library(Workspace(folder)), BuildOptions(framings=framings), cache)
        finished = builder.render(["small-page"]).finished[0]
        return finished.document, text(finished.rendered.pdf)

    return build


def test_without_a_framing_the_handout_reads_whole(composed) -> None:  # type: ignore[no-untyped-def]
    document, words = composed()
    assert notes(document) == []
    opening = words.index("The opening words.")
    assert words[opening:].removeprefix("The opening words. ").lstrip("1. ").startswith("What do you think?")


def test_the_practices_choice_is_used(composed) -> None:  # type: ignore[no-untyped-def]
    document, words = composed(CHOSEN)
    assert notes(document) == ["The note by slot."]
    assert words.index("The opening words.") < words.index("The note by slot.") < words.index("What do you think?")


def test_a_note_is_credited_and_dated(composed) -> None:  # type: ignore[no-untyped-def]
    _, words = composed(CHOSEN)
    assert "Our people" in words
    assert "A. Writer" in words
    assert "2 January 2026" in words
    assert "An Elder" in words


def test_a_note_that_nobody_has_reviewed_is_marked_in_the_clinicians_copy(tree: Tree, cache: RenderCache) -> None:
    read = {
        name: re.sub(r"( *)written_on: .*\n", r"\g<0>\1reviewed_by: Bo\n\1reviewed_on: 2026-02-01\n", words)
        for name, words in FILES.items()
        if "framings" in name
    }
    said = []
    for files in ({}, read):
        folder = tree({**FILES, "practices/oak-house.yaml": CHOSEN, **files})
        for audience in AUDIENCES:
            builder = Builder(Library(Workspace(folder)), BuildOptions(audience=audience), cache)
            said.append(
                "reviewed this cultural note yet" in text(builder.render(["small-page"]).finished[0].rendered.pdf)
            )
    assert said == [True, False, False, False]


def test_the_choice_for_this_client_comes_first(composed) -> None:  # type: ignore[no-untyped-def]
    assert notes(composed(TURNED_ON, "our-people")[0]) == ["The note by slot."]
    assert notes(composed(CHOSEN, "none")[0]) == []


def test_a_practice_rewords_silences_and_adds(composed) -> None:  # type: ignore[no-untyped-def]
    reworded = CHOSEN + "    reword:\n      - {note: by-slot, text: In our own words.}\n"
    assert notes(composed(reworded)[0]) == ["In our own words."]
    silenced = CHOSEN + "    silence: [by-slot]\n"
    assert notes(composed(silenced)[0]) == ["The note by topic."]
    assert notes(composed(CHOSEN + "    silence: [by-slot, by-topic]\n")[0]) == []
    added = CHOSEN + (
        "    add:\n      - id: ours\n        place: {handout: small-page, slot: after-opening}\n"
        "        dimension: goals\n        depth: deep\n        title: Ours\n        text: Our own note.\n"
        "        written_by: Oak House\n        written_on: 2026-02-03\n"
    )
    assert notes(composed(added)[0]) == ["Our own note."]


def test_a_practices_note_by_topic_comes_before_the_librarys_note_by_slot(composed) -> None:  # type: ignore[no-untyped-def]
    """What a practice adds is chosen over what ships, however either says its place."""
    added = CHOSEN + (
        "    add:\n      - id: ours\n        place: {topic: sharing}\n"
        "        dimension: goals\n        depth: deep\n        title: Ours\n        text: Our own note.\n"
        "        written_by: Oak House\n        written_on: 2026-02-03\n"
    )
    assert notes(composed(added)[0]) == ["Our own note."]


READ = "    written_on: 2026-01-02\n    reviewed_by: Bo Reader\n    reviewed_on: 2026-02-01\n"


def test_a_review_is_of_the_words_that_were_read(tree: Tree, cache: RenderCache) -> None:
    framing = FILES["handouts/framings/our-people.yaml"].replace("    written_on: 2026-01-02\n", READ)
    said = []
    for words in ("", "    reword:\n      - {note: by-slot, text: In our own words.}\n"):
        files = {**FILES, "handouts/framings/our-people.yaml": framing, "practices/oak-house.yaml": CHOSEN + words}
        builder = Builder(Library(Workspace(tree(files))), BuildOptions(audience="clinician"), cache)
        printed = text(builder.render(["small-page"]).finished[0].rendered.pdf)
        said.append(("reviewed by Bo Reader" in printed, "reviewed this cultural note yet" in printed))
    assert said == [(True, False), (False, True)]


def test_check_tells_which_of_a_practices_own_notes_await_review(tree: Tree, run: Run) -> None:
    note = (
        "      - id: {id}\n        place: {{topic: sharing}}\n        dimension: goals\n        depth: deep\n"
        "        title: Ours\n        text: Our own note.\n        written_by: Oak\n        written_on: 2026-02-03\n"
    )
    reviewed = "        reviewed_by: Bo Reader\n        reviewed_on: 2026-02-04\n"
    added = "    add:\n" + note.format(id="ours") + note.format(id="read") + reviewed
    words = "    reword:\n      - {note: by-slot, text: In our own words.}\n"
    folder = tree({**FILES, "practices/oak-house.yaml": CHOSEN + words + added})
    for command in (["check"], ["check", "small-page"]):
        said = run(*command, "--json", cwd=folder).json["problems"]
        own = [p for p in said if p["file"].endswith("oak-house.yaml") and p["code"] == "framing-review-awaited"]
        at = [(p["path"], p["severity"]) for p in own]
        assert at == [("framings[0].reword[0]", "notice"), ("framings[0].add[0]", "notice")]


def test_notes_change_nothing_else(composed) -> None:  # type: ignore[no-untyped-def]
    plain, framed = composed()[0], composed(CHOSEN)[0]
    assert [b for b in framed.blocks if b not in plain.blocks] == [b for b in framed.blocks if b.type == "callout"]
    assert plain.handout == framed.handout


def test_dangling_places_and_notes_are_problems(tree: Tree, run: Run) -> None:
    files = dict(FILES)
    files["handouts/framings/our-people.yaml"] = FILES["handouts/framings/our-people.yaml"].replace(
        "slot: after-opening", "slot: after-openning"
    )
    files["practices/oak-house.yaml"] = CHOSEN + "    silence: [by-slott]\n"
    folder = tree(files)
    for command in (["build", "small-page"], ["check"]):
        result = run(*command, cwd=folder)
        assert result.exit_code == 1
        assert "handouts/framings/our-people.yaml:9:40: error[no-such-slot] notes[0].place.slot" in result.stderr
        assert "did you mean `after-opening`?" in result.stderr
        assert "practices/oak-house.yaml:14:15: error[no-such-note] framings[0].silence[0]" in result.stderr
    assert not (folder / "output").exists()


def test_unknown_framing_names_what_there_is(tree: Tree, cache: RenderCache) -> None:
    library = Library(
        Workspace(tree({**FILES, "practices/oak-house.yaml": CHOSEN.replace("our-people", "our-peeple")}))
    )
    with pytest.raises(Exception, match="did you mean `our-people`"):
        Builder(library, BuildOptions(), cache)


SHIPPED = sorted(Workspace(ROOT).framing_files)


@pytest.mark.parametrize("framing", SHIPPED)
def test_a_shipped_framing_goes_deep_in_many_handouts(framing: str) -> None:
    library = Library(Workspace(ROOT))
    model, practice = library.framing(framing).model, library.practice("riverbend-counseling").model
    reached, used = 0, set()
    for handout in HANDOUTS:
        placed = notes_for(library.handout(handout).model, practice, [model])
        notes = [note for pairs in placed.values() for note, _ in pairs]
        reached += any(note.depth == "deep" for note in notes)
        used |= {note.id for note in notes}
    assert reached >= min(4, len(HANDOUTS))
    assert {note.id for note in model.notes} - used == set()
    assert all(note.sources for note in model.notes)


def test_there_are_framings_to_choose_from() -> None:
    assert set(SHIPPED) >= {
        "adult-children-of-immigrants",
        "collective-care-black-communities",
        "collectivist-family-ties",
        "faith-and-community",
        "queer-chosen-family",
    }
