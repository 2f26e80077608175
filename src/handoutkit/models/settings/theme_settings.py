"""The settings of a theme, ``theme.yaml``: what it comes from, and how its pages look without a line of CSS."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from handoutkit.models.base import AssetPath, Id, Model, Plain, Text, check_asset, check_plain
from handoutkit.models.rule_problems import problem

Manner = Literal["filled", "cut-paper", "spot", "line", "none"]
"""How drawings are made: flat with strokes, paper shapes with a shadow, strokes and one colour, strokes, not at all."""

CONTRACT = 1
"""The version of the contract with themes that this release keeps."""
BULLETS = ("disc", "ring", "square", "dash", "check", "diamond")
FOOT_VALUES = ("practice", "phone", "email", "web", "license")
"""What a line of the foot can take from the practice, in braces."""
_VALUE = re.compile(r"\{([^{}]*)\}")


def _check_colour_of_role(value: str) -> str:
    if value in ("practice", "second", "neutral"):
        return value
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise problem(
            "bad-colour",
            f"`{value}` is not a colour",
            'write `practice`, `second` or `neutral`, or `#` and six of 0-9 and A-F, in quotes, as in "#17635A"',
        )
    return value.upper()


def _check_bullets(value: str) -> str:
    if value.endswith(".svg"):
        return check_asset(value)
    if value not in BULLETS:
        hint = f"write one of {', '.join(BULLETS)}, or the path of a picture in the theme, such as `pictures/leaf.svg`"
        raise problem("bad-bullets", f"there are no bullets called `{value}`", hint)
    return value


def _check_drawing(value: str) -> str:
    value = check_asset(value)
    if not value.endswith(".svg"):
        raise problem("bad-ornament", f"`{value}` is not an SVG", "save the drawing as an SVG in the theme's folder")
    return value


def _check_foot_line(value: str) -> str:
    value = check_plain(value)
    for name in _VALUE.findall(value):
        if name not in FOOT_VALUES:
            known = ", ".join(f"{{{one}}}" for one in FOOT_VALUES)
            raise problem("unknown-value", f"there is no `{{{name}}}` for a foot", f"there are: {known}", found=name)
    return value


ColourOfRole = Annotated[str, AfterValidator(_check_colour_of_role)]
"""``practice``, ``second`` or ``neutral``, the practice's own three; or a colour, ``#RRGGBB``."""

Bullets = Annotated[str, Field(max_length=200), AfterValidator(_check_bullets)]
"""One of ``BULLETS``, or the path of an SVG from the folder of the theme."""

FootLine = Annotated[str, Field(max_length=110), AfterValidator(_check_foot_line)]


class Lettering(Model):
    """The sans serif that figures are lettered in and that is typed into fields.

    Attributes:
        family: as the theme's stylesheets call it.
        regular, bold: font files (TTF, OTF, WOFF2), by their paths from the theme's folder, else from ``templates/``.
    """

    family: Plain
    regular: AssetPath
    bold: AssetPath


class ThemeFonts(Model):
    """Families for titles and for running text: of fonts in the theme's ``fonts/``, or of those that ship.

    Attributes:
        title: the family of titles, headings and the main idea.
        text: the family of what is read; it needs a regular and a bold font.
    """

    title: Plain | None = None
    text: Plain | None = None


class ThemeColours(Model):
    """Colours by role: `practice`, `second` or `neutral` for the practice's own, or a value such as `"#17635A"`.

    Hue and strength stay; each is made darker, or a ground paler, until it can be read (WCAG 2.2). In low-ink all
    are black.

    Attributes:
        deep: titles, and the frame of what to do next.
        brand: markers, numbers and labels.
        wash: the pale ground of panels.
        line: borders and lines to write on.
        ink: running text.
        soft: small print.
        accent: what is set apart, such as a note for one community.
    """

    deep: ColourOfRole | None = None
    brand: ColourOfRole | None = None
    wash: ColourOfRole | None = None
    line: ColourOfRole | None = None
    ink: ColourOfRole | None = None
    soft: ColourOfRole | None = None
    accent: ColourOfRole | None = None


