"""Catalogues: which texts they hold, what is wrong with them, and how they are brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import read_text
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_practice
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import unwrapped, words_of
from handoutkit.translations.apply_catalogue import look_up, translated
from handoutkit.translations.catalogue import load_catalogue
from handoutkit.translations.catalogue_update import up_to_date
from handoutkit.translations.po_file import read_po
from tests.conftest import ROOT, Tree
from tests.support.po_samples import change, marked, read
from tests.support.samples import HANDOUT

EVERY_BLOCK = ROOT / "tests" / "every_block" / "handouts" / "every-block.yaml"
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def handout(tree: Tree) -> Loaded[Handout]:
    return load_handout(tree({"handouts/small-page.yaml": HANDOUT}) / "handouts" / "small-page.yaml")


@pytest.fixture
def po(handout: Loaded[Handout], tmp_path: Path) -> Path:
    """A whole translation of it."""
    path = tmp_path / "small-page.po"
    path.write_text(up_to_date(handout, "es", None), encoding="utf-8")
    change(path, marked)
    return path


def edited(handout: Loaded[Handout], *changes: tuple[str, str]) -> Loaded[Handout]:
    """The same handout after its author has changed its file."""
    text = handout.source.path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    handout.source.path.write_text(text, encoding="utf-8")
    return load_handout(handout.source.path)


def updated(handout: Loaded[Handout], po: Path) -> str:
    text = up_to_date(handout, "es", load_catalogue(po, "es"))
    po.write_text(text, encoding="utf-8")
    return text


def faults(handout: Loaded[Handout], po: Path) -> list[tuple[str, str]]:
    """Codes and paths of what keeps a translation from being built."""
    try:
        translated(handout, load_catalogue(po, "es"))
    except ContentError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    return []


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a PO file itself."""
    try:
        load_catalogue(path, "es")
    except ContentError as error:
        return error.problems
    return ()


# ---- Which texts


def test_a_text_is_known_by_ids_and_keeps_its_name_when_it_moves(handout: Loaded[Handout]) -> None:
    places = {words.text: words.place for words in words_of(handout.model)}
    assert places["The opening words."] == "blocks.opening.text"
    assert places["What do you think?"] == "blocks.thoughts.question"
    assert places["The idea."] == "sources.own.idea"
    moved = handout.model.model_copy(update={"blocks": handout.model.blocks[::-1]})
    assert {words.text: words.place for words in words_of(moved)} == places


def test_names_and_numbers_are_no_words() -> None:
    practice = load_practice(ROOT / "practices" / "riverbend-counseling.yaml").model
    texts = {words.text for words in words_of(practice)}
    assert practice.crisis_resources[0].when in texts
    assert practice.next_steps[0].text in texts
    kept = {
        practice.display_name,
        practice.contact.phone,
        practice.practitioners[0].name,
        practice.practitioners[0].license,
    }
    kept |= {channel.to for resource in practice.crisis_resources for channel in resource.channels}
    assert not texts & kept
    handout = load_handout(ROOT / "handouts" / "interdependence" / "asking-for-what-you-need.yaml").model
    texts = {words.text for words in words_of(handout)}
    assert not texts & {handout.sources[0].author, handout.sources[0].title}


@pytest.mark.parametrize(
    "path", [EVERY_BLOCK, *sorted((ROOT / "handouts").rglob("*.yaml"))], ids=lambda path: path.stem
)
def test_each_text_has_a_place_of_its_own_and_a_line(path: Path) -> None:
    if path.parent.name == "packets":
        return
    loaded: Loaded[Any] = load_framing(path) if path.parent.name == "framings" else load_handout(path)
    words = list(words_of(loaded.model))
    assert len({each.place for each in words}) == len(words) > 5
    spots = loaded.source.spots  # `Yes` and `No`, which the file leaves to the model, have the line of their response
    assert all(each.at in spots or (each.at[-1] in ("yes", "no") and each.at[:-1] in spots) for each in words)


def test_line_ends_inside_a_paragraph_are_not_part_of_a_text() -> None:
    assert unwrapped("Call:\n  - a\n  - b\n    c") == "Call:\n- a\n- b c"
    assert unwrapped("One\n  two.\n\nThree  \nfour\\\nfive\nsix.") == "One two.\n\nThree  \nfour\\\nfive six."


def test_every_block_can_be_translated(tmp_path: Path) -> None:
    loaded = load_handout(EVERY_BLOCK)
    path = tmp_path / "every-block.po"
    path.write_text(up_to_date(loaded, "zh-Hans", None), encoding="utf-8")
    change(
        path,
        lambda _place, text: text[:1] + text[1:].replace("e", "é") if "{" not in text and "](" not in text else text,
    )
    found = translated(loaded, load_catalogue(path, "zh-Hans"))
    assert found.model.language == "zh-Hans"
    assert found.translation
    assert (found.translation.translator, found.translation.reviewed) == ("Ana Ejemplo", False)
    as_it_was, now = loaded.model.model_dump(), found.model.model_dump()
    assert str(now).replace("é", "e") == str(as_it_was).replace("é", "e").replace(
        "'language': 'en'", "'language': 'zh-Hans'"
    )


