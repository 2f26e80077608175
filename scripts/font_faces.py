"""The fonts there are: the packages they are published in, the files, and the letters that are kept of each.

`python -m scripts.font_faces npm` prints the packages as npm takes them, `... debian` those of Debian as apt-get does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Package:
    """A package of npm or Debian, the name its licence gets beside the fonts, and the file that has it."""

    name: str
    version: str
    license_file: str
    license: str = "LICENSE"
    source: str = "npm"


@dataclass(frozen=True)
class Part:
    """Letters of another package that a face has as well: one complete file of it, without its layout tables."""

    package: Package
    file: str
    letters: str


@dataclass(frozen=True)
class Face:
    """One file to make: which files of a package it is merged from and what it is called.

    Attributes:
        keeps: which code points stay, of a face that is published whole; None for all.
        layout: whether its layout tables stay; letters that join or carry marks need them.
        tolerance: how far its outlines may move, in units of the font, to have fewer points.
    """

    package: Package
    files: tuple[str, ...]
    family: str
    style: str
    weight: int
    axes: Mapping[str, float] = field(default_factory=dict)
    keeps: Callable[[int], bool] | None = None
    layout: bool = True
    also: tuple[Part, ...] = ()
    tolerance: float = 0

    @property
    def postscript_name(self) -> str:
        return f"{self.family}-{self.style}".replace(" ", "")

    @property
    def bold(self) -> bool:
        return "Bold" in self.style.split()

    @property
    def italic(self) -> bool:
        return "Italic" in self.style.split()

    @property
    def basic_style(self) -> str:
        """The style within a family of at most four: Regular, Bold, Italic, Bold Italic."""
        return " ".join(word for word, on in (("Bold", self.bold), ("Italic", self.italic)) if on) or "Regular"


ATKINSON = Package("@fontsource/atkinson-hyperlegible-next", "5.3.0", "OFL-Atkinson-Hyperlegible-Next.txt")
FRAUNCES = Package("@fontsource-variable/fraunces", "5.3.0", "OFL-Fraunces.txt")
LEXEND = Package("@fontsource/lexend", "5.3.0", "OFL-Lexend.txt")
LITERATA = Package("@fontsource/literata", "5.3.0", "OFL-Literata.txt")
NUNITO = Package("@fontsource/nunito", "5.3.0", "OFL-Nunito.txt")
YOUNG_SERIF = Package("@fontsource/young-serif", "5.3.0", "OFL-Young-Serif.txt")
VAZIRMATN = Package("@fontsource/vazirmatn", "5.3.0", "OFL-Vazirmatn.txt")
HEBREW = Package("@fontsource/noto-sans-hebrew", "5.3.0", "OFL-Noto-Sans-Hebrew.txt")
DEVANAGARI = Package("@fontsource/noto-sans-devanagari", "5.3.0", "OFL-Noto-Sans-Devanagari.txt")

REGULAR_AND_BOLD = {"Regular": (400, "normal"), "Bold": (700, "normal")}
LATIN = ("latin", "latin-ext")
FOUR_STYLES = REGULAR_AND_BOLD | {"Italic": (400, "italic"), "Bold Italic": (700, "italic")}


def whole(script: str, version: str) -> Package:
    """A package of a Noto Sans family as Google publishes it: one complete file for each weight."""
    name = "-".join(["Noto", "Sans", *script.split()])
    return Package(f"@expo-google-fonts/{name.lower()}", version, f"OFL-{name}.txt", license="LICENSE_FONT")


def static(
    package: Package, family: str, styles: Mapping[str, tuple[int, str]], subsets: tuple[str, ...] = LATIN
) -> Iterator[Face]:
    """Faces that are published as they are, in subsets."""
    stem = package.name.rpartition("/")[2]
    for style, (weight, slope) in styles.items():
        files = tuple(f"files/{stem}-{subset}-{weight}-{slope}.woff2" for subset in subsets)
        yield Face(package, files, family, style, weight)


def fraunces(style: str, weight: int, optical_size: float, softness: float) -> Face:
    files = tuple(f"files/fraunces-{subset}-full-normal.woff2" for subset in ("latin", "latin-ext", "vietnamese"))
    axes = {"opsz": optical_size, "wght": weight, "SOFT": softness, "WONK": 0}
    return Face(FRAUNCES, files, "Fraunces", style, weight, axes)


def file_of(style: str) -> str:
    """The file of a weight in a package that has one for each."""
    return f"{REGULAR_AND_BOLD[style][0]}{style}/*.ttf"


def regular_and_bold(
    package: Package,
    family: str,
    keeps: Callable[[int], bool],
    *,
    layout: bool = True,
    also: Callable[[str], tuple[Part, ...]] = lambda _: (),
) -> Iterator[Face]:
    """Faces of a package that has one file for each weight."""
    for style, (weight, _) in REGULAR_AND_BOLD.items():
        file = file_of(style)
        yield Face(package, (file,), family, style, weight, keeps=keeps, layout=layout, also=also(style))


def in_set(*codecs: str, ideographs: bool = True) -> Callable[[int], bool]:
    """Which characters a national character set has: those of everyday text and of most names."""

    def keeps(code: int) -> bool:
        if not ideographs and (0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF):
            return False
        return any(_encodes(chr(code), codec) for codec in codecs)

    return keeps


def _encodes(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _without_devanagari(code: int) -> bool:
    return not (0x900 <= code <= 0x97F or 0x1CD0 <= code <= 0x1CFF or 0xA8E0 <= code <= 0xA8FF)


def _own_letters(code: int) -> bool:
    """Those of a script, with plain Latin letters, digits and punctuation for what stands among them."""
    return code < 0x100 or (code >= 0x370 and not any(first <= code <= last for first, last in _MORE_LATIN))


_MORE_LATIN = ((0x1E00, 0x1EFF), (0xA700, 0xA7FF), (0xAB30, 0xAB6F))

NOTO = whole("", "0.4.2")
SYMBOLS = whole("Symbols", "0.4.1")
SYMBOLS_2 = whole("Symbols 2", "0.4.1")
MATH = whole("Math", "0.4.2")
OPEN_SANS = Package("@expo-google-fonts/open-sans", "0.4.2", "OFL-Open-Sans.txt", license="LICENSE_FONT")
_ROMAN_NUMERALS = "".join(map(chr, range(0x2160, 0x2183)))
_CIRCLED = "".join(map(chr, [*range(0x2460, 0x2474), 0x24EA, *range(0x2776, 0x2794)]))

# Signs of everyday writing, as Word's lists and lists of symbols have them. No emoji that are always in colour.
_OF_SYMBOLS = "←↑→↓↔↕↖↗↘↙☹☺☻☽☾☮☯☸☪✝✡♀♂⚥⚧♩♪♫♬♭♮♯♻⚐⚑⚕⚖⚙"
_OF_SYMBOLS_2 = (
    "✓✔✗✘✕✖✚☐☑☒∘∙⋅■□▢▪▫▬▭▲△▴▵▶▷▸▹►▼▽▾▿◀◁◂◃◄◆◇◈◉○◎●◐◑◒◓◔◕◖◗◘◙◦◯◻◼⬤❍❏❐❑❒❖"
    "★☆✦✧✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✽✿❀❄➔➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➨➲➽➾⬅⬆⬇⬈⬉⬊⬋⬌⬍⇦⇧⇨⇩"
    "☀☁☂☼☎✆✉☛☜☞✂✈✌✍✎✏⚠⚀⚁⚂⚃⚄⚅♠♡♢♣♤♥♦♧❤❥❛❜❝❞"
)
_OF_MATH = "⇐⇑⇒⇓⇔⇕↦↩↪↰↱↲↳↴↵↶↷↺↻⇄⇅⇆⇋⇌∀∃∅∇∈∉∋∓\u2217∝∠∥∧\u2228∩\u222a∴∵\u223c≃≅≡≪≫⊂⊃⊆⊇⊕⊗⊥⌈⌉⌊⌋"
_OF_OPEN_SANS = "∂∆∏∑√∞∫≈≠≤≥◊"


def _signs(style: str) -> tuple[Part, ...]:
    """Numerals and signs that Noto Sans has not; its sister Open Sans has those of reckoning in bold, too."""
    return (
        Part(SYMBOLS, file_of(style), _ROMAN_NUMERALS + _CIRCLED + _OF_SYMBOLS),
        Part(SYMBOLS_2, file_of("Regular"), _OF_SYMBOLS_2),
        Part(MATH, file_of("Regular"), _OF_MATH),
        Part(OPEN_SANS, file_of(style), _OF_OPEN_SANS),
    )


FACES = (
    *static(ATKINSON, "Atkinson Hyperlegible Next", FOUR_STYLES),
    fraunces("SemiBold", 600, optical_size=36, softness=50),
    fraunces("Light", 300, optical_size=48, softness=100),
    *static(LEXEND, "Lexend", REGULAR_AND_BOLD),
    *static(LITERATA, "Literata", FOUR_STYLES),
    *static(NUNITO, "Nunito", FOUR_STYLES),
    *static(YOUNG_SERIF, "Young Serif", {"Regular": (400, "normal")}),
    *regular_and_bold(NOTO, "Noto Sans", _without_devanagari, also=_signs),
    *static(VAZIRMATN, "Vazirmatn", REGULAR_AND_BOLD, ("arabic", *LATIN)),
    *static(HEBREW, "Noto Sans Hebrew", REGULAR_AND_BOLD, ("hebrew", "latin")),
    *static(DEVANAGARI, "Noto Sans Devanagari", REGULAR_AND_BOLD, ("devanagari", "latin")),
)

SMALL_SCRIPTS = {
    "Armenian": "0.4.2",
    "Bengali": "0.4.4",
    "Canadian Aboriginal": "0.4.1",
    "Cherokee": "0.4.2",
    "Ethiopic": "0.4.2",
    "Georgian": "0.4.3",
    "Gujarati": "0.4.2",
    "Gurmukhi": "0.4.1",
    "Kannada": "0.4.3",
    "Khmer": "0.4.3",
    "Lao": "0.4.2",
    "Malayalam": "0.4.2",
    "Myanmar": "0.4.2",
    "Oriya": "0.4.2",
    "Sinhala": "0.4.2",
    "Syriac": "0.4.2",
    "Tamil": "0.4.3",
    "Telugu": "0.4.2",
    "Thaana": "0.4.2",
    "Thai": "0.4.2",
}
SCRIPT_FACES = tuple(
    face
    for script, version in SMALL_SCRIPTS.items()
    for face in regular_and_bold(whole(script, version), f"Noto Sans {script}", _own_letters)
)

# Of the tens of thousands of Chinese characters, those of national standards: for simplified text the 6,763 of
# GB 2312, for traditional text the 13,053 of Big5, for Japanese the 6,355 of JIS X 0208 with those of names that
# Windows adds; for Korean, the 11,172 syllables there are, and no Chinese characters.
CHINESE_FACES = (
    # Whole, as the subsets that are published for web pages lack some of the set's characters.
    *regular_and_bold(whole("SC", "0.4.3"), "Noto Sans SC", in_set("gb2312"), layout=False),
    *regular_and_bold(whole("TC", "0.4.3"), "Noto Sans TC", in_set("big5"), layout=False),
)
JAPANESE_FACES = tuple(regular_and_bold(whole("JP", "0.4.3"), "Noto Sans JP", in_set("cp932"), layout=False))
KOREAN_FACES = tuple(
    regular_and_bold(whole("KR", "0.4.3"), "Noto Sans KR", in_set("cp949", ideographs=False), layout=False)
)

HANAZONO = Package(
    "fonts-hanazono",
    "20170904-2.1",
    "LICENSE-Hanazono.txt",
    license="usr/share/doc/fonts-hanazono/copyright",
    source="debian",
)


def _rare(code: int) -> bool:
    """Chinese characters of Unicode up to Extension B that are in none of the sets of the other fonts; and a hyphen."""
    if code == ord("-"):
        return True
    ranges = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF))
    if not any(first <= code <= last for first, last in ranges):
        return False
    return not in_set("gb2312", "big5", "cp932")(code)


# Of one weight. It has another name than the fonts it is made of, for theirs are reserved.
RARE_FACES = (
    Face(
        HANAZONO,
        ("usr/share/fonts/truetype/hanazono/HanaMin?.ttf",),
        "Rare Mincho",
        "Regular",
        400,
        keeps=_rare,
        layout=False,
        tolerance=4,
    ),
)


def _extra(name: str) -> Path:
    return ROOT / "extras" / name / f"handoutkit_{name}" / "templates" / "fonts"


FOLDERS = {
    ROOT / "templates" / "fonts": FACES,
    _extra("scripts"): SCRIPT_FACES,
    _extra("chinese"): CHINESE_FACES,
    _extra("japanese"): JAPANESE_FACES,
    _extra("korean"): KOREAN_FACES,
    _extra("han"): RARE_FACES,
}
"""Where each face goes."""


def packages_of(faces: tuple[Face, ...]) -> tuple[Package, ...]:
    """Each package once."""
    return tuple(dict.fromkeys(p for face in faces for p in (face.package, *(part.package for part in face.also))))


PACKAGES = packages_of(tuple(face for faces in FOLDERS.values() for face in faces))

if __name__ == "__main__":
    (wanted,) = sys.argv[1:]
    between = {"npm": "@", "debian": "="}[wanted]
    print(*(f"{package.name}{between}{package.version}" for package in PACKAGES if package.source == wanted))
