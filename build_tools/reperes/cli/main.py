"""`reperes`: its commands, each imported when it is run, and how all of them end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any, NamedTuple

import click

from reperes import __version__
from reperes.cli.options import report
from reperes.text.files import refusal
from reperes.text.problems import ContentError
from reperes.text.reports import count


class _Command(NamedTuple):
    """The module of this room that has a command, and what the list of commands says of it."""

    module: str
    summary: str


COMMANDS = {
    "build": _Command("build", "Check the content and build the site, whole or not at all."),
    "changes": _Command("changes", "Sum up what a change does, as Markdown."),
    "check": _Command("check", "Say everything that is wrong with the content."),
    "diff": _Command("translate", "Show how originals have changed since they were translated."),
    "digest": _Command("content", "Print the digests of a source's paragraphs."),
    "explain": _Command("content", "Show what each language says of an id."),
    "export": _Command("exchange", "Write a file for the tools that translators use."),
    "fields": _Command("content", "List every field of every file, for editors."),
    "fmt": _Command("content", "Lay out YAML, long or short, as site.yml says."),
    "import": _Command("exchange", "Take translations, or the sections of a draft."),
    "merge": _Command("build", "Join the shards of a site, and publish it."),
    "new": _Command("new", "Begin an explainer of your own in DIR."),
    "propose": _Command("propose", "Propose facts from a source's text, and decide about them."),
    "release": _Command("editions", "Number an edition, and record what each fact says in it."),
    "rename": _Command("content", "Change an id everywhere it is typed."),
    "schemas": _Command("content", "Write the JSON Schemas by which editors check files."),
    "serve": _Command("serve", "Show the site on this machine, rebuilt at every save."),
    "settle": _Command("translate", "Join both sides of a merge in a baseline."),
    "spell": _Command("content", "Say which words no dictionary has."),
    "stamp": _Command("translate", "Say that translations are up to date."),
    "status": _Command("translate", "Show how far each translation is up to date."),
    "verify-source": _Command(
        "content", "Compare a source's text, or its file, with what was read."
    ),
}
"""Every command.

Importing what a build needs takes longer than most commands, so none pays for another one, and who
asks for help for none at all.
"""


class _Commands(click.Group):
    """Commands that end with 1 and a line a problem; a bug keeps its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"reperes.cli.{COMMANDS[cmd_name].module}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

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
