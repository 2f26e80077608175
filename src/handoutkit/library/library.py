"""Handouts, templates, framings and practices by id or file, loaded when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from handoutkit.errors import ContentError, Problem, UsageError, try_each
from handoutkit.files.text_files import read_text, shown
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_packet, load_practice
from handoutkit.models.base import Model
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice
from handoutkit.translations.apply_catalogue import translated
from handoutkit.translations.catalogue import Catalogue, load_catalogue

from .workspace import CatalogueKind, Workspace
from .workspace_folder import looks_like_a_file

M = TypeVar("M", bound=Model)
S = TypeVar("S")
T3 = TypeVar("T3", Handout, Framing, Packet, Practice)
_MAX_NEAR, _MAX_NAMED = 3, 20
"""How many ids that begin alike are named, and how many of all where none comes near."""
DEFAULT_PRACTICE = "riverbend-counseling"
"""The invented practice that shows how things look before a practice has its own profile."""


class Library:
    """The content of a workspace and of the shipped files together."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def handout(self, wanted: str, language: str | None = None) -> Loaded[Handout]:
        """A handout by id or file, as it was written or in another language. Raises UsageError, ContentError."""
        files = self.workspace.handout_files
        if wanted not in files and wanted in self.workspace.template_files:
            hint = f"make a handout of it: handoutkit new my-{wanted} --from {wanted}"
            raise UsageError(Problem("is-a-template", f"`{wanted}` is a template to start from, not a handout", hint))
        if wanted not in files and wanted in self.workspace.packet_files:
            hint = f"make it: handoutkit packet {wanted}   (handoutkit check {wanted} looks through it)"
            raise UsageError(Problem("is-a-packet", f"`{wanted}` is a packet, not a handout", hint))
        if wanted not in files and wanted in self.workspace.practice_files:
            hint = f"name it with --practice {wanted}; `handoutkit check`, without a name, looks through it, too"
            raise UsageError(Problem("is-a-practice", f"`{wanted}` is a practice, not a handout", hint))
        return self.in_language(language, "handout", self.load_one("handout", wanted, files, load_handout))

    def template(self, wanted: str) -> Loaded[Handout]:
        """A template, a handout that new ones start from, by id or file. Raises UsageError, ContentError."""
        return self.load_one("template", wanted, self.workspace.template_files, load_handout)

    def in_packet(self, wanted: str) -> Loaded[Handout]:
        """A handout of a packet: one by that id, or else the template, which example practices show as it is.

        Raises:
            UsageError, ContentError: there is neither, or it has problems.
        """
        files = self.workspace
        is_template = wanted not in files.handout_files and wanted in files.template_files
        return self.template(wanted) if is_template else self.handout(wanted)

    def conditions_in_packet(self, packet: Packet) -> tuple[str, ...]:
        """What the handouts of a packet ask about with `if:`; those that cannot be read ask nothing."""
        there = self.known_in_packets
        handouts, _ = self.readable(self.in_packet, [one.handout for one in packet.handouts if one.handout in there])
        return tuple(dict.fromkeys(name for handout in handouts for name in handout.model.conditions))

    @property
    def known_in_packets(self) -> list[str]:
        """Ids of all that a packet can have: handouts, and templates that nobody has made their own yet."""
        return list(dict.fromkeys([*self.workspace.handout_files, *self.workspace.template_files]))

    def handouts_in(self, language: str | None) -> list[str]:
        """Ids of the handouts there are, or of those that are there in a language. Raises ContentError."""
        ids = list(self.workspace.handout_files)
        if language is None:
            return ids
        return [
            loaded.model.id for loaded in try_each(self.handout, ids) if language in self.languages("handout", loaded)
        ]

    def framing(self, wanted: str) -> Loaded[Framing]:
        """A framing by id or file. Raises UsageError, ContentError."""
        return self.load_one("framing", wanted, self.workspace.framing_files, load_framing)

    def catalogue(self, kind: CatalogueKind, name: str, language: str) -> Catalogue | None:
        """The translation of a handout, framing, packet or practice; None if there is none. Raises ContentError."""
        path = self.workspace.catalogue_files(kind, name).get(language)
        return load_catalogue(path, language) if path else None

    def languages(self, kind: CatalogueKind, loaded: Loaded[T3]) -> list[str]:
        """The languages that something is there in, the one it was written in first."""
        first: str = loaded.translation.source_language if loaded.translation else loaded.model.language
        return list(dict.fromkeys((first, *self.workspace.catalogue_files(kind, loaded.model.id))))

    def in_language(self, language: str | None, kind: CatalogueKind, loaded: Loaded[T3]) -> Loaded[T3]:
        """The same in another language. Raises UsageError if it is not there in it, and ContentError."""
        model = loaded.model
        if language in (None, model.language):
            return loaded
        catalogue = self.catalogue(kind, model.id, language)
        if catalogue is None:
            known = ", ".join(f"`{known}`" for known in self.languages(kind, loaded))
            hint = f"it is there in {known}; `handoutkit translate extract {model.id} --lang {language}` starts another"
            raise UsageError(Problem("no-such-language", f"`{model.id}` is not there in `{language}`", hint))
        return translated(loaded, catalogue)

    def if_translated(self, kind: CatalogueKind, loaded: Loaded[T3], language: str) -> Loaded[T3]:
        """The same in another language, where there is a catalogue; else as it was. Raises ContentError."""
        return self.in_language(language, kind, loaded) if language in self.languages(kind, loaded) else loaded

    def is_packet(self, wanted: str) -> bool:
        """Whether a word on the command line means a packet: by its id, or by what its file says."""
        if not looks_like_a_file(wanted):
            return wanted in self.workspace.packet_files and wanted not in self.workspace.handout_files
        try:
            return kinds_of_file(read_text(Path(wanted)).text)[:1] == ["packet"]
        except ContentError:
            return False

    def packet(self, wanted: str, language: str | None = None) -> Loaded[Packet]:
        """A packet by id or file, as it was written or in another language. Raises UsageError, ContentError."""
        return self.in_language(
            language, "packet", self.load_one("packet", wanted, self.workspace.packet_files, load_packet)
        )

    def practice(self, wanted: str | None = None) -> Loaded[Practice]:
        """A practice by id or file; without one, the workspace's own. Raises UsageError, ContentError."""
        name = wanted or self._default_practice()
        files = self.workspace
        known = files.named_practice_files if name in files.named_practice_files else files.practice_files
        return self.load_one("practice", name, known, load_practice)

    def readable(self, load: Callable[[S], Loaded[M]], ids: Iterable[S]) -> tuple[list[Loaded[M]], list[Problem]]:
        """Load what can be loaded; return it with the problems of the rest."""
        loaded: list[Loaded[M]] = []
        problems: list[Problem] = []
        for name in ids:
            try:
                loaded.append(load(name))
            except ContentError as error:
                problems += error.problems
        return loaded, problems

    def _default_practice(self) -> str:
        settings = self.workspace.settings
        if settings and (named := settings.model.practice):
            if named not in self.workspace.named_practice_files:
                problem = unknown("practice", named, self.workspace.practice_files)
                at = ("practice",)
                raise ContentError(settings.source.problem(problem.code, problem.message, problem.hint, at=at))
            return named
        own = self.workspace.own_practices()
        if len(own) > 1:
            hint = "name one with --practice, or write `practice: " + own[0] + "` into handoutkit.yaml"
            message = "there are several practices here: " + ", ".join(own)
            raise UsageError(Problem("which-practice", message, hint))
        return own[0] if own else DEFAULT_PRACTICE

    def load_one(
        self, what: str, wanted: str, files: Mapping[str, Path], load: Callable[[Path], Loaded[M]]
    ) -> Loaded[M]:
        """One file by id or path; all the above come here. Raises UsageError, ContentError."""
        if looks_like_a_file(wanted):
            return load(_existing(Path(wanted), what))
        if wanted not in files:
            raise UsageError(unknown(what, wanted, files))
        return named_as_its_file(load(files[wanted]), wanted)


