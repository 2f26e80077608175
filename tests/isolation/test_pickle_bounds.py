"""What a pickle would make is seen before it is made: in time, memory and depth no more than a reply needs."""

from __future__ import annotations

import io
import pickle

import pytest

from handoutkit.isolation.messages import Distrustful, NotAReplyError, reply_of
from handoutkit.isolation.pickle_bounds import refuse_too_much
from tests.support.hostile_pickles import NEVER_DONE, ORDINARY
from tests.support.short_suite import rest_is_long


@pytest.mark.parametrize("name", rest_is_long([*NEVER_DONE], stays=lambda name: name in [*NEVER_DONE][::2]))
def test_what_would_never_be_done_is_not_begun(name: str) -> None:
    with pytest.raises((pickle.UnpicklingError, ValueError, IndexError)):
        refuse_too_much(NEVER_DONE[name])
    with pytest.raises(NotAReplyError):
        reply_of(NEVER_DONE[name])


@pytest.mark.parametrize("data", ORDINARY)
def test_plain_values_pass(data: bytes) -> None:
    refuse_too_much(data)
    assert Distrustful(io.BytesIO(data)).load() == pickle.loads(data)  # noqa: S301 - made by this test
