"""A workspace's own settings."""

from __future__ import annotations

from .base import Id, Model


class WorkspaceSettings(Model):
    """What ``handoutkit.yaml`` says: the practice that is meant when none is named."""

    practice: Id | None = None
