"""What a theme says and nothing reads is named, with the name that was likely meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from handoutkit.errors import ContentError, Problem
from handoutkit.library.workspace import Workspace
from handoutkit.own_themes.stray_names import stray_names
from tests.conftest import ROOT, Tree

SETTINGS = "title: Ours\ndescription: As we like it.\nextends: calm\n"
Strays = Callable[[Mapping[str, str]], list[Problem]]
USED: Mapping[str, str] = {
    "css/60-ours.css": ".block-list .question, .callout-tip, .mine { color: var(--brand) }\n"
    "p { font-family: Literata, serif }\n"
    "/* .never, var(--never) */ :root { --own: 1mm; --display: 'Atkinson Hyperlegible Next' }\n"
    "h1 { margin: var(--own) }",
    "css/10-faces.css": "@font-face { font-family: Literata; src: url('theme:fonts/Literata-Regular.ttf') }",
    "formats/large-print/css/ours.css": "h1 { color: var(--ink); margin: var(--room) }",
    "parts/extra.html": '<p class="mine">More</p>',
    "blocks/prose.html": '{% include "parts/extra.html" %}',
    "handout.html": '{% extends "shipped/handout.html" %}{% block key_message %}Mine{% endblock %}',
    "pictures/leaf.svg": "<svg/>",
    "README.txt": "A note.",
}


@pytest.fixture
def strays(tree: Tree) -> Strays:
    """The strays of a theme of these files, by their paths in its folder."""

    def find(files: Mapping[str, str]) -> list[Problem]:
        theme = {f"templates/ours/{name}": text for name, text in {"theme.yaml": SETTINGS, **files}.items()}
        return stray_names("ours", Workspace(tree(theme)).roots)

    return find


def test_what_is_read_is_no_stray(strays: Strays) -> None:
    assert strays(USED) == []


@pytest.mark.parametrize(
    ("name", "text", "code", "line", "hint"),
    [
        ("blocks/promt.html", "<p>x</p>", "unknown-file", 0, "did you mean `prompt.html`?"),
        ("mine.css", "h1 { margin: 0 }", "unknown-file", 0, "did you mean `css/`?"),
        ("format/low-ink/css/a.css", "h1 { margin: 0 }", "unknown-file", 0, "did you mean `formats`?"),
        ("formats/lowink/css/a.css", "h1 { margin: 0 }", "unknown-file", 0, "did you mean `low-ink`?"),
        ("them.yaml", "a: 1", "unknown-file", 0, "did you mean `theme.yaml`?"),
        (
            "handout.html",
            '{% extends "shipped/handout.html" %}\n{% block key_mesage %}x{% endblock %}',
            "unknown-place",
            2,
            "did you mean `key_message`?",
        ),
        ("css/a.css", "\n.qestion { margin: 0 }", "unknown-class", 2, "did you mean `question`?"),
        ("css/a.css", "h1 { color: var(--bran) }", "unknown-token", 1, "did you mean `--brand`?"),
    ],
)
def test_a_stray_is_named_with_the_likely_name(
    name: str, text: str, code: str, line: int, hint: str, strays: Strays
) -> None:
    face = {"css/10-faces.css": USED["css/10-faces.css"]}
    (problem,) = strays({**face, name: text})
    assert (problem.code, problem.line, problem.hint) == (code, line, hint)
    assert Path(problem.file).name == Path(name).name


@pytest.mark.parametrize("name", ["calm", "editorial", "warm", "youth"])
def test_a_copy_of_a_shipped_theme_has_no_strays(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates" / name, tmp_path / "templates" / "ours")
    assert stray_names("ours", Workspace(tmp_path).roots) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("parts/foot.html", '<p class="' + "{{a}}" * 40_000),
        ("parts/foot.html", "{% block a" * 40_000),
        ("css/a.css", ".a:has(" * 20_000),
        ("css/a.css", "@media print {" * 20_000),
        ("css/a.css", "/*" + "var(--a)" * 50_000),
    ],
)
def test_a_hostile_file_ends_at_the_limits_of_the_second_process(name: str, text: str, strays: Strays) -> None:
    with suppress(ContentError):
        assert strays({name: text}) is not None


def test_a_link_out_of_the_workspace_is_not_followed(tree: Tree) -> None:
    folder = tree({"templates/ours/theme.yaml": SETTINGS, "templates/ours/css/a.css": "h1 { margin: 0 }"})
    (folder / "templates/ours/css/b.css").symlink_to(ROOT / "pyproject.toml")
    with pytest.raises(ContentError, match="link-outside"):
        stray_names("ours", Workspace(folder).roots)
