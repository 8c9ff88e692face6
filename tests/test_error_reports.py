"""The address at which a page's errors are reported."""

from __future__ import annotations

import pytest

from reperes.pages import render_pages
from reperes.site.error_reports import report_address, report_addresses
from support import toy

PAGE = "https://example.org/ferry/fr/talks/"
PAGE_QUOTED = "https%3A%2F%2Fexample.org%2Fferry%2Ffr%2Ftalks%2F"
FORM = "https://github.com/example/ferry/issues/new"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (FORM, f"{FORM}?title=Bac%20%26%20port&body={PAGE_QUOTED}"),
        (f"{FORM}?labels=a", f"{FORM}?labels=a&title=Bac%20%26%20port&body={PAGE_QUOTED}"),
        ("mailto:a@b.org", f"mailto:a@b.org?subject=Bac%20%26%20port&body={PAGE_QUOTED}"),
    ],
)
def test_it_says_which_page_it_is_about(typed: str, address: str) -> None:
    assert report_address(typed, "Bac & port", PAGE) == address


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/issues/new",
        "https://github.com/example/ferry/issues",
        "https://example.org/contact/",
    ],
)
def test_a_page_that_takes_no_words_is_linked_as_it_is(typed: str) -> None:
    assert report_address(typed, "Bac", PAGE) == typed


def test_every_page_has_its_own() -> None:
    pages = render_pages(toy(), "fr")
    addresses = report_addresses(toy(), "fr", pages)
    assert list(addresses) == [page.id for page in pages]
    start = "mailto:ferry@example.org?subject=Erreur%20dans%20%C2%AB"
    assert all(address.startswith(start) for address in addresses.values())
    assert addresses["overview"].endswith("body=https%3A%2F%2Fexample.org%2Fferry%2Ffr%2F")
    assert addresses["timeline"].endswith("%2Fferry%2Ffr%2Ftimeline%2F")
