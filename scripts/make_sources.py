"""Writes docs/sources.md: which handouts and blocks carry the ideas of each article the library starts from.

usage: make_sources.py

docs/ideas/ holds one file an article, with every idea in it. It stops, with all problems at once, if an idea is left
over, if a handout, block, framing or note that is named is not there, if that one does not cite the article, or if it
does not hold the words that are quoted from it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import Address
from handoutkit.files.text_files import read_text
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.diagnostics.validation_problems import problems_in
from handoutkit.loading.load_file import Loaded
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.base import Id, Model, Plain
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import words_of

ROOT = Path(__file__).resolve().parent.parent
IDEAS = Path("docs/ideas")
PAGE = Path("docs/sources.md")
_OPENING = """\
# From the articles to the handouts

The library starts from the ideas of five articles; none of their sentences are in it. This page shows, for each idea,
the blocks that carry it, with the words that do; `...` stands for words between. It is made from `docs/ideas/` and the
handouts by `make docs`, which stops if an idea is left over, or if quoted words are not in their block.
"""
GAP = " ... "
"""Between pieces of a quotation that do not stand next to each other."""


class Carrier(Model):
    """A block of a handout, or a note of a framing, that carries an idea; ``words`` are those of it that do."""

    handout: Id | None = None
    block: Id | None = None
    framing: Id | None = None
    note: Id | None = None
    words: Plain | None = None


class Idea(Model):
    """One idea of an article, in our words."""

    id: Id
    kind: Literal["concept", "contrast", "prompt", "practice", "culture"]
    idea: Plain
    carried_by: tuple[Carrier, ...] = ()


class Article(Model):
    """An article and every idea in it; ``source`` is the id under which handouts and framings cite it."""

    source: Id
    author: Plain
    title: Plain
    ideas: Annotated[tuple[Idea, ...], Field(min_length=1)]


def read_article(path: Path) -> Loaded[Article]:
    """Raises ContentError with every problem of the file."""
    source, problems = read_yaml(read_text(path))
    try:
        article = Loaded(Article.model_validate(source.data), source)
    except ValidationError as error:
        raise ContentError([*problems, *problems_in(error, source, Article)]) from error
    if problems:
        raise ContentError(problems)
    return article


def sources_page(root: Path = ROOT) -> str:
    """The page as it should be. Raises ContentError with every problem of the ideas and of the files they point to."""
    library = Library(Workspace(root))
    handouts, problems = library.readable(library.handout, library.workspace.handout_files)
    framings, unreadable = library.readable(library.framing, library.workspace.framing_files)
    problems += unreadable
    by_handout = {loaded.model.id: loaded.model for loaded in handouts}
    by_framing = {loaded.model.id: loaded.model for loaded in framings}
    articles: list[Article] = []
    for path in sorted((root / IDEAS).glob("*.yaml")):
        try:
            article = read_article(path)
        except ContentError as error:
            problems += error.problems
            continue
        problems += _problems_of(article, by_handout, by_framing)
        articles.append(article.model)
    if problems:
        raise ContentError(problems)
    return "\n".join([_OPENING, *(_section(article, by_handout, by_framing) for article in articles)])


def _problems_of(
    article: Loaded[Article], handouts: Mapping[str, Handout], framings: Mapping[str, Framing]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, idea in enumerate(article.model.ideas):
        at: Address = ("ideas", number)
        if idea.id in seen:
            yield article.source.problem("duplicate-id", f"there are two ideas `{idea.id}`", at=(*at, "id"))
        seen.add(idea.id)
        if not idea.carried_by:
            hint = "name the handout and the block that carry it under `carried_by`"
            yield article.source.problem("idea-left-over", f"no handout carries the idea `{idea.id}`", hint, at=at)
        for place, carrier in enumerate(idea.carried_by):
            if wrong := _wrong_with(carrier, article.model.source, handouts, framings):
                code, message = wrong
                yield article.source.problem(code, f"{idea.id}: {message}", at=(*at, "carried_by", place))


def _wrong_with(
    carrier: Carrier, article: str, handouts: Mapping[str, Handout], framings: Mapping[str, Framing]
) -> tuple[str, str] | None:
    """The code and message of what is wrong, or None."""
    named = {name for name in ("handout", "block", "framing", "note") if getattr(carrier, name)}
    if named == {"handout", "block"}:
        return _wrong_in_a_handout(carrier, article, handouts)
    if named == {"framing", "note"}:
        return _wrong_in_a_framing(carrier, article, framings)
    return "half-a-place", "name a `handout` and its `block`, or a `framing` and its `note`"


def _wrong_in_a_handout(carrier: Carrier, article: str, handouts: Mapping[str, Handout]) -> tuple[str, str] | None:
    handout = handouts.get(carrier.handout or "")
    if handout is None:
        return "no-such-handout", f"there is no handout `{carrier.handout}`"
    block = next((block for block in handout.blocks if block.id == carrier.block), None)
    if block is None:
        return "no-such-block", f"`{carrier.handout}` has no block `{carrier.block}`"
    if article not in [source.id for source in handout.sources]:
        return "not-cited", f"`{carrier.handout}` does not cite `{article}` in `sources`"
    return _not_its_words(carrier.words, block, carrier.block)


def _wrong_in_a_framing(carrier: Carrier, article: str, framings: Mapping[str, Framing]) -> tuple[str, str] | None:
    framing = framings.get(carrier.framing or "")
    if framing is None:
        return "no-such-framing", f"there is no framing `{carrier.framing}`"
    note = next((note for note in framing.notes if note.id == carrier.note), None)
    if note is None:
        return "no-such-note", f"`{carrier.framing}` has no note `{carrier.note}`"
    if article not in note.sources:
        return "not-cited", f"the note `{carrier.note}` does not cite `{article}`"
    return _not_its_words(carrier.words, note, carrier.note)


def _not_its_words(words: str | None, place: Model, name: str | None) -> tuple[str, str] | None:
    """What is wrong if a block or a note does not hold the words quoted from it, or None."""
    text = "\n".join(_as_read(found.text) for found in words_of(place))
    for piece in (words or "").split(GAP):
        if _as_read(piece) not in text:
            return "not-its-words", f'`{name}` does not say "{piece}"'
    return None


def _as_read(text: str) -> str:
    """A text without emphasis, and with single spaces."""
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()


def _section(article: Article, handouts: Mapping[str, Handout], framings: Mapping[str, Framing]) -> str:
    rows = "\n".join(
        f"| {idea.idea.replace('|', '/')} | {idea.kind} | "
        f"{'<br>'.join(_shown(carrier, handouts, framings) for carrier in idea.carried_by)} |"
        for idea in article.ideas
    )
    head = f"## {article.author}: {article.title}\n\n{len(article.ideas)} ideas, none left over.\n\n"
    return f"{head}| idea | kind | carried by |\n|---|---|---|\n{rows}\n"


def _shown(carrier: Carrier, handouts: Mapping[str, Handout], framings: Mapping[str, Framing]) -> str:
    said = f" “{carrier.words}”" if carrier.words else ""
    if carrier.handout:
        return f"{handouts[carrier.handout].title}: `{carrier.block}`{said}"
    return f"{framings[carrier.framing or ''].title} (framing): `{carrier.note}`{said}"


def main() -> None:
    """Write the page, or say all that keeps it from being written."""
    try:
        page = sources_page()
    except ContentError as error:
        sys.exit("\n\n".join(str(problem) for problem in error.problems))
    (ROOT / PAGE).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
