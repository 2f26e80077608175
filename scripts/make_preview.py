"""Takes pictures of the app for docs/preview.md, wide and narrow, light and dark, in a real browser."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from scripts.bench_preview import ROOT, opened

HANDOUT = "i-and-we"
PICTURES = ROOT / "docs" / "preview"
VIEWS = {
    "handouts": "",
    "handout": f"handouts/{HANDOUT}",
    "words": f"edit/handout/{HANDOUT}",
    "practice": "practice",
    "packet": "packets/one-small-ask",
    "order": "edit/packet/one-small-ask",
    "roster": "roster",
    "new": "new?from=thought-record",
    "returns": "returns",
    "framing": "edit/framing/faith-and-community",
}
NARROW, DARK = ("handouts", "handout", "words"), ("handout",)
ALL_THERE = """() => [...document.images].every((one) => {
  const { top, bottom, width } = (one.closest(".sheet") ?? one).getBoundingClientRect();
  return !width || bottom < 0 || top > innerHeight || (one.complete && one.naturalWidth > 0 && !one.hidden);
}) && !document.querySelector("#pages[aria-busy]")"""
"""Every picture on the screen has come (one that has not is hidden on its sheet), and the pages are set."""
PATIENCE = 300_000
"""Milliseconds for all of them: of a machine that has much to do, each thumbnail is a handout to be set."""


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, opened(_workspace(Path(folder) / "practice"), HANDOUT) as page:
        origin = page.url.split("handouts/")[0]
        for name, path in VIEWS.items():
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(origin + path)
            if page.locator("#pages").count():
                page.locator("img.page").first.wait_for(timeout=120_000)  # a packet takes a while
            _when_all_is_there(page)
            page.screenshot(path=PICTURES / f"{name}.png")
            if name in DARK:
                page.emulate_media(color_scheme="dark")
                page.screenshot(path=PICTURES / f"{name}-dark.png")
                page.emulate_media(color_scheme="light")
            if name in NARROW:
                page.set_viewport_size({"width": 390, "height": 844})
                page.reload()
                _when_all_is_there(page)
                page.screenshot(path=PICTURES / f"{name}-narrow.png")


def _when_all_is_there(page: Page) -> None:
    """Wait until every picture on the screen is loaded, and every font."""
    page.locator("html.ready").wait_for()
    page.wait_for_timeout(500)  # pictures are asked for, and what is asked for can be waited for
    page.wait_for_function(ALL_THERE, timeout=PATIENCE)
    page.evaluate("() => document.fonts.ready.then(() => null)")


def _workspace(folder: Path) -> Path:
    """A folder with a practice of its own, and nothing else: what ships is not called its own then."""
    shutil.copytree(ROOT / "practices", folder / "practices")
    shutil.copyfile(ROOT / "handoutkit.yaml", folder / "handoutkit.yaml")
    return folder


if __name__ == "__main__":
    main()
