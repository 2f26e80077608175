"""A page's pieces, from HTML as themes may have it."""

from __future__ import annotations

from handoutkit.export.content_model import pieces
from handoutkit.export.html_tree import parsed
from handoutkit.export.plain_text import to_text


def text_of(body: str) -> list[str]:
    return [line for line in to_text(pieces(parsed(f"<body>{body}"))).splitlines() if line]


def test_an_item_with_blocks_in_it_keeps_its_number() -> None:
    body = "<ol><li>One<li><p>Two</p><p>and more</p><li>Three<ul><li>a<li>b</ul><li><ul><li>c</ul></ol>"
    assert text_of(body) == ["1. One", "2. Two", "and more", "3. Three", "- a", "- b", "4.", "- c"]


def test_an_item_with_its_number_in_its_words_gets_no_other() -> None:
    body = '<ol><li><p><span class="item-number">1</span> One</p><ul><li>a</ul></ol>'
    assert text_of(body) == ["1. One", "- a"]


def test_an_item_of_a_list_without_numbers_gets_none() -> None:
    assert text_of("<ul><li><p>One</p><p>and more</p><li>Two</ul>") == ["One", "and more", "- Two"]


def test_a_table_of_somebody_s_theme_keeps_its_caption_and_its_foot() -> None:
    table = "<table><caption>Opening <b>hours</b></caption><tr><th>Mon</th><td>9 to 5</td></tr>"
    said = text_of(f"{table}<tfoot><tr><th>Sun</th><td>closed</td></tr></tfoot></table>")
    assert [line.strip() for line in said if line.strip()] == ["Opening hours", "Mon", "9 to 5", "Sun", "closed"]
