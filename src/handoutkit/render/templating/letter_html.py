"""Makes HTML of a letter: what is set now, and room for the paragraphs that are set once a client's values are known.

Such a paragraph is laid out with a sample in place of each value, which nobody sees: so there is room for long ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from markupsafe import Markup, escape

from handoutkit.models.filled_in.letter import SIGNATURE, LetterBlock, LetterRun, set_last

ROOM: Mapping[str, int] = MappingProxyType(
    {"client_ref": 12, "first_name": 14, "display_name": 28, "clinician": 36, "next_session": 46, "due": 28}
    | {"note": 280, "own_words": 280}
)
"""Characters that room is left for, by the name of a value."""
_ROOM = 60
_WORD = "nnnnnnn "
"""One word of a sample; its letters are as wide as those of common text."""
_PLACE = (
    '<{tag} class="running" data-running="{name}"><span class="sample">{sample}</span>'
    '<textarea class="field" name="{name}"></textarea></{tag}>'
)


def running_names(blocks: Sequence[LetterBlock], name: str) -> dict[str, LetterBlock]:
    """The blocks of a letter that are set last, by what they are called on the page; ``name`` is the letter's."""
    later = zip(blocks, set_last(blocks), strict=True)
    return {f"{name}-{number}": block for number, (block, last) in enumerate(later) if last}


def letter_html(
    blocks: Sequence[LetterBlock], name: str, finished: Callable[[str], str], signature: Markup | None = None
) -> Markup:
    """A letter's HTML.

    Args:
        name: of the letter.
        finished: what is done with the HTML of words that are set now.
        signature: the picture, which stands where the letter has a place for it, or else below.
    """
    if signature and all(block.kind != SIGNATURE for block in blocks):
        blocks = [*blocks, LetterBlock(SIGNATURE)]
    called = {id(block): key for key, block in running_names(blocks, name).items()}
    parts: list[str] = []
    for kind, group in groupby(blocks, key=_kind):
        tag = "li" if kind in ("ul", "ol") else "p"
        elements = [
            _place(block, called[id(block)], tag) if id(block) in called else _words(block, tag, finished)
            for block in group
            if block.kind != SIGNATURE
        ]
        inner = "\n".join(elements) if elements else str(signature or "")
        parts.append(f"<{kind}>{inner}</{kind}>" if tag == "li" else inner)
    return Markup("\n".join(parts))  # noqa: S704 - each part is escaped


def line_html(blocks: Sequence[LetterBlock], name: str, finished: Callable[[str], str]) -> Markup:
    """A paragraph's HTML without its ``<p>``: its words, or the room for them; the element around it is placed."""
    block = blocks[0]
    if not block.values:
        return Markup(finished(_inner(block)))  # noqa: S704 - it is escaped
    place = _place(block, f"{name}-0", "span")
    return Markup(place)  # noqa: S704 - it is escaped


def _kind(block: LetterBlock) -> str:
    if block.kind == "item":
        return "ol" if block.marker.endswith(".") else "ul"
    return block.kind


def _words(block: LetterBlock, tag: str, finished: Callable[[str], str]) -> str:
    return finished(f"<{tag}>{_inner(block)}</{tag}>")


def _place(block: LetterBlock, name: str, tag: str) -> str:
    return _PLACE.format(tag=tag, name=name, sample=_inner(block))


def _inner(block: LetterBlock) -> str:
    return "".join(map(_run, block.runs))


def _run(run: LetterRun) -> str:
    text = _sample(run) if run.value else str(escape(run.text)).replace("\n", "<br>")
    if run.link:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    if run.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if run.strong else text


def _sample(run: LetterRun) -> str:
    length = max(ROOM.get(run.value, _ROOM), len(run.otherwise))
    return (_WORD * (length // len(_WORD) + 1))[:length].rstrip()
