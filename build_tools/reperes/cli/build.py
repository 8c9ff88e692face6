"""`reperes build`."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path

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
from reperes.site.building import Extras, build
from reperes.site.engine import ENGINES
from reperes.site.publishing import Patience
from reperes.text.progress import Progress
from reperes.text.reports import count


def _web_address(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
    if typed is not None and not re.fullmatch(r"https?://[^\s<>\"'?#/]+(/[^\s<>\"'?#]*)?", typed):
        raise click.BadParameter(f'"{typed}" is no web address; write https://HOST/PATH/')
    return typed


_admin = click.option("--admin", is_flag=True, help="Add the web editor, at /admin/.")
_desk = click.option("--desk", is_flag=True, help="Add the translators' pages, under desk/.")
_strict = click.option("--strict", is_flag=True, help="Let warnings fail too.")


@click.command("build")
@content_option
@output_option
@strict_option
@click.option(
    "--base-url",
    callback=_web_address,
    help="Where it will be published, if not where site.yml says.",
)
@click.option("--editions", is_flag=True, help="Make a PDF and an EPUB of each language too.")
@admin_option
@click.option("--desk", is_flag=True, help="Add the translators' pages, under desk/.")
@engine_option
@click.option("--fresh", is_flag=True, help="Make all of it anew, whatever the last build left.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=Patience().seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another build of the same output; 0 to fail at once.",
)
def build_command(
    content: Path,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    wait: float,
    engine_name: str,
    fresh: bool,
    **extras: bool,
) -> None:
    """Check the content and build the site, whole or not at all."""
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
    problems = built.problems
    report(problems)
    seconds = time.monotonic() - start
    done = "built" if built.site else "nothing has changed in"
    click.echo(f"{count(problems)}; {done} {shown(output)} in {seconds:.1f} s", err=True)
    click.echo(f"look at it with {_how_to_serve(content, output)}", err=True)


def _how_to_serve(content: Path, output: Path) -> str:
    if content == Path("content") and output == content.resolve().parent / "site":
        return "`make serve` (or `reperes serve`)" if paths.CLONE else "`reperes serve`"
    where = f"--content {shlex.quote(str(content))} --output {shlex.quote(shown(output))}"
    return f"`reperes serve {where}`"
