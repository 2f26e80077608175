"""Who gets into the app: the person at this machine, with the address from the terminal, and nobody else."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from handoutkit.webapp.access import CSRF_HEADER, KNOCK_HEADER, MAX_BYTES, MAX_UPLOADED
from handoutkit.webapp.server import FIRST_PORT, LAST_PORT, listening_for, usual_port
from tests.conftest import ROOT, Run
from tests.support.browser_app import HANDOUT, Served
from tests.support.short_suite import rest_is_long


class Asked:
    """One request as some program would send it, and its answer."""

    def __init__(self, app: Served, method: str, path: str, body: bytes | None = None, **headers: str | None) -> None:
        keys = app.state.keys
        usual: dict[str, str | None] = {
            "host": f"127.0.0.1:{keys.port}",
            "origin": app.origin if method == "POST" else None,
            "cookie": f"{keys.cookie}={keys.session}",
            CSRF_HEADER: keys.csrf if method == "POST" else None,
        }
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", keys.port, timeout=90)
        connection.putrequest(method, path, skip_host=True)
        for name, value in usual.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None and "content-length" not in usual:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        connection.close()


SAVE = f"/edit/handout/{HANDOUT}"
REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/", {"cookie": None}, 403),
    ("GET", "/", {"cookie": "handoutkit_1=nothing"}, 403),
    ("GET", "/?token=guessed", {"cookie": None}, 403),
    ("GET", "/static/app.js", {"cookie": None}, 403),
    ("POST", "/knock", {"cookie": None, KNOCK_HEADER: "guessed"}, 403),
    ("GET", "/", {"host": "rebound.example"}, 400),
    ("GET", "/", {"host": "rebound.example:80"}, 400),
    ("GET", "/", {"sec-fetch-site": "cross-site"}, 403),
    ("GET", "/page/0/1-360.jpg", {"sec-fetch-site": "same-site"}, 403),
    ("POST", SAVE, {"origin": None}, 403),
    ("POST", SAVE, {"origin": "null"}, 403),
    ("POST", SAVE, {"origin": "http://127.0.0.1:1"}, 403),
    ("POST", SAVE, {"origin": "https://evil.example"}, 403),
    ("POST", SAVE, {CSRF_HEADER: None}, 403),
    ("POST", SAVE, {CSRF_HEADER: "guessed"}, 403),
    ("PUT", SAVE, {}, 405),
    ("GET", "/static/../app.py", {}, 404),
    ("GET", "/static/%2e%2e/app.py", {}, 404),
    ("GET", "/edit/practice/..%2f..%2fetc", {}, 404),
    ("POST", SAVE, {"content-length": str(MAX_BYTES + 1)}, 413),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REFUSED)
def test_nobody_else_gets_in(app: Served, method: str, path: str, headers: dict[str, Any], status: int) -> None:
    before = app.handout.read_bytes()
    body = b"{}" if method == "POST" and status != 413 else None
    answer = Asked(app, method, path, body, **headers)
    assert answer.status == status
    assert status == 404 or app.state.keys.csrf.encode() not in answer.body
    assert app.handout.read_bytes() == before


def test_a_body_that_hides_its_length_is_cut_off(app: Served) -> None:
    piece = b"%x\r\n%s\r\n" % (65_536, b" " * 65_536)
    keys = app.state.keys
    head = (
        f"POST {SAVE} HTTP/1.1\r\nhost: 127.0.0.1:{keys.port}\r\norigin: {app.origin}\r\n"
        f"cookie: {keys.cookie}={keys.session}\r\n{CSRF_HEADER}: {keys.csrf}\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", keys.port), timeout=20) as found:
        found.sendall(head.encode())
        for _ in range(MAX_BYTES // 65_536 + 2):
            found.sendall(piece)
        assert b" 413 " in found.recv(100)


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(("path", "most"), [(SAVE, MAX_BYTES), ("/rosters", MAX_UPLOADED)])
def test_whoever_sends_too_much_hears_so(app: Served, path: str, most: int, announced: bool) -> None:
    """And not that the connection was cut: the whole of it is sent before the answer is read, as browsers do."""
    pieces = [b"x" * 1_000_000] * (most // 1_000_000 + 3)
    keys = app.state.keys
    headers = {"cookie": f"{keys.cookie}={keys.session}", "origin": app.origin, CSRF_HEADER: keys.csrf}
    length = {"content-length": str(sum(map(len, pieces)))} if announced else {}
    connection = http.client.HTTPConnection("127.0.0.1", keys.port, timeout=20)
    connection.request("POST", path, iter(pieces), {**headers, **length}, encode_chunked=not announced)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (413, b"This is too large.")
    connection.close()


def test_an_address_serves_once(app: Served) -> None:
    told: list[str] = []
    object.__setattr__(app.state.keys, "refused", lambda: told.append(app.address))
    address = app.address.removeprefix(app.origin)
    assert Asked(app, "POST", address, b"{}", cookie=None).status == 403
    answer = Asked(app, "GET", address, cookie=None, sec_fetch_site="cross-site")
    assert answer.status == 200
    assert b'content="0; url=/"' in answer.body
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    app.state.keys.forget()  # what other tests have left
    for _ in range(3):
        assert Asked(app, "GET", address, cookie=None).status == 403
    assert len(told) == 1  # a new one is shown, once, to whoever sees the terminal
    assert Asked(app, "GET", told[0].removeprefix(app.origin), cookie=None).status == 200
    assert Asked(app, "GET", address).status == 200  # from a browser that is in already


def test_the_browser_is_led_in_by_a_file_that_serves_once(app: Served, browser: Browser) -> None:
    file = app.state.keys.opening_file(app.folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    words = file.read_bytes()
    for enters in (True, False):
        context = browser.new_context()
        page = context.new_page()
        page.route("**/thumbnail/**", lambda one: one.fulfill(status=204))  # each would be a handout that is set
        page.goto(file.as_uri())
        if enters:
            page.wait_for_url(app.origin + "/")
            page.get_by_role("heading", name="Handouts").wait_for()
            assert not file.exists()
            file.write_bytes(words)
        else:
            page.get_by_role("heading", name="This page opens from the address in the terminal").wait_for()
        context.close()
    file.unlink()
    unused = app.state.keys.opening_file(app.folder)
    app.state.keys.forget()
    assert not unused.exists()


def test_pages_can_reach_nothing_but_the_app(app: Served) -> None:
    answer = Asked(app, "GET", "/")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    static = ROOT / "src/handoutkit/preview"
    for path in [*static.glob("static/*"), *static.rglob("templates/**/*.html")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text


def test_a_workspace_has_its_usual_port_and_another_if_that_is_taken(tmp_path: Path) -> None:
    with listening_for(tmp_path) as usual, listening_for(tmp_path) as other:
        assert usual.getsockname()[1] != other.getsockname()[1]
        assert usual_port(tmp_path) in range(FIRST_PORT, LAST_PORT)


def test_only_this_machine_can_reach_it(app: Served) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; it only says which address others would see
        except OSError:
            return  # this machine has no other address
        outer = probe.getsockname()[0]
    if not outer.startswith("127."):
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((outer, app.state.keys.port), timeout=2)


def test_a_clients_values_are_not_in_what_goes_wrong(app: Served) -> None:
    body = json.dumps({"values": {"client_ref": "QX-1", "no_such": "Ottilie"}, "do": "show"}).encode()
    answer = Asked(app, "POST", "/packets/one-small-ask/client", body)
    assert answer.status == 422
    assert b"Ottilie" not in answer.body


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b'{"values": ' + b"[" * 500 + b"]" * 500 + b"}"])
def test_json_of_any_depth_is_answered(app: Served, body: bytes) -> None:
    assert Asked(app, "POST", "/packets/one-small-ask/client", body).status in (400, 422)


@pytest.mark.parametrize(
    "values",
    [
        {"client_ref": "Ottilie", "display_name": "Ottilie Example"},
        {"client_ref": "CON.x"},
        {"client_ref": "QX-1", "next_session": "2026-02-30"},
        {"client_ref": "QX-1", "next_session": "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0663\u0661"},
    ],
)
def test_what_cannot_be_said_of_a_client_is_a_problem(app: Served, values: dict[str, str]) -> None:
    body = json.dumps({"values": values, "do": "show"}).encode()
    answer = Asked(app, "POST", "/packets/one-small-ask/client", body)
    assert answer.status == 422
    assert b"Ottilie" not in answer.body


@pytest.mark.parametrize("options", rest_is_long([[], ["-v"]], stays=bool), ids=["", "-v"])
@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("packets.personalise.client_values", "client_ref"),  # in the request
        ("webapp.preview_renderer", "make_client_packet_in_worker"),  # in the thread that makes pages
    ],
)
def test_a_bug_tells_no_value_of_a_client(app: Served, options: list[str], module: str, function: str) -> None:
    """Neither its page nor the terminal, where the exception, its cause and its notes all hold the value."""
    begin = (
        f"import handoutkit.{module} as module\n"
        "def broken(*values):\n"
        "    try:\n"
        "        raise KeyError(values)\n"
        "    except KeyError as cause:\n"
        "        error = ValueError(f'what is {values}')\n"
        "        error.add_note(repr(values))\n"
        "        raise error from cause\n"
        f"module.{function} = broken\n"
        "from handoutkit.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", begin, *options, "-C", str(app.folder), "preview", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout
        try:
            status, text = _asked_with_a_value(process.stdout.readline().strip())
        finally:
            process.send_signal(signal.SIGINT)
            said = "".join(process.communicate(timeout=30))
    assert status == 500
    for told in (text, said):
        assert "his is a bug in handoutkit: ValueError" in told
        assert "Ottilie" not in told


def _asked_with_a_value(address: str) -> tuple[int, str]:
    """What the app at an address answers to a client's packet that is to be shown."""
    port = int(address.split(":")[2].partition("/")[0])
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    browser.request("GET", address.split(str(port))[1])
    answer = browser.getresponse()
    cookie = str(answer.getheader("set-cookie")).split(";")[0]
    answer.read()
    browser.request("GET", "/handouts", headers={"cookie": cookie})
    found = re.search(r'name="csrf" content="([\w-]+)"', browser.getresponse().read().decode())
    assert found
    headers = {"cookie": cookie, CSRF_HEADER: found[1], "origin": f"http://127.0.0.1:{port}"}
    values = {"client_ref": "QX-1", "display_name": "Ottilie Example"}
    browser.request("POST", "/packets/one-small-ask/client", json.dumps({"values": values, "do": "show"}), headers)
    answer = browser.getresponse()
    status, text = answer.status, answer.read().decode()
    browser.close()
    return status, text


