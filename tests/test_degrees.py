"""What a place's degrees may be, and what to write instead."""

from __future__ import annotations

from support import problems_of, replace_in, toy_copy


def test_degrees_have_no_thousands() -> None:
    with toy_copy() as content:
        replace_in(content / "places.yml", 'latitude: "47.125"', 'latitude: "47,125"')
        message = 'place port_clair: latitude: expected a number, found "47,125"; write "47.125"'
        assert problems_of(content) == [f"content/places.yml:17:16: error: {message} [shape]"]
