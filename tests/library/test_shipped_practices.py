"""Practice profiles: each says what its article says and no more, and comes out right, whatever is missing."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import pytest

from handoutkit.build.build_options import Audience, BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.practice import Practice
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT, TODAY, Run, Tree
from tests.support.pdf_reading import text
from tests.support.samples import FILES, PRACTICE

US_ONLY = ("988", "911", "838255")
LICENSED = ("LCSW", "LMFT", "LPC", "PLLC", "Licens", "licens", "clinician", "therapist", "Therapy")
MAKERS = {
    "shift-your-journey": ("914-221-3200", "Hello@shiftyourjourney.com", "www.shiftyourjourney.com"),
    "stella-nova": ("free 20-minute consultation", "in California"),
    "embrace-psychotherapy": ("www.embracepsychotherapyllc.com", "Suzanne Taluy, LCSW", "Norwalk, Connecticut"),
    "rtor": ("www.rtor.org", "Resource Specialist", "does not give care itself"),
    "faiza-haroon": ("Faiza Haroon, MACP, RP(Qualifying)",),
    "shelley-j-whitehead": ("relationship coach", "Coaching is not therapy", "YouTube"),
}
"""The practices behind the five articles, and what their pages must hold."""
IN_THE_US = {"stella-nova", "embrace-psychotherapy", "rtor"}
"""Those whose article says so."""


class Words(Protocol):
    """Builds a small page under the profile of a practice, and reads it."""

    def __call__(self, profile: str, audience: Audience = "client") -> str:
        """Its text."""


@pytest.fixture
def words(tree: Tree, cache: RenderCache) -> Words:
    """The text of a small page under a practice, of which the profile is given."""

    def build(profile: str, audience: Audience = "client") -> str:
        folder = tree({**FILES, "practices/oak-house.yaml": profile})
        choices = BuildOptions(framings=("none",), paper="letter", today=TODAY, audience=audience)
        builder = Builder(Library(Workspace(folder)), choices, cache)
        return text(builder.render(["small-page"]).finished[0].rendered.pdf)

    return build


def shipped(practice: str) -> str:
    """A shipped profile under the id of the samples' practice, so that it can be built in their workspace."""
    written = (ROOT / "practices" / "examples" / f"{practice}.yaml").read_text(encoding="utf-8")
    return written.replace(f"id: {practice}\n", "id: oak-house\n", 1)


def profile(practice: str) -> Practice:
    return Library(Workspace(ROOT)).practice(practice).model


@pytest.mark.parametrize("practice", MAKERS)
def test_a_maker_is_shown_as_its_article_shows_it(practice: str, words: Words) -> None:
    page = words(shipped(practice))
    assert [part for part in (profile(practice).display_name, *MAKERS[practice]) if part not in page] == []
    assert "None" not in page


@pytest.mark.parametrize("practice", MAKERS)
def test_crisis_numbers_stand_only_where_they_are_known_to_fit(practice: str, words: Words) -> None:
    page = words(shipped(practice))
    expected = set(US_ONLY) if practice in IN_THE_US else set()
    assert {number for number in US_ONLY if number in page} == expected
    assert ("If you cannot wait" in page) == bool(expected)
    assert "LGBTQ+ youth" not in page
    assert "ress 3" not in page
    for resource in profile(practice).crisis_resources:
        assert (resource.region, resource.verified_on, resource.example) == ("US", date(2026, 11, 21), False)


def test_a_coach_never_looks_licensed(words: Words) -> None:
    page = words(shipped("shelley-j-whitehead"))
    assert [word for word in LICENSED if word in page] == []
    assert profile("shelley-j-whitehead").services == "coaching"
    assert [p for p in profile("shelley-j-whitehead").practitioners if p.credentials or p.license] == []


@pytest.mark.parametrize(
    ("practice", "whose"),
    [
        ("shelley-j-whitehead", ("Coach’s copy", "coach’s copy", "For the coach")),
        ("rtor", ("Staff copy", "staff copy", "For staff")),
        ("stella-nova", ("Clinician’s copy", "clinician’s copy", "For the clinician")),
    ],
)
def test_a_copy_with_the_guide_is_called_after_who_works_with_it(
    practice: str, whose: tuple[str, ...], words: Words
) -> None:
    page = words(shipped(practice), "clinician")
    assert [part for part in whose if part not in page] == []
    assert ("linician" in page) == (practice == "stella-nova")


@pytest.mark.parametrize("line", ["phone: 0117 496 0123", "web: https://oak.example", "email: hello@oak.example"])
def test_one_way_to_reach_a_practice_is_enough(line: str, words: Words) -> None:
    page = words(PRACTICE.replace("phone: 0117 496 0123", line))
    ways = ["0117 496 0123", "oak.example", "hello@"]
    assert line.split(": ")[1].removeprefix("https://") in page
    assert [way in page for way in ways] == [way in line for way in ways]


def test_without_a_region_paper_and_dates_are_nobodys_in_particular(tree: Tree, run: Run) -> None:
    nowhere = PRACTICE.replace("region: GB\n", "")
    folder = tree({**FILES, "practices/oak-house.yaml": nowhere})
    done = run("build", "small-page", "--framing", "none", cwd=folder)
    assert done.exit_code == 0, done.stderr
    loaded = Library(Workspace(folder)).practice("oak-house").model
    assert loaded.region is None
    assert loaded.default_paper == "a4"
    pdf = (folder / "output/oak-house/small-page.pdf").read_bytes()
    assert "March 1, 2026" in text(pdf)


@pytest.mark.parametrize("practice", MAKERS)
def test_a_real_practice_is_taken_on_by_its_name_alone(practice: str, run: Run) -> None:
    assert practice not in Workspace(ROOT).practice_files
    assert practice not in run("-C", ROOT, "list").stdout
    assert profile(practice).id == practice


def test_no_message_tells_the_names_of_real_practices(run: Run) -> None:
    refused = run("-C", ROOT, "show", "i-and-we", "--practice", "nobody")
    assert [name for name in MAKERS if name in refused.stderr] == []


def test_where_nobody_at_the_practice_checked_a_line_it_is_only_listed(words: Words) -> None:
    page = words(shipped("stella-nova"))
    assert "Listed as of November 21, 2026." in page
    assert "Checked" not in page


def test_a_practice_that_sees_people_online_says_where_they_have_to_be(words: Words) -> None:
    person = "practitioners:\n  - {name: Bo Reader, license: '0001', licensed_in: [New York, Ohio]}\n"
    said = "you need to be in one of these places at the time: New York, Ohio."
    assert said in words(PRACTICE + person + "telehealth: true\n")
    assert said not in words(PRACTICE + person)
