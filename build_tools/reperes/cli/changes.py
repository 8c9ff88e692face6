"""`reperes changes`."""

from __future__ import annotations

from pathlib import Path

import click

from reperes.cli.options import content_option
from reperes.model.loading import load
from reperes.tools import changes
from reperes.tools.edition_changes import FORMATS, changes_between


@click.command("changes")
@content_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Of editions: Markdown for people, or JSON.",
)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="[AFTER]", type=click.IntRange(min=1), required=False)
def changes_command(content: Path, before: str, after: int | None, format_name: str) -> None:
    """Sum up what a change does, as Markdown.

    BEFORE is the number of an edition, compared with edition AFTER, or with what is said now. Or it
    is the content folder as it was: which facts say something else, and which translations are left
    behind.
    """
    if before.isdecimal() and not Path(before).exists():
        click.echo(changes_between(content, int(before), after, format_name).rstrip("\n"))
        return
    if after is not None or format_name != "text":
        raise click.UsageError("AFTER and --format are for editions; BEFORE is a folder")
    click.echo(changes.summary(load(Path(before)).read(), load(content).read()), nl=False)
