"""What a start on the desktop runs: the app over one workspace, and a page that says why if it cannot be started.

Behind an icon there is no terminal, and what is said there would be read by nobody.
"""

from __future__ import annotations

import io
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from contextlib import redirect_stderr
from html import escape
from pathlib import Path

from handoutkit.errors import UsageError

from .main import INTERRUPTED
from .main import main as run_command

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>handoutkit could not start</title>
<style>body {{ font: 1.05rem/1.55 system-ui, sans-serif; max-width: 38rem; margin: 0 auto; padding: 12vh 1.5rem }}
pre {{ white-space: pre-wrap; font: inherit }}</style>
<h1>handoutkit could not start</h1><p>Nothing of yours is lost. This is what it said:</p><pre>{said}</pre>
<p>If your folder was moved or has another name now, put it back, or start the app over it once more as it was started
first: its page “Start and stop” puts a new start on the desktop.</p></html>"""


def main(arguments: Sequence[str]) -> None:
    """Run the app over the workspace that is the only argument, and end with its exit code."""
    (folder,) = arguments
    if not Path(folder).is_dir():
        _show(f"The folder {folder} is not there.", tempfile.gettempdir())
        sys.exit(UsageError.exit_code)
    sys.argv[1:] = ["-q", "-C", folder, "preview"]
    said, place = io.StringIO(), tempfile.gettempdir()  # the command's own folder for such files is gone at its end
    try:
        with redirect_stderr(said):
            run_command()
    except SystemExit as end:
        if end.code not in (0, None, INTERRUPTED):  # who stops it has seen it run
            _show(said.getvalue(), place)
        raise


def _show(said: str, place: str) -> None:
    """Open a page with what was said, in a file that only its owner reads."""
    with tempfile.NamedTemporaryFile(
        "w", dir=place, prefix="handoutkit-could-not-start-", suffix=".html", encoding="utf-8", delete=False
    ) as page:
        page.write(_PAGE.format(said=escape(said.strip())))
    webbrowser.open(Path(page.name).as_uri())


if __name__ == "__main__":
    main(sys.argv[1:])
