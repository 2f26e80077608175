"""How a part of handoutkit that needs more packages is installed: the packages are on an index, handoutkit is not."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import requires


def how_to_install(extra: str) -> str:
    """The line to type where handoutkit is installed, from a checkout or otherwise.

    Args:
        extra: as ``pyproject.toml`` calls it, such as ``preview``.
    """
    of_extra = re.compile(rf";\s*extra\s*==\s*['\"]{re.escape(extra)}['\"]")
    needed = [one.partition(";")[0].strip() for one in requires("handoutkit") or () if of_extra.search(one)]
    named = " ".join(map(shlex.quote, needed))
    return f"type: pipx inject handoutkit {named}   (or: pip install {named})"
