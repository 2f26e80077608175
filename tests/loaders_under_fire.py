"""The loaders as fuzzers call them: any bytes give a model, rows or a refusal, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from handoutkit.answers.inside import read_here
from handoutkit.errors import ContentError
from handoutkit.loading.load import load_framing, load_handout, load_practice, load_settings, load_theme
from handoutkit.loading.picture_fault import PictureFault
from handoutkit.loading.pictures import check_picture

_FOLDER = tempfile.TemporaryDirectory(prefix="handoutkit-fuzz-")


def _yaml(load: Callable[[Path], object]) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        load(_file("any.yaml", data))

    return try_it


def _picture(name: str) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        check_picture(_file(name, data).parent, name)

    return try_it


def _pdf(data: bytes) -> None:
    read_here(_file("any.pdf", data), "", None)


def _file(name: str, data: bytes) -> Path:
    path = Path(_FOLDER.name, name)
    path.write_bytes(data)
    return path


LOADERS: dict[str, Callable[[bytes], None]] = {
    "handout": _yaml(load_handout),
    "practice": _yaml(load_practice),
    "framing": _yaml(load_framing),
    "settings": _yaml(load_settings),
    "theme": _yaml(load_theme),
    "svg": _picture("any.svg"),
    "png": _picture("any.png"),
    "pdf": _pdf,
}


def under_fire(loader: str, data: bytes) -> None:
    """Load bytes; a refusal is as good as anything. Raises whatever else the loader raises."""
    assert all(message and hint for message, hint in _refusals(loader, data))


def _refusals(loader: str, data: bytes) -> list[tuple[str, str]]:
    try:
        LOADERS[loader](data)
    except ContentError as refused:
        return [(problem.message, problem.hint) for problem in refused.problems]
    except PictureFault as refused:
        return [(refused.message, refused.hint)]
    return []
