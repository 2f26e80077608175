"""``handoutkit purge``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import json_option
from .session import Session, pass_session


@click.command()
@click.argument("batch", metavar="BATCH|DIR")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the batch was put; by default output/ in the workspace.",
)
@json_option
@pass_session
def purge(session: Session, batch: str, output: Path | None) -> None:
    """Remove a batch: its packets, its manifest and report, and whatever was kept of it.

    After that nothing here says what its clients were given. Files that the batch did not make stay.
    """
    from handoutkit.batch.purge import purge as remove
    from handoutkit.loading.files import shown

    named = Path(batch)
    path = (output or session.library().workspace.folder / "output") / batch if named.name == batch else named
    removed = remove(path)
    packets = "1 packet" if removed.packets == 1 else f"{removed.packets:,} packets"
    session.say(f"{shown(path)}  ({packets} removed, and {removed.others} other files of the batch)")
    if removed.left:
        session.say(f"  {len(removed.left)} files stay there that the batch did not make")
    counts = {"packets": removed.packets, "others": removed.others}
    session.give({"removed": counts, "left": removed.left, "problems": []})
