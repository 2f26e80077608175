"""Which modules a small handout goes through from its file to its PDF: run with a workspace, prints them in order."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from click.testing import CliRunner

from handoutkit.cli.main import cli
from tests.support.typeset_here import set_in_this_process

ENTERED: dict[str, None] = {}


def note(frame: FrameType, event: str, _arg: object) -> None:
    """Write down the module whose function is called."""
    name = str(frame.f_globals.get("__name__", ""))
    if event == "call" and frame.f_code.co_name != "<module>" and name.startswith("handoutkit."):
        ENTERED.setdefault(name.removeprefix("handoutkit."))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    sys.setprofile(note)
    ran = CliRunner().invoke(cli, ["-C", str(folder), "build", "small-page", "-o", str(folder / "out")])
    set_in_this_process(folder)  # what the worker does, where it can be seen
    sys.setprofile(None)
    assert ran.exit_code == 0, ran.output
    sys.stdout.write("\n".join(ENTERED))
