"""Stylesheets are mirrored for pages that run from right to left."""

from __future__ import annotations

import pytest
import tinycss2

from handoutkit.render.stylesheets.mirror_stylesheet import mirrored, mirrored_rules


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


def test_the_first_word_of_a_value_keeps_its_place() -> None:
    css = "/**/\n.a { left: 1mm; padding: 1mm 2mm\n 3mm 4mm; border-radius: 1mm 2mm;\n  background: 3mm 2mm / 7mm }"
    (rule,) = mirrored_rules(css)
    parts = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    places = {}
    for part in parts:
        word = next(token for token in part.value if token.type != "whitespace")
        places[part.name] = (word.source_line, word.source_column)
    lines = css.split("\n")
    assert places == {
        "right": (2, lines[1].index("1mm") + 1),
        "padding": (2, lines[1].index("1mm 2mm") + 1),
        "border-radius": (3, lines[2].index("1mm 2mm") + 1),
        "background": (4, lines[3].index("3mm 2mm") + 1),
    }


def test_what_is_no_rule_stays_none() -> None:
    assert mirrored("p { left: 0; color } q { right: 0 } } x").replace(" ", "") == "p{right:0;!;}q{left:0;}"
