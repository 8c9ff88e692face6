"""`reperes release`: what has been published is written down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from reperes.cli.options import content_option, tell
from reperes.model.news import EntryNews, FactNews, News, SectionNews
from reperes.tools.releasing import release


@click.command("release")
@content_option
@click.option("--day", metavar="YYYY-MM-DD", help="The day of the edition.  [default: today]")
@click.option("--keep", is_flag=True, help="Keep its pages on the site, at editions/N/.")
@click.option("--dry-run", is_flag=True, help="Say what would be released, and write nothing.")
def release_command(content: Path, day: str | None, keep: bool, dry_run: bool) -> None:
    """Number an edition, and record what each fact says in it.

    From then on `check` asks for a correction wherever something else is said.
    """
    today = datetime.date.today().isoformat()
    released = release(content, day or today, write=not dry_run, keep=keep)
    edition = released.edition
    if released.is_new:
        click.echo(f"edition {edition.number}, {edition.day.text}: {_summed_up(released.news)}")
    else:
        click.echo(f"edition {edition.number} says all of this")
    if dry_run:
        tell("nothing was written")
    elif released.is_new:
        tell(f"recorded in {released.path}: commit it with the content")
    if keep and not dry_run:
        where = f"its pages will stand at editions/{edition.number}/ of the site"
        tell(f"kept in {released.snapshot}: commit it too, and {where}")


def _summed_up(news: News) -> str:
    """ "2 facts new, 1 fact changed"; of an edition in which entries have other ids alone, that."""
    groups: Mapping[str, Sequence[FactNews | SectionNews | EntryNews]] = {
        "fact": news.facts,
        "section": news.sections,
        "other": news.entries,
    }
    parts = []
    for noun, found in groups.items():
        for change in ("new", "changed", "gone"):
            if number := sum(each.change == change for each in found):
                parts.append(f"{number} {noun if number == 1 else f'{noun}s'} {change}")
    return ", ".join(parts) or "nothing said otherwise, under other ids"
