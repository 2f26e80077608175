"""The web server: listens on this machine only, until it is stopped."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn

from handoutkit.errors import MachineError, Problem
from handoutkit.files.text_files import reason

from .app_state import AppState
from .asgi_app import create_app

LOOPBACK = "127.0.0.1"
FIRST_PORT, LAST_PORT = 49152, 60999
"""Between these nothing is registered (RFC 6335, 6), and Linux gives out few to others."""


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


def usual_port(folder: Path) -> int:
    """The port of a workspace, so that pages that are still open go on when the app is started again."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).digest()
    return FIRST_PORT + int.from_bytes(digest[:4], "big") % (LAST_PORT - FIRST_PORT)


def listening_for(folder: Path) -> socket.socket:
    """A socket at the workspace's usual port, or at a free one if that is taken. Raises MachineError."""
    try:
        return listening(usual_port(folder))
    except MachineError:
        return listening(0)


def serve(state: AppState, on: socket.socket, started: Callable[[], None]) -> None:
    """Serve until Ctrl-C; ``started`` is called once the server answers requests."""
    logging.getLogger("uvicorn.error").addFilter(hide_exception_text)
    config = uvicorn.Config(
        create_app(state),
        lifespan="on",
        http="h11",
        ws="none",
        log_config=None,  # no request is logged
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    with suppress(KeyboardInterrupt):
        _Server(config, state, started).run(sockets=[on])


def hide_exception_text(record: logging.LogRecord) -> bool:
    """Log the type of an unexpected exception and not its message, which could name a client."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        from .page_templates import bug

        record.msg, record.args, record.exc_info = str(bug(error)), (), None
    return True


class _Server(uvicorn.Server):
    """Calls back when it has started, and closes open event streams first when it is to stop."""

    def __init__(self, config: uvicorn.Config, state: AppState, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._state = state
        self._started = started
        state.stop = lambda: self.handle_exit(signal.SIGTERM, None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is uvicorn's
        """Stop without raising the signal again afterwards; a second Ctrl-C stops at once."""
        self._state.changes.close()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # requests that are cut off now are no errors
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
