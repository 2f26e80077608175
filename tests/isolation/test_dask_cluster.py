"""What is said where there is no cluster to work on; what one does is in the tests of builds and of batches."""

from __future__ import annotations

import sys

import pytest

from handoutkit.errors import MachineError
from handoutkit.isolation.dask_cluster import DaskCluster


def test_an_address_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutkit.isolation.dask_cluster._PATIENCE", 1)
    with pytest.raises(MachineError, match="no-scheduler"):
        DaskCluster("tcp://127.0.0.1:9")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        MachineError, match=r"pipx inject handoutkit 'distributed>=[0-9.]+'   \(or: pip install 'distributed"
    ):
        DaskCluster("tcp://127.0.0.1:9")
