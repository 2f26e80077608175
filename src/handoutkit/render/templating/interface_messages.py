"""The program's own texts on a page in one language, with its plurals, dates, lists and reading direction.

They are written in English in the templates (``_("Page %(number)s")``) and translated in ``locale/<language>.po`` below
``templates/``, a workspace's file adding to the shipped one, and one in a theme's folder to both. English needs none.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from handoutkit.errors import ContentError, Problem
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import TO_LINE_END, FilePosition
from handoutkit.files.text_files import read_text, shown
from handoutkit.render.theme import Theme
from handoutkit.translations.apply_catalogue import language_name
from handoutkit.translations.po_file import PoFile, read_po

SOURCE_LANGUAGE = "en"
LOCALE = "locale"
Key = tuple[str, str]
"""A message's context, which may be empty, and its text in English."""


@dataclass
class InterfaceMessages:
    """The program's own texts for the pages of one language and region.

    Attributes:
        tag: the language and region, such as ``es-US``.
        messages: translations by context and text, one for each plural form; None for English.
        own_file: where a theme of the user's own has, or would have, the translations of its words; else empty.
        missing: texts that were asked for and have no translation.
    """

    tag: str
    messages: dict[Key, tuple[str, ...]] | None = None
    plural_expression: str = "(n != 1)"
    file: str = ""
    own_file: str = ""
    missing: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, tag: str, theme: Theme) -> InterfaceMessages:
        """The texts of a language, from the theme's catalogues. Raises ContentError if there are none or too few."""
        parts = tag.split("-")
        if parts[0] == SOURCE_LANGUAGE:
            return cls(tag)
        # The most special catalogue counts: for zh-Hans-US, zh-Hans before zh.
        tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
        for language in tags:
            own = (f"{folder}/{LOCALE}/{language}.po" for folder in reversed(theme.folders))
            names = [f"{LOCALE}/{language}.po", *own]
            paths = [files[name] for name in names for files in reversed(theme.files) if name in files]
            if paths:
                found = cls._from_files(tag, paths)
                if theme.own_folder:
                    found.own_file = shown(theme.own_folder / LOCALE / f"{language}.po")
                return found
        raise ContentError(_no_catalogue(tags[-1]))

    @classmethod
    def _from_files(cls, tag: str, paths: list[Path]) -> InterfaceMessages:
        messages: dict[Key, tuple[str, ...]] = {}
        problems: list[Problem] = []
        plural = ""
        for path in paths:
            file, found = _read(path)
            messages |= found[0]
            problems += found[1]
            plural = plural or file.plural_expr  # a theme's own words may have no head
        if problems:
            raise ContentError(problems)
        return cls(tag, messages, plural, shown(paths[0]))

    def gettext(self, text: str) -> str:
        """A text in the language."""
        return self.pgettext("", text)

    def pgettext(self, context: str, text: str) -> str:
        """A text in the language, where the same English text has several meanings."""
        found = self._look_up(context, text)
        return found[0] if found else text

    def ngettext(self, one: str, many: str, number: int) -> str:
        """A text that goes with a number, in the form the language has for it."""
        return self.npgettext("", one, many, number)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        """A text with a context that goes with a number, in the form the language has for it."""
        found = self._look_up(context, one)
        if not found:
            return one if number == 1 else many
        return found[min(self._plural_form(number), len(found) - 1)]

    def listed(self, texts: Iterable[object]) -> str:
        """Texts one after the other with the language's comma between them; empty ones left out."""
        return self.gettext(", ").join(str(text) for text in texts if text)

    @cached_property
    def locale(self) -> Locale:
        """Babel's data about the language in its region."""
        return locale_of(self.tag)

    def language_name(self, language: str) -> str:
        """The name of another language in this one."""
        return locale_of(language).get_display_name(self.locale) or language

    @property
    def date_order(self) -> str:
        """The order in which the parts of a day are written, such as ``mdy``."""
        pattern = str(self.locale.date_formats["short"].pattern).lower()
        return "".join(sorted("dmy", key=pattern.find))

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """In which the language is read."""
        return "rtl" if is_right_to_left(self.tag) else "ltr"

    def attributes(self, language: str) -> Markup:
        """The attributes of an element whose words are in another language than the page; none if they are not."""
        if language.split("-", maxsplit=1)[0] == self.tag.split("-")[0]:
            return Markup("")
        direction = "rtl" if is_right_to_left(language) else "ltr"
        return Markup(' lang="{}" dir="{}"').format(language, direction)

    def refuse_missing(self) -> None:
        """Raise ContentError if a text was asked for that has no translation."""
        if self.missing:
            hint = f"say `handoutkit translate update interface --lang {self.tag.split('-')[0]}`, and translate it"
            if self.own_file:
                hint = "write it there after `msgid`, and its translation below that after `msgstr`, both in quotes"
            file = self.own_file or self.file
            problems = [
                Problem("interface-missing", f"`{text}` has no translation here", hint, file=file)
                for text in self.missing
            ]
            self.missing.clear()
            raise ContentError(problems)

    def _look_up(self, context: str, text: str) -> tuple[str, ...] | None:
        if self.messages is None:
            return None
        found = self.messages.get((context, text))
        if found is None:
            self.missing[text] = None
        return found

    @cached_property
    def _plural_form(self) -> Callable[[int], int]:
        return gettext.c2py(self.plural_expression)


def _read(path: Path) -> tuple[PoFile, tuple[dict[Key, tuple[str, ...]], list[Problem]]]:
    """A PO file, its messages, and a problem for each unfinished one. Raises ContentError if it cannot be read."""
    source = read_text(path)
    file = read_carefully(read_po, source)
    messages: dict[Key, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for message in file:
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        if message.fuzzy or not all(forms):
            mark = FilePosition(message.lineno or 1, 1, TO_LINE_END)
            text = "this is marked as not certain (`fuzzy`)" if message.fuzzy else "this is not translated"
            problems.append(source.problem_at(mark, "interface-unfinished", text, "translate it, in all its forms"))
        messages[message.context or "", one] = forms
    return file, (messages, problems)


def _no_catalogue(language: str) -> Problem:
    name = language_name(language)
    message = f"what handoutkit itself says on a page (`Page 1 of 2`, `When to stop`) is not there in {name}"
    hint = f"`handoutkit translate extract interface --lang {language}` writes a file to translate it in"
    return Problem("interface-language", message, hint)


@lru_cache(maxsize=16)
def locale_of(tag: str) -> Locale:
    """The locale of a language and region (``es-US``); of the language alone, where nobody has described both.

    >>> str(locale_of("es-GB"))
    'es'
    """
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return locale_of(tag).text_direction == "rtl"
