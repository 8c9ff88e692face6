"""`reperes build`."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reperes import paths
from reperes.cli.engines import engine_option
from reperes.cli.options import (
    admin_option,
    content_option,
    output_option,
    report,
    shown,
    strict_option,
    tell,
    usual_output,
)
from reperes.site.build import Built, Extras, build
from reperes.site.engines import ENGINES, MKDOCS
from reperes.site.publishing import Patience
from reperes.text.progress import Progress
from reperes.text.reports import count

if TYPE_CHECKING:
    from reperes.site.shards import Share


def _web_address(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
    if typed is not None and not re.fullmatch(r"https?://[^\s<>\"'?#/]+(/[^\s<>\"'?#]*)?", typed):
        raise click.BadParameter(f'"{typed}" is no web address; write https://HOST/PATH/')
    return typed


base_url_option = click.option(
    "--base-url",
    callback=_web_address,
    help="Where it will be published, if not where site.yml says.",
)
books_option = click.option(
    "--books", is_flag=True, help="Make a PDF and an EPUB of each language too."
)
desk_option = click.option("--desk", is_flag=True, help="Add the translators' pages, under desk/.")
wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=Patience().seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another build of the same output; 0 to fail at once.",
)


def _share(_: click.Context, __: click.Parameter, typed: str | None) -> Share | None:
    if typed is None:
        return None
    from reperes.site.shards import read_share  # and with it all that builds

    share = read_share(typed)
    if share is None:
        raise click.BadParameter(f'"{typed}" is no share; write 1/4 for the first of four')
    return share


@click.command("build")
@content_option
@output_option
@strict_option
@base_url_option
@books_option
@admin_option
@desk_option
@engine_option
@click.option("--fresh", is_flag=True, help="Make all of it anew, whatever the last build left.")
@click.option(
    "--shard",
    callback=_share,
    metavar="K/N",
    help="Make the share K of N of its pages alone, into the folder --output, for `reperes merge`.",
)
@wait_option
def build_command(
    content: Path,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    wait: float,
    engine_name: str,
    fresh: bool,
    shard: Share | None,
    **extras: bool,
) -> None:
    """Check the content and build the site, whole or not at all."""
    if shard is not None:
        _build_shard(content, output, shard, strict, base_url, wait, extras, engine_name)
        return
    output = output or usual_output(content)
    start = time.monotonic()
    built = build(
        content,
        output,
        Progress().step,
        strict,
        base_url,
        Extras(**extras),
        Patience(wait, tell),
        engine=ENGINES[engine_name],
        fresh=fresh,
    )
    _say_built(built, content, output, time.monotonic() - start)


def _build_shard(
    content: Path,
    output: Path | None,
    shard: Share,
    strict: bool,
    base_url: str | None,
    wait: float,
    extras: Mapping[str, bool],
    engine_name: str,
) -> None:
    from reperes.site.shards import build_shard

    if output is None:
        raise click.UsageError("--shard needs --output, the folder of the shard")
    if extras["admin"] or extras["desk"]:
        raise click.UsageError("--admin and --desk go with `reperes merge`, not with --shard")
    if engine_name != MKDOCS.name:
        raise click.UsageError(f"--shard needs {MKDOCS.name}, which makes pages one by one")
    step = Progress().step
    books, patience = extras["books"], Patience(wait, tell)
    problems = build_shard(content, output, shard, step, base_url, books, strict, patience)
    report(problems)
    click.echo(f"{count(problems)}; the share {shard} is in {shown(output)}", err=True)


@click.command("merge")
@click.argument("shards", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@content_option
@output_option
@strict_option
@base_url_option
@books_option
@admin_option
@desk_option
@wait_option
def merge_command(
    shards: tuple[Path, ...],
    content: Path,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    wait: float,
    **extras: bool,
) -> None:
    """Join the shards of a site, and publish it.

    What belongs to all of it is made and verified here; pages that no shard has are made, too.
    """
    output = output or usual_output(content)
    start = time.monotonic()
    built = build(
        content,
        output,
        Progress().step,
        strict,
        base_url,
        Extras(**extras),
        Patience(wait, tell),
        shards=shards,
    )
    _say_built(built, content, output, time.monotonic() - start)


def _say_built(built: Built, content: Path, output: Path, seconds: float) -> None:
    report(built.problems)
    done = "built" if built.site else "nothing has changed in"
    click.echo(f"{count(built.problems)}; {done} {shown(output)} in {seconds:.1f} s", err=True)
    click.echo(f"look at it with {_how_to_serve(content, output)}", err=True)


def _how_to_serve(content: Path, output: Path) -> str:
    if content == Path("content") and output == content.resolve().parent / "site":
        return "`make serve` (or `reperes serve`)" if paths.CLONE else "`reperes serve`"
    where = f"--content {shlex.quote(str(content))} --output {shlex.quote(shown(output))}"
    return f"`reperes serve {where}`"
