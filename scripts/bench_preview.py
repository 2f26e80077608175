"""How soon the app shows what was saved, and its first page: in a real browser, as a person would wait for it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright
from starlette.datastructures import QueryParams

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.webapp.option_menus import options_of_query
from scripts.measuring import largest_memory, of_ours_below, processor_time, processor_time_of

ROOT = Path(__file__).resolve().parent.parent
SHOWN = "before => { const shown = document.querySelector('.shown'); return shown && shown.dataset.digest !== before && document.querySelector('img.page').complete }"  # noqa: E501

CHOICES = (
    ("paper", "a4"),
    ("format", "dyslexia-friendly"),
    ("paper", "letter"),
    ("format", "low-ink"),
    ("paper", "a4"),
)
"""One after the other; no two of them lead to the same pages."""
PICTURES = 12
"""Of cards, as many as stand on a screen."""
SETTLED = 2.5
"""Seconds."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of the app over a folder."""
    with started(folder) as (address, _):
        yield address


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[tuple[str, int]]:
    """The address of the app over a folder, and the number of its process."""
    command = [sys.executable, "-m", "handoutkit", "preview", "--no-open"]
    env = {**os.environ, **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder, env=env) as process:
        try:
            assert process.stdout  # noqa: S101
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


class FirstPage:
    """The first page of a new app with the pictures of its cards, which an earlier run has kept; in processor time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        time.sleep(SETTLED)  # what was written just now is not relied on
        self.seconds()

    def seconds(self) -> float:
        before = processor_time()
        with started(self._folder) as (address, process):
            parts = urlsplit(address)
            cookie = _cookie(parts.netloc, parts.query)
            pictures = re.findall(rb'data-picture="([^"]+)"', _first_page(parts.netloc, cookie))
            for picture in pictures[:PICTURES]:
                if not _got(parts.netloc, picture.decode(), cookie).read().startswith(b"\xff\xd8"):
                    raise RuntimeError("this is no picture")
            used = processor_time_of(process)
        return used or processor_time() - before  # of the whole run, with its end, where a running one's is not told


class Asked:
    """The same page, asked of an app that runs; what the first asking of it reads of the workspace is read."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host = parts.netloc
        self._cookie = _cookie(parts.netloc, parts.query)
        self.seconds()

    def seconds(self) -> float:
        started = time.perf_counter()
        _first_page(self._host, self._cookie)
        return time.perf_counter() - started


def _cookie(host: str, query: str) -> str:
    return _got(host, f"/?{query}", "").getheader("set-cookie", "").split(";")[0]


def _first_page(host: str, cookie: str) -> bytes:
    if b'class="card"' not in (html := _got(host, "/", cookie).read()):
        raise RuntimeError("this is not the first page")
    return html


