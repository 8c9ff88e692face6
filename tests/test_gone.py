"""What is gone: how gone.yml is judged, and what answers at each address that was given up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reperes.model.loading import load
from reperes.model.published import last_said, successors
from reperes.model.said import differences, renamed, said_by
from reperes.pages import page_ids, render_page
from reperes.pages.gone import gone_page_ids
from reperes.pages.page import Page
from reperes.site.bundles import draft
from reperes.site.finish import redirect_files, root_files
from reperes.site.html_pages import read_page
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.site.redirects import redirects
from reperes.text.problems import ContentError
from reperes.tools.releasing import release
from reperes.tools.renaming import rename
from reperes.writing import list_parts
from support import problems_of, replace_in, toy, toy_copy

GONE_IDS = {
    "timeline": ["last_boat"],
    "figures": ["travellers", "tourists"],
    "statements": ["petition", "poster"],
    "actors": ["town_council"],
    "glossary": ["tourists", "place-old_harbour"],
    "sources": ["leaflet"],
}
"""The anchors of what the toy explainer has given up, by the list that had them."""

ENTRY = """\
  - id: "{id}"
    was: "{was}"
    day: "2019-03-16"
"""


def problems_with(*entries: str, edit: Callable[[Path], object] = lambda _: None) -> list[str]:
    """What the check says where gone.yml has these entries alone."""
    with toy_copy() as content:
        (content / "gone.yml").write_text("gone:\n" + "".join(entries), "utf-8")
        edit(content)
        return [problem for problem in problems_of(content) if "[stale]" not in problem]


def entry(entry_id: str, was: str, **more: str) -> str:
    lines = "".join(f'    {key}: "{value}"\n' for key, value in more.items())
    return ENTRY.format(id=entry_id, was=was) + lines


def gone(entry_id: str, was: str) -> str:
    return entry(entry_id, was) + '    reason:\n      fr: "Plus là."\n      en: "Gone."\n'


@pytest.mark.parametrize(
    "typed",
    [
        entry("boats", "figure", now="crossings"),
        entry("boats", "event", now="crossings"),
        entry("fares", "section", now="money"),
        entry("fares", "section", now="timeline"),
        gone("boats", "claim"),
        # The same id, of something else.
        gone("company", "term"),
        gone("passengers", "source"),
    ],
)
def test_sound_entries(typed: str) -> None:
    assert problems_with(typed) == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (
            gone("passengers", "figure"),
            (
                '2:10: error: gone passengers: the figure "passengers" is there again; '
                "remove it from gone.yml [reference]"
            ),
        ),
        (
            gone("company", "actor").replace(
                'was: "actor"', 'was:\n      - "actor"\n      - "term"'
            ),
            (
                '2:10: error: gone company: the actor "company" is there again; '
                'remove "actor" from "was" [reference]'
            ),
        ),
        (
            entry("boats", "figure", now="crossing"),
            (
                '5:11: error: gone boats: now: no fact "crossing"; did you mean "crossings"? '
                "[reference]"
            ),
        ),
        (
            entry("boats", "actor", now="crossings"),
            '5:11: error: gone boats: now: no actor "crossings"; it is a figure [reference]',
        ),
        (
            entry("boats", "figure", now="boats"),
            (
                "5:11: error: gone boats: now: the id that went; write that of what replaces it,"
                " or why it went [shape]"
            ),
        ),
        (
            entry("boats", "figure", now="ships") + entry("ships", "figure", now="crossings"),
            (
                '5:11: error: gone boats: now: no fact "ships"; it is gone (content/gone.yml:6:10);'
                ' write "crossings", which replaces it [reference]'
            ),
        ),
        (
            entry("boats", "figure"),
            (
                '2:10: error: gone boats: neither "now" nor "reason"; write the id of what'
                " replaces it, or why it went [shape]"
            ),
        ),
        (
            gone("boats", "unit"),
            (
                "3:11: error: gone boats: was: expected one of figure, event, claim, quotation,"
                ' actor, place, term, source, section, found "unit" [shape]'
            ),
        ),
        (
            gone("timeline", "section"),
            (
                "2:10: error: gone timeline: no section had that address, which is the program’s; "
                "remove it [reference]"
            ),
        ),
    ],
)
def test_what_is_refused(typed: str, problem: str) -> None:
    found = problems_with(typed)
    assert [each.removeprefix("content/gone.yml:") for each in found] == [problem]


def test_prose_that_cites_what_is_gone_is_told_what_stands_for_it() -> None:
    def cite(content: Path) -> None:
        replace_in(content / "sections/en/money.md", "{{ delay.words }}", "{{ wait.words }}")

    found = problems_with(entry("wait", "figure", now="delay"), edit=cite)
    assert [each.partition("error: ")[2] for each in found if "[reference]" in each] == [
        (
            '{{ wait.words }}: no fact "wait"; it is gone (content/gone.yml:2:10); write "delay",'
            " which replaces it [reference]"
        )
    ]


def test_what_is_corrected_may_be_gone() -> None:
    def target(content: Path) -> None:
        replace_in(content / "corrections.yml", 'target: "passengers"', 'target: "boats"')

    assert problems_with(gone("boats", "figure"), edit=target) == []
    with toy_copy() as content:
        (content / "gone.yml").write_text("gone:\n" + gone("boats", "figure"), "utf-8")
        target(content)
        explainer = load(content).explainer
        page = render_page(explainer, "en", "corrections")
        assert 'figures/#boats">boats</a>' in page.whole
        (row,) = facts_document(LanguageView(explainer, "en"))["corrections"]
        assert row["target_url"] == "https://example.org/ferry/en/figures/boats/"


# Addresses


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("list_id", GONE_IDS)
def test_a_list_has_the_anchors_of_what_went_from_it(language: str, list_id: str) -> None:
    page = render_page(toy(), language, list_id)
    section = page.whole.partition('<section aria-labelledby="page-gone"')[2]
    found = re.findall(r'<li id="([^"]+)"', section.partition("</section>")[0])
    assert found == GONE_IDS[list_id]


def line_of(page: Page, anchor: str) -> str:
    match = re.search(rf'<li id="{anchor}">(.*?)</li>', page.whole, re.DOTALL)
    assert match
    return re.sub(r"reperes-from-page:", "", match[1])


def test_a_line_says_what_stands_for_it_or_why_it_went() -> None:
    figures = render_page(toy(), "en", "figures")
    assert line_of(figures, "travellers") == (
        "Figure <code>travellers</code>, until 16\xa0March 2019 · In its place: "
        '<a href="./#passengers">Passengers carried in the year</a>'
    )
    assert line_of(figures, "tourists") == (
        "Figure <code>tourists</code>, until 16\xa0March 2019<br>"
        "The article does not count them apart."
    )
    actors = render_page(toy(), "fr", "actors")
    assert line_of(actors, "town_council").endswith("<br>Deux noms pour une même mairie.")


def test_each_part_of_a_list_has_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_parts, "FULL", 1_500)
    with toy_copy() as content:
        explainer = load(content).explainer
        parts = [each for each in page_ids(explainer) if each.startswith("timeline")]
        assert len(parts) > 2
        for part in parts:
            assert line_of(render_page(explainer, "en", part), "last_boat")


def test_an_anchor_that_something_else_has_by_now_stands_once() -> None:
    with toy_copy() as content:
        typed = "gone:\n" + entry("island_life", "claim", now="mayor_states")
        (content / "gone.yml").write_text(typed, "utf-8")
        page = render_page(load(content).explainer, "en", "statements")
        assert page.whole.count('id="island_life"') == 1
        assert "page-gone" not in page.whole


def test_a_list_stays_while_something_has_gone_from_it() -> None:
    with toy_copy() as content:
        (content / "facts/claims.yml").write_text("claims: []\n")
        (content / "facts/quotations.yml").unlink()
        assert load(content).explainer.has_page("statements")
        (content / "gone.yml").unlink()
        assert not load(content).explainer.has_page("statements")


def test_a_page_without_a_successor_says_why() -> None:
    assert gone_page_ids(toy()) == ["figures/tourists", "prices"]
    page = render_page(toy(), "en", "prices")
    assert page.title == "This page has been removed (prices)"
    assert page.meta["noindex"] is True
    assert page.kicker == "Chapter"
    rows = re.findall(r"<d[td]>(.*?)</d[td]>", page.whole)
    assert rows[0::2] == ["What was here", "Removed", "Why"]
    assert "<code>prices</code>" in rows[1]
    assert "16\xa0March 2019" in rows[3]
    assert '">of the money</a>' in rows[5]


@pytest.mark.parametrize("page_id", ["closure", "figures/passengers", "corrections", "overview"])
def test_no_other_page_hangs_on_all_that_is_gone(page_id: str) -> None:
    assert ("gone",) not in draft(toy(), page_id).reads
    assert ("gone",) in draft(toy(), "figures").reads


def test_a_page_with_a_successor_leads_there() -> None:
    found = {each.path: (each.address, each.url, each.title) for each in redirects(toy())}
    assert found == {
        f"{language}/{folder}/index.html": (
            address,
            f"https://example.org/ferry/{language}/{address.replace('../', '')}",
            title,
        )
        for language, folder, address, title in [
            (
                "fr",
                "figures/travellers",
                "../../figures/passengers/",
                "Passagers transportés dans l’année",
            ),
            ("fr", "the_end", "../closure/", "Une ligne qui ferme"),
            (
                "en",
                "figures/travellers",
                "../../figures/passengers/",
                "Passengers carried in the year",
            ),
            ("en", "the_end", "../closure/", "A line that closes"),
        ]
    }
    html = redirect_files(toy())["en/figures/travellers/index.html"]
    assert '<html lang="en">' in html
    assert '<meta http-equiv="refresh" content="0; url=../../figures/passengers/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "<script" not in html
    page = read_page(html)
    assert page.odd == []
    assert set(page.links) == {"../../figures/passengers/"}


@pytest.mark.parametrize(
    "content",
    [
        "0; url=https://elsewhere.example/",
        "0; url=//elsewhere.example/",
        "0; url=javascript:alert(1)",
        "0; url=/",
        "5; url=../closure/",
        "5",
    ],
)
def test_no_other_page_may_send_readers_anywhere(content: str) -> None:
    page = read_page(f'<html lang="en"><meta http-equiv="refresh" content="{content}"></html>')
    assert page.odd == ['an order to the browser ("refresh")']
    assert page.links == []


def test_a_figure_may_have_become_an_event() -> None:
    with toy_copy() as content:
        typed = "gone:\n" + entry("closing", "figure", now="last_crossing")
        (content / "gone.yml").write_text(typed, "utf-8")
        first, _ = redirects(load(content).explainer)
        assert first.address == "../../timeline/#last_crossing"


def test_site_maps_leave_out_what_is_gone() -> None:
    pages = {
        code: [render_page(toy(), code, each) for each in page_ids(toy())] for code in ("fr", "en")
    }
    text = root_files(toy(), pages, None)["sitemap.xml"]
    assert "figures/passengers/" in text
    assert not [name for name in ("prices", "the_end", "tourists", "travellers") if name in text]


def test_programs_are_told() -> None:
    document = facts_document(LanguageView(toy(), "fr"))
    assert document["schema_version"] == "3.1"
    rows = {row["id"]: row for row in document["gone"]}
    assert rows["travellers"] == {
        "id": "travellers",
        "url": "https://example.org/ferry/fr/figures/travellers/",
        "was": ["figure"],
        "day": "2019-03-16",
        "now": "passengers",
        "now_url": "https://example.org/ferry/fr/figures/passengers/",
        "reason": None,
    }
    assert rows["petition"]["url"] == "https://example.org/ferry/fr/statements/#petition"
    assert rows["petition"]["reason"] == "Personne ne l’a signée."
    assert rows["old_harbour"]["url"] == "https://example.org/ferry/fr/glossary/#place-old_harbour"


# With editions


@pytest.fixture
def released() -> Iterator[Path]:
    """A copy of the toy explainer, released once."""
    with toy_copy() as content:
        release(content, "2019-03-20")
        yield content


def test_a_released_id_may_not_vanish(released: Path) -> None:
    glossary = released / "glossary.yml"
    typed = glossary.read_text("utf-8")
    start, end = typed.index('  - id: "line_7"'), typed.index('  - id: "town_hall"')
    glossary.write_text(typed[:start] + typed[end:], "utf-8")
    assert [each for each in problems_of(released) if "[gone]" in each] == [
        (
            "content/gone.yml:1:1: error: term line_7: edition 1 had it, and readers may have its"
            " address; bring it back, or add to gone.yml what replaces it, or why it went"
            " [gone]\n"
            '      - id: "line_7"\n'
            "        was:\n"
            '          - "term"\n'
            '        day: "2019-03-20"\n'
            "        reason:\n"
            '          fr: "…"\n'
            '          en: "…"'
        )
    ]
    with (released / "gone.yml").open("a") as file:
        file.write(gone("line_7", "term"))
    assert [each for each in problems_of(released) if "[gone]" in each] == []


def test_what_cannot_be_read_is_not_gone(released: Path) -> None:
    (released / "facts/events.yml").write_text("events: [\n")
    assert [each for each in problems_of(released) if "[gone]" in each] == []


@pytest.mark.parametrize(
    ("old", "new", "was"),
    [
        ("commuters", "riders", "figure"),
        ("announcement", "notice", "event"),
        ("banner", "sheet", "quotation"),
        ("actor:town", "hall", "actor"),
        ("place:port_clair", "port", "place"),
        ("term:ferry", "boat", "term"),
        ("closure", "shut", "section"),
        ("courrier_article", "article", "source"),
    ],
)
def test_a_renamed_id_leaves_an_entry_and_asks_for_no_correction(
    released: Path, old: str, new: str, was: str
) -> None:
    rename(released, old, new)
    bare = old.rpartition(":")[2]
    assert (
        (released / "gone.yml")
        .read_text("utf-8")
        .endswith(
            f'  - id: "{bare}"\n    was:\n      - "{was}"\n'
            f'    day: "2019-03-20"\n    now: "{new}"\n'
        )
    )
    assert [each for each in problems_of(released) if "[stale]" not in each] == []


def test_renamed_twice_both_ids_lead_to_the_last(released: Path) -> None:
    rename(released, "commuters", "riders")
    rename(released, "riders", "crossers")
    typed = (released / "gone.yml").read_text("utf-8")
    # Nobody has had the address of the second.
    assert typed.count("crossers") == 1
    assert "riders" not in typed
    assert problems_of(released) == []


def test_an_unreleased_id_leaves_nothing() -> None:
    with toy_copy() as content:
        before = (content / "gone.yml").read_bytes()
        rename(content, "commuters", "riders")
        assert (content / "gone.yml").read_bytes() == before
        rename(content, "passengers", "carried_in_all")
        assert '    now: "carried_in_all"\n' in (content / "gone.yml").read_text("utf-8")


def test_the_id_of_something_else_that_is_gone_is_taken(released: Path) -> None:
    with pytest.raises(ContentError) as caught:
        rename(released, "commuters", "tourists")
    assert str(caught.value.problems[0]) == (
        'tourists:1:1: error: "tourists" was another fact, of which links may lead here; choose'
        " another [rename]"
    )


def test_a_rename_is_taken_back_without_a_trace(released: Path) -> None:
    before = (released / "gone.yml").read_bytes()
    rename(released, "commuters", "riders")
    assert (released / "gone.yml").read_bytes() != before
    rename(released, "riders", "commuters")
    assert (released / "gone.yml").read_bytes() == before
    assert problems_of(released) == []


def test_a_new_id_hides_no_change(released: Path) -> None:
    rename(released, "commuters", "riders")
    figures = released / "facts/figures.yml"
    replace_in(figures, 'value: "35"\n    bound: "at_least"', 'value: "36"\n    bound: "at_least"')
    (found,) = [each for each in problems_of(released) if "[edition]" in each]
    assert "figure riders: value changed since edition 1" in found


def test_what_was_said_is_read_by_the_ids_of_today(released: Path) -> None:
    before = load(released).explainer
    told = said_by(before.events["census"], before.languages)
    rename(released, "commuters", "riders")
    now = load(released).explainer
    assert successors(now)["fact"]["commuters"] == "riders"
    said = said_by(now.events["census"], now.languages)
    assert differences(told, said) == ("summary",)
    assert differences(renamed(told, successors(now)), said) == ()
    assert last_said(now, "riders") == before.editions.last_said("commuters")


def test_a_place_keeps_its_anchor_where_a_term_explains_it() -> None:
    page = render_page(toy(), "en", "glossary")
    entry = page.whole.partition('id="line_7"')[2]
    assert entry.lstrip('">\n').startswith('<span id="place-port_clair"></span>')


def test_so_it_does_on_the_index_of_a_long_glossary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_parts, "FULL", 1_500)
    with toy_copy() as content:
        page = render_page(load(content).explainer, "en", "glossary")
        assert '<li id="line_7"><span id="place-port_clair"></span>' in page.whole
