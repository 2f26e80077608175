"""A block that is added in a form gets an id from its words; no two are alike, and none that is there changes."""

from __future__ import annotations

from handoutkit.webapp.forms.new_block_ids import with_ids
from handoutkit.yaml_writing.yaml_emit import MovedItem, plain


def test_ids_are_made_from_words_and_only_where_there_is_none() -> None:
    blocks = (
        MovedItem({"type": "prompt", "id": "how-i-feel", "question": "Old"}, 0),
        MovedItem({"type": "prompt", "id": "", "question": "How I feel"}),
        MovedItem({"type": "measure", "id": "", "items": (MovedItem({"id": "", "text": "我睡得好"}),)}),
        MovedItem({"type": "prose", "text": "None is needed"}),
    )
    made = plain(with_ids({"id": "mine", "blocks": blocks}))["blocks"]
    assert [one.get("id") for one in made] == ["how-i-feel", "how-i-feel-2", "answer", None]
    assert made[2]["items"][0]["id"] == "answer-2"
