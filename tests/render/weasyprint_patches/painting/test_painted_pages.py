"""What is painted on a page is noted as it is seen: turned, faded, clipped, and in its order."""

from __future__ import annotations

import weasyprint.draw

from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages, PaintedText, painting_noted
from handoutkit.render.weasyprint_patches.painting.painted_shapes import shared_area
from tests.support.patched_pages import laid_out

PAGE = """<style>@page { size: 400px 300px; margin: 0 } p { margin: 0 } body { margin: 0 }</style>
<p>Plain<p style="opacity: .5">Faded<p style="transform: translate(100px, 50px) scale(2)">Moved
<div style="width: 30px; overflow: hidden; white-space: nowrap"><p>Clipped words</div>
<p style="background: #ff0000">Red<p class="b">After<style>.b::before { content: "Added" }</style>
<p style="visibility: hidden">Unseen"""


def noted(html: str) -> PaintedPages:
    with painting_noted() as painted:
        laid_out(html).write_pdf()
    return painted


def by_text(painted: PaintedPages) -> dict[str, PaintedText]:
    return {text.text: text for text in painted.texts}


def test_texts_are_noted_as_they_are_seen() -> None:
    painted = noted(PAGE)
    texts = by_text(painted)
    assert painted.sizes == [(400, 300)]
    assert "Unseen" not in texts
    assert texts["Plain"].size == 12
    assert texts["Faded"].paint[3] == 0.5
    assert texts["Moved"].size == 24
    assert texts["Moved"].bounds[1] > texts["Plain"].bounds[1] + 50
    assert texts["Clipped words"].seen_in[2] == 30 < texts["Clipped words"].bounds[2]
    assert (texts["Added"].added, texts["After"].added) == (True, False)


def test_grounds_are_noted_before_what_stands_on_them() -> None:
    painted = noted(PAGE)
    (red,) = [ground for ground in painted.grounds if ground.paints == ((1.0, 0.0, 0.0, 1.0),)]
    words = by_text(painted)["Red"]
    assert red.step < words.step
    assert shared_area(red.bounds, words.bounds) > 0


def test_a_gradient_has_its_colours_and_a_picture_has_none() -> None:
    svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    painted = noted(
        f"""<p style="background: linear-gradient(#fff, #000)">A<p class="b">B<img src="{svg}" alt="C">
        <style>.b {{ background: url("{svg}") }}</style>"""
    )
    assert [len(ground.paints) for ground in painted.grounds] == [2, 0, 0]
    assert painted.grounds[2].element.tag == "img"


def test_weasyprint_is_as_it_was_once_nothing_is_noted() -> None:
    before = weasyprint.draw.draw_text
    noted("<p>Words")
    assert weasyprint.draw.draw_text is before
