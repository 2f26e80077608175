"""Stylesheets are mirrored for pages that run from right to left."""

from __future__ import annotations

import pytest

from handoutkit.render.mirror_stylesheet import mirrored


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("margin-left: 1mm", "margin-right:1mm"),
        ("border-left-width: 2pt", "border-right-width:2pt"),
        ("left: 3mm", "right:3mm"),
        ("text-align: left", "text-align:right"),
        ("float: right !important", "float:left!important"),
        ("break-before: right", "break-before:left"),
        ("padding: 1mm 2mm 3mm 4mm", "padding:1mm 4mm 3mm 2mm"),
        ("padding: 0 calc(2mm * var(--room)) 0 1mm", "padding:0 1mm 0 calc(2mm * var(--room))"),
        ("margin: 1mm 2mm", "margin:1mm 2mm"),
        ("border-radius: 0 1mm 2mm 3mm", "border-radius:1mm 0 3mm 2mm"),
        ("background: var(--icon) 5mm 4mm / 7mm no-repeat", "background:var(--icon) right 5mm top 4mm / 7mm no-repeat"),
        ("background: url(a.svg) 100% 0 / 7mm", "background:url(a.svg) 0% 0 / 7mm"),
        ("background-position: left 2mm top", "background-position:right 2mm top"),
        ("background: #fff", "background:#fff"),
        ("--left: 5mm", "--left: 5mm"),
        ("margin-inline-start: 1mm", "margin-inline-start:1mm"),
        ("color: red", "color:red"),
    ],
)  # fmt: skip
def test_what_is_left_in_a_stylesheet_comes_right(left: str, right: str) -> None:
    assert mirrored(f".left {{ {left} }}").replace(" ", "") == f".left{{{right};}}".replace(" ", "")


def test_rules_inside_rules_are_mirrored_and_so_are_the_margins_of_pages() -> None:
    assert "left:0" in mirrored("@media print { .a { right: 0 } }").replace(" ", "")
    page = mirrored("@page wide { margin-left: 9mm; @top-left { content: 5; margin-right: auto } }").replace(" ", "")
    assert page == "@pagewide{margin-right:9mm;@top-right{content:5;margin-left:auto;}}"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("@page { margin: 1mm 2mm 3mm 4mm }", "@page { margin: 1mm 4mm 3mm 2mm; }"),
        ("@page :left { margin-left: 9mm }", "@page :right { margin-right: 9mm; }"),
        ("@page left-empty { margin: 0 }", "@page left-empty { margin: 0; }"),
        ("@page { @right-middle { padding-left: 2mm } }", "@page { @left-middle { padding-right: 2mm; } }"),
    ],
)
def test_pages_and_their_margins_are_mirrored(left: str, right: str) -> None:
    assert mirrored(left).replace(" ", "") == right.replace(" ", "")
