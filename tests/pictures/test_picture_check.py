"""A logo is looked through before anything is printed with it."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handoutkit.loading.load_file import load_practice
from handoutkit.pictures import picture_check
from handoutkit.pictures.picture_check import MAX_BYTES, MAX_SVG_BYTES, PictureFault, check_picture
from handoutkit.pictures.picture_kinds import PNG_START
from tests.support.loading_helpers import PRACTICE, problems_of

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
DOT = '<circle id="dot" r="1"/>'


def png(width: int = 8, height: int = 8, mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, "PNG", **options)
    return buffer.getvalue()


def svg(inside: str = DOT, start: str = OPEN) -> bytes:
    return f"{start}{inside}</svg>".encode()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def code_of(folder: Path, data: bytes, name: str = "logo.svg") -> str:
    """The code of the refusal; empty if the picture is taken."""
    (folder / name).write_bytes(data)
    try:
        check_picture(folder, name)
    except PictureFault as fault:
        return fault.code if fault.hint and fault.message.startswith(f"`{name}`") else "without words"
    return ""


# ---- What is taken


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_colour_type(tmp_path: Path, mode: str) -> None:
    assert code_of(tmp_path, png(mode=mode), "logo.png") == ""


@pytest.mark.parametrize("width", [1, 3, 8, 9])
@pytest.mark.parametrize("height", [1, 2, 5, 9])
@pytest.mark.parametrize(("depth", "colour"), [(1, 0), (4, 3), (8, 2), (16, 6)])
def test_an_interlaced_png(tmp_path: Path, width: int, height: int, depth: int, colour: int) -> None:
    """Made by the seven passes of the specification's figure, pixel by pixel."""
    figure = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"]
    bits = depth * {0: 1, 3: 1, 2: 3, 6: 4}[colour]
    packed = 0
    for number in "1234567":
        for y in range(height):
            if pixels := sum(figure[y % 8][x % 8] == number for x in range(width)):
                packed += 1 + (pixels * bits + 7) // 8
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 1)
    palette = chunk(b"PLTE", bytes(48)) if colour == 3 else b""
    whole = (
        PNG_START
        + chunk(b"IHDR", header)
        + palette
        + chunk(b"IDAT", zlib.compress(bytes(packed)))
        + chunk(b"IEND", b"")
    )
    assert code_of(tmp_path, whole, "logo.png") == ""


def test_a_png_of_the_largest_size(tmp_path: Path) -> None:
    assert code_of(tmp_path, png(8_000, 5_000, "1"), "LOGO.PNG") == ""


@pytest.mark.parametrize(
    "data",
    [
        svg(),
        b"\xef\xbb\xbf" + svg(),
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->\n' + svg(),
        svg('<use href="#dot"/><use xlink:href="#dot" x="3"/>' + DOT),
        svg("<style>.a { fill: #123456 }</style>" + DOT),
        svg('<linearGradient id="g"/><rect width="5" height="5" fill="url(#g)" style="stroke: url( \'#g\' )"/>'),
        svg('<clipPath id="c"><circle r="3"/></clipPath><g clip-path="url(#c)">' + DOT + "</g>"),
        svg("<g>" * 500 + "</g>" * 500),
        svg("<text>on and off</text>"),
        svg(start=OPEN.replace('viewBox="0 0 10 10"', 'width="2cm" height="40"')),
        svg(start=OPEN.replace("0 0 10 10", "-5,-5, 10,1e1")),
    ],
)
def test_a_plain_svg(tmp_path: Path, data: bytes) -> None:
    assert code_of(tmp_path, data) == ""


def test_the_logos_that_ship_are_taken() -> None:
    logos = sorted((ROOT / "practices").glob("*.svg"))
    assert logos
    for logo in logos:
        check_picture(logo.parent, logo.name)


# ---- What is refused

