"""Python runs this when it starts with this folder in ``PYTHONPATH``; the worker of handoutkit does so as well.

It lets three packages of handoutkit find modules here too, before any module of theirs is imported.
"""

from __future__ import annotations

from pathlib import Path

import handoutkit.models.blocks
import handoutkit.models.figure_kinds
import handoutkit.render.figures.kinds

HERE = Path(__file__).resolve().parent

handoutkit.models.blocks.__path__.append(str(HERE / "blocks"))
handoutkit.models.figure_kinds.__path__.append(str(HERE / "figure_kinds"))
handoutkit.render.figures.kinds.__path__.append(str(HERE / "drawings"))
