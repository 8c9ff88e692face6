from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from reperes.site.open_data.feed import feed_xml
from reperes.site.open_data.language_view import LanguageView
from support import text, toy
from support_open_data import VIEWS, without_corrections

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(view: LanguageView) -> ET.Element:
    return ET.fromstring(feed_xml(view).encode())


def links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("view", VIEWS)
def test_the_feed_has_all_that_the_standard_requires(view: LanguageView) -> None:
    feed = parsed(view)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == view.site.editor.named(view.language)
    assert links(feed)["self"] == feed.findtext(f"{ATOM}id") == view.file("feed.xml")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == max(1, len(view.explainer.corrections))
    for element in (feed, *entries):
        assert element.findtext(f"{ATOM}title")
        assert element.findtext(f"{ATOM}updated", "").endswith("T00:00:00Z")
        assert element.findtext(f"{ATOM}id", "").startswith(view.file(""))
    for entry in entries:
        assert links(entry)["alternate"] == entry.findtext(f"{ATOM}id")


def test_an_entry_tells_before_after_and_why() -> None:
    (entry,) = parsed(LanguageView(toy(), "en")).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Correction: Passengers carried in the year"
    assert entry.findtext(f"{ATOM}updated") == "2019-03-16T00:00:00Z"
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert [said.text for said in content.iter(f"{XHTML}dd")] == [
        "12,000 passengers",
        "more than 12,000 passengers",
        "The article gives a minimum.",
    ]


def test_without_corrections_the_publication_is_the_one_entry() -> None:
    (entry,) = parsed(without_corrections("en")).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Published: The end of the Port-Clair ferry"
    assert entry.findtext(f"{ATOM}id") == "https://example.org/ferry/en/"
    assert entry.findtext(f"{ATOM}updated") == "2019-03-16T00:00:00Z"


def test_texts_are_no_markup() -> None:
    attack = "</dd><script>alert(1)</script> & ]]>"
    (correction,) = toy().corrections.values()
    changed = replace(correction, reason={"fr": text(attack), "en": text(attack)})
    explainer = replace(toy(), corrections={str(correction.id): changed})
    feed = parsed(LanguageView(explainer, "en"))
    assert [said.text for said in feed.iter(f"{XHTML}dd")][-1] == attack
    assert not list(feed.iter(f"{XHTML}script"))
