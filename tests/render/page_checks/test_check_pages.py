"""A build that loses words or fields, or makes them unreadable, fails at the rule or the template that did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import Format
from handoutkit.models.handout import PageLayout
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.worker_typesetter import set_here
from tests.conftest import Tree
from tests.support.own_fonts import put_font
from tests.support.samples import FILES, HANDOUT

SETTINGS = "title: Ours\ndescription: As we like it.\nextends: base\n"
CARDS = """\
  - type: card_set
    id: cards
    heading: Cards for hard moments
    reading_note: Cut them out, and keep one in your bag or on a mirror, where you see it on a hard day.
    size: wallet
    cards:
      - {title: If I want to say "I am fine", text: "Then I can say, \\"It has been a hard day.\\""}
      - {title: If they say no, text: Then I breathe.}
"""
Check = Callable[..., list[Problem]]


@pytest.fixture
def checked(tree: Tree) -> Check:
    """The problems of a small page in a theme of these files, by their paths in its folder."""

    def build(
        files: Mapping[str, str],
        format: Format = "standard",
        *,
        draft: bool = False,
        blocks: str = "",
        fields: bool = True,
    ) -> list[Problem]:
        theme = {f"templates/ours/{name}": text for name, text in {"theme.yaml": SETTINGS, **files}.items()}
        handout = {"handouts/small-page.yaml": HANDOUT + blocks}
        library = Library(Workspace(tree({**FILES, **handout, **theme})))
        loaded = library.handout("small-page")
        options = BuildOptions(
            layout="booklet", theme="ours", practice="oak-house", format=format, draft=draft, fields=fields
        )
        builder = Builder(library, options, RenderCache(None))
        try:
            made = set_here(builder.theme, builder.compose(loaded), loaded.source, None)
        except ContentError as error:
            return list(error.problems)
        return list(made.problems)

    return build


def found(problems: list[Problem]) -> list[tuple[str, str, int]]:
    """Of each problem its code, the name of its file, and its line."""
    return [(problem.code, Path(problem.file).name, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("css", "code", "message"),
    [
        (".prompt .question { margin-left: -300mm }", "words-off-page", "“What do you think?” stands outside page 1"),
        (".block-prose p { position: relative; top: -220mm }", "words-off-page", "stands outside page 1"),
        (".block-prose p { transform: translateX(400mm) }", "words-off-page", "“The opening words.”"),
        (
            ".block-prose p { height: 1mm; overflow: hidden }",
            "words-cut-off",
            "“The opening words.” on page 1 is cut off",
        ),
        (".block-prose p { display: none }", "words-lost", "“The opening words.” is not whole on any page"),
        (".block-prose p { visibility: hidden }", "words-lost", "“The opening words.”"),
        (".block-prose p { font-size: 0 }", "words-lost", "“The opening words.”"),
        (".block-prose p { font-size: 5pt }", "small-type", "is 5 points high, and nothing may be below 9 in standard"),
        (".block-prose p { color: #fefefe }", "low-contrast", "has a contrast of 1.0 to its ground, and 4.5 is needed"),
        (".block-prose p { opacity: .2 }", "low-contrast", "“The opening words.”"),
        (".block-prose p { background: #1F3A55 }", "low-contrast", "“The opening words.”"),
        (".block-prose p { background: linear-gradient(white, black) }", "low-contrast", "“The opening words.”"),
        (".block-prose p { position: relative; top: 12mm }", "words-on-words", "stand on each other on page 1"),
        (
            ".block-prose { border-left: 1mm solid #333 } .block-prose p { margin-left: -4mm }",
            "words-on-lines",
            "page 1",
        ),
        (".block-prose { border-bottom: 1mm solid #333; height: 3mm }", "words-on-lines", "page 1"),
        (".lines .field { display: none }", "field-lost", "the field `small-page.thoughts.answer` is on no page"),
        (".lines { visibility: hidden }", "field-lost", "nobody sees the field `small-page.thoughts.answer` on page 1"),
        (".lines { opacity: 0 }", "field-lost", "nobody sees the field `small-page.thoughts.answer` on page 1"),
        (".lines .field { left: -90mm }", "field-out-of-place", "reaches over the edge of the page"),
        (".lines .field { height: 1mm }", "field-out-of-place", "is too small to write in"),
        (".lines .field { top: -30mm }", "field-out-of-place", "lies over words"),
    ],
)
def test_a_rule_that_loses_something_is_named(css: str, code: str, message: str, checked: Check) -> None:
    problems = checked({"css/60-ours.css": f"h1 {{ letter-spacing: 0 }}\n\n{css}\n"})
    assert (code, "60-ours.css", 3) in found(problems)
    assert any(message in problem.message for problem in problems if problem.code == code), problems


PLACES = """\
  - type: prompt
    id: number
    question: How many were there?
    response: {type: number}
  - type: prompt
    id: day
    question: On which day?
    response: {type: date}
  - type: prompt
    id: which
    question: Which of these?
    response: {type: choice, options: [This one, That one]}
  - type: record_table
    id: record
    heading: What I saw
    rows: 3
    columns: [{id: what, header: What}, {id: where, header: Where}]
