"""A run of a batch in words, for the person who started it; no client is named."""

from __future__ import annotations

from .run import Result


def summary(result: Result) -> str:
    """The counts in one line, without those that are nothing."""
    counts = (
        (result.made, "made"),
        (result.unchanged, "unchanged"),
        (result.held, "held back (not safe_to_send)"),
        (result.bad + result.failed, "with problems"),
        (result.withheld, "withheld"),
        (result.total - result.ended, "still to be made"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing to make"


def report(name: str, roster: str, result: Result) -> str:
    """All of it, with every problem."""
    lines = [f"Batch {name}, from {roster}", "", f"Packets: {summary(result)}", ""]
    problems = [*result.lacking, *result.problems]
    lines += [f"Problems ({len(problems)}):", ""] if problems else ["No problems."]
    for problem in problems:
        lines += [str(problem), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(result: Result) -> dict[str, int]:
    """The counts by name."""
    names = ("total", "made", "unchanged", "held", "bad", "failed", "withheld")
    return {name: getattr(result, name) for name in names}
