"""The picture of the opening, as it comes out: heard only if it says something, and from anywhere as safe as any."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder, HandoutRequest
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT, Run, Tree
from tests.support.pdf_reading import failures, opened, picture, tags
from tests.support.reading_order import letters, of_pdf
from tests.support.samples import FILES, HANDOUT

ASKING = "asking-for-what-you-need"
ALT = "A lighthouse stands firm while waves rise and fall."
OURS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80">
<rect class="accent" width="120" height="80"/></svg>"""
RED = OURS.replace('class="accent"', 'fill="#ff0000"')


def with_picture(*lines: str) -> str:
    return HANDOUT.replace("kind:", "".join(f"{line}\n" for line in lines) + "kind:", 1)


@pytest.fixture
def built(tree: Tree, run: Run) -> Callable[..., bytes]:
    """The PDF of the small page, with lines in its front matter and files in its workspace."""

    def build(*lines: str, files: dict[str, str] | None = None, options: tuple[str, ...] = ()) -> bytes:
        folder = tree({**FILES, "handouts/small-page.yaml": with_picture(*lines), **(files or {})})
        done = run("build", "small-page", *options, cwd=folder)
        assert done.exit_code == 0, done.stderr
        return next((folder / "output/oak-house").glob("*.pdf")).read_bytes()

    return build


def figures(pdf: bytes) -> list[str]:
    document = opened(pdf)
    return [str(tag.element.Alt) for tag in tags(document) if tag.name.strip("/") == "Figure"]


@pytest.mark.parametrize("theme", ["base", "calm"])
def test_one_that_decorates_is_not_heard_of_and_takes_no_page(
    theme: str, pdf_of: Callable[..., bytes], cache: RenderCache
) -> None:
    """In a booklet, where nothing makes way for it; on a sheet it stands in the band, which others are arranged by."""
    pdf = pdf_of(ASKING, practice="riverbend-counseling", theme=theme, layout="booklet")
    assert failures(pdf) == []
    assert figures(pdf) == ["A river bending through a round landscape"]
    options = BuildOptions(practice="riverbend-counseling", theme=theme, layout="booklet")
    builder = Builder(Library(Workspace(ROOT)), options, cache)
    asking = builder.handout(ASKING)
    without = replace(asking, model=asking.model.model_copy(update={"illustration": None}))
    bare = builder.render_each([HandoutRequest(without)]).finished[0].rendered.pdf
    assert len(opened(bare).pages) == len(opened(pdf).pages)
    assert letters(of_pdf(bare)) == letters(of_pdf(pdf))
    assert picture(bare).tobytes() != picture(pdf).tobytes()


def test_one_that_says_something_is_heard(built: Callable[..., bytes]) -> None:
    pdf = built("illustration: lighthouse", f"illustration_alt: {ALT}")
    assert failures(pdf) == []
    assert figures(pdf) == [ALT]


def test_a_theme_without_drawings_has_only_those_that_say_something(built: Callable[..., bytes]) -> None:
    plain = {"templates/plain/theme.yaml": "title: P\ndescription: D\nextends: base\ndrawings: none\n"}
    theme = ("--theme", "plain")
    bare = built(files=plain, options=theme)
    assert picture(built("illustration: lighthouse", files=plain, options=theme)).tobytes() == picture(bare).tobytes()
    assert figures(built("illustration: lighthouse", f"illustration_alt: {ALT}", files=plain, options=theme)) == [ALT]


def test_in_little_ink_it_is_black_lines(built: Callable[..., bytes]) -> None:
    page = picture(built("illustration: lighthouse", options=("--format", "low-ink")), dpi=60)
    assert all(abs(red - blue) < 8 and abs(red - green) < 8 for _, (red, green, blue) in page.getcolors(1 << 20))


def test_a_practice_adds_drawings_and_replaces_ours(built: Callable[..., bytes]) -> None:
    bare = _warm_pixels(built())
    for name in ("our-door", "kite"):
        files = {f"templates/base/drawings/{name}.svg": OURS}
        assert _warm_pixels(built(f"illustration: {name}", files=files)) > bare + 900


@pytest.mark.parametrize("name", ["pictures/our-door.svg", "our-door.svg"])
def test_a_picture_beside_the_handout_is_printed_as_it_is(name: str, built: Callable[..., bytes]) -> None:
    pdf = built(f"illustration: {name}", files={f"handouts/{name}": RED})
    assert figures(pdf) == []
    assert (255, 0, 0) in {colour for _, colour in picture(pdf).getcolors(1 << 20)}


@pytest.mark.parametrize(
    ("line", "files", "says"),
    [
        ("illustration: lighthose", {}, "error[no-such-drawing] illustration"),
        ("illustration: lighthose", {}, "did you mean `lighthouse`?"),
        (
            "illustration: ours",
            {"templates/base/drawings/ours.svg": OURS.replace("<rect", "<script/><rect")},
            "error[svg-script] illustration",
        ),
        (
            "illustration: ours",
            {
                "templates/base/drawings/ours.svg": OURS.replace(
                    "<rect", "<image href='http://example.org/x.png'/><rect"
                )
            },
            "error[svg-outside] illustration",
        ),
        (
            "illustration: ours",
            {"templates/base/drawings/ours.svg": OURS.replace("<rect", "<circle r='1'/>" * 300 + "<rect")},
            "error[drawing-too-large] illustration",
        ),
    ],
)
def test_a_wrong_one_is_a_problem_at_its_line(
    line: str, files: dict[str, str], says: str, tree: Tree, run: Run
) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": with_picture(line), **files})
    for command in ("build", "check"):
        done = run(command, "small-page", cwd=folder)
        assert done.exit_code == 1
        assert says in done.stderr + done.stdout, command


def test_on_a_screen_it_has_colours_for_both_grounds_and_is_hidden_from_listeners(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handouts/small-page.yaml": with_picture("illustration: lighthouse")})
    for format in ("html", "txt", "docx"):
        assert run("build", "small-page", "--to", format, cwd=folder).exit_code == 0
    page = (folder / "output/oak-house/small-page.html").read_text(encoding="utf-8")
    assert '<div class="illustration illustration-drawn" aria-hidden="true"></div>' in page
    drawings = [part.split('"')[0] for part in page.split('--drawing: url("data:image/svg+xml;base64,')[1:]]
    light, dark = (base64.b64decode(one).decode() for one in drawings)
    assert light != dark


def test_what_it_says_is_in_every_form(tree: Tree, run: Run) -> None:
    lines = ("illustration: lighthouse", f"illustration_alt: {ALT}")
    folder = tree({**FILES, "handouts/small-page.yaml": with_picture(*lines)})
    for format in ("html", "txt"):
        assert run("build", "small-page", "--to", format, cwd=folder).exit_code == 0
    page = (folder / "output/oak-house/small-page.html").read_text(encoding="utf-8")
    assert f'role="img" aria-label="{ALT}"' in page
    assert f"[{ALT}]" in (folder / "output/oak-house/small-page.txt").read_text(encoding="utf-8")


def _warm_pixels(pdf: bytes) -> int:
    return sum(count for count, (red, _, blue) in picture(pdf, dpi=60).getcolors(1 << 20) if red > blue + 60)