"""


@pytest.mark.parametrize("fields", [True, False], ids=["fields", "paper"])
@pytest.mark.parametrize(
    ("css", "field"),
    [
        (".line { border: 0 }", "thoughts.answer"),
        (".line { border: none }", "thoughts.answer"),
        (".line { border-color: #eee }", "thoughts.answer"),
        (".line { border-color: transparent }", "thoughts.answer"),
        (".line { --line: #e4e4e4 }", "thoughts.answer"),
        (".lines { display: none }", "thoughts.answer"),
        (".lines { visibility: hidden }", "thoughts.answer"),
        (".lines { opacity: 0.05 }", "thoughts.answer"),
        (".lines { position: absolute; left: 400mm }", "thoughts.answer"),
        (".figure { border: 0 }", "number.answer"),
        (".date-part { border: 0 }", "day.answer"),
        (".tick { border-color: #ddd }", "which.answer"),
        (".record tr, .record thead tr, .record tbody tr { border: 0 }", "record.row-"),
    ],
)
def test_a_place_to_write_without_its_line_is_told(css: str, field: str, fields: bool, checked: Check) -> None:
    """Whether a field lies on it or not."""
    problems = checked({"css/60-ours.css": f"h1 {{ letter-spacing: 0 }}\n{css}\n"}, blocks=PLACES, fields=fields)
    about = [problem for problem in problems if problem.code in ("field-lost", "field-out-of-place")]
    assert any(f"`small-page.{field}" in problem.message for problem in about), problems
    assert {place[1:] for place in found(about)} == {("60-ours.css", 2)}


def test_a_place_that_a_template_leaves_out_is_told_on_paper_as_well(checked: Check) -> None:
    problems = checked({"blocks/prompt.html": "<p>{{ block.question }}</p>"}, fields=False)
    assert found(problems) == [("field-lost", "prompt.html", 1)]


@pytest.mark.parametrize("fields", [True, False], ids=["fields", "paper"])
@pytest.mark.parametrize(
    "css",
    [
        ".line { border: 0; background: linear-gradient(#333, #333) }",
        ".lines { border: 1pt solid #333 }\n.line { border: 0 }",
        ".line { border: 0 }\n.line::after { content: ''; position: absolute; inset: auto 0 0; border: 1pt solid }",
        ".tick { border-radius: 0; border-width: 2pt }",
    ],
)
def test_places_may_be_drawn_in_other_ways(css: str, fields: bool, checked: Check) -> None:
    assert checked({"css/60-ours.css": css}, blocks=PLACES, fields=fields) == []


def test_a_token_that_nothing_sets_is_told_beside_other_words_too(checked: Check) -> None:
    """WeasyPrint takes the rest of the value: here, two millimetres on all sides."""
    css = "/* var(--not) */\n.block-prose { margin: var(--incet) 2mm; padding: var(--mine, 1mm) var(--inset) }\n"
    (problem,) = checked({"css/60-ours.css": css})
    assert (problem.code, problem.line, problem.column) == ("unknown-token", 2, 28)
    assert problem.hint == "did you mean `--inset`?"
    (problem,) = checked({"css/60-ours.css": ".block-prose { background: var(--icon-storry) 1mm 1mm / 4mm no-repeat }"})
    assert (problem.code, problem.hint) == ("unknown-token", "did you mean `--icon-story`?")


def test_a_token_without_which_a_value_is_void_is_named(checked: Check) -> None:
    (problem,) = checked({"css/60-ours.css": ".block-prose p { color: var(--acccent) }"})
    assert (problem.code, problem.line, problem.column) == ("unknown-token", 1, 29)
    assert problem.hint == "did you mean `--accent`?"


def test_a_picture_without_words_is_told_at_its_own_tag(checked: Check) -> None:
    """And not where another template has the same picture, and says that it decorates."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    files = {
        "pictures/wave.svg": svg,
        "blocks/callout.html": '<img src="../pictures/wave.svg" alt="">{% include "shipped/blocks/callout.html" %}',
        "slots/end.html": '<p>Ours</p>\n<img\n  src="../pictures/wave.svg">',
    }
    assert found(checked(files)) == [("no-alternative", "end.html", 2)]


