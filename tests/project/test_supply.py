"""What is installed is told with its hashes, and the list for auditors is in step with it."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import ROOT

PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)$", re.MULTILINE)


def pins(file: str) -> dict[tuple[str, str], set[str]]:
    """Each package and version of a lock file with its hashes."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {
        (found["name"], found["version"]): set(re.findall(r"--hash=sha256:([0-9a-f]{64})", found["rest"]))
        for found in PIN.finditer(text)
    }


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_pinned_with_hashes(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pins(file)) == len(packages) > 20
    assert all(pins(file).values())


def test_the_list_for_auditors_is_in_step_with_the_lock() -> None:
    """`make sbom` writes it anew."""
    parts = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    listed = {
        (part["name"], part["version"]): {
            digest["content"] for reference in part["externalReferences"] for digest in reference["hashes"]
        }
        for part in parts
    }
    assert listed == pins("requirements.lock")
