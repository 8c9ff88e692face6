"""What the program says while it works: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


class Progress:
    """Announces steps on standard error, so that standard output holds results alone."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Say that a step runs, and when it has ended, how long it took.

        What it is given says how far it is; the last word of that stands with the time.
        """
        notes = [""]

        def note(text: str) -> None:
            notes.append(text)
            if self.live:
                click.echo(f"\r\x1b[K  {name} … {text}", nl=False, err=True)

        if self.live:
            click.echo(f"  {name} …", nl=False, err=True)
        start = time.monotonic()
        try:
            yield note
        finally:
            # Whatever follows, the step's end or an error, begins on a line of its own.
            if self.live:
                click.echo("\r\x1b[K", nl=False, err=True)
        seconds = time.monotonic() - start
        noted = f"  {notes[-1]}" if notes[-1] else ""
        click.echo(f"  {name:<16} {seconds:5.2f} s{noted}", err=True)
