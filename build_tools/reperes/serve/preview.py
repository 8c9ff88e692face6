"""A site on this machine: served as it will be published, rebuilt when something is saved."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from reperes.model.explainer import Explainer
from reperes.serve.drafts_page import FOLDER, DraftsPage
from reperes.serve.live_site import Superseded, SupersededError, is_watched
from reperes.text.files import is_running, refusal
from reperes.text.problems import ContentError, Problem
from reperes.writing.templating import TEMPLATES, render_html

QUIET_SECONDS = 0.02
"""How long nothing must change before a rebuild: editors save in several steps."""

LOOK_SECONDS = 1.0
"""How often we look whether the folders are still there: nobody tells of one that is moved away."""

_FILES = TEMPLATES / "preview"
_OWN_PATH = "/.reperes/"
_CHANGES_PATH = "/.reperes/changes"
_THIS_MACHINE = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
_READING = ("GET", "HEAD")
_OWN_FILES = {
    "/.reperes/preview.js": (_FILES / "preview.js", "text/javascript"),
    "/.reperes/preview.css": (_FILES / "preview.css", "text/css"),
    "/.reperes/drafts.js": (_FILES / "drafts.js", "text/javascript"),
    "/.reperes/drafts.css": (_FILES / "drafts.css", "text/css"),
}
_PATIENCE_SECONDS = 20.0
_STAMP_PATH = "/.reperes/stamp"
_DRAFTS_PATH = "/.reperes/drafts"
_LABELS = (
    "preview.title",
    "preview.kept",
    "preview.error",
    "preview.warning",
    "preview.stamp",
    "preview.drafts",
    "nav.close",
)


def _free_in_forks() -> threading.RLock:
    """A lock that no other thread holds while this process is forked.

    A build works in several copies of this process. In a copy, other threads are gone: what they
    held in the midst of an answer, as a part of Python’s or Jinja’s, would never be released.
    """
    lock = threading.RLock()
    if sys.platform != "win32":
        os.register_at_fork(
            before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
        )
    return lock


_WRITING, _STAMPING = _free_in_forks(), _free_in_forks()
"""For what answers do beside sending files; to stamp may take seconds, and no page waits for it.

