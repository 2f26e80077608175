"""Tiles are measured together, and come out as high as each would by itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.sheets.span_rules import SpanRule, SpanRules
from handoutkit.render.worker_typesetter import reckon_here
from tests.conftest import ROOT

EVERY_BLOCK = Library(Workspace(ROOT / "tests" / "every_block"))


def measured(theme: str, handout: str) -> Mapping[str, float]:
    builder = Builder(EVERY_BLOCK, BuildOptions(practice="black", theme=theme, layout="sheet"), RenderCache(None))
    loaded = EVERY_BLOCK.handout(handout)
    return reckon_here(builder.theme, builder.compose(loaded), loaded.source, None, {}).measured


@pytest.mark.parametrize("theme", ["base", "youth"])
@pytest.mark.parametrize("handout", ["side-by-side", "sleep", "three-ways-of-relating"])
def test_what_is_measured_together_is_as_high_as_alone(
    theme: str, handout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = measured(theme, handout)

    def each_is_another(_rules: SpanRules, _html: str, span: int) -> frozenset[SpanRule]:
        return frozenset({SpanRule(str(span), frozenset())})

    monkeypatch.setattr(SpanRules, "that_hold", each_is_another)
    alone = measured(theme, handout)
    assert together == alone
    assert len(together) > 20
