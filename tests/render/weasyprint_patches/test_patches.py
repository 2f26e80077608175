"""Patches are applied to the WeasyPrint that they were written for, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handoutkit.errors import MachineError
from handoutkit.render.weasyprint_patches.engine import Patch, Target
from handoutkit.render.weasyprint_patches.patches import PATCHES, checked_original
from tests.support.patched_pages import pdf_of_html, without

BY_NAME = {patch.name: patch for patch in PATCHES}
LINES = BY_NAME["full lines"]


@pytest.mark.parametrize("patch", PATCHES, ids=BY_NAME)
def test_its_page_comes_out_in_another_way_with_it(patch: Patch) -> None:
    """Each fault has tests of its own besides; this one finds a patch that is listed and does nothing."""
    with without(patch):
        before = pdf_of_html(patch.page, tagged=True)
    assert pdf_of_html(patch.page, tagged=True) != before


@pytest.mark.parametrize("patch", PATCHES, ids=BY_NAME)
def test_its_targets_are_what_it_was_written_for(patch: Patch) -> None:
    with without(patch):
        assert all(checked_original(patch, target) for target in patch.targets)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"name": "weasyprint.layout.inline.split_line"}, "`weasyprint.layout.inline.split_line` is not there"),
        ({"name": "weasyprint.layout.rows.split_line"}, "`weasyprint.layout.rows.split_line` is not there"),
        ({"name": "weasyprint.VERSION"}, "`weasyprint.VERSION` cannot be called"),
        ({"signature": "(text, style)"}, "takes (text, style, context, max_width, justification_spacing,"),
    ],
)
def test_a_target_that_moved_is_a_problem_that_names_patch_and_target(change: dict[str, str], difference: str) -> None:
    (target,) = LINES.targets
    moved: Target = replace(target, **change)  # type: ignore[arg-type]
    with without(LINES), pytest.raises(MachineError) as raised:
        checked_original(LINES, moved)
    (problem,) = raised.value.problems
    assert problem.code == "weasyprint-moved"
    assert "`full lines`" in problem.message
    assert difference in problem.message
    assert raised.value.exit_code == 3
