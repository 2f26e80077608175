"""Handouts that are set side by side come out as one after the other: the same files, lines and problems."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Tree
from tests.support.samples import FILES, HANDOUT

SHORT = HANDOUT.replace("  - type: references\n", "")
NO_FONT_HAS_IT = "\U00013000"


@pytest.mark.parametrize("wrong", [(), (1, 3)])
def test_side_by_side_as_one_after_the_other(tree: Tree, run: Run, wrong: tuple[int, ...]) -> None:
    files = {f"handouts/page-{n}.yaml": SHORT.replace("small-page", f"page-{n}") for n in range(4)}
    for n in wrong:
        files[f"handouts/page-{n}.yaml"] = files[f"handouts/page-{n}.yaml"].replace("opening words", NO_FONT_HAS_IT)
    folder = tree({**FILES, **files})
    said, made = [], []
    for processes in (1, 2):
        names = [f"page-{n}" for n in range(4)]
        said.append(run("build", *names, "--processes", processes, "-o", "output", cwd=folder))
        made.append({path.name: path.read_bytes() for path in folder.glob("output/*/*")})
        for path in [*folder.glob("output/*/*"), *folder.parent.glob("home/**/*.cached")]:
            path.unlink()
    assert said[0] == said[1]
    assert made[0] == made[1]
    assert len(made[0]) == (0 if wrong else 4)
    assert said[0].stderr.count("missing-glyph") == len(wrong)
