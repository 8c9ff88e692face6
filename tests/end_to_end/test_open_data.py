"""Open data of the real site, as a program finds it: files, links to them, data in pages."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET

import icalendar
import pytest

from reperes.site.open_data.calendar_file import is_for_calendars
from reperes.text.dates import parse_date
from support_sites import BuiltSite, depth

LANGUAGES = ("fr", "en")
LINKED = {
    "timeline/": {"../timeline.ics", "../events.csv"},
    "figures/": {"../figures.csv", "../facts.json"},
    "sources/": {"../facts.json", "../figures.csv", "../events.csv", "../timeline.ics"},
    "corrections/": {"../feed.xml"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_there_and_parses(real_site: BuiltSite, language: str) -> None:
    folder = real_site.folder / language
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    for name in ("figures", "events"):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as table:
            _, *rows = csv.reader(table, delimiter={"fr": ";", "en": ","}[language])
        assert [row[-2] for row in rows] == [x["id"] for x in facts[name]]
    calendar = icalendar.Calendar.from_ical((folder / "timeline.ics").read_bytes())
    held = [str(entry["url"]).partition("#")[2] for entry in calendar.walk("VEVENT")]
    events = {x["id"]: x["date"] for x in facts["events"]}
    assert set(held) == {x for x, date in events.items() if is_for_calendars(parse_date(date))}
    assert ET.parse(folder / "feed.xml").getroot().tag == "{http://www.w3.org/2005/Atom}feed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permalink_of_the_data_leads_to_its_entry(
    real_site: BuiltSite, language: str
) -> None:
    facts = json.loads((real_site.folder / language / "facts.json").read_text("utf-8"))
    groups = [group for group in facts.values() if isinstance(group, list)]
    entries = [x for group in groups for x in group if isinstance(x, dict) and "url" in x]
    assert len(entries) > 50
    assert [x["url"] for x in entries if not real_site.leads_somewhere(x["url"])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", LINKED)
def test_pages_link_the_files(real_site: BuiltSite, language: str, address: str) -> None:
    page = real_site.pages_of(language)[address]
    assert LINKED[address] <= {link["href"] for link in page.all("a", href="")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_the_feed_and_describes_itself(
    real_site: BuiltSite, language: str
) -> None:
    for address, page in real_site.pages_of(language).items():
        (feed,) = page.all("link", rel="alternate", type="application/atom+xml")
        assert feed["href"] == "../" * depth(address) + "feed.xml"
        (block,) = [script for script in page.all("script") if "src" not in script.attributes]
        assert block["type"] == "application/ld+json"
        node = json.loads(block.text)
        assert node["url"] == page.all("link", rel="canonical")[0]["href"]
        if node["@type"] != "WebSite":
            assert node["name"] == page.all("h1")[0].text


def test_the_root_describes_what_it_shows(real_site: BuiltSite) -> None:
    page = real_site.pages[""]
    (block,) = [script for script in page.all("script") if "src" not in script.attributes]
    nodes = json.loads(block.text)["@graph"]
    assert [node["inLanguage"] for node in nodes] == list(LANGUAGES)
    for node in nodes:
        (title,) = page.all("span", lang=node["inLanguage"])
        (shown,) = page.all("div", lang=node["inLanguage"])
        assert node["name"] == title.text
        assert node["description"] in shown.text
        assert node["url"] == real_site.url(f"{node['inLanguage']}/")


def test_the_lost_page_describes_nothing(real_site: BuiltSite) -> None:
    assert real_site.pages["404.html"].all("script", type="application/ld+json") == []
