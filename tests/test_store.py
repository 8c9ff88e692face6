"""What a store gives back, what it refuses, and that nothing it reads is run."""

from __future__ import annotations

import os
import pickle
import re
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from reperes.model.tracing import digest_of
from reperes.site.bundles import Shared, draft, finish_bundle
from reperes.site.html_pages import NO_NAMES, Link, PageRecord, SearchEntry
from reperes.site.kept_site import FileState
from reperes.text.files import refusal
from reperes.text.problems import Place, Problem, Text
from reperes.text.store import Store, packed, unpacked
from support import toy


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "store.db"


def closed(store: Store) -> None:
    store.commit()
    store.close()


def store_with(path: Path, **values: object) -> None:
    store = Store(path, "1")
    for name, value in values.items():
        store.put("value", name, value)
    closed(store)


def read(path: Path, program: str = "1") -> dict[str, Any]:
    store = Store(path, program)
    found = store.all("value")
    closed(store)
    return found


VALUES = [
    *(None, True, 3, -0.5, "été", b"\x00", (), [1, [2]], {"a": (1, 2)}, {1, 2}, frozenset({"x"})),
    *(Decimal("3.10"), Counter("aab"), OrderedDict(a=1), date(2020, 2, 29)),
    *(datetime(2020, 2, 29, 12, tzinfo=UTC), PurePosixPath("a/b")),
    *(Text("word", Place("f", 3, 4)), Problem(Place("f"), "message", "rule")),
    *(FileState(3, 4, b"x"), PageRecord(NO_NAMES, (Link("a", "b", "c"),), ("fault",))),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_come_back_as_they_were(path: Path, value: object) -> None:
    store_with(path, it=value)
    store = Store(path, "1")
    found = store.get("value", "it")
    assert (found, type(found)) == (value, type(value))
    assert not store.was_emptied
    store.close()


def test_the_place_of_a_text_comes_back(path: Path) -> None:
    store_with(path, it=Text("word", Place("f", 3, 4)))
    assert read(path)["it"].place == Place("f", 3, 4)


def test_what_a_build_keeps_of_a_page_comes_back(path: Path, tmp_path: Path) -> None:
    drafted = draft(toy(), "figures")
    page = "<html lang='fr'><main><h1>x</h1></main></html>"
    bundle, copies = finish_bundle(drafted, lambda *_: page, tmp_path / "site", {})
    store_with(path, it=bundle)
    assert read(path)["it"] == bundle
    assert bundle.pages["fr"].record.search == SearchEntry(
        digest_of(copies["fr/figures/index.html"]), ("x",)
    )


def test_what_many_bundles_have_in_common_is_kept_once(path: Path, tmp_path: Path) -> None:
    page = (
        "<html lang='fr'><body class='{}'><main><h1 id='{}'>x</h1><a href='/y/'>y</a></main></html>"
    )
    shared = Shared()
    # As they come from another process: none has anything of another one.
    bundles = [
        unpacked(packed(finish_bundle(draft(toy(), page_id), said, tmp_path / "site", {})[0]))
        for page_id in ("figures", "timeline")
        for said in [lambda page_of_id, _: page.format("wide", page_of_id.id)]
    ]
    same = [shared.of(bundle) for bundle in bundles]
    assert same == bundles
    store_with(path, it=same)
    first, second = (bundle.pages["fr"].record for bundle in read(path)["it"])
    assert first.links[0] is second.links[0]
    assert first.names.classes is second.names.classes
    assert (first.names.ids, second.names.ids) == ({"figures"}, {"timeline"})


def test_values_are_known_by_kind_and_name(path: Path) -> None:
    store = Store(path, "1")
    for kind, name in (("a", "x"), ("a", "y"), ("b", "x")):
        store.put(kind, name, f"{kind}{name}")
    store.put("a", "x", "new")
    assert store.all("a") == {"x": "new", "y": "ay"}
    assert (store.get("b", "x"), store.get("b", "y"), store.all("c")) == ("bx", None, {})
    store.close()


def test_what_is_not_to_be_kept_is_forgotten(path: Path) -> None:
    store_with(path, a=1, b=2, c=3)
    store = Store(path, "1")
    store.put("other", "a", 4)
    store.keep_only("value", {"b", "d"})
    assert store.all("value") == {"b": 2}
    assert store.get("other", "a") == 4
    store.close()


def test_changes_that_were_not_committed_are_lost(path: Path) -> None:
    store_with(path, a=1, b=2)
    store = Store(path, "1")
    store.put("value", "a", 3)
    store.keep_only("value", ["a"])
    assert store.all("value") == {"a": 3}
    store.close()
    assert read(path) == {"a": 1, "b": 2}


def test_of_another_program_nothing_is_read(path: Path) -> None:
    store_with(path, a=1)
    store = Store(path, "2")
    assert (store.was_emptied, store.get("value", "a"), store.all("value")) == (True, None, {})
    closed(store)
    assert read(path, "1") == {}


def test_a_program_that_keeps_nothing_forgets_nothing(path: Path) -> None:
    store_with(path, a=1)
    Store(path, "2").close()
    assert read(path, "1") == {"a": 1}


# Damage


def rewrite(path: Path, column: str, value: bytes | None) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE kept SET {column} = ? WHERE name = 'a'", (value,))
    database.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", b"damaged"),
        ("value", b""),
        ("value", None),
        ("value", packed(2)),
        ("digest", b"x"),
    ],
)
def test_a_value_that_was_damaged_is_none(path: Path, column: str, value: bytes | None) -> None:
    store_with(path, a=1, b=2)
    rewrite(path, column, value)
    store = Store(path, "1")
    assert store.get("value", "a") is None
    assert store.all("value") == {"b": 2}
    store.close()


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def garbled(data: bytes) -> bytes:
    return data[:100] + bytes(len(data) - 100)


