"""Make the fonts in templates/fonts/ and of the extra for Chinese, from the npm packages they are published in.

Run once, by `make fonts`.

WeasyPrint tells faces apart by family, weight and style, not by file. The packages split every face into subsets
(latin, latin-ext, ...) for the web; loaded as they are, the glyphs of one subset are printed for the characters of
another. So each face becomes one complete, static TrueType file here: subsets merged, variable axes pinned.

The same packages and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"

CHINESE_FONTS = FONTS.parent.parent / "extras" / "chinese" / "handoutkit_chinese" / "templates" / "fonts"

# Of the `name` table: copyright, version, licence, licence URL. The other names are written anew.
KEPT_NAMES = {0, 5, 13, 14}
# What only variable fonts and vertical writing need.
DROPPED_TABLES = ("DSIG", "HVAR", "MVAR", "STAT", "avar", "fvar", "gvar", "vhea", "vmtx")

# The packages' subsets lack these, and without them hyphenated lines end in an empty box.
HYPHENS = {0x2010: "hyphentwo", 0x2011: "nonbreakinghyphen"}

ITALIC, BOLD, REGULAR = 1 << 0, 1 << 5, 1 << 6  # bits of OS/2.fsSelection


@dataclass(frozen=True)
class Package:
    """An npm package, and the name its licence gets in templates/fonts/."""

    name: str
    version: str
    license_file: str


@dataclass(frozen=True)
class Face:
    """One file to make: which files of a package it is merged from and what it is called."""

    package: Package
    files: tuple[str, ...]
    family: str
    style: str
    weight: int
    axes: Mapping[str, float] = field(default_factory=dict)

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
NOTO = Package("@fontsource/noto-sans", "5.3.0", "OFL-Noto-Sans.txt")
VAZIRMATN = Package("@fontsource/vazirmatn", "5.3.0", "OFL-Vazirmatn.txt")
HEBREW = Package("@fontsource/noto-sans-hebrew", "5.3.0", "OFL-Noto-Sans-Hebrew.txt")
DEVANAGARI = Package("@fontsource/noto-sans-devanagari", "5.3.0", "OFL-Noto-Sans-Devanagari.txt")
CHINESE = Package("@fontsource-variable/noto-sans-sc", "5.3.1", "OFL-Noto-Sans-SC.txt")

REGULAR_AND_BOLD = {"Regular": (400, "normal"), "Bold": (700, "normal")}
LATIN = ("latin", "latin-ext")
FOUR_STYLES = REGULAR_AND_BOLD | {"Italic": (400, "italic"), "Bold Italic": (700, "italic")}


def static(
    package: Package, family: str, styles: Mapping[str, tuple[int, str]], subsets: tuple[str, ...] = LATIN
) -> Iterator[Face]:
    """Faces that are published as they are, in subsets."""
    stem = package.name.rpartition("/")[2]
    for style, (weight, slope) in styles.items():
        files = tuple(f"{stem}-{subset}-{weight}-{slope}.woff2" for subset in subsets)
        yield Face(package, files, family, style, weight)


def fraunces(style: str, weight: int, optical_size: float, softness: float) -> Face:
    files = tuple(f"fraunces-{subset}-full-normal.woff2" for subset in ("latin", "latin-ext", "vietnamese"))
    axes = {"opsz": optical_size, "wght": weight, "SOFT": softness, "WONK": 0}
    return Face(FRAUNCES, files, "Fraunces", style, weight, axes)


FACES = (
    *static(ATKINSON, "Atkinson Hyperlegible Next", FOUR_STYLES),
    fraunces("SemiBold", 600, optical_size=36, softness=50),
    fraunces("Light", 300, optical_size=48, softness=100),
    *static(LEXEND, "Lexend", REGULAR_AND_BOLD),
    *static(LITERATA, "Literata", FOUR_STYLES),
    *static(NUNITO, "Nunito", FOUR_STYLES),
    *static(YOUNG_SERIF, "Young Serif", {"Regular": (400, "normal")}),
    *static(
        NOTO, "Noto Sans", REGULAR_AND_BOLD, (*LATIN, "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
    ),
    *static(VAZIRMATN, "Vazirmatn", REGULAR_AND_BOLD, ("arabic", *LATIN)),
    *static(HEBREW, "Noto Sans Hebrew", REGULAR_AND_BOLD, ("hebrew", "latin")),
    *static(DEVANAGARI, "Noto Sans Devanagari", REGULAR_AND_BOLD, ("devanagari", "latin")),
)

# Of thirty thousand Chinese characters the 6,763 of the national standard GB 2312 (1980), which are those of everyday
# simplified text; they are an extra of their own all the same.
CHINESE_FACES = tuple(
    Face(CHINESE, ("noto-sans-sc-*-wght-normal.woff2",), "Noto Sans SC", style, weight, axes={"wght": weight})
    for style, (weight, _) in REGULAR_AND_BOLD.items()
)
CHINESE_CHARACTERS = "gb2312"
NOT_FOR_CHINESE = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VVAR", "STAT"]  # upright, written in rows

PACKAGES = tuple(dict.fromkeys(face.package for face in FACES + CHINESE_FACES))


def find_packages(folder: Path) -> dict[Package, Path]:
    """Where each package lies below `folder`, as npm installed it or as it was unpacked by hand.

    Raises:
        SystemExit: if one is missing or of another version.
    """
    found = dict(_packages_below(folder))
    missing = [f"{package.name}@{package.version}" for package in PACKAGES if package not in found]
    if missing:
        sys.exit(f"Not found below {folder}: {', '.join(missing)}.")
    return found


def _packages_below(folder: Path) -> Iterator[tuple[Package, Path]]:
    wanted = {(package.name, package.version): package for package in PACKAGES}
    for manifest in sorted(folder.rglob("package.json")):
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        package = wanted.get((facts.get("name", ""), facts.get("version", "")))
        if package is not None:
            yield package, manifest.parent


def make_face(face: Face, package_folder: Path) -> TTFont:
    """The complete static font of one face."""
    with TemporaryDirectory() as scratch:
        files = [path for name in face.files for path in sorted((package_folder / "files").glob(name))]
        parts = [_static_part(face, path, Path(scratch, f"{number}.ttf")) for number, path in enumerate(files)]
        font = Merger().merge([str(part) for part in parts])
    for table in DROPPED_TABLES:
        if table in font:
            del font[table]
    _add_hyphens(font)
    _rename(font, face)
    published = TTFont(files[0])["head"]
    font["head"].created, font["head"].modified = published.created, published.modified
    font.recalcTimestamp = False
    return font


def _static_part(face: Face, source: Path, target: Path) -> Path:
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    if face.package == CHINESE:
        _keep_common_characters(font)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
    font.save(target)
    return target


def _keep_common_characters(font: TTFont) -> None:
    options = Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += NOT_FOR_CHINESE
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if _is_common(chr(code))])
    subsetter.subset(font)


def _is_common(character: str) -> bool:
    try:
        character.encode(CHINESE_CHARACTERS)
    except UnicodeEncodeError:
        return False
    return True


def _add_hyphens(font: TTFont) -> None:
    """Give the missing hyphens glyphs of their own: a shared one would blur which hyphen a reader copies."""
    hyphen = font.getBestCmap()[ord("-")]
    missing = {character: glyph for character, glyph in HYPHENS.items() if character not in font.getBestCmap()}
    font.setGlyphOrder([*font.getGlyphOrder(), *missing.values()])
    for character, glyph in missing.items():
        font["glyf"][glyph] = deepcopy(font["glyf"][hyphen])
        font["hmtx"][glyph] = font["hmtx"][hyphen]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[character] = glyph


def _rename(font: TTFont, face: Face) -> None:
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in KEPT_NAMES]
    basic = face.style == face.basic_style
    texts = {
        1: face.family if basic else f"{face.family} {face.style}",
        2: face.basic_style,
        3: face.postscript_name,
        4: f"{face.family} {face.style}",
        6: face.postscript_name,
    }
    if not basic:
        texts |= {16: face.family, 17: face.style}
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)  # Windows, Unicode, English

    plain = not (face.bold or face.italic)
    os2 = font["OS/2"]
    os2.usWeightClass = face.weight
    os2.fsSelection &= ~(ITALIC | BOLD | REGULAR)
    os2.fsSelection |= ITALIC * face.italic | BOLD * face.bold | REGULAR * plain
    font["head"].macStyle = face.bold | face.italic << 1


def main() -> None:
    """Make every face and put the licences beside them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", type=Path, help="folder that holds the unpacked npm packages")
    parser.add_argument("--output", type=Path, default=FONTS, help="where the fonts go (default: templates/fonts)")
    parser.add_argument("--chinese", type=Path, default=CHINESE_FONTS, help="where those of the extra go")
    arguments = parser.parse_args()

    folders = find_packages(arguments.packages)
    arguments.output.mkdir(parents=True, exist_ok=True)
    arguments.chinese.mkdir(parents=True, exist_ok=True)
    for faces, output in ((FACES, arguments.output), (CHINESE_FACES, arguments.chinese)):
        for face in faces:
            target = output / f"{face.postscript_name}.ttf"
            make_face(face, folders[face.package]).save(target)
            print(f"{target.name}: {target.stat().st_size:,} bytes")
        for package in {face.package for face in faces}:
            shutil.copyfile(folders[package] / "LICENSE", output / package.license_file)


if __name__ == "__main__":
    main()
