"""A practice: its name, its look, how to reach it, and its own words for next steps and disclaimers."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from .base import AssetPath, Day, Id, Model, Name, Plain, Suppressions, Text, Url
from .framing import FramingChoice
from .handout import Language, Need, PageLayout, Services
from .rule_problems import problem, problems_at

Region = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""A country, as its two capital letters in ISO 3166-1."""

Paper = Literal["letter", "a4"]
LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA", "SV", "DO", "NI", "BO"})
"""Where US Letter is the everyday paper; A4 (ISO 216) elsewhere."""


def _check_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise problem(
            "bad-colour", f"`{value}` is not a colour", 'write `#` and six of 0-9 and A-F, in quotes, as in "#17635A"'
        )
    return value.upper()


def _check_email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", value):
        raise problem("bad-email", f"`{value}` is not an email address", "write it as name@example.org")
    return value


Colour = Annotated[str, AfterValidator(_check_colour)]
"""An sRGB colour, ``#RRGGBB``."""

Email = Annotated[Name, AfterValidator(_check_email)]


class Logo(Model):
    """The practice's mark; ``text`` is what someone hears who cannot see it.

    Attributes:
        light: the mark in light colours, for dark grounds such as a screen at night.
        replaces_name: the mark shows the practice's name itself, which is not printed beside it again.
        height: as it is printed, in millimetres; by default 10, and less if it is wide.
    """

    file: AssetPath
    text: Plain
    light: AssetPath | None = None
    replaces_name: bool = False
    height: Annotated[float, Field(ge=5, le=20)] | None = None


class Typefaces(Model):
    """Which of the shipped families set titles and headings; reading text is always the legible sans."""

    headings: Literal["serif", "sans"] = "serif"


class Practitioner(Model):
    """Someone who works at the practice; ``licensed_in`` names the states or provinces of the license."""

    name: Name
    role: Plain | None = None
    credentials: Name | None = None
    license: Name | None = None
    licensed_in: Annotated[tuple[Plain, ...], Field(max_length=12)] = ()


class Location(Model):
    """A place where clients are seen."""

    name: Plain | None = None
    address: Annotated[tuple[Name, ...], Field(min_length=1, max_length=6)]
    phone: Name | None = None


class Web(Model):
    """A page on the web and the words that lead to it."""

    text: Plain
    url: Url


class Contact(Model):
    """How to reach the practice; every field may be left out."""

    phone: Name | None = None
    email: Email | None = None
    email_note: Text | None = None
    web: Url | None = None
    booking: Web | None = None
    newsletter: Web | None = None
    hours: Text | None = None
    locations: Annotated[tuple[Location, ...], Field(max_length=8)] = ()


class NextStepOffer(Model):
    """One thing a client can do next, and where to do it."""

    text: Text
    url: Url | None = None


class Channel(Model):
    """One way to reach a crisis resource."""

    kind: Literal["call", "text", "chat", "web"]
    to: Name
    note: Plain | None = None


class CrisisResource(Model):
    """Someone to reach in a crisis, as it stood on ``verified_on``.

    Attributes:
        helps_with: ``for:`` in the file, what it is for; an entry that does not say is printed on every page.
        checked_by_practice: whether someone at the practice checked it; else it is printed as listed.
        example: an entry that nobody is to rely on; it is printed as an example.
    """

    name: Plain
    helps_with: Annotated[tuple[Need, ...], Field(max_length=8, alias="for")] = ()
    when: Text
    channels: Annotated[tuple[Channel, ...], Field(min_length=1, max_length=6)]
    hours: Plain
    region: Region
    source: Url
    verified_on: Day
    checked_by_practice: bool = True
    example: bool = False


class Practice(Model):
    """A practice profile. Contact fields are all optional; at least one next step is not.

    Of the colours one is enough. ``second_colour`` is for what is set apart (cultural notes, ornaments), ``neutral``
    for running text, lines and panels; each is made as dark or as light as it has to be to be read well.

    ``telehealth`` says that it sees people online, so that each page says where they have to be for it.
    ``unreviewed_framings`` are those it prints although nobody of the community has read them yet, which an invented
    practice (``example``) does with all. ``notes_in_a_slot`` notes stand in one place, and more than
    ``notes_on_a_side`` for each side of a sheet are told.
    ``name_and_date`` puts lines for a name and a day at the head of every handout.
    A practice whose ``region`` is not known is set as one that may be anywhere: A4, and dates as its language has them.
    """

    id: Id
    legal_name: Name
    display_name: Name
    language: Language = "en"
    example: bool = False
    name_and_date: bool = False
    services: Services
    telehealth: bool = False
    practitioners: Annotated[tuple[Practitioner, ...], Field(max_length=20)] = ()
    logo: Logo | None = None
    colour: Colour
    second_colour: Colour | None = None
    neutral: Colour | None = None
    typefaces: Typefaces = Typefaces()
    region: Region | None = None
    paper: Paper | None = None
    contact: Contact = Contact()
    next_steps: Annotated[tuple[NextStepOffer, ...], Field(min_length=1, max_length=5)]
    disclaimers: Annotated[tuple[Text, ...], Field(max_length=6)] = ()
    affiliations: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    crisis_resources: Annotated[tuple[CrisisResource, ...], Field(max_length=8)] = ()
    default_layout: PageLayout | None = None
    """Of handouts that say nothing of it themselves."""
    framings: Annotated[tuple[FramingChoice, ...], Field(max_length=10)] = ()
    unreviewed_framings: Annotated[tuple[Id, ...], Field(max_length=30)] = ()
    notes_in_a_slot: Annotated[int, Field(ge=1, le=4)] = 1
    notes_on_a_side: Annotated[int, Field(ge=1, le=8)] = 2
    suppress: Suppressions = ()

    @model_validator(mode="after")
    def _a_coach_looks_like_a_coach(self) -> Self:
        if self.services == "coaching" and any(person.license for person in self.practitioners):
            hint = "take the license out, or set `services: therapy` if this practice gives therapy"
            shown = problem("coach-with-license", "a coaching practice cannot show a clinical `license`", hint)
            licensed = [number for number, person in enumerate(self.practitioners) if person.license]
            raise problems_at(*((("practitioners", number, "license"), shown) for number in licensed))
        return self

    @property
    def is_reachable(self) -> bool:
        """Whether a page can say how to reach it: by phone, email, the web or a page for bookings."""
        contact = self.contact
        return bool(contact.phone or contact.email or contact.web or contact.booking)

    @property
    def licensed_in(self) -> tuple[str, ...]:
        """Where someone of the practice is licensed, each place once."""
        return tuple(dict.fromkeys(place for person in self.practitioners for place in person.licensed_in))

    @property
    def default_paper(self) -> Paper:
        """The practice's own choice, else the everyday paper of its region."""
        return self.paper or ("letter" if self.region in LETTER_REGIONS else "a4")
