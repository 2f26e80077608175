"""Writing systems that the theme's own fonts lack: which of them a text is in, and the fonts they are set in.

A script's fonts are read only where one of its letters occurs; most pages need none of them. Large ones come with
packages of their own, which have ``templates/fonts/`` as a workspace has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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
            None of what all languages have.
        extra: of handoutkit, that brings the fonts; empty if they ship with it.
        characters: the national set of Chinese characters that the fonts have, as Python calls it.
        bold: whether there is a bold face; without one, the regular one stands for it.
    """

    name: str
    letters: str
    family: str
    languages: tuple[str, ...]
    extra: str = ""
    characters: str = ""
    bold: bool = True

    def font(self, weight: str = "Regular") -> str:
        """A font's path below ``templates/``."""
        weight = weight if self.bold else "Regular"
        return f"fonts/{self.family.replace(' ', '')}-{weight}.ttf"

    @property
    def stylesheet(self) -> str:
        """The faces, and which text is in them. They have no italics: emphasis is bold."""
        faces = f"""
        @font-face {{ font-family: "{self.family}"; src: url("theme:{self.font()}"); font-weight: 400 }}
        @font-face {{ font-family: "{self.family}"; src: url("theme:{self.font("Bold")}"); font-weight: 700 }}
        """
        if not self.languages:
            return faces
        of_language = ", ".join(f":lang({language})" for language in self.languages)
        return f"""{faces}
        :is({of_language}) {{
            --text: "{self.family}"; --sans: "{self.family}"; --display: "{self.family}"; --display-weight: 700
        }}
        em:is({of_language}) {{ font-style: normal; font-weight: 700 }}
        .value:is({of_language}) {{ font-family: "{self.family}", {_FAMILIES} }}
        """

    def has(self, text: str) -> bool:
        """Whether the script's national set of Chinese characters has every character of a text."""
        if not self.characters:
            return False
        try:
            text.encode(self.characters)
        except UnicodeEncodeError:
            return False
        return True


