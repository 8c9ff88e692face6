"""`reperes new`, which asks for what it is not told."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from reperes.tools.starting import LOCALES, TITLES, check_is_free, fault_of_languages, new_explainer


def _read_languages(typed: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in typed.split(",") if code.strip())
    if fault := fault_of_languages(codes):
        raise click.BadParameter(fault)
    return codes


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--languages",
    metavar="CODES",
    callback=lambda _, __, typed: None if typed is None else _read_languages(typed),
    help='The original first, such as "fr,en"; one alone will do.',
)
@click.option(
    "--title",
    "titles",
    multiple=True,
    help="In the first language; again for the second.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is usual where nothing is said.")
def new_command(
    folder: Path, languages: tuple[str, ...] | None, titles: Sequence[str], yes: bool
) -> None:
    """Begin an explainer of your own in DIR.

    A small and whole one, which says what to put in its place, and all that publishes it.
    """
    check_is_free(folder)
    usual = ",".join(LOCALES)
    if languages is None:
        ask = "Languages, the original first"
        languages = (
            _read_languages(usual)
            if yes
            else click.prompt(ask, default=usual, value_proc=_read_languages)
        )
    if len(titles) > len(languages):
        known = "1 language" if len(languages) == 1 else f"{len(languages)} languages"
        raise click.BadParameter(f"{len(titles)} titles for {known}", param_hint="'--title'")
    named = dict(zip(languages, titles, strict=False))
    for code in languages[len(titles) :]:
        default = titles[0] if titles else TITLES[code]
        named[code] = default if yes else click.prompt(f"Title ({code})", default=default)
    written = new_explainer(folder, languages, named, date.today())
    click.echo(f"wrote {len(written)} files into {folder}")
    click.echo(
        f"look at it with `reperes serve --content {shlex.quote(str(folder / 'content'))}`;"
        f" {folder / 'README.md'} says how to make it yours",
        err=True,
    )
