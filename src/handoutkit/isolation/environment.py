"""The variables that a process of ours is started with; what else the command has been given is no business of it.

A shell's environment holds passwords and keys of other programs, and those of packets (``--password-env``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_KEPT = (
    # where Python, Pango and its fonts are found, and what Windows starts no program without
    *("PATH", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
    *("WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "PATHEXT", "COMSPEC"),
    # how names of files become text
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONCOERCECLOCALE"),
    # where the user's cache and temporary files are
    *("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP"),
    # what is said to Python and its packages
    *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED", "PYDANTIC_DISABLE_PLUGINS"),
    *("SOURCE_DATE_EPOCH", "FONTCONFIG_FILE"),
)


def short_environment() -> dict[str, str]:
    """The variables of this process that another one of ours needs."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


@contextmanager
def only_short_environment() -> Iterator[None]:
    """Inside the block, a process that Python starts has these variables, unless it is told which to have."""
    hidden = {name: value for name, value in os.environ.items() if name not in _KEPT}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)
