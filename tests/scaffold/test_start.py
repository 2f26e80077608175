"""Templates to start from: each is there, holds, and gives a handout that builds at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.shell_completion import CompletionItem

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.cli.shared_options import _completer
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.lists_and_questions import ListBlock, Qa, Vignette
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_plain
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support.pdf_reading import failures, opened
from tests.support.samples import FILES, HANDOUT
from tests.support.short_suite import rest_is_long

TEMPLATES = [
    "anger-thermometer",
    "behavioural-experiment",
    "body-outline",
    "boundary-spectrum",
    "care-load-inventory",
    "case-vignette",
    "chain-analysis",
    "circles-of-control",
    "consent-for-a-minor",
    "consent-to-therapy",
    "coping-cards",
    "couples-agreement",
    "crisis-wallet-card",
    "decisional-balance",
    "diary-card",
    "emergency-contact",
    "exposure-hierarchy",
    "family-tree",
    "feelings-in-bands",
    "fees-and-cancellation",
    "for-and-against-a-change",
    "give-and-take-month",
    "goals-with-measures",
    "good-faith-estimate",
    "grounding-5-4-3-2-1",
    "i-statement",
    "intake-questionnaire",
    "letter-you-will-not-send",
    "medication-list",
    "messages-and-email",
    "mood-month-grid",
    "myth-or-fact",
    "privacy-notice",
    "problem-list",
    "quiz-with-key",
    "readiness-ruler",
    "release-of-information",
    "safety-plan",
    "session-agreement",
    "session-feedback",
    "support-map",
    "telehealth-consent",
    "thought-record",
    "timeline",
    "urge-diary",
    "weekly-activity-schedule",
    "weekly-planner-for-two",
    "welcome-letter",
    "wheel-of-life",
    "window-of-tolerance",
    "worry-log",
]  # fmt: skip
ANSWERED = {"prompt", "record_table", "schedule_grid", "measure", "continuum", "cell_grid", "sentence_frame"}
ANSWERED |= {"card_set", "agreement", "exercise"}
MAX_PAGES = 5
"""Two for the worksheet, one for the practice and the sources; a sheet of cards has two sides more."""

PAPERS = {"consent-to-therapy", "fees-and-cancellation", "release-of-information", "telehealth-consent"}
PAPERS |= {"consent-for-a-minor", "couples-agreement", "good-faith-estimate", "messages-and-email", "privacy-notice"}
PAPERS |= {"welcome-letter"}
"""Templates with gaps for what is a practice's own."""
BUILT = [name for name in TEMPLATES if name not in PAPERS]


def shipped(name: str) -> Handout:
    return Library(Workspace(ROOT)).template(name).model


def answered(handout: Handout) -> list[str | None]:
    """The ids of the blocks that a client fills in."""
    ids = []
    for block in handout.blocks:
        writes = block.type in ANSWERED
        writes |= isinstance(block, Qa) and block.style == "quiz"
        writes |= isinstance(block, Vignette) and block.answer_lines > 0
        writes |= isinstance(block, ListBlock) and block.style == "checklist"
        writes |= isinstance(block, Figure) and any(region.answer for region in block.regions)
        ids += [block.id] if writes else []
    return ids


def test_the_templates_are_these() -> None:
    assert list(Workspace(ROOT).template_files) == TEMPLATES
    assert len(TEMPLATES) == 51


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_whole(name: str) -> None:
    handout = shipped(name)
    assert answered(handout)
    assert None not in answered(handout), "what is filled in needs an id that stays"
    kinds = [block.type for block in handout.blocks if block.type != "card_set"]  # cards have sheets of their own
    assert kinds[-2:] == ["next_step", "references"]
    assert handout.sources
    assert any(block.heading for block in handout.blocks)


def test_no_two_templates_share_a_title() -> None:
    titles = [shipped(name).title for name in TEMPLATES]
    assert len(set(titles)) == len(titles)


def test_a_measure_of_our_own_says_by_what_right_and_that_it_is_not_validated() -> None:
    for name in TEMPLATES:
        for block in shipped(name).blocks:
            if isinstance(block, Measure):
                assert "handoutkit contributors, CC BY 4.0" in block.rights_statement
                assert "not validated" in block.rights_statement.lower()


