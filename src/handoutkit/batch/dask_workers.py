"""The workers of a Dask cluster as workers of a batch; finished packets come back and are written here."""

from __future__ import annotations

from dataclasses import replace

from handoutkit.isolation.dask_cluster import DaskCluster
from handoutkit.render.worker_typesetter import on_this_machine

from .dispatch import Given
from .finish_packet import Job, Outcome, finish_in_process


class DaskWorkers(DaskCluster):
    """A cluster that makes packets. Raises as ``DaskCluster`` does."""

    def submit(self, job: Job) -> Given:
        """Give out a job. Raises BrokenExecutor: the scheduler is gone."""
        return Given(self.give(_finish_there, job))


def _finish_there(job: Job) -> tuple[Outcome, ...]:
    """Finish a job on the machine that it came to. Raises MachineError: that lacks what it is finished with."""
    return finish_in_process(replace(job, theme=on_this_machine(job.theme)))
