"""The commands as a user types them: results on stdout, problems on stderr, exit codes, JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from handoutkit.cli.main import COMMANDS, cli
from handoutkit.library.library import near_names
from handoutkit.loading.load_file import load_handout
from handoutkit.scaffold.start import kinds
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support.pdf_reading import failures, text
from tests.support.samples import FILES, HANDOUT, PRACTICE
from tests.support.short_suite import rest_is_long


def test_build_puts_the_pdf_where_it_is_promised(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    result = run("build", "small-page", cwd=folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "output/oak-house/small-page.pdf  (1 page)\n"
    words = text((folder / "output/oak-house/small-page.pdf").read_bytes())
    assert "Oak House" in words
    assert "0117 496 0123" in words


def test_build_again_is_unchanged(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    run("build", "small-page", cwd=folder)
    first = (folder / "output/oak-house/small-page.pdf").read_bytes()
    assert "unchanged" in run("build", "small-page", cwd=folder).stdout
    assert (folder / "output/oak-house/small-page.pdf").read_bytes() == first


def test_unchanged_is_said_of_a_file_that_was_there(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    run("build", "small-page", cwd=folder)
    assert "unchanged" not in run("build", "small-page", "-o", "elsewhere", cwd=folder).stdout
    assert "unchanged" in run("build", "small-page", "-o", "elsewhere", cwd=folder).stdout
    (folder / "elsewhere/oak-house/small-page.pdf").write_bytes(b"another")
    assert "unchanged" not in run("build", "small-page", "-o", "elsewhere", cwd=folder).stdout


def test_no_look_takes_the_place_of_another(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    looks = ((), ("--no-fields",), ("--theme", "calm"), ("--format", "low-ink"), ("--paper", "letter"))
    both = ("--theme", "calm", "--no-fields", "--format", "low-ink")
    names = [run("build", "small-page", *look, cwd=folder).stdout.split("  ")[0] for look in (*looks, both)]
    start = "output/oak-house/small-page"
    ends = ("", ".no-fields", ".calm", ".low-ink", ".letter", ".low-ink.calm.no-fields")
    assert names == [f"{start}{end}.pdf" for end in ends]


def test_build_as_json(tree: Tree, run: Run) -> None:
    result = run("build", "small-page", "--json", cwd=tree(FILES))
    (output,) = result.json["outputs"]
    assert set(output) == {"path", "id", "kind", "lang", "format", "pages", "fields", "sha256", "cached", "unchanged"}
    assert (output["id"], output["pages"], output["cached"]) == ("small-page", 1, False)
    assert result.json["problems"] == []


def test_build_takes_files_and_other_folders(tree: Tree, run: Run, tmp_path: Path) -> None:
    folder = tree(FILES)
    result = run(
        "-C", folder, "build", folder / "handouts/small-page.yaml", "-o", tmp_path / "out", "--practice",
        folder / "practices/oak-house.yaml",
    )  # fmt: skip
    assert result.exit_code == 0
    assert (tmp_path / "out/oak-house/small-page.pdf").is_file()
    assert not (folder / "output").exists()


def test_build_finds_the_workspace_from_inside_it(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handoutkit.yaml": "practice: oak-house\n"})
    assert run("build", "small-page", cwd=folder / "handouts").exit_code == 0
    assert (folder / "output/oak-house/small-page.pdf").is_file()


def test_build_works_with_nothing_but_what_ships(run: Run, tmp_path: Path) -> None:
    result = run("build", HANDOUTS[0], cwd=tmp_path)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "output/riverbend-counseling" / f"{HANDOUTS[0]}.pdf").is_file()


def test_the_clinicians_copy_never_takes_the_clients_name(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    run("build", "small-page", cwd=folder)
    run("build", "small-page", "--audience", "clinician", cwd=folder)
    client, clinician = (
        text((folder / f"output/oak-house/small-page{part}.pdf").read_bytes()) for part in ("", ".clinician")
    )
    assert "Guide words" not in client
    assert "Guide words for when not." in clinician


def test_dates_are_set_as_the_region_writes_them(tree: Tree, run: Run) -> None:
    files = {**FILES, "practices/us.yaml": PRACTICE.replace("oak-house", "us").replace("GB", "US")}
    folder = tree(files)
    run("build", "small-page", "--practice", "oak-house", cwd=folder)
    run("build", "small-page", "--practice", "us", cwd=folder)
    assert "1 March 2026" in text((folder / "output/oak-house/small-page.pdf").read_bytes())
    assert "March 1, 2026" in text((folder / "output/us/small-page.pdf").read_bytes())


def test_one_wrong_handout_of_several_writes_none_and_tells_all(tree: Tree, run: Run) -> None:
    files = {**FILES, "handouts/bad.yaml": HANDOUT.replace("small-page", "bad").replace("prose", "proze")}
    files["handouts/worse.yaml"] = "id: worse\n"
    folder = tree(files)
    result = run("build", "small-page", "bad", "worse", cwd=folder)
    assert result.exit_code == 1
    assert "handouts/bad.yaml:31:11: error[unknown-block] blocks[0].type" in result.stderr
    assert "did you mean `prose`?" in result.stderr
    assert "handouts/worse.yaml:1:1: error[missing-field] title" in result.stderr
    assert not (folder / "output").exists()


def test_json_holds_the_problems_too(tree: Tree, run: Run) -> None:
    result = run("build", "bad", "--json", cwd=tree({"handouts/bad.yaml": "id: [\n"}))
    assert result.exit_code == 1
    (problem,) = result.json["problems"]
    assert set(problem) == {"file", "line", "column", "path", "severity", "code", "message", "hint"}
    assert result.json["outputs"] == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["build"], "name the handouts to build"),
        (["build", "smal-page"], "did you mean `small-page`?"),
        (["build", "small-page", "--practice", "nobody"], "there is no practice `nobody`"),
        (["build", "small-page", "--framing", "our-peeple"], "did you mean `our-people`?"),
        (["build", "small-page", "--lang", "es"], "it is there in `en`"),
        (["build", "small-page", "--theme", "bases"], "did you mean `base`?"),
        (["build", "small-page", "--paper", "a5"], "a5"),
        (["build", "small-page", "--date", "tomorrow"], "tomorrow"),
        (["show", "nothing"], "there is no handout `nothing`"),
        (["new", "No Good"], "cannot be an id"),
        (["new", "con"], "Windows"),
        (["new", "x" * 61], "too long"),
        (["new", "fine", "--kind", "poem"], "poem"),
        (["schema", "poem"], "there is no schema"),
        (["nonsense"], "nonsense"),
        (["-C", "nowhere", "list"], "nowhere"),
    ],
)
def test_usage_problems_exit_with_2(args: list[str], says: str, tree: Tree, run: Run) -> None:
    result = run(*args, cwd=tree(FILES))
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_several_practices_want_a_choice(tree: Tree, run: Run) -> None:
    files = {**FILES, "practices/elm.yaml": PRACTICE.replace("oak-house", "elm")}
    result = run("build", "small-page", cwd=tree(files))
    assert result.exit_code == 2
    assert "several practices here: elm, oak-house" in result.stderr
    assert run("build", "small-page", cwd=tree({**files, "handoutkit.yaml": "practice: elm\n"})).exit_code == 0


def test_a_folder_that_cannot_be_written_exits_with_3(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "output": "a file in the way\n"})
    result = run("build", "small-page", cwd=folder)
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
    assert (folder / "output").read_text() == "a file in the way\n"


def test_list_filters_and_shadows(tree: Tree, run: Run) -> None:
    shadow = HANDOUT.replace("small-page", HANDOUTS[0]).replace("A small page", "My own words")
    folder = tree({**FILES, f"handouts/{HANDOUTS[0]}.yaml": shadow})
    listed = {handout["id"]: handout for handout in run("list", "--json", cwd=folder).json["handouts"]}
    assert set(listed) == {*HANDOUTS, "small-page"}
    assert listed[HANDOUTS[0]]["title"] == "My own words"
    assert [h["id"] for h in run("list", "--topic", "asking", "--kind", "worksheet", "--lang", "en", "--json",
                                 cwd=folder).json["handouts"]].count("small-page") == 1  # fmt: skip
    assert run("list", "--kind", "measure", "--json", cwd=folder).json == {"handouts": []}
    assert "My own words" in run("list", cwd=folder).stdout


def test_packets_are_listed_with_what_is_in_them(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    assert "appointment-slip" in run("list", "--packets", cwd=folder).stdout
    listed = {packet["id"]: packet for packet in run("list", "--packets", "--json", cwd=folder).json["packets"]}
    assert listed["appointment-slip"]["handouts"] == []
    assert "grief" in listed["grieving"]["handouts"]
    spanish = run("list", "--packets", "--lang", "es", "--json", cwd=folder).json["packets"]
    assert {packet["id"] for packet in spanish} == {name for name, one in listed.items() if "es" in one["languages"]}
    assert "No packet is like that" in run("list", "--packets", "--lang", "fr", cwd=folder).stdout
    assert run("list", "--packets", "--topic", "sleep", cwd=folder).exit_code == 2


def test_a_practice_in_place_of_a_handout_is_called_one(tree: Tree, run: Run) -> None:
    ran = run("check", "riverbend-counseling", cwd=tree(FILES))
    assert (ran.exit_code, "`riverbend-counseling` is a practice, not a handout" in ran.stderr) == (2, True)


def test_show(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    facts = run("show", "small-page", "--json", cwd=folder).json
    assert [block["type"] for block in facts["blocks"]] == ["prose", "prompt", "next_step", "references"]
    assert [framing["id"] for framing in facts["framings"]] == ["our-people"]
    assert facts["languages"] == ["en"]
    words = run("show", "small-page", cwd=folder).stdout
    assert "One idea is enough." in words
    assert "our-people" in words


@pytest.mark.long(shown_by="tests/checks/test_score_card.py::test_what_ships_passes_strictly")
def test_check_finds_nothing_wrong_with_what_ships(run: Run, warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    result = run("-C", ROOT, "check", "--strict", "--date", "2026-11-30")
    assert result.exit_code == 0
    assert "\nNo problems found.\nNo rule judges whether this is right, safe and kind. Read by: " in result.stdout
    assert set(re.findall(r"^\S+ (\w+)\[", result.stderr, re.MULTILINE)) == {"notice"}


def test_check_tells_the_problems_of_all_files(tree: Tree, run: Run) -> None:
    files = {
        **FILES,
        "handouts/a.yaml": "id: a\n",
        "practices/b.yaml": "id: b\n",
        "handouts/framings/c.yaml": "id: c\n",
    }
    result = run("check", "--json", cwd=tree(files))
    assert result.exit_code == 1
    found = {problem["file"] for problem in result.json["problems"] if problem["severity"] == "error"}
    assert found == {"handouts/a.yaml", "practices/b.yaml", "handouts/framings/c.yaml"}


def test_overdue_review_warns_and_fails_when_strict(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    assert "overdue" not in run("check", "small-page", "--date", "2027-03-01", cwd=folder).stderr
    late = run("check", "small-page", "--date", "2027-03-02", cwd=folder)
    assert late.exit_code == 0
    assert "handouts/small-page.yaml:17:14: warning[review-overdue] reviewed_on" in late.stderr
    assert run("check", "small-page", "--date", "2027-03-02", "--strict", cwd=folder).exit_code == 1
    assert run("build", "small-page", "--date", "2027-03-02", "--strict", cwd=folder).exit_code == 1
    assert run("build", "small-page", "--date", "2027-03-02", cwd=folder).exit_code == 0


def test_stale_crisis_resources_stop_the_build_but_examples_do_not(tree: Tree, run: Run) -> None:
    crisis = (
        "crisis_resources:\n  - name: A line\n    when: Any time.\n    channels: [{kind: call, to: '116 123'}]\n"
        "    hours: All hours\n    region: GB\n    source: https://example.org\n    verified_on: 2026-01-01\n"
    )
    folder = tree({**FILES, "practices/oak-house.yaml": PRACTICE + crisis})
    assert run("build", "small-page", "--date", "2026-06-30", cwd=folder).exit_code == 0
    stale = run("build", "small-page", "--date", "2026-07-01", cwd=folder)
    assert stale.exit_code == 1
    assert "crisis-stale" in stale.stderr
    marked = PRACTICE + "example: true\n" + crisis + "    example: true\n"
    example = tree({**FILES, "practices/oak-house.yaml": marked})
    assert run("build", "small-page", "--date", "2096-07-01", cwd=example).exit_code == 0


def test_init_makes_a_workspace_that_builds_at_once(run: Run, tmp_path: Path) -> None:
    assert run("init", "mine").exit_code == 0
    folder = tmp_path / "mine"
    assert run("check", "--strict", cwd=folder).exit_code == 0
    assert run("build", "my-first-handout", cwd=folder).exit_code == 0
    pdf = (folder / "output/my-practice/my-first-handout.pdf").read_bytes()
    assert failures(pdf) == []
    assert "My Practice" in text(pdf)
    assert run("packet", "my-first-packet", cwd=folder).exit_code == 0
    slip = run("packet", "appointment-slip", cwd=folder)
    assert (slip.exit_code, slip.stdout) == (0, "output/packets/appointment-slip.pdf  (1 page)\n")
    assert run("batch", "roster.csv", "--packet", "my-first-packet", "--dry-run", cwd=folder).exit_code == 0


def test_init_in_the_folder_where_one_is_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    said = run("init", ".", cwd=tmp_path / "here").stdout.splitlines()
    assert said[:2] == ["A new workspace is here. Next:", "  write your own details into practices/my-practice.yaml"]


def test_init_never_overwrites(run: Run, tree: Tree) -> None:
    folder = tree({"README.md": "mine"})
    result = run("init", folder)
    assert result.exit_code == 1
    assert "README.md" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["README.md"]
    assert (folder / "README.md").read_text() == "mine"


@pytest.mark.parametrize("kind", rest_is_long(kinds(), stays=lambda kind: kind in kinds()[::3]))
def test_new_gives_a_skeleton_of_every_kind_that_builds(kind: str, run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("new", "my-page", "--kind", kind, cwd=folder).exit_code == 0
    path = folder / "handouts/my-page.yaml"
    assert load_handout(path).model.kind == kind
    assert path.read_text().startswith("# yaml-language-server: $schema=")
    unfinished = run("build", "my-page", "--json", cwd=folder)
    assert (unfinished.exit_code, {problem["code"] for problem in unfinished.json["problems"]}) == (1, {"placeholder"})
    assert run("build", "my-page", "--strict", "--draft", cwd=folder).exit_code == 0
    again = run("new", "my-page", cwd=folder)
    assert (again.exit_code, "choose another id" in again.stderr) == (1, True)


def test_schema_prints_what_is_committed(run: Run) -> None:
    assert run("schema", "handout").stdout == (ROOT / "schemas/handout.schema.json").read_text(encoding="utf-8")


def test_doctor(run: Run) -> None:
    result = run("doctor", "--json")
    assert result.exit_code == 0
    names = {finding["name"]: finding["state"] for finding in result.json["findings"]}
    assert {"WeasyPrint", "Pango", "fonts", "cache", "workspace"} <= set(names)
    assert "missing" not in names.values()


def test_quiet_says_nothing_but_problems(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    assert run("-q", "build", "small-page", cwd=folder).stdout == ""
    assert "unknown-handout" in run("-q", "build", "other", cwd=folder).stderr


def test_completion_offers_ids(tree: Tree) -> None:
    environment = {
        **os.environ,
        "_HANDOUTKIT_COMPLETE": "bash_complete",
        "COMP_WORDS": "handoutkit build sma",
        "COMP_CWORD": "2",
    }
    code = "from handoutkit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tree(FILES), env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "plain,small-page\n"


def test_every_command_explains_itself(run: Run) -> None:
    top = run("--help").stdout
    for name, place in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert (command.name, command.get_short_help_str(200)) == (name, place.summary)
        assert f"  {name} " in top
        assert run(name, "--help").exit_code == 0
    assert "0.1.0" in run("--version").stdout


def test_names_in_any_script_where_the_locale_is_c(tree: Tree) -> None:
    files = {**FILES, "handouts/small-page.yaml": HANDOUT.replace("A small page", "Łukasz and Zoë")}
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    done = subprocess.run(
        [sys.executable, "-m", "handoutkit", "list", "--json"],
        cwd=tree(files),
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    titles = [handout["title"] for handout in json.loads(done.stdout.decode())["handouts"]]
    assert "Łukasz and Zoë" in titles


def test_a_file_of_another_kind_and_an_unknown_id_are_told_in_a_sentence(run: Run) -> None:
    ran = run("build", ROOT / "handouts/packets/new-client.yaml")
    assert (ran.exit_code, ran.stderr.count("error[")) == (2, 1)
    assert "this file is a packet, and a handout is meant here" in ran.stderr
    assert (
        near_names("handout", "panic", ["asking", "panic-riding-the-wave"]) == "did you mean `panic-riding-the-wave`?"
    )
    ran = run("build", "qqqq")
    assert "`handoutkit list` shows them" in ran.stderr
    assert "asking-for-what-you-need" not in ran.stderr
