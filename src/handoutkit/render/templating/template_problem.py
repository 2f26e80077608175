"""What fails in a template as a problem: with its file and line, and the name that was likely meant."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import shown
from handoutkit.render.theme import Theme

from .template_reach import READABLE


class _NotThere(jinja2.UndefinedError):
    """That a template asked for a name which is not there, with that name and whose it would be."""

    def __init__(self, name: Any, owner: Any, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class ToldUndefined(jinja2.StrictUndefined):
    """What is not there; whoever uses it is told by its name, and not in the words of Python."""

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None) -> None:
        told: Any = exc or partial(_NotThere, name, obj)
        super().__init__(hint, obj, name, told)


def template_problem(error: Exception, theme: Theme) -> ContentError:
    """The problem of a template that failed, at its line."""
    path, line = _place(error, theme)
    message, hint = _in_words(error)
    if path is None:
        return ContentError(Problem("template", message, hint))
    source = SourceFile(shown(path), path, path.read_text(encoding="utf-8", errors="replace"))
    return ContentError(source.problem_at(FilePosition(line, 1, 1_000), "template", message, hint))


def _place(error: Exception, theme: Theme) -> tuple[Path | None, int]:
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if any(path.is_relative_to(root) for root in theme.roots):
            return path, frame.lineno or 1
    return None, 0


def _in_words(error: Exception) -> tuple[str, str]:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template `{error.name}`", "check the spelling, and that it stands below the theme's folder"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"this template cannot be read: {error.message}", "compare it with the shipped template of that name"
    if isinstance(error, jinja2.UndefinedError):
        message, near = _undefined_in_words(error)
        hint = f"did you mean `{near}`?" if near else "check its spelling; docs/themes.md has the names there are"
        return f"this template asks for something that is not there: {message}", hint
    if isinstance(error, SecurityError):
        return (
            f"this template reaches for something it may not use: {error}",
            "`docs/themes.md` lists all that a template can reach",
        )
    return f"this template failed: {error}", "compare it with the shipped template of that name"


def _undefined_in_words(error: jinja2.UndefinedError) -> tuple[str, str]:
    """What a template asked for in vain, and the nearest name there is; empty if none is near.

    What a template can name is in the frames that Jinja makes of templates.
    """
    if not isinstance(error, _NotThere) or not isinstance(error.name, str):
        return str(error.message), ""
    name, owner = error.name, error.owner
    if owner is missing:
        frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
        named = {known for frame in frames if "__jinja_exception__" in frame.f_globals for known in frame.f_locals}
        return f"there is no `{name}`", _near(name, named)
    kind = type(owner)
    if isinstance(owner, dict):
        return f"there is no `{name}` in this `dict`", _near(name, (key for key in owner if isinstance(key, str)))
    return f"a `{kind.__name__}` has no `{name}`", _near(name, READABLE[kind])


def _near(name: str, names: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, sorted(names), n=1)), "")
