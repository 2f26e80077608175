"""``handoutkit doctor``."""

from __future__ import annotations

import click

from handoutkit.errors import MachineError, Problem

from .options import json_option
from .session import Session, pass_session

_MARKS = {"ok": "ok      ", "slow": "slower  ", "weaker": "weaker  "}


@click.command()
@json_option
@pass_session
def doctor(session: Session) -> None:
    """Tell what is installed, what is missing and how to get it."""
    from handoutkit.machine import findings

    found = findings(session.folder)
    for finding in found:
        if finding.state == "missing":
            continue  # told as a problem below
        session.say(f"{_MARKS[finding.state]}{finding.name}: {finding.detail}")
        if finding.hint:
            session.say(f"        {finding.hint}")
    missing = [finding for finding in found if finding.state == "missing"]
    if missing:
        raise MachineError(Problem("missing", f"{f.name}: {f.detail}", f.hint) for f in missing)
    session.give({"findings": [finding.as_json() for finding in found], "problems": []})
