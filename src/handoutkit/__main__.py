"""``python -m handoutkit``."""

from handoutkit.cli import main

main()
