"""`reperes check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reperes.cli.options import (
    content_option,
    format_option,
    report,
    shown,
    strict_option,
    today_option,
    usual_output,
)
from reperes.rules.checking import is_refused
from reperes.site.kept_check import problems_of_content
from reperes.site.publishing import mend_beside, workspace_for
from reperes.text.days import CalendarDay
from reperes.text.problems import ContentError
from reperes.text.reports import count


@click.command("check")
@content_option
@strict_option
@format_option
@click.option("--fresh", is_flag=True, help="Check all of it anew, whatever was checked before.")
@today_option
def check_command(
    content: Path, strict: bool, format_name: str, fresh: bool, today: CalendarDay
) -> None:
    """Say everything that is wrong with the content.

    And what was to be looked at again by today.
    """
    for output in mend_beside(content):
        click.echo(f"{shown(output)}: back in its place; a build was killed on the way", err=True)
    try:
        workspace = workspace_for(content.resolve(), usual_output(content))
        problems = problems_of_content(content, workspace, today, fresh)
    except ContentError as error:
        problems = error.problems
    report(problems, format_name)
    click.echo(count(problems), err=True)
    sys.exit(int(is_refused(problems, strict)))
