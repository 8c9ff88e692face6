"""Writing files whole or not at all: each is written beside its place, then moved there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import count
from pathlib import Path

_REFUSALS = frozenset(
    {
        errno.EACCES,
        errno.EBUSY,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EISDIR,
        errno.ENAMETOOLONG,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)
"""Why a machine may refuse to write a file; any other OSError is a bug of ours."""

_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP})
"""How a system or a filesystem says that it cannot exchange two files in one step."""

_NEW = ".reperes-{}-{}"
"""The name of a file while it is written: with the number of its process, and one of its own."""

_numbers = count()


def refusal(error: OSError) -> str | None:
    """Which file this machine refused to write, and why; None where the error is a bug of ours."""
    if error.errno not in _REFUSALS:
        return None
    # Where a file is copied or moved, the second name is that of the file to be written.
    return f"{error.filename2 or error.filename}: {error.strerror}"


def files_below(folder: Path) -> Iterator[str]:
    """Every file in a folder and those within it, by its way from there, with slashes."""
    for parent, _, names in os.walk(folder):
        way = Path(parent).relative_to(folder)
        yield from ((way / name).as_posix() for name in names)


def write_text(path: Path, text: str) -> bool:
    """Write a file unless it holds that text already. Returns whether it was written."""
    return write_if_new(path, text.encode())


def write_if_new(path: Path, data: bytes) -> bool:
    """Write a file unless it holds just that already. Returns whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_bytes(path, data)
    return True


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file and the folders above it. An OSError names the file, which is as it was."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # to a terminal or a pipe; a folder refuses
        return
    real = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        new = _written_beside(real, data)
    except FileNotFoundError:  # the folder, which most files find
        real.parent.mkdir(parents=True, exist_ok=True)
        new = _written_beside(real, data)
    try:
        new.replace(real)
    except BaseException:
        _forget(new)
        raise


def write_all(files: Mapping[Path, bytes], moves: Mapping[Path, Path] | None = None) -> None:
    """Write every file, then move some, or raise OSError and leave everything as it was.

    A file keeps its mode and owner. A link stays a link, and the file that it leads to changes.
    """
    undo: list[Callable[[], object]] = []
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            real = Path(os.path.realpath(path))
            _make_folders(real.parent, undo)
            remove_abandoned(real.parent)
            written[real] = _written_beside(real, data, kept=True)
            undo.append(partial(_forget, written[real]))
        # Space and permissions have been found by now: what follows only gives names.
        for real, new in written.items():
            undo.append(_way_back(real, new))
            new.replace(real)
        for path, target in (moves or {}).items():
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
            undo.append(partial(target.rename, path))
            path.rename(target)
    except BaseException:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        raise
    for new in written.values():
        _forget(_former(new))


def _make_folders(folder: Path, undo: list[Callable[[], object]]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        undo.append(each.rmdir)
        each.mkdir()


def _way_back(path: Path, new: Path) -> Callable[[], object]:
    """What puts a file back as it is now, once `new` has taken its place."""
    if not path.exists():
        return partial(path.unlink, missing_ok=True)
    former = _former(new)
    try:
        os.link(path, former)
    except OSError:  # a filesystem without hard links
        shutil.copy2(path, former)

    def put_back() -> None:
        if new.exists():  # it never took the place
            _forget(former)
        else:
            former.replace(path)

    return put_back


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _former(new: Path) -> Path:
    return new.with_name(f"{new.name}-former")


def _written_beside(path: Path, data: bytes, kept: bool = False) -> Path:
    """A new file that can take the place of `path`; where it is `kept`, even if power fails."""
    new = path.with_name(_NEW.format(os.getpid(), next(_numbers)))
    try:
        state = _state_of(path)
        if state and stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if state and not os.access(path, os.W_OK):
            # A rename would not ask: who protects a file from being written means it.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            if kept:
                os.fsync(file.fileno())
        if state:
            _take_over(state, new)
    except BaseException as error:
        _forget(new)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
    return new


def _state_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _take_over(state: os.stat_result, new: Path) -> None:
    """Give `new` the mode and, where we may, the owner of the file whose place it takes."""
    if sys.platform != "win32" and (state.st_uid, state.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.chown(new, state.st_uid, state.st_gid)
    new.chmod(stat.S_IMODE(state.st_mode))


def remove_abandoned(folder: Path) -> None:
    """Remove what a process that was killed had begun to write in a folder."""
    for path in folder.glob(_NEW.format("*", "*")):
        found = re.match(_NEW.format(r"(\d+)", r"\d+"), path.name)
        if found and not is_running(int(found[1])):
            _forget(path)


def is_running(process: int) -> bool:
    """Whether there is a process of that number; where a system cannot say, there may be."""
    if sys.platform == "win32":
        return True  # where os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two files or folders take each other's place, so that neither is ever missing.

    False, with nothing done, where this system or the filesystem cannot do that in one step.
    """
    call = _exchange_call()
    if call is None:
        return False
    code = call(os.fsencode(one), os.fsencode(other))
    if code and code not in _NO_EXCHANGE:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return not code


@cache
def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """The system's call, which gives the number of an error or 0; Python has none for it."""
    import ctypes  # which most commands can do without

    names = {"linux": "renameat2", "darwin": "renamex_np"}
    if sys.platform not in names:
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), names[sys.platform], None)
    if call is None:
        return None  # an old system, or a small one

    def exchange_paths(one: bytes, other: bytes) -> int:
        if sys.platform == "darwin":
            failed = call(one, other, 2)  # RENAME_SWAP
        else:
            failed = call(-100, one, -100, other, 2)  # AT_FDCWD twice, and RENAME_EXCHANGE
        return ctypes.get_errno() if failed else 0

    return exchange_paths


def copy_folder(folder: Path, target: Path, without: str = "") -> None:
    """Copy what a folder holds, but for files whose names end `without`, if anything is named.

    An OSError names the file that could not be written; shutil.copytree would go on, and raise a
    list of texts in the end.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*")):
        copy = target / path.relative_to(folder)
        if path.is_dir():
            copy.mkdir(exist_ok=True)
        elif not (without and path.name.endswith(without)):
            shutil.copyfile(path, copy)