HARMS: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda _: b"no database",
    truncated,
    garbled,
    lambda data: bytes(100) + data[100:],
]


@pytest.mark.parametrize("harm", HARMS, ids=["empty", "text", "half", "garbled", "head"])
def test_a_file_that_was_damaged_is_begun_anew(path: Path, harm: Callable[[bytes], bytes]) -> None:
    store_with(path, **{f"x{number}": "x" * 1000 for number in range(50)})
    path.write_bytes(harm(path.read_bytes()))
    store = Store(path, "1")
    store.all("value")
    store.put("value", "a", 2)
    assert store.get("value", "a") == 2
    closed(store)
    assert read(path)["a"] == 2


def test_a_table_of_somebody_elses_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE kept (other TEXT)")
    database.close()
    store_with(path, a=1)
    assert read(path) == {"a": 1}


# A machine that refuses


def full(store: Store) -> None:
    """Let a store have no more room than it takes."""
    (pages,) = store._database.execute("PRAGMA page_count").fetchone()
    store._database.execute(f"PRAGMA max_page_count = {pages}")


def read_only(store: Store) -> None:
    store._database.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize(
    ("refuse", "message"),
    [
        (full, "No space left on device"),
        (read_only, "attempt to write a readonly database"),
    ],
)
def test_what_cannot_be_kept_is_told_as_of_any_file(
    path: Path, refuse: Callable[[Store], None], message: str
) -> None:
    store_with(path, a=1)
    store = Store(path, "1")
    refuse(store)
    with pytest.raises(OSError, match=message) as caught:
        store.put("value", "b", b"x" * 1_000_000)
    assert refusal(caught.value) == f"{path}: {message}"
    store.close()
    assert read(path) == {"a": 1}


def test_a_file_that_cannot_be_made_is_told(path: Path) -> None:
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=re.escape(str(path))) as caught:
        Store(path, "1")
    assert refusal(caught.value) == f"{path}: Is a directory"


# Nothing that is read is run


class Foreign:
    """A value of a class that is none of ours."""


class Calling:
    """A value that would have a function called where it is read."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._called = function, arguments

    def __reduce__(self) -> Any:
        return self._called


def calls(folder: Path) -> list[Calling]:
    made = str(folder / "made")
    return [
        Calling(os.mkdir, made),
        Calling(os.system, f"mkdir {made}"),
        Calling(eval, f"__import__('os').mkdir({made!r})"),
        Calling(Path.mkdir, Path(made)),
        Calling(getattr, Path(made), "mkdir"),
        Calling(store_with, folder / "made" / "store.db"),
        Calling(__import__, "antigravity"),
    ]


@pytest.mark.parametrize("number", range(len(calls(Path()))))
def test_a_value_that_names_a_function_is_refused_and_runs_nothing(
    path: Path, tmp_path: Path, number: int
) -> None:
    call = calls(tmp_path)[number]
    with pytest.raises(pickle.UnpicklingError, match="is none of our values"):
        unpacked(pickle.dumps(call))
    store_with(path, call=call, beside=1)
    assert read(path) == {"beside": 1}
    assert not (tmp_path / "made").exists()


def function_of_ours(name: str) -> bytes:
    """A pickle that calls a function of the program with a path."""
    module, _, function = name.rpartition(".")
    return b"c" + module.encode() + b"\n" + function.encode() + b"\n(Vmade\ntR."


@pytest.mark.parametrize(
    "name",
    [
        "reperes.text.files.write_text",
        "reperes.text.store.unpacked",
        "reperes.text.store.import_module",
        "reperes.text.store.pickle.loads",
        "reperes.text.store.Path",  # a class, but imported there
        "reperes.text.store.Store",  # a class, but to make one makes a file
        "reperes.text.locks.Lock",
        "reperes.site.nowhere.Nothing",
        "builtins.eval",
        "os.system",
        "posix.system",
        "subprocess.Popen",
    ],
)
def test_functions_and_classes_of_others_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises((pickle.UnpicklingError, ImportError, AttributeError)):
        unpacked(function_of_ours(name))
    assert list(tmp_path.iterdir()) == []


def test_a_class_of_others_is_refused() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"test_store\.Foreign is none of our values"):
        unpacked(pickle.dumps(Foreign()))
