"""What people and machines do to a command that nobody planned for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from handoutkit.checks.consistency.review_dates import review_due
from handoutkit.files.kept_entries import default_folder
from handoutkit.loading.load_file import load_handout
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Run, Tree
from tests.support.pdf_reading import text
from tests.support.samples import FILES, FRAMING, HANDOUT, PRACTICE

SMALL_PACKET = (
    "id: small-packet\ntitle: A packet\nlanguage: en\nhandouts: [{handout: small-page}]\nvalues: [client_ref]\n"
)
COMMAND = [sys.executable, "-m", "handoutkit"]
BLOCK = "templates/base/blocks/prompt.html"


def pdf(folder: Path, name: str = "small-page") -> bytes:
    return (folder / f"output/oak-house/{name}.pdf").read_bytes()


@pytest.mark.parametrize(
    "place", [BLOCK, "templates/base/css/90-mine.css", "templates/base/blocks", "templates/pictures/dot.svg"]
)
def test_links_out_of_the_templates_are_refused(place: str, tree: Tree, run: Run, tmp_path: Path) -> None:
    folder = tree({**FILES, "templates/base/README.md": ""})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "prompt.html").write_text("secret")
    link = folder / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside / "prompt.html" if "." in link.name else outside)
    result = run("build", "small-page", cwd=folder)
    assert result.exit_code == 1
    assert f"{place}: error[link-outside]" in result.stderr


@pytest.mark.parametrize(
    ("style", "code"),
    [("* { opacity: 0 !important }", "low-contrast"), ("* { display: inline !important }", "words-off-page")],
)
def test_what_a_theme_does_to_a_finished_page_is_no_bug_of_ours(style: str, code: str, tree: Tree, run: Run) -> None:
    """It is told at its line, and a draft of it is made if it can be."""
    folder = tree({**FILES, "templates/base/css/90-mine.css": style})
    ran = run("build", "small-page", cwd=folder)
    assert ran.exit_code == 1
    assert f"templates/base/css/90-mine.css:1:1: error[{code}]" in ran.stderr
    assert not list(folder.rglob("*.pdf"))
    draft = run("build", "small-page", "--draft", cwd=folder)
    assert draft.exit_code == 0 or "error[layout-failed]" in draft.stderr


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("@page { margin: 0 !important }", "words-off-page"),
        ("body { display: none !important }", "layout-failed"),
    ],
)
def test_a_theme_that_hides_what_a_packet_shows_of_a_client_is_told(
    style: str, code: str, tree: Tree, run: Run
) -> None:
    """And no client's packet is withheld for it, as if it were a bug of ours."""
    folder = tree(
        {**FILES, "handouts/packets/small-packet.yaml": SMALL_PACKET, "templates/base/css/90-mine.css": style}
    )
    ran = run("packet", "small-packet", "--client-ref", "QX-1", cwd=folder)
    assert ran.exit_code == 1
    assert f"error[{code}]" in ran.stderr
    assert not list(folder.rglob("*.pdf"))


def test_signs_and_stars_in_an_option_stay_as_they_were_written(tree: Tree, run: Run) -> None:
    options = 'response: {type: choice, options: ["(c) Never", "(r) 5*3*2", "a _b_ c"]}'
    handout = HANDOUT.replace("response: {type: lines, count: 3}", options)
    folder = tree({**FILES, "handouts/small-page.yaml": handout})
    assert run("build", "small-page", cwd=folder).exit_code == 0
    words = text(pdf(folder))
    assert all(option in words for option in ("(c) Never", "(r) 5*3*2", "a _b_ c"))


def test_days_still_to_come_are_refused(tree: Tree, run: Run) -> None:
    files = {**FILES, "handouts/small-page.yaml": HANDOUT.replace("2026-03-01", "2126-03-01")}
    result = run("build", "small-page", cwd=tree(files))
    assert result.exit_code == 1
    assert "in-the-future" in result.stderr


def test_a_note_after_what_a_client_does_not_see_is_not_seen_either(tree: Tree, run: Run) -> None:
    handout = HANDOUT.replace("    id: opening\n", "    id: opening\n    audience: clinician\n")
    folder = tree({**FILES, "handouts/small-page.yaml": handout})
    run("build", "small-page", "--framing", "our-people", cwd=folder)
    run("build", "small-page", "--framing", "our-people", "--audience", "clinician", cwd=folder)
    assert "The note by slot." not in text(pdf(folder))
    assert "The note by slot." in text(pdf(folder, "small-page.clinician"))


