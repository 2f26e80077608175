"""``handoutkit schema``."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", metavar="handout|practice|framing|packet|workspace")
def schema(name: str) -> None:
    """Print the JSON Schema of one kind of file, for editors that complete and check."""
    from handoutkit.models.schema import MODELS, json_schema_text

    known = next((known for known in MODELS if known == name), None)
    if known is None:
        raise click.UsageError(f"there is no schema `{name}`; there are: {', '.join(MODELS)}")
    click.echo(json_schema_text(known), nl=False)
