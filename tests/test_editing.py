from __future__ import annotations

from pathlib import Path

import pytest

from reperes.text.editing import encoded_as, file_text, offset_of, replaced, with_line_ends_of
from reperes.text.problems import Place

MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_place_is_found_whatever_ends_the_lines(end: str) -> None:
    text = end.join(["un", "deux", "", "trois"])
    assert text[offset_of(text, Place("f", 4, 3)) :] == "ois"
    assert offset_of(text, Place("f", 1, 3)) == 2


def test_spans_are_replaced_together() -> None:
    assert replaced("un deux trois", [((3, 7), "2"), ((0, 2), "1"), ((13, 13), " 4")]) == (
        "1 2 trois 4"
    )


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(MARK + b"a\r\nb")
    assert file_text(path) == "a\r\nb"
    assert encoded_as(path, "c\r\nd") == MARK + b"c\r\nd"
    assert with_line_ends_of(path, "c\nd\n") == MARK + b"c\r\nd\r\n"


def test_a_new_file_has_the_line_ends_of_unix(tmp_path: Path) -> None:
    assert with_line_ends_of(tmp_path / "new", "a\nb") == b"a\nb"