def test_two_slots_of_one_topic_take_two_notes(tree: Tree, run: Run) -> None:
    slots = "    topics: [sharing]\n  - {id: second, after: thoughts, about: More., topics: [sharing]}\n"
    handout = HANDOUT.replace("    topics: [sharing]\n", slots)
    second = FRAMING[FRAMING.index("  - id: by-topic") :].replace("by-topic", "again").replace("by topic", "again")
    framing = FRAMING.replace("{handout: small-page, slot: after-opening}", "{topic: sharing}") + second
    folder = tree({**FILES, "handouts/small-page.yaml": handout, "handouts/framings/our-people.yaml": framing})
    assert run("build", "small-page", "--framing", "our-people", cwd=folder).exit_code == 0
    assert text(pdf(folder)).index("The note by slot.") < text(pdf(folder)).index("The note by topic.")


def test_a_framing_in_another_language_is_left_out_and_said_so(tree: Tree, run: Run) -> None:
    framing = FRAMING.replace("language: en", "language: es")
    folder = tree({**FILES, "handouts/framings/our-people.yaml": framing})
    result = run("build", "small-page", "--framing", "our-people", cwd=folder)
    assert result.exit_code == 0
    assert "framing-language" in result.stderr
    assert "The note by slot." not in text(pdf(folder))


