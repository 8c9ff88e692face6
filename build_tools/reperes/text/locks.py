"""A lock between processes, released as soon as its holder ends, even if it was killed."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lock:
    """A lock on a file that exists as long as somebody holds it, and says who does.

    The system frees it when its holder ends, so that a process that was killed leaves none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take the lock unless another process holds it. Returns whether it was taken."""
        attempts = 100
        while self._file is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except (FileNotFoundError, FileExistsError):
                # Its holder may this moment have removed the folder too.
                attempts -= 1
                if not attempts:
                    raise
                continue
            if not _locked(file):
                os.close(file)
                return False
            # The holder removes the file before it lets go: we may have locked what has no name
            # any more, while somebody else locks a new file that bears it.
            if self._is_at_path(file):
                self._file = file
            else:
                os.close(file)
        self._say_who()
        return True

    def free(self) -> None:
        """Let go of the lock, and remove its file."""
        if self._file is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._file)
            self._file = None

    @property
    def holder(self) -> str:
        """Who holds it: "process 1234, since 2026-07-04 12:30:05"."""
        try:
            return self._path.read_text("utf-8") or "another process"
        except OSError:
            return "another process"

    def _is_at_path(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), self._path.stat())
        except FileNotFoundError:
            return False

    def _say_who(self) -> None:
        assert self._file is not None
        text = f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}"
        with suppress(OSError):  # a full disk: the lock holds all the same
            os.ftruncate(self._file, 0)
            os.write(self._file, text.encode())


def _locked(file: int) -> bool:
    """Whether an open file could be locked, or needs no lock since its filesystem has none."""
    try:
        if sys.platform == "win32":
            # Locked bytes cannot be read: those that say who holds it come before.
            os.lseek(file, 1 << 20, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
    return True
