"""`reperes serve`."""

from __future__ import annotations

from pathlib import Path

import click

from reperes.cli.engines import engine_option
from reperes.cli.options import (
    admin_option,
    content_option,
    output_option,
    report,
    tell,
    usual_output,
)
from reperes.serve import preview
from reperes.serve.live_site import LiveSite
from reperes.serve.session import PortError, require_port, serve
from reperes.site.build import Extras
from reperes.site.engines import ENGINES
from reperes.site.publishing import workspace_for
from reperes.text.progress import Progress


@click.command("serve")
@content_option
@output_option
@admin_option
@engine_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen on this machine; 0 takes any free port.",
)
def serve_command(
    content: Path, output: Path | None, port: int, admin: bool, engine_name: str
) -> None:
    """Show the site on this machine, rebuilt at every save."""
    output = output or usual_output(content)
    engine = ENGINES[engine_name]
    if not engine.renders_pages:
        message = f"{engine.name} makes whole sites alone, and a preview single pages; take mkdocs"
        raise click.UsageError(message)
    try:
        require_port(port)
        with preview.temporary_folder() as folder:
            extras = Extras(admin=admin)
            live = LiveSite(content, output, folder, Progress().step, extras, tell, engine)
            report(live.build().problems)
            texts = workspace_for(content.resolve(), output.resolve()).source_texts
            serve(live, content, port, report, tell, _say_where, texts)
    except PortError as error:
        raise click.UsageError(str(error)) from None


def _say_where(address: str) -> None:
    click.echo(f"{address}  (stop with Ctrl-C)")
