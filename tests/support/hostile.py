"""What is put before the commands to harm them: each a workspace, a command, and the refusal it must get.

``tests/cli/test_hostile.py`` holds each to its refusal; ``scripts/make_security.py`` runs each as a user would, and
measures it for the table in SECURITY.md.
"""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from handoutkit.library.shipped_files import PACKAGE
from handoutkit.render import worker_typesetter
from tests.support.samples import FILES, HANDOUT, PRACTICE

LIMITS = replace(worker_typesetter.LIMITS, seconds=3, memory=900_000_000)
"""Lower than those of every day, for we do not want to wait for these."""
Content = str | bytes | Callable[[], str | bytes]
PAGE, HOUSE = "handouts/small-page.yaml", "practices/oak-house.yaml"
BLOCK = "templates/base/blocks/prompt.html"
CSS = "templates/base/css"
SHEET = f"{CSS}/90-mine.css"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
BUILD = ("build", "small-page")


@dataclass(frozen=True)
class Hostile:
    """An attempt at harm.

    Attributes:
        name: as the table has it.
        files: what differs from a small workspace that builds.
        code: of the problem, and ``file`` is the file it names; empty for what does no harm, and builds.
        links: symlinks, from their place to what they lead to (from the workspace).
        typed: whether what was typed is at fault, and not what was written.
    """

    name: str
    code: str
    file: str
    files: Mapping[str, Content] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = BUILD
    typed: bool = False

    @property
    def exit_code(self) -> int:
        """What the command must end with."""
        return 2 if self.typed else int(bool(self.code))

    def write(self, folder: Path) -> Path:
        """Make the workspace below a folder; there is something worth stealing beside it."""
        workspace = folder / "workspace"
        (folder / "secret.txt").write_text("what nobody may read")
        for name, content in {**FILES, **self.files}.items():
            path = workspace / name
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = content() if callable(content) else content
            path.write_bytes(whole.encode("utf-8", "surrogatepass") if isinstance(whole, str) else whole)
        for name, target in self.links.items():
            (workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (workspace / name).unlink(missing_ok=True)
            (workspace / name).symlink_to(target)
        return workspace


def _logo(name: str, code: str, picture: Content, file: str = "logo.svg") -> Hostile:
    practice = PRACTICE + f"logo: {{file: {file}, text: A mark}}\n"
    return Hostile(name, code, HOUSE, {HOUSE: practice, f"practices/{file}": picture})


def _page(name: str, code: str, old: str, new: str) -> Hostile:
    assert old in HANDOUT
    return Hostile(name, code, PAGE, {PAGE: lambda: HANDOUT.replace(old, new, 1)})


def _template(name: str, code: str, template: str, file: str = BLOCK) -> Hostile:
    return Hostile(name, code, file, {BLOCK: template})


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, rows: bytes, *more: bytes, colour: int = 0) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _huge_png() -> bytes:
    return _png(12_000, 12_000, bytes(12_001 * 12_000))


def _jpeg(mode: str) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new(mode, (8, 8), (200, 80, 40, 0)).save(buffer, "JPEG")
    return buffer.getvalue()


def _gif() -> bytes:
    from PIL import Image

    frames = [Image.new("P", (8, 8), n) for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def _entities() -> str:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f"<!DOCTYPE svg [{laughs}]>{SVG}<text>&l9;</text></svg>"


def _aliases() -> str:
    lines = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10) if n else '1'}]\n" for n in range(12))
    return lines + HANDOUT


