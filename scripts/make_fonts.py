"""Make the fonts in templates/fonts/ and of the extras, from the packages of npm and Debian they are published in.

Run once, by `make fonts`; `font_faces.py` says which there are.

WeasyPrint tells faces apart by family, weight and style, not by file. Some packages split every face into subsets
(latin, latin-ext, ...) for the web; loaded as they are, the glyphs of one subset are printed for the characters of
another. So each face becomes one complete, static TrueType file here: subsets merged, variable axes pinned, and of
faces that are published whole what no page needs is left out.

The same packages and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import shutil
import subprocess
import sys
from array import array
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib import instancer

from scripts.fewer_points import with_fewer_points
from scripts.font_faces import ATKINSON, FOLDERS, PACKAGES, Face, Package, packages_of

# Of the `name` table: copyright, version, licence, licence URL. The other names are written anew.
KEPT_NAMES = {0, 5, 13, 14}
# What only variable fonts and vertical writing need.
DROPPED_TABLES = ("DSIG", "HVAR", "MVAR", "STAT", "avar", "fvar", "gvar", "vhea", "vmtx")

# The packages' subsets lack these, and without them hyphenated lines end in an empty box.
HYPHENS = {0x2010: "hyphentwo", 0x2011: "nonbreakinghyphen"}

# What upright characters written in rows do without.
NOT_IN_ROWS = ["FFTM", "GSUB", "GPOS", "GDEF", "BASE", "meta", "vhea", "vmtx", "VVAR", "STAT"]
LINE_MEASURES = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": (
        "sTypoAscender",
        "sTypoDescender",
        "sTypoLineGap",
        "usWinAscent",
        "usWinDescent",
        "sxHeight",
        "sCapHeight",
    ),
}

ITALIC, BOLD, REGULAR = 1 << 0, 1 << 5, 1 << 6  # bits of OS/2.fsSelection


def find_packages(folder: Path) -> dict[Package, Path]:
    """Where each package lies below `folder`, as npm installed it or apt-get downloaded it, or as unpacked by hand.

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
    for package in PACKAGES:
        for archive in folder.glob(f"{package.name}_{package.version}_*.deb"):
            subprocess.run(["/usr/bin/dpkg-deb", "-x", archive, archive.with_suffix("")], check=True)
            yield package, archive.with_suffix("")


def make_face(face: Face, folders: dict[Package, Path]) -> TTFont:
    """The complete static font of one face."""
    with TemporaryDirectory() as scratch:
        folder = folders[face.package]
        files = [path for name in face.files for path in sorted(folder.glob(name))]
        parts = [_static_part(face, path, Path(scratch, f"{number}.ttf")) for number, path in enumerate(files)]
        for number, part in enumerate(face.also):
            (path,) = folders[part.package].glob(part.file)
            target = Path(scratch, f"also-{number}.ttf")
            parts.append(_letters_of(path, part.letters, target, units=TTFont(parts[0])["head"].unitsPerEm))
        font = Merger().merge([str(part) for part in parts])
        if face.also:
            _set_lines_as(TTFont(parts[0]), font)
    for table in DROPPED_TABLES:
        if table in font:
            del font[table]
    if face.tolerance:
        with_fewer_points(font, face.tolerance)
    _add_hyphens(font)
    if face.package == ATKINSON:
        _open_zero(font)
    _rename(font, face)
    published = TTFont(files[0])["head"]
    font["head"].created, font["head"].modified = published.created, published.modified
    font.recalcTimestamp = False
    return font


def _static_part(face: Face, source: Path, target: Path) -> Path:
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    if face.keeps:
        _keep(font, [code for code in font.getBestCmap() if face.keeps(code)], layout=face.layout)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
    font.save(target)
    return target


def _letters_of(source: Path, letters: str, target: Path, *, units: int) -> Path:
    """Those letters of a font, measured in so many units to its size; all of them, or it stops."""
    font = TTFont(source, recalcTimestamp=False)
    if missing := {ord(letter) for letter in letters} - font.getBestCmap().keys():
        sys.exit(f"Not in {source}: {', '.join(f'U+{code:04X}' for code in sorted(missing))}.")
    _keep(font, [ord(letter) for letter in letters], layout=False)
    if font["head"].unitsPerEm != units:
        scale_upem(font, units)
    font.save(target)
    return target


def _keep(font: TTFont, codes: list[int], *, layout: bool) -> None:
    features = ["*"] if layout else []
    options = Options(layout_features=features, hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["meta"] if layout else NOT_IN_ROWS
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def _set_lines_as(first: TTFont, font: TTFont) -> None:
    """Merging takes the largest measures of a line; those of the face itself are kept."""
    for table, names in LINE_MEASURES.items():
        for name in names:
            setattr(font[table], name, getattr(first[table], name))


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


def _open_zero(font: TTFont) -> None:
    """Take the slash out of the zero: in a phone number and on a scale it reads as another sign.

    The slash divides the inside of the zero in two. In its place comes the outside, drawn as small as both reach,
    in the other direction; an italic is upright meanwhile.
    """
    zero, upright = font["glyf"]["zero"], math.tan(math.radians(font["post"].italicAngle))
    points = [(x + y * upright, y, on) for (x, y), on in zip(zero.coordinates, zero.flags, strict=True)]
    starts = [0, *(end + 1 for end in zero.endPtsOfContours)]
    outside, *halves = (points[start:end] for start, end in itertools.pairwise(starts))
    if len(halves) != 2:
        sys.exit(f"The zero of {font['name'].getDebugName(4)} is drawn in another way than it was.")
    inside = list(_fitted(outside, [point for half in halves for point in half]))
    inside = [inside[0], *reversed(inside[1:])]
    zero.coordinates = GlyphCoordinates([(round(x - y * upright), y) for x, y, _ in (*outside, *inside)])
    zero.flags = array("B", [on for *_, on in (*outside, *inside)])
    zero.endPtsOfContours = [len(outside) - 1, len(outside) + len(inside) - 1]
    zero.numberOfContours = 2
    zero.program = Program()
    zero.recalcBounds(font["glyf"])


_Point = tuple[float, float, int]


def _fitted(contour: list[_Point], others: list[_Point]) -> Iterator[_Point]:
    """The points of a contour, moved and scaled so that it reaches as far to each side as the others do."""
    (left, right), (low, high) = _reach(contour, 0), _reach(contour, 1)
    (new_left, new_right), (new_low, new_high) = _reach(others, 0), _reach(others, 1)
    for x, y, on in contour:
        yield (
            new_left + (x - left) * (new_right - new_left) / (right - left),
            round(new_low + (y - low) * (new_high - new_low) / (high - low)),
            on,
        )


def _reach(points: list[_Point], axis: int) -> tuple[float, float]:
    return min(point[axis] for point in points), max(point[axis] for point in points)


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
    parser.add_argument("packages", type=Path, help="folder that holds the packages")
    arguments = parser.parse_args()

    folders = find_packages(arguments.packages)
    for output, faces in FOLDERS.items():
        output.mkdir(parents=True, exist_ok=True)
        for face in faces:
            target = output / f"{face.postscript_name}.ttf"
            make_face(face, folders).save(target)
            print(f"{target.name}: {target.stat().st_size:,} bytes")
        for package in packages_of(faces):
            shutil.copyfile(folders[package] / package.license, output / package.license_file)


if __name__ == "__main__":
    main()
