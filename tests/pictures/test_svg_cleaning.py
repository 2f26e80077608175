"""SVG as drawing programs export it: what only they need goes, what draws stays as it is."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
import resvg_py
from PIL import Image, ImageChops

from handoutkit.pictures.picture_check import PictureFault
from handoutkit.pictures.print_ready import print_ready
from tests.conftest import ROOT

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 60"'
DOT = '<circle cx="30" cy="30" r="26" fill="#17635A"/>'
ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY st0 "fill:#17635A;">
]>
<svg xmlns:x="&ns_extend;" xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" xmlns="&ns_svg;"
  viewBox="0 0 200 60" style="enable-background:new 0 0 200 60;" xml:space="preserve" i:owner="Ana">
<metadata><?xpacket begin='' id='W5M0'?><x:xmpmeta><creator>Ana</creator></x:xmpmeta><?xpacket end='w'?></metadata>
<title>Ana's logo</title>
<switch>
  <foreignObject requiredExtensions="&ns_extend;" width="1" height="1"><i:pgfRef xlink:href="#pgf"
    xmlns:xlink="http://www.w3.org/1999/xlink"/></foreignObject>
  <g i:extraneous="self"><circle style="&st0;" cx="30" cy="30" r="26" data-name="Ana"/></g>
</switch>
<i:pgf id="pgf">eJzsvWdXHMeyLvyj34V+</i:pgf>
</svg>"""


def clean(text: str) -> str:
    return print_ready(text.encode(), "`logo.svg`").data.decode()


def seen(text: str) -> Image.Image:
    """As a renderer that has nothing to do with ours draws it."""
    drawn = resvg_py.svg_to_bytes(svg_string=text, width=200, background="white")
    return Image.open(io.BytesIO(bytes(drawn))).convert("RGB")


def picture(width: int = 40, height: int = 40) -> str:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ana"
    Image.new("RGB", (width, height), "#E07A5F").save(file, "JPEG", exif=exif)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()


def test_what_a_drawing_program_adds_is_gone_and_the_drawing_is_the_same() -> None:
    found = clean(ILLUSTRATOR)
    assert not re.search("Ana|DOCTYPE|xpacket|pgf|adobe|foreignObject|metadata|<!--", found)
    plain = f"{HEAD}>{DOT}</svg>"
    assert ImageChops.difference(seen(found), seen(plain)).getbbox() is None


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 20010904//EN' 'svg10.dtd' [\n]>",
        "<!DOCTYPE svg SYSTEM 'svg.dtd'>",
        "<!DOCTYPE svg>",
    ],
)
def test_a_harmless_doctype_is_left_out(doctype: str) -> None:
    assert "DOCTYPE" not in clean(f"{doctype}\n{HEAD}>{DOT}</svg>")


def test_a_picture_inside_is_prepared_like_any_other() -> None:
    found = clean(f'{HEAD}><image width="40" height="40" xlink:href="{picture(3_000, 3_000)}"/></svg>')
    inner = re.search(r'xlink:href="data:image/jpeg;base64,([^"]+)"', found)
    assert inner
    data = base64.b64decode(inner[1])
    assert b"Ana" not in data
    assert Image.open(io.BytesIO(data)).size == (1_800, 1_800)
    assert print_ready(found.encode(), "`logo.svg`").pixels == 1_800**2


def test_too_many_pictures_inside_are_refused() -> None:
    inside = f'<image width="4" height="4" href="{picture()}"/>' * 21
    with pytest.raises(PictureFault, match="too many"):
        clean(f"{HEAD}>{inside}</svg>")


def test_of_the_choices_of_a_switch_the_first_that_always_holds_is_drawn() -> None:
    choices = '<g systemLanguage="xx"><rect width="9" height="9"/></g>' + DOT + '<rect width="200" height="60"/>'
    found = clean(f"{HEAD}><switch>{choices}</switch></svg>")
    assert ImageChops.difference(seen(found), seen(f"{HEAD}>{DOT}</svg>")).getbbox() is None


def test_names_and_styles_that_need_marks_are_written_as_they_were() -> None:
    words = '<text class="b" id="&quot;&lt;">1 &lt; 2 &amp; 3</text>'
    found = clean(f'{HEAD}><style>.a > .b {{ fill: #17635A }}</style><g class="a">{words}</g></svg>')
    assert "1 &lt; 2 &amp; 3" in found
    assert ".a &gt; .b" in found
    assert clean(found) == found, "a clean drawing stays as it is"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.svg")), ids=lambda path: path.stem)
def test_our_own_drawings_look_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ImageChops.difference(seen(clean(text)), seen(text)).getbbox() is None
