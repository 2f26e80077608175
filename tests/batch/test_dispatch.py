"""What a process of a batch says of its job is held against the job, for it may have been taken over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
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
MADE = tuple(Outcome(client, "made", "0" * 64, pdf=b"%PDF") for client in (CLIENT, OTHER))
PATHS = replace(CLIENT, client_ref=ClientRef("../../../home/other"))


@pytest.fixture
def job() -> Job:
    return Job(sample().layout, sample().theme, (CLIENT, OTHER), frozenset())


def test_what_is_said_is_said_of_the_clients_of_the_job(job: Job) -> None:
    assert believed(MADE, job) == MADE
    assert believed((replace(MADE[0], client=PATHS), MADE[1]), job) == MADE
    assert believed(MADE[::-1], job) == MADE
    assert believed(tuple(replace(each, file=Path("/home/other.pdf")) for each in MADE), job) == MADE


def test_a_file_is_taken_from_the_folder_of_the_process_that_made_it(tmp_path: Path, job: Job) -> None:
    job = replace(job, folder=str(tmp_path))
    put = tuple(replace(each, pdf=None) for each in MADE)
    (tmp_path / "QX-1.pdf").write_bytes(b"%PDF")
    first, second = believed(put, job)
    assert (first.state, first.file) == ("made", tmp_path / "QX-1.pdf")
    assert (second.state, second.file) == ("failed", None)
    (tmp_path / "QX-2.pdf").symlink_to(tmp_path / "QX-1.pdf")
    assert believed(put, job)[1].state == "failed"
    assert {each.state for each in believed(MADE, job)} == {"failed"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"pdf": None},
        {"pdf": "%PDF"},
        {"sha256": "../0"},
        {"sha256": 7},
        {"state": "sent"},
        {"state": "failed", "problems": ()},
        {"in_full": "yes"},
        {"problems": ("none",)},
        {"problems": (Problem("a", "b", line="1"),)},  # type: ignore[arg-type]
    ],
)
def test_what_nothing_may_be_written_by_is_a_problem_of_the_row(wrong: dict[str, Any], job: Job) -> None:
    for given in ((replace(MADE[0], **wrong), MADE[1]), MADE[:1], list(MADE), None, (*MADE, MADE[0]), ("made", "made")):
        told = believed(given, job)
        assert [(each.client, each.state, each.pdf) for each in told] == [
            (client, "failed", None) for client in job.clients
        ]
        assert {problem.code for each in told for problem in each.problems} == {"worker-died"}
