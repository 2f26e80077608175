"""Verification is proved by planting: what is changed in a finished packet is found, whatever it is."""

from __future__ import annotations

from collections import Counter

import pytest

from handoutkit.errors import WithheldError
from tests.support.packet_sample import ANNA, sample
from tests.support.planting import IN_APPEARANCES, IN_FIELDS, IN_FONTS, LINH, OF_THE_FILE, Kind, finished

KINDS: dict[str, tuple[Kind, str]] = {
    **{name: (kind, "ANNA") for name, kind in {**IN_APPEARANCES, **IN_FIELDS, **OF_THE_FILE}.items()},
    **{name: (kind, "LINH") for name, kind in IN_FONTS.items()},
}
LEAST = 500
"""Packets changed, of all kinds together."""
_tried: Counter[str] = Counter()


@pytest.mark.parametrize("name", KINDS)
def test_what_is_planted_is_found(name: str) -> None:
    kind, who = KINDS[name]
    values = LINH if who == "LINH" else ANNA
    for number, planted in enumerate(kind()):
        if planted != finished(who):
            _tried[name] += 1
            assert _is_found(planted, values), f"number {number} is not found"
    assert _tried[name], "nothing was planted"


def _is_found(planted: bytes, values: dict[str, str]) -> bool:
    try:
        sample().verifier.verify(planted, values)
    except WithheldError:
        return True
    return False


def test_enough_is_planted() -> None:
    assert sum(_tried.values()) >= LEAST


def test_what_nothing_is_planted_in_goes_out() -> None:
    sample().verifier.verify(finished("ANNA"), ANNA, text=True)
    sample().verifier.verify(finished("LINH"), LINH)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("12 mg", "21 mg"),
        ("not now, call", "now, not call"),
        ("٢١ يوما", "١٢ يوما"),
        ("سارة ١٢", "سارة ٢١"),
        ("א12", "א21"),
    ],
)
def test_letters_in_another_order_are_another_value(given: str, shown: str) -> None:
    made = sample().personaliser.personalise({**ANNA, "note": shown})
    with pytest.raises(WithheldError, match="`note` is not shown as it was given"):
        sample().verifier.verify(made, {**ANNA, "note": given})