def _open_pages(port: int, address: str) -> list[http.client.HTTPConnection]:
    """What tabs of a browser have asked for and not all been given: news of changes, a page that is being set."""
    first = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    first.request("GET", address.split(str(port))[1])
    cookie = str(first.getresponse().getheader("set-cookie")).split(";")[0]
    asking = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(2)]
    asking[0].request("GET", "/events", headers={"cookie": cookie})
    asking[0].getresponse()
    asking[1].request("GET", f"/show/handout/{HANDOUT}?format=low-ink", headers={"cookie": cookie})
    return [first, *asking]


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "ended"])
def test_the_command_prints_its_address_and_ends_well(app: Served, wish: signal.Signals) -> None:
    command = [sys.executable, "-m", "handoutkit", "-C", str(app.folder), "preview", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stderr
        try:
            address = process.stdout.readline()
            found = re.fullmatch(r"http://127\.0\.0\.1:(\d{4,5})/\?token=[\w-]{32}\n", address)
            assert found, address
            port = int(found[1])
            opened = _open_pages(port, address.strip())
            os.killpg(process.pid, wish)  # as a terminal does: all processes of the group
            assert process.wait(20) == 0
        finally:
            process.kill()
        assert (
            process.stdout.read()
            == "This is for this machine only, and each address serves once. Stop it with Ctrl-C.\n"
        )
        assert process.stderr.read() == ""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    for connection in opened:
        connection.close()


def test_a_port_that_is_taken(app: Served, run: Run) -> None:
    ran = run("preview", "--no-open", "--port", app.state.keys.port)
    assert ran.exit_code == 3
    assert "leave --port out" in ran.stderr


def test_without_the_extra_the_line_to_type_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutkit.cli.preview_command.NEEDED", ("starlette", "no_such_package"))
    ran = run("preview", "--no-open")
    assert ran.exit_code == 3
    assert "type: pipx inject handoutkit 'starlette<2,>=1' 'uvicorn" in ran.stderr
    assert "(or: pip install 'starlette<2,>=1' 'uvicorn" in ran.stderr
