"""Pickles that would take for ever or all memory, were they unpickled; each is a few steps, said often."""

from __future__ import annotations

import pickle


def _number(value: int) -> bytes:
    """As pickles have numbers that may be large."""
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(data)]) + data


def _whole(steps: bytes) -> bytes:
    return b"\x80\x05" + steps + b"."


_DOUBLED = b"N\x94" + b"".join(b"h%ch%c\x86\x94" % (n, n) for n in range(60))
"""Each pair holds the one before it twice."""
_BITS = [
    b"".join(b"J\xff\xff\xff\xff" if number >> bit & 1 else b"J\xfe\xff\xff\xff" for bit in range(16))
    for number in range(30_000)
]
"""Python's hashes of -1 and -2 are the same."""

NEVER_DONE = {
    "pairs of pairs as a key": _whole(b"}" + _DOUBLED + b"K\x01s"),
    "pairs of pairs in a set": _whole(b"\x8f(" + _DOUBLED + b"\x90"),
    "pairs of pairs": _whole(_DOUBLED),
    "a deep tuple as a key": _whole(b"}N" + b"\x85" * 3_000_000 + b"K\x01s"),
    "a deep tuple": _whole(b"N" + b"\x85" * 3_000_000),
    "a deep list": _whole(b"]" * 500_000 + b"a" * 499_999),
    "numbers of one hash": _whole(b"}(" + b"".join(_number(n * (2**61 - 1)) + b"N" for n in range(1, 60_000)) + b"u"),
    "tuples of one hash": _whole(b"}(" + b"".join(b"(" + bits + b"tN" for bits in _BITS) + b"u"),
    "millions of dictionaries": _whole(b"(" + b"}" * 19_000_000 + b"t"),
    "a list in itself": _whole(b"]\x94h\x00a"),
    "lists that grow in each other": _whole(b"]\x94" + b"".join(b"](h%ch%ce\x94" % (n, n) for n in range(60))),
    "a step that is none": _whole(b"\xff"),
    "nothing to put together": _whole(b"\x86"),
    "an end without a start": _whole(b"t"),
    "what was never kept": _whole(b"h\x05"),
}

ORDINARY = [
    pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    for value in (
        {"a": [1, 2.5, None, True], 7: (b"x" * 300, "y" * 300), "s": {"t"}, "f": frozenset({"u", 3})},
        [[["shared"] * 3] * 3] * 3,
        {str(n): (n, str(n)) for n in range(3_000)},
    )
]
