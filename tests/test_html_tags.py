"""The strict pattern, with Python's own parser for the other opinion."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reperes.site.finish import finished_page
from reperes.site.html_pages import HtmlPage, page_of, read_page
from reperes.text.html_tags import Tags, read_by_parser, read_tags

PLAIN = [
    "",
    "words &amp; words",
    "<!doctype html>\n<html lang=fr>".replace("=fr", '="fr"'),
    "<!DOCTYPE html>",
    "<p>a</p >",
    "<P CLASS='b  c' ID=\"d\">",
    "<br/><br /><img\n alt=''\thidden/>",
    '<a title="a &lt; b" href=\'x"y\'>',
    '<p id="a" id="b">',
    '<svg viewBox="0 0 1 1" xmlns:xlink="x"><linearGradient/><use xlink:href="#a"/></svg>',
    '<my-element data-a="&lt;b&gt;&copy=1&copy;">',
    "<script src='x'></script><title>a &lt; b</title><textarea>\n</textarea >",
    '<script type="application/ld+json">{"a": ">"}</script>',
    "<main><h2>a <a href='b'>c</a></h2><a>d</main>",
]

ODD = [
    "a < b",
    "<",
    "</",
    "<>",
    "</>",
    "<p",
    "<p title='a > b'>",
    "<p title='a < b'>",
    "<p class=a>",
    "<p class = 'a'>",
    "<p class='a'id='b'>",
    "<p\u00a0class='a'>",
    "<p\x0bclass='a'>",
    "<p a_b='c'>",
    "<p @click='x'>",
    '<p "x=y>',
    "<a<b>",
    "<é>",
    "</p class='a'>",
    "</ p>",
    "<!-- x -->",
    "<!-->",
    "<!x>",
    "<!doctype html public>",
    "<![CDATA[x]]>",
    "<?x ?>",
    "<script>a < b</script>",
    "<script>",
    "<script/>x</script>",
    "<script></style></script>",
    "<title><b></title>",
    "<textarea></p></textarea>",
    "<style><!-- </style> --></style>",
    "<iframe></iframe>",
    "<noscript><p title='</noscript>'>",
    "<plaintext>",
    "</xmp>",
]


@pytest.mark.parametrize("html", PLAIN)
def test_what_everybody_reads_alike_is_read_by_the_pattern(html: str) -> None:
    assert read_tags(html).plain
    assert said(html, read_tags(html)) == said(html, read_by_parser(html))


@pytest.mark.parametrize("html", ODD)
def test_what_readers_disagree_on_is_left_to_the_parser(html: str) -> None:
    assert not read_tags(html).plain


def said(html: str, tags: Tags) -> tuple[HtmlPage, list[object]]:
    """What is made of the tags of a page: what it says, and each tag in its place."""
    places = [
        (start, end, tag.name, tag.is_end, tag.closed, list(tag.attributes), tag.odd)
        for start, end, tag in tags.places
    ]
    return page_of(html, tags), [*places]


NAMES = st.sampled_from(
    ("a", "br", "h2", "html", "iframe", "main", "p", "script", "style", "svg", "textarea", "title")
)
ATTRIBUTES = st.sampled_from(
    (
        "", " id='a'", ' ID="b"', " href='&#106;avascript:x'", " class='c d'", " hidden", " /",
        ' title=">"', " title='<b>'", " type='application/ld+json'", " src=x", " lang='fr'",
        "\n", " a_b", "\u00a0c", ' onclick="x"', " style=''", "'", '"', "=", "<",
    )
)  # fmt: skip
STARTS = st.builds(
    lambda name, attributes: f"<{name}{''.join(attributes)}>",
    NAMES,
    st.lists(ATTRIBUTES, max_size=3),
)
ENDS = st.builds("</{}{}>".format, NAMES, st.sampled_from(["", " ", "\n", " x", "/"]))
OTHERS = st.sampled_from(
    [
        "<!-- <p> -->",
        "<!doctype html>",
        "<![x",
        "<?x>",
        "<!x>",
        "<",
        ">",
        "&lt;",
        "&#x202e;",
        "l'a ?",
    ]
)
PAGES = st.lists(STARTS | ENDS | OTHERS | st.text(max_size=3), max_size=12).map("".join)


@given(PAGES)
@example("<title><p title='</title><script>x</script>'></title>")
@example("<!--><script>x</script>-->")
def test_the_pattern_never_reads_what_the_parser_reads_otherwise(html: str) -> None:
    tags = read_tags(html)
    if tags.plain:
        assert said(html, tags) == said(html, read_by_parser(html))


@given(PAGES)
@example("<![x")
def test_a_page_is_finished_and_read_as_if_it_were_read_again(html: str) -> None:
    page = finished_page(f'<html lang="fr">{html}')
    assert page == read_page(page.text)
    assert finished_page(page.text).text == page.text
