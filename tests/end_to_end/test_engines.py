"""The same explainer by each engine: docs/ENGINES.md says what differs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from lxml import html

from support import TOY
from support_commands import snapshot, with_one_name_of_styles
from support_sites import BuiltSite, build_site

ADDRESSES = ("href", "src", "data-index")

FENCES = {
    b'<pre><code class="language-text">': b'<div class="highlight"><pre><span></span><code>',
    b"</code></pre>": b"</code></pre></div>",
}
"""What Zensical, which has fences read by an extension of its own choice, makes of fenced code."""


def as_parsed(page: bytes, name: str) -> list[tuple[object, ...]]:
    """A page's elements in their order, with whole addresses: "./.." may be spelt "..", too."""
    here = f"https://example.org/{name}"
    return [
        (
            element.tag,
            (element.text or "").split(),
            (element.tail or "").split(),
            sorted(
                (key, urljoin(here, value) if key in ADDRESSES else value)
                for key, value in element.attrib.items()
            ),
        )
        for element in html.document_fromstring(page).iter()
    ]


def by(engine: str, folder: Path) -> dict[str, bytes]:
    build_site(TOY, folder / "site", "--engine", engine)
    assert sorted(path.name for path in folder.iterdir()) == [".site.build", "site"]
    assert [path.name for path in (folder / ".site.build").iterdir()] == ["kept"]
    return snapshot(folder / "site")


def test_properdocs_gives_the_same_bytes(toy_site: BuiltSite, tmp_path: Path) -> None:
    assert by("properdocs", tmp_path) == snapshot(toy_site.folder)


def test_zensical_gives_the_same_pages(toy_site: BuiltSite, tmp_path: Path) -> None:
    expected = with_one_name_of_styles(snapshot(toy_site.folder))
    found = with_one_name_of_styles(by("zensical", tmp_path))
    # What Pagefind names after its content follows from the pages.
    indexed = {name for name in {*expected, *found} if "/pagefind/" in name}
    assert found.keys() - indexed == expected.keys() - indexed
    pages = {name for name in expected if name.endswith(".html")}
    others = sorted(expected.keys() - indexed - pages)
    # The style sheet has what the one difference in pages asks for.
    assert [name for name in others if found[name] != expected[name]] == ["assets/reperes.css"]
    for name in sorted(pages):
        page = expected[name]
        for fenced in FENCES.items():
            page = page.replace(*fenced)
        assert as_parsed(found[name], name) == as_parsed(page, name), name