def _got(host: str, path: str, cookie: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(host, timeout=300)
    connection.request("GET", path, headers={"cookie": cookie} if cookie else {})
    return connection.getresponse()


class SavedToShown:
    """From a handout's file being saved to its new pages on the screen."""

    def __init__(self, folder: Path, handout: str, page: Page) -> None:
        self._file = Workspace(folder).handout_files[handout]
        self._page = page
        self._text = self._file.read_text(encoding="utf-8")

    def seconds(self) -> float:
        before = self._page.locator(".shown").get_attribute("data-digest")
        text = self._text.replace("\ntitle: ", f"\ntitle: Version {time.time_ns()} of ")  # never set before
        started = time.perf_counter()
        self._file.write_text(text, encoding="utf-8")
        self._page.wait_for_function(SHOWN, arg=before, polling=10)
        return time.perf_counter() - started


class RenderedOnce:
    """The same handout rendered in this process, whose styles and fonts are read already; nothing is cached."""

    def __init__(self, folder: Path, handout: str) -> None:
        self._folder, self._handout = folder, handout
        self._builder = Builder(Library(Workspace(folder)), BuildOptions(), RenderCache(None))
        self.seconds()

    def seconds(self) -> float:
        started = time.perf_counter()
        self._builder.render([self._handout])
        return time.perf_counter() - started


class PageOfMany:
    """The library page of an app that runs, in processor time; what the first asking of it reads is read."""

    def __init__(self, address: str, process: int) -> None:
        self._asked = Asked(address)
        self._process = process

    def seconds(self) -> float:
        before = processor_time_of(self._process)
        for _ in range(5):  # one is over too soon to be measured
            self._asked.seconds()
        return processor_time_of(self._process) - before


class Memory:
    """The most that an app has had so far; in MB, not in seconds."""

    def __init__(self, process: int) -> None:
        self._process = process

    def seconds(self) -> float:
        return largest_memory(self._process)


class TypedToShown:
    """From a letter typed into a handout's title to the page with it on the screen, in processor time of the app."""

    def __init__(self, page: Page, process: int, handout: str) -> None:
        page.goto(page.url.split("handouts/")[0] + f"edit/handout/{handout}")
        page.wait_for_function(SHOWN, arg="", timeout=60_000)
        self._page, self._process = page, process

    def seconds(self) -> float:
        before = self._page.locator(".shown").get_attribute("data-digest")
        used = of_ours_below(self._process)
        self._page.get_by_label("Title", exact=True).first.press_sequentially("x")
        self._page.wait_for_function(SHOWN, arg=before, polling=10)
        return of_ours_below(self._process) - used


class ChosenToShown:
    """From a choice in a menu, each a new one, to the pages with it on the screen, in processor time of the app."""

    def __init__(self, page: Page, process: int) -> None:
        self._page, self._process, self._left = page, process, iter(CHOICES)

    def seconds(self) -> float:
        name, value = next(self._left)
        before = self._page.locator(".shown").get_attribute("data-digest")
        used = of_ours_below(self._process)
        self._page.locator(f"select[name={name}]").select_option(value)
        self._page.wait_for_function(SHOWN, arg=before, polling=10)
        return of_ours_below(self._process) - used


class RenderedAs:
    """The same handout rendered in this process with the same choices, one after the other, in processor time."""

    def __init__(self, folder: Path, handout: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        self._folder, self._handout, self._left = folder, handout, iter(choices)
        self._chosen: dict[str, str] = {}
        self._render()

    def seconds(self) -> float:
        self._chosen |= [choice] if (choice := next(self._left, None)) else []
        used = of_ours_below(os.getpid())
        self._render()
        return of_ours_below(os.getpid()) - used

    def _render(self) -> None:
        options = options_of_query(QueryParams(self._chosen), BuildOptions())
        Builder(Library(Workspace(self._folder)), options, RenderCache(None)).render([self._handout])


@contextmanager
def opened(folder: Path, handout: str) -> Iterator[Page]:
    """A handout's page in a browser, with its pages shown."""
    with opened_app(folder, handout) as (page, _):
        yield page


@contextmanager
def opened_app(folder: Path, handout: str, **environment: str) -> Iterator[tuple[Page, int]]:
    """The same, with the number of the app's process."""
    finder = ["sh", str(ROOT / "scripts/chromium.sh")]
    browser = subprocess.run(finder, capture_output=True, text=True, check=True)
    env: dict[str, str | float | bool] = {k: v for k, v in os.environ.items() if k != "FONTCONFIG_FILE"}  # ours is bare
    flags = [] if os.name == "nt" or os.getuid() else ["--no-sandbox"]
    with started(folder, **environment) as (address, process), sync_playwright() as driver:
        window = driver.chromium.launch(executable_path=browser.stdout.strip(), args=flags, env=env)
        page = window.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(address, wait_until="domcontentloaded")
        page.goto(address.split("?")[0] + f"handouts/{handout}", wait_until="domcontentloaded")
        page.wait_for_function(SHOWN, arg="", timeout=300_000)
        yield page, process
        window.close()


def many_handouts(folder: Path, count: int, handout: str) -> Path:
    """A workspace with copies of a handout, each with a title of its own."""
    text = Workspace(ROOT).handout_files[handout].read_text(encoding="utf-8")
    (folder / "handouts").mkdir(parents=True)
    for number in range(count):
        named = re.sub(r"(?m)^id: .*$", f"id: page-{number}", text, count=1)
        titled = re.sub(r"(?m)^title: .*$", f"title: Page {number}", named, count=1)
        (folder / f"handouts/page-{number}.yaml").write_text(titled, encoding="utf-8")
    return folder


def workspace(folder: Path) -> Path:
    """A copy of what ships, to change."""
    for name in ("handouts", "practices"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "templates").mkdir()
    shutil.copyfile(ROOT / "handoutkit.yaml", folder / "handoutkit.yaml")
    return folder
