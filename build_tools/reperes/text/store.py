"""What one run of the program keeps for the next: values under names, in one file.

The file is a database of SQLite's. A value that was damaged, or that another program wrote, is no
value: whoever asks for it gets nothing, and makes it anew. What is read of the file runs no code:
only our own values and plain ones are made of it, wherever the file comes from. Where the machine
refuses to write it, as a disk is full, that is an OSError as with any other file.
"""

from __future__ import annotations

import errno
import io
import os
import pickle
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reperes.text.digests import digest_of_bytes
from reperes.text.memory import paused_collection

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_FORMAT = "1"
"""Of the database itself; what is kept in it follows the program."""

_TABLE = """
CREATE TABLE IF NOT EXISTS kept (
  kind TEXT, name TEXT, digest BLOB, value BLOB, PRIMARY KEY (kind, name)
) WITHOUT ROWID
"""
_PLAIN = frozenset(
    {("builtins", name) for name in ("set", "frozenset", "complex", "bytearray")}
    | {("decimal", "Decimal"), ("collections", "Counter"), ("collections", "OrderedDict")}
    | {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
    | {("pathlib", "PosixPath"), ("pathlib", "PurePosixPath"), ("copyreg", "_reconstructor")}
    | {("builtins", "object"), ("builtins", "str"), ("types", "MappingProxyType")}
)
"""What values may be made of, beside classes of our own."""


class Store:
    """Values by kind and name. Changes are kept from `commit` on, all of them or none."""

    def __init__(self, path: Path, program: str) -> None:
        """Open a store, or begin one: of what another program has made nothing is used.

        `program` tells all that values are made with from other versions of it.
        """
        self._path = path
        self._program = f"{_FORMAT} {program}"
        self.was_emptied = False
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(self._path)
        # A build that was killed leaves the last commit; that power fails is not guarded against,
        # for what is damaged is made anew.
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_TABLE)
        found = self._database.execute("SELECT value FROM kept WHERE kind = 'store'").fetchone()
        if found is None or found[0] != self._program.encode():
            self.was_emptied = True
            self._database.execute("DELETE FROM kept")
            row = ("store", "program", b"", self._program.encode())
            self._database.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", row)

    def _begin_anew(self) -> None:
        with suppress(AttributeError, sqlite3.Error):
            self._database.close()
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink()
        self.was_emptied = True
        with self._refusals():
            self._open()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """Let what SQLite says of a file that cannot be written be an OSError that names it."""
        try:
            yield
        except sqlite3.OperationalError as error:
            is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            number = errno.ENOSPC if is_full else errno.EACCES
            message = os.strerror(number) if is_full else str(error)
            raise OSError(number, message, str(self._path)) from error

    def get(self, kind: str, name: str) -> Any:
        """A value, or None where there is none that can be read."""
        query = "SELECT digest, value FROM kept WHERE kind = ? AND name = ?"
        found = self._rows(query, kind, name)
        return _value(*found[0]) if found else None

    def all(self, kind: str) -> dict[str, Any]:
        """Every value of a kind that can be read, by its name."""
        rows = self._rows("SELECT name, digest, value FROM kept WHERE kind = ?", kind)
        values = ((name, _value(digest, data)) for name, digest, data in rows)
        return {name: value for name, value in values if value is not None}

    def names(self, kind: str) -> list[str]:
        """The names of all values of a kind."""
        return [name for (name,) in self._rows("SELECT name FROM kept WHERE kind = ?", kind)]

    def _rows(self, query: str, *asked: str) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, asked).fetchall()
        except sqlite3.DatabaseError:
            self._begin_anew()
            return []

    def put(self, kind: str, name: str, value: object) -> None:
        """Keep a value under a name, in the place of what was kept there."""
        data = packed(value)
        row = (kind, name, digest_of_bytes(data), data)
        with self._refusals():
            self._database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def keep_only(self, kind: str, names: Collection[str]) -> None:
        """Forget the values of a kind under other names than these."""
        gone = [(kind, name) for name in self.names(kind) if name not in names]
        with self._refusals():
            self._database.executemany("DELETE FROM kept WHERE kind = ? AND name = ?", gone)

    def commit(self) -> None:
        """Keep all changes."""
        with self._refusals():
            self._database.commit()

    def close(self) -> None:
        """Let go of the file; changes since the last commit are lost."""
        self._database.close()


def fields_alone(value: DataclassInstance) -> dict[str, Any]:
    """What to keep of a value: its fields, and nothing that it has worked out of them."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


def packed(value: object) -> bytes:
    """A value as bytes, which `unpacked` reads again."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes) -> Any:
    """The value. Raises pickle.UnpicklingError, or another error, where it is none of ours."""
    with paused_collection():
        return _OwnValues(io.BytesIO(data)).load()


def _value(digest: object, data: object) -> Any:
    if not isinstance(data, bytes) or digest != digest_of_bytes(data):
        return None
    try:
        return unpacked(data)
    except Exception:
        return None


def _is_value(found: type) -> bool:
    """Whether to make one of these does nothing else, such as opening a file."""
    return is_dataclass(found) or issubclass(found, str | tuple | Enum)


class _OwnValues(pickle.Unpickler):
    """Makes plain values and those of our own classes, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return getattr(import_module(module), name)
        if module.startswith("reperes.") and name.isidentifier():
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is none of our values")
