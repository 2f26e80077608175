"""Sets running text in the faces of its own family: shaped by HarfBuzz, broken into lines, without a layout engine.

What is the same for every client is shaped once. Values with a letter that the family lacks, and text that runs from
the right, go to ``flow_typesetter``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from handoutkit.models.filled_in.letter import LetterRun

from .fast_text import FastText, glyph_numbers, operand
from .text_faces import face_number
from .text_flow import HANG, FlowParagraph, TextFlow, filled, smaller

_PARTS = re.compile(r"( +|\n)")
_KEPT = 500
"""Paragraphs without values that are kept as they were set: a few for each number of lines above them."""
_FREE_ON_LEFT = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}


class _FacePiece(NamedTuple):
    """Letters of one face, as ``glyph_numbers``, and their width in sizes of type."""

    face: int
    numbers: str
    width: float


@dataclass(frozen=True, slots=True)
class _FlowWord:
    """Letters without a space between them, in one face or several."""

    pieces: tuple[_FacePiece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _FlowLine:
    """Words side by side; ``ends``, whether the text ends here or its author ended the line."""

    words: tuple[_FlowWord, ...]
    width: float
    ends: bool


class FlowSetter:
    """Sets one flow for many clients.

    Args:
        fonts: its four faces: plain, strong, emphasis and both.
        names: of these among the resources of the flow's appearances.
    """

    def __init__(self, flow: TextFlow, fonts: Sequence[FastText], names: Sequence[str]) -> None:
        self._flow = flow
        self._fonts = fonts
        self._names = names
        self._sizes = tuple(smaller(flow))
        self._spaces = [font.shaped(" ") for font in fonts]
        self._known: dict[tuple[int, str], _FacePiece] = {}
        self._parts: dict[tuple[int, str], list[str]] = {}
        for run in (run for paragraph in flow.paragraphs for run in paragraph.runs if not run.value):
            face = _face(run)
            if fonts[face].takes(run.text):
                self._parts[face, run.text] = _PARTS.split(run.text)
                for part in self._parts[face, run.text]:
                    self._known[face, part] = self._shaped(face, part)
        self._with_values = [number for number, paragraph in enumerate(flow.paragraphs) if _has_values(paragraph)]
        self._takes_the_rest = all(fonts[0].takes(paragraph.marker) for paragraph in flow.paragraphs) and all(
            (_face(run), run.text) in self._parts
            for paragraph in flow.paragraphs
            if not _has_values(paragraph)
            for run in paragraph.runs
        )
        self._lines_of_same = lru_cache(_KEPT)(self._lines_without_values)
        self._operators_of_same = lru_cache(_KEPT)(self._operators_without_values)

    def set(self, given: Mapping[str, str]) -> tuple[bytes, ...] | None:
        """The operators that show each paragraph, on ground from 0, 0; None if a letter is missing or it does not fit.

        Args:
            given: values by name.
        """
        texts = self._texts(given)
        if not self._takes(texts):
            return None
        words = {number: list(self._words(runs)) for number, runs in texts.items()}
        for size in range(len(self._sizes)):
            made = self._set(size, words)
            if made:
                return made
        return None

    def takes(self, given: Mapping[str, str]) -> bool:
        """Whether its faces have every letter."""
        return self._takes(self._texts(given))

    def _texts(self, given: Mapping[str, str]) -> Mapping[int, Sequence[LetterRun]]:
        """The words of each paragraph that has values, by its number."""
        return {number: filled(self._flow.paragraphs[number], given) for number in self._with_values}

    def _takes(self, texts: Mapping[int, Sequence[LetterRun]]) -> bool:
        if self._flow.right_to_left or not self._takes_the_rest:
            return False
        runs = ((_face(run), run.text) for runs in texts.values() for run in runs)
        return all((face, text) in self._parts or self._fonts[face].takes(text) for face, text in runs)

    def _words(self, runs: Sequence[LetterRun]) -> Iterator[list[_FlowWord]]:
        """The words of each line that the author ended."""
        words: list[_FlowWord] = []
        pieces: list[_FacePiece] = []
        for run in runs:
            face = _face(run)
            for part in self._parts.get((face, run.text)) or _PARTS.split(run.text):
                if part.strip(" \n"):
                    pieces.append(self._known.get((face, part)) or self._shaped(face, part))
                elif part and pieces:
                    words.append(_word(pieces))
                    pieces = []
                if part == "\n":
                    yield words
                    words = []
        if pieces:
            words.append(_word(pieces))
        yield words

    def _shaped(self, face: int, text: str) -> _FacePiece:
        line = self._fonts[face].shaped(text)
        units = self._fonts[face].units
        return _FacePiece(face, glyph_numbers(line.glyphs, units), line.width / units)

    def _set(self, size: int, texts: Mapping[int, Sequence[Sequence[_FlowWord]]]) -> tuple[bytes, ...] | None:
        """All paragraphs in one size, with the words of those that have values; None if they do not fit."""
        made = []
        flow = self._sizes[size]
        top = flow.height
        for number, paragraph in enumerate(flow.paragraphs):
            words = texts.get(number)
            lines = self._lines_of_same(size, number) if words is None else self._all_lines(flow, paragraph, words)
            top -= paragraph.before if lines else 0
            if words is None:
                made.append(self._operators_of_same(size, number, top))
            else:
                made.append(self._operators(flow, paragraph, lines, top))
            top -= flow.leading * len(lines)
            if any(line.width * flow.size > paragraph.width + 0.01 for line in lines):
                return None
        return tuple(made) if top >= -0.1 else None

    def _lines_without_values(self, size: int, number: int) -> Sequence[_FlowLine]:
        flow = self._sizes[size]
        paragraph = flow.paragraphs[number]
        return self._all_lines(flow, paragraph, list(self._words(filled(paragraph, {}))))

    def _operators_without_values(self, size: int, number: int, top: float) -> bytes:
        flow = self._sizes[size]
        return self._operators(flow, flow.paragraphs[number], self._lines_of_same(size, number), top)

    def _all_lines(
        self, flow: TextFlow, paragraph: FlowParagraph, words: Sequence[Sequence[_FlowWord]]
    ) -> Sequence[_FlowLine]:
        return list(self._lines(words, paragraph.width / flow.size)) if any(words) else []

    def _lines(self, texts: Sequence[Sequence[_FlowWord]], most: float) -> Iterator[_FlowLine]:
        """Lines, each as full as can be; widths in sizes of type."""
        for words in texts:
            line: list[_FlowWord] = []
            width = 0.0
            for word in words:
                space = self._space_after(line[-1]) if line else 0.0
                if line and width + space + word.width > most:
                    yield _FlowLine(tuple(line), width, ends=False)
                    line, width, space = [], 0.0, 0.0
                line.append(word)
                width += space + word.width
            yield _FlowLine(tuple(line), width, ends=True)

    def _space_after(self, word: _FlowWord) -> float:
        face = word.pieces[-1].face
        return self._spaces[face].width / self._fonts[face].units

    def _operators(self, flow: TextFlow, paragraph: FlowParagraph, lines: Sequence[_FlowLine], top: float) -> bytes:
        red, green, blue = flow.colour
        font = ""
        shown: list[str] = []
        for number, line in enumerate(lines):
            free = paragraph.width - line.width * flow.size
            stretched = flow.align == "justify" and not line.ends and len(line.words) > 1
            extra = free / (len(line.words) - 1) / flow.size if stretched else 0.0
            left = paragraph.left + (0 if stretched else free * _FREE_ON_LEFT[flow.align])
            y = top - number * flow.leading - flow.baseline
            runs = list(self._runs(line, extra))
            if paragraph.marker and not number:
                runs.insert(0, _FaceRun(0, self._shaped(0, paragraph.marker).numbers, -HANG / flow.size))
            for run in runs:
                if font != self._names[run.face]:
                    font = self._names[run.face]
                    shown.append(f"{font} {flow.size:g} Tf")
                shown.append(f"1 0 0 1 {left + run.start * flow.size:.2f} {y:.2f} Tm {operand(run.numbers)} TJ")
        return "\n".join([f"q\n{red:g} {green:g} {blue:g} rg\nBT", *shown, "ET\nQ"]).encode()

    def _runs(self, line: _FlowLine, extra: float) -> Iterator[_FaceRun]:
        """The letters of a line in runs of one face, with the spaces between; ``extra`` is added to each of them."""
        face, start, reached = -1, 0.0, 0.0
        run = ""
        for number, word in enumerate(line.words):
            if number:
                units = self._fonts[face].units
                run += glyph_numbers(((glyph, round(-extra * units)) for glyph, _ in self._spaces[face].glyphs), units)
                reached += self._spaces[face].width / units + extra
            for piece in word.pieces:
                if piece.face != face and run:
                    yield _FaceRun(face, run, start)
                    run = ""
                if not run:
                    face, start = piece.face, reached
                run += piece.numbers
                reached += piece.width
        if run:
            yield _FaceRun(face, run, start)


class _FaceRun(NamedTuple):
    """Letters of one face on a line, as ``glyph_numbers``, and where they start, in sizes of type."""

    face: int
    numbers: str
    start: float


def _has_values(paragraph: FlowParagraph) -> bool:
    return any(run.value for run in paragraph.runs)


def _face(run: LetterRun) -> int:
    return face_number(strong=run.strong, emphasis=run.emphasis)


def _word(pieces: Sequence[_FacePiece]) -> _FlowWord:
    return _FlowWord(tuple(pieces), sum(piece.width for piece in pieces))
