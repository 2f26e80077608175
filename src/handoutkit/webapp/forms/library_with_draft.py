"""A library in which one file is as a form holds it now, so that its pages show before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import shown
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded, read_as
from handoutkit.models.base import Model
from handoutkit.models.json_schema import SchemaName
from handoutkit.yaml_writing.yaml_edit import rewritten

from .chosen_pictures import ChosenPictures
from .drafts import FormDraft, data_of
from .new_block_ids import with_ids
from .save_form import joined

M = TypeVar("M", bound=Model)


class LibraryWithDraft(Library):
    """The content of a workspace, with one draft in the place of its file."""

    def __init__(self, library: Library, what: SchemaName, name: str, path: Path, draft: FormDraft) -> None:
        """The library with a draft; ``path`` is that of its file, from which pictures are looked for."""
        super().__init__(library.workspace)
        self._what, self._name, self._path, self._draft = what, name, path, draft

    def load_one(
        self, what: str, wanted: str, files: Mapping[str, Path], load: Callable[[Path], Loaded[M]]
    ) -> Loaded[M]:
        """One file by id or path, or its draft. Raises UsageError, ContentError."""
        if (what, wanted) != (self._what, self._name):
            return super().load_one(what, wanted, files, load)
        text = _text_of(self._draft, self._what)
        pictures = ChosenPictures(self.workspace.folder, self._what, self._name)
        return read_as(what, SourceFile(shown(self._path), pictures.beside(self._path, text), text))


def _text_of(draft: FormDraft, what: SchemaName) -> str:
    """The text of a file that holds what the form does, with ids for new blocks as saving gives them."""
    if draft.sent is None or what != "handout":
        return draft.now
    before = data_of(draft.text)
    return rewritten(draft.text, before, with_ids(joined(before, draft.sent)))
