"""Which files are watched while the app runs: every kind that pages are made of, however it is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from handoutkit.webapp.file_watcher import watch

PLACES = (
    "handoutkit.yaml",
    "handouts/topic/one.yaml",
    "handouts/framings/one.yaml",
    "handouts/packets/one.yaml",
    "handouts/locale/es/one.po",
    "practices/one.yaml",
    "practices/logo.svg",
    "templates/mine/theme.yaml",
    "templates/mine/css/10-mine.css",
    "templates/base/parts/masthead.html",
)
Heard = Callable[..., Awaitable[bool]]


def watched(folder: Path, act: Callable[[Heard], Awaitable[None]]) -> None:
    """Do something while a folder is watched; ``act`` is given what says whether a deed is heard of."""

    async def main() -> None:
        news = asyncio.Event()

        async def heard(deed: Callable[[], object], *, within: float = 5) -> bool:
            await asyncio.sleep(0.1)  # what was told before is over
            news.clear()
            deed()
            try:
                await asyncio.wait_for(news.wait(), within)
            except TimeoutError:
                return False
            return True

        watching = asyncio.create_task(watch(lambda: (folder,), news.set))
        try:
            await act(heard)
        finally:
            watching.cancel()

    asyncio.run(main())


def saved_by_rename(path: Path, text: str) -> None:
    """As many editors save: beside it, then in its place."""
    spare = path.with_name(f".{path.name}.new")
    spare.write_text(text, encoding="utf-8")
    spare.replace(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in PLACES:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("old", encoding="utf-8")
    return tmp_path


def test_every_kind_of_file_is_watched_also_when_saved_by_rename(folder: Path) -> None:
    async def act(heard: Heard) -> None:
        for place in PLACES:
            path = folder / place
            assert await heard(lambda path=path: path.write_text("new", encoding="utf-8")), place
            assert await heard(lambda path=path: saved_by_rename(path, "newer")), place

    watched(folder, act)


def test_folders_that_come_later_or_are_put_in_place_are_watched(tmp_path: Path) -> None:
    (tmp_path / "spare").mkdir()

    async def act(heard: Heard) -> None:
        assert await heard((tmp_path / "practices").mkdir)
        mine = tmp_path / "practices/one.yaml"
        assert await heard(lambda: mine.write_text("one", encoding="utf-8"))
        (tmp_path / "practices").rename(tmp_path / "old")
        assert await heard(lambda: (tmp_path / "spare").rename(tmp_path / "practices"))
        assert await heard(lambda: mine.write_text("two", encoding="utf-8"))

    watched(tmp_path, act)


def test_what_is_built_is_nobodys_change(folder: Path) -> None:
    async def act(heard: Heard) -> None:
        assert not await heard((folder / "output").mkdir, within=0.5)
        half = folder / "practices/.one.yaml.swp"
        assert not await heard(lambda: half.write_text("half", encoding="utf-8"), within=0.5)

    watched(folder, act)
