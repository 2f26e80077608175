"""The small Markdown: what it takes, what it refuses, and what comes of it."""

from __future__ import annotations

import time
from contextlib import suppress
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from handoutkit.models.markdown import check_inline, check_item, check_prose, markdown_to_html, to_inline_html, to_plain

TAKEN = {
    "*a* and **b**": "<em>a</em> and <strong>b</strong>",
    "[words](https://example.org/a?b=c)": '<a href="https://example.org/a?b=c">words</a>',
    "[write](mailto:a@example.org) or [call](tel:+15550142)": (
        '<a href="mailto:a@example.org">write</a> or <a href="tel:+15550142">call</a>'
    ),
    '"Quoted", and it\'s -- so...': "“Quoted”, and it’s -- so...",
    "2 < 3 & 4 > 3": "2 &lt; 3 &amp; 4 &gt; 3",
    r"\*stars\*": "*stars*",
    "_a_ __b__ I feel ____ when ____.": "_a_ __b__ I feel ____ when ____.",
    "a_b@example.org and *my_own*": "a_b@example.org and <em>my_own</em>",
    "Rest &amp; play, ni&ntilde;o, &#233;, &frac12;": "Rest &amp; play, niño, é, ½",
    "AT&T, &unheard;": "AT&amp;T, &amp;unheard;",
}


@pytest.mark.parametrize(("written", "html"), TAKEN.items())
def test_what_is_taken(written: str, html: str) -> None:
    assert to_inline_html(check_inline(written)) == html


def test_paragraphs() -> None:
    assert markdown_to_html(check_prose("One.\nStill one.\n\nTwo.\n")) == "<p>One.\nStill one.</p>\n<p>Two.</p>"


REFUSED = {
    "# A heading": "markdown-not-taken",
    "words\n\n- an item": "markdown-not-taken",
    "1. first": "markdown-not-taken",
    "> quoted": "markdown-not-taken",
    "```\ncode": "markdown-not-taken",
    "| a | b |": "markdown-not-taken",
    "![picture](https://example.org/a.png)": "markdown-not-taken",
    "<b>bold</b>": "raw-html",
    "<!-- hidden -->": "raw-html",
    "<script>alert(1)</script>": "raw-html",
    "a<br/>b": "raw-html",
    "&nbsp;": "empty-text",
    "&lt;b&gt;bold&lt;/b&gt;": "raw-html",
    "[a](javascript&#58;alert(1))": "bad-link",
    "a&#8238;b": "bad-character",
    "a&#0;b": "bad-character",  # which HTML reads as a letter that was lost
    "[a](javascript:alert(1))": "bad-link",
    "[a](JaVaScRiPt:alert(1))": "bad-link",
    "[a](data:text/html,b)": "bad-link",
    "[a](file:///etc/passwd)": "bad-link",
    "[a](//example.org)": "bad-link",
    "[a](https://samarit\u0430ns.example/b)": "bad-link",
    "[a](page.html)": "bad-link",
    "[a](https://)": "bad-link",
    "[a](https://nowhere)": "bad-link",
    "[a](https://exa mple.org)": "bad-link",
    "[a](http://[)": "bad-link",
    " \n ": "empty-text",
    "a\0b": "bad-character",
    "a\x1b[31mb": "bad-character",
    "a\u202eb": "bad-character",
    "a\u2066b": "bad-character",
    "a\ufffdb": "bad-character",
    "\uf0a4 a sign of Wingdings": "bad-character",
    "a\ufeffb": "bad-character",
    "a\u2062b": "bad-character",
    "a\u034fb": "bad-character",
    "a\u180eb": "bad-character",
    "a\u200cb": "bad-character",
    "a\ufe0fb": "bad-character",
    "\u0645" + "\u200c\u200d" * 9 + "\u062e": "bad-character",
}


@pytest.mark.parametrize(("written", "code"), REFUSED.items())
def test_what_is_refused(written: str, code: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check_prose(written)
    assert caught.value.type == code
    context = caught.value.context or {}
    assert context["hint"]
    assert context["found"] in unescape(written) or context["found"].startswith(("http", "JaVa"))


def test_one_paragraph_only() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check_inline("One.\n \nTwo.")
    assert caught.value.type == "one-paragraph"


def test_the_words_alone() -> None:
    assert to_plain("**One** [two](https://example.org)\n*three* \\*four\\*") == "One two three *four*"


@settings(max_examples=200, deadline=None)
@given(st.text("ab *_[]()<>&;#-+!|`~:/.\\\"'\n\t\0\u202eé📎", max_size=60))
def test_any_text_is_refused_or_comes_out_harmless(written: str) -> None:
    try:
        taken = check_prose(written)
    except PydanticCustomError:
        return
    html = markdown_to_html(taken)
    assert "<script" not in html
    assert "javascript:" not in html.lower()
    assert to_plain(taken).strip() == to_plain(taken)


@pytest.mark.parametrize("piece", ["*", "**a ", "[", "[a](", "<a ", "&a", "\\", "`", '"', "a\n", "]("])
def test_long_texts_are_read_soon(piece: str) -> None:
    started = time.perf_counter()
    with suppress(PydanticCustomError):
        markdown_to_html(check_prose(piece * (8_000 // len(piece))))
    assert time.perf_counter() - started < 30  # a hang, not a matter of speed


def test_bullets_and_boxes_of_symbol_fonts_are_what_they_show() -> None:
    assert check_prose("\uf0b7 First, and \uf0a7 second \uf0fc or \uf0a8") == "• First, and • second ✓ or ☐"


def test_an_item_of_a_list_may_have_a_list_below_it() -> None:
    assert check_item("Call &amp; ask:\n  - a *sister*\n  - a neighbor\n") == "Call & ask:\n- a *sister*\n- a neighbor"
    assert check_item("A dash - in it") == "A dash - in it"


@pytest.mark.parametrize(
    ("value", "code"),
    [("A:\n- b\n  - c", "list-too-deep"), ("A:" + "\n- b" * 8, "too-many"), ("A:\n- <b>c</b>", "raw-html")],
)
def test_a_list_below_an_item_is_short_and_one_deep(value: str, code: str) -> None:
    with pytest.raises(PydanticCustomError) as raised:
        check_item(value)
    assert raised.value.type == code
