"""A user's templates and stylesheets: what they may change, and what they are told when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.library.shipped_files import shipped_root
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from tests.conftest import Run, Tree
from tests.support.pdf_reading import failures, text
from tests.support.samples import FILES

BLOCK = "templates/base/blocks/prompt.html"
STYLE = "templates/base/css/90-mine.css"


def built(tree: Tree, run: Run, files: dict[str, str], *options: str) -> bytes:
    folder = tree({**FILES, **files})
    result = run("build", "small-page", *options, cwd=folder)
    assert result.exit_code == 0, result.stderr
    (pdf,) = (folder / "output/oak-house").glob("*.pdf")
    return pdf.read_bytes()


def refused(tree: Tree, run: Run, files: dict[str, str]) -> str:
    folder = tree({**FILES, **files})
    result = run("build", "small-page", cwd=folder)
    assert result.exit_code == 1, result.stdout
    assert "Traceback" not in result.stderr
    assert not (folder / "output").exists()
    return result.stderr


def test_one_block_is_overridden_without_the_rest(tree: Tree, run: Run) -> None:
    pdf = built(tree, run, {BLOCK: "<p>Mine: {{ block.question | inline }}</p>\n"}, "--draft")
    assert "Mine: What do you think?" in text(pdf)
    assert "The opening words." in text(pdf)
    assert failures(pdf) == []


def test_an_override_can_build_on_the_shipped_template(tree: Tree, run: Run) -> None:
    pdf = built(tree, run, {BLOCK: '{% include "shipped/blocks/prompt.html" %}\n<p>And breathe.</p>\n'})
    words = text(pdf)
    assert words.index("What do you think?") < words.index("And breathe.")


def test_a_stylesheet_is_added(tree: Tree, run: Run) -> None:
    plain = built(tree, run, {})
    styled = built(tree, run, {STYLE: ".block-prose { break-before: page }\n"})
    assert text(plain).count("Page 1 of 1") == 1
    assert "Page 2 of 2" in text(styled)


def test_changing_a_template_is_noticed_by_the_cache(tree: Tree, run: Run) -> None:
    first = built(tree, run, {BLOCK: "<p>One</p>"}, "--draft")
    second = built(tree, run, {BLOCK: "<p>Two</p>"}, "--draft")
    assert "One" in text(first)
    assert "Two" in text(second)


def test_a_template_is_compiled_once_for_all_languages(tmp_path: Path) -> None:
    """Until its text changes; what it says is in the page's own language each time."""
    file = tmp_path / "templates/base/blocks/prompt.html"
    file.parent.mkdir(parents=True)

    def said(tag: str) -> tuple[str, object]:
        theme = Theme.find("base", [tmp_path, shipped_root()])
        template = environment(theme, tag).get_template("blocks/prompt.html")
        return template.render(), template.root_render_func.__code__

    file.write_text("One: {{ _('Edition') }}", encoding="utf-8")
    english, spanish = said("en-US"), said("es-US")
    assert (english[0], spanish[0]) == ("One: Edition", "One: Edición")
    assert english[1] is spanish[1]
    file.write_text("Two: {{ _('Edition') }}", encoding="utf-8")
    assert said("es-US")[0] == "Two: Edición"


@pytest.mark.parametrize(
    ("template", "place", "says"),
    [
        ("<p>{{ block.qestion }}</p>", f"{BLOCK}:1:1", "qestion"),
        ("<p>\n{% if %}</p>", f"{BLOCK}:2:1", "cannot be read"),
        ("{{ nothing_here }}", f"{BLOCK}:1:1", "nothing_here"),
        ("{{ ''.__class__.__mro__ }}", f"{BLOCK}:1:1", "may not"),
        ("{{ block.__init__.__globals__ }}", f"{BLOCK}:1:1", "may not"),
        ('{% include "blocks/nope.html" %}', f"{BLOCK}:1:1", "there is no template `blocks/nope.html`"),
        ("{{ 1 / 0 }}", f"{BLOCK}:1:1", "division by zero"),
        ('{% include "../../../secret.html" %}', f"{BLOCK}:1:1", "there is no template"),
    ],
)
def test_a_wrong_template_is_a_problem_at_its_line(template: str, place: str, says: str, tree: Tree, run: Run) -> None:
    stderr = refused(tree, run, {BLOCK: template})
    assert f"{place}: error[template]" in stderr
    assert says in stderr