def named_as_its_file(loaded: Loaded[M], name: str) -> Loaded[M]:
    """The same, whose id is the name of its file. Raises ContentError: it is another."""
    written = getattr(loaded.model, "id", name)
    if written != name:
        hint = f"write `id: {name}`, or rename the file to {written}.yaml (and see if handoutkit.yaml names it)"
        message = f"the id `{written}` is not the name of its file"
        raise ContentError(loaded.source.problem("id-and-file", message, hint, at=("id",)))
    return loaded


_KEYS = {"handout": {"blocks"}, "packet": {"handouts", "cover"}, "framing": {"notes"}, "practice": {"legal_name"}}
"""Keys of a file by which its kind is known."""


def _existing(path: Path, what: str) -> Path:
    """The path; what is named on the command line and is not there, or is something else, is a matter of usage."""
    try:
        text = read_text(path).text
    except ContentError as error:
        if error.problems[0].code == "no-such-file":
            raise UsageError(error.problems) from None
        return path
    kinds = kinds_of_file(text)
    if kinds and ("handout" if what == "template" else what) not in kinds:
        other = kinds[0]
        hint = "name a file of the right kind; `handoutkit check` without names looks through all of them"
        message = f"this file is a {other}, and a {what} is meant here"
        raise UsageError(Problem("another-kind", message, hint, file=shown(path)))
    return path


def kinds_of_file(text: str) -> list[str]:
    """The kinds of thing that a file can describe by its keys; none if they do not say."""
    keys = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    return [kind for kind, its in _KEYS.items() if its & keys]


def unknown(what: str, wanted: str, known: Iterable[str]) -> Problem:
    """The problem of an id that is not there."""
    return Problem(f"unknown-{what}", f"there is no {what} `{wanted}`", near_names(what, wanted, sorted(known)))


def near_names(what: str, wanted: str, known: Collection[str], label: str = "") -> str:
    """A hint with the ids that come near to one that is not there, or with all of a few.

    Args:
        label: what stands before all of a few; by default that they are known.
    """
    begun = [name for name in known if wanted and any(part.startswith(wanted) for part in (name, *name.split("-")))]
    near = get_close_matches(wanted, known, n=1) or begun[:_MAX_NEAR]
    if near:
        *others, last = (f"`{name}`" for name in near)
        return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
    if len(known) <= _MAX_NAMED:
        return f"{label or f'known {what}s'}: " + (", ".join(known) or "none")
    see = {"handout": "; `handoutkit list` shows them", "template": "; `handoutkit list --templates` shows them"}
    return f"none of {len(known)} is called nearly so{see.get(what, '')}"
