"""What the app shows first: kept from its last run, and only while everything that it depends on is as it was."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.files import file_digests
from handoutkit.files.kept_entries import KeptEntries
from handoutkit.render.render_cache import RenderCache
from handoutkit.webapp.cards.kept_first_view import KeptFirstView
from tests.support.browser_app import COPIED, HANDOUT, PRACTICE, Served, served, workspace

OTHER = "my-next-step"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose files are relied on although they were written just now."""
    monkeypatch.setattr(file_digests, "_SETTLED", -(10**12))
    return workspace(tmp_path / "practice")


def _view(folder: Path, csrf: str = "one", defaults: BuildOptions | None = None) -> KeptFirstView:
    return KeptFirstView(
        KeptEntries(folder.parent / "cache"), folder, defaults or BuildOptions(), csrf, number=lambda: 0
    )


def _body(view: KeptFirstView) -> bytes:
    found = view.page()
    return bytes(found.body) if found else b""


def test_a_kept_page_carries_the_secret_of_the_run_that_shows_it(folder: Path) -> None:
    view = _view(folder)
    before = view.page_is_due
    assert _body(view) == b""
    view.keep_page(view.page_key(), b'<meta content="one">')
    assert (before, view.page_is_due) == (True, False)
    assert _body(_view(folder, csrf="two")) == b'<meta content="two">'
    kept = [one.read_bytes() for one in (folder.parent / "cache").iterdir()]
    assert len(kept) == 1
    assert b'"one"' not in kept[0]


def _write_more(folder: Path) -> None:
    with (folder / COPIED[0]).open("a", encoding="utf-8") as file:
        file.write("\n# A remark.\n")


def _add_a_handout(folder: Path) -> None:
    (folder / "handouts/another.yaml").write_text("id: another\n", encoding="utf-8")


def _take_one_away(folder: Path) -> None:
    (folder / COPIED[1]).unlink()


def _change_the_practice(folder: Path) -> None:
    with (folder / f"practices/{PRACTICE}.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# A remark.\n")


def _choose_another(folder: Path) -> None:
    (folder / "handoutkit.yaml").write_text("practice: shift-your-journey\n", encoding="utf-8")


CHANGES = (_write_more, _add_a_handout, _take_one_away, _change_the_practice, _choose_another)


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_of_the_workspace_it_is_made_anew(folder: Path, change: Callable[[Path], None]) -> None:
    view = _view(folder)
    view.keep_page(view.page_key(), b"<p>all handouts</p>")
    assert _body(view)
    change(folder)
    assert not _body(view)


def test_a_cards_picture_goes_with_its_file_and_with_the_look_and_with_no_other_handout(folder: Path) -> None:
    view = _view(folder)
    for what, name in (("handout", HANDOUT), ("handout", OTHER), ("packet", "one-small-ask")):
        view.keep_picture(view.picture_key(what, name), what, name, b"\xff\xd8")

    def kept() -> list[bool]:
        fresh = _view(folder)
        return [
            fresh.picture(what, name) is not None
            for what, name in (("handout", HANDOUT), ("handout", OTHER), ("packet", "one-small-ask"))
        ]

    assert kept() == [True, True, True]
    _write_more(folder)
    assert kept() == [False, True, False]
    _change_the_practice(folder)
    assert kept() == [False, False, False]


def test_what_was_begun_before_a_change_is_not_kept(folder: Path) -> None:
    view = _view(folder)
    key = view.page_key()
    _write_more(folder)
    view.keep_page(key, b"<p>as it was</p>")
    assert not (folder.parent / "cache").exists()


def test_a_file_that_was_changed_just_now_is_not_relied_on(tmp_path: Path) -> None:
    assert _view(workspace(tmp_path / "practice")).page_key() is None


def test_other_choices_have_pages_of_their_own_and_a_practice_from_anywhere_has_none(folder: Path) -> None:
    view = _view(folder)
    assert view.page_key() != _view(folder, defaults=BuildOptions(today=date(2026, 11, 30))).page_key()
    assert _view(folder, defaults=BuildOptions(practice="../their/practice.yaml")).page_key() is None


def _asked(app: Served, path: str) -> bytes:
    keys = app.state.keys
    with closing(http.client.HTTPConnection("127.0.0.1", keys.port, timeout=60)) as connection:
        connection.request("GET", path, headers={"cookie": f"{keys.cookie}={keys.session}"})
        return connection.getresponse().read()


def test_the_next_run_gives_the_same_page_and_pictures_before_it_has_imported_what_makes_them(
    folder: Path, cache: RenderCache
) -> None:
    picture = f"/thumbnail/handout/{HANDOUT}"
    assert cache.folder
    with served(folder, cache) as app:
        page, jpeg = _asked(app, "/"), _asked(app, picture)
        secret = app.state.keys.csrf.encode()
        assert jpeg.startswith(b"\xff\xd8")
    with served(folder, cache) as app:
        assert _asked(app, "/") == page.replace(secret, app.state.keys.csrf.encode())
        assert _asked(app, picture) == jpeg
        assert not hasattr(app.state, "renderer")
        assert b"<h1>The bin</h1>" in _asked(app, "/bin")
        assert hasattr(app.state, "renderer")
