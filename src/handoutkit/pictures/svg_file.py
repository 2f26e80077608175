"""An SVG from outside: only what draws, nothing that runs, fetches, moves or grows."""

from __future__ import annotations

import re
from typing import NoReturn
from xml.etree.ElementTree import XMLParser

from .picture_check import PictureFault
from .print_ready import ReadyPicture
from .svg_cleaning import PLAIN, cleaned
from .svg_concerns import concerns_of
from .svg_work import LOCAL_URL, EndlessError, Work, keys, rules

MAX_ELEMENTS = 2_000
MAX_PIECES = 20_000
"""Most there may be to draw, as ``svg_work`` counts it."""
MAX_USES = 50
_RUNS = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "audio", "video"})
_MOVES = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard"})
# What is drawn anew at each place that refers to it.
_REPEATED = frozenset({"pattern", "mask", "marker", "clippath", "filter"})
_OUTSIDE_URL = re.compile(r"url\([\"'\s]*+(?!#)|@import|\\", re.IGNORECASE)
_NUMBER = re.compile(r"\+?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?")
_LENGTH = re.compile(_NUMBER.pattern + r"\s*(px|pt|pc|mm|cm|in|q)?", re.IGNORECASE)
_INSIDE_ITSELF = ("svg-too-large", "repeats parts inside parts that are repeated", "simplify the drawing")


def ready_svg(data: bytes, shown_name: str) -> ReadyPicture:
    """An SVG as it is printed. Raises PictureFault.

    Args:
        shown_name: the name of the picture, as messages give it.
    """
    clean = cleaned(data, shown_name)
    reader = _SvgReader(shown_name)
    parser = XMLParser(target=reader)  # noqa: S314 - what was cleaned has no DOCTYPE
    parser.feed(clean.text)
    parser.close()
    reader.check_references()
    pieces = reader.pieces()
    return ReadyPicture(clean.text.encode(), "image/svg+xml", pieces, clean.pixels, concerns_of(clean.text, shown_name))


