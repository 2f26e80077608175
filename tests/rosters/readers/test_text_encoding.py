"""Encodings found by their bytes, and guessed from words with accents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.rosters.readers.text_encoding import TWICE, encoding_called, found_encoding, mended

NAMES = ("José Peña", "Łukasz Wójcik", "Chloé Müller", "Иван Петров", "Ольга Смирнова", "佐藤 健", "Şule Çağlar")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("José Peña, Zoë Roussel", "mac-roman"),
        ("Łukasz Wójcik, Paweł Król", "windows-1250"),
        ("François Lefèvre, Chloé Müller", "windows-1252"),
        ("Иван Петров, Ольга Смирнова", "windows-1251"),
        ("Γιώργος Παπάς", "windows-1253"),
        ("Şule Çağlar, Ömer Y\u0131ld\u0131z", "windows-1254"),
        ("佐藤 健, 鈴木 花子", "shift-jis"),
    ],
)
def test_guesses_from_a_few_names(name: str, encoding: str) -> None:
    codec = found_encoding(b"", encoding)._replace(name=encoding).codec
    found = found_encoding(f"client_ref,display_name\r\nX-1,{name}\r\n".encode(codec), None)
    assert found.guesses[0] == encoding
    assert found_encoding(f"client_ref\n{name}\n".encode(codec), encoding).guesses == ()


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(["cp1252", "latin-1"]))
@settings(max_examples=60, deadline=None)
def test_what_was_read_twice_is_mended_to_the_letter(names: list[str], codec: str) -> None:
    text = "client_ref,display_name\n" + "\n".join(names)
    try:
        twice = text.encode().decode(codec).encode()
    except UnicodeDecodeError:  # Windows-1252 has no letter there, and so no program can have made it
        return
    assert found_encoding(twice, None).name == TWICE
    assert mended(twice.decode()) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_text_is_read_as_it_was_written_or_asked_about(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = f"client_ref,display_name\r\nA-1,{text}".encode(encoding)
        found = found_encoding(data, None)
        if not found.guesses:
            assert data[found.start :].decode(found.codec).endswith(text)


def test_encodings_by_their_names() -> None:
    called = ("Mac-Roman", "macintosh", "cp1250", "latin-1", "UTF8", "utf-8-twice", "rot13", "idna", "none")
    assert [encoding_called(name) for name in called] == [
        *("mac-roman", "mac-roman", "windows-1250", "windows-1252", "utf-8", "utf-8-twice", None, None, None)
    ]
