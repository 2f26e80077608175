"""What was chosen last for a practice: kept in the workspace, so that the next view begins with it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import QueryParams

from handoutkit.build.build_options import BuildOptions

from .forms.kept_versions import write_privately
from .option_menus import options_of_query, query_of

REMEMBERED = ("framing", "lang", "format", "layout", "theme", "paper", "fields")
"""Whose copy it is and drafts are not: what is for the clinician's eyes must be asked for each time."""
_CHOOSING = frozenset({*REMEMBERED, "practice", "audience", "draft", "without", "sides"})


class RememberedChoices:
    """The choices of one workspace, by the ids of its practices."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._file = home / ".remembered" / "choices.json"

    def of(self, practice: str, without: tuple[str, ...] = ()) -> str:
        """The query that was chosen last for a practice, without some of its names; empty if there is none."""
        kept = self._read().get(practice)
        pairs = parse_qsl(kept, keep_blank_values=True) if isinstance(kept, str) else []
        return urlencode([(name, value) for name, value in pairs if name in REMEMBERED and name not in without])

    def packet(self, practice: str) -> str:
        """The packet that was chosen last for many clients; empty if none was."""
        kept = self._read().get(practice)
        return QueryParams(kept).get("packet", "") if isinstance(kept, str) else ""

    def keep(self, practice: str, chosen: str, defaults: BuildOptions) -> None:
        """Remember a query for a practice. Raises MachineError: it cannot be written."""
        pairs = [(name, value) for name, value in parse_qsl(chosen, keep_blank_values=True) if name in REMEMBERED]
        known = query_of(options_of_query(QueryParams(pairs), defaults), defaults)
        packet = QueryParams(chosen).get("packet") or self.packet(practice)
        known = "&".join(filter(None, (known, packet and urlencode({"packet": packet}))))
        kept = {**self._read(), practice: known}
        write_privately(self._file, json.dumps(kept, indent=1, sort_keys=True).encode(), self._home)

    def for_page(self, query: QueryParams, practice: str, languages: tuple[str, ...]) -> QueryParams:
        """The query of a page: its own if it chooses anything, else what was chosen last, as far as there is such.

        Args:
            languages: that there are; another one is left out.
        """
        if _CHOOSING & set(query):
            return query
        last = QueryParams(self.of(practice))
        return QueryParams(self.of(practice, () if last.get("lang", "") in ("", *languages) else ("lang",)))

    def _read(self) -> dict[str, object]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
