"""What of a theme's stylesheets is read once for all themes, and what each theme is told of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.files.source_file import SourceFile
from handoutkit.library.shipped_files import shipped_root
from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.stylesheets.stylesheet_reader import StylesheetReader
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.word_faces import Fonts

FACE = '@font-face { font-family: "Nunito"; src: url("theme:fonts/Nunito-Regular.ttf") }'


def reader(theme: str = "base") -> StylesheetReader:
    return StylesheetReader(AssetFetcher(Theme.find(theme, (shipped_root(),))), Fonts())


def file(text: str) -> SourceFile:
    return SourceFile("css/own.css", Path("css/own.css"), text)


def test_a_file_that_themes_share_is_read_once_for_each_direction() -> None:
    shared = file("p { margin-left: 3mm }")
    one, other = reader("base"), reader("warm")
    assert one.of(shared, "ltr") is other.of(shared, "ltr")
    assert one.of(shared, "rtl") is other.of(shared, "rtl")
    assert one.of(shared, "ltr") is not one.of(shared, "rtl")


def test_a_file_that_brings_a_face_is_read_for_each_theme() -> None:
    one, other = reader(), reader()
    assert one.of(file(FACE), "ltr") is not other.of(file(FACE), "ltr")
    assert one._fonts.has("Nunito", "Ab"), "the face is known to the fonts of each"
    assert other._fonts.has("Nunito", "Ab")
    assert not other._fonts.has("Nunito", "\N{CJK UNIFIED IDEOGRAPH-4E00}")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_fault_is_told_each_time_that_it_is_read(direction: str) -> None:
    for theme in ("base", "warm", "base"):
        with pytest.raises(ContentError) as raised:
            reader(theme).of(file("p { margin-left: 3mm }\np { colour: red }"), direction)
        (problem,) = raised.value.problems
        assert "colour" in problem.message
        assert problem.line == 2