@pytest.mark.parametrize("name", rest_is_long(sorted(PAPERS), stays=lambda name: name == "consent-to-therapy"))
def test_a_paper_is_made_for_nobody_until_a_practice_has_written_what_is_its_own(
    name: str, run: Run, tree: Tree, cache: RenderCache
) -> None:
    folder = tree(FILES)
    assert run("new", "my-own", "--from", name, cwd=folder).exit_code == 0
    library = Library(Workspace(folder))
    with pytest.raises(ContentError) as caught:
        Builder(library, BuildOptions(practice="oak-house"), cache).render(["my-own"])
    errors = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert {(problem.code, problem.file) for problem in errors} == {("placeholder", "handouts/my-own.yaml")}
    assert all("[your" in problem.message.lower() for problem in errors)
    drafted = Builder(library, BuildOptions(practice="oak-house", draft=True), cache).render(["my-own"])
    assert drafted.finished[0].rendered.pages <= 2, "one sheet of paper"


@pytest.mark.parametrize("name", rest_is_long(BUILT, stays=lambda name: name in BUILT[::5]))
def test_new_from_a_template_builds_at_once(name: str, run: Run, tree: Tree, cache: RenderCache) -> None:
    folder = tree(FILES)
    assert run("new", "my-own", "--from", name, "--date", "2031-05-06", cwd=folder).exit_code == 0
    path = folder / "handouts/my-own.yaml"
    made, template = load_handout(path).model, shipped(name)
    assert made == template.model_copy(update={"id": "my-own", "reviewed_on": date(2031, 5, 6)})
    builder = Builder(Library(Workspace(folder)), BuildOptions(practice="oak-house"), cache)
    rendered = builder.render(["my-own"]).finished[0].rendered
    assert failures(rendered.pdf) == []
    assert rendered.fields > 0
    assert rendered.pages <= MAX_PAGES
    assert str(opened(rendered.pdf).docinfo.Title) == to_plain(made.title)


