"""Where a text says its words or ideas are from: links, books, and the entries of a list of references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.importing.draft_text import MAX_PLAIN, as_plain
from handoutkit.models.base import Url
from handoutkit.models.markdown import to_plain

_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)+)\]\((https?://[^()\s]+)\)")
_BARE_URL = re.compile(r"https?://[^\s<>()\[\]\"”’]+[^\s<>()\[\]\"”’.,;:!?]")
_BOOK = re.compile(r"\(([^(),]{6,90}),\s*((?:[A-Z][\w.'’-]*[ ,&]*){1,8}?),?\s*((?:19|20)\d\d)\)")
_AUTHOR_YEAR = re.compile(r"^(.{3,120}?)[.,]?\s*\(((?:19|20)\d\d)[^)]{0,20}\)[.,:]?\s*(.+)$", re.S)
_TITLE_BY = re.compile(
    r"^[\"“*]?([^\"”*]{4,120}?)[\"”*]?,?\s+(?:by|de|por)\s+([A-ZÀ-Þ][^.()]{3,60}?)(?:[.,]?\s*\(?((?:19|20)\d\d)\)?)?\.?$"
)


def entry_of(text: str, idea: str) -> dict[str, Any]:
    """An entry of ``sources`` from one line of a list of references."""
    url = next((found[0] for found in _BARE_URL.finditer(text.replace("](", " "))), "")
    words = as_plain(_BARE_URL.sub("", to_plain(text)))
    if found := _AUTHOR_YEAR.match(words):
        title, _, publisher = found[3].partition(". ")
        entry = {
            "author": found[1],
            "title": title or found[3],
            "year": int(found[2]),
            "publisher": publisher.strip(" ."),
        }
    elif found := _TITLE_BY.match(words):
        entry = {"author": found[2], "title": found[1], "year": int(found[3]) if found[3] else None}
    else:
        entry = {"author": urlsplit(url).hostname or words, "title": words or url}
    return _entry(entry | {"url": url}, idea)


def sources_in(text: str, idea: str) -> Iterator[dict[str, Any]]:
    """Entries of ``sources`` for the links and the books that a paragraph names."""
    for found in _LINK.finditer(text):
        words = as_plain(found[1])
        host = urlsplit(found[2]).hostname or ""
        yield _entry({"author": host.removeprefix("www."), "title": words or host, "url": found[2]}, idea)
    plain = to_plain(text)
    for found in _BOOK.finditer(plain):
        yield _entry({"author": found[2].strip(" ,&"), "title": found[1], "year": int(found[3])}, idea)


def _entry(facts: dict[str, Any], idea: str) -> dict[str, Any]:
    """An entry whose texts fit, without what it does not say."""
    title, author = (as_plain(str(facts[key]))[:MAX_PLAIN].strip() for key in ("title", "author"))
    entry: dict[str, Any] = {"author": author or title or "-", "title": title or author or "-"}
    if facts.get("year"):
        entry["year"] = facts["year"]
    if publisher := as_plain(str(facts.get("publisher") or ""))[:MAX_PLAIN]:
        entry["publisher"] = publisher
    if url := facts.get("url"):
        with suppress(ValidationError):
            entry["url"] = TypeAdapter(Url).validate_python(url)
    return entry | {"idea": idea}


def keep_source(entry: dict[str, Any], sources: dict[str, dict[str, Any]], new_id: NewIds) -> str:
    """Put an entry among the sources, unless it is there; returns its id."""
    key = entry.get("url") or f"{entry['author']} {entry['title']}".casefold()
    same = next((one["id"] for one in sources.values() if one["title"].casefold() == entry["title"].casefold()), None)
    if same is None and key not in sources:
        sources[key] = {"id": new_id(entry["title"]), **entry}
    return str(same or sources[key]["id"])
