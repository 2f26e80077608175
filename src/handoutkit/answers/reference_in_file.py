"""Whose a file is: the client's reference that it holds, said once for a packet and again for each handout in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF, ReferenceFault, client_ref_of

from .answer_rows import ASK, at_field


def reference_in(
    said: Mapping[str, str], given: str, handouts: Collection[str], *, printed: bool
) -> tuple[str, list[Problem]]:
    """The reference of a file, or empty, and what is wrong with it.

    Args:
        said: what each field for a reference holds, by its name.
        given: whose it is, where the file does not say so itself.
        handouts: the ids of those in it.
        printed: whether its pages show a reference.
    """
    names = {text: name for name, text in reversed([*said.items()]) if text}
    own = next(iter(names), "")
    if bad := [name for text, name in names.items() if isinstance(client_ref_of(text), ReferenceFault)]:
        return "", [at_field(_BAD, name) for name in bad[:1]]
    if len(names) > 1:
        return "", [_TWO_CLIENTS]
    if own and given and own != given:
        return own, [at_field(_OTHER, names[own])]
    in_handouts = [bool(said.get(f"{handout}.{CLIENT_REF}")) for handout in handouts]
    if not given and any(in_handouts) and not all(in_handouts):
        return "", [_OF_A_PART]
    if not own and not given and printed:
        return "", [_LOST]
    return own or given, []


_BAD = Problem("bad-client-ref", "the reference of the client in this file is not one", ASK)
_OTHER = Problem(
    "other-client-ref",
    "this file says that it is another client's than --client-ref does",
    "leave --client-ref out, or leave this file out",
)
_TWO_CLIENTS = Problem(
    "two-clients",
    "this file holds the references of more than one client, so there is no telling whose an answer is",
    "what came from more than one client was merged into one file; ask for each client's by itself",
)
_OF_A_PART = Problem(
    "reference-of-a-part",
    "some handouts in this file say whose they are, and others do not",
    "if all of it is one client's, say so with --client-ref R; else ask for each file by itself",
)
_LOST = Problem(
    "lost-client-ref",
    "this file shows a client's reference in its foot, and another program dropped the field that holds it",
    "read it there, and say it with --client-ref R",
)
