"""Which items of a list in YAML were edited, as the lines of the file tell."""

from __future__ import annotations

import pytest

from reperes.model.changed_items import changed_items

FILE = """\
# Numbers
defaults:
  unit: "person"
figures:
  - id: "a"
    value: "1"
  # About b
  - id: "b"
    parts:
      - id: "x"
    label: "one
      - two"

  - id: "c"
    value: "3"
"""
HEAD = '# Numbers\ndefaults:\n  unit: "person"\nfigures:\n'


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            '"1"',
            '"2"',
            '  - id: "a"\n    value: "1"\n  # About b',
            '  - id: "a"\n    value: "2"\n  # About b',
        ),
        (
            '"3"\n',
            '"3"\n    bound: "about"\n',
            "\n" * 9 + '  - id: "c"\n    value: "3"\n',
            "\n" * 9 + '  - id: "c"\n    value: "3"\n    bound: "about"\n',
        ),
        (
            '"c"',
            '"d"',
            "\n" * 9 + '  - id: "c"\n    value: "3"\n',
            "\n" * 9 + '  - id: "d"\n    value: "3"\n',
        ),
    ],
)
def test_items_that_were_edited_are_left_at_their_lines(
    old: str, new: str, before: str, after: str
) -> None:
    assert changed_items(FILE, FILE.replace(old, new, 1), "figures") == (
        HEAD + before,
        HEAD + after,
    )


def test_several_items_are_left_with_all_between_them() -> None:
    edited = FILE.replace('"1"', '"2"').replace('"3"', '"4"')
    assert changed_items(FILE, edited, "figures") == (FILE, edited)


def test_a_line_within_quotes_that_looks_like_an_item_leaves_them_open() -> None:
    file = FILE.replace("      - two", "  - two\n  three")
    found = changed_items(file, file.replace("three", "four"), "figures")
    assert found is not None
    assert found[0].count('"') % 2 == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FILE, FILE.replace("# Numbers", "# Figures")),
        (FILE, FILE.replace('"person"', '"euro"')),
        (FILE, FILE + 'other: "x"\n'),
        (FILE + "defaults: {}\n", FILE.replace('"1"', '"2"') + "defaults: {}\n"),
        (FILE, ""),
        ("", FILE),
        ("figures: []\n", "figures: [a]\n"),
        (FILE, FILE),
    ],
)
def test_what_no_item_holds_is_not_told_by_lines(before: str, after: str) -> None:
    found = changed_items(before, after, "figures")
    assert found is None or found[0] == found[1]
