"""Which rules of a stylesheet look at how many columns a tile takes."""

from __future__ import annotations

import pytest

from handoutkit.render.sheets.span_rules import SpanRules

TERM, SIDES = '<section class="tile span-6"><p class="term">A</p></section>', '<div class="tile sides sides-2">B</div>'


@pytest.mark.parametrize(
    ("selector", "tile", "holds"),
    [
        (".span-6 .term", TERM, True),
        (".one-sheet .numbered .span-6 > p.term", TERM, True),
        (".span-6 .term", SIDES, False),
        (".span-7 .term", TERM, False),
        (".span-16 .term", TERM, False),
        (".tile:not(.span-6) .term", TERM, True),
        (".span-6:not(.headless) .term", TERM, True),
        (".span-6 p", SIDES, True),  # what has no class may be anywhere
        (".sides-2 .term, .span-6 .sides", SIDES, True),
        (":is(.term, .sides) .span-6, p", SIDES, True),  # a list in brackets is not taken apart
        ('[class~="span-6"] .term', SIDES, True),
        ("/* .span-6 .term { } */ p", TERM, False),
    ],
)
def test_a_rule_holds_where_all_its_classes_are(selector: str, tile: str, holds: bool) -> None:
    rules = SpanRules(["p { margin: 0 }", f"@media print {{ {selector} {{ margin: 1mm }} }}"])
    assert bool(rules.that_hold(tile, 6)) is holds


def test_two_widths_with_other_rules_are_not_alike() -> None:
    rules = SpanRules([".span-6 .term { margin: 0 } .span-7 .term { margin: 1mm }"])
    at = {span: rules.that_hold(TERM, span) for span in (5, 6, 7, 8)}
    assert at[5] == at[8] == frozenset()
    assert len({at[5], at[6], at[7]}) == 3
