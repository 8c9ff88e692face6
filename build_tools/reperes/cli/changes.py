"""`reperes changes`."""

from __future__ import annotations

from pathlib import Path

import click

from reperes.cli.options import content_option
from reperes.model.loading import load
from reperes.tools import changes


@click.command("changes")
@content_option
@click.argument("before", metavar="BEFORE", type=click.Path(path_type=Path))
def changes_command(content: Path, before: Path) -> None:
    """Sum up what a change does, as Markdown.

    BEFORE is the content folder as it was. Which facts say something else, and which translations
    are left behind.
    """
    click.echo(changes.summary(load(before).read(), load(content).read()), nl=False)
