"""Pagefind, which indexes pages: a process that is handed one after another.

Its command would have each page as a file, which takes twice the time, and numbers them in the
order in which a filesystem happens to list them. We talk to it as its packages for Node.js and
Python do: JSON in base64, a comma after each message, one answer to each.
https://github.com/Pagefind/pagefind/tree/main/pagefind/src/service
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, zip_longest
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from reperes.site.engine import EngineError
from reperes.text.workers import processors

_PACKAGE = "pagefind_bin"
_PIECE_BYTES = 1 << 20


class Copy(NamedTuple):
    """What is indexed of a page; `file` is where it lies below the folder of all of them."""

    file: str
    html: str


Files = Mapping[str, bytes]
"""The files of an index, by their way from its folder."""


def is_available() -> bool:
    """Whether there is a Pagefind for this machine; its package exists for the usual ones."""
    return find_spec(_PACKAGE) is not None


def indexes(
    copies: Mapping[str, Iterable[Copy]], checkpoint: Callable[[], None] = lambda: None
) -> dict[str, Files]:
    """The index of each language's pages, which are numbered in their order.

    As many at the same time as there are processors. `checkpoint` is called again and again, and
    raises to have the work given up. Raises EngineError with what Pagefind said when it failed.
    """
    waiting = iter(copies.items())
    found: dict[str, Files] = {}
    while group := dict(islice(waiting, processors())):
        found |= _side_by_side(group, checkpoint)
    return found


def _side_by_side(
    copies: Mapping[str, Iterable[Copy]], checkpoint: Callable[[], None]
) -> dict[str, Files]:
    running: dict[str, _Pagefind] = {}
    try:
        for language in copies:
            running[language] = _Pagefind()
            running[language].send("NewIndex", config={})
            running[language].answer()
        # Each has its next page before any is asked whether it has done with the last one.
        for turn in zip_longest(*copies.values()):
            checkpoint()
            busy = [(each, copy) for each, copy in zip(running.values(), turn, strict=True) if copy]
            for each, copy in busy:
                each.send("AddFile", file_path=copy.file, file_contents=copy.html)
            for each, _ in busy:
                each.answer()
        for each in running.values():
            each.send("GetFiles")
        return {language: _files(each.answer()["files"]) for language, each in running.items()}
    finally:
        for each in running.values():
            each.stop()


def _files(found: Iterable[Mapping[str, str]]) -> dict[str, bytes]:
    return {file["path"].replace("\\", "/"): b64decode(file["content"]) for file in found}


class _Pagefind:
    """A Pagefind with one index, until it is stopped."""

    def __init__(self) -> None:
        self._printed = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._printed
        )

    def send(self, kind: str, **said: Any) -> None:
        """Ask for something, which is to be followed by `answer`."""
        assert self._process.stdin
        message = {"message_id": 1, "payload": {"type": kind, "index_id": 0, **said}}
        try:
            self._process.stdin.write(b64encode(json.dumps(message).encode()) + b",")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._error() from None

    def answer(self) -> dict[str, Any]:
        """What it says to what was asked."""
        assert self._process.stdout
        pieces: list[bytes] = []
        while not pieces or not pieces[-1].endswith(b","):
            pieces.append(os.read(self._process.stdout.fileno(), _PIECE_BYTES))
            if not pieces[-1]:
                raise self._error()
        answer: dict[str, Any] = json.loads(b64decode(b"".join(pieces)[:-1]))["payload"]
        if answer["type"] == "Error":
            raise EngineError(f"Pagefind: {answer['message']}")
        return answer

    def _error(self) -> EngineError:
        code = self._process.wait()
        self._printed.seek(0)
        return EngineError(f"Pagefind stopped with {code}\n{self._printed.read()}")

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()
        self._printed.close()


def _command() -> list[str]:
    # Of a package that has no types, and is not there on every machine.
    return [str(import_module(_PACKAGE).get_executable()), "--service"]
