"""The page on which filled PDFs and phone pages are dropped that came back; they are read, shown, and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import Answers, ReadOptions, read_all
from handoutkit.answers.returns.possible_alerts import POSSIBLE_ALERT
from handoutkit.answers.returns.read_files_task import PAGES
from handoutkit.answers.tables.csv_export import to_csv
from handoutkit.errors import ContentError, HandoutkitError, Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.packets.personalise import client_values
from handoutkit.webapp.access import MAX_UPLOADED
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.page_templates import app_state_of, json_problems, page
from handoutkit.webapp.uploads.answers_shown import clients, filled_handouts, named, named_problem
from handoutkit.webapp.uploads.uploaded_files import SentFiles, sent_files

T = TypeVar("T")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def returns(request: Request) -> Response:
    """The page that filled files are dropped on."""
    return page(request, "returns.html", endings=(".pdf", *PAGES), most=MAX_UPLOADED)


async def read(request: Request) -> Response:
    """Show what files say. Neither they nor their answers stay here."""
    state = app_state_of(request)
    found = await _with_files(request, lambda sent: named(_answers(state, sent), sent.names))
    if isinstance(found, Response):
        return found
    shown = filled_handouts(found.rows, state.library)
    possible = [problem for problem in found.problems if problem.code == POSSIBLE_ALERT]
    return page(
        request,
        "parts/returned.html",
        shown=shown,
        alerts=[one for one in shown if one.alerts],
        read=found.read,
        rows=len(found.rows),
        possible=possible,
        urgent=sum(bool(one.alerts) for one in shown) + len({problem.file for problem in possible}),
        problems=[problem for problem in found.problems if problem not in possible],
        clients=clients(found.rows),
    )


async def table(request: Request) -> Response:
    """The answers of files as a table to keep: Excel or CSV."""
    state, as_csv = app_state_of(request), request.path_params["form"] == "csv"
    found = await _with_files(request, lambda sent: named(_answers(state, sent), sent.names))
    if isinstance(found, Response):
        return found
    data = to_csv(found.rows).encode("utf-8-sig") if as_csv else await asyncio.to_thread(_workbook, found.rows)
    return _to_keep(data, "text/csv" if as_csv else XLSX, f"answers-{date.today()}.{'csv' if as_csv else 'xlsx'}")


def _workbook(rows: Sequence[AnswerRow]) -> bytes:
    from handoutkit.answers.tables.xlsx_export import to_xlsx  # slow to import, and seldom needed

    return to_xlsx(rows)


async def over_time(request: Request) -> Response:
    """One client's answers over time, as a sheet to keep."""
    state = app_state_of(request)

    def made(sent: SentFiles) -> bytes:
        from handoutkit.progress.over_time import progress_of  # as slow, and as seldom needed
        from handoutkit.progress.progress_pages import ProgressChoices, progress_pages

        client = str(sent.said.get("client", ""))
        rows = [row for row in _answers(state, sent).rows if row.client_ref == client]
        choices = ProgressChoices.of(state.library, state.defaults.practice, None, "clinician")
        return progress_pages(progress_of(rows, state.library, choices.language), choices, [".pdf"])[0]

    found = await _with_files(request, made)
    return found if isinstance(found, Response) else _to_keep(found, "application/pdf", "over-time.pdf")


def _answers(state: AppState, sent: SentFiles) -> Answers:
    """What files say. Raises UsageError: the reference that was written is none."""
    ref, password = (str(sent.said.get(key) or "").strip() for key in (CLIENT_REF, "password"))
    if ref:
        client_values.client_ref(ref, [])
    return read_all(sent.paths, state.library, ReadOptions(ref, password or None))


async def _with_files(request: Request, work: Callable[[SentFiles], T]) -> T | Response:
    """What is made of the files of a request while they are there; or what is in the way."""
    state, body = app_state_of(request), await request.body()

    def done() -> T:
        with sent_files(body, state.rosters.folder) as sent:
            if not sent.paths:
                raise ContentError(Problem("no-files", "there are no files", "drop some here"))
            try:
                return work(sent)
            except HandoutkitError as error:
                raise ContentError([named_problem(one, sent.names) for one in error.problems]) from None

    try:
        return await state.queue.run(done)
    except HandoutkitError as error:
        return json_problems(error.problems)


def _to_keep(data: bytes, media_type: str, name: str) -> Response:
    return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


ROUTES = [
    Route("/returns", returns),
    Route("/returned", read, methods=["POST"]),
    Route("/returned/over-time", over_time, methods=["POST"]),
    Route("/returned/table.{form:str}", table, methods=["POST"]),
]
