"""What a place to sign says that came back: who signed, or that somebody did; no program vouches for it here."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from handoutkit.answers.field_answers import FieldAnswer, answer_in
from handoutkit.answers.read_form_fields import FormField
from handoutkit.errors import ContentError


def place(value: object) -> FormField:
    return FormField("paper.consent.client-signature", "/Sig", 0, value, Dictionary(), (Dictionary(),))


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (None, FieldAnswer()),
        (Dictionary(Type=Name.Sig, Name=String("Zoë Quill")), FieldAnswer("Zoë Quill")),
        (Dictionary(Type=Name.Sig), FieldAnswer("signed")),
    ],
)
def test_a_place_to_sign_says_who_signed(value: pikepdf.Object | None, answer: FieldAnswer) -> None:
    assert answer_in(place(value)) == answer


def test_what_is_no_signature_is_refused() -> None:
    with pytest.raises(ContentError):
        answer_in(place(String("Zoë Quill")))