@pytest.mark.parametrize("address", ["../../../practices/logo.svg", "https://example.org/seal.png"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("slots/end.html", '<p>Ours</p>\n<img src="ADDRESS" alt="">'),
        ("css/60-ours.css", 'h1 { letter-spacing: 0 }\n.block-prose { background: url("ADDRESS") }'),
    ],
)
def test_a_picture_from_elsewhere_is_told_at_its_address(name: str, text: str, address: str, checked: Check) -> None:
    (problem,) = checked({name: text.replace("ADDRESS", address)})
    assert found([problem]) == [("no-such-asset", Path(name).name, 2)]
    assert problem.message.startswith(f"`{address}` is not in the folder of this theme")


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ("practise.display_name", "there is no `practise`", "did you mean `practice`?"),
        ("practice.dispaly_name", "a `Practice` has no `dispaly_name`", "did you mean `display_name`?"),
        ("practice.contact.fone", "a `Contact` has no `fone`", "did you mean `phone`?"),
        ("zzz", "there is no `zzz`", "check its spelling; docs/themes.md has the names there are"),
    ],
)
def test_a_misspelt_name_in_a_template_is_told_with_the_one_that_is_meant(
    asked: str, message: str, hint: str, checked: Check
) -> None:
    (problem,) = checked({"slots/end.html": f"<p>Ours</p>\n<p>{{{{ {asked} }}}}</p>"})
    assert found([problem]) == [("template", "end.html", 2)]
    assert problem.message == f"this template asks for something that is not there: {message}"
    assert problem.hint == hint


def test_what_is_painted_over_words_covers_them(checked: Check) -> None:
    cover = ".key-message::after { content: ''; position: absolute; inset: 0; background: white }"
    css = f".key-message {{ position: relative }}\n{cover}\n"
    (problem,) = checked({"css/60-ours.css": css})
    assert (problem.code, problem.line) == ("words-covered", 2)


def test_a_bullet_over_words_is_told_at_its_rule(checked: Check) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"><path d="M0 0h300v150H0z"/></svg>'
    bullet = '.block-prose p { display: list-item }\n.block-prose p { list-style-image: url("../pictures/dot.svg") }'
    css = f".block-prose {{ padding-left: 60mm }}\n.block-prose h2 {{ margin-left: -60mm }}\n{bullet}\n"
    problems = checked({"css/60-ours.css": css, "pictures/dot.svg": drawn})
    assert ("words-covered", "60-ours.css", 4) in found(problems)


def test_a_ground_of_the_whole_page_is_looked_at(checked: Check) -> None:
    problems = checked({"css/60-ours.css": "@page { background: linear-gradient(#1F3A55, #1F3A55) }"})
    assert found(problems) == [("low-contrast", "60-ours.css", 1)]
    assert "more like it" in problems[0].message


@pytest.mark.parametrize(
    ("format", "css", "code"),
    [
        ("large-print", ".block-prose p { font-size: 14pt }", "small-type"),
        ("dyslexia-friendly", ".block-prose p { font-size: 10pt }", "small-type"),
        ("low-ink", ".block-prose { background-image: linear-gradient(#eef, #eef) }", "filled-ground"),
        ("low-ink", ".block-prose p { color: #8A2B0D }", "coloured-words"),
    ],
)
def test_each_format_keeps_what_it_promises(format: Format, css: str, code: str, checked: Check) -> None:
    assert (code, "60-ours.css", 1) in found(checked({"css/60-ours.css": css}, format))


@pytest.mark.parametrize(
    ("template", "text", "code", "message"),
    [
        (
            "blocks/prompt.html",
            "<p>?</p>",
            "words-lost",
            "“What do you think?” is on no page: its template leaves it out",
        ),
        (
            "blocks/prompt.html",
            "<p>{{ block.question }}</p>",
            "field-lost",
            "`small-page.thoughts.answer` is on no page",
        ),
        ("blocks/prose.html", "<h5>A</h5>{% include 'shipped/blocks/prose.html' %}", "heading-level", "is of level 5"),
        (
            "blocks/prose.html",
            "<svg width='9' height='9'><circle r='4'/></svg>{% include 'shipped/blocks/prose.html' %}",
            "no-alternative",
            "has no <title>",
        ),
        (
            "blocks/prose.html",
            "<ul><p>one</p></ul>{% include 'shipped/blocks/prose.html' %}",
            "list-without-items",
            "a list holds a <p>, and nothing but items, <li>, may stand in it",
        ),
        (
            "blocks/prose.html",
            "<table><tr><td>one</td></tr></table>{% include 'shipped/blocks/prose.html' %}",
            "table-without-heads",
            "a table has no <th>",
        ),
    ],
)
def test_a_template_that_loses_something_is_named(
    template: str, text: str, code: str, message: str, checked: Check
) -> None:
    problems = checked({template: text})
    assert (code, Path(template).name, 1) in found(problems)
    assert any(message in problem.message for problem in problems if problem.code == code), problems


