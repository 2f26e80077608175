"""What of an SVG is not printed as it is meant is told; each kind is held against a second renderer."""

from __future__ import annotations

import base64
import io

import pypdfium2
import pytest
import resvg_py
from PIL import Image, ImageChops

from handoutkit.pictures.print_ready import print_ready
from handoutkit.render.weasyprint_patches.engine import weasyprint
from tests.conftest import ROOT

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 60">'
STOPS = '<stop offset="0" stop-color="#17635A"/><stop offset="1" stop-color="#E07A5F"/>'
GRADIENT = f'<linearGradient id="g">{STOPS}</linearGradient>'
BAR = '<rect x="10" y="10" width="180" height="40" fill="#17635A"'
USER_SPACE = 'maskUnits="userSpaceOnUse" x="0" y="0" width="200" height="60"'
HALF = '<rect width="100" height="60" fill="white"/>'
IN_BOX = '<linearGradient id="g" gradientTransform="rotate(45)">'

DRAWN_OTHERWISE = {
    "svg-mask": [
        f'<mask id="m" {USER_SPACE}>{HALF}</mask><g mask="url(#m)">{BAR}/></g>',
        f'<mask id="m">{HALF}</mask>{BAR} mask="url(#m)"/>',
        f'<mask id="m" style="mask-type:alpha" {USER_SPACE}><circle r="60"/></mask>{BAR} mask="url(#m)"/>',
        f'<style>.a{{mask:url(#m)}}</style><mask id="m" {USER_SPACE}>{HALF}</mask><g class="a">{BAR}/></g>',
    ],
    "svg-filter": [
        f'<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>{BAR} filter="url(#f)"/>',
        f'<filter id="f"><feOffset dy="20"/></filter>{BAR} style="filter:url(#f)"/>',
    ],
    "svg-blend": [f'{BAR}/><rect width="200" height="30" fill="#E07A5F" style="mix-blend-mode:multiply"/>'],
    "svg-text-path": [
        '<path id="p" d="M10 55A90 90 0 0 1 190 55" fill="none"/><text font-size="16" font-family="sans-serif">'
        '<textPath href="#p">Sample Clinic</textPath></text>'
    ],
    "svg-gradient": [
        f'{GRADIENT}<path d="M10 30 C60 0 120 60 190 30" fill="none" stroke="url(#g)" stroke-width="9"/>',
        f'{IN_BOX}{STOPS}</linearGradient><rect width="200" height="60" fill="url(#g)"/>',
        f'<radialGradient id="g" fx=".2" fy=".3">{STOPS}</radialGradient>{BAR} style="fill:url(#g)"/>',
    ],
    "svg-clip": [
        '<clipPath id="c"><path clip-rule="evenodd" d="M0 0H200V60H0zM50 10H150V50H50z"/></clipPath>'
        '<rect width="200" height="60" fill="#17635A" clip-path="url(#c)"/>'
    ],
    "svg-symbol": [
        '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#17635A"/></symbol><use href="#s"/>'
    ],
}
DRAWN_AS_MEANT = [
    f"{BAR}/>",
    f'{GRADIENT}<rect width="200" height="60" fill="url(#g)"/>',
    f'<radialGradient id="g">{STOPS}</radialGradient><circle cx="30" cy="30" r="28" fill="url(#g)"/>',
    f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="200" gradientTransform="rotate(9)">{STOPS}'
    '</linearGradient><rect width="200" height="60" fill="url(#g)"/>',
    f'<mask id="m" {USER_SPACE}>{HALF}</mask>{BAR} mask="url(#m)"/>',
    f'<clipPath id="c"><circle cx="60" cy="30" r="26"/></clipPath><g clip-path="url(#c)">{BAR}/></g>',
    '<style>.a,.b{fill:#17635A}.b{opacity:.5}</style><rect class="a" width="80" height="40"/>'
    '<rect class="b" x="110" width="80" height="40"/>',
    '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol><use href="#s" width="40" height="40"/>',
    '<g opacity=".5"><path d="M10 30H190" stroke="#17635A" stroke-width="20" stroke-dasharray="12 6"/></g>',
    '<path fill-rule="evenodd" fill="#17635A" d="M0 0H200V60H0zM50 10H150V50H50z"/>',
    '<path d="M30 4a26 26 0 1 1-.01 0zm0 10a16 16 0 1 0 .01 0z" fill="rgba(23,99,90,.5)"/>',
]