# ---- What keeps a language from being built


def test_a_whole_translation_is_taken(handout: Loaded[Handout], po: Path) -> None:
    model = translated(handout, load_catalogue(po, "es")).model
    assert model.title == "«A small page»"
    assert model.blocks[0].heading == "«The opening»"
    assert model.sources[0].title == "Notes"


def test_a_changed_sentence_makes_its_translation_stale(handout: Loaded[Handout], po: Path) -> None:
    changed = edited(handout, ("What do you think?", "What do you feel?"))
    with pytest.raises(ContentError) as caught:
        translated(changed, load_catalogue(po, "es"))
    (problem,) = caught.value.problems
    line = next(n for n, text in enumerate(po.read_text("utf-8").split("\n"), 1) if "«What do you think?»" in text)
    assert (problem.code, problem.path, problem.excerpt) == (
        "translation-stale",
        "blocks[1].question",
        "    question: What do you feel?",
    )
    assert problem.message == f"this text has changed since it was put into Spanish: {po}:{line}"


def test_what_is_missing_or_uncertain_stops_the_build(handout: Loaded[Handout], po: Path) -> None:
    text = po.read_text("utf-8").replace('msgstr "«The opening»"', 'msgstr ""')
    po.write_text(text.replace('msgctxt "blocks.opening.text"', '#, fuzzy\nmsgctxt "blocks.opening.text"'), "utf-8")
    assert faults(handout, po) == [
        ("translation-missing", "blocks[0].heading"),
        ("translation-stale", "blocks[0].text"),
    ]


def test_what_was_moved_renumbered_or_filled_anew_stays_translated(handout: Loaded[Handout], po: Path) -> None:
    more = "  - type: list\n    items: [First, Second]\n"
    first = edited(handout, ("  - type: next_step\n", f"{more}  - type: next_step\n"))
    updated(first, po)
    change(po, marked)
    renumbered = edited(
        first,
        ("items: [First, Second]", "items: [New, First, Second]"),
        ("text: The opening words.", "text: |-\n      The opening\n      words."),
    )
    assert faults(renumbered, po) == [("translation-missing", "blocks[2].items[0]")]


@pytest.mark.parametrize(
    ("text", "translation", "code"),
    [
        ("Ask [us](https://example.org/a) now.", "Pregunte [aquí](https://example.org/b).", "translation-links"),
        ("Ask **now** or later.", "Pregunte ahora.", "translation-bold"),
        ("Ask now.", "Pregunte <b>ahora</b>.", "raw-html"),
        ("Ask now.", "# Pregunte ahora.", "markdown-not-taken"),
        ("Ask now.", "Pregunte.\n\nAhora.", "one-paragraph"),
    ],
)
def test_a_translation_keeps_the_rules_of_what_it_translates(
    handout: Loaded[Handout], po: Path, text: str, translation: str, code: str
) -> None:
    asked = edited(handout, ("One idea is enough.", text))
    updated(asked, po)
    change(po, lambda place, _text: translation if place == "key_message" else None)
    with pytest.raises(ContentError) as caught:
        translated(asked, load_catalogue(po, "es"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.file) == (code, "key_message", str(po))
    assert problem.excerpt.startswith("msgstr")


def test_gaps_keep_their_names(handout: Loaded[Handout], po: Path) -> None:
    frame = "  - {type: sentence_frame, id: i-feel, frame: 'I feel {word}.', slots: [{id: word, label: A word}]}\n"
    gaps = edited(handout, ("  - type: next_step\n", f"{frame}  - type: next_step\n"))
    updated(gaps, po)
    change(po, lambda place, text: "Siento {palabra}." if place.endswith(".frame") else marked(place, text))
    assert faults(gaps, po) == [("translation-gaps", "blocks.i-feel.frame")]


def test_it_says_who_made_it(handout: Loaded[Handout], po: Path) -> None:
    change(po, lambda _place, _text: None, {"Last-Translator": ""})
    assert faults(handout, po) == [("no-translator", "")]


# ---- What is wrong with a file

HEAD = 'msgid ""\nmsgstr "Language: es\\n"\n\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD + 'msgid "a"\nmsgstr "b\n', "bad-po", 5),
        (HEAD + 'msgid "a"\nmsgstr "say "b""\n', "bad-po", 5),
        (HEAD + 'msgid "a"\n', "bad-po", 4),
        (HEAD + 'msgid "a"\n# a note\nmsgstr "b"\n', "bad-po", 4),
        (HEAD + 'msgstr "b"\nmsgstr "c"\n', "bad-po", 4),
        (HEAD + '"b"\nmsgid "c"\n', "bad-po", 5),
        (HEAD + "hello\n", "bad-po", 4),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "duplicate-message", 7),
        (HEAD + 'msgctxt "p"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "p"\nmsgid "c"\nmsgstr "d"\n', "duplicate-message", 9),
        (HEAD.replace("es", "ar"), "catalogue-language", 1),
        ("", "catalogue-language", 1),
        (HEAD.replace("es\\n", "es\\nX-Reviewed-By: Luz\\n"), "half-a-review", 1),
        ('msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Reviewed-By: L\\n"\n"X-Reviewed-On: May\\n"\n', "bad-date", 5),
        ('msgid ""\nmsgstr ""\n"Language: es\\n"\n"Last-Translator: A \u202eB\\n"\n', "bad-character", 4),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    path = tmp_path / "a.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_catalogue(path, "es")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == (code, line)
    assert problem.hint


