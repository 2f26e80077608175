"""The inputs of a form: what a file leaves out is left out by its form as well."""

from __future__ import annotations

from collections.abc import Iterator

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
    assert {field.key for field in lists if field.title == "one"} == set()


def test_a_block_is_called_by_words_that_stand_on_the_page_and_never_by_its_id() -> None:
    assert title_of_item({"type": "sentence_frame", "id": "i-statement", "frame": "I feel {feeling} when {it}."}) == (
        "I feel … when …."
    )
    assert title_of_item({"type": "prose", "id": "p1", "text": "You can be close."}) == "You can be close."
    assert title_of_item({"type": "measure", "id": "m1"}) == ""
    assert title_of_item({"id": "faith-and-community"}) == "faith-and-community"


def _fields(of: InputField) -> Iterator[InputField]:
    yield of
    for child in (*of.children, *of.items):
        yield from _fields(child)