_LINE, _IN_PATTERN, _IN_CLASS = '<path d="M0 0L1 1"/>', '<rect fill="url(#p)"/>', '<path class="a"/>'
_USE = '<use href="#g"/>'
PICTURES = (
    _logo("an SVG with a million `use`", "picture-too-large", lambda: SVG + '<use href="#a"/>' * 1_000_000 + "</svg>"),
    _logo("an SVG whose parts repeat ten times ten times ...", "svg-too-large", lambda: SVG + _repeats() + "</svg>"),
    _logo("an SVG with an entity bomb", "svg-doctype", _entities),
    _logo(
        "an SVG with an external entity",
        "svg-doctype",
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "../../secret.txt">]>{SVG}<text>&x;</text></svg>',
    ),
    _logo(
        "an SVG that fetches from the network", "svg-outside", f'{SVG}<image href="https://example.org/a.png"/></svg>'
    ),
    _logo("an SVG that reaches into other folders", "svg-outside", f'{SVG}<image href="../../secret.txt"/></svg>'),
    _logo("an SVG of 900 groups in groups", "", SVG + "<g>" * 900 + "</g>" * 900 + "</svg>"),
    _logo("a PNG of 12,000 by 12,000 pixels", "picture-too-large", _huge_png, "logo.png"),
    _logo("a CMYK picture", "", lambda: _jpeg("CMYK"), "logo.png"),
    _logo("an animated GIF", "not-a-picture", _gif, "logo.png"),
    _logo("an animated PNG", "moving-picture", _png(8, 8, bytes(72), _chunk(b"acTL", bytes(8))), "logo.png"),
    _logo("a PNG that is cut short", "damaged-picture", _png(8, 8, bytes(72))[:-20], "logo.png"),
    _logo("a PNG with fewer rows than it says", "damaged-picture", _png(800, 800, bytes(7_200)), "logo.png"),
    _logo(
        "an SVG with a marker of 1,900 paths on a line of 90,000 points",
        "svg-too-large",
        lambda: (
            f'{SVG}<marker id="m">{_LINE * 1_900}</marker><path marker-mid="url(#m)" d="{_long_line(90_000)}"/></svg>'
        ),
    ),
    _logo(
        "an SVG with a page of patterns",
        "svg-too-large",
        lambda: f'{SVG}<pattern id="p">{"<path/>" * 900}</pattern>{_IN_PATTERN * 900}</svg>',
    ),
    _logo(
        "an SVG whose style puts a pattern into itself",
        "svg-too-large",
        f'{SVG}<style>.a {{fill: url(#p)}}</style><pattern id="p">{_IN_CLASS * 9}</pattern></svg>',
    ),
    _logo(
        "an SVG that draws a line with markers fifty times",
        "svg-too-large",
        lambda: (
            f'{SVG}<marker id="m">{"<path/>" * 99}</marker><g id="g"><path style="marker:url(#m)" '
            f'd="{_long_line(900)}"/></g>{_USE * 50}</svg>'
        ),
    ),
    _logo("an SVG of 90,000 letters", "svg-too-large", lambda: f"{SVG}<text>{'a ' * 45_000}</text></svg>"),
    _logo(
        "an SVG with 5,000 rules for siblings",
        "svg-too-large",
        lambda: f"{SVG}<style>{'path~path{fill:red}' * 5_000}</style>{'<path/>' * 1_900}</svg>",
    ),
    _logo(
        "an SVG with a gradient that repeats ten million times",
        "svg-too-large",
        f'{SVG}<radialGradient id="g" spreadMethod="repeat" r="1e-7"/><rect fill="url(#g)" width="9"/></svg>',
    ),
    _logo("a PNG without its palette", "damaged-picture", _png(8, 8, bytes(72), colour=3), "logo.png"),
    _logo("a PNG with a PDF behind its end", "damaged-picture", _png(8, 8, bytes(72)) + b"%PDF-1.7", "logo.png"),
    _logo("a PNG with colours that unpack to 400 MB", "", lambda: _png(8, 8, bytes(72), _bomb(b"iCCP")), "logo.png"),
    _logo("a PNG with a text that unpacks to 400 MB", "", lambda: _png(8, 8, bytes(72), _bomb(b"zTXt")), "logo.png"),
    _logo(
        "a PNG that unpacks to a hundred times its size",
        "damaged-picture",
        lambda: _png(8, 8, bytes(400_000_000)),
        "logo.png",
    ),
)


