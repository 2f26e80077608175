"""The program's own texts on a page (``Page 1 of 2``, ``When to stop``), and their catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.plurals import get_plural

from handoutkit.errors import Problem
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import TO_LINE_END, FilePosition
from handoutkit.files.text_files import read_text, shown
from handoutkit.library.shipped_files import PACKAGE, template_folders
from handoutkit.library.workspace import Workspace
from handoutkit.render.templating.interface_messages import LOCALE, SOURCE_LANGUAGE, locale_of
from handoutkit.translations.apply_catalogue import language_name
from handoutkit.translations.catalogue import HEADERS, REVIEWED_BY, REVIEWED_ON, TRANSLATOR
from handoutkit.translations.po_file import PoFile, is_previous, po_text, previous_text, read_po

from .authored_texts import Status

NAME = "interface"
_ROOMS = ("render", "packets", "batch", "progress")
"""Packages of the program with texts that are printed on pages."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The program's own texts, as something to translate."""

    workspace: Workspace
    kind: str = NAME
    id: str = NAME
    language: str = SOURCE_LANGUAGE

    def languages(self) -> list[str]:
        """The languages with a catalogue."""
        return sorted({path.stem for folder in self._folders for path in (folder / LOCALE).glob("*.po")})

    def own_file(self, language: str) -> Path:
        """Where the user's own folder has the catalogue, or would have it."""
        return self.workspace.roots[0] / "templates" / LOCALE / f"{language}.po"

    def up_to_date(self, language: str) -> str:
        """The catalogue's text, brought up to date. Raises ContentError if what is there cannot be read."""
        path = self._file(language)
        file = read_carefully(read_po, read_text(path)) if path else _new(language)
        template = Catalog(header_comment=file.header_comment)
        for text, context in _texts(self._folders, language):
            template.add(text, context=context)
        notes = {(message.id, message.context): message.user_comments for message in file}
        file.update(template)
        for message in file:  # Babel drops lines of a comment that are alike
            kept = notes.get((message.id, message.context), message.user_comments)
            message.user_comments = [note for note in kept if message.fuzzy or not is_previous(note)]
        for message in file.obsolete.values():
            message.user_comments = [note for note in message.user_comments if is_previous(note)]
        return po_text(file)

    def status(self, language: str) -> Status:
        """How far a catalogue is that is there. Raises ContentError if it cannot be read."""
        path = self._existing_file(language)
        file = read_carefully(read_po, read_text(path))
        texts = dict.fromkeys(_texts(self._folders, language))
        known = [file.get(_singular(text), context) for text, context in texts]
        stale = sum(bool(message and message.fuzzy) for message in known)
        done = sum(bool(message and not message.fuzzy and _is_complete(message.string)) for message in known)
        return Status(
            id=self.id,
            kind=self.kind,
            lang=language,
            file=shown(path),
            texts=len(texts),
            done=done,
            stale=stale,
            missing=len(texts) - done - stale,
            previous={_singular(m.id): text for m in known if m and m.fuzzy and (text := previous_text(m))},
            obsolete=len(file.obsolete) + len(file) - sum(message is not None for message in known),
            translator=file.headers.get(TRANSLATOR, ""),
            reviewed_by=file.headers.get(REVIEWED_BY, ""),
            reviewed_on=file.headers.get(REVIEWED_ON, ""),
        )

    def problems(self, language: str) -> list[Problem]:
        """What is wrong with a catalogue that is there. Raises ContentError if it cannot be read."""
        path = self._existing_file(language)
        source = read_text(path)
        file = read_carefully(read_po, source)
        problems = []
        for text, context in dict.fromkeys(_texts(self._folders, language)):
            message = file.get(_singular(text), context)
            if message is None or message.fuzzy or not _is_complete(message.string):
                mark = FilePosition((message and message.lineno) or 1, 1, TO_LINE_END)
                what = f"`{_singular(text)}` has no translation that counts"
                hint = f"say `handoutkit translate update {NAME} --lang {language}`, and translate it"
                problems.append(source.problem_at(mark, "interface-unfinished", what, hint))
        for message, faults in file.check():
            mark = FilePosition(message.lineno or 1, 1, TO_LINE_END)
            problems += [
                source.problem_at(mark, "translation-gaps", str(fault), "keep %(names)s as they are")
                for fault in faults
            ]
        return problems

    @property
    def _folders(self) -> Sequence[Path]:
        return template_folders(self.workspace.roots)

    def _file(self, language: str) -> Path | None:
        paths = (folder / LOCALE / f"{language}.po" for folder in self._folders)
        return next((path for path in paths if path.is_file()), None)

    def _existing_file(self, language: str) -> Path:
        path = self._file(language)
        if path is None:
            raise LookupError(language)
        return path


def _new(language: str) -> PoFile:
    file = PoFile()
    file.header_comment = f"# What handoutkit says on a page ({language_name(language)})"
    plural = get_plural(locale_of(language)).plural_forms
    own = {"Project-Id-Version": NAME, "Language": language.replace("-", "_"), "Plural-Forms": plural}
    file.mime_headers = list({**HEADERS, **own}.items())
    return file


def _texts(folders: Sequence[Path], language: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Every message of templates and of the program, in the order of the files.

    What a theme has a translation of in its own folder is left out. Raises ContentError if that cannot be read.
    """
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            own = folder / path.relative_to(folder).parts[0] / LOCALE / f"{language}.po"
            there = read_carefully(read_po, read_text(own)) if own.is_file() else None
            for text, context in _extracted("jinja2", path.read_bytes()):
                if there is None or there.get(_singular(text), context) is None:
                    yield text, context
    for room in _ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            yield from _extracted("python", path.read_bytes())


@lru_cache(maxsize=2_000)  # each language asks for the same files; to parse them takes seconds
def _extracted(method: str, written: bytes) -> tuple[tuple[str | tuple[str, ...], str | None], ...]:
    """The messages of one file, each with its context."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "encoding": "utf-8"}
    found = extract(method, BytesIO(written), options=options, strip_comment_tags=True)
    return tuple((text, context) for _, text, _, context in found)


def _singular(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _is_complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)
