"""The HTML templates of the app, filled in as answers to requests."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from handoutkit.errors import Problem
from handoutkit.models import markdown
from handoutkit.scaffold.desktop_start import start_on_desktop

from .app_state import AppState
from .forms.problem_words import file_in_words, in_words, is_written, place_in_words

HERE = Path(__file__).resolve().parent


def app_state_of(request: Request) -> AppState:
    """The state of the app that a request came to."""
    state: AppState = request.app.state.app_state
    return state


def page(request: Request, template: str, *, status: int = 200, **names: Any) -> HTMLResponse:
    """A whole page, or a part of one, as an answer."""
    state = app_state_of(request)
    workspace = state.library.workspace.folder
    everywhere = {"folder": workspace.resolve().name, "start": start_on_desktop(workspace)}
    html = _environment().get_template(template).render(csrf=state.keys.csrf, **everywhere, **names)
    return HTMLResponse(html, status)


def problems(request: Request, found: Sequence[Problem], status: int = 422) -> Response:
    """Nothing but problems: as JSON or as a part of a page where a script of ours asks for one, else a whole page."""
    if request.method == "POST" and "application/json" in request.headers.get("accept", ""):
        return json_problems(found, status)
    part = request.headers.get("sec-fetch-dest", "document") != "document"
    return page(request, "parts/problems.html" if part else "problem.html", problems=tuple(found), status=status)


def json_problems(found: Sequence[Problem], status: int = 422) -> JSONResponse:
    """Problems for a script of ours that shows them beside a form."""
    told = [{**in_words(one).as_json(), "place": place_in_words(one.path)} for one in found]
    return JSONResponse({"problems": told}, status)


def bug(error: BaseException) -> Problem:
    """The problem shown for an unexpected exception: its type alone, for its message could name a client."""
    hint = "go back and try once more; if it happens again, please report it, with what you did"
    return Problem("bug", f"this is a bug in handoutkit: {getattr(error, 'kind', type(error).__name__)}", hint)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    from handoutkit.pictures.picture_check import SUFFIXES  # slow to import; the first page may need no form

    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "prose": _prose,
        "inline": _inline,
        "typeset": _typeset,
        "words": _words,
        "in_words": in_words,
        "place": place_in_words,
        "is_written": is_written,
        "file_in_words": file_in_words,
        "file_name": _file_name,
        "sentence": _sentence,
        "pictures": _pictures,
    }
    env.globals["picture_endings"] = ",".join(SUFFIXES)
    return env


def compile_templates() -> None:
    """Read all templates, so that no page has to wait for it."""
    env = _environment()
    for name in env.list_templates():
        env.get_template(name)


def _prose(value: str) -> Markup:
    return Markup(markdown.markdown_to_html(value))  # noqa: S704 - the parser escapes; HTML is off


def _inline(value: str) -> Markup:
    return Markup(markdown.to_inline_html(value))  # noqa: S704 - the parser escapes; HTML is off


def _typeset(value: str) -> Markup:
    return Markup(markdown.typeset_html(value))  # noqa: S704 - it escapes


def _file_name(value: str) -> str:
    return PurePath(value).name


def _sentence(value: str) -> str:
    """A message or a hint as a sentence."""
    return f"{value[:1].upper()}{value[1:]}" + ("" if value.endswith((".", "?", "!")) else ".")


def _pictures(found: Sequence[Problem]) -> list[str]:
    """The addresses of pictures of the places of problems, each once, as data."""
    pngs = dict.fromkeys(one.picture.png for one in found if one.picture)
    return [f"data:image/png;base64,{base64.b64encode(png).decode()}" for png in pngs]


def _words(value: str) -> str:
    """An identifier as words: ``self_monitoring`` -> ``Self monitoring``."""
    return value.replace("_", " ").replace("-", " ").capitalize()
