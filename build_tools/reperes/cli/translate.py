"""Commands for translators: `reperes status`, `diff`, `stamp` and `settle`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reperes.cli.options import content_option, print_indented, tell, today_option
from reperes.rules.review import due, reviews_of
from reperes.text.days import CalendarDay
from reperes.translation import status_reports
from reperes.translation.differences import differences, in_brackets
from reperes.translation.settling import settle
from reperes.translation.stamping import stamp
from reperes.translation.status import translation_status
from reperes.translation.targets import Readable, load_readable
from reperes.translation.word_differences import Change

_AHEAD = 30
"""How many days ahead `reperes status` tells of what is to be looked at again."""


@click.command("status")
@content_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(status_reports.FORMATS)),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="text, json, github (annotations) or markdown (a summary).",
)
@click.option("--strict", is_flag=True, help="Fail where anything is not up to date.")
@today_option
def status_command(content: Path, format_name: str, strict: bool, today: CalendarDay) -> None:
    """Show how far each translation is up to date.

    Then where texts are stale, missing, or without their original; and, as text, what is to be
    looked at again within thirty days.
    """
    readable = load_readable(content)
    _tell_of_unread(readable)
    languages = translation_status(readable.explainer)
    text = status_reports.FORMATS[format_name](languages)
    if text:
        click.echo(text)
    if format_name == "text":
        for review in due(reviews_of(readable.explainer), today.plus(_AHEAD)):
            click.echo(f"{review.place}: {review}")
    sys.exit(int(strict and any(status.findings for status in languages)))


@click.command("diff")
@content_option
@click.argument("names", nargs=-1, metavar="[LANGUAGE/ID[:BLOCK]]...")
def diff_command(content: Path, names: Sequence[str]) -> None:
    """Show how originals have changed since they were translated.

    Word by word, with the translation of each block: of a section (en/talks), a block (en/talks:3),
    the texts of YAML (en/facts, en/facts:ID), or all that is stale.
    """
    paint = _in_colours if _has_colours() else in_brackets
    readable = load_readable(content, names)
    _tell_of_unread(readable)
    print_indented(list(differences(names, readable.explainer, paint)))


def _tell_of_unread(readable: Readable) -> None:
    """Say what could not be read, and is no reason to stop."""
    for problem in readable.unread:
        tell(str(problem))


def _has_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _in_colours(change: Change) -> str:
    """Struck through and underlined too, for those who see no red or green."""
    if change.kind == "removed":
        return click.style(change.text, fg="red", strikethrough=True)
    if change.kind == "added":
        return click.style(change.text, fg="green", underline=True)
    return change.text


@click.command("stamp")
@content_option
@click.argument("targets", nargs=-1, metavar="[LANGUAGE/ID[:BLOCK]]...")
def stamp_command(content: Path, targets: Sequence[str]) -> None:
    """Say that translations are up to date.

    Name what you have compared: a section (en/talks), a block (en/talks:3), the texts of YAML
    (en/facts, en/facts:ID), or a whole language (en). Without a name, what is `reviewed:` is
    written down, and nothing else declared up to date.
    """
    written, others = stamp(content, targets)
    for target in written:
        click.echo(f"stamped {target}")
    for target in others:
        click.echo(f"not up to date, and not stamped: {target}", err=True)
    if not written:
        click.echo("nothing to stamp", err=True)


@click.command("settle")
@content_option
@click.argument("names", nargs=-1, metavar="[LANGUAGE/ID]...")
def settle_command(content: Path, names: Sequence[str]) -> None:
    """Join both sides of a merge in a baseline.

    What either side stamped stays stamped; a text that both stamped otherwise is shown as stale,
    unless one of them is what stands there today.
    """
    for name in settle(content, names):
        click.echo(f"settled {name}")
