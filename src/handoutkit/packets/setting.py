"""For whom a packet is set, how, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutkit.models.practice import Paper, Practice
from handoutkit.render.cache import Pieces
from handoutkit.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom a packet is set, how, and with what."""

    practice: Practice
    paper: Paper
    logo: Path | None
    locale: str
    theme: Theme
    cache: Pieces
