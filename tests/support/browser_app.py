"""The app as a person meets it: served to a real Chromium, in a workspace of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
import yaml
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from handoutkit.build.build_options import BuildOptions
from handoutkit.render.render_cache import RenderCache
from handoutkit.webapp.access import Keys
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.asgi_app import create_app
from handoutkit.webapp.server import listening
from tests.conftest import ROOT, TODAY

HANDOUT = "i-and-we"
PRACTICE, TAKEN_ON = "riverbend-counseling", "shift-your-journey"
COPIED = (
    f"handouts/interdependence/{HANDOUT}.yaml",
    "handouts/interdependence/my-next-step.yaml",
    "handouts/packets/one-small-ask.yaml",
    "handouts/framings/faith-and-community.yaml",
    f"practices/{PRACTICE}.yaml",
    f"practices/{PRACTICE}.svg",
)
OWN_WORDS = str(yaml.safe_load((ROOT / COPIED[0]).read_text(encoding="utf-8"))["key_message"]).strip()
"""Words by which that handout is found, and no other."""
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Opened = Callable[..., Page]
expect.set_options(timeout=20_000)
AXE = ROOT / "tests" / "vendor" / "axe.min.js"


@dataclass(frozen=True)
class Served:
    """The app, running."""

    state: AppState
    folder: Path

    @property
    def address(self) -> str:
        """An address as the terminal shows it; each serves once."""
        return self.state.keys.new_address()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.state.keys.port}"

    @property
    def handout(self) -> Path:
        return self.folder / COPIED[0]

    @property
    def practice(self) -> Path:
        return self.folder / f"practices/{PRACTICE}.yaml"


def workspace(folder: Path) -> Path:
    """A practice's own folder, with some of what ships in it to change."""
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    # Someone took an example on: its name is then in the menu of this folder, and of no other.
    shutil.copyfile(ROOT / f"practices/examples/{TAKEN_ON}.yaml", folder / f"practices/{TAKEN_ON}.yaml")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "handoutkit.yaml").write_text(f"practice: {PRACTICE}\n", encoding="utf-8")
    return folder


@contextmanager
def served(folder: Path, cache: RenderCache, port: int = 0) -> Iterator[Served]:
    """The app over a folder, in a thread of this process."""
    listener = listening(port)
    state = AppState(folder, Keys(listener.getsockname()[1]), BuildOptions(today=TODAY), cache_folder=cache.folder)
    # As the command serves it: who still waits for a picture does not hold up its end.
    config = uvicorn.Config(
        create_app(state), http="h11", ws="none", log_config=None, lifespan="on", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    try:
        yield Served(state, folder)
    finally:
        state.changes.close()
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser from this machine. Where there is none, the tests fail and say what to install."""
    found = subprocess.run(["sh", str(ROOT / "scripts/chromium.sh")], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    sandbox = [] if os.name == "nt" or os.getuid() else ["--no-sandbox"]  # it refuses to run as root with its sandbox
    with sync_playwright() as driver:
        env = {
            name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"
        }  # ours has no fonts for it
        browser = driver.chromium.launch(executable_path=found.stdout.strip(), args=sandbox, env=dict(env))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tabs(browser: Browser, app: Served) -> Iterator[Opened]:
    """Opens an address of the app in a tab of its own. What a page complains of, or asks of others, fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and not re.search("status of (422|409|403|413|500)", message.text):
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def asked(request: Request) -> None:
        if not request.url.startswith((app.origin, "data:", "blob:")):
            complaints.append(request.url)

    def open_(path: str, *, size: dict[str, int] = WIDE, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", asked)
        if path != "/":  # the first page would have every handout set for its picture
            context.request.get(app.address, max_redirects=0)
        # Its pictures are made meanwhile, each from a handout that has to be set: nobody waits for them.
        page.goto(app.address if path == "/" else app.origin + path, wait_until="domcontentloaded")
        page.locator("html.ready").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, complaints


def shown(page: Page, *, after: str = "") -> str:
    """The digest of the pages on the screen, once they are not those of ``after``."""
    page.wait_for_function(
        """before => { const shown = document.querySelector('.shown[data-digest]');
        return shown && shown.dataset.digest !== before && document.querySelector('img.page')?.naturalWidth > 0 }""",
        arg=after,
    )
    return page.locator(".shown").get_attribute("data-digest") or ""
