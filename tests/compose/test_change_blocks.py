"""Framings change what stands in a handout: every part on every copy, and answers still know what was asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handoutkit.answers.fhir.questionnaire_response import to_fhir
from handoutkit.answers.read_answers import read_all
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import Document
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support.changed_pages import CHANGING, MANY_PARTS, a_change
from tests.support.hand_made_forms import filled_in
from tests.support.samples import FILES, FRAMING, PRACTICE
from tests.support.short_suite import rest_is_long

ON = PRACTICE + "framings: [{id: our-people}]\n"
TURNED_ON = ON + "unreviewed_framings: [our-people]\n"
CHANGED = {
    **FILES,
    "handouts/small-page.yaml": MANY_PARTS,
    "handouts/framings/our-people.yaml": CHANGING,
    "practices/oak-house.yaml": TURNED_ON,
}


def composed(builder: Builder) -> Document:
    return builder.compose(builder.handout("small-page"))


def by_id(document: Document) -> dict[str | None, Any]:
    return {block.id: block for block in document.blocks}


@pytest.fixture
def builder(tree: Tree, cache: RenderCache):  # type: ignore[no-untyped-def]
    def make(files: dict[str, str], **options: Any) -> Builder:
        return Builder(Library(Workspace(tree(files))), BuildOptions(**options), cache)

    return make


def test_every_part_is_changed_and_credited(builder) -> None:  # type: ignore[no-untyped-def]
    document = composed(builder(CHANGED))
    blocks = by_id(document)
    assert blocks["ways"].items == ("Send word through an aunt.", "Ask again.")
    assert blocks["rest"].example == "Sit over tea."
    assert (blocks["words"].frame, blocks["words"].example) == (
        "{whom}, we could use {need}.",
        "Auntie, we could use time.",
    )
    assert blocks["story"].story == "Meena rolls roti."
    assert blocks["load"].example == ("Drive Nani", "Meena")
    assert [row.criterion for row in blocks["sides"].rows] == ["Rest", "Elders"]
    assert blocks["who"].response.options == ("A friend", "Tom", "An elder")
    assert blocks["try"].steps == ("Greet the elders.", "Breathe.", "Ask.")
    assert blocks["week"].rows == ("Sleep", "Prayer")
    assert {"The ask-an-aunt", "The an-elder", "By slot"} <= {credit.note.title for credit in document.credits}


def test_names_and_what_it_is_not(builder) -> None:  # type: ignore[no-untyped-def]
    changes = a_change("meena", "rest", "names: {Tom: Meena}") + a_change("sloth", "words", "names: {Tom: Meena}")
    changes += a_change("gift", "rest", "is_not: A reward.")
    blocks = by_id(
        composed(builder({**CHANGED, "handouts/framings/our-people.yaml": FRAMING + "instead:\n" + changes}))
    )
    assert blocks["rest"].example == "Sit with Meena."
    assert blocks["rest"].is_not == "A reward."
    assert blocks["words"].example == "I need time from Meena."


def test_fields_keep_their_names_and_new_ones_are_called_by_the_change(builder) -> None:  # type: ignore[no-untyped-def]
    plain = builder({**CHANGED, "practices/oak-house.yaml": PRACTICE})
    before = composed(plain).handout.field_names
    after = composed(builder(CHANGED)).handout.field_names
    assert before < after
    assert after - before == {"who.option-an-elder", "week.row-prayer-column-1", "week.row-prayer-column-2"}


def test_other_options_have_fields_of_their_own(builder) -> None:  # type: ignore[no-untyped-def]
    framing = FRAMING + "instead:\n" + a_change("kin", "who", "options: [An aunt, A cousin]")
    names = composed(builder({**CHANGED, "handouts/framings/our-people.yaml": framing})).handout.field_names
    ticks = {name for name in names if name.startswith("who.")}
    assert ticks == {"who.option-kin-1", "who.option-kin-2", "who.other", "who.other-text"}


def test_answers_of_a_changed_page_come_back_in_its_words(tree: Tree, cache: RenderCache) -> None:
    folder = tree(CHANGED)
    library = Library(Workspace(folder))
    built = Builder(library, BuildOptions(to=("pdf", "html", "txt")), cache).render(["small-page"]).finished[0]
    form = filled_in(built.rendered.pdf, {"small-page.who.option-an-elder": 1, "small-page.who.option-2": 1})
    (folder / "back.pdf").write_bytes(form)
    answers = read_all([folder / "back.pdf"], library)
    assert [(row.field, row.question, row.value) for row in answers.rows if row.block == "who"] == [
        ("option-2", "Who helps?", "Tom"),
        ("option-an-elder", "Who helps?", "An elder"),
    ]
    assert not answers.problems
    asked, response = (entry["resource"] for entry in json.loads(to_fhir(answers.rows, library))["entry"])
    (group,) = (item for item in asked["item"] if item["linkId"] == "who")
    links = [item["linkId"] for item in group["item"]]
    assert links == ["who.option-1", "who.option-2", "who.other", "who.other-text", "who.option-an-elder"]
    assert {item["linkId"] for item in response["item"][0]["item"]} <= set(links)
    page, words = (file.data.decode().replace("\u00a0", " ") for file in built.files if file.ending != ".pdf")
    for other in ("Send word through an aunt.", "An elder", "Greet the elders.", "Meena rolls roti."):
        assert other in page
        assert other in words


def test_a_change_that_nobody_has_read_is_off_until_the_practice_turns_it_on(tree: Tree, run: Run) -> None:
    folder = tree({**CHANGED, "practices/oak-house.yaml": ON})
    result = run("build", "small-page", "--json", cwd=folder)
    (notice,) = [each for each in result.json["problems"] if each["code"] == "framing-off"]
    assert "11 of 11 notes and changes of `our-people` are left out" in notice["message"]
    assert "unreviewed_framings: [our-people]" in notice["hint"]
    assert (notice["severity"], notice["path"]) == ("notice", "framings[0]")
    builder = Builder(Library(Workspace(folder)), BuildOptions(framings=("our-people",)))
    assert composed(builder).credits == ()
    invented = {**CHANGED, "practices/oak-house.yaml": ON + "example: true\n"}
    assert composed(Builder(Library(Workspace(tree(invented))), BuildOptions())).credits


def test_a_practice_leaves_a_change_out(builder) -> None:  # type: ignore[no-untyped-def]
    quiet = TURNED_ON.replace("our-people}", "our-people, silence: [an-elder]}")
    blocks = by_id(composed(builder({**CHANGED, "practices/oak-house.yaml": quiet})))
    assert blocks["who"].response.options == ("A friend", "Tom")


MISFITS = {
    "no-such-slot": (a_change("x", "wais", "options: [A]"), "did you mean `ways`?"),
    "no part": (a_change("x", "rest", "options: [A]"), "a `concept` has no `options` to change"),
    "two examples": (a_change("x", "rest", "example: [A, B]"), "there is room for one `example` here"),
    "other gaps": (a_change("x", "words", "frame: 'I need {rest}.'"), "this does not fit its `sentence_frame`"),
    "no name": (a_change("x", "rest", "names: {Ana: Meena}"), "none of these names stands in this block: `Ana`"),
}


@pytest.mark.parametrize("kind", rest_is_long([*MISFITS], stays=lambda kind: kind in ("no-such-slot", "no name")))
def test_what_does_not_fit_is_told_with_its_place(kind: str, tree: Tree, run: Run) -> None:
    change, said = MISFITS[kind]
    folder = tree({**CHANGED, "handouts/framings/our-people.yaml": FRAMING + "instead:\n" + change})
    for command in (["build", "small-page"], ["check"]):
        result = run(*command, cwd=folder)
        assert result.exit_code == 1
        assert "handouts/framings/our-people.yaml:26:" in result.stderr
        assert said in result.stderr


def test_one_note_a_slot_unless_the_practice_says_otherwise(tree: Tree, run: Run) -> None:
    others = FRAMING.replace("id: our-people", "id: others").replace("The note", "Their note")
    practice = PRACTICE + "framings: [{id: our-people}, {id: others}]\nunreviewed_framings: [our-people, others]\n"
    files = {**FILES, "handouts/framings/others.yaml": others}
    printed = []
    for more in ("", "notes_in_a_slot: 2\nnotes_on_a_side: 1\n"):
        folder = tree({**files, "practices/oak-house.yaml": practice + more})
        result = run("build", "small-page", "--json", cwd=folder)
        codes = [each["code"] for each in result.json["problems"]]
        document = composed(Builder(Library(Workspace(folder)), BuildOptions()))
        printed.append((len(document.credits), codes))
    assert printed == [(1, ["notes-left-out"]), (2, [])]


SHIPPED = sorted(Workspace(ROOT).framing_files)


@pytest.mark.parametrize("framing", SHIPPED)
def test_a_shipped_framing_changes_pages_and_says_on_what_it_rests(framing: str) -> None:
    library = Library(Workspace(ROOT))
    model = library.framing(framing).model
    assert len(model.notes) >= 6
    assert len(model.changes) >= 2
    assert all(one.sources for _, _, one in model.contributions)
    assert {change.place.handout for change in model.changes} <= set(HANDOUTS)


def test_options_that_call_for_a_talk_are_not_replaced(tree: Tree, run: Run) -> None:
    prompt = "  - {type: prompt, id: safe, question: True?, response: "
    prompt += "{type: multi_choice, options: [I rest, I hurt myself], alert_options: [2]}}\n"
    slot = "  - {id: safe, after: safe, about: A place for a change.}\n"
    page = MANY_PARTS.replace("framing_slots:\n", "framing_slots:\n" + slot) + prompt
    change = "instead:\n" + a_change("x", "safe", "options: [A, B]")
    folder = tree({**CHANGED, "handouts/small-page.yaml": page, "handouts/framings/our-people.yaml": FRAMING + change})
    result = run("check", cwd=folder)
    assert result.exit_code == 1
    assert "some of these options call for a talk" in result.stderr
