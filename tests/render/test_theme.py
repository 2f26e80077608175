"""Themes: each only what differs, found by name, extended by a practice's own; told where they are wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as memo
from typing import Any

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from tests.conftest import ROOT, Run, Tree
from tests.support.block_examples import every_block
from tests.support.page_measures import glyphs, lines, painted, words_in, worst_contrast
from tests.support.pdf_reading import failures, fonts, opened, picture, text
from tests.support.samples import FILES
from tests.support.short_suite import rest_is_long

NAMES = ("base", "calm", "editorial", "warm", "youth")
OTHERS = NAMES[1:]
LETTERING = {"base": "Atkinson", "calm": "Atkinson", "editorial": "Atkinson", "warm": "Nunito", "youth": "Lexend"}
SETTINGS = "title: Ours\ndescription: As we like it.\nextends: calm\n"
SHIPPED = "what-healthy-interdependence-looks-like"


@pytest.fixture(scope="module")
def whole(cache: RenderCache, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """A handout with every block, in a theme."""
    file = tmp_path_factory.mktemp("examples") / "examples.yaml"
    file.write_text(every_block(), encoding="utf-8")

    @memo
    def build(theme: str) -> bytes:
        choices = BuildOptions(practice="shift-your-journey", paper="letter", theme=theme)
        return Builder(Library(Workspace(ROOT)), choices, cache).render([str(file)]).finished[0].rendered.pdf

    return build


@pytest.mark.parametrize("theme", OTHERS)
def test_every_block_is_pdf_ua(theme: str, whole: Any) -> None:
    assert failures(whole(theme)) == []


@pytest.mark.parametrize("theme", NAMES)
def test_contrast_as_printed(theme: str, whole: Any) -> None:
    found, line = worst_contrast(whole(theme))
    assert found >= 4.5, line


@pytest.mark.parametrize("theme", NAMES)
def test_sizes_and_measure_are_those_of_clear_print(theme: str, pdf_of: Any) -> None:
    letters = glyphs(pdf_of(SHIPPED, practice="shift-your-journey", theme=theme))
    assert min(glyph.size for glyph in letters) >= 8.99
    body = [line for line in lines(letters) if line[0].size == 12]
    assert len(body) >= 25  # of a sheet, where the exercise and what is set small take their share
    alone = Library(Workspace(ROOT)).handout(SHIPPED).model.key_message.replace(" ", "")
    running = [line for line in body if "".join(glyph.char for glyph in line) not in alone]
    assert max(words_in(line) for line in running) <= 78


@pytest.mark.parametrize("theme", NAMES)
def test_figures_and_fields_are_lettered_in_the_themes_sans_serif(theme: str, whole: Any) -> None:
    pdf = opened(whole(theme))
    typed = pdf.Root.AcroForm.DR.Font.Wingdings.BaseFont
    assert LETTERING[theme] in str(typed)
    assert any(LETTERING[theme] in name for name in fonts(pdf))
    assert theme in ("base", "calm", "editorial") or not any("Atkinson" in name for name in fonts(pdf))


@pytest.mark.parametrize("theme", rest_is_long(OTHERS, stays=lambda theme: theme == "youth"))
def test_each_format_holds_in_each_theme(theme: str, pdf_of: Any) -> None:
    chosen = {"practice": "riverbend-counseling", "theme": theme}
    large = pdf_of("asking-for-what-you-need", **chosen, format="large-print")
    assert min(glyph.size for glyph in glyphs(large)) >= 17.9
    low_ink = pdf_of("asking-for-what-you-need", **chosen, format="low-ink")
    assert painted(low_ink) <= {(0.0,), (1.0,), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}
    assert worst_contrast(low_ink)[0] > 20


def test_the_widest_letters_leave_every_word_whole(pdf_of: Any) -> None:
    """Those of youth, spaced for dyslexia: in a table of three columns, and as a term beside what it means."""
    chosen = {"practice": "riverbend-counseling", "theme": "youth", "format": "dyslexia-friendly"}
    for handout in ("three-ways-of-relating", "what-healthy-interdependence-looks-like"):
        assert "Interdependenc e" not in text(pdf_of(handout, **chosen))
        assert "Interdependence" in text(pdf_of(handout, **chosen))


def test_each_theme_looks_like_itself(whole: Any) -> None:
    first_pages = {theme: picture(whole(theme), dpi=20).convert("L").tobytes() for theme in NAMES}
    assert len(set(first_pages.values())) == len(NAMES)


def test_a_theme_holds_only_what_differs() -> None:
    for name in OTHERS:
        own = [path for path in (ROOT / "templates" / name).rglob("*") if path.is_file()]
        assert len(own) <= 7  # its settings, three stylesheets, and one for each format at most
        assert sum(path.stat().st_size for path in own) < 12_000


def test_themes_are_listed_and_shown(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "templates/ours/theme.yaml": SETTINGS})
    listed = run("theme", "list", "--json", cwd=folder).json["themes"]
    assert [theme["id"] for theme in listed] == sorted([*NAMES, "ours"])
    assert listed[-3] == {"id": "ours", "title": "Ours", "description": "As we like it.", "extends": "calm"}
    shown = run("theme", "show", "ours", "--json", cwd=folder).json
    assert shown["comes_from"] == ["calm", "base"]
    assert shown["files"] == ["templates/ours/theme.yaml"]
    assert "comes from: base" in run("theme", "show", "calm", cwd=folder).stdout


def test_a_copy_looks_like_its_parent_until_it_is_changed(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    assert run("theme", "copy", "warm", "our-look", cwd=folder).exit_code == 0
    pages = []
    for theme in ("warm", "our-look"):
        assert run("build", "small-page", "--theme", theme, cwd=folder).exit_code == 0
        pages.append(picture((folder / f"output/oak-house/small-page.{theme}.pdf").read_bytes()).tobytes())
    assert pages[0] == pages[1]
    (folder / "templates/our-look/css/50-mine.css").write_text("h1 { letter-spacing: 3pt }", encoding="utf-8")
    run("build", "small-page", "--theme", "our-look", cwd=folder)
    assert picture((folder / "output/oak-house/small-page.our-look.pdf").read_bytes()).tobytes() != pages[0]
    again = run("theme", "copy", "calm", "our-look", cwd=folder)
    assert again.exit_code == 1
    assert "error[already-there]" in again.stderr


def test_nearer_files_come_first(tree: Tree) -> None:
    folder = tree(
        {
            "templates/ours/theme.yaml": SETTINGS,
            "templates/ours/css/50-calm.css": "/* in its place */",
            "templates/ours/css/99-last.css": "/* after all */",
            "templates/ours/blocks/prose.html": "mine",
            "templates/base/css/90-base.css": "/* after base */",
            "templates/ours/formats/low-ink/css/ours.css": "/* after the format */",
        }
    )
    theme = Theme.find("ours", Workspace(folder).roots, "low-ink")
    names = [path.name for path in theme.stylesheets]
    in_formats = ["low-ink.css", "sheet-low-ink.css", "calm-low-ink.css", "ours.css"]
    assert names[-7:] == ["50-calm.css", "75-sheet.css", "99-last.css", *in_formats]
    assert names.index("90-base.css") < names.index("50-calm.css")
    found = {path.name: path for path in theme.stylesheets}
    assert found["50-calm.css"].is_relative_to(folder)
    assert found["10-fonts.css"] == ROOT / "templates/calm/css/10-fonts.css"
    assert theme.template("blocks/prose.html") == folder / "templates/ours/blocks/prose.html"
    assert theme.template("blocks/list.html") == ROOT / "templates/base/blocks/list.html"


def test_other_themes_are_not_part_of_what_is_digested(tree: Tree) -> None:
    folder = tree({"templates/ours/theme.yaml": SETTINGS})
    before = Theme.find("warm", Workspace(folder).roots).digest
    (folder / "templates/ours/theme.yaml").write_text(SETTINGS + "icon_weight: 1\n", encoding="utf-8")
    assert Theme.find("warm", Workspace(folder).roots).digest == before
    assert Theme.find("calm", Workspace(folder).roots).digest != before


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"ours": "title: O\ndescription: D\nextends: clam\n"}, "ours/theme.yaml:3:10: error[unknown-theme] extends"),
        ({"ours": "title: O\ndescription: D\nextends: clam\n"}, "did you mean `calm`?"),
        ({"ours": "title: O\ndescription: D\n"}, "ours/theme.yaml:1:1: error[no-extends]"),
        ({"ours": "title: O\ndescription: D\nextends: ours\n"}, "in a circle: ours -> ours"),
        (
            {"ours": "title: O\ndescription: D\nextends: two\n", "two": "title: T\ndescription: D\nextends: ours\n"},
            "templates/two/theme.yaml:3:10: error[theme-circle] extends",
        ),
        (
            {"ours": SETTINGS, "base": "title: B\ndescription: D\nextends: ours\n"},
            "base/theme.yaml:3:10: error[base-ext",
        ),
        ({"ours": SETTINGS + "colour: red\n"}, "ours/theme.yaml:4:1: error[unknown-key]"),
        ({"ours": SETTINGS + "icon_weight: 9\n"}, "ours/theme.yaml:4:14: error["),
        ({"ours": SETTINGS.replace("Ours", "[")}, "ours/theme.yaml:1:"),
    ],
)
def test_a_wrong_theme_is_a_problem_at_its_line(files: dict[str, str], says: str, tree: Tree, run: Run) -> None:
    settings = {f"templates/{name}/theme.yaml": text for name, text in files.items()}
    result = run("build", "small-page", "--theme", "ours", cwd=tree({**FILES, **settings}))
    assert result.exit_code == 1
    assert says in result.stderr


def test_a_theme_without_its_file_is_told_so_and_hides_no_other(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "templates/ours/css/50-ours.css": ""})
    result = run("build", "small-page", "--theme", "ours", cwd=folder)
    assert result.exit_code == 1
    assert "templates/ours/theme.yaml: error[no-theme-file]" in result.stderr
    listed = run("theme", "list", cwd=folder)
    assert listed.exit_code == 1
    assert all(name in listed.stdout for name in NAMES)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["theme", "show", "clam"], "did you mean `calm`?"),
        (["theme", "copy", "clam", "ours"], "did you mean `calm`?"),
        (["theme", "copy", "calm", "Our Look"], "cannot be an id"),
    ],
)
def test_what_is_not_there_is_a_matter_of_usage(args: list[str], says: str, tree: Tree, run: Run) -> None:
    result = run(*args, cwd=tree(FILES))
    assert result.exit_code == 2
    assert says in result.stderr
