"""The app on this machine's own address, until it is stopped."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn

from handoutkit.errors import MachineError, Problem
from handoutkit.files.text_files import reason

from .app_state import AppState
from .asgi_app import create_app
from .page_templates import bug

LOOPBACK = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """A socket that only this machine can reach; port 0 takes a free one. Raises MachineError: the port is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows it would let two programs share the port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((LOOPBACK, port))
        found.listen(128)
    except OSError as error:
        found.close()
        hint = "leave --port out, and a free one is taken"
        problem = Problem("port", f"the port {port} cannot be used ({reason(error)})", hint)
        raise MachineError(problem) from None
    return found


def serve(desk: AppState, on: socket.socket, started: Callable[[], None]) -> None:
    """Serve until Ctrl-C; ``started`` is called once pages can be asked for."""
    logging.getLogger("uvicorn.error").addFilter(without_what_was_asked)
    config = uvicorn.Config(
        create_app(desk),
        lifespan="on",
        http="h11",
        ws="none",
        log_config=None,  # nothing that is asked for is logged
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    with suppress(KeyboardInterrupt):
        _Server(config, desk, started).run(sockets=[on])


def without_what_was_asked(record: logging.LogRecord) -> bool:
    """Of an exception that nobody expected, tell the kind; what it says may be of a client."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg, record.args, record.exc_info = str(bug(error)), (), None
    return True


class _Server(uvicorn.Server):
    """Says when it has started, and tells the app first that it is to end, so that open streams do not hold it up."""

    def __init__(self, config: uvicorn.Config, desk: AppState, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk = desk
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is uvicorn's
        """End well, without the signal being raised once more afterwards; a second Ctrl-C waits for nobody."""
        self._desk.changes.close()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what nobody waits for any more is no news
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
