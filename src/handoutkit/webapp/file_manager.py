"""Shows a folder in the file manager of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


def shown_in_file_manager(folder: Path) -> bool:
    """Whether a folder could be given to the file manager; not where there is no desktop, or none to be asked."""
    if not folder.is_dir():
        return False
    where = str(folder.resolve())
    if sys.platform == "win32":
        os.startfile(where)  # noqa: S606 - a folder of ours
        return True
    on_a_mac = sys.platform == "darwin"
    program = shutil.which("open" if on_a_mac else "xdg-open")
    if program is None or not (on_a_mac or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    quiet = subprocess.DEVNULL
    command = [program, where]
    try:
        started = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - as above
    except OSError:
        return False
    threading.Thread(target=started.wait, daemon=True).start()  # some wait until the folder is closed again
    return True
