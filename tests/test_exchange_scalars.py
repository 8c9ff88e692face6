from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.exchange.scalars import ContentFile, double_quoted
from reperes.model.documents import read_outside
from reperes.model.yaml_values import Table, parse_yaml
from reperes.text.editing import replaced
from reperes.text.problems import ContentError, Place, Text
from support_exchange import TEXTS


def changed(typed: str, new: str, folder: Path) -> str:
    """A file with the value of its key `a` changed."""
    path = folder / "f.yml"
    path.write_bytes(typed.encode())
    old = parse_yaml(read_outside(path), str(path)).get("a")
    assert isinstance(old, Text)
    file = ContentFile(path)
    return replaced(file.text, [file.scalar_edit(old, new)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a: "un" # note\nb: "x"\n', 'a: "deux" # note\nb: "x"\n'),
        ("a: 'un'\n", "a: 'deux'\n"),
        ("a: un\nb: x\n", 'a: "deux"\nb: x\n'),
        ('a: "u\\u006e"\n', 'a: "deux"\n'),
        ('a: "un\n  et demi"\nb: x\n', 'a: "deux"\nb: x\n'),
        ("a: |\n  un\n  et demi\n\nb: x\n", 'a: "deux"\n\nb: x\n'),
        ("a: >-\n  un\n", 'a: "deux"\n'),
        ("{a: un, b: x}\n", '{a: "deux", b: x}\n'),
        ('b: "x"\r\na: "un"\r\nc: "y"\r\n', 'b: "x"\r\na: "deux"\r\nc: "y"\r\n'),
        ('\ufeffa: "un"\n', 'a: "deux"\n'),
    ],
)
def test_only_the_scalar_changes(before: str, after: str, tmp_path: Path) -> None:
    assert changed(before, "deux", tmp_path) == after


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ('a: "un"', 'dit "deux" \\', 'a: "dit \\"deux\\" \\\\"'),
        ("a: 'un'", "l'un", "a: 'l''un'"),
        ("a: 'un'", "un\ndeux", 'a: "un\\ndeux"'),
        ("a: un", "no", 'a: "no"'),
    ],
)
def test_what_yaml_would_misread_is_escaped(
    before: str, new: str, after: str, tmp_path: Path
) -> None:
    assert changed(before, new, tmp_path) == after


@given(TEXTS, st.sampled_from(['"x"', "'x'", "x", "|\n  x"]))
def test_any_text_is_read_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, text: str, style: str
) -> None:
    typed = changed(f"a: {style}\nb: y\n", text, tmp_path_factory.getbasetemp())
    table = parse_yaml(typed, "f")
    assert isinstance(table, Table)
    assert (table.get("a"), table.get("b")) == (text, "y")


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    path.write_bytes(b'---\r\ntitle: "un"\r\nid: "x"\r\n---\r\n"un"\r\n')
    file = ContentFile(path)
    edit = file.scalar_edit(Text("un", Place(str(path), 2, 9)), "deux")
    assert replaced(file.text, [edit]).splitlines()[1] == 'title: "deux"'


def test_a_text_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_text('a: "un"', "utf-8")
    with pytest.raises(ContentError, match="not typed in one piece; write it in double quotes"):
        ContentFile(path).scalar_edit(Text("deux", Place("f", 1, 5)), "trois")


def test_double_quotes() -> None:
    assert double_quoted('a "b"\tc\\') == '"a \\"b\\"\\tc\\\\"'
