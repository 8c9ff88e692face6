from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from reperes.site import verification
from reperes.site.html_pages import Link, PageRecord, read_page
from reperes.site.verification import faults_of_page, links_to_verify, verify

BASE = "https://example.org/ferry/"


def faults(body: str, **others: str) -> list[str]:
    """What is wrong with a site whose page fr/a/ has `body`, beside some other files."""
    page = f'<!doctype html><html lang="fr"><body>{body}</body></html>'
    beside = {"fr/index.html": '<html lang="fr"><p id="été">', "assets/x.js": ""}
    return faults_of_site({"fr/a/index.html": page, **beside, **others})


def faults_of_site(files: Mapping[str, str], base_url: str = BASE) -> list[str]:
    records = {}
    for name, text in files.items():
        if name.endswith(".html"):
            page = read_page(text)
            records[name] = PageRecord(
                names=page.names,
                links=tuple(links_to_verify(name, page, base_url)),
                faults=tuple(faults_of_page(name, page, base_url, ("fr", "en"))),
            )
    return verify(records, set(files))


@pytest.mark.parametrize(
    "body",
    [
        '<a href="">here</a>',
        '<a href="#">top</a>',
        '<a href="#here">x</a><p id="here">',
        '<a href="..">up</a>',
        '<a href="../">up</a>',
        '<a href="../index.html">up</a>',
        '<a href="../?from=a#été">query and anchor</a>',
        '<a href="../#%C3%A9t%C3%A9">percent-encoded anchor</a>',
        '<a href="../%61/">percent-encoded path</a>',
        '<a href="/ferry/fr/">absolute, under the base</a>',
        '<a href="mailto:a@example.org?subject=x">mail</a>',
        '<a href="https://example.com/nowhere">another site</a>',
        '<a href="HTTPS://example.com/nowhere">another site</a>',
        '<a href="tel:+33123456789">telephone</a>',
        '<a href="https://example.org/ferry/fr/">ours, in full</a>',
        '<svg><rect fill="url(#map-hatch)"></rect></svg>',
        '<q cite="https://example.com/">x</q>',
        '<form action="../"></form>',
        "<p>1 &lt; 2 &amp; javascript:alert(1) onclick=x</p>",
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
        '<p title="javascript:alert(1)">only words</p>',
        "<p>می\u200cخواهم, می&zwnj;خواهم</p>",
        "<a>no address</a>",
        '<script src="../../assets/x.js"></script>',
        '<link rel="icon" href="../../assets/x.js?v=1">',
        '<link rel="canonical" href="https://example.org/elsewhere/">',
        '<link rel="alternate" hreflang="en" href="https://example.com/">',
        '<script type="application/ld+json">{"a": "b"}</script>',
        '<a href="../?a=1&amp;b=2">entity</a>',
        '<script type="application/ld+json">{"name": "a <b> & c"}</script>',
        '<script type="application/ld+json">{"name": "\\u003c/script>"}</script>',
    ],
)
def test_accepted(body: str) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="nowhere/">x</a>', "nowhere/: no such page"),
        ('<a href="../nowhere/?q#x">x</a>', "../nowhere/?q#x: no such page"),
        ('<a href="../../../fr/">x</a>', "../../../fr/: no such page"),
        ('<a href="../../fr/b%2F">x</a>', "../../fr/b%2F: no such page"),
        ('<a href="#nowhere">x</a>', "#nowhere: no such anchor"),
        ('<a href="../#Été">x</a>', "../#Été: no such anchor"),
        ('<a href="/fr/">x</a>', "/fr/: leads out of the site, which lies under /ferry/"),
        ('<a href="/ferry">x</a>', "/ferry: leads out of the site, which lies under /ferry/"),
        ('<img src="x.png" alt="a" width="1" height="1">', "x.png: no such page"),
        ('<link rel="stylesheet" href="x.css">', "x.css: no such page"),
        (
            '<script type="application/ld+json">{"a": </script>',
            "a data block that is not JSON",
        ),
        ('<p id="a"></p><p id="a"></p><p id="a"></p>', 'id "a" stands twice'),
        (
            '<script src="https://cdn.example.com/x.js"></script>',
            "fetches https://cdn.example.com/x.js from another host",
        ),
        (
            '<img src="https://example.org/ferry/x.png" alt="a" width="1" height="1">',
            "fetches https://example.org/ferry/x.png from another host",
        ),
        (
            (
                '<img srcset="../../assets/x.js 1x, https://example.com/x.png 2x"'
                ' alt="a" width="1" height="1">'
            ),
            "fetches https://example.com/x.png from another host",
        ),
        ('<a href="https://[x">x</a>', "https://[x: not an address"),
        (
            '<video src="https://example.com/x.mp4"></video>',
            "fetches https://example.com/x.mp4 from another host",
        ),
        (
            "<script>alert(1)</script>",
            "inline script or style (script), which the security policy refuses",
        ),
        (
            '<script type="module">alert(1)</script>',
            "inline script or style (script), which the security policy refuses",
        ),
        ('<script type="application/ld+json">{"a": }</script>', "a data block that is not JSON"),
        (
            "<style>p {}</style>",
            "inline script or style (style), which the security policy refuses",
        ),
        (
            '<td style="text-align: left">',
            "inline script or style (td), which the security policy refuses",
        ),
        (
            '<p onclick="x()">',
            "inline script or style (onclick), which the security policy refuses",
        ),
    ],
)
def test_refused(body: str, fault: str) -> None:
    assert faults(body) == [f"fr/a/index.html: {fault}"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "  javascript:alert(1)",
        "\tjava\nscript\r:alert(1)",
        "java&Tab;script&colon;alert(1)",
        "&#x6A;avascript:alert(1)",
        "&#0000106avascript:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "DATA:text/html;base64,PHNjcmlwdD4=",
        "vbscript:msgbox(1)",
        "blob:https://example.org/1",
        "file:///etc/passwd",
        "view-source:https://example.com",
        "http://example.com/",
        "ftp://example.com/",
        "//example.com/",
        "/\\example.com/",
        "\\\\example.com/",
        "/&Tab;/example.com/",
        "x:y",
        "term:pier",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        '<a href="{}">x</a>',
        "<A HREF='{}'>x</A>",
        '<area href="{}">',
        '<svg><a xlink:href="{}">x</a></svg>',
        '<form action="{}"></form>',
        '<button formaction="{}">x</button>',
        '<q cite="{}">x</q>',
        '<link rel="canonical" href="{}">',
        '<img src="{}" alt="a" width="1" height="1">',
        '<video poster="{}"></video>',
        '<a ping="{}">x</a>',
        '<a href="{}" href="../">x</a>',
        '<a href="../" href="{}">x</a>',
        '<a\nhref\n=\n"{}"\n>x',
        '<a/href="{}">x',
    ],
)
def test_no_address_acts_or_leads_by_another_scheme(markup: str, address: str) -> None:
    found = faults(markup.format(address))
    unsafe = "an address that is neither https:, mailto:, tel: nor our own: "
    assert [fault for fault in found if unsafe in fault], found


