"""No valid file can blow up a build: what is too much is a problem that names the limit."""

from __future__ import annotations

import pytest

from handoutkit.errors import ContentError
from handoutkit.loading.load import load_handout
from handoutkit.models.places import MAX_PLACES
from handoutkit.render import pdf
from tests.conftest import Tree
from tests.samples import FILES, HANDOUT
from tests.setting import set_in_this_process

TABLE = """\
  - type: record_table
    id: table-{number}
    columns:
      - {{id: a, header: A}}
      - {{id: b, header: B}}
      - {{id: c, header: C}}
      - {{id: d, header: D}}
      - {{id: e, header: E}}
    rows: 60
"""


def with_tables(number: int) -> str:
    return HANDOUT.replace("  - type: next_step\n", "".join(TABLE.format(number=n) for n in range(number)))


def test_places_to_write_are_counted_over_the_whole_handout(tree: Tree) -> None:
    within = tree({"handouts/small-page.yaml": with_tables(4)}) / "handouts/small-page.yaml"
    assert load_handout(within).model.id == "small-page"
    beyond = tree({"handouts/small-page.yaml": with_tables(5)}) / "handouts/small-page.yaml"
    with pytest.raises(ContentError, match=f"at most {MAX_PLACES:,} are taken"):
        load_handout(beyond)


def test_pages_are_counted(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", {"standard": 1})
    handout = HANDOUT.replace("count: 3", "count: 24").replace("  - type: next_step\n", TABLE.format(number=1))
    with pytest.raises(ContentError, match=r"error\[too-many-pages\] blocks"):
        set_in_this_process(tree({**FILES, "handouts/small-page.yaml": handout}))
