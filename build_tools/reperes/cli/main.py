"""`reperes`: its commands, each imported when it is run, and how all of them end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

import click

from reperes import __version__
from reperes.cli.options import report
from reperes.text.files import refusal
from reperes.text.problems import ContentError
from reperes.text.reports import count

COMMANDS = {
    "build": "build",
    "changes": "changes",
    "check": "check",
    "diff": "translate",
    "digest": "content",
    "explain": "content",
    "export": "exchange",
    "fields": "content",
    "fmt": "content",
    "import": "exchange",
    "merge": "build",
    "new": "new",
    "rename": "content",
    "schemas": "content",
    "serve": "serve",
    "settle": "translate",
    "spell": "content",
    "stamp": "translate",
    "status": "translate",
    "verify-source": "content",
}
"""Every command, and the module of this room that has it.

Importing what a build needs takes longer than most commands, so none pays for another one.
"""


class _Commands(click.Group):
    """Commands that end with 1 and a line a problem; a bug keeps its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"reperes.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _ended_by_signals():
                return super().invoke(ctx)
        except ContentError as error:
            report(error.problems)
            click.echo(f"{count(error.problems)}; nothing was changed", err=True)
        except OSError as error:
            refused = refusal(error)
            if refused is None:
                raise
            click.echo(f"{refused}; nothing was changed", err=True)
        return ctx.exit(1)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does: with everything put in order."""

    def end(number: int, _: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)  # a second one would stop the putting in order
        sys.exit(128 + number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        # `nohup` ignores SIGHUP for what it starts, and means it.
        known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
        wanted = [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]
        before.update({each: signal.signal(each, end) for each in wanted})
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reperes")
def main() -> None:
    """Repères: curated facts and translated sections become a bilingual explainer."""