@pytest.mark.parametrize(
    ("css", "blamed"),
    [
        (":root { --size-text: 11pt }\n", ("prose.html", 2)),
        (":root { --size-text: 11pt }\nh5 { font-size: 5pt }\n", ("60-ours.css", 2)),
        (":root { --size-text: 11pt }\n.block-prose { font-size: 6pt }\n", ("prose.html", 2)),
    ],
)
def test_words_in_an_element_that_is_small_in_itself_are_told_at_its_rule_or_its_template(
    css: str, blamed: tuple[str, int], checked: Check
) -> None:
    prose = "<p>A word.</p>\n<h3>A</h3><h4>B</h4><h5><em>Small</em></h5>{% include 'shipped/blocks/prose.html' %}"
    problems = checked({"css/60-ours.css": css, "blocks/prose.html": prose}, "dyslexia-friendly")
    assert ("small-type", *blamed) in found(problems)


@pytest.mark.parametrize(
    "css",
    [
        ".label { display: none }",
        ".block-prose p::first-letter { font-size: 3em; float: left }",
        "h1 { text-transform: uppercase }",
        ".block-prose p { background: var(--deep); color: var(--on-deep) }",
        "@page { margin: 25mm 30mm }",
        ".block-prose p { transform: rotate(1deg) }",
    ],
)
def test_what_is_a_matter_of_taste_is_let_be(css: str, checked: Check) -> None:
    assert checked({"css/60-ours.css": css}) == []


def test_what_introduces_cards_stays_above_them_whatever_the_gaps_of_a_theme(checked: Check) -> None:
    css = "h2 { margin-bottom: 45mm }"
    assert checked({"css/60-ours.css": css}, "dyslexia-friendly", blocks=CARDS) == []


def test_a_draft_is_made_all_the_same_and_says_what_is_wrong(checked: Check) -> None:
    (problem,) = checked({"css/60-ours.css": ".prompt .question { color: #fefefe }"}, draft=True)
    assert problem.code == "low-contrast"


@pytest.mark.parametrize("layout", ["sheet", "booklet"])
def test_a_wide_mark_leaves_room_for_what_stands_beside_it(layout: PageLayout, tree: Tree) -> None:
    """On sheets, the words ran into the stripe of the main idea."""
    practice = FILES["practices/oak-house.yaml"].replace("Oak House\n", "Oak House Counselling and Therapy\n")
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 100"><path d="M0 0h900v100H0z"/></svg>'
    logo = "logo: {file: wide.svg, text: An oak, height: 15}\n"
    folder = tree({**FILES, "practices/oak-house.yaml": practice + logo, "practices/wide.svg": mark})
    options = BuildOptions(layout=layout, practice="oak-house")
    (finished,) = Builder(Library(Workspace(folder)), options, RenderCache(None)).render(["small-page"]).finished
    assert finished.rendered.problems == ()


def test_a_theme_of_ours_and_nothing_else_has_no_faults(checked: Check) -> None:
    assert checked({}) == []


def test_each_place_is_said_in_words(checked: Check) -> None:
    css = ".prompt .question { margin-left: -300mm }\nh2 { visibility: hidden }\n"
    messages = {problem.code: problem.message for problem in checked({"css/60-ours.css": css})}
    assert messages["words-off-page"].endswith("(past the left edge of page 1)")
    assert messages["words-lost"].endswith("(missing after the words on page 1, top left)")


def test_what_a_template_leaves_out_is_told_in_a_theme_with_bullets_and_lettering_of_its_own(tree: Tree) -> None:
    """The pages it is checked against are made of shipped files alone, and these are none of them."""
    settings = (
        "bullets: pictures/leaf.svg\nlettering: {family: Mine, regular: fonts/mine.ttf, bold: fonts/mine.ttf}\n"
        "fonts: {text: Open Read}\n"
    )
    theme = {
        "theme.yaml": SETTINGS + settings,
        "pictures/leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
        "blocks/prompt.html": "<p>?</p>",
    }
    folder = tree({**FILES, **{f"templates/ours/{name}": text for name, text in theme.items()}})
    put_font(folder / "templates/ours/fonts/mine.ttf", "AtkinsonHyperlegibleNext-Regular.ttf", "Mine")
    for name in ("Regular", "Bold"):
        put_font(folder / f"templates/ours/fonts/open-{name}.ttf", f"Literata-{name}.ttf", "Open Read")
    builder = Builder(
        Library(Workspace(folder)),
        BuildOptions(layout="booklet", theme="ours", practice="oak-house"),
        RenderCache(None),
    )
    with pytest.raises(ContentError) as raised:
        builder.render(["small-page"])
    assert {problem.code for problem in raised.value.problems} == {"words-lost", "field-lost"}