Who forks asks for the last one first, and so waits for a stamp without the other, which that may
need.
"""

Stamp = Callable[[str, str], object]
"""Stamps a target, given the code of what was seen of it. Raises ContentError."""


def labels_of(explainer: Explainer) -> Mapping[str, Mapping[str, str]]:
    """The words that a preview puts around problems, by language."""
    return {
        language: {name: str(locale.label(name)) for name in _LABELS}
        for language, locale in explainer.locales.items()
    }


class Changes:
    """Counts what browsers are told, lets them wait for more, and knows which pages are new.

    `labels` are the words around problems, by language.
    """

    def __init__(
        self, labels: Mapping[str, Mapping[str, str]], problems: Sequence[Problem] = ()
    ) -> None:
        self._labels = labels
        self._problems = problems
        self._count = 0
        self._all_changed = 0
        self._changed: dict[str, int] = {}
        self._looked_at: dict[str, float] = {}
        self._condition = threading.Condition()

    @property
    def count(self) -> int:
        return self._count

    def announce(self, pages: Iterable[str] | None, problems: Sequence[Problem]) -> None:
        """Tell of the files of the site that are new, None for all, and of all known problems."""
        with self._condition:
            self._count += 1
            self._problems = problems
            if pages is None:
                self._all_changed = self._count
            else:
                self._changed.update(dict.fromkeys(pages, self._count))
            self._condition.notify_all()

    def look_at(self, page: str) -> None:
        """Note that a browser shows a file of the site, the newest of all."""
        with self._condition:
            self._looked_at.pop(page, None)
            self._looked_at[page] = time.monotonic()

    def looked_at(self) -> list[str]:
        """The files of the site that browsers show, the one first that was opened last.

        A page asks again and again; one that has not for a while was left.
        """
        with self._condition:
            oldest = time.monotonic() - 2 * _PATIENCE_SECONDS
            asking = {page: at for page, at in self._looked_at.items() if at > oldest}
            self._looked_at = asking
            return [*asking][::-1]

    def wait_after(self, seen: int, seconds: float = _PATIENCE_SECONDS) -> int:
        """The count, as soon as it is not `seen`, or after `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen, seconds)
            return self._count

    def told(self, page: str, loaded: int) -> dict[str, Any]:
        """What a browser is told that loaded a file of the site when the count was `loaded`."""
        with self._condition:
            changed = max(self._all_changed, self._changed.get(page, 0))
            return {
                "count": self._count,
                # A browser that has seen more than was counted saw another server.
                "reload": changed > loaded or loaded > self._count,
                "problems": [_told(problem) for problem in sorted(self._problems, key=_rank)],
                "labels": self._labels,
            }


def _rank(problem: Problem) -> bool:
    return not problem.is_error


def _told(problem: Problem) -> dict[str, str]:
    return {
        "place": str(problem.place),
        "severity": str(problem.severity),
        "message": problem.message,
        **({"entry": problem.entry} if problem.entry else {}),
    }


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site under its publishing path, with the preview's script in every page."""

    disable_nagle_algorithm = True  # or a body waits for the acknowledgement of its headers

    def __init__(
        self,
        *args: Any,
        base_path: str,
        changes: Changes,
        stamp: Stamp,
        drafts: DraftsPage | None,
        **kwargs: Any,
    ) -> None:
        self.base_path = base_path
        self.changes = changes
        self.stamp = stamp
        self.drafts = drafts
        super().__init__(*args, **kwargs)

    def parse_request(self) -> bool:
        """Read a request, and answer it here where no page of this preview can have sent it."""
        if not super().parse_request():
            return False
        if not all(map(_THIS_MACHINE.fullmatch, self.headers.get_all("Host", []))):
            # Any site can give a name of its own this machine's address, and would then be taken
            # by the browser for us, and read a draft ("DNS rebinding").
            known = "localhost, 127.0.0.1 and [::1]"
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, f"A preview answers only to {known}.")
            return False
        reads_page = self.command in _READING and not self.path.startswith(_OWN_PATH)
        if self._comes_from_elsewhere() and not reads_page:
            self._refuse(HTTPStatus.FORBIDDEN, "A preview takes this only from its own pages.")
            return False
        return True

    def _comes_from_elsewhere(self) -> bool:
        """Whether the browser says that a page of another site made it send this request."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        ours = f"http://{self.headers.get('Host', '')}".lower()
        return (origin is not None and origin != ours) or site not in ("same-origin", "none")

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._send(f"{sentence}\n".encode(), "text/plain", status)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base_path))

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer a GET or a HEAD; the file still to be sent, or None."""
        parts = urlsplit(self.path)
        if parts.path in _OWN_FILES:
            path, kind = _OWN_FILES[parts.path]
            self._send(path.read_bytes(), kind)
        elif parts.path == _CHANGES_PATH:
            self._send_changes(parse_qs(parts.query))
        elif not parts.path.startswith(self.base_path):
            self._redirect(self.base_path)
        else:
            script = self._script()
            page = self._drafts_page(parts.path)
            if page is None:
                return self._send_file(script)
            self._send_html(page, script)
        return None

    def _drafts_page(self, path: str) -> str | None:
        """The page of drafts, if that is what is asked for."""
        found = re.fullmatch(rf"{FOLDER}/([\w-]+)/(?:index\.html)?", path[len(self.base_path) :])
        if found is None or self.drafts is None:
            return None
        with _WRITING:
            return self.drafts.html(found[1])

    def do_POST(self) -> None:
        """Stamp what a translator has compared, or decide about a draft; answer what is wrong."""
        length = self.headers.get("Content-Length", "")
        act, longest, expected = self._taken().get(self.path, (None, 0, ""))
        if act is None or not length.isdecimal() or int(length) > longest:
            self._refuse(HTTPStatus.BAD_REQUEST, "A preview takes nothing like this.")
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
            with _STAMPING:
                act(asked)
        except (ValueError, KeyError, TypeError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST, expected)
        except ContentError as error:
            said = "\n".join(problem.message for problem in error.problems)
            self._send(said.encode(), "text/plain", HTTPStatus.CONFLICT)
        except OSError as error:
            message = refusal(error)
            if message is None:
                raise
            self._send(message.encode(), "text/plain", HTTPStatus.INSUFFICIENT_STORAGE)
        else:
            self._send(b"", "text/plain")

    def _taken(self) -> Mapping[str, tuple[Callable[[Mapping[str, Any]], None], int, str]]:
        """What is done with what is sent to a path, how long it may be, and what it should be."""
        stamp = (self._stamp, 10_000, "Expected the target, and what was seen of it.")
        if self.drafts is None:
            return {_STAMP_PATH: stamp}
        decide = self.drafts.decide
        expected = "Expected a draft, a decision, and what was seen of it."
        return {_STAMP_PATH: stamp, _DRAFTS_PATH: (decide, 50_000, expected)}

    def _stamp(self, asked: Mapping[str, Any]) -> None:
        self.stamp(str(asked["target"]), str(asked["seen"]))

    def _send_changes(self, asked: Mapping[str, Sequence[str]]) -> None:
        """Answer with what has changed since `seen`, as soon as there is anything."""
        page = Path(self.translate_path(asked.get("page", [""])[0]))
        page = page / "index.html" if page.suffix != ".html" else page
        name = os.path.relpath(page, self.directory).replace(os.sep, "/")
        self.changes.look_at(name)
        self.changes.wait_after(_number(asked, "seen"))
        told = self.changes.told(name, _number(asked, "loaded"))
        told["drafts"] = self.drafts.links(self.base_path) if self.drafts else {}
        self._send(json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _send_file(self, script: str) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        inside = os.path.relpath(page, self.directory)
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()
        # A file whose name begins with a dot is for programs, such as the mark of a built site.
        if not page.exists() or any(part.startswith(".") for part in Path(inside).parts):
            lost = Path(self.directory) / "404.html"
            text = lost.read_text("utf-8") if lost.is_file() else "</body>"
            self._send_html(text, script, HTTPStatus.NOT_FOUND)
            return None
        if page.suffix != ".html":
            return super().send_head()
        self._send_html(page.read_text("utf-8"), script)
        return None

    def _send_html(self, page: str, script: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(page.replace("</body>", f"{script}</body>").encode(), "text/html", status)

    def _script(self) -> str:
        """The preview's script; asked for before a page is read, which may change in between."""
        with _WRITING:
            return render_html("preview/script.html.jinja", count=self.changes.count)

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
        # Other sites can neither show a draft inside a page of theirs nor use its files.
        self.send_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests: the terminal is for the content's problems."""


def _number(asked: Mapping[str, Sequence[str]], name: str) -> int:
    text = asked.get(name, [""])[0]
    return int(text) if text.isascii() and text.isdecimal() else -1


class _Server(ThreadingHTTPServer):
    """A server whose terminal stays quiet when a browser leaves while it is being answered."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(
    site: Path,
    base_path: str,
    port: int,
    changes: Changes,
    stamp: Stamp,
    drafts: DraftsPage | None = None,
) -> ThreadingHTTPServer:
    """A server for a built site on this machine alone. Raises OSError where the port is taken."""
    handler = partial(
        _Handler,
        directory=str(site),
        base_path=base_path,
        changes=changes,
        stamp=stamp,
        drafts=drafts,
    )
    return _Server(("127.0.0.1", port), handler)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for the copy of a site that is shown. Those of previews that were killed go."""
    for path in Path(gettempdir()).glob("reperes-serve-*"):
        found = re.match(r"reperes-serve-(\d+)-", path.name)
        if found and not is_running(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)
    prefix = f"reperes-serve-{os.getpid()}-"
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


# watchfiles 1.3 was tried: a generator in place of the handler. But it too says nothing of a folder
# that takes another's place, and raises where there is none yet, so that all below that follows
# folders would stay; a thread and an event as well, for a rebuild asks whether more has changed. It
# brings a package more (anyio) besides itself, while watchdog comes with MkDocs anyway.
class Watcher(FileSystemEventHandler):
    """Calls `rebuild`, one call at a time, once nothing has changed for a moment.

    A call is given a function that says whether something changes again within some seconds, and
    raises SupersededError once the watcher is being stopped. The folders may go away and come back
    while they are watched, or be replaced, as some programs save: that is a change too.
    """

    def __init__(self, folders: Sequence[Path], rebuild: Callable[[Superseded], None]) -> None:
        self._rebuild = rebuild
        self._changed = threading.Event()
        self._stopped = threading.Event()
        self._observer = Observer()
        self._watches: dict[Path, ObservedWatch | None] = dict.fromkeys(folders)
        self._known: dict[Path, tuple[int, int] | None] = dict.fromkeys(folders)
        self._follow_folders()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _follow_folders(self) -> bool:
        """Watch what stands in the place of each folder now; whether that is something else.

        What is watched is a folder, not its path: one that is moved away is watched where it goes.
        """
        changed = [folder for folder, known in self._known.items() if _identity(folder) != known]
        for folder in changed:
            watch = self._watches[folder]
            if watch is not None:
                self._observer.unschedule(watch)
            self._watches[folder] = None
            self._known[folder] = _identity(folder)
            # Where it goes away this moment, the next look finds that.
            with suppress(OSError):
                self._watches[folder] = self._observer.schedule(self, str(folder), recursive=True)
        return bool(changed)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("modified", "created", "deleted", "moved"):
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type == "deleted":
            # The next folder there may bear the number of the one that was deleted.
            self._known |= {path: None for path in paths if path in self._known}
        if any(map(self._matters, paths)):
            self._changed.set()

    def _matters(self, path: Path) -> bool:
        inside = (
            path.relative_to(folder) for folder in self._watches if path.is_relative_to(folder)
        )
        return any(all(map(is_watched, parts.parts)) for parts in inside)

    def ask(self) -> None:
        """Have a call as if something had just changed."""
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

    def _superseded(self, seconds: float) -> bool:
        changed = self._changed.wait(seconds)
        if self._stopped.is_set():
            raise SupersededError
        return changed

    def _run(self) -> None:
        while True:
            while not self._changed.wait(LOOK_SECONDS):
                if self._follow_folders():
                    self._changed.set()
            # More may follow: the clock starts again with each change.
            while not self._stopped.is_set():
                self._changed.clear()
                if not self._changed.wait(QUIET_SECONDS):
                    break
            if self._stopped.is_set():
                return
            with suppress(SupersededError):
                self._rebuild(self._superseded)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one at the same path; None where there is none."""
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
