"""The inputs of a form: what a file leaves out is left out by its form as well."""

from __future__ import annotations

from collections.abc import Iterator

from handoutkit.webapp.forms import form_words
from handoutkit.webapp.forms.inputs_from_schema import InputField, part, sections, title_of_item


def test_no_key_but_the_type_has_a_value_that_the_file_does_not_say() -> None:
    """A key that takes one word and may be left out, such as ``page_break``, is a choice of that word or none."""
    types = [value for value, _ in part("handout", "blocks").options]
    blocks = [part("handout", f"blocks/*/|{one}") for one in types]
    assert blocks
    given = {field.key for block in blocks for field in _fields(block) if field.kind == "fixed" and field.value}
    assert given <= {"type"}
    [page_break] = [field for field in blocks[0].children if field.key == "page_break"]
    assert (page_break.kind, page_break.options, page_break.value) == ("choice", (("before", "Before it"),), None)


def test_whatever_is_added_to_a_list_has_a_name() -> None:
    """Such as a step or a card: a button says what it adds."""
    types = [value for value, _ in part("handout", "blocks").options]
    whole: list[InputField] = [part("handout", f"blocks/*/|{one}") for one in types]
    for what in ("handout", "practice", "framing", "packet"):
        whole += [field for section in sections(what, {}) for field in section.fields]
    lists = [field for one in whole for field in _fields(one) if field.kind == "list"]
    assert len(lists) > 40
    assert {field.key for field in lists if field.title == form_words.UNNAMED} == set()


def test_a_block_is_called_by_words_that_stand_on_the_page_and_never_by_its_id() -> None:
    assert title_of_item({"type": "sentence_frame", "id": "i-statement", "frame": "I feel {feeling} when {it}."}) == (
        "I feel … when …."
    )
    assert title_of_item({"type": "prose", "id": "p1", "text": "You can be close."}) == "You can be close."
    assert title_of_item({"type": "measure", "id": "m1"}) == ""
    assert title_of_item({"id": "faith-and-community"}) == "faith-and-community"
    assert (
        title_of_item({"type": "next_step", "text": "Bring **all** of it to {{next-time}}."}) == "Bring all of it to …."
    )


def test_a_word_that_is_an_option_in_two_places_is_called_what_it_is_in_each() -> None:
    fields = {
        field.at: dict(field.options)
        for one in ("figure", "list", "prompt", "qa")
        for field in _fields(part("handout", f"blocks/*/|{one}"))
    }
    assert fields["blocks/*/|figure/kind"]["bands"] == "Bands"
    assert fields["blocks/*/|list/style"]["number"] == "With numbers"
    assert fields["blocks/*/|qa/style"]["myth_fact"] == "Myths and facts"


def test_a_list_of_a_block_type_from_elsewhere_is_called_by_its_key() -> None:
    assert form_words.kind_to_choose("blocks/*/|mood_tally/moods") == "mood"
    assert form_words.kind_to_choose("blocks/*/|mood_tally/good_days") == "good day"
    assert form_words.kind_to_choose("blocks/*/|mood_tally/bliss_of_all") == form_words.UNNAMED


def _fields(of: InputField) -> Iterator[InputField]:
    yield of
    for child in (*of.children, *of.items):
        yield from _fields(child)
