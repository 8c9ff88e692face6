"""The built site served as GitHub Pages serves it: under a path, compressed, kept for a while."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

SUB_PATH = "/reperes/"

_TEXT = ("text/", "image/svg+xml", "application/json", "application/xml", "application/atom+xml")


class PagesHandler(SimpleHTTPRequestHandler):
    """Serves a folder under SUB_PATH, with its 404.html for whatever it does not hold."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits for the acknowledgement of its headers

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return str(Path(self.directory, "outside the site"))
        return super().translate_path("/" + path.removeprefix(SUB_PATH))

    def send_head(self) -> BytesIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().send_head()  # on to the address with a slash
            return None
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            return self._send(HTTPStatus.OK, path)
        return self._send(HTTPStatus.NOT_FOUND, Path(self.directory, "404.html"))

    def _send(self, status: HTTPStatus, path: Path) -> BytesIO:
        body = path.read_bytes()
        kind = self.guess_type(path)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text/" in kind else kind)
        self.send_header("Cache-Control", "max-age=600")
        if kind.startswith(_TEXT) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output to what is measured or tested."""


@contextmanager
def served(site: Path, handler_class: type[PagesHandler] = PagesHandler) -> Iterator[str]:
    """The address of a built site while it is served, ending in a slash."""
    handler = partial(handler_class, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        finally:
            server.shutdown()
            thread.join()
