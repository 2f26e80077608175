"""Fonts as a designer brings them: shipped ones under another name, in another file, or with all weights in one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis

from tests.conftest import ROOT


def renamed_font(name: str, family: str, flavor: str | None = None, *, variable: bool = False) -> bytes:
    """A shipped font under another family, as TTF (None), WOFF or WOFF2; with an axis of weight, if it is asked for."""
    font = TTFont(ROOT / "templates" / "fonts" / name)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            font["name"].setName(family, record.nameID, record.platformID, record.platEncID, record.langID)
    if variable:
        axis = Axis()
        axis.axisTag, axis.axisNameID, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 2, 200, 400, 800
        font["fvar"] = newTable("fvar")
        font["fvar"].axes = [axis]
    font.flavor = flavor
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def part_of_font(name: str, family: str, letters: str) -> bytes:
    """A shipped font as those for websites are: some letters of it, and its family is said to be thin."""
    font = TTFont(io.BytesIO(renamed_font(name, f"{family} Thin")))
    font["name"].removeNames(nameID=16)
    cut = Subsetter()
    cut.populate(text=letters)
    cut.subset(font)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def old_font(name: str, without: str) -> bytes:
    """A shipped font as old ones are, whose table OS/2 ends before the height of capitals; and without a letter."""
    font = TTFont(ROOT / "templates" / "fonts" / name)
    font["OS/2"].version = 1
    for measure in ("sxHeight", "sCapHeight", "usDefaultChar", "usBreakChar", "usMaxContext"):
        delattr(font["OS/2"], measure)
    for table in font["cmap"].tables:
        table.cmap.pop(ord(without), None)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def put_font(path: Path, name: str, family: str, flavor: str | None = None, *, variable: bool = False) -> None:
    """Write such a font to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(renamed_font(name, family, flavor, variable=variable))


@contextmanager
def no_font_is_read_here(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever reads a font in this process fails: a font comes from outside, and belongs into the worker."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a font was read outside of the worker")

    with patch.context() as patched:
        patched.setattr(TTFont, "__init__", refuse)
        yield
