"""What of a theme does not reach Word is told as a notice, at its place."""

from __future__ import annotations

from pathlib import Path

from handoutkit.own_themes.not_in_word import not_in_word

CORNER = '@page { @bottom-right-corner { content: ""; background: url("../pictures/ripple.svg") right / 12mm } }\n'


def test_a_picture_in_the_margin_and_round_corners_are_told(tmp_path: Path) -> None:
    css, settings = tmp_path / "60-ours.css", tmp_path / "theme.yaml"
    css.write_text(f"h1 {{ margin: 0 }}\n{CORNER}")
    settings.write_text("title: Ours\nextends: base\ncorner: 3\n")
    found = list(not_in_word({"css/60-ours.css": css, "theme.yaml": settings}))
    assert [(problem.code, problem.severity, problem.line) for problem in found] == [
        ("not-in-word", "notice", 2),
        ("not-in-word", "notice", 3),
    ]
    assert found[0].message.startswith("the picture in `@bottom-right-corner` is on paper alone")
    assert found[0].hint == "a drawing that `ornament` in theme.yaml names is on screens and in Word, too"


def test_words_in_the_margin_and_other_rules_are_not_told(tmp_path: Path) -> None:
    css = tmp_path / "60-ours.css"
    css.write_text('@page { margin: 9mm; @top-left { content: "A" } }\np { background: url("../pictures/a.svg") }\n')
    assert list(not_in_word({"css/60-ours.css": css})) == []
