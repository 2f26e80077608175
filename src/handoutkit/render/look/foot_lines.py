"""The lines that a theme adds to the foot of a page, with what they take from the practice."""

from __future__ import annotations

import re

from handoutkit.models.practice import Practice
from handoutkit.models.theme_settings import ThemeLook

_VALUE = re.compile(r"\{(\w+)\}")


def foot_lines(look: ThemeLook, practice: Practice) -> tuple[str, ...]:
    """The lines, as they are printed; one whose value the practice does not have is left out."""
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
