"""What several commands share: their options, and how they say what they found."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from reperes.text.days import CalendarDay
from reperes.text.problems import Problem
from reperes.text.reports import FORMATS

content_option = click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=Path("content"),
    help="The content folder.  [default: content]",
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where the site goes.  [default: site, beside the content]",
)
strict_option = click.option("--strict", is_flag=True, help="Let warnings fail too.")
admin_option = click.option("--admin", is_flag=True, help="Add the web editor, at /admin/.")
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on a pull request.",
)


def _day(_: click.Context, __: click.Parameter, typed: datetime.datetime | None) -> CalendarDay:
    # The clock is asked here, once a command, and nowhere below.
    day = typed or datetime.date.today()
    return CalendarDay(day.year, day.month, day.day)


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=_day,
    help="The day by which to say what is to be looked at again.  [default: today]",
)


def usual_output(content: Path) -> Path:
    """Where the site goes where nobody says it."""
    return content.resolve().parent / "site"


def report(problems: Sequence[Problem], format_name: str = "text") -> None:
    """Print problems; as JSON even where there is none."""
    if problems or format_name == "json":
        click.echo(FORMATS[format_name](problems))


def tell(text: str) -> None:
    """Say something beside the result, on standard error."""
    click.echo(text, err=True)


def print_indented(lines: Sequence[tuple[int, str]]) -> None:
    """Print lines by their depth; those at the margin in bold."""
    for depth, text in lines:
        click.echo("  " * depth + (click.style(text, bold=True) if depth == 0 else text))


def shown(path: Path) -> str:
    """A path as somebody in this folder would type it."""
    path = path.resolve()
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
