"""Pictures that were chosen in a form: kept with its draft, and put in place when it is saved, never before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import is_inside, refuse_links_outside
from handoutkit.isolation import temporary_folders
from handoutkit.models.json_schema import SchemaName
from handoutkit.pictures.picture_check import SUFFIXES, PictureFault, check_picture
from handoutkit.scaffold.ids_from_titles import words_as_id
from handoutkit.scaffold.own_files import PICTURE

from .drafts import DRAFTS


class ChosenPictures:
    """The pictures that were chosen for one file."""

    def __init__(self, home: Path, what: SchemaName, name: str) -> None:
        self._home = home
        self._what, self._name = what, name
        self._folder = home / DRAFTS / f"{what}-{name}-pictures"

    def choose(self, given: str, data: bytes, target: Path) -> str:
        """Keep a picture, and give the path by which the file names it.

        Args:
            given: the name of the picture on the user's machine.
            target: the file that is to name it.

        Raises:
            PictureFault: it is no picture that can be used; OSError: it cannot be kept.
        """
        ending = Path(given).suffix.lower()
        if ending not in SUFFIXES:
            raise PictureFault("not-a-picture", "this file cannot be a picture", "use an SVG, PNG or JPEG file")
        _check(data, ending)
        stem = f"{self._name}-logo" if self._what == "practice" else f"pictures/{self._name}/{_plain(given)}"
        name, number = f"{stem}{ending}", 2
        while (there := target.parent / name).exists() and there.read_bytes() != data:
            name, number = f"{stem}-{number}{ending}", number + 1
        refuse_links_outside([self._folder / name], self._home)
        self._folder.parent.mkdir(mode=0o700, exist_ok=True)
        write_file(self._folder / name, data, private=True)
        return name

    @contextmanager
    def in_place(self, target: Path, text: str) -> Iterator[None]:
        """The pictures that a text names are beside its file; they are taken away again if it is not saved."""
        placed = []
        try:
            for name in self._names():
                there = target.parent / name
                if name in text and not there.exists() and is_inside(there, self._home):
                    write_file(there, (self._folder / name).read_bytes())
                    placed.append(there)
            yield
        except BaseException:
            for there in placed:
                there.unlink(missing_ok=True)
            raise
        self.forget()

    def beside(self, path: Path, text: str) -> Path:
        """The place that a text's pictures are looked for from: its file's, or where those are that were chosen.

        Others that it names come there too, so that all of them are found.
        """
        if not any(name in text for name in self._names()):
            return path
        for name in sorted(set(PICTURE.findall(text))):
            file, there = path.parent / name, self._folder / name
            if not there.exists() and file.is_file() and is_inside(file, path.parent):
                write_file(there, file.read_bytes(), private=True)
        return self._folder / path.name

    def _names(self) -> list[str]:
        files = (one for one in self._folder.rglob("*") if one.is_file())
        return sorted(one.relative_to(self._folder).as_posix() for one in files)

    def forget(self) -> None:
        """Remove the pictures that were chosen and are not in place."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _plain(given: str) -> str:
    return words_as_id(Path(given).stem) or "picture"


def _check(data: bytes, ending: str) -> None:
    """Check a picture in a folder of its own. Raises PictureFault, OSError."""
    folder = temporary_folders.new_folder("picture-")
    try:
        (folder / f"picture{ending}").write_bytes(data)
        check_picture(folder, f"picture{ending}")
    finally:
        temporary_folders.remove(folder)
