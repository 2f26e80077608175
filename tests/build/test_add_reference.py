"""A handout as built, made one client's: what comes back says whose it is, and what does not is told."""

from __future__ import annotations

import pytest

from handoutkit.build.add_reference import with_client_ref
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import UsageError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.clients.client_ref import ClientRef
from tests.conftest import ROOT

REF = ClientRef("QX-7301")


def built(*to: str, fields: bool = True) -> Builder:
    return Builder(Library(Workspace(ROOT)), BuildOptions(to=to, fields=fields))


def test_a_page_says_whose_it_is_and_text_is_only_named_by_it() -> None:
    (made,) = with_client_ref(built("html", "txt").render(["your-support-map"]), REF).finished
    assert [file.ending for file in made.files] == [".QX-7301.html", ".QX-7301.txt"]
    page, text = (file.data for file in made.files)
    assert page.count(b"QX-7301") == 1
    assert b'<meta name="your-support-map.client_ref" content="QX-7301">' in page
    assert b"QX-7301" not in text


@pytest.mark.parametrize(("to", "fields"), [("txt", True), ("html", False)])
def test_what_does_not_come_back_takes_no_reference(to: str, fields: bool) -> None:
    with pytest.raises(UsageError) as raised:
        with_client_ref(built(to, fields=fields).render(["your-support-map"]), REF)
    assert "no-place-for-reference" in str(raised.value)
