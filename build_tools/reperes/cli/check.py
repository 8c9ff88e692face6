"""`reperes check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reperes.cli.options import content_option, format_option, report, shown, strict_option
from reperes.rules.checking import check, is_refused
from reperes.site.publishing import mend_beside
from reperes.text.problems import ContentError
from reperes.text.reports import count


@click.command("check")
@content_option
@strict_option
@format_option
def check_command(content: Path, strict: bool, format_name: str) -> None:
    """Say everything that is wrong with the content."""
    for output in mend_beside(content):
        click.echo(f"{shown(output)}: back in its place; a build was killed on the way", err=True)
    try:
        _, problems = check(content)
    except ContentError as error:
        problems = error.problems
    report(problems, format_name)
    click.echo(count(problems), err=True)
    sys.exit(int(is_refused(problems, strict)))
