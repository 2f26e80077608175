"""What a theme's look takes from a practice: its colours for roles, and words for the foot of its pages."""

from __future__ import annotations

import re

from handoutkit.models.practice import Practice
from handoutkit.models.settings.theme_settings import ThemeLook
from handoutkit.render.colour.palette import Chosen

_VALUE = re.compile(r"\{(\w+)\}")


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


def foot_lines(look: ThemeLook, practice: Practice) -> tuple[str, ...]:
    """The lines that a look adds to the foot, as they are printed; one whose value the practice lacks is left out."""
    contact = practice.contact
    licenses = (f"{person.name}, {person.license}" for person in practice.practitioners if person.license)
    values = {
        "practice": practice.display_name,
        "phone": contact.phone or "",
        "email": contact.email or "",
        "web": (contact.web or "").split("://", 1)[-1].removesuffix("/"),
        "license": "; ".join(licenses),
    }
    lines = look.foot or ()
    whole = [line for line in lines if all(values[name] for name in _VALUE.findall(line))]
    return tuple(_VALUE.sub(lambda found: values[found[1]], line) for line in whole)