def test_a_template_cannot_change_what_it_is_given(tree: Tree, run: Run) -> None:
    assert "may not" in refused(tree, run, {BLOCK: "{{ handout.topics.__class__ }}"})
    stderr = refused(tree, run, {BLOCK: "{% set x = document.blocks.append(1) %}"})
    assert "append" in stderr


def test_a_wrong_stylesheet_is_a_problem_at_its_line(tree: Tree, run: Run) -> None:
    stderr = refused(tree, run, {STYLE: "p { margin: 0 }\np { colour: red }\n"})
    assert f"{STYLE}:2:5: error[stylesheet]" in stderr
    assert "colour" in stderr


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://127.0.0.1:9/a.png",
        "file:///etc/hostname",
        "ftp://example.org/a.png",
        "theme:../practices/oak-house.yaml",
        "theme:/etc/hostname",
        "data:text/plain," + "a" * 70_000,
    ],
)
def test_nothing_is_fetched_from_outside_the_templates(address: str, tree: Tree, run: Run) -> None:
    stderr = refused(tree, run, {BLOCK: f'<p><img src="{address}" alt="A picture"></p>'})
    assert ("Failed to load image" if address.startswith("data:") else "error[no-such-asset]") in stderr


def test_what_a_theme_asks_for_and_is_not_there_is_told_at_its_place(tree: Tree, run: Run) -> None:
    stderr = refused(tree, run, {STYLE: "p { margin: 0 }\np { color: var(--mnie) }\n"})
    assert f"{STYLE}:2:16: error[unknown-token]" in stderr
    stderr = refused(tree, run, {BLOCK: '<p>\n<img src="../pictures/seal.svg" alt="A seal"></p>'})
    assert f"{BLOCK}:2:" in stderr
    assert "error[no-such-asset]\n" in stderr
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    seal = BLOCK.replace("blocks", "pictures").rsplit("/", maxsplit=1)[0] + "/seal.svg"
    stderr = refused(tree, run, {BLOCK: '<p>\n<img src="../pictures/seal.svg"></p>', seal: drawn})
    assert f"{BLOCK}:2:" in stderr
    assert "error[no-alternative]" in stderr


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("rule", ["margin-left", "outline-color"])  # one is asked for as the page is painted
def test_a_rule_without_a_value_is_told_at_its_place_in_both_directions(
    rule: str, language: str, tree: Tree, run: Run
) -> None:
    words = "@page { margin-right: 19mm } h2 { --mnie: 'words' }\n"
    style = f"{words}/* Ours. */ h2 {{ left: 0; border: 1px solid; {rule}:\n  var(--mnie) }}\n"
    handout = FILES["handouts/small-page.yaml"].replace("language: en", f"language: {language}")
    stderr = refused(tree, run, {STYLE: style, "handouts/small-page.yaml": handout})
    assert f"{STYLE}:2:46: error[stylesheet]" in stderr
    assert f"`{rule}` has no value here" in stderr
    assert "handouts/small-page.yaml" not in stderr


def test_an_unfinished_rule_is_told_at_its_place_from_right_to_left_too(tree: Tree, run: Run) -> None:
    handout = FILES["handouts/small-page.yaml"].replace("language: en", "language: ar")
    stderr = refused(tree, run, {STYLE: "p { margin: 0 }\np { color }\n", "handouts/small-page.yaml": handout})
    assert f"{STYLE}:2:10: error[stylesheet]" in stderr


def test_an_import_in_a_stylesheet_reaches_nothing_outside(tree: Tree, run: Run) -> None:
    assert "error[stylesheet]" in refused(tree, run, {STYLE: '@import url("https://example.org/a.css");\n'})


def test_a_picture_of_the_templates_is_served(tree: Tree, run: Run) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    block = '{% include "shipped/blocks/prompt.html" %}\n<img src="theme:pictures/dot.svg" alt="A dot">'
    pdf = built(tree, run, {"templates/pictures/dot.svg": svg, BLOCK: block})
    assert failures(pdf) == []


def test_a_character_no_shipped_font_has_is_a_problem_where_it_stands(tree: Tree, run: Run) -> None:
    handout = FILES["handouts/small-page.yaml"].replace("The opening words.", "The opening \N{SNOWMAN} words.")
    stderr = refused(tree, run, {"handouts/small-page.yaml": handout})
    assert "handouts/small-page.yaml:34:23: error[missing-glyph]" in stderr
    assert "(U+2603)" in stderr
