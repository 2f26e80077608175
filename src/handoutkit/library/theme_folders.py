"""Finds themes: folders of ``templates/``, each with what it changes in the theme that it extends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.files.text_files import shown
from handoutkit.loading.load_file import Loaded, load_theme
from handoutkit.models.settings.theme_settings import ThemeSettings

from .library import unknown
from .shipped_files import BASE, SETTINGS, template_folders, theme_files


def lineage(name: str, roots: Sequence[Path]) -> tuple[tuple[str, Loaded[ThemeSettings]], ...]:
    """A theme, what it extends, and so on to ``base``; each by its name.

    Raises:
        UsageError: there is no such theme.
        ContentError: a ``theme.yaml`` is not there or has problems, or they lead in a circle.
    """
    files = theme_files(roots)
    if name not in files:
        raise UsageError(unknown("theme", name, files))
    line = [(name, _loaded(name, files))]
    while line[-1][0] != BASE:
        parent = _parent(line, files)
        line.append((parent, _loaded(parent, files)))
    if line[-1][1].model.extends:
        source = line[-1][1].source
        hint = "take the line out; a theme of another name can extend any"
        raise ContentError(source.problem("base-extends", "`base` extends no other theme", hint, at=("extends",)))
    return tuple(line)


def files_of(name: str, roots: Sequence[Path]) -> list[Path]:
    """The files of a theme's own, the user's before the shipped ones: what it changes."""
    folders = [templates / name for templates in template_folders(roots)]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def _loaded(name: str, files: Mapping[str, Path]) -> Loaded[ThemeSettings]:
    path = files[name]
    if not path.is_file():
        hint = "write it, with `title:`, `description:` and `extends: base`; or see `handoutkit theme copy`"
        raise ContentError(Problem("no-theme-file", f"the theme `{name}` has no {SETTINGS}", hint, file=shown(path)))
    return load_theme(path)


def _parent(line: Sequence[tuple[str, Loaded[ThemeSettings]]], files: Mapping[str, Path]) -> str:
    """What the last of them extends. Raises ContentError if that is nothing, no theme, or one of those before."""
    name, loaded = line[-1]
    parent = loaded.model.extends
    if parent is None:
        hint = "add the line `extends: base`, or the name of another theme"
        raise ContentError(loaded.source.problem("no-extends", f"the theme `{name}` extends no other", hint))
    if parent not in files:
        problem = unknown("theme", parent, files.keys() - {name})
        raise ContentError(loaded.source.problem(problem.code, problem.message, problem.hint, at=("extends",)))
    before = [known for known, _ in line]
    if parent in before:
        way = " -> ".join([*before[before.index(parent) :], parent])
        hint = "let one of them extend `base`"
        message = f"these themes extend each other in a circle: {way}"
        raise ContentError(loaded.source.problem("theme-circle", message, hint, at=("extends",)))
    return parent
