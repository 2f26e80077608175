"""What keeps everyone but the person at this machine out of the app.

Only this machine can reach it (it listens on the loopback address). What is left are other pages in the same browser
and other programs of other users: hence a secret in the address, exchanged for a cookie on the first visit; the `Host`
checked (DNS rebinding); the `Origin` and a token checked where something is changed (CSRF); requests that another
site or another port started refused; and a content security policy under which a page can reach nothing but the app.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSRF_HEADER = "x-handoutkit"
MOST_BYTES = 1_000_000
"""Most of a request's body; ``MOST_UPLOADED`` of one that brings a file."""
MOST_UPLOADED = 20_000_000
TOO_LARGE = 413
PATIENCE, SILENCE = 10.0, 0.5
"""Seconds for which what is too large is listened to, so that the answer is heard; and for which nothing may come."""
UPLOADS = ("/rosters", "/logo/")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_CLOSED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>handoutkit preview</title>
<h1>This page opens from the address in the terminal</h1>
<p>Go to the window in which you started <code>handoutkit preview</code> and open the whole address it shows there.
If that window is closed, start the command again.</p></html>"""


@dataclass(frozen=True)
class Keys:
    """The secrets of one run, and where it is reached.

    Attributes:
        token: in the address that is printed.
        session: the cookie's value.
        csrf: goes with every request that changes something.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """What is printed and opened."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """Cookies do not keep ports apart, so the port is in the name."""
        return f"handoutkit_{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """How a browser may call the app."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Guard:
    """The one door to the app."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (the signature is that of ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        answer = self._entry(scope, headers) or self._refusal(scope, headers)
        most = MOST_UPLOADED if scope["path"].startswith(UPLOADS) else MOST_BYTES
        if answer is None and _announced(headers) > most:
            answer = PlainTextResponse("This is too large.", TOO_LARGE)
        kept = scope["path"].startswith("/fonts/")
        read = _Capped(receive, most)
        await (answer or self._app)(scope, read, _with_headers(_after_all(read, send), kept=kept))

    def _entry(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        """The first visit: the secret is taken out of the address and a cookie put in its place."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if scope["path"] != "/" or not given or not self._host_is_ours(headers):
            return None
        if not _same(given[0], self._keys.token):
            return HTMLResponse(_CLOSED, 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._keys.cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        if not self._host_is_ours(headers):
            return PlainTextResponse("There is nothing under this name.", 400)
        if not _same(_cookie(headers, self._keys.cookie), self._keys.session):
            return HTMLResponse(_CLOSED, 403)
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return PlainTextResponse("Another site may not ask for this.", 403)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("This is not done here.", 405)
        if headers.get("origin") != f"http://{headers.get('host')}":
            return PlainTextResponse("Another site may not change anything.", 403)
        if not _same(headers.get(CSRF_HEADER, ""), self._keys.csrf):
            return PlainTextResponse("Load the page again, then try once more.", 403)
        return None

    def _host_is_ours(self, headers: Mapping[str, str]) -> bool:
        return headers.get("host", "") in self._keys.hosts


class BodyTooLargeError(Exception):
    """A body is longer than is taken."""


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


def _cookie(headers: Mapping[str, str], name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _announced(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdigit() else 0


class _Capped:
    """Reads no more than that, whatever length was announced."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0
        self._more = True

    async def __call__(self) -> Message:
        """ASGI. Raises TooLargeError."""
        message = await self._receive()
        self._more = message["type"] == "http.request" and message.get("more_body", False)
        self._seen += len(message.get("body", b""))
        if self._seen > self._most:
            raise BodyTooLargeError
        return message

    async def throw_away(self) -> None:
        """Read what is still to come and keep nothing of it: who is sending would not hear an answer before."""
        until = monotonic() + PATIENCE
        with suppress(TimeoutError):
            while self._more and monotonic() < until:
                with suppress(BodyTooLargeError):
                    await asyncio.wait_for(self(), SILENCE)


def _after_all(read: _Capped, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == TOO_LARGE:
            await read.throw_away()
        await send(message)

    return sent


def _with_headers(send: Send, *, kept: bool) -> Send:
    """Args: kept: the browser may keep the answer, which is about nobody."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            if kept:
                headers["cache-control"] = "private, max-age=86400"
        await send(message)

    return sent