def codes(inside: str) -> list[str]:
    return [concern.code for concern in print_ready(f"{HEAD}{inside}</svg>".encode(), "`logo.svg`").concerns]


def differing(inside: str) -> int:
    """Parts of a hundred by thirty that our engine draws otherwise than the second renderer."""
    text = f"{HEAD}{inside}</svg>"
    other = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=400, background="white"))))
    printed = base64.b64encode(print_ready(text.encode(), "`logo.svg`").data).decode()
    style = "<style>@page{size:400px 120px;margin:0}body{margin:0}img{display:block;width:400px}</style>"
    pdf = weasyprint().HTML(string=f"{style}<img src='data:image/svg+xml;base64,{printed}'>").write_pdf()
    ours = pypdfium2.PdfDocument(pdf)[0].render(scale=96 / 72).to_pil()
    both = [each.convert("RGB").resize((100, 30), Image.Resampling.BOX) for each in (ours, other)]
    red, green, blue = ImageChops.difference(*both).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[61:])


@pytest.mark.parametrize(("code", "inside"), [(code, one) for code, each in DRAWN_OTHERWISE.items() for one in each])
def test_what_is_drawn_otherwise_is_told(code: str, inside: str) -> None:
    assert codes(inside) == [code]
    if code != "svg-text-path":  # the second renderer has no fonts either
        assert differing(inside) > 20


@pytest.mark.parametrize("inside", DRAWN_AS_MEANT)
def test_what_is_drawn_as_it_is_meant_is_not_told(inside: str) -> None:
    assert codes(inside) == []
    assert differing(inside) <= 3


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("svg-variable", "<style>:root{--b:#17635A}.a{fill:var(--b)}</style><rect class='a' width='9' height='9'/>"),
        ("svg-font", "<text y='20' font-family='Montserrat-Bold, Montserrat'>Sample</text>"),
        ("svg-font", "<style>text{font-family:Avenir}</style><text y='20'>Sample</text>"),
        ("svg-text", "<text y='20' style='font: bold 20px serif'>Sample</text>"),
        ("picture-white", "<circle r='9' fill='#fff'/><path d='M0 0H9' fill='none' stroke='#FFFFFF'/>"),
        ("picture-white", "<g fill='white'><rect width='9' height='9'/></g>"),
        (
            "picture-white",
            "<style>.a{fill:#fefefe}.a{fill:rgb(255,255,255)}</style><rect class='a' width='9' height='9'/>",
        ),
    ],
)
def test_what_no_renderer_would_show_is_told_too(code: str, inside: str) -> None:
    assert codes(inside) == [code]


@pytest.mark.parametrize(
    "inside",
    [
        "<rect width='9' height='9'/><rect width='5' height='5' fill='#fff'/>",
        "<text y='20' font-family='sans-serif'>Sample</text>",
        "<text y='20' font-family='\"Atkinson Hyperlegible Next\", sans-serif'>Sample</text>",
        "<defs><rect width='5' height='5' fill='#fff'/></defs><circle r='9' fill='#17635A'/>",
    ],
)
def test_what_is_seen_is_not_told(inside: str) -> None:
    assert codes(inside) == []


def test_the_part_is_named_with_the_way_out() -> None:
    inside = f'<mask id="m" {USER_SPACE}>{HALF}</mask><g id="leaf"><g mask="url(#m)">{BAR}/></g></g>'
    (concern,) = print_ready(f"{HEAD}{inside}</svg>".encode(), "`logo.svg`").concerns
    assert '<g id="leaf">' in concern.message
    assert "clipping path" in concern.hint
    assert "PNG" in concern.hint


def test_our_own_drawings_and_logos_are_printed_as_meant() -> None:
    for path in [*(ROOT / "practices").glob("*.svg"), *(ROOT / "templates").rglob("*.svg")]:
        assert not print_ready(path.read_bytes(), path.name).concerns, path.name
