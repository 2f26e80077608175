"""A theme that somebody sent, as one file: looked through in the worker, for nobody vouches for what is in it."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.files.zip_archive import DAMAGED, opened_archive
from handoutkit.library.shipped_files import SETTINGS
from handoutkit.loading.load_file import check_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.filled_in.identifiers import ID_PATTERN, RESERVED_IDS

MAX_PACKED, MAX_UNPACKED, MAX_FILE, MAX_FILES = 30_000_000, 40_000_000, 5_000_000, 400
"""Bytes of the whole, packed and unpacked; bytes of one file, as of any file of a theme; and how many there may be."""
MAX_NAME, MAX_DEPTH = 160, 8
ENDINGS = frozenset(
    {".yaml", ".json", ".html", ".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".po", ".txt", ".md"}
    | {".ttf", ".otf", ".woff", ".woff2"}
)
"""Of the files that a theme is made of; with the licence of its fonts, and a note for who gets it."""
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
"""What file managers put beside the files that were meant."""
_PART = re.compile(r"[\w][\w .,+@()&'-]*")


def unpacked_theme(
    data: bytes, name: str, known: Collection[str], taken: Collection[str]
) -> tuple[tuple[str, bytes], ...]:
    """The files of one or more themes, by their paths below ``templates/``; the worker is asked for this.

    Args:
        data: the packed file.
        name: how problems call it.
        known: the themes that are there already.
        taken: the folders among them, and those of fonts and words that are no themes.

    Raises:
        ContentError: with all that is wrong with it.
    """
    try:
        with opened_archive(data) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _JUNK.search(entry.filename)]
            problems = [problem for entry in entries for problem in _entry_problems(entry, name)]
            problems += _problems_of_all(entries, name)
            files = {} if problems else dict(_contents(archive, entries, name, problems))
    except DAMAGED:
        hint = "ask for it again, as `handoutkit theme pack` writes it"
        raise ContentError(
            Problem("not-a-theme", "this is no packed theme that can be read", hint, file=name)
        ) from None
    problems += [] if problems else _theme_problems(files, name, known, taken)
    if problems:
        raise ContentError(problems)
    return tuple(sorted(files.items()))


def _entry_problems(entry: zipfile.ZipInfo, name: str) -> Iterator[Problem]:
    """What is wrong with the name and the kind of one file."""
    path = entry.filename
    at = f"{name}: {_printable(path)}"
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        yield Problem("not-a-file", "this is a link, and not a file", "put the file itself there", file=at)
    if entry.flag_bits & 1:
        yield Problem("encrypted", "this file is locked with a password", "pack it without one", file=at)
    parts = path.split("/")
    if not _leads_nowhere_else(path):
        hint = "names have letters, digits, spaces, `-`, `_` and `.`, and lead to a file inside the theme"
        yield Problem("bad-path", "this is no name that a file can have in a theme", hint, file=at)
    elif len(parts) < 2 or not re.fullmatch(ID_PATTERN, parts[0]):
        hint = "pack the folder of the theme itself, such as `our-look/theme.yaml`"
        yield Problem("no-folder", "this file is in no folder that can be a theme", hint, file=at)
    elif not is_place(path):
        hint = f"a theme is made of {', '.join(sorted(ENDINGS))}"
        yield Problem("not-in-a-theme", "a file of this kind is no part of a theme", hint, file=at)
    if entry.file_size > MAX_FILE:
        hint = f"make it smaller than {MAX_FILE:,} bytes"
        yield Problem("too-large", "this file is too large for a page", hint, file=at)


def is_place(path: str) -> bool:
    """Whether a file of a theme can have this path below ``templates/``: in its theme's folder, and of a known kind."""
    folder, _, inside = path.partition("/")
    is_theme = re.fullmatch(ID_PATTERN, folder) is not None and inside != ""
    return is_theme and _leads_nowhere_else(path) and PurePosixPath(path).suffix.lower() in ENDINGS


def _leads_nowhere_else(path: str) -> bool:
    parts = path.split("/")
    return all(map(_is_plain, parts)) and len(path) <= MAX_NAME and len(parts) <= MAX_DEPTH


