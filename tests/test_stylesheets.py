from __future__ import annotations

from importlib.metadata import version

import pytest

from reperes.site.html_pages import read_page
from reperes.site.stylesheets import KNOWN_THEME, UnknownStyleError, combined
from support import TESTS

PAGE = (
    '<main id="page-text" class="text wide"><p>A > b</p>'
    '<a href="x" title="a > b" data-kind="talks">c</a>'
    '<svg viewBox="0 0 9 9"><path d="M0"/></svg></main>'
)
NAMES = read_page(PAGE).names


def test_names_are_those_of_the_pages() -> None:
    assert NAMES.tags == {"main", "p", "a", "svg", "path"}
    assert NAMES.classes == {"text", "wide"}
    assert NAMES.ids == {"page-text"}
    assert {"href", "title", "data-kind", "viewbox"} <= NAMES.attributes


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        "*{color:red}",
        "main > .wide a::before{color:red}",
        "main:not(.other){color:red}",
        ":root{color:red}",
        "#page-text{color:red}",
        "a[href]:hover{color:red}",
        "svg[viewBox]{color:red}",
        "[data-kind=talks]{color:red}",
        "@media print{p{color:red}}",
        "@page{margin:1cm}",
        'p::after{content:" { ; /* "}',
        "p{background:url(data:image/svg+xml;a,b)}",
    ],
)
def test_what_a_page_can_use_is_kept(rule: str) -> None:
    assert combined(rule, "", NAMES) == rule + "\n"


@pytest.mark.parametrize(
    "rule",
    [
        "table{color:red}",
        ".menu{color:red}",
        ".text .menu{color:red}",
        ".text.menu{color:red}",
        "#page-menu{color:red}",
        "[data-lost]{color:red}",
        "@media print{table{color:red}}",
        "@keyframes spin{from{opacity:0}}",
        '@charset "UTF-8";',
        "/* said of p */",
    ],
)
def test_what_no_page_can_use_is_dropped(rule: str) -> None:
    assert combined(rule, "p{}", NAMES) == "p{}\n"


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ("@layer base{p{color:red}}", "@layer"),
        ("@media print{@container (width > 1em){p{color:red}}}", "@container"),
        ('@font-face{font-family:"x";src:url(x.woff2)}', "@font-face"),
        ('@import "other.css";', "@import"),
        ("p{color:red}}", "what is no rule (EOF reached before {} block for a qualified rule.)"),
    ],
)
def test_what_nobody_knows_is_not_dropped_in_silence(theme: str, found: str) -> None:
    with pytest.raises(UnknownStyleError) as caught:
        combined(theme, "", NAMES)
    assert str(caught.value) == (
        f"Material's style sheet has {found}, which stylesheets.py does not know;"
        f" it knows that of mkdocs-material 9.8.1, and this is {version('mkdocs-material')}"
    )


def test_the_known_theme_is_the_one_that_is_pinned() -> None:
    pinned = (TESTS.parent / "requirements" / "site.txt").read_text("utf-8")
    assert f"mkdocs-material=={KNOWN_THEME} " in pinned


def test_of_several_selectors_those_that_match_are_kept() -> None:
    assert combined(".menu,p,table{color:red}", "", NAMES) == "p{color:red}\n"


def test_variables_that_nothing_reads_are_dropped_and_what_only_they_read() -> None:
    theme = ":root{--a:1;--b:var(--a);--c:2;--d:3}p{order:var(--c)}"
    assert combined(theme, "a{order:var(--d)}", NAMES) == (
        ":root{--c:2;--d:3}p{order:var(--c)}a{order:var(--d)}\n"
    )


def test_our_own_rules_are_kept_without_comments_and_spaces() -> None:
    own = """
    /* Set by a script. */
    .open {
      color: light-dark(#fff, #000);
      content: "a: /* b */  {";
    }
    .open :hover {
      margin: 0;
    }
    """
    assert combined("", own, NAMES, 'list.add("open")') == (
        '.open{color:light-dark(#fff,#000);content:"a: /* b */  {"}.open :hover{margin:0}\n'
    )


OWN = ".text p{color:red}.photo p,.wide{color:red}@media print{.photo{color:red}}"


def test_of_our_own_rules_those_for_classes_that_no_page_has_are_dropped() -> None:
    assert combined("", OWN, NAMES) == ".text p{color:red}.wide{color:red}\n"


def test_what_depends_on_the_room_for_a_class_that_no_page_has_is_dropped() -> None:
    own = "@media screen{@container (width > 1em){.photo{color:red}.wide{color:red}}}"
    assert combined("", own, NAMES) == (
        "@media screen{@container (width > 1em){.wide{color:red}}}\n"
    )
    assert combined("", own.replace(".wide{color:red}", ""), NAMES).strip() == ""


def test_what_a_script_may_add_is_kept() -> None:
    script = 'figure.className = "photo";'
    assert combined("", OWN, NAMES, script).count("photo") == 2


def test_of_a_choice_of_classes_the_known_ones_are_left() -> None:
    own = ":is(.photo,.wide) p,.text :is(.photo,p){color:red}:is(.photo,.film){color:red}"
    assert combined("", own, NAMES) == ":is(.wide) p,.text :is(p){color:red}\n"


@pytest.mark.parametrize(
    "rule",
    ["table{color:red}", ":root[data-theme]{color:red}", ":is(.wide,p){color:red}"],
)
def test_other_names_say_nothing_of_our_own_rules(rule: str) -> None:
    assert combined("", rule, NAMES) == rule + "\n"
