"""Pages for screens as a phone has them: opened in Chromium without a network, filled in, saved and opened again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

TEXTS = ("Zoë & <b>محمد</b>", "😀👨‍👩‍👧 مرحبا\u200f", '"quoted" 你好', "  spaces  ")
MANY_LINES = ("\n\nfirst line\n\n</textarea> & &amp; 😀\n", "سطر أول\nسطر ثانٍ", "a\tb")
_FILL = """([texts, manyLines]) => {
  let number = 0;
  const groups = new Set();
  const said = {};
  for (const field of document.querySelectorAll(".field[name]")) {
    number += 1;
    if (field.type === "radio") {
      if (!groups.has(field.name) || number % 3 === 0) {
        field.checked = true;
        said[field.name] = [field.dataset.words, Number(field.value)];
      }
      groups.add(field.name);
    } else if (field.type === "checkbox") {
      field.checked = number % 2 === 0;
      if (field.checked) said[field.name] = [field.dataset.words || field.ariaLabel || "yes", 0];
    } else {
      const some = field.tagName === "TEXTAREA" ? manyLines : texts;
      field.value = some[number % some.length];
      said[field.name] = [field.value, 0];
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return said;
}"""


@contextmanager
def phone(browser: Browser, *, script: bool = True) -> Iterator[Page]:
    """A tab of a phone that has no network. What the page complains of, or asks for, fails the test."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=script,
        accept_downloads=True,
    )
    context.set_offline(True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.extend([] if asked.url.startswith(("file:", "data:")) else [asked.url]))
    yield page
    context.close()
    assert complaints == []


def fill_all(page: Page) -> Mapping[str, tuple[str, int]]:
    """Write into every field of a page and mark some; gives what they say, with the number of a circle."""
    said = page.evaluate(_FILL, [TEXTS, MANY_LINES])
    return {name: tuple(answer) for name, answer in said.items()}


def save(page: Page, folder: Path) -> Path:
    """What `Save my answers` makes, under the name that it proposes."""
    with page.expect_download() as download:
        page.locator("[data-save]").tap()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
