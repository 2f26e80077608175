"""Verification is proved by planting: what is changed in a finished packet is found, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.mark.parametrize("name", KINDS)
def test_what_is_planted_is_found(name: str) -> None:
    values = LINH if KINDS[name][1] == "LINH" else ANNA
    missed = [number for number, changed in enumerate(_planted(name)) if not _is_found(changed, values)]
    assert missed == []


def _planted(name: str) -> Iterator[bytes]:
    """Packets with changes of a kind; what comes out as it was is no change."""
    kind, who = KINDS[name]
    return (changed for changed in kind() if changed != finished(who))


def _is_found(planted: bytes, values: dict[str, str]) -> bool:
    try:
        sample().verifier.verify(planted, values)
    except WithheldError:
        return True
    return False


def test_enough_is_planted() -> None:
    counts = {name: sum(1 for _ in _planted(name)) for name in KINDS}
    assert [name for name, count in counts.items() if not count] == []
    assert sum(counts.values()) >= LEAST


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
        ("ليس الآن، اتصل", "الآن، ليس اتصل"),
        ("12 mg ثم 20 mg للنوم", "20 mg ثم 12 mg للنوم"),
        ("דנה before שרה", "שרה before דנה"),
    ],
)
def test_letters_in_another_order_are_another_value(given: str, shown: str) -> None:
    made = sample().personaliser.personalise({**ANNA, "note": shown})
    with pytest.raises(WithheldError, match="`note` is not shown as it was given"):
        sample().verifier.verify(made, {**ANNA, "note": given})
