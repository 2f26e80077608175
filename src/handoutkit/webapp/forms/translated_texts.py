"""The texts of a translation as the app calls them, and where two versions of a catalogue differ."""

from __future__ import annotations

from handoutkit.files.source_file import SourceFile
from handoutkit.translations.apply_catalogue import look_up
from handoutkit.translations.catalogue import read_catalogue
from handoutkit.translations.work.authored_texts import Content

from . import form_words
from .both_versions import Difference


def part_of(content: Content, at: tuple[str | int, ...]) -> str:
    """The part of a form that a text stands in; a block is one of its own."""
    if at[0] == "blocks" and isinstance(at[1], int):
        kind = str(content.loaded.model.blocks[at[1]].type)
        return f"Block {at[1] + 1}: {form_words.label(kind)}"
    sections = form_words.SECTIONS.get(content.kind, ())
    return next((title for title, _, keys in sections if at[0] in keys), "More")


def label_of(at: tuple[str | int, ...]) -> str:
    """What a text is called in its part."""
    steps = at[2:] if at[0] == "blocks" else at
    return ", ".join(str(step + 1) if isinstance(step, int) else form_words.label(step) for step in steps)


def catalogue_differences(content: Content, language: str, mine: SourceFile, theirs: SourceFile) -> list[Difference]:
    """Where two versions of a catalogue have other words. Raises ContentError: one of them cannot be read."""
    here, there = (look_up(content.loaded.model, read_catalogue(one, language)) for one in (mine, theirs))
    found = []
    for one, other in zip(here, there, strict=True):  # both have the texts of the content, in its order
        ours, others = (each.entry.translation if each.entry else "" for each in (one, other))
        if ours != others:
            at = one.words.at
            found.append(Difference(f"{part_of(content, at)}, {label_of(at)}", ours, others))
    return found
