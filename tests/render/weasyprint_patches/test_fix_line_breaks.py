"""Lines are filled to their end."""

from __future__ import annotations

from typing import Any

from handoutkit.render.weasyprint_patches.engine import weasyprint
from handoutkit.render.weasyprint_patches.fix_line_breaks import fill_lines

TEXT = "You may have been let down before. So this fear makes sense, and it is not a weakness. Let it be."


def words_in_lines(width: float) -> list[int]:
    """Words in each line of a paragraph that is so many millimetres wide."""
    style = "body { letter-spacing: .045em; word-spacing: .16em; font-size: 12.5pt }"
    paragraph = f'<p style="width: {width}mm">{TEXT}'
    pages = weasyprint().HTML(string=f"<style>{style}</style>{paragraph}").render().pages
    lines: list[str] = []

    def look(box: Any) -> None:
        if type(box).__name__ == "LineBox":
            lines.append("".join(getattr(part, "text", "") for part in box.descendants()))
        else:
            for child in getattr(box, "children", ()):
                look(child)

    for page in pages:
        look(page._page_box)
    assert " ".join(" ".join(lines).split()) == TEXT, lines
    return [len(line.split()) for line in lines]


def test_no_line_is_left_with_one_word() -> None:
    """At some of these widths, WeasyPrint alone leaves one word on the first line, or on the second."""
    fill_lines()
    for tenths in range(1240, 1290):
        *lines, _ = words_in_lines(tenths / 10)
        assert min(lines) > 3, tenths
