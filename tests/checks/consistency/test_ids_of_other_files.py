"""References from packets to handouts: a page that is for one person alone goes into no packet for two."""

from __future__ import annotations

import pytest

from handoutkit.checks.consistency.ids_of_other_files import packet_problems
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import Tree

ALONE = "is-this-relationship-safe"
PACKET = f"id: small\ntitle: Small\nlanguage: en\nhandouts:\n  - handout: us-and-the-problem\n  - handout: {ALONE}\n"


@pytest.mark.parametrize(
    ("readers", "said"),
    [
        ("for: [couple]\n", f"`{ALONE}` is for one person alone, and this packet is for couple"),
        ("for: [self, family]\n", f"`{ALONE}` is for one person alone, and this packet is for self and family"),
        ("", f"`{ALONE}` is for one person alone, and this packet does not say for whom it is"),
        ("for: [self]\n", None),
    ],
)
def test_a_page_for_one_alone_is_refused_where_a_packet_may_be_for_two(
    tree: Tree, readers: str, said: str | None
) -> None:
    library = Library(Workspace(tree({"handouts/packets/small.yaml": PACKET + readers})))
    handouts = {name: library.handout(name) for name in ("us-and-the-problem", ALONE)}
    found = packet_problems(library.packet("small"), handouts, list(handouts), [])
    assert [(problem.code, problem.message) for problem in found] == ([("only-for-one-alone", said)] if said else [])
    assert all(problem.severity == "error" and problem.line == 6 for problem in found)
