"""``python -m handoutkit``."""

from handoutkit.cli.main import main

main()
