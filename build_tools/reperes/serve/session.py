"""A preview from its first page to Ctrl-C: a server, and a watcher that asks for rebuilds."""

from __future__ import annotations

import os
import socket
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from reperes.rules.checking import is_refused
from reperes.serve import preview
from reperes.serve.drafts_page import DraftsPage
from reperes.serve.live_site import PROGRAM_FOLDERS, LiveSite, Superseded, SupersededError, Update
from reperes.text.files import refusal
from reperes.text.problems import Place, Problem
from reperes.text.reports import count
from reperes.translation.stamping import stamp_as_seen

Report = Callable[[Sequence[Problem]], None]
"""Shows problems to who has started the preview."""

Tell = Callable[[str], None]
"""Says one line to them, beside the result."""


class PortError(Exception):
    """A port cannot be listened at; says which, why, and what to do."""


class Rebuilding:
    """Brings a preview up to date after a save, and says on the terminal what came of it."""

    def __init__(
        self, live: LiveSite, changes: preview.Changes, content: Path, report: Report, tell: Tell
    ) -> None:
        self.live = live
        self.changes = changes
        self.content = content
        self.report = report
        self.tell = tell
        self.start = 0.0
        self.problems = live.problems

    def __call__(self, superseded: Superseded) -> None:
        self.start = time.monotonic()
        try:
            self.live.update(self.show, superseded, self.changes.looked_at)
        except SupersededError:
            return
        except Exception as error:
            # The next change gets its rebuild too, whatever it was.
            message = refusal(error) if isinstance(error, OSError) else None
            if message is None:  # a bug of ours, or a template being edited
                traceback.print_exc()
                message = f"the rebuild failed ({error!r}); the terminal says where"
                self.tell("this rebuild failed; the last good site stays")
            else:
                self.tell(f"{message}; the last good site stays")
            self.changes.announce((), [Problem(Place(str(self.content)), message, "preview")])

    def show(self, update: Update) -> None:
        """Show readers what an update brought, and the terminal what is new about problems."""
        self.changes.announce(update.pages, update.problems)
        if update.problems != self.problems:
            self.problems = update.problems
            self.report(update.problems)
            kept = is_refused(update.problems, strict=False)
            after = "; the last good site stays" if kept else ""
            self.tell(f"{count(update.problems)}{after}")
        if update.pages:
            seconds = time.monotonic() - self.start
            name = f"shown anew: {len(update.pages)}"
            self.tell(f"  {name:<16} {seconds:5.2f} s")


def require_port(port: int) -> None:
    """Raise PortError where a port cannot be had, before anybody has waited for a build."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise _refused(port, error) from None


def _refused(port: int, error: OSError) -> PortError:
    reason = os.strerror(error.errno or 0)  # without the address, which says the port again
    return PortError(f"port {port}: {reason}; name another with --port")


def serve(
    live: LiveSite,
    content: Path,
    port: int,
    report: Report,
    tell: Tell,
    opened: Tell,
    texts: Path,
) -> None:
    """Serve a site that was built, until Ctrl-C; `opened` is told its address.

    `texts` is the folder in which the texts of sources are kept, whose drafts are decided.
    Raises PortError where the port cannot be had.
    """
    base_path = urlsplit(live.base_url).path
    changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
    stamp = partial(stamp_as_seen, content)
    drafts = DraftsPage(content, lambda: live.explainer, texts, live.named)
    try:
        server = preview.server(live.site, base_path, port, changes, stamp, drafts)
    except OSError as error:
        raise _refused(port, error) from None
    folders = [content.resolve(), *PROGRAM_FOLDERS]
    watcher = preview.Watcher(folders, Rebuilding(live, changes, content, report, tell))
    watcher.start()
    try:
        if live.is_behind:
            watcher.ask()  # for what was saved before anybody watched
        opened(f"http://127.0.0.1:{server.server_port}{base_path}")
        server.serve_forever()
    except KeyboardInterrupt:
        tell("")
    finally:
        watcher.stop()
        server.server_close()