LATIN = Script(
    "Latin",
    "\u0108\u0109\u0114\u0115\u011c\u011d\u0124\u0125\u0128\u0129\u012c\u012d\u0133-\u0135\u0138\u013f\u0140\u0149-\u014f\u0156\u0157\u015c"
    "\u015d\u0166-\u0169\u016c\u016d\u017f-\u0191\u0193-\u0217\u021c-\u0236\u0238-\u02c5\u02c7-\u02d9\u02db\u02dd-\u036f\u1ab0-\u1aff"
    "\u1d00-\u1e7f\u1e86-\u1e9d\u1e9f-\u1eff\u2071\u207f\u2090-\u209c\u2160-\u2182\u2c60-\u2c7f\ua700-\ua7ff\uab30-\uab6f"
    "\ufb00-\ufb06\ufe20-\ufe2f",
    "Noto Sans",
    ("yo", "ig", "ee", "ha", "haw", "nv", "lkt", "gn", "mh", "az", "se"),
)
"""Latin letters and marks that some reading type lacks, and Roman numerals."""
SIGNS = Script(
    "signs",
    "\u00b5\u2012\u2015-\u2017\u201b\u201f\u2021\u2023-\u2025\u2027\u2030-\u2038\u203b-\u2043\u2045-\u205e"
    "\u2070\u2074-\u207e\u2080-\u208e\u20a0-\u20ab\u20ad-\u20c0\u2100-\u2121\u2123-\u215f\u2189-\u2211"
    "\u2213\u2214\u2216-\u23ff\u2460-\u27bf\u2900-\u2bff",
    "Noto Sans",
    (),
)
"""Signs that some reading type lacks, of no language: each is set by itself, and the word it stands in stays."""
CHINESE = Script("Chinese", "", "Noto Sans SC", ("zh",), "chinese", "gb2312")
TRADITIONAL = Script(
    "traditional Chinese",
    "\u3100-\u312f\u31a0-\u31bf",
    "Noto Sans TC",
    ("zh-Hant", "zh-TW", "zh-HK", "zh-MO"),
    "chinese",
    "big5",
)
JAPANESE = Script("Japanese", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f", "Noto Sans JP", ("ja",), "japanese", "cp932")
KOREAN = Script(
    "Korean", "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc", "Noto Sans KR", ("ko",), "korean"
)
RARE = Script("rare Chinese characters", "", "Rare Mincho", (), "han", bold=False)
"""Characters up to Extension B that are in none of those national sets, some of which are in people's names."""
EAST_ASIAN = (CHINESE, TRADITIONAL, JAPANESE, KOREAN, RARE)


def _small(name: str, letters: str, *languages: str) -> Script:
    return Script(name, letters, f"Noto Sans {name}", languages, extra="scripts")


SCRIPTS = (
    Script("Vietnamese", "\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9", "Noto Sans", ("vi",)),
    Script("Greek", "\u0370-\u03ff\u1f00-\u1fff", "Noto Sans", ("el",)),
    Script(
        "Cyrillic",
        "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
        "Noto Sans",
        ("ru", "uk", "bg", "sr", "mk", "be", "kk"),
    ),
    Script("Hebrew", "\u0590-\u05ff\ufb1d-\ufb4f", "Noto Sans Hebrew", ("he", "yi")),
    Script("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "Vazirmatn", ("ar", "fa", "ur", "ps")),
    Script("Devanagari", "\u0900-\u097f", "Noto Sans Devanagari", ("hi", "mr", "ne")),
    LATIN,
    _small("Armenian", "\u0530-\u058f\ufb13-\ufb17", "hy"),
    _small("Bengali", "\u0980-\u09ff", "bn", "as"),
    _small("Canadian Aboriginal", "\u1400-\u167f\u18b0-\u18ff", "iu", "cr", "oj"),
    _small("Cherokee", "\u13a0-\u13ff\uab70-\uabbf", "chr"),
    _small("Ethiopic", "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f", "am", "ti"),
    _small("Georgian", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f", "ka"),
    _small("Gujarati", "\u0a80-\u0aff", "gu"),
    _small("Gurmukhi", "\u0a00-\u0a7f", "pa"),
    _small("Kannada", "\u0c80-\u0cff", "kn"),
    _small("Khmer", "\u1780-\u17ff\u19e0-\u19ff", "km"),
    _small("Lao", "\u0e80-\u0eff", "lo"),
    _small("Malayalam", "\u0d00-\u0d7f", "ml"),
    _small("Myanmar", "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f", "my"),
    _small("Oriya", "\u0b00-\u0b7f", "or"),
    _small("Sinhala", "\u0d80-\u0dff", "si"),
    _small("Syriac", "\u0700-\u074f\u0860-\u086f", "syr"),
    _small("Tamil", "\u0b80-\u0bff", "ta"),
    _small("Telugu", "\u0c00-\u0c7f", "te"),
    _small("Thaana", "\u0780-\u07bf", "dv"),
    _small("Thai", "\u0e00-\u0e7f", "th"),
    SIGNS,
    *EAST_ASIAN,
)
_FAMILIES = ", ".join(f'"{family}"' for family in dict.fromkeys(script.family for script in SCRIPTS))

_CHARACTERS = "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, which every East Asian script has."""
_COMMON = re.compile("[\u3000-\u3004\u3008-\u3020\u302a-\u303f\uff00-\uff65\uffe0-\uffef]")
"""Their punctuation, and Latin letters as wide as characters."""
CHARACTERS = re.compile(f"[{_CHARACTERS}{TRADITIONAL.letters}{JAPANESE.letters}]+")
"""Chinese characters, kana and Bopomofo in a row."""
_RARE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df]")
"""Those of which the font of rare characters has what the others lack."""
_PATTERNS = {script: re.compile(f"[{script.letters}]") for script in SCRIPTS if script.letters}
_ANY = re.compile(f"[{_CHARACTERS}{''.join(script.letters for script in SCRIPTS)}]|{_COMMON.pattern}")


def scripts_in(text: str, language: str = "") -> Iterator[Script]:
    """The scripts of which a text has a letter; its language tells whose Chinese characters it has."""
    if not _ANY.search(text):
        return
    found = {script for script, pattern in _PATTERNS.items() if pattern.search(text)}
    for word in set(CHARACTERS.findall(text)):
        found.update(of_characters(word, language))
    if found.isdisjoint(EAST_ASIAN) and _COMMON.search(text):
        found.add(_east_asian(language) or CHINESE)
    yield from (script for script in SCRIPTS if script in found)


@lru_cache(maxsize=1_000)
def of_characters(word: str, language: str = "") -> tuple[Script, ...]:
    """The script of Chinese characters in a row: that of its kana or language, or the first whose set has them all.

    If no set has, each that has one that those before it lack, and that of rare characters for those that none has.
    """
    of_letters = next((script for script in (JAPANESE, TRADITIONAL) if _PATTERNS[script].search(word)), None)
    first = of_letters or _east_asian(language)
    first = TRADITIONAL if first is KOREAN else first  # as Korean writes them, and its fonts have none
    order = dict.fromkeys(script for script in (first, CHINESE, TRADITIONAL, JAPANESE) if script)
    whole = next((script for script in order if script.has(word)), None)
    if whole:
        return (whole,)
    some: list[Script] = []
    left = set(word)
    for script in order:
        found = {char for char in left if script.has(char)}
        some += [script] if found else []
        left -= found
    return (*some, *([RARE] if any(map(_RARE.match, left)) else [])) or (CHINESE,)


def script_of(language: str) -> Script | None:
    """The script that a language is written in; `zh-Hant` is told from `zh`. None if the theme's own fonts serve it."""
    return _script_among(SCRIPTS, language)


def _east_asian(language: str) -> Script | None:
    return _script_among(EAST_ASIAN, language)


def _script_among(scripts: Iterable[Script], language: str) -> Script | None:
    tags = ((known, script) for script in scripts for known in script.languages)
    fitting = [(len(known), script) for known, script in tags if f"{language}-".lower().startswith(f"{known}-".lower())]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def main_language(html: str) -> str:
    """The first language of a page that is written with Chinese characters; empty if there is none."""
    return next((found[1] for found in _LANGUAGE.finditer(html) if _east_asian(found[1])), "")


_LANGUAGE = re.compile(r'\blang="([\w-]+)"')


class MissingFontsError(MachineError):
    """The fonts that a text needs are not installed; another text may need none of them."""


def missing_fonts(text: str, theme: Theme, language: str = "") -> tuple[Problem, ...]:
    """A problem for each package that brings a text's fonts and is not installed; it shows nothing of the text."""
    missing = [script for script in scripts_in(text, language) if script.extra and not theme.has(script.font())]
    return tuple(
        Problem(
            "missing-fonts",
            f"the fonts for {script.name} are not installed",
            f"in the checkout of handoutkit, type: pip install ./extras/{script.extra}   "
            f"(or: pipx inject handoutkit ./extras/{script.extra})",
        )
        for script in missing
    )


def refuse_missing(text: str, theme: Theme, language: str = "") -> None:
    """Raises MissingFontsError if a package that brings a text's fonts is not installed."""
    if problems := missing_fonts(text, theme, language):
        raise MissingFontsError(problems)


class ScriptStyles:
    """The parsed stylesheets of scripts, each read when one of its letters is first met.

    Args:
        parse: makes a ``weasyprint.CSS`` of a stylesheet.
    """

    def __init__(self, theme: Theme, parse: Callable[[str], Any]) -> None:
        self._theme, self._parse = theme, parse
        self._parsed: dict[str, Any] = {}

    def of(self, text: str, language: str = "") -> list[Any]:
        """The stylesheets of the scripts in a text. Raises MissingFontsError."""
        refuse_missing(text, self._theme, language)
        found = list(scripts_in(text, language))
        for script in found:
            if script.name not in self._parsed:
                self._parsed[script.name] = self._parse(script.stylesheet)
        return [self._parsed[script.name] for script in found]
