from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.verification import verify

BASE = "https://example.org/ferry/"


def faults(tmp_path: Path, body: str, **others: str) -> list[str]:
    """What is wrong with a site whose page fr/a/ has `body`, beside some other pages."""
    pages = {"fr/a/index.html": f'<!doctype html><html lang="fr"><body>{body}</body></html>'}
    others = {"fr/index.html": '<html lang="fr"><p id="été">', "assets/x.js": "", **others}
    for name, text in {**pages, **others}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return verify(tmp_path, BASE, ("fr", "en"))


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
        '<a href="//example.com/nowhere">another site</a>',
        "<a>no address</a>",
        '<script src="../../assets/x.js"></script>',
        '<link rel="icon" href="../../assets/x.js?v=1">',
        '<link rel="canonical" href="https://example.org/elsewhere/">',
        '<link rel="alternate" hreflang="en" href="https://example.com/">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        "<!-- <a href='nowhere/'> -->",
        '<script type="application/ld+json">{"a": "b"}</script>',
        '<a href="../?a=1&amp;b=2">entity</a>',
        '<script type="application/ld+json">{"name": "a <b> & c"}</script>',
    ],
)
def test_accepted(tmp_path: Path, body: str) -> None:
    assert faults(tmp_path, body) == []


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
        ('<img src="x.png" alt="">', "x.png: no such page"),
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
            '<link rel="preconnect" href="//fonts.example.com">',
            "fetches //fonts.example.com from another host",
        ),
        (
            '<img src="https://example.org/ferry/x.png" alt="">',
            "fetches https://example.org/ferry/x.png from another host",
        ),
        (
            '<iframe src="https://example.com/"></iframe>',
            "fetches https://example.com/ from another host",
        ),
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
def test_refused(tmp_path: Path, body: str, fault: str) -> None:
    assert faults(tmp_path, body) == [f"fr/a/index.html: {fault}"]


@pytest.mark.parametrize(
    ("name", "page", "found"),
    [
        ("fr/b/index.html", '<html lang="en">', ['fr/b/index.html: lang="en" on a page of fr']),
        ("en/b/index.html", "<html>", ['en/b/index.html: lang="None" on a page of en']),
        ("404.html", '<html lang="fr">', []),
        ("de/index.html", '<html lang="fr">', []),
    ],
)
def test_the_language_of_a_page(tmp_path: Path, name: str, page: str, found: list[str]) -> None:
    assert faults(tmp_path, "", **{name: page}) == found


def test_every_fault_of_every_page_is_told_in_order(tmp_path: Path) -> None:
    found = faults(tmp_path, '<a href="x"></a><p id="a"><p id="a">', **{"404.html": '<a href="y">'})
    assert found == [
        "404.html: y: no such page",
        'fr/a/index.html: id "a" stands twice',
        "fr/a/index.html: x: no such page",
    ]


def test_a_page_of_many_anchors_is_read_to_its_end(tmp_path: Path) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    body = "".join(f'<p id="n{n}"><a href="#n{n}">x</a>' for n in range(20_000))
    assert faults(tmp_path, body + '<a href="#last">x</a>') == [
        "fr/a/index.html: #last: no such anchor"
    ]


def test_an_anchor_in_a_file_that_is_no_page_is_left_alone(tmp_path: Path) -> None:
    assert faults(tmp_path, '<a href="../../feed.xml#x">feed</a>', **{"feed.xml": ""}) == []
