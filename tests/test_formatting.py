"""One layout of YAML: that of the web editor, with every value as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.yaml_layout import yaml_text
from reperes.model.yaml_values import Listing, Table, Value, find_comment, parse_yaml
from reperes.rules.checking import check
from reperes.text.problems import ContentError, Place, Text
from reperes.tools.formatting import format_files
from support import REAL, TOY, replace_in, toy_copy

PLACE = Place("f")


def value_of(plain: Any) -> Value:
    """A value as if loaded."""
    if isinstance(plain, dict):
        return Table({Text(key, PLACE): value_of(item) for key, item in plain.items()}, PLACE)
    if isinstance(plain, list):
        return Listing(tuple(map(value_of, plain)), PLACE)
    return Text(plain, PLACE)


def laid_out(plain: dict[str, Any]) -> str:
    return yaml_text(value_of(plain))


def in_toy(relative: str, typed: str) -> str:
    """What becomes of a file of the toy explainer that is typed as `typed`."""
    with toy_copy() as content:
        (content / relative).write_text(typed, "utf-8", newline="")
        format_files(content, [f"content/{relative}"])
        return (content / relative).read_text("utf-8")


@pytest.mark.parametrize("content", [TOY, REAL], ids=["toy", "real"])
def test_our_own_content_has_the_layout(content: Path) -> None:
    formatted = format_files(content, write=False)
    assert (formatted.changed, formatted.problems) == ((), ())


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ({"a": "b"}, 'a: "b"\n'),
        ({"a": {"b": {"c": "d"}}}, 'a:\n  b:\n    c: "d"\n'),
        ({"a": ["b", "c"]}, 'a:\n  - "b"\n  - "c"\n'),
        ({"a": [{"b": "c", "d": ["e"]}]}, 'a:\n  - b: "c"\n    d:\n      - "e"\n'),
        ({"a": "no"}, 'a: "no"\n'),
        ({"a": 'l’"été" : #'}, 'a: "l’\\"été\\" : #"\n'),
        ({"a": "\\b"}, 'a: "\\\\b"\n'),
        ({"a": "x" * 300}, f'a: "{"x" * 300}"\n'),
        ({"a": "two\nlines"}, 'a: "two\\nlines"\n'),
        (
            {"a": "a text that is long enough\nto be broken"},
            'a: "a text that is long enough\n\n  to be broken"\n',
        ),
        (
            {"a": "a space \nbefore, and\n  two after\n\n\nthen the end\n"},
            'a: "a space\\ \n\n  before, and\n\n  \\  two after\n\n\n\n  then the end\\n"\n',
        ),
    ],
)
def test_values_are_written_as_sveltia_writes_them(plain: dict[str, Any], expected: str) -> None:
    """The last two as the package `yaml` wrote them (2.9.1, `lineWidth: 0`, `QUOTE_DOUBLE`)."""
    assert laid_out(plain) == expected


_TEXTS = st.text(
    st.sampled_from(list("aé\n \\\"'#:-{}[]|>%@`,&*!?~0\t\u00a0\u202f’«😀")),
    min_size=1,
    max_size=60,
)
_KEYS = st.from_regex(r"\A[a-z][a-z0-9_.]{0,9}\Z")
_TREES = st.recursive(
    _TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(_KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _TREES, min_size=1, max_size=3))
def test_no_value_changes(plain: dict[str, Any]) -> None:
    text = laid_out(plain)
    assert yaml.load(text, Loader=yaml.BaseLoader) == plain
    assert yaml_text(parse_yaml(text, "f")) == text


def test_keys_follow_the_schema_and_what_is_empty_goes() -> None:
    with toy_copy() as content:
        path = content / "facts/figures.yml"
        before = path.read_text("utf-8")
        figures = yaml.load(before, Loader=yaml.BaseLoader)["figures"]
        turned = [
            {
                "editor_note": None,
                "contested": {"fr": "", "en": ""},
                **dict(reversed(list(f.items()))),
            }
            for f in figures
        ]
        path.write_text(yaml.safe_dump({"figures": turned}, sort_keys=False), "utf-8")
        assert format_files(content).changed == ("content/facts/figures.yml",)
        assert path.read_text("utf-8") == before
        assert format_files(content).changed == ()


def test_a_list_that_is_empty_stays_for_its_file() -> None:
    assert in_toy("corrections.yml", "corrections: [ ]") == "corrections: []\n"


def test_byte_order_mark_and_line_ends_are_normal_afterwards() -> None:
    before = (TOY / "places.yml").read_text("utf-8")
    assert in_toy("places.yml", "\ufeff" + before.replace("\n", "\r\n")) == before


def test_the_body_of_a_section_stays_between_its_blank_lines() -> None:
    relative = "sections/fr/overview.md"
    before = (TOY / relative).read_text("utf-8")
    _, head, body = before.split("---\n", 2)
    turned = "".join(f"{line}\n" for line in reversed(head.splitlines())).replace('"', "'")
    assert in_toy(relative, f"---\n{turned}---\n\n\n{body.strip()}\n\n\n") == before


def test_a_file_with_comments_is_left_alone() -> None:
    typed = "corrections: [] # none yet\n"
    with toy_copy() as content:
        (content / "corrections.yml").write_text(typed, "utf-8")
        (problem,) = format_files(content, ["content/corrections.yml"]).problems
        assert (content / "corrections.yml").read_text("utf-8") == typed
    message = "a comment, which the layout would lose: file left alone"
    fix = "make it an editor_note, or remove it"
    assert str(problem) == f"content/corrections.yml:1:17: warning: {message}; {fix} [fmt]"


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ('a: "b"', "f.yml", None),
        ('a: "# b"', "f.yml", None),
        ("a: b#c", "f.yml", None),
        ("a: b #c", "f.yml", Place("f.yml", 1, 6)),
        ("a: |\n  # b\n", "f.yml", None),
        ("a: | # b\n  c\n", "f.yml", Place("f.yml", 1, 6)),
        ("a:\n  - b\n\n# end", "f.yml", Place("f.yml", 4, 1)),
        ('---\na: "b"\n---\n# A heading', "f.md", None),
        ('---\na: "b" # c\n---\n# A heading', "f.md", Place("f.md", 2, 8)),
    ],
)
def test_a_comment_is_known_by_its_place(text: str, path: str, found: Place | None) -> None:
    assert find_comment(text, path) == found


def test_a_file_with_an_error_is_left_alone_and_the_others_are_not() -> None:
    with toy_copy() as content:
        replace_in(content / "facts/figures.yml", 'bound: "more_than"', "bound: more")
        replace_in(content / "site.yml", 'as_of: "', 'as_of:  "')
        before = (content / "facts/figures.yml").read_bytes()
        formatted = format_files(content)
        assert formatted.changed == ("content/site.yml",)
        assert (content / "facts/figures.yml").read_bytes() == before
        assert {problem.place.path for problem in formatted.problems} == {
            "content/facts/figures.yml"
        }
        assert [problem.rule for problem in check(content)[1] if problem.is_error] == ["shape"]


def test_what_differs_is_only_said_where_nothing_is_to_be_written() -> None:
    with toy_copy() as content:
        replace_in(content / "site.yml", 'as_of: "', 'as_of:  "')
        before = (content / "site.yml").read_bytes()
        assert format_files(content, write=False).changed == ("content/site.yml",)
        assert (content / "site.yml").read_bytes() == before


@pytest.mark.parametrize(
    "typed", ["content/facts.yml", "/etc/hosts", "content/translations/en/facts.po"]
)
def test_another_file_is_refused(typed: str) -> None:
    with toy_copy() as content, pytest.raises(ContentError) as caught:
        format_files(content, [typed])
    message = "no YAML file or section of the content; name one, such as content/site.yml"
    assert [problem.message for problem in caught.value.problems] == [message]
