"""A site on this machine: served as it will be published, rebuilt when something is saved."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET_SECONDS = 0.15
"""How long nothing must change before a rebuild: editors save in several steps."""

_RELOAD_PATH = "/.reperes/reload.js"
_CHANGES_PATH = "/.reperes/changes"
_SCRIPT = Path(__file__).parent / "templates" / "reload.js"
_PATIENCE_SECONDS = 20.0


class Changes:
    """Counts the builds, and lets browsers wait for the next one."""

    def __init__(self) -> None:
        self._count = 0
        self._condition = threading.Condition()

    def announce(self) -> None:
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait_after(self, seen: int, seconds: float = _PATIENCE_SECONDS) -> int:
        """The number of builds, as soon as it is not `seen`, or after `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen, seconds)
            return self._count


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site under its publishing path, with the reloading script in every page."""

    def __init__(self, *args: Any, base_path: str, changes: Changes, **kwargs: Any) -> None:
        self.base_path = base_path
        self.changes = changes
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base_path))

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer a GET or a HEAD; the file still to be sent, or None."""
        parts = urlsplit(self.path)
        if parts.path == _RELOAD_PATH:
            self._send(_SCRIPT.read_bytes(), "text/javascript")
        elif parts.path == _CHANGES_PATH:
            seen = int(parts.query) if parts.query.isdecimal() else -1
            self._send(str(self.changes.wait_after(seen)).encode(), "text/plain")
        elif not parts.path.startswith(self.base_path):
            self._redirect(self.base_path)
        else:
            return self._send_file()
        return None

    def _send_file(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()
        if not page.exists():
            self._send_page(Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND)
            return None
        if page.suffix != ".html":
            return super().send_head()
        self._send_page(page, HTTPStatus.OK)
        return None

    def _send_page(self, page: Path, status: HTTPStatus) -> None:
        text = page.read_text("utf-8") if page.is_file() else "</body>"
        script = f'<script src="{_RELOAD_PATH}" defer></script></body>'
        self._send(text.replace("</body>", script).encode(), "text/html", status)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests: the terminal is for the content's problems."""


class _Server(ThreadingHTTPServer):
    """A server whose terminal stays quiet when a browser leaves while it is being answered."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(site: Path, base_path: str, port: int, changes: Changes) -> ThreadingHTTPServer:
    """A server for a built site on this machine alone. Raises OSError where the port is taken."""
    handler = partial(_Handler, directory=str(site), base_path=base_path, changes=changes)
    return _Server(("127.0.0.1", port), handler)


class Watcher(FileSystemEventHandler):
    """Calls `rebuild`, one call at a time, once nothing has changed for a moment."""

    def __init__(self, folders: Sequence[Path], rebuild: Callable[[], None]) -> None:
        self._rebuild = rebuild
        self._changed = threading.Event()
        self._stopped = threading.Event()
        self._observer = Observer()
        for folder in folders:
            self._observer.schedule(self, str(folder), recursive=True)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("modified", "created", "deleted", "moved"):
            self._changed.set()

    def start(self) -> None:
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._changed.set()
        self._observer.stop()
        self._observer.join()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._changed.wait()
            # More may follow: the clock starts again with each change.
            while not self._stopped.is_set():
                self._changed.clear()
                if not self._changed.wait(QUIET_SECONDS):
                    break
            if self._stopped.is_set():
                return
            self._rebuild()