SECOND = "which the program never writes"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<iframe></iframe>", 'an element that no page needs ("iframe")'),
        ('<iframe srcdoc="x"></iframe>', 'an element that no page needs ("iframe")'),
        ("<object></object>", 'an element that no page needs ("object")'),
        ('<base href="https://example.com/">', 'an element that no page needs ("base")'),
        ('<svg><set to="x"></svg>', 'an element that no page needs ("set")'),
        ("<svg><foreignObject></svg>", 'an element that no page needs ("foreignobject")'),
        ("<noscript><p title='</noscript>'>", 'an element that no page needs ("noscript")'),
        ("<a<b>", 'an element that no page needs ("a<b")'),
        ('<p "x=y>', 'an attribute that is none ("\\"x")'.replace("\\", "")),
        ('<meta http-equiv="refresh" content="0;x">', 'an order to the browser ("refresh")'),
        ("<meta http-equiv=Set-Cookie content=x>", 'an order to the browser ("Set-Cookie")'),
        ("<!-- <a href='nowhere/'> -->", "a comment"),
        ("<!--><b>seen</b>-->", "a comment"),
        ("<!-- --!><b>seen</b> -->", "a comment"),
        ("<!x>", "a comment"),
        ("<![CDATA[x]]>", "a declaration"),
        ("<![CDAttle>", "a declaration"),
        ("<?x ?>", "a processing instruction"),
        ("<title><p title='</title><b>seen</b>'></title>", "markup inside a title"),
        (
            "a\u202eb",
            "a character that turns the direction of the text (U+202E, right-to-left override)",
        ),
        ("&#x200b;", "a character that nobody sees (U+200B, zero width space)"),
        ("<p title='a&shy;b'>", "a character that nobody sees (U+00AD, soft hyphen)"),
        ("a\x01b", "a character that nobody sees (U+0001)"),
    ],
)
def test_markup_that_the_program_never_writes(body: str, fault: str) -> None:
    assert f"fr/a/index.html: {fault}, {SECOND}" in faults(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p ONCLICK=x>",
        "<img/onerror=x()>",
        "<svg/onload=x()>",
        '<p onclick="" >',
        "<a title='x'onclick=x>",
        "<p STYLE='color: red'>",
        "<svg><style>p {}</style></svg>",
        "<SCRIPT>x()</SCRIPT>",
        "<script type=text/javascript>x()</script>",
        "<p srcdoc=x>",
    ],
)
def test_nothing_runs_inline(body: str) -> None:
    assert any("which the security policy refuses" in fault for fault in faults(body))


