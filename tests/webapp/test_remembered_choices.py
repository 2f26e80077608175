"""What was chosen is what the next view begins with, for each practice; whose copy it is must be asked for anew."""

from __future__ import annotations

import json

from playwright.sync_api import Route
from starlette.datastructures import QueryParams

from tests.support.browser_app import HANDOUT, PRACTICE, TAKEN_ON, Opened, Served, shown
from tests.webapp.test_access import Asked


def _choose(app: Served, query: str) -> None:
    assert Asked(app, "POST", "/choices", json.dumps({"query": query}).encode()).status == 200


def _chosen(app: Served, path: str) -> str:
    return Asked(app, "GET", path).body.decode()


def test_choices_go_from_view_to_view_for_each_practice(app: Served) -> None:
    _choose(app, "format=large-print&paper=a4&lang=es&audience=clinician&draft=yes&theme=../../x&nothing=1")
    assert app.state.remembered.of(PRACTICE) == "lang=es&format=large-print&paper=a4"
    assert app.state.remembered.of(TAKEN_ON) == ""
    for path in (f"/handouts/{HANDOUT}", "/packets/one-small-ask", "/roster"):
        assert '<option value="large-print" selected>' in _chosen(app, path)
    assert '<option value="client" selected>' in _chosen(app, f"/handouts/{HANDOUT}")
    assert '<option value="standard" selected>' in _chosen(app, f"/handouts/{HANDOUT}?paper=letter")
    words = _chosen(app, f"/edit/handout/{HANDOUT}")
    assert (
        f'data-show="/show/handout/{HANDOUT}?format=large-print&amp;paper=a4&amp;draft_of=handout/{HANDOUT}"' in words
    )
    _choose(app, f"practice={TAKEN_ON}&format=low-ink")
    assert app.state.remembered.of(TAKEN_ON) == "format=low-ink"
    assert "format=large-print" in app.state.remembered.of(PRACTICE)
    _choose(app, "practice=../../etc&format=low-ink")
    for_page = app.state.remembered.for_page(QueryParams(""), PRACTICE, ("en",))
    assert str(for_page) == "format=large-print&paper=a4"  # it is not there in the language that was chosen
    (app.folder / ".remembered/choices.json").write_text("[", encoding="utf-8")
    assert '<option value="standard" selected>' in _chosen(app, f"/handouts/{HANDOUT}")


def test_the_packet_for_many_clients_is_the_one_used_last_or_the_one_of_first_weeks(app: Served) -> None:
    assert '<option value="first-weeks" selected>' in _chosen(app, "/roster")
    _choose(app, "packet=one-small-ask&format=low-ink")
    assert '<option value="one-small-ask" selected>' in _chosen(app, "/roster")
    _choose(app, "format=large-print")  # of a view without packets
    assert '<option value="one-small-ask" selected>' in _chosen(app, "/roster")
    assert app.state.remembered.of(PRACTICE) == "format=large-print"
    assert '<option value="sleeping-better" selected>' in _chosen(app, "/roster?packet=sleeping-better")
    _choose(app, "packet=gone-since")
    assert '<option value="first-weeks" selected>' in _chosen(app, "/roster")


def test_what_was_chosen_last_is_kept_though_an_earlier_choice_is_slow_to_arrive(opened: Opened, app: Served) -> None:
    page, told = opened(f"/handouts/{HANDOUT}?theme=base&format=standard"), list[Route]()

    def hold_the_first(route: Route) -> None:
        told.append(route)
        if len(told) > 1:
            route.continue_()

    page.route("**/choices", hold_the_first)
    before = shown(page)
    page.get_by_label("Format").select_option("dyslexia-friendly")
    larger = shown(page, after=before)
    page.get_by_label("Look").select_option("calm")
    shown(page, after=larger)
    assert len(told) == 1  # the second waits for it
    with page.expect_response(lambda answer: "theme=calm" in (answer.request.post_data or "")):
        told[0].continue_()
    assert "theme=calm" in app.state.remembered.of(PRACTICE)
