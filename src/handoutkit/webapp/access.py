"""Access control: lets nobody but the person at this machine use the app.

Only this machine can reach it (it listens on the loopback address). What is left are other pages in the same browser
and other programs of other users: hence a secret in the address, which serves once, for a cookie; the browser gets it
in a file, since other users see with which words a program was started; the `Host`
checked (DNS rebinding); the `Origin` and a token checked where something is changed (CSRF); requests that another
site or another port started refused; and a content security policy under which a page can reach nothing but the app.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from time import monotonic

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handoutkit.files.atomic_write import write_file
from handoutkit.library.workspace_folder import folder_around
from handoutkit.scaffold.desktop_start import start_on_desktop

CSRF_HEADER = "x-handoutkit"
KNOCK, KNOCK_HEADER = "/knock", "x-handoutkit-knock"
"""The address at which a second start asks to be let in, and where its secret stands."""
MAX_BYTES = 1_000_000
"""The longest body of a request; ``MAX_UPLOADED``, of one that uploads a file."""
MAX_UPLOADED = 20_000_000
TOO_LARGE = 413
DRAIN_SECONDS, IDLE_SECONDS = 10.0, 0.5
"""How long a body that is too large is read, so that its sender gets to the answer; and how long a pause ends that."""
UPLOADS = ("/rosters", "/picture/", "/imports", "/returned")

_CLOSED_LOOK = (
    "body{font:1.05rem/1.55 system-ui,sans-serif;max-width:38rem;margin:0 auto;padding:12vh 1.5rem;color:#1b292c;"
    "background:#f3f7f7}h1{font-size:1.6rem;line-height:1.25}"
    "@media(prefers-color-scheme:dark){body{color:#e7eff0;background:#0f1a1c}}"
)
"""How a page looks that has none of the app's files, which only who was let in gets."""
_CLOSED_LOOK_DIGEST = base64.b64encode(hashlib.sha256(_CLOSED_LOOK.encode()).digest()).decode()

_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{_CLOSED_LOOK_DIGEST}'; "
    "img-src 'self' data: blob:; font-src 'self'; "
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
_NO_ICON = '<link rel="icon" href="data:,">'
"""Without it a browser asks for /favicon.ico, gets an error, and complains of it in its console."""
_HEAD = f"""<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">{_NO_ICON}"""
_CLOSED = f"""{_HEAD}<style>{_CLOSED_LOOK}</style><title>handoutkit preview</title>
<h1>This page opens from the address in the terminal</h1>
<p>Go to the window in which you started <code>handoutkit preview</code> and open the last address it shows there. Each
serves once; if it was used, a new one is there now. If that window is closed, start the command again.</p></html>"""
_CLOSED_WITH_START = f"""{_HEAD}<style>{_CLOSED_LOOK}</style><title>handoutkit</title>
<h1>This page opens from your desktop</h1>
<p>Double click on “NAME” on your desktop.</p></html>"""
_GO = f"""{_HEAD}<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={{address}}"><title>handoutkit</title>
<p><a href="{{address}}">Open handoutkit</a></p></html>"""
"""A page that leads on. After it, a browser counts as one that came from there, and sends our cookie."""


