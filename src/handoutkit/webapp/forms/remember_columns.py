"""How the columns of a table were read, remembered in ``handoutkit.yaml`` for the next table with the same header."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoutkit.files.atomic_write import write_file
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import shown, unwritable
from handoutkit.library.workspace_folder import SETTINGS_FILE
from handoutkit.models.clients.day_names import DayOrder
from handoutkit.yaml_writing.yaml_edit import rewritten
from handoutkit.yaml_writing.yaml_emit import dumped, plain

from .save_form import check, opened

_MOST = 50


def remember_columns(home: Path, columns: Mapping[str, str], dates: DayOrder | None) -> Path | None:
    """Put what the columns of a table are for at the front of the settings' ``rosters``.

    Args:
        home: the workspace.
        columns: our columns by theirs.

    Returns:
        The file, if it did not say so already.

    Raises:
        ContentError: the file has problems.
        MachineError: it cannot be written.
    """
    path = home / SETTINGS_FILE
    text, before = "", {}
    if path.is_file():
        file = opened(path, "workspace")
        text = file.source.text
        before = dict(file.data) if file.source.data else {}
    source: dict[str, Any] = {"columns": dict(columns)} | ({"dates": dates} if dates else {})
    known = [plain(one) for one in before.get("rosters") or ()]
    others = [one for one in known if set(one.get("columns", ())) != set(columns)]
    if source in known:
        return None
    after = {**before, "rosters": (source, *others[: _MOST - 1])}
    if "rosters" in before or text.lstrip().startswith("{"):
        new = rewritten(text, before, after)
    else:  # behind all that is there, and the comment that may stand at its end
        new = f"{text.rstrip()}\n{dumped({'rosters': after['rosters']}, 0)}\n".lstrip()
    check(SourceFile(shown(path), path, new), "workspace", plain(after))
    try:
        write_file(path, new.encode())
    except OSError as error:
        raise unwritable(error, path) from None
    return path