def _is_plain(part: str) -> bool:
    """Whether a part of a path is a name that every system takes, and that leads nowhere else."""
    return (
        _PART.fullmatch(part) is not None
        and not part.endswith((" ", "."))
        and unicodedata.is_normalized("NFC", part)
        and part.split(".", 1)[0].lower() not in RESERVED_IDS
    )


def _problems_of_all(entries: list[zipfile.ZipInfo], name: str) -> Iterator[Problem]:
    if len(entries) > MAX_FILES:
        message = f"there are {len(entries):,} files in it, and at most {MAX_FILES} are taken"
        yield Problem("too-many-files", message, "leave out what no page uses", file=name)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        message = f"unpacked, this is larger than {MAX_UNPACKED // 1_000_000} MB"
        yield Problem("too-large", message, "leave out what no page uses, and make pictures smaller", file=name)
    folders = {str(above).casefold() for entry in entries for above in PurePosixPath(entry.filename).parents}
    for entry in entries:
        if entry.filename.casefold() in folders:
            message = "this is a file, and the folder of another file"
            yield Problem(
                "duplicate-file", message, "leave one of them in", file=f"{name}: {_printable(entry.filename)}"
            )
    for path, count in Counter(entry.filename.casefold() for entry in entries).items():
        if count > 1:
            message = f"`{_printable(path)}` is there {count} times, if capitals are as small letters"
            yield Problem("duplicate-file", message, "leave one of them in", file=name)


def _contents(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, problems: list[Problem]
) -> Iterator[tuple[str, bytes]]:
    """What is in the files, whatever the list of them says of their sizes."""
    left = MAX_UNPACKED
    for entry in entries:
        with archive.open(entry) as file:
            data = file.read(min(MAX_FILE, left) + 1)
        left -= len(data)
        if len(data) > MAX_FILE or left < 0:
            hint = f"make it smaller than {MAX_FILE:,} bytes"
            problems.append(Problem("too-large", "this file is too large", hint, file=f"{name}: {entry.filename}"))
            return
        yield entry.filename, data


def _theme_problems(
    files: dict[str, bytes], name: str, known: Collection[str], taken: Collection[str]
) -> list[Problem]:
    """What is wrong with the themes: their settings, what they come from, and that they are there already."""
    themes = sorted({path.split("/")[0] for path in files})
    problems = []
    if not themes:
        problems.append(Problem("not-a-theme", "there is no theme in it", "pack the folder of a theme", file=name))
    for theme in themes:
        at = f"{name}: {theme}/{SETTINGS}"
        if theme in taken:
            hint = "give the folder in it another name, or move your own away; nothing is overwritten"
            what = "theme" if theme in known else "folder"
            problems.append(Problem("already-there", f"there is a {what} `{theme}` here", hint, file=name))
        data = files.get(f"{theme}/{SETTINGS}")
        if data is None:
            hint = "write it, with `title:`, `description:` and `extends: base`"
            problems.append(Problem("no-theme-file", f"the theme `{theme}` has no {SETTINGS}", hint, file=at))
            continue
        try:
            source, found = read_yaml(SourceFile(at, Path(at), data.decode()))
        except UnicodeDecodeError:
            problems.append(Problem("not-utf8", "this is not text in UTF-8", "save it as UTF-8", file=at))
            continue
        problems += [*found, *check_text(source, "theme")] or _parent_problems(source, {*known, *themes})
    return problems


def _parent_problems(source: SourceFile, known: Collection[str]) -> list[Problem]:
    if not isinstance(source.data, dict):
        message = "these are no settings of a theme"
        return [
            Problem("no-theme-file", message, "write `title:`, `description:` and `extends: base`", file=source.name)
        ]
    parent = source.data.get("extends")
    if parent in known:
        return []
    hint = "ask for that theme as well, or write `extends: base`"
    return [source.problem("unknown-theme", f"there is no theme `{parent}` that it extends", hint, at=("extends",))]


def _printable(path: str) -> str:
    """A name from the file, as a message can show it."""
    return "".join(char if char.isprintable() else "?" for char in path)[:MAX_NAME]
