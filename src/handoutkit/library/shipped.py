"""Where the files that ship with handoutkit are: in an installed wheel, or at the top of a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handoutkit.errors import MachineError, Problem

PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = ("handouts", "templates", "practices", "schemas")


@lru_cache(maxsize=1)
def shipped_root() -> Path:
    """The folder that holds ``handouts/``, ``templates/``, ``practices/`` and ``schemas/`` as shipped."""
    for root in (PACKAGE / "shipped", PACKAGE.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    hint = "install it again: pipx reinstall handoutkit"
    raise MachineError(Problem("incomplete-installation", "handoutkit's own handouts and templates are missing", hint))
