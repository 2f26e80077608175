"""The page of a handout offers the output formats that are registered, and gives their files."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator

import pytest

from handoutkit.export.output_formats import output_formats
from handoutkit.own_themes.replaced_files import RECORD
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT
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


def test_a_look_whose_files_have_aged_is_told_with_what_changed(app: Served) -> None:
    theme = app.state.library.workspace.folder / "templates/ours"
    (theme / "blocks").mkdir(parents=True)
    (theme / "theme.yaml").write_text("title: Ours\ndescription: As we like it.\nextends: base\n", encoding="utf-8")
    shipped = (ROOT / "templates/base/blocks/prose.html").read_text(encoding="utf-8")
    (theme / "blocks/prose.html").write_text(f"{shipped}{{# Ours. #}}\n", encoding="utf-8")
    address = f"/show/handout/{HANDOUT}?theme=ours"
    assert "of this look" not in Asked(app, "GET", address).body.decode()
    record = json.loads((theme / RECORD).read_text(encoding="utf-8"))
    record["blocks/prose.html"] |= {"sha256": "0", "release": "0.0.9", "text": f"<b>An old line.</b>\n{shipped}"}
    (theme / RECORD).write_text(json.dumps(record), encoding="utf-8")
    page = Asked(app, "GET", address).body.decode()
    assert "A file of this look was made from an older one of handoutkit’s" in page
    assert "made from the one of 0.0.9" in page
    assert "-&lt;b&gt;An old line.&lt;/b&gt;" in page
    assert "of this look" not in Asked(app, "GET", f"/show/handout/{HANDOUT}").body.decode()


def test_what_is_wrong_with_pages_is_shown_in_a_picture_below_the_problems(app: Served) -> None:
    theme = app.state.library.workspace.folder / "templates/pale"
    (theme / "css").mkdir(parents=True)
    (theme / "theme.yaml").write_text("title: Pale\ndescription: Too pale.\nextends: base\n", encoding="utf-8")
    (theme / "css/60-pale.css").write_text("p { color: #fefefe !important }\n", encoding="utf-8")
    app.state.reload_library()  # as when the change of a file is noticed, a moment later
    page = Asked(app, "GET", f"/show/handout/{HANDOUT}?theme=pale").body.decode()
    assert page.count('<img class="problem-picture" src="data:image/png;base64,') == 1