class ThemeMargins(Model):
    """The margins of a page in millimetres. A handout on one sheet keeps its own, which its columns are made for.

    Attributes:
        top: above the text; by default 15.
        sides: at the left and the right; by default 19.
        bottom: below the text, where the foot stands; by default 20, and more where the foot has more lines.
    """

    top: Annotated[float, Field(ge=10, le=40, strict=False)] | None = None
    sides: Annotated[float, Field(ge=15, le=30, strict=False)] | None = None
    bottom: Annotated[float, Field(ge=18, le=40, strict=False)] | None = None


class ThemeStripe(Model):
    """A stripe along an edge of each page; in low-ink there is none, for nothing is filled there.

    Attributes:
        edge: which edge of the page; in languages that run from right to left, the other side.
        width: in millimetres; many printers leave the outer four or five white.
        colour: the role of its colour.
    """

    edge: Literal["left", "right", "top"] = "left"
    width: Annotated[float, Field(ge=1, le=8, strict=False)] = 6.0
    colour: Literal["deep", "brand", "accent", "wash", "line"] = "brand"


class ThemeOrnament(Model):
    """A drawing in a corner of each page; in low-ink there is none.

    Attributes:
        picture: an SVG of about the same width and height, by its path from the theme's folder.
        at: the corner of the page; in languages that run from right to left, the one at the other side.
        width: in millimetres; on a handout on one sheet, whose margins are narrow, 10 at most, and less
            beside a stripe.
    """

    picture: Annotated[str, Field(max_length=200), AfterValidator(_check_drawing)]
    at: Literal["top-left", "top-right", "bottom-left", "bottom-right"] = "bottom-right"
    width: Annotated[float, Field(ge=4, le=15, strict=False)] = 10.0


class ThemeMasthead(Model):
    """How a page opens: the practice's mark and name.

    Attributes:
        logo: where the practice's mark stands.
        tagline: a line below the practice's name, in the language of the practice.
    """

    logo: Literal["left", "right", "centre"] | None = None
    tagline: Plain | None = None


class ThemeLook(Model):
    """How pages look: in the PDF, on a screen and, where it can be, in Word.

    Attributes:
        corner: how round the corners of panels are, in millimetres; 0 is square.
        bullets: disc, ring, square, dash, check or diamond; or an SVG's path from the theme's folder.
        foot: up to two lines more in the foot; `{practice}`, `{phone}`, `{email}`, `{web}` and `{license}` are the
            practice's, and a line is left out whose value the practice does not have.
        masthead: how a page opens.
        ornament: a drawing in a corner of each page.
    """

    fonts: ThemeFonts | None = None
    colours: ThemeColours | None = None
    margins: ThemeMargins | None = None
    stripe: ThemeStripe | None = None
    ornament: ThemeOrnament | None = None
    bullets: Bullets | None = None
    masthead: ThemeMasthead | None = None
    foot: Annotated[tuple[FootLine, ...], Field(max_length=2)] | None = None
    corner: Annotated[float, Field(ge=0, le=8, strict=False)] | None = None


class ThemeSettings(ThemeLook):
    """What ``theme.yaml`` says.

    Attributes:
        contract: the version of the contract with themes that it was written for; see docs/themes.md.
        extends: the theme that this one differs from; every theme but ``base`` has one.
        lettering: of figures and fields; the parent's if it is not given.
        icon_weight: of the strokes of icons, whose box is 24 wide; the parent's if it is not given.
        drawings: the manner of drawings; the parent's if it is not given.
    """

    title: Plain
    description: Text
    contract: Annotated[int, Field(ge=1, le=CONTRACT)] = 1
    extends: Id | None = None
    lettering: Lettering | None = None
    icon_weight: Annotated[float, Field(ge=0.5, le=3, strict=False)] | None = None
    drawings: Manner | None = None


def merged_look(looks: list[ThemeLook]) -> ThemeLook:
    """What several looks say together, the nearest first: key by key, also inside `fonts`, `colours` and the like."""
    found: dict[str, object] = {}
    for key in ThemeLook.model_fields:
        given = [value for look in looks if (value := getattr(look, key)) is not None]
        if given and isinstance(given[0], ThemeFonts | ThemeColours | ThemeMargins | ThemeMasthead):
            inner: dict[str, object] = {}
            for value in reversed(given):
                inner |= {name: each for name, each in value if each is not None}
            found[key] = given[0].model_copy(update=inner)
        elif given:
            found[key] = given[0]
    return ThemeLook.model_construct(**{**dict.fromkeys(ThemeLook.model_fields), **found})  # type: ignore[arg-type]
