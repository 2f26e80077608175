"""Jobs of a batch: which of their packets are read in full."""

from __future__ import annotations

from handoutkit.batch.jobs import in_full


def test_which_packets_are_read_in_full() -> None:
    """The first of a layout, one in fifty after it, and the last; however they are dealt out to jobs."""
    for chunk in (1, 16, 50, 120):
        read = []
        for before in range(0, 120, chunk):
            count = min(chunk, 120 - before)
            read += [before + n for n in in_full(before, count, last=before + count == 120)]
        assert read == [0, 50, 100, 119]
    assert in_full(0, 1, last=True) == [0]
    assert in_full(16, 16, last=False) == []
