"""Writing systems beyond the reading type: which a text is in, and the fonts they are set in.

A script's fonts are read only where one of its letters occurs; most pages need none of them. Large ones come with
packages of their own, which have ``templates/fonts/`` as a workspace has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handoutkit.errors import MachineError, Problem

from .theme import Theme


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system and the family it is set in.

    Attributes:
        name: as people call it.
        letters: ranges of a regular expression's set, from the Unicode Standard's code charts.
        family: of its fonts, ``fonts/<family>-Regular.ttf`` and ``-Bold.ttf`` without the spaces.
        languages: that are written in it, the first standing for all; their text is in this family throughout.
        extra: of handoutkit, that brings the fonts; empty if they ship with it.
    """

    name: str
    letters: str
    family: str
    languages: tuple[str, ...]
    extra: str = ""

    def font(self, weight: str = "Regular") -> str:
        """A font's path below ``templates/``."""
        return f"fonts/{self.family.replace(' ', '')}-{weight}.ttf"

    @property
    def stylesheet(self) -> str:
        """The faces, and which text is in them. They have no italics: emphasis is bold."""
        of_language = ", ".join(f":lang({language})" for language in self.languages)
        return f"""
        @font-face {{ font-family: "{self.family}"; src: url("theme:{self.font()}"); font-weight: 400 }}
        @font-face {{ font-family: "{self.family}"; src: url("theme:{self.font("Bold")}"); font-weight: 700 }}
        :is({of_language}) {{
            --text: "{self.family}"; --sans: "{self.family}"; --display: "{self.family}"; --display-weight: 700
        }}
        em:is({of_language}) {{ font-style: normal; font-weight: 700 }}
        .value:is({of_language}) {{ font-family: "{self.family}" }}
        """


SCRIPTS = (
    Script("Vietnamese", "\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9", "Noto Sans", ("vi",)),
    Script("Greek", "\u0370-\u03ff\u1f00-\u1fff", "Noto Sans", ("el",)),
    Script("Cyrillic", "\u0400-\u052f\ua640-\ua69f", "Noto Sans", ("ru", "uk", "bg", "sr", "mk", "be")),
    Script("Hebrew", "\u0590-\u05ff\ufb1d-\ufb4f", "Noto Sans Hebrew", ("he", "yi")),
    Script("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "Vazirmatn", ("ar", "fa", "ur", "ps")),
    Script("Devanagari", "\u0900-\u097f", "Noto Sans Devanagari", ("hi", "mr", "ne")),
    Script("Chinese", "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef", "Noto Sans SC", ("zh",), extra="chinese"),
)
_PATTERNS = {script: re.compile(f"[{script.letters}]") for script in SCRIPTS}
_ANY = re.compile(f"[{''.join(script.letters for script in SCRIPTS)}]")


def scripts_in(text: str) -> Iterator[Script]:
    """The scripts of which a text has a letter."""
    if _ANY.search(text):
        yield from (script for script, pattern in _PATTERNS.items() if pattern.search(text))


def refuse_missing(text: str, theme: Theme) -> None:
    """Raises MachineError if a package that brings a text's fonts is not installed."""
    missing = [script for script in scripts_in(text) if script.extra and not theme.has(script.font())]
    if missing:
        raise MachineError(
            Problem(
                "missing-fonts",
                f"the fonts for {script.name} are not installed",
                f"pipx install 'handoutkit[{script.extra}]', or pip install 'handoutkit[{script.extra}]'",
            )
            for script in missing
        )


class ScriptStyles:
    """The parsed stylesheets of scripts, each read when one of its letters is first met.

    Args:
        parse: makes a ``weasyprint.CSS`` of a stylesheet.
    """

    def __init__(self, theme: Theme, parse: Callable[[str], Any]) -> None:
        self._theme, self._parse = theme, parse
        self._parsed: dict[str, Any] = {}

    def of(self, text: str) -> list[Any]:
        """Those of the scripts that a text has letters of. Raises MachineError if their fonts are missing."""
        refuse_missing(text, self._theme)
        found = list(scripts_in(text))
        for script in found:
            if script.name not in self._parsed:
                self._parsed[script.name] = self._parse(script.stylesheet)
        return [self._parsed[script.name] for script in found]
