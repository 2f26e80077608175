"""One client's values, as a command gives them, checked against the slots of a layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale

from handoutkit.errors import Problem, UsageError
from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef, ReferenceFault, client_ref_of
from handoutkit.models.clients.day_faults import DayFault
from handoutkit.models.clients.day_names import order_in
from handoutkit.models.clients.days import moment_in
from handoutkit.models.packet import Packet
from handoutkit.packets.packet_layout import PacketLayout

from .make_client_packet import DAYS

NAME = "display_name"


def client_ref(value: str, settings: Iterable[str] = ()) -> ClientRef:
    """The value, if it can be the reference of a client and holds no part of the name among ``name=value``.

    Raises:
        UsageError: it cannot; it is not repeated.
    """
    name = " ".join(setting.partition("=")[2] for setting in settings if setting.startswith(f"{NAME}="))
    found = client_ref_of(value, name)
    if isinstance(found, ReferenceFault):
        raise UsageError(Problem(*found))
    return found


def left_out(settings: Iterable[str], packet: Packet) -> tuple[str, ...]:
    """The values of a packet's cover that no ``name=value`` says: a label never stands over nothing."""
    said = {name.strip() for name, _, value in (setting.partition("=") for setting in settings) if value.strip()}
    return tuple(name for name in packet.values if name not in said)


def said_instead(settings: Iterable[str], packet: Packet) -> Iterator[Problem]:
    """What stands in a packet's texts for each value that no ``name=value`` says; a warning where it is a gap."""
    said = {name.strip() for name, _, value in (setting.partition("=") for setting in settings) if value.strip()}
    for name, words in packet.said_instead().items():
        if name not in {*said, CLIENT_REF}:
            message = f'no value for `{name}`: the packet says "{words}" instead'
            yield Problem("words-instead", message, f"say it with --set {name}=...", path=name, severity="notice")
    for name in sorted(packet.left_open() - {*said, CLIENT_REF}):
        message = f"no value for `{name}`, and the letter has a gap in its sentence there"
        hint = f"say it with --set {name}=..., or write into the packet what is said then, such as {{{name}|...}}"
        yield Problem("gap-in-letter", message, hint, path=name, severity="warning")


def client_values(settings: Iterable[str], layout: PacketLayout) -> dict[str, str]:
    """Values from ``name=value``, each the name of a slot; days as the packet's region writes them, or in words.

    Raises:
        UsageError: with every one that is not so; values are not repeated, for they are a client's.
    """
    known = set(layout.values) - {CLIENT_REF}
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for number, setting in enumerate(settings, start=1):
        name, equals, value = setting.partition("=")
        if not equals:
            hint = "write the name of a value, `=`, and what to put there: --set clinician=..."
            problems.append(Problem("bad-set", f"the value number {number} of --set has no `=`", hint))
        elif name == CLIENT_REF:
            problems.append(Problem("bad-set", "the reference is not said with --set", "say it with --client-ref"))
        elif name not in known:  # it is not repeated: a client's name may have been typed before the sign
            hint = f"it takes: {', '.join(sorted(known))}"
            problems.append(
                Problem("no-such-value", f"the packet takes no value as number {number} of --set is called", hint)
            )
        elif name in values:
            problems.append(Problem("set-twice", f"`{name}` is set twice", "keep one of them"))
        elif name in DAYS and value.strip():
            moment = moment_in(value.strip(), order_in(Locale.parse(layout.locale).territory))
            if isinstance(moment, DayFault):
                problems.append(Problem(*moment, path=name))
            else:
                values[name] = moment
        else:
            values[name] = value
    if problems:
        raise UsageError(problems)
    return values