def test_new_from_a_template_keeps_every_comment_and_points_at_the_schema(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    result = run("new", "my-record", "--from", "thought-record", "--date", "2031-05-06", "--json", cwd=folder)
    assert result.json["outputs"] == [{"path": "handouts/my-record.yaml", "id": "my-record", "kind": "self_monitoring"}]
    made = (folder / "handouts/my-record.yaml").read_text(encoding="utf-8")
    original = (ROOT / "handouts/templates/thought-record.yaml").read_text(encoding="utf-8")
    expected = original.replace("../../schemas/", "../schemas/").replace("\nid: thought-record\n", "\nid: my-record\n")
    assert made == re.sub(r"reviewed_on: \S+", "reviewed_on: 2031-05-06", expected)


OWN = HANDOUT.replace("id: small-page", "id: 'my-form'   # mine")
SCHEMA = "# yaml-language-server: $schema=../schemas/handout.schema.json\n"


@pytest.mark.parametrize(
    ("written", "starts"),
    [
        (OWN, SCHEMA + 'id: "2nd-page"   # mine\n'),
        ("# yaml-language-server: $schema=elsewhere\n\n" + OWN, SCHEMA + '\nid: "2nd-page"   # mine\n'),
        ("# A note of mine.\n" + OWN, SCHEMA + '# A note of mine.\nid: "2nd-page"   # mine\n'),
    ],
)
def test_a_template_of_ones_own(written: str, starts: str, run: Run, tree: Tree) -> None:
    folder = tree({**FILES, "handouts/templates/my-form.yaml": written})
    assert run("new", "2nd-page", "--from", "my-form", cwd=folder).exit_code == 0
    path = folder / "handouts/2nd-page.yaml"
    assert path.read_text(encoding="utf-8").startswith(starts)
    assert load_handout(path).model.id == "2nd-page"
    assert run("check", "2nd-page", cwd=folder).exit_code == 0


def test_ones_own_template_comes_before_the_shipped_one(run: Run, tree: Tree) -> None:
    own = HANDOUT.replace("small-page", "worry-log").replace("A small page", "My own log")
    folder = tree({**FILES, "handouts/templates/worry-log.yaml": own})
    listed = {form["id"]: form for form in run("list", "--templates", "--json", cwd=folder).json["templates"]}
    assert set(listed) == set(TEMPLATES)
    assert listed["worry-log"]["title"] == "My own log"
    run("new", "mine", "--from", "worry-log", cwd=folder)
    assert load_handout(folder / "handouts/mine.yaml").model.title == "My own log"


def test_list_shows_templates_only_when_asked(run: Run) -> None:
    listed = run("-C", ROOT, "list", "--templates", "--json").json
    assert [form["id"] for form in listed["templates"]] == TEMPLATES
    assert set(listed["templates"][0]) == {"id", "title", "kind", "shelf", "topics", "for", "language"}
    assert "Thought record" in run("-C", ROOT, "list", "--templates").stdout
    assert [handout["id"] for handout in run("-C", ROOT, "list", "--json").json["handouts"]] == HANDOUTS
    assert not set(TEMPLATES) & set(HANDOUTS)
    measures = run("-C", ROOT, "list", "--templates", "--kind", "measure", "--json").json["templates"]
    assert [form["id"] for form in measures] == ["care-load-inventory"]
    assert "list --templates" in run("-C", ROOT, "list", "--templates", "--topic", "nothing").stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["new", "mine", "--from", "thougt-record"], "did you mean `thought-record`?"),
        (["new", "mine", "--from", "zzz"], "there is no template `zzz`"),
        (["new", "mine", "--from", "worry-log", "--kind", "plan"], "--kind and --from"),
        (["new", "No Good", "--from", "worry-log"], "cannot be an id"),
        (["build", "worry-log"], "handoutkit new my-worry-log --from worry-log"),
        (["show", "worry-log"], "is a template"),
    ],
)
def test_usage_problems_exit_with_2(args: list[str], says: str, run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    result = run(*args, cwd=folder)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (folder / "handouts/mine.yaml").exists()


def test_new_from_a_template_never_overwrites(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    result = run("new", "small-page", "--from", "worry-log", cwd=folder)
    assert (result.exit_code, "choose another id" in result.stderr) == (1, True)
    assert (folder / "handouts/small-page.yaml").read_text(encoding="utf-8") == HANDOUT


def test_a_handout_may_have_the_id_of_its_template(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("new", "worry-log", "--from", "worry-log", cwd=folder).exit_code == 0
    assert run("show", "worry-log", cwd=folder).exit_code == 0


def test_check_reads_templates_too(run: Run, tree: Tree) -> None:
    folder = tree({**FILES, "handouts/templates/mine.yaml": "id: mine\n"})
    result = run("check", "--json", cwd=folder)
    assert result.exit_code == 1
    errors = {problem["file"] for problem in result.json["problems"] if problem["severity"] == "error"}
    assert errors == {"handouts/templates/mine.yaml"}


@pytest.mark.parametrize(
    "name", rest_is_long(["123", "null", "1e3", "2026-11-21", "true"], stays=lambda name: name in ("123", "null"))
)
def test_an_id_that_yaml_would_take_for_something_else(name: str, run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("new", name, cwd=folder).exit_code == 0
    problems = run("check", name, "--json", cwd=folder).json["problems"]
    assert {problem["code"] for problem in problems if problem["severity"] == "error"} == {"placeholder"}


def test_completion_offers_templates(tree: Tree) -> None:
    context = click.Context(click.Command("handoutkit"))
    context.params["folder"] = tree(FILES)
    offered: Callable[..., list[CompletionItem]] = _completer("template")
    assert [item.value for item in offered(context, click.Argument(["x"]), "thought")] == ["thought-record"]


def test_templates_hold_no_number_to_call() -> None:
    """Whom to call in a crisis comes from the practice's profile; numbers in examples are the reserved 555-01xx."""
    for path in Path(ROOT / "handouts/templates").glob("*.yaml"):
        for number in re.findall(r"\b\d{3}-\d{3,4}\b", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"555-01\d\d", number), (path.name, number)


def test_old_spellings_still_work_and_say_the_new_ones(run: Run, tree: Tree) -> None:
    own = HANDOUT.replace("small-page", "my-form")
    folder = tree({**FILES, "handouts/formats/my-form.yaml": own})
    result = run("list", "--formats", "--json", cwd=folder)
    assert result.json["formats"] == result.json["templates"]
    assert {template["id"] for template in result.json["formats"]} >= {"my-form", "thought-record"}
    assert "--formats is now --templates" in result.stderr
    assert "handouts/formats/ is now handouts/templates/" in result.stderr
    assert run("new", "mine", "--from", "my-form", cwd=folder).exit_code == 0
    assert "is now" not in run("-C", ROOT, "list", "--templates").stderr


def test_the_new_folder_comes_before_the_old_one_and_that_before_the_shipped_one(tree: Tree) -> None:
    old, new = "handouts/formats", "handouts/templates"
    folder = tree({f"{old}/worry-log.yaml": HANDOUT, f"{old}/mine.yaml": HANDOUT, f"{new}/mine.yaml": HANDOUT})
    files = Workspace(folder).template_files
    assert files["worry-log"] == folder / old / "worry-log.yaml"
    assert files["mine"] == folder / new / "mine.yaml"
