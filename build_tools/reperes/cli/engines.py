"""`--engine`, for the commands that build."""

from __future__ import annotations

import click

from reperes.site.engines import ENGINES, MKDOCS

engine_option = click.option(
    "--engine",
    "engine_name",
    type=click.Choice(list(ENGINES)),
    default=MKDOCS.name,
    show_default=True,
    metavar="NAME",
    help="What makes pages of Markdown: mkdocs, properdocs or zensical; see docs/ENGINES.md.",
)