LAUGHS = "<!DOCTYPE svg [" + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)) + "]>"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("not-a-picture", b""),
        ("not-a-picture", b"just words"),
        ("not-a-picture", b"GIF89a"),
        ("not-a-picture", b"%PDF-1.7 <svg"),
        ("not-a-picture", b"\x1f\x8b <svg"),
        ("damaged-picture", b"\xff\xd8\xff\xe0 JFIF"),
        ("not-a-picture", b"<html></html>"),
        ("picture-too-large", svg("<!--" + "x" * MAX_SVG_BYTES + "-->")),
        ("picture-too-large", svg("<g>" + "x" * 500_000 + "</g>")),
        ("bad-svg", svg()[:-3]),
        ("bad-svg", svg("<g>")),
        ("bad-svg", svg("&unknown;")),
        ("bad-svg", svg("\x01")),
        ("bad-svg", svg().decode().encode("utf-16-le") + b"<svg"),
        ("bad-svg", svg("é").decode().encode("latin-1")),
        ("bad-svg", b"<svg viewBox='0 0 1 1'/>"),
        ("bad-svg", b"<html><svg/></html>"),
        ("svg-doctype", LAUGHS.encode() + svg("<text>&l9;</text>")),
        ("svg-doctype", b'<!DOCTYPE svg [<!ENTITY % x "y">]>' + svg()),
        ("svg-doctype", b'<!DOCTYPE svg [<!ENTITY x "' + b"y" * 201 + b'">]>' + svg("&x;")),
        ("svg-doctype", b'<!DOCTYPE svg [<!ENTITY x "' + b"y" * 200 + b'">]>' + svg("&x;" * 60_000)),
        ("svg-doctype", b"<!DOCTYPE svg><!DOCTYPE svg>" + svg()),
        ("svg-doctype", b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;")),
        ("svg-script", svg("<script>alert(1)</script>")),
        ("svg-script", svg('<g xmlns:s="http://www.w3.org/2000/svg"><s:script/></g>')),
        ("svg-script", svg("<foreignObject/>")),
        ("svg-script", svg('<circle r="1" onclick="alert(1)"/>')),
        ("svg-script", svg(start=OPEN.replace("viewBox", 'onload="alert(1)" viewBox'))),
        ("svg-animation", svg('<circle r="1"><animate attributeName="r" to="9"/></circle>')),
        ("svg-animation", svg('<circle r="1"><set attributeName="r" to="9"/></circle>')),
        ("svg-outside", svg("<style>@import 'https://example.org/a.css';</style>")),
        ("svg-outside", svg("<style>.a { fill: url(https://example.org/a.svg#b) }</style>")),
        ("svg-outside", svg("<style><![CDATA[.a { fill: URL( 'data:x' ) }]]></style>")),
        ("svg-outside", svg("<style>.a { fill: \\75rl(https://example.org) }</style>")),
        ("svg-outside", svg("<style>.a { fill: ur&#x6c;(https://example.org) }</style>")),
        ("svg-outside", svg('<circle r="1" fill="url(https://example.org/a.svg#b)"/>')),
        ("svg-outside", svg('<circle r="1" style="fill: url(other.svg#b)"/>')),
        ("svg-outside", svg('<image href="https://example.org/a.png"/>')),
        ("svg-picture", svg('<image xlink:href="data:image/png;base64,AAAA"/>')),
        ("svg-picture", svg('<image href="data:image/png,AAAA"/>')),
        ("svg-outside", svg('<image href="data:image/svg+xml;base64,AAAA"/>')),
        ("svg-outside", svg('<image src="data:image/png;base64,AAAA"/>')),
        ("svg-outside", svg('<image href="../secret.png"/>')),
        ("svg-outside", svg('<use href="other.svg#a"/>')),
        ("svg-outside", svg('<a href="javascript:alert(1)"/>')),
        ("svg-outside", svg('<g xml:base="https://example.org/"/>')),
        ("svg-outside", b'<?xml-stylesheet href="https://example.org/a.css"?>' + svg()),
        ("svg-too-large", svg(DOT * 2_000)),
        ("svg-too-large", svg(DOT + '<use href="#dot"/>' * 51)),
        ("svg-too-large", svg('<g id="a"><use href="#dot"/></g><use href="#a"/>' + DOT)),
        ("svg-too-large", svg('<use id="a" href="#a"/>')),
        ("svg-too-large", svg('<use href="#a"/><g id="a"><g><use href="#dot"/></g></g>' + DOT)),
        (
            "svg-too-large",
            svg('<pattern id="p"><g fill="url(#q)"/></pattern><pattern id="q"/><g fill="url(#p)"/>'),
        ),
        ("svg-size", svg(start=OPEN.replace(' viewBox="0 0 10 10"', ""))),
        ("svg-size", svg(start=OPEN.replace("0 0 10 10", "0 0 0 10"))),
        ("svg-size", svg(start=OPEN.replace("0 0 10 10", "0 0 10"))),
        ("svg-size", svg(start=OPEN.replace('viewBox="0 0 10 10"', 'width="100%" height="100%"'))),
        ("svg-size", svg(start=OPEN.replace("0 0 10 10", "0 0 nan inf"))),
    ],
)
def test_an_svg_that_is_refused(tmp_path: Path, code: str, data: bytes) -> None:
    assert code_of(tmp_path, data) == code


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a" fill="url(#b)" stroke="c">' * 1_999,
        "<style>" + "\n" * 400_000 + "</style>",
        '<g a="' + "url(" * 100_000 + '"/>',
        '<g a="' + "url( " * 50_000 + " " * 200_000 + '"/>',
        "&#10;" * 90_000,
    ],
    ids=["deep", "lines", "urls", "spaces", "references"],
)
def test_a_hostile_svg_is_seen_through_soon(tmp_path: Path, inside: str) -> None:
    started = time.perf_counter()
    code_of(tmp_path, svg(inside))
    assert time.perf_counter() - started < 30  # a hang, not a matter of speed


