"""A workspace with one small packet, and rosters for it; every person is invented."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import ROOT, TODAY, Tree

HANDOUT = "asking-for-what-you-need"
PACKET = f"""\
id: small
title: A small packet
language: en
handouts:
  - handout: {HANDOUT}
contents: false
sides: compact
values: [display_name, clinician, next_session, note]
"""
HEADER = "client_ref,display_name,next_session,note"


def small_workspace(tree: Tree) -> Path:
    """A workspace whose only packet is ``small``."""
    return tree({"handoutkit.yaml": "practice: riverbend-counseling\n", "handouts/packets/small.yaml": PACKET})


def roster(path: Path, rows: Iterable[str], header: str = HEADER) -> Path:
    """A roster of comma-separated rows."""
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def many(count: int) -> list[str]:
    """Rows of so many clients."""
    return [f"QX-{number:04},Nkechi Example {number},2026-12-03," for number in range(count)]


def command(*args: str | Path, workspace: Path) -> list[str]:
    """``handoutkit batch`` as another process runs it."""
    start = [sys.executable, "-m", "handoutkit", "-C", str(workspace), "batch", "--packet", "small", "--allow-empty"]
    return [*start, "--date", TODAY.isoformat(), *map(str, args)]


def started(args: list[str]) -> subprocess.Popen[str]:
    """A command in a process group of its own, as a shell starts it."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    return subprocess.Popen(
        args, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0, cwd=ROOT
    )
