"""The site that `make site` writes: every page is there, no link leads nowhere, and nothing is fetched."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.make_site import build_site

LOADS = {("script", "src"), ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")}


class Links(HTMLParser):
    """What a page links to and loads, as (tag, attribute, address)."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs if name in ("href", "src")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the libraries will have to change in each other's use
        build_site(folder, ["asking-for-what-you-need"], ["worry-log"])
    return folder / "html"


def links(site: Path) -> Iterator[tuple[Path, str, str, str]]:
    for page in site.rglob("*.html"):
        for found in Links(page).found:
            yield page, *found


def test_no_link_of_any_page_leads_nowhere(site: Path) -> None:
    local = [(page, re.split("[#?]", at)[0]) for page, _, _, at in links(site) if not re.match(r"[a-z]+:|#", at)]
    assert len(local) > 500
    assert [(page.name, at) for page, at in local if at and not (page.parent / unquote(at)).exists()] == []


def test_no_page_loads_anything_from_the_network(site: Path) -> None:
    loads = [at for _, tag, name, at in links(site) if (tag, name) in LOADS]
    assert len(loads) > 100
    assert [at for at in loads if re.match(r"(https?:)?//", at)] == []
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", "".join(styles))


def test_what_is_on_the_shelf_can_be_looked_at_and_searched_for(site: Path) -> None:
    shelf = (site / "index.html").read_text(encoding="utf-8")
    assert "Asking for what you need" in shelf
    assert "Worry log" in shelf
    page = (site / "handouts" / "asking-for-what-you-need.html").read_text(encoding="utf-8")
    assert len(re.findall(r"<img[^>]+Asking for what you need, page \d", page)) == 2
    assert (site / "handouts" / "asking-for-what-you-need.client.pdf").read_bytes().startswith(b"%PDF")
    assert "Save my answers" in (site / "handouts" / "asking-for-what-you-need.client.html").read_text(encoding="utf-8")
    assert "handouts/asking-for-what-you-need" in (site / "searchindex.js").read_text(encoding="utf-8")
