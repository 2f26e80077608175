"""Comparing with what was right before: texts to the letter, pictures with a tolerance.

``HANDOUTKIT_UPDATE=1`` writes what is there now as the new right; read the difference before you commit it. What did
not match is left in ``tests/golden/failed/`` beside the difference.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

FOLDER = Path(__file__).resolve().parent.parent / "golden"
FAILED = FOLDER / "failed"
UPDATE = bool(os.environ.get("HANDOUTKIT_UPDATE"))
TOLERANCE = 2.0
"""Mean difference of a picture's channel, of 255, that passes."""


def compare_text(name: str, actual: str) -> None:
    """The text is the one kept under this name."""
    kept = FOLDER / name
    if UPDATE:
        kept.write_text(actual, encoding="utf-8")
    expected = kept.read_text(encoding="utf-8")
    if actual != expected:
        _leave(name, actual.encode())
        changes = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "kept", "now", lineterm="", n=1)
        raise AssertionError("\n".join(list(changes)[:60]))


def compare_picture(name: str, actual: Image.Image) -> None:
    """The picture is, within the tolerance, the one kept under this name."""
    kept = FOLDER / name
    if UPDATE:
        actual.quantize(64, dither=Image.Dither.NONE).save(kept, optimize=True)
    expected = Image.open(kept).convert("RGB")
    assert actual.size == expected.size, f"{name}: {actual.size} for {expected.size}"
    difference = ImageChops.difference(actual.convert("RGB"), expected)
    mean = max(ImageStat.Stat(difference).mean)
    if mean > TOLERANCE:
        FAILED.mkdir(exist_ok=True)
        actual.save(FAILED / name)
        ImageChops.invert(difference).save(FAILED / f"difference-{name}")
        raise AssertionError(f"{name} differs by {mean:.2f} of 255; see {FAILED}")


def _leave(name: str, data: bytes) -> None:
    FAILED.mkdir(exist_ok=True)
    (FAILED / name).write_bytes(data)
