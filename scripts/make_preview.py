"""Takes pictures of the app for docs/preview.md, wide and narrow, light and dark, in a real browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.bench_preview import ROOT, opened, workspace

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


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, opened(workspace(Path(folder) / "practice"), HANDOUT) as page:
        origin = page.url.split("handouts/")[0]
        for name, path in VIEWS.items():
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(origin + path)
            if page.locator("#pages").count():
                page.locator("img.page").first.wait_for(timeout=120_000)  # a packet takes a while
            if name == "new":
                page.wait_for_function(
                    "() => document.querySelectorAll('.shelf-pictures img:not([hidden])').length > 9"
                )
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / f"{name}.png")
            if name in DARK:
                page.emulate_media(color_scheme="dark")
                page.screenshot(path=PICTURES / f"{name}-dark.png")
                page.emulate_media(color_scheme="light")
            if name in NARROW:
                page.set_viewport_size({"width": 390, "height": 844})
                page.reload()
                page.wait_for_timeout(3000)
                page.screenshot(path=PICTURES / f"{name}-narrow.png")


if __name__ == "__main__":
    main()
