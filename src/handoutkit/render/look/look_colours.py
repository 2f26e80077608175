"""The colours that a theme chooses for roles, for one practice."""

from __future__ import annotations

from handoutkit.models.practice import Practice
from handoutkit.models.theme_settings import ThemeLook
from handoutkit.render.colour.palette import Chosen


def chosen_colours(look: ThemeLook, practice: Practice) -> Chosen:
    """The roles for which a look chooses a colour, each with its ``#RRGGBB``.

    A second or neutral colour that the practice does not have is its first one.
    """
    if look.colours is None:
        return ()
    of_practice = {
        "practice": practice.colour,
        "second": practice.second_colour or practice.colour,
        "neutral": practice.neutral or practice.colour,
    }
    return tuple((role, of_practice.get(str(colour), str(colour))) for role, colour in look.colours if colour)
