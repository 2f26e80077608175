"""What a process of a batch says of its job is held against the job, for it may have been taken over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handoutkit.batch.dispatch import believed
from handoutkit.batch.finish_packet import Job, Outcome
from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.models.clients.roster_client import Client
from tests.support.packet_sample import sample

CLIENT = Client(2, ClientRef("QX-1"), (("display_name", "Ana"),))
OTHER = replace(CLIENT, row=3, client_ref=ClientRef("QX-2"))
JOB = Job(sample().layout, sample().theme, (CLIENT, OTHER), frozenset(), "batch")
MADE = tuple(Outcome(client, "made", "0" * 64) for client in JOB.clients)
PATHS = replace(CLIENT, client_ref=ClientRef("../../../home/other"))


def test_what_is_said_is_said_of_the_clients_of_the_job() -> None:
    assert believed(MADE, JOB) == MADE
    assert believed((replace(MADE[0], client=PATHS), MADE[1]), JOB) == MADE
    assert believed(MADE[::-1], JOB) == MADE
    sent = tuple(replace(each, pdf=b"%PDF") for each in MADE)
    assert believed(sent, replace(JOB, folder=None)) == sent


@pytest.mark.parametrize(
    "wrong",
    [
        {"pdf": b"a file that was to be written there"},
        {"sha256": "../0"},
        {"sha256": 7},
        {"state": "sent"},
        {"state": "failed", "problems": ()},
        {"in_full": "yes"},
        {"problems": ("none",)},
        {"problems": (Problem("a", "b", line="1"),)},  # type: ignore[arg-type]
    ],
)
def test_what_nothing_may_be_written_by_is_a_problem_of_the_row(wrong: dict[str, Any]) -> None:
    for given in ((replace(MADE[0], **wrong), MADE[1]), MADE[:1], list(MADE), None, (*MADE, MADE[0]), ("made", "made")):
        told = believed(given, JOB)
        assert [(each.client, each.state, each.pdf) for each in told] == [
            (client, "failed", None) for client in JOB.clients
        ]
        assert {problem.code for each in told for problem in each.problems} == {"worker-died"}
