"""What is kept of a cache is what was used last."""

from __future__ import annotations

from handoutkit.files.recently_used import RecentlyUsed


def test_what_was_not_used_for_longest_goes() -> None:
    kept: RecentlyUsed[str, int] = RecentlyUsed(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    assert len(kept) == 2


def test_values_count_by_their_size() -> None:
    kept: RecentlyUsed[str, bytes] = RecentlyUsed(10, len)
    for key, value in (("a", b"1234"), ("b", b"1234"), ("a", b"12"), ("c", b"1234")):
        assert kept.put(key, value) == value
    assert [kept.get(key) for key in "abc"] == [b"12", b"1234", b"1234"]
    kept.put("d", b"x" * 11)
    assert len(kept) == 0