@pytest.mark.parametrize("name", ["</SCRIPT x", "<!-- <script", "</script"])
def test_a_data_block_ends_where_browsers_end_it(name: str) -> None:
    block = f'<script type="application/ld+json">{{"name": "{name}"}}</script>'
    assert "fr/a/index.html: a data block that is not JSON" in faults(block)


@pytest.mark.parametrize(
    "address", ["//cdn.example.com/x.js", "\\\\cdn.example.com/x.js", "/\\cdn.example.com/x.js"]
)
def test_no_slash_hides_another_host(address: str) -> None:
    found = faults(f'<script src="{address}"></script>')
    assert f"fr/a/index.html: fetches {address} from another host" in found


def test_a_site_without_https_may_name_itself() -> None:
    site = {"index.html": '<a href="http://localhost/ferry/">x</a>'}
    assert faults_of_site(site, "http://localhost/ferry/") == []
    assert len(faults_of_site(site, "http://localhost/bridge/")) == 1


@pytest.mark.parametrize(
    ("name", "page", "found"),
    [
        ("fr/b/index.html", '<html lang="en">', ['fr/b/index.html: lang="en" on a page of fr']),
        ("en/b/index.html", "<html>", ['en/b/index.html: lang="None" on a page of en']),
        ("404.html", '<html lang="fr">', []),
        ("de/index.html", '<html lang="fr">', []),
    ],
)
def test_the_language_of_a_page(name: str, page: str, found: list[str]) -> None:
    assert faults("", **{name: page}) == found


def test_every_fault_of_every_page_is_told_in_order() -> None:
    found = faults('<a href="x"></a><p id="a"><p id="a">', **{"404.html": '<a href="y">'})
    assert found == [
        "404.html: y: no such page",
        'fr/a/index.html: id "a" stands twice',
        "fr/a/index.html: x: no such page",
    ]


def test_a_page_of_many_anchors_is_read_to_its_end() -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    body = "".join(f'<p id="n{n}"><a href="#n{n}">x</a>' for n in range(20_000))
    assert faults(body + '<a href="#last">x</a>') == ["fr/a/index.html: #last: no such anchor"]


def test_an_anchor_in_a_file_that_is_no_page_is_left_alone() -> None:
    assert faults('<a href="../../feed.xml#x">feed</a>', **{"feed.xml": ""}) == []


@pytest.mark.parametrize(
    ("link", "targets"),
    [
        ("../b/", [Link("../b/", "fr/b", "")]),
        ("../b/?q#x", [Link("../b/?q#x", "fr/b", "x")]),
        ("/ferry/", [Link("/ferry/", "", "")]),
        ("/ferry/en//b/./c", [Link("/ferry/en//b/./c", "en/b/c", "")]),
        ("#here", []),
        ("index.html#here", []),
        ("https://example.com/", []),
        ("../../../x", [Link("../../../x", "", "", "no such page")]),
    ],
)
def test_a_page_says_which_links_the_site_must_answer_for(link: str, targets: list[Link]) -> None:
    page = read_page(f'<p id="here"><a href="{link}">')
    assert list(links_to_verify("fr/a/index.html", page, BASE)) == targets


def test_a_link_that_stands_twice_is_told_twice() -> None:
    assert faults('<a href="x">a</a><a href="x">b</a>') == ["fr/a/index.html: x: no such page"] * 2


def test_a_link_that_many_pages_have_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Link] = []
    broken = verification._broken

    def counted(link: Link, *site: Any) -> str:
        asked.append(link)
        return broken(link, *site)

    monkeypatch.setattr(verification, "_broken", counted)
    page = '<html lang="fr"><a href="../gone/">x</a><a href="../b/">y</a></html>'
    found = faults_of_site({f"fr/{name}/index.html": page for name in "abc"})
    assert found == [f"fr/{name}/index.html: ../gone/: no such page" for name in "abc"]
    assert sorted(link.path for link in asked) == ["fr/b", "fr/gone"]
