"""Drafts: what a form holds and nobody has saved yet, kept in the workspace for its owner only, until it is saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import is_inside, read_text, shown
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.json_schema import SchemaName
from handoutkit.yaml_writing.yaml_edit import rewritten

from .kept_versions import write_privately
from .save_form import ChangedElsewhereError, digest_of, joined

DRAFTS = ".drafts"
NEW = "_new"
"""In the place of a name: the draft of a file that is not there yet."""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What one form holds.

    Attributes:
        base: the digest of the file that it began with; empty if there was none.
        opened: the digest that the open form goes by.
        text: of the file as the open form was made from it.
        sent: what the form holds, as the browser sends it; None if that is ``text``.
        place: where it is saved, from the workspace on.
        at: when it was kept, in ISO 8601.
    """

    base: str
    opened: str
    text: str
    sent: Any
    place: str
    at: str

    @property
    def now(self) -> str:
        """The text of a file that holds what the form does."""
        return self.text if self.sent is None else applied(self.text, self.sent)


class Drafts:
    """The drafts of one workspace."""

    def __init__(self, home: Path, text_of: Callable[[Path, str], str | None]) -> None:
        """Drafts of a workspace; ``text_of`` has the texts of forms that were opened, by their files and digests."""
        self._home = home
        self._text_of = text_of

    def path(self, what: SchemaName, name: str) -> Path:
        """Where a draft lies."""
        return self._home / DRAFTS / f"{what}-{name or NEW}.json"

    def read(self, what: SchemaName, name: str) -> FormDraft | None:
        """The draft of a file; None if there is none that can be read, or whoever wrote it was not the app.

        A workspace may have come from somebody else: a draft's file is one of the workspace, of the kind that forms are
        made of.
        """
        try:
            draft = FormDraft(**json.loads(self.path(what, name).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return draft if self._is_ours(draft) else None

    def _is_ours(self, draft: FormDraft) -> bool:
        texts: list[Any] = [draft.base, draft.opened, draft.text, draft.place, draft.at]
        if not all(isinstance(one, str) for one in texts) or not isinstance(draft.sent, dict | None):
            return False
        file = self._home / draft.place
        return not draft.place or (file.suffix in (".yaml", ".yml") and is_inside(file, self._home))

    def keep(
        self, what: SchemaName, name: str, path: Path, opened: str, sent: Mapping[str, Any], place: str, base: str = ""
    ) -> None:
        """Keep what a form holds; nothing, if that is what its file holds.

        Args:
            opened: the digest that the form goes by.
            base: the digest of the file as the form saved it last; empty if it has not yet.

        Raises:
            ChangedElsewhereError: it is not known what the form was made from.
            MachineError: it cannot be written.
        """
        base, text = self.origin(what, name, path, opened, base)
        draft = FormDraft(base, opened, text, sent, place, datetime.now().isoformat(timespec="seconds"))
        now = draft.now  # also where it is not needed: what cannot be written as a file is not kept
        saved = base != opened and digest_of(path) == base and now == read_text(path).text
        if saved or (base == opened and now == text):
            self.forget(what, name)
        else:
            self._write(what, name, draft)

    def reopened(self, what: SchemaName, name: str) -> FormDraft | None:
        """The draft of a file for a form that is opened now, and goes by another digest than one that was open."""
        draft = self.read(what, name)
        if draft is None or draft.sent is None:
            return draft
        text = draft.now
        again = FormDraft(draft.base, hashlib.sha256(text.encode()).hexdigest(), text, None, draft.place, draft.at)
        self._write(what, name, again)
        return again

    def origin(self, what: SchemaName, name: str, path: Path, opened: str, base: str = "") -> tuple[str, str]:
        """The digest of the file that an open form changes, and the text it was made from. Arguments as for ``keep``.

        Raises:
            ChangedElsewhereError: it is not known what the form was made from.
        """
        draft = self.read(what, name)
        if draft and draft.opened == opened:
            return draft.base, draft.text
        text = self._text_of(path, opened) if opened else ""
        if text is None and digest_of(path) == opened:
            text = path.read_text(encoding="utf-8-sig")
        if text is None:
            raise ChangedElsewhereError
        return base or opened, text

    def forget(self, what: SchemaName, name: str) -> None:
        """Remove a draft, if there is one. Raises OSError."""
        self.path(what, name).unlink(missing_ok=True)

    def _write(self, what: SchemaName, name: str, draft: FormDraft) -> None:
        path = self.path(what, name)
        write_privately(path, json.dumps(asdict(draft), ensure_ascii=False).encode(), self._home)


def applied(text: str, sent: Any) -> str:
    """The text of a file, made to hold what a form does; whether that is valid is not asked."""
    before = data_of(text)
    return rewritten(text, before, joined(before, sent))


def data_of(text: str) -> Mapping[str, Any]:
    """The data of a text; none, if it cannot be read as a mapping."""
    data = read_yaml(SourceFile(shown(Path()), Path(), text))[0].data if text.strip() else {}
    return data if isinstance(data, dict) else {}
