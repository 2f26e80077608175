"""Rows of a batch that need fonts which are not installed, found before anything is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from handoutkit.batch.batch_folder import LayoutStore
from handoutkit.batch.finish_packet import values_with_a_slot
from handoutkit.errors import Problem
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.render.scripts import scripts_in
from handoutkit.render.theme import Theme
from handoutkit.rosters.roster import Checked, Roster

_LAYOUTS_KEPT = 4


def rows_without_fonts(
    roster: Roster, checked: Checked, theme: Theme, store: LayoutStore, digests: Mapping[RowChoice, str]
) -> Iterator[tuple[Client, tuple[Problem, ...]]]:
    """Each row whose packet prints letters that nothing installed has, with its problems by the value's name.

    Args:
        digests: of the layouts in the store, by the choice of the rows that have them.
    """

    @lru_cache(maxsize=_LAYOUTS_KEPT)
    def laid_out(digest: str) -> tuple[PacketLayout, Personaliser]:
        layout = store.get(digest)
        return layout, Personaliser(layout, theme)

    for client in roster.clients(checked.bad):
        if not client.safe_to_send or client.choice not in digests or not _may_lack(client):
            continue
        layout, personaliser = laid_out(digests[client.choice])
        if problems := personaliser.missing_fonts(values_with_a_slot(client, layout)):
            yield client, problems


def _may_lack(client: Client) -> bool:
    """Whether something of a row is in a script whose fonts come with a package of their own."""
    texts = [text for _, text in client.values if not text.isascii()]
    return any(script.extra for text in texts for script in scripts_in(text))