@dataclass(frozen=True)
class Keys:
    """The secrets of one run, and where it is reached.

    Attributes:
        session: the cookie's value.
        csrf: goes with every request that changes something.
        knock: with it, another start of the same person gets in.
        refused: called when somebody comes with an address that was used, and no other is left.
    """

    port: int
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    knock: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    refused: Callable[[], None] = lambda: None
    _tokens: dict[str, Path | None] = field(default_factory=dict, repr=False)

    def new_address(self, file: Path | None = None) -> str:
        """An address that lets one browser in, once; with it goes the file that it stands in."""
        token = secrets.token_urlsafe(24)
        self._tokens[token] = file
        return f"http://127.0.0.1:{self.port}/?token={token}"

    def opening_file(self, folder: Path) -> Path:
        """A file for the owner only that leads a browser in, once; it is removed then. Raises OSError.

        Some browsers read neither hidden folders nor those for temporary files, so it is in the workspace.
        """
        file = folder.resolve() / f"open-handoutkit-{secrets.token_hex(4)}.html"
        write_file(file, _GO.format(address=self.new_address(file)).encode(), private=True)
        return file

    def lets_in(self, token: str) -> bool:
        """Whether a token is one that was not used; from now on it is."""
        found = next((one for one in self._tokens if _same(token, one)), None)
        if found is None:
            return False
        if file := self._tokens.pop(found):
            file.unlink(missing_ok=True)
        return True

    def refuse(self) -> None:
        """Somebody came with an address that was used: tell, if no other is left."""
        if not self._tokens:
            self.refused()

    def forget(self) -> None:
        """Remove the files of addresses that nobody has used."""
        for file in self._tokens.values():
            if file:
                file.unlink(missing_ok=True)
        self._tokens.clear()

    @property
    def cookie(self) -> str:
        """The name of the cookie. Browsers share cookies between ports, so the port is in it."""
        return f"handoutkit_{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The values of the ``Host`` header that are accepted."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Guard:
    """ASGI middleware that lets only allowed requests through to the app."""

    def __init__(self, app: ASGIApp, keys: Keys, folder: Path) -> None:
        self._app = app
        self._keys = keys
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (the signature is that of ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = HTTPConnection(scope)
        answer = self._knock(request) or self._entry(request) or self._refusal(request)
        limit = MAX_UPLOADED if scope["path"].startswith(UPLOADS) else MAX_BYTES
        length = request.headers.get("content-length", "0")
        if answer is None and length.isdigit() and int(length) > limit:
            answer = PlainTextResponse("This is too large.", TOO_LARGE)
        body = _LimitedBody(receive, limit)
        cached = scope["path"].startswith(("/fonts/", "/blocks/"))
        await (answer or self._app)(scope, body, _with_headers(_drained_first(body, send), cached=cached))

    def _knock(self, request: HTTPConnection) -> Response | None:
        """The answer to another start of the same person: a file that leads a browser in."""
        given = request.headers.get(KNOCK_HEADER, "")
        if (request.scope["method"], request.scope["path"]) != ("POST", KNOCK) or not self._host_is_ours(request):
            return None
        if not _same(given, self._keys.knock) or "origin" in request.headers:
            return None
        try:
            return PlainTextResponse(str(self._keys.opening_file(self._folder)))
        except OSError:
            return PlainTextResponse("No file can be written.", 500)

    def _closed(self) -> Response:
        """The page for who has no cookie of this run."""
        name = start_on_desktop(folder_around(self._folder))
        return HTMLResponse(_CLOSED_WITH_START.replace("NAME", escape(name)) if name else _CLOSED, 403)

    def _entry(self, request: HTTPConnection) -> Response | None:
        """The answer to the first visit: a cookie in place of the token in the address."""
        token = request.query_params.get("token")
        if request.scope["path"] != "/" or not token or not self._host_is_ours(request):
            return None
        known = _same(request.cookies.get(self._keys.cookie, ""), self._keys.session)
        let_in = request.scope["method"] == "GET" and self._keys.lets_in(token)
        if not known and not let_in:
            self._keys.refuse()
            return self._closed()
        answer = HTMLResponse(_GO.format(address="/"))
        answer.set_cookie(self._keys.cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _refusal(self, request: HTTPConnection) -> Response | None:
        """The answer to a request that is not allowed; None if it is."""
        headers, method = request.headers, request.scope["method"]
        if not self._host_is_ours(request):
            return PlainTextResponse("There is nothing under this name.", 400)
        if not _same(request.cookies.get(self._keys.cookie, ""), self._keys.session):
            return self._closed()
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return PlainTextResponse("Another site may not ask for this.", 403)
        if method in ("GET", "HEAD"):
            return None
        if method != "POST":
            return PlainTextResponse("This is not done here.", 405)
        if headers.get("origin") != f"http://{headers.get('host')}":
            return PlainTextResponse("Another site may not change anything.", 403)
        if not _same(headers.get(CSRF_HEADER, ""), self._keys.csrf):
            return PlainTextResponse("Load the page again, then try once more.", 403)
        return None

    def _host_is_ours(self, request: HTTPConnection) -> bool:
        return request.headers.get("host", "") in self._keys.hosts


class BodyTooLargeError(Exception):
    """The body of a request is too long."""


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


class _LimitedBody:
    """Receives the body of a request up to a length, whatever its headers say."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._seen = 0
        self._more = True

    async def __call__(self) -> Message:
        """The next message. Raises BodyTooLargeError."""
        message = await self._receive()
        self._more = message["type"] == "http.request" and message.get("more_body", False)
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            raise BodyTooLargeError
        return message

    async def drain(self) -> None:
        """Read the rest and keep nothing: a browser that still sends does not read the answer."""
        until = monotonic() + DRAIN_SECONDS
        with suppress(TimeoutError):
            while self._more and monotonic() < until:
                with suppress(BodyTooLargeError):
                    await asyncio.wait_for(self(), IDLE_SECONDS)


def _drained_first(body: _LimitedBody, send: Send) -> Send:
    """Sends an answer, after draining a body that is too large."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == TOO_LARGE:
            await body.drain()
        await send(message)

    return sent


def _with_headers(send: Send, *, cached: bool) -> Send:
    """Sends an answer with the security headers; ``cached`` lets the browser keep it for a day."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            if cached:
                headers["cache-control"] = "private, max-age=86400"
        await send(message)

    return sent