def _animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


HEADER = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)


def rows(unpacked: bytes) -> bytes:
    """Eight rows of eight pixels and a filter are 200 bytes; these are what it really holds."""
    return PNG_START + chunk(b"IHDR", HEADER) + chunk(b"IDAT", zlib.compress(unpacked)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("picture-too-large", lambda: png(40_000_001, 1, "1")),
        ("picture-too-large", lambda: png(1, 40_000_001, "1")),
        ("picture-too-large", PNG_START + chunk(b"IHDR", struct.pack(">II", 2**31, 2**31) + HEADER[8:])),
        ("picture-too-large", png() + b"\0" * MAX_BYTES),
        ("moving-picture", _animated()),
        ("damaged-picture", png()[:-1]),
        ("damaged-picture", png()[:-12]),
        ("damaged-picture", png()[:40]),
        ("damaged-picture", PNG_START),
        ("damaged-picture", PNG_START + chunk(b"IEND", b"")),
        ("damaged-picture", PNG_START + chunk(b"IHDR", HEADER) + chunk(b"IEND", b"")),
        ("damaged-picture", PNG_START + chunk(b"IHDR", HEADER[:5]) + chunk(b"IEND", b"")),
        ("damaged-picture", PNG_START + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND", b"")),
        ("damaged-picture", png().replace(b"IDAT", b"IDAX")),
        ("damaged-picture", PNG_START + b"\xff\xff\xff\xffIHDR"),
        ("damaged-picture", rows(bytes(199))),
        ("damaged-picture", rows(bytes(201))),
        ("damaged-picture", lambda: rows(bytes(100_000_000))),
        ("damaged-picture", PNG_START + chunk(b"IHDR", HEADER) + chunk(b"IDAT", b"no zlib") + chunk(b"IEND", b"")),
        ("damaged-picture", PNG_START + chunk(b"IHDR", HEADER[:8] + b"\x03\x02" + HEADER[10:]) + chunk(b"IEND", b"")),
    ],
)
def test_a_png_that_is_refused(tmp_path: Path, code: str, data: bytes | Callable[[], bytes]) -> None:
    assert code_of(tmp_path, data if isinstance(data, bytes) else data(), "logo.png") == code


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "Logo.svg").write_bytes(svg())
    for name, hint in (
        ("logo2.svg", "did you mean `Logo.svg`?"),
        ("far/off.svg", "put the picture into the folder `far` beside this file"),
        ("photo.jpg", "put the picture beside this file"),
    ):
        with pytest.raises(PictureFault) as caught:
            check_picture(tmp_path, name)
        assert caught.value.code == "no-such-picture"
        assert caught.value.hint.startswith(hint)
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(PictureFault, match="is a folder"):
        check_picture(tmp_path, "folder.svg")