@FEW
@given(st.data())
def test_whatever_a_file_holds_loading_it_gives_a_catalogue_or_problems(tmp_path: Path, data: st.DataObject) -> None:
    lines = [
        *HEAD.split("\n"),
        "#. note",
        "#, fuzzy",
        'msgctxt "p"',
        'msgid "a"',
        '"b"',
        'msgstr "c"',
        '#~ msgid "d"',
        '#~ msgstr "e"',
    ]
    drawn = data.draw(st.lists(st.sampled_from(lines) | st.text(max_size=20), max_size=14))
    path = tmp_path / "a.po"
    path.write_text(HEAD + "\n".join(drawn), encoding="utf-8", errors="replace")
    problems = problems_of(path)  # anything but a ContentError goes through, and fails the test
    assert all(problem.message and problem.hint for problem in problems)


@FEW
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n\t"\\'), min_size=1, max_size=300))
def test_a_translation_comes_back_as_it_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEAD + 'msgctxt "p"\nmsgid "a"\nmsgstr ""\n', encoding="utf-8")
    change(path, lambda _place, _text: text)
    assert [message.string for message in read(path) if message.id] == [text]


# ---- Brought up to date


def test_a_new_catalogue_has_every_text_in_order_and_no_translation(handout: Loaded[Handout]) -> None:
    source = read_text(handout.source.path)
    path = handout.source.path.with_suffix(".po")
    path.write_text(up_to_date(handout, "zh-Hans", None), encoding="utf-8")
    file = read_po(read_text(path))
    messages = [message for message in file if message.id]
    assert [message.context for message in messages] == [words.place for words in words_of(handout.model)]
    assert not any(message.string for message in messages)
    assert file.headers["Language"] == "zh_Hans"
    assert "X-Reviewed-By" in file.headers
    assert load_catalogue(path, "zh-Hans").headers == file.headers
    assert source.text == HANDOUT


def test_what_is_up_to_date_is_left_letter_for_letter(handout: Loaded[Handout], po: Path) -> None:
    change(po, lambda _place, _text: None, {"X-Generator": "An editor 3", "Last-Translator": "Ana"})
    po.write_text(po.read_text("utf-8").replace('msgctxt "key_message"', '# is this right?\nmsgctxt "key_message"'))
    before = po.read_text("utf-8")
    assert updated(handout, po) == before


def test_update_marks_what_changed_and_keeps_what_is_gone(handout: Loaded[Handout], po: Path) -> None:
    change(po, lambda _place, _text: None, {"X-Reviewed-By": "Luz Muestra", "X-Reviewed-On": "2026-03-01"})
    changed = edited(
        handout, ("What do you think?", "What do you feel?"), ("purpose: Shows one idea.", "purpose: Odd.")
    )
    text = updated(changed, po)
    assert (
        "#, fuzzy\n"
        '#| msgid "What do you think?"\n'
        'msgctxt "blocks.thoughts.question"\n'
        'msgid "What do you feel?"\n'
        'msgstr "«What do you think?»"\n'
    ) in text
    assert '"X-Earlier-Review: Luz Muestra, 2026-03-01\\n"' in text
    assert '"X-Reviewed-By: \\n"' in text
    assert updated(changed, po) == text
    gone = edited(changed, ("    heading: The opening\n", ""))
    assert '#~ msgctxt "blocks.opening.heading"\n#~ msgid "The opening"\n#~ msgstr "«The opening»"\n' in updated(
        gone, po
    )
    back = edited(gone, ("    id: opening\n", "    id: opening\n    heading: The opening\n"))
    assert 'msgid "The opening"\nmsgstr "«The opening»"' in updated(back, po)


def test_a_new_text_starts_from_the_nearest_earlier_one(handout: Loaded[Handout], po: Path) -> None:
    renamed = edited(
        handout,
        ("id: opening", "id: start"),
        ("after: opening", "after: start"),
        ("The opening words.", "The opening words!"),
    )
    assert updated(renamed, po).count("fuzzy") == 1
    states = {found.words.place: found.state for found in look_up(renamed.model, load_catalogue(po, "es"))}
    assert states["blocks.start.heading"] == "done"
    assert states["blocks.start.text"] == "stale"
