"""What makes a page for screens come back with answers: what it is, one script of ours, and a policy for that alone."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.models.filled_in.identifiers import EDITION
from handoutkit.models.handout import Handout

from .read_page_task import SAVED

_SCRIPT = "page_script.js"
_POLICY = "Content-Security-Policy"


def let_answers_come_back(root: Element, handout: Handout) -> None:
    """Add to a page with fields whose it can be, its edition, and the script that saves it; it is changed in place."""
    head, body = next(root.iter("head")), next(root.iter("body"))
    for name, content in ((EDITION, str(handout.edition)), (CLIENT_REF, "")):
        head.append(Element("meta", {"name": f"{handout.id}.{name}", "content": content}))
    head.append(Element("meta", {"name": SAVED, "content": ""}))
    script = Element("script", {"data-screen-only": "true"})
    script.text = page_script()
    body.append(script)
    _let_it_run(head, script.text)


def with_reference(page: bytes, handout: str, ref: ClientRef) -> bytes:
    """The page as one client's. Raises ValueError: it has no place for a reference."""
    before, name, after = page.partition(f'<meta name="{handout}.{CLIENT_REF}" content="'.encode())
    if not name:
        raise ValueError("this page does not come back")
    return before + name + ref.encode() + after


@lru_cache(maxsize=1)
def page_script() -> str:
    """The script, as it stands in a page."""
    return "\n" + Path(__file__).with_name(_SCRIPT).read_text(encoding="utf-8")


def _let_it_run(head: Element, script: str) -> None:
    """Let this script run and no other (CSP 3, 2.3.1); a page without a policy of its own gets one with no more in it.

    In a policy of a theme that says itself which scripts may run, ours is none of them, and does not.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"script-src 'sha256-{digest}'"
    policies = [meta for meta in head.iter("meta") if meta.get("http-equiv", "").casefold() == _POLICY.casefold()]
    if not policies:
        head.insert(0, Element("meta", {"http-equiv": _POLICY, "content": allowed}))
    for policy in policies:
        content = policy.get("content", "").rstrip("; ")
        if "script-src" not in content:
            policy.set("content", f"{content}; {allowed}")