def test_a_link_inside_the_folder_is_taken_and_one_out_of_it_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "practices"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "logo.svg").write_bytes(svg())
    (folder / "inside.svg").symlink_to(folder / "pictures" / "logo.svg")
    check_picture(folder, "inside.svg")
    (tmp_path / "outside.svg").write_bytes(svg())
    (folder / "outside.svg").symlink_to(tmp_path / "outside.svg")
    (folder / "out").symlink_to(tmp_path)
    for name in ("outside.svg", "out/outside.svg"):
        with pytest.raises(PictureFault) as caught:
            check_picture(folder, name)
        assert caught.value.code == "picture-outside"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_picture_with_any_damage_is_taken_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name, whole = data.draw(st.sampled_from([("logo.png", png()), ("logo.svg", svg('<use href="#dot"/>' + DOT))]))
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + data.draw(st.binary(max_size=6)) + whole[at + data.draw(st.integers(0, 9)) :]
    assert code_of(tmp_path_factory.getbasetemp(), damaged, name) != "without words"


# ---- As part of a practice's profile


def test_the_problem_stands_at_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(svg("<script/>"))
    path = tmp_path / "sample.yaml"
    path.write_text(PRACTICE + "logo:\n  file: logo.svg\n  text: A mark\n", encoding="utf-8")
    (problem,) = problems_of(path, "practices")
    assert (problem.code, problem.line, problem.column, problem.path) == ("svg-script", 10, 9, "logo.file")
    (tmp_path / "logo.svg").write_bytes(svg())
    assert load_practice(path).model.logo


def test_a_picture_that_takes_too_much_is_named_with_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_check, "LIMITS", replace(picture_check.LIMITS, memory=150_000_000))
    header = struct.pack(">IIBBBBB", 4_000, 4_000, 16, 6, 0, 0, 0)
    packed = zlib.compress(bytes(4_000 * (1 + 4_000 * 8)))
    (tmp_path / "logo.png").write_bytes(
        PNG_START + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
    path = tmp_path / "sample.yaml"
    path.write_text(PRACTICE + "logo:\n  file: logo.png\n  text: A mark\n", encoding="utf-8")
    (problem,) = problems_of(path, "practices")
    assert (problem.code, problem.path) == ("too-much-memory", "logo.file")
    assert "`logo.png`" in problem.message
    assert "more than 150 MB of memory" in problem.message


def test_a_name_with_two_dots_or_a_backslash_is_looked_up_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.svg").write_bytes(svg("<script/>"))
    for name, code in (("a..b.svg", "no-such-picture"), ("pictures\\logo.svg", "svg-script")):
        path.write_text(PRACTICE + f"logo: {{file: '{name}', text: A mark}}\n", encoding="utf-8")
        assert [problem.code for problem in problems_of(path, "practices")] == [code]


def test_no_xml_is_brought_in_until_there_is_an_svg() -> None:
    script = "import handoutkit.loading.load_file, sys; sys.exit('xml.etree.ElementTree' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0
