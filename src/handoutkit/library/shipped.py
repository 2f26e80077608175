"""Where the files that ship with handoutkit are: in an installed wheel, or at the top of a checkout."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from handoutkit.errors import MachineError, Problem

PACKAGE = Path(__file__).resolve().parent.parent
EXTRAS = ("handoutkit_chinese", "handoutkit_japanese", "handoutkit_korean", "handoutkit_scripts")
FOLDERS = ("handouts", "templates", "practices", "schemas")


@lru_cache(maxsize=1)
def shipped_root() -> Path:
    """The folder that holds ``handouts/``, ``templates/``, ``practices/`` and ``schemas/`` as shipped."""
    for root in (PACKAGE / "shipped", PACKAGE.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    hint = "install it again: pipx reinstall handoutkit"
    raise MachineError(Problem("incomplete-installation", "handoutkit's own handouts and templates are missing", hint))


@lru_cache(maxsize=1)
def extra_roots() -> tuple[Path, ...]:
    """The folders of extra packages that are installed; each holds ``templates/``."""
    found = (find_spec(name) for name in EXTRAS)
    return tuple(Path(spec.origin).parent for spec in found if spec and spec.origin)
