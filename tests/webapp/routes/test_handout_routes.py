"""The page of a handout offers the output formats that are registered, and gives their files."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator

import pytest

from handoutkit.export.output_formats import output_formats
from handoutkit.render.render_cache import RenderCache
from tests.support.browser_app import HANDOUT, Served, served, workspace
from tests.webapp.test_access import Asked


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Iterator[Served]:
    folder = workspace(tmp_path_factory.mktemp("practice"))
    (folder / "handouts" / "broken.yaml").write_text("id: broken\ntitle: 1\n", encoding="utf-8")
    with served(folder, cache) as running:
        yield running


def test_the_buttons_are_those_of_the_registered_formats(app: Served) -> None:
    page = Asked(app, "GET", f"/handouts/{HANDOUT}").body.decode()
    links = re.findall(rf'href="/copy/(\w+)/handout/{HANDOUT}".*?>(.*?)</a>', page, re.DOTALL)
    buttons = [(name, re.sub("<svg.*?</svg>", "", inside, flags=re.DOTALL).strip()) for name, inside in links]
    assert buttons == [(known.name, known.button) for known in output_formats() if known.button]
    assert len(buttons) == 2


def test_what_has_problems_from_the_start_has_no_picture_that_fails(
    app: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody would take the exception of a picture that nobody waits for, and asyncio prints it in the terminal."""
    answer = Asked(app, "GET", "/show/handout/broken")
    assert answer.status == 200
    assert "page/" not in answer.body.decode()
    assert "broken.yaml" in answer.body.decode()
    assert app.state.pages.picture("", 1, 360) is None  # and waits for the one that is being made
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []


def test_a_format_of_one_file_is_given_with_its_media_type(app: Served) -> None:
    for known in output_formats():
        answer = Asked(app, "GET", f"/copy/{known.name}/handout/{HANDOUT}")
        assert answer.status == (200 if known.is_single_file else 404)
        if known.is_single_file:
            assert str(answer.headers["content-type"]).startswith(known.media_type)
            assert f'filename="{HANDOUT}{known.file_names[0]}"' in str(answer.headers["content-disposition"])
    assert Asked(app, "GET", f"/copy/nothing/handout/{HANDOUT}").status == 404


def test_what_is_not_found_is_looked_for_elsewhere(app: Served) -> None:
    page = Asked(app, "GET", "/?q=thought%20record&part=cards").body.decode()
    assert "Among the templates" in page
    assert 'href="/templates/thought-record"' in page
    assert "Nothing is like that." in Asked(app, "GET", "/?q=nowhere%20%22&part=cards").body.decode()
