"""Fixtures: the app over a workspace that the tests of one file change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser

from handoutkit.render.render_cache import RenderCache
from tests.support.browser_app import Opened, Served, served, tabs, workspace


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Iterator[Served]:
    with served(workspace(tmp_path_factory.mktemp("practice")), cache) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, app: Served) -> Iterator[Opened]:
    with tabs(browser, app) as open_:
        yield open_


@pytest.fixture
def opened_in(browser: Browser) -> Callable[[Served], AbstractContextManager[Opened]]:
    """As ``opened``, for an app of the test's own."""
    return lambda app: tabs(browser, app)
