"""Let atheris (coverage-guided) at the loaders, one after the other, for so many seconds in all.

The bytes for ``template`` choose from a grammar of hostile templates, which are filled in as a theme's are.

What it finds is written to ``build/fuzz/``; put the file into ``tests/findings/<loader>/``, where it is tried in every
``make test``, and mend what it shows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "build" / "fuzz"
LOADERS = (
    *(
        "handout",
        "practice",
        "framing",
        "settings",
        "theme",
        "svg",
        "png",
        "pdf",
        "page",
        "csv",
        "xlsx",
        "template",
        "values",
    ),
)


def main(seconds: int) -> int:
    """Fuzz every loader in a process of its own; 1 if one of them broke."""
    each = max(1, seconds // len(LOADERS))
    broke = [loader for loader in LOADERS if _fuzz(loader, each)]
    return int(bool(broke))


def _fuzz(loader: str, seconds: int) -> bool:
    """Whether the loader broke."""
    from tests.support.loaders_under_fire import seeds

    corpus = FOUND / f"{loader}-corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(loader)):
        (corpus / f"seed-{number}").write_bytes(data)
    options = [f"-max_total_time={seconds}", "-max_len=60000", "-timeout=20", "-rss_limit_mb=1500", "-verbosity=0"]
    command = [sys.executable, __file__, "--one", loader, *options, f"-artifact_prefix={FOUND}/{loader}-", str(corpus)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    broke = done.returncode != 0
    print(f"{loader}: {'BROKE' if broke else 'held'}, {len(list(corpus.iterdir()))} kinds of input")
    if broke:
        print((done.stdout + done.stderr)[-3_000:])
    return broke


def _one(loader: str, options: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["handoutkit", "jinja2", "yaml"]):
        from tests.support.loaders_under_fire import has_words

    def try_it(data: bytes) -> None:
        if not has_words(loader, data):
            raise RuntimeError("a refusal without words")

    atheris.Setup([sys.argv[0], *options], try_it)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    if sys.argv[1] == "--one":
        _one(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main(int(sys.argv[1])))
