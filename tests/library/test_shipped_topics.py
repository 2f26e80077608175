"""The topics of what ships are few, and have plain names."""

from __future__ import annotations

from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from tests.conftest import ROOT, Run

TOPICS = {
    "anger", "anxiety", "asking-for-help", "boundaries", "caregiving", "change", "closeness", "communication",
    "conflict", "consent", "coping", "couples", "crisis", "emotions", "family", "fear", "fees",
    "getting-started", "goals", "grief", "health", "interdependence", "life-story", "mood", "parenting",
    "planning", "privacy", "relationships", "routines", "safety", "self-harm", "sleep", "stress",
    "support-network", "teenagers", "therapy", "thoughts", "trauma", "trust", "urges", "values", "worry",
}  # fmt: skip
"""A new sheet takes of these; a new name comes in only where none of them says it."""


def test_whatever_ships_is_on_one_of_a_few_topics() -> None:
    workspace = Workspace(ROOT)
    files = {**workspace.template_files, **workspace.handout_files}
    used = {name: set(load_handout(path).model.topics) for name, path in files.items()}
    assert {name: topics - TOPICS for name, topics in used.items() if topics - TOPICS} == {}
    assert set().union(*used.values()) == TOPICS


def test_list_shows_the_shelf_by_what_is_it_for_and_names_the_topics(run: Run) -> None:
    shelf = run("-C", ROOT, "list").stdout.splitlines()
    headings = [line for line in shelf if not line.startswith(" ")]
    assert headings == ["To understand", "To practise", "To keep track", "To decide and to plan"]
    below = shelf[shelf.index("To keep track") + 1 : shelf.index("To decide and to plan")]
    assert [line.split()[0] for line in below] == ["letting-support-in", "sleep"]
    papers = run("-C", ROOT, "list", "--templates", "--topic", "getting-started", "--json").json["templates"]
    assert {paper["shelf"] for paper in papers} == {"agree", "understand"}
    asked = run("-C", ROOT, "list", "--topic", "insomnia").stdout
    assert "The topics are: anger, anxiety, " in asked
    assert " sleep, " in asked
