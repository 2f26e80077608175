"""Two versions beside each other show the places where they differ, and no others."""

from __future__ import annotations

from handoutkit.webapp.forms.both_versions import Difference, differences


def test_only_what_differs_is_shown_with_its_place_in_words() -> None:
    same = {"type": "prose", "id": "a", "heading": "Same", "text": "Same"}
    mine = {
        "title": "Mine",
        "topics": ("sleep",),
        "blocks": (same, {"type": "prompt", "id": "b", "question": "Why?", "response": {"type": "lines", "count": 2}}),
        "reading_grade": 6,
    }
    theirs = {
        "title": "Theirs",
        "topics": ("sleep", "rest"),
        "blocks": ({"type": "list", "id": "c", "items": ("One", "Two")}, same),
    }
    found = differences(mine, theirs)
    assert Difference("Title", "Mine", "Theirs") in found
    assert Difference("Topics", "sleep", "sleep\nrest") in found
    assert Difference("School grade it can be read in", "6", "") in found
    places = {one.place for one in found}
    assert "Blocks, “Why?”, Question" in places
    assert all("Same" not in one.mine + one.theirs for one in found)


def test_another_order_is_told_as_one() -> None:
    one, two = {"type": "prose", "text": "First"}, {"type": "prose", "text": "Second"}
    assert differences({"blocks": (one, two)}, {"blocks": (two, one)}) == [
        Difference("Blocks", "First\nSecond", "Second\nFirst")
    ]
    assert differences({"blocks": (one,)}, {"blocks": (one,)}) == []
