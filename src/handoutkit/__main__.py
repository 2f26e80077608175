"""What ``python -m handoutkit`` runs."""

from handoutkit.cli.main import main

main()
