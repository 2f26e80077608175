"""Which modules a small handout goes through from its file to its PDF: run with a workspace, prints them."""

from __future__ import annotations

import sys
from cProfile import Profile
from pathlib import Path
from types import CodeType

from click.testing import CliRunner

import handoutkit
from handoutkit.cli.main import cli
from tests.support.typeset_here import set_in_this_process

PACKAGE = Path(handoutkit.__file__).parent


def entered(profile: Profile) -> set[str]:
    """The modules of which a function was called; to be imported is not enough."""
    codes = [entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType)]
    files = {Path(code.co_filename) for code in codes if code.co_name != "<module>"}
    ours = [file.relative_to(PACKAGE) for file in files if file.is_relative_to(PACKAGE)]
    return {file.with_suffix("").as_posix().replace("/", ".") for file in ours}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    profile = Profile()
    profile.enable()
    ran = CliRunner().invoke(cli, ["-C", str(folder), "build", "small-page", "-o", str(folder / "out")])
    set_in_this_process(folder)  # what the worker does, where it can be seen
    profile.disable()
    assert ran.exit_code == 0, ran.output
    sys.stdout.write("\n".join(sorted(entered(profile))))