def _long_line(points: int) -> str:
    return "M0 0" + "L1 1" * points


def _bomb(kind: bytes) -> bytes:
    """A chunk whose text or colours unpack to 400 MB."""
    head = b"a\0\1\0\0\0" if kind == b"iTXt" else b"a\0\0"
    return _chunk(kind, head + zlib.compress(bytes(400_000_000), 9))


def _repeats() -> str:
    groups = (f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
    return '<g id="g0"><circle r="1"/></g>' + "".join(groups)


def _with(blocks: Iterable[object]) -> str:
    """The handout with more blocks at its start."""
    lines = "".join(f"  - {json.dumps(block)}\n" for block in blocks)
    return HANDOUT.replace("blocks:\n", f"blocks:\n{lines}", 1)


def _with_pictures(count: int) -> str:
    return _with({"type": "figure", "kind": "image", "alt": "A", "file": f"{n}.png"} for n in range(count))


def _map(number: int) -> object:
    regions = [{"id": f"r{n}", "label": "A place " * 15, "text": "Words " * 190} for n in range(13)]
    links = [{"start": f"r{n % 12}", "end": "r12", "label": "A way " * 20} for n in range(40)]
    shape = {"type": "figure", "kind": "linked_boxes", "id": f"map-{number}", "alt": "A map."}
    return {**shape, "regions": regions, "links": links}


def _cut_font() -> bytes:
    font = (PACKAGE.parents[1] / "templates/fonts/Lexend-Regular.ttf").read_bytes()
    return font[: len(font) // 2]


FONT = "templates/fonts/mine.ttf"
THEME = "title: Mine\ndescription: Mine.\nextends: base\n"
LETTERING = "lettering: {family: Mine, regular: fonts/mine.ttf, bold: fonts/mine.ttf}\n"
IN_MINE = (*BUILD, "--theme", "mine")
TEXTS = (
    Hostile("YAML aliases that grow tenfold, twelve times", "too-many-values", PAGE, {PAGE: _aliases}),
    _page("a key that stands twice", "duplicate-key", "edition: 3", "edition: 3\nedition: 4"),
    _page("a NUL in a title", "bad-character", "title: A small page", 'title: "A\\0 small page"'),
    _page("a bidi override in a title", "bad-character", "title: A small page", 'title: "A \\u202Egap"'),
    Hostile(
        "a bidi override in a practice's name",
        "bad-character",
        HOUSE,
        {HOUSE: PRACTICE.replace("Oak House\n", '"Oak \\u202EHouse"\n')},
    ),
    _page("a title of what cannot be seen", "empty-text", "title: A small page", 'title: "\\u200B\\u2060\\u00AD"'),
    _page("hidden words in a title", "bad-character", "title: A small page", 'title: "A page\\U000E0041"'),
    _page("a word of 7,990 letters", "word-too-long", "The opening words.", "x" * 7_990),
    _page(
        "a title with 150 accents on a letter",
        "bad-character",
        "title: A small page",
        "title: A" + "\u0301" * 150,
    ),
    _page("2,600 stars", "too-many-marks", "The opening words.", f'"{"*a " * 2_600}"'),
    Hostile("40 maps at their maxima", "too-much-to-set", PAGE, {PAGE: lambda: _with(_map(n) for n in range(40))}),
    Hostile(
        "thirteen pictures of 16 million pixels",
        "pictures-too-large",
        PAGE,
        {
            PAGE: _with_pictures(13),
            **{f"handouts/{n}.png": lambda: _png(4_000, 4_000, bytes(4_001 * 4_000)) for n in range(13)},
        },
    ),
    _page("an id that is a path", "bad-id", "id: small-page", "id: ../../small-page"),
    _page("an id that Windows keeps for itself", "bad-id", "id: small-page", "id: nul"),
    _page("900 levels of nesting in YAML", "too-deep", "title: A small page", f"title: {'[' * 900}{']' * 900}"),
    _page("900 levels of nesting in a text", "markdown-not-taken", "The opening words.", f"'{'> ' * 900}words'"),
    _page("20,000 paragraphs", "too-long", "The opening words.", "'" + "One.\n\n      " * 20_000 + "'"),
    Hostile("a file of ten million characters", "too-large", PAGE, {PAGE: lambda: HANDOUT + "#" * 10_000_000}),
    _page("fields that are named to collide", "duplicate-id", "id: thoughts", "id: opening"),
    Hostile("a link out of the workspace", "link-outside", PAGE, links={PAGE: "../../secret.txt"}),
    Hostile(
        "a handout, named by its file, that is a link to a text",
        "link-outside",
        "link.yaml",
        links={"link.yaml": "../secret.txt"},
        command=("build", "link.yaml"),
    ),
    Hostile(
        "a practice, named by its file, that is a link to a text",
        "link-outside",
        "link.yaml",
        links={"link.yaml": "../secret.txt"},
        command=(*BUILD, "--practice", "link.yaml"),
    ),
    Hostile(
        "a text that is named as a practice",
        "not-a-mapping",
        "../secret.txt",
        command=(*BUILD, "--practice", "../secret.txt"),
    ),
    Hostile(
        "a path out of the workspace as an id",
        "no-such-file",
        "../../secret",
        command=("build", "../../secret"),
        typed=True,
    ),
)

TEMPLATES = (
    _template("a template that reaches for attributes", "template", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    _template("a template that reaches through `format`", "template", "{{ '{0.__class__.__init__}'.format(block) }}"),
    _template("a template that reads a file", "template", "{% include '../../../../secret.txt' %}"),
    _template("a template that steers the terminal", "template", "{% include '\\x1b]0;mine\\x07' %}"),
    _template("a template that prints a function", "template", "{{ range }}"),
    _template("a template that includes itself", "template", "{% include 'blocks/prompt.html' %}"),
    _template(
        "a template that eats memory",
        "too-much-memory",
        "{% set a = namespace(a='a' * 999) %}{% for _ in range(40) %}{% set a.a = a.a ~ a.a %}{% endfor %}",
        PAGE,
    ),
    _template(
        "a template that never ends",
        "too-much-time",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        PAGE,
    ),
    _template(
        "a template with spans of a million", "too-much-time", "<table><tr><td colspan=1000000>a</table>" * 99, PAGE
    ),
    _template("a template with 200 boxes in boxes", "layout-failed", "<div>" * 200 + "a" + "</div>" * 200, PAGE),
    _template(
        "a template with 99,999 paragraphs", "too-much-time", "{% for a in range(99999) %}<p>One.</p>{% endfor %}", PAGE
    ),
    _template(
        "a template that fetches from the network", "no-such-asset", "<img src='https://example.org/a.png' alt='a'>"
    ),
    _template("a template that prints a file", "no-such-asset", "<img src='file:///etc/passwd' alt='a'>"),
    _template(
        "a template that unpickles a command",
        "template",
        """{{ block.parse_raw("cos\\nsystem\\n(S'touch canary'\\ntR.", proto='pickle', allow_pickle=True) }}""",
    ),
    _template("a template that loads a file into a model", "template", "{{ block.parse_file('../secret.txt') }}"),
    _template(
        "a template that makes a model of its own", "template", "{{ block.model_construct(question='a').question }}"
    ),
    _template("a template that reaches a method through a filter", "template", "{{ (block | attr('model_dump'))() }}"),
    _template(
        "a template that reaches classes through `map`",
        "template",
        "{{ document.blocks | map(attribute='__class__') | list }}",
    ),
    _template(
        "a template that puts a method in the place of `gettext`",
        "template",
        "{% set gettext = block.model_dump_json %}{{ _('Example') }}",
    ),
    _template("a template that pads a text to 999,999,999", "template", "{{ '%999999999d' | format(1) }}"),
    _template("a template that pads what it translates", "template", "{{ _('%(a)999999999d', a=1) }}"),
    _template("a template that repeats a text 8,589,934,592 times", "template", "{{ ('a' * 2**33) | length }}"),
    _template("a link that runs a script", "link-scheme", "<p><a href='JavaScript:alert(1)'>Here</a></p>"),
    _template("a link to a file", "link-scheme", "<p><a href='file:///etc/passwd'>Here</a></p>"),
    _template(
        "a link that is put together from parts",
        "link-scheme",
        "<p><a href='{{ 'vbscr' ~ 'ipt:a' }}'>Here</a></p>",
        PAGE,
    ),
    _template(
        "a base that runs a script", "link-scheme", "<base href='data:text/html,a'><p><a href='data:,a'>Here</a></p>"
    ),
    Hostile(
        "a stylesheet whose links run a script", "stylesheet", SHEET, {SHEET: "p { -weasy-link: url(javascript:a()) }"}
    ),
    _template(
        "a link that carries a file",
        "attached-file",
        "<p><a rel=attachment href='theme:base/theme.yaml'>Here</a></p>",
        PAGE,
    ),
    _template("a page that carries a file", "attached-file", "<link rel=attachment href='data:text/plain,a'>", PAGE),
    replace(
        _template("a link that runs a script, on a screen", "link-scheme", "<p><a href='javascript:a'>Here</a></p>"),
        command=(*BUILD, "--to", "html"),
    ),
    Hostile(
        "a cover that leads to no handout of its packet",
        "link-scheme",
        "",
        {
            "handouts/packets/one.yaml": "id: one\ntitle: One\nlanguage: en\nhandouts: [{handout: small-page}]\n",
            "templates/base/packet.html": "{% extends 'shipped/packet.html' %}"
            "{% block cover %}<p><a href='part:nothing'>Here</a></p>{{ super() }}{% endblock %}",
        },
        command=("packet", "one", "--client-ref", "QX-1"),
    ),
    Hostile(
        "a stylesheet with margins that no PDF can hold",
        "layout-failed",
        PAGE,
        {SHEET: "p{margin-top:-1e30px !important}"},
    ),
    Hostile(
        "a theme whose lettering is a font cut in half",
        "bad-font",
        FONT,
        {"templates/mine/theme.yaml": THEME + LETTERING, FONT: _cut_font},
        command=IN_MINE,
    ),
    Hostile(
        "a stylesheet that names half a font",
        "stylesheet",
        "templates/mine/css/90-mine.css",
        {
            "templates/mine/theme.yaml": THEME,
            "templates/mine/css/90-mine.css": "@font-face { font-family: Mine; src: url(theme:fonts/mine.ttf) }",
            FONT: _cut_font,
        },
        command=IN_MINE,
    ),
    Hostile("a stylesheet from the network", "stylesheet", SHEET, {SHEET: "@import url(https://example.org/a.css);"}),
    Hostile("a link out of the templates", "link-outside", BLOCK, links={BLOCK: "../../../../../secret.txt"}),
    Hostile(
        "a folder of themes that is a link out of the workspace",
        "link-outside",
        "templates",
        links={"templates": "../"},
    ),
    Hostile("a link in a theme that leads to itself", "not-a-file", f"{CSS}/in", links={f"{CSS}/in": "in"}),
    Hostile("a folder in a theme that leads into itself", "", "", links={f"{CSS}/in": "../css"}),
    Hostile(
        "themes that extend each other",
        "theme-circle",
        "templates/two/theme.yaml",
        {
            "templates/one/theme.yaml": "title: One\ndescription: One.\nextends: two\n",
            "templates/two/theme.yaml": "title: Two\ndescription: Two.\nextends: one\n",
        },
        command=(*BUILD, "--theme", "one"),
    ),
)

CASES = (*PICTURES, *TEXTS, *TEMPLATES)