class _SvgReader:
    """Sees each element as the parser comes by it, and keeps no tree."""

    def __init__(self, shown_name: str) -> None:
        self._shown_name = shown_name
        self._elements = 0
        self._open: list[tuple[str, str]] = []  # name and id of the elements around
        self._style: list[str] = []  # the text of style sheets, which comes in pieces
        self._uses: list[str] = []
        self._holding_uses: set[str] = set()
        self._repeated: set[str] = set()
        self._depth_of_repeated = 0
        self._inside_repeated: set[str] = set()
        self._keys_inside_repeated: set[str] = set()
        self._references_outside: list[list[str]] = []  # what the elements around refer to, which those inside inherit
        self._keys_outside: list[tuple[str, ...]] = []
        self._work = Work()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called where an element begins. Raises PictureFault."""
        name = tag.rsplit("}", 1)[-1].lower()
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            self._refuse("svg-too-large", f"has more than {MAX_ELEMENTS:,} elements", "simplify the drawing")
        if self._elements == 1:
            self._check_size(attributes)
        if name in _RUNS:
            self._refuse("svg-script", f"has a `<{name}>`, which is not taken", f"take it out, or {PLAIN}")
        if name in _MOVES:
            self._refuse("svg-animation", "moves", "save a still picture of it")
        self._open.append((name, attributes.get("id", "")))
        attributes = {key: value for key, value in attributes.items() if not _is_prepared(name, key, value)}
        self._references_outside.append([found for value in attributes.values() for found in LOCAL_URL.findall(value)])
        self._keys_outside.append(keys(name, attributes))
        self._work.begin(name, attributes)
        for key, value in attributes.items():
            self._check_attribute(key.rsplit("}", 1)[-1].lower(), value.strip())
        if name == "use":
            self._count_use()
        if name in _REPEATED:
            if not self._depth_of_repeated:
                self._inside_repeated.update(*self._references_outside[:-1])
                self._keys_inside_repeated.update(*self._keys_outside)
            self._depth_of_repeated += 1
            self._repeated.add(attributes.get("id", ""))
        if self._depth_of_repeated:
            self._keys_inside_repeated.update(self._keys_outside[-1])

    def end(self, _tag: str) -> None:
        """Called where an element ends."""
        name, _ = self._open.pop()
        self._references_outside.pop()
        self._keys_outside.pop()
        self._work.end()
        self._depth_of_repeated -= name in _REPEATED

    def data(self, text: str) -> None:
        """Text; only that of a style sheet matters, and how much is set."""
        if self._open and self._open[-1][0] == "style":
            self._style.append(text)
        elif any(name == "text" for name, _ in self._open):
            self._work.text(text)

    def close(self) -> None:
        """Called at the end of the file. Raises PictureFault."""
        self._check_style("".join(self._style))

    def check_references(self) -> None:
        """Refuse what repeats itself inside itself: ten in ten in ten soon are too many to draw."""
        inside = set(self._inside_repeated)
        style = "".join(self._style)
        for rule in rules(style):
            if rule.keys & self._keys_inside_repeated:
                inside.update(rule.names)
        if self._holding_uses.intersection(self._uses) or self._repeated & inside:
            self._refuse(*_INSIDE_ITSELF)

    def pieces(self) -> int:
        """How many pieces there are to draw. Raises PictureFault: they are too many."""
        try:
            pieces = self._work.pieces("".join(self._style), MAX_PIECES)
        except EndlessError:
            self._refuse(*_INSIDE_ITSELF)
        if pieces > MAX_PIECES:
            message = f"comes to {pieces:,} pieces when it is drawn, and at most {MAX_PIECES:,} are taken"
            hint = "simplify the drawing: fewer letters, points, and parts that are repeated"
            self._refuse("svg-too-large", message, hint)
        return pieces

    def _check_size(self, attributes: dict[str, str]) -> None:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        sized = len(box) == 4 and all(_is_size(number, _NUMBER) for number in box[2:])
        if not sized and not all(_is_size(attributes.get(key, ""), _LENGTH) for key in ("width", "height")):
            hint = f"add a `viewBox` to its first element, or {PLAIN} again"
            self._refuse("svg-size", "does not say how large it is", hint)

    def _check_attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            self._refuse("svg-script", f"has the script attribute `{key[:40]}`", f"take it out, or {PLAIN}")
        if key == "base" or (key in ("href", "src") and not value.startswith("#")):
            hint = "draw it in one file; what is fetched from elsewhere is never printed"
            self._refuse("svg-outside", f"refers to something outside itself (`{key}`)", hint)
        if key == "href" and self._open[-1][0] == "use":
            self._uses.append(value[1:])
        if key == "spreadmethod" and value.lower() in ("repeat", "reflect"):
            hint = "let the gradient end once, or draw its repeats"
            self._refuse("svg-too-large", "has a gradient that repeats without end", hint)
        self._check_style(value)
        if self._depth_of_repeated:
            self._inside_repeated.update(LOCAL_URL.findall(value))

    def _check_style(self, text: str) -> None:
        if _OUTSIDE_URL.search(text):
            hint = "draw it in one file; what is fetched from elsewhere is never printed"
            self._refuse("svg-outside", "has a style that refers to something outside it", hint)

    def _count_use(self) -> None:
        self._holding_uses.update(name for _, name in self._open if name)
        if len(self._uses) > MAX_USES:
            self._refuse("svg-too-large", f"repeats parts of itself more than {MAX_USES} times", "simplify the drawing")

    def _refuse(self, code: str, message: str, hint: str) -> NoReturn:
        raise PictureFault(code, f"{self._shown_name} {message}", hint)


def _is_size(text: str, form: re.Pattern[str]) -> bool:
    found = form.fullmatch(text.strip())
    return found is not None and float(found[1]) > 0


def _is_prepared(element: str, key: str, value: str) -> bool:
    """Whether an attribute is a picture inside the drawing, which was prepared when that was cleaned."""
    kinds = ("data:image/png;base64,", "data:image/jpeg;base64,")
    return element == "image" and key.endswith("href") and value.startswith(kinds)