def test_every_unknown_name_is_told_at_once(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    choices = run("build", "small-page", "--theme", "x", "--practice", "y", "--framing", "z", cwd=folder)
    handouts = run("build", "smal-page", "smaller-page", "missing.yaml", cwd=folder)
    assert (choices.exit_code, handouts.exit_code) == (2, 2)
    assert all(f"unknown-{what}" in choices.stderr for what in ("theme", "practice", "framing"))
    assert handouts.stderr.count("unknown-handout") == 2
    assert "no-such-file" in handouts.stderr


def test_a_practice_that_names_an_unknown_framing_is_told_where(tree: Tree, run: Run) -> None:
    practice = PRACTICE + "framings:\n  - id: our-peeple\n"
    result = run("build", "small-page", cwd=tree({**FILES, "practices/oak-house.yaml": practice}))
    assert result.exit_code == 1
    assert "practices/oak-house.yaml:12:9: error[no-such-framing] framings[0].id" in result.stderr


def test_settings_that_name_an_unknown_practice_are_told_where(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handoutkit.yaml": "practice: oak-hose\n"})
    for command in (["build", "small-page"], ["check"], ["check", "small-page"]):
        result = run(*command, cwd=folder)
        assert result.exit_code == 1
        assert "handoutkit.yaml:1:11: error[unknown-practice] practice" in result.stderr
    assert run("build", "small-page", cwd=tree({**FILES, "handoutkit.yaml": "# practice: mine\n"})).exit_code == 0


def test_nothing_is_written_if_one_cannot_be(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handouts/a.yaml": HANDOUT.replace("small-page", "a")})
    (folder / "output/oak-house/small-page.pdf").mkdir(parents=True)
    result = run("build", "a", "small-page", "--json", cwd=folder)
    assert result.exit_code == 3
    assert result.json["problems"][0]["file"] == "output/oak-house/small-page.pdf"
    assert [path.name for path in (folder / "output/oak-house").iterdir()] == ["small-page.pdf"]


def test_the_same_pdf_is_not_made_twice(tree: Tree, run: Run) -> None:
    result = run("build", "small-page", "./handouts/small-page.yaml", cwd=tree(FILES))
    assert result.exit_code == 2
    assert "same-file" in result.stderr


def test_a_wrong_stylesheet_is_told_once_for_all_handouts(tree: Tree, run: Run) -> None:
    files = {**FILES, "handouts/a.yaml": HANDOUT.replace("small-page", "a")}
    files |= {f"templates/base/css/9{n}.css": "p { colour: red }\n" for n in range(2)}
    result = run("build", "a", "small-page", cwd=tree(files))
    assert result.exit_code == 1
    assert result.stderr.count("error[stylesheet]") == 2


def test_init_leaves_nothing_behind_when_it_cannot_finish(tree: Tree, run: Run) -> None:
    folder = tree({"templates": "a file in the way"})
    result = run("init", folder)
    assert result.exit_code == 1
    assert "templates" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["templates"]


def test_one_unreadable_handout_does_not_hide_the_others(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handouts/bad.yaml": "id: [\n"})
    result = run("list", cwd=folder)
    assert result.exit_code == 1
    assert "small-page" in result.stdout
    assert "handouts/bad.yaml" in result.stderr


def test_yml_is_yaml_too(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/short.yml": HANDOUT.replace("small-page", "short"), "practices/oak-house.yml": PRACTICE})
    assert run("build", "short", cwd=folder).exit_code == 0


def test_many_problems_are_counted_and_not_poured_out(tree: Tree, run: Run) -> None:
    wrong = HANDOUT + "".join(f"key{number}: 1\n" for number in range(90))
    folder = tree({**FILES, "handouts/small-page.yaml": wrong})
    assert "... and 40 more; --json lists all of them" in run("build", "small-page", cwd=folder).stderr
    assert len(run("build", "small-page", "--json", cwd=folder).json["problems"]) == 90


def test_usage_problems_are_json_where_json_was_asked_for(tree: Tree) -> None:
    command = [*COMMAND, "build", "--json", "--paper", "a5"]
    done = subprocess.run(command, cwd=tree(FILES), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert '"code": "usage"' in done.stdout


@pytest.mark.parametrize(("variables", "coloured"), [({"NO_COLOR": "1"}, False), ({}, True)])
def test_no_color_is_respected_on_a_terminal(variables: dict[str, str], coloured: bool, tree: Tree) -> None:
    import pty

    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    if not variables:
        environment.pop("NO_COLOR", None)
    subprocess.run([*COMMAND, "show", "nothing"], cwd=tree(FILES), env=environment, stderr=child, check=False)
    os.close(child)
    said = os.read(parent, 10_000).decode()
    os.close(parent)
    assert "unknown-handout" in said
    assert ("\x1b[" in said) == coloured


def test_a_reader_who_leaves_early_is_no_trouble(tree: Tree) -> None:
    shell = f"{' '.join(COMMAND)} schema handout | head -1"
    done = subprocess.run(["sh", "-c", shell], cwd=tree(FILES), capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_result_that_cannot_be_written_exits_with_3(tree: Tree) -> None:
    full = Path("/dev/full")
    if not full.exists():  # only Linux has one; elsewhere a closed stdout stands for it
        full = Path(os.devnull)
    with full.open("w") as stdout:
        command = [*COMMAND, "list"]
        done = subprocess.run(command, cwd=tree(FILES), stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == (3 if full.name == "full" else 0)


def test_ctrl_c_stops_cleanly(tree: Tree) -> None:
    files = {f"handouts/page-{n}.yaml": HANDOUT.replace("small-page", f"page-{n}") for n in range(40)}
    folder = tree({**FILES, **files})
    names = [f"page-{n}" for n in range(40)]
    process = subprocess.Popen([*COMMAND, "build", *names], cwd=folder, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "Stopped; nothing is half written."
    assert not (folder / "output").exists()


def test_a_user_without_a_home_builds_without_a_cache(tree: Tree, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def homeless(*_: object, **__: object) -> str:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_cache_dir", homeless)
    assert default_folder() is None
    assert run("build", "small-page", cwd=tree(FILES)).exit_code == 0
    assert run("doctor").exit_code == 0


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    code = f"import os; os.mkdir({str(gone)!r}); os.chdir({str(gone)!r}); os.rmdir({str(gone)!r})"
    code += "; import sys; sys.argv = ['handoutkit', 'list']; from handoutkit.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "no-folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("head", ['{"pages": 1e999}', "[" * 100_000, '{"key": 1}', "null"])
def test_no_cache_entry_is_trusted(head: str, tmp_path: Path) -> None:
    (tmp_path / ("0" * 64 + ".cached")).write_bytes(head.encode() + b"\n%PDF")
    assert RenderCache(tmp_path).get("0" * 64) is None


def test_the_end_of_a_month_is_the_end_of_a_month(tree: Tree) -> None:
    handout = HANDOUT.replace("2026-03-01", "2026-11-30").replace("12 months", "3 months")
    loaded = load_handout(tree({"handouts/small-page.yaml": handout}) / "handouts/small-page.yaml").model
    assert review_due(loaded) == date(2027, 2, 28)
    assert review_due(loaded.model_copy(update={"review_every": "1 year"})) == date(2027, 11, 30)
