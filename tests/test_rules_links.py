"""Links, notes and references as the engine reads them: what may leave a page, and what not."""

from __future__ import annotations

import re
from html import unescape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config

from reperes.model.references import IMAGE, marks_in
from reperes.rules.addresses import fault_of_address
from reperes.rules.engine_reading import extensions_of_site
from reperes.rules.markdown import faults_of
from support import TESTS, examples, text

SETTINGS = TESTS.parent / "mkdocs.yml"
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "md_in_html"]
ENGINE = markdown.Markdown(extensions=EXTENSIONS)


def found(value: str, kind: str = "section") -> list[str]:
    problems = faults_of(text(value), kind)
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in problems]


def errors(value: str, kind: str = "section") -> list[str]:
    return [p.message for p in faults_of(text(value), kind) if p.is_error]


HOSTILE = [
    "javascript:alert(1)",
    "javascript:alert",
    "JavaScript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#X6a;avascript:alert(1)",
    "&#0000106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "&#1;javascript:alert(1)",
    "javascript:alert&lpar;1&rpar;",
    r"javascript\:alert(1)",
    r"\javascript:alert(1)",
    r"javascript:alert\(1\)",
    r"java\script:alert(1)",
    "javascript:alert((1))",
    "javascript:(function(){alert(1)})()",
    "javascript:'a'(1)",
    'javascript:alert(1) "title"',
    "javascript:alert(1) 'title'",
    "<javascript:alert(1)>",
    '<javascript:alert(1)> "title"',
    "< javascript:alert(1)>",
    "`javascript:alert(1)`",
    "*javascript:alert(1)*",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:text/html;base64,(x)",
    "data:text/html,(x)",
    "DATA:text/html,x",
    "data&colon;text/html,x",
    "data:image/svg+xml,x",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.org/(a)",
    "blob:https://example.org/x",
    "about:blank",
    "view-source:https://example.org/",
    "filesystem:https://example.org/x",
    "intent://example.org/#Intent;end",
    "ws://example.org/",
    "jar:https://example.org/x!/",
    "sms:+331",
    "callto:a",
    "skype:a",
    "magnet:?xt=a",
    "urn:isbn:1",
    "x:y",
    "http://example.org/",
    "http://example.org/(a)",
    "HTTP://example.org/",
    "http:example.org",
    "HTTPS://example.org/",
    "//example.org/",
    "//example.org/(a)",
    "///example.org/",
    r"\\example.org\a",
    r"/\example.org/",
    "/a",
    "/a/(b)",
    "a",
    "a.md",
    "a/(b)",
    "../a",
    "./a",
    "?a=b",
    "index.html",
    "www.example.org",
    "example.org/(a)",
    "name@example.org",
    "https:",
    "https:/example.org",
    "https:example.org",
    "https://",
    "https:///example.org",
    r"https:\\example.org",
    r"https://example.org\@evil.example/",
    "https://name@evil.example/",
    "https://example.org:x@evil.example/",
    "https://exa mple.org/",
    "https&colon;//name@evil.example/",
    "mailto:",
    "mailto:a b",
    "tel:",
    "tel:alert(1)",
    "tel:javascript:alert(1)",
    "term:",
    "Term:pier",
    "term&colon;pier",
    "terms:pier",
    "section:(a)",
    "term:pier(a)",
    'term:pier "title(s)"',
    "#",
    "# a",
    "",
    "()",
    "(javascript:alert(1))",
]
INLINE = [f"[x]({address})" for address in HOSTILE]
WRITTEN_OTHERWISE = [
    "[x\ny](javascript:alert(1))",
    "[x](\njavascript:alert(1))",
    "[x](javascript:alert(1)\n)",
    "[x]( javascript:alert(1) )",
    "[x](\tjavascript:alert(1))",
    "[a [b] c](javascript:alert(1))",
    "[[x](javascript:alert(1))](https://example.org/)",
    "[![x](javascript:alert(1))](https://example.org/)",
    "[*x*](javascript:alert(1))",
    "[`x`](javascript:alert(1))",
    r"[\]x](javascript:alert(1))",
    r"\\[x](javascript:alert(1))",
    "**[x](javascript:alert(1))**",
    "- [x](javascript:alert(1))",
    "- a\n    - [x](javascript:alert(1))",
    "1. [x](javascript:alert(1))",
    "> [x](javascript:alert(1))",
    "> > [x](javascript:alert(1))",
    "| a | b |\n| --- | --- |\n| 1 | [x](javascript:alert(1)) |",
    "Word\n: [x](javascript:alert(1))",
    "## [x](javascript:alert(1)) {#id}",
    "a[^1]\n\n[^1]: [x](javascript:alert(1))",
    "a[^1]\n\n[^1]: a\n\n    [x](javascript:alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x] [y]\n\n[y]: javascript:alert(1)",
    "[y][]\n\n[y]: javascript:alert(1)",
    "[y]\n\n[y]: javascript:alert(1)",
    "[y]\n\n[y]: <javascript:alert(1)>",
    "[y]\n\n[y]: &#106;avascript:alert(1)",
    "[y]\n\n[y]:\n  javascript:alert(1)",
    '[y]\n\n[y]: javascript:alert(1) "title"',
    "[Y]\n\n[y]: javascript:alert(1)",
    "- a\n\n    [y]: javascript:alert(1)\n\n[y]",
    "[y]: javascript:alert(1)",
    "[y]: https://example.org/\n[y]: javascript:alert(1)\n\n[y]",
    "[y]: //example.org/",
    "[y]\n\n[y]: term:pier",
    "<javascript://example.org/%0aalert(1)>",
    "<JAVASCRIPT://alert(1)>",
    "<data://x>",
    "<http://example.org/>",
    "<https://name@evil.example/>",
    "<mailto:a@b.org?x=<y>",
    "<mailto:a onclick=alert(1)>",
    '<https: onclick="alert(1)">',
    "![x](javascript:alert(1))",
    "![x](https://example.org/a.png)",
    "![x][y]\n\n[y]: https://example.org/a.png",
    "![y]\n\n[y]: https://example.org/a.png",
    "!{{ a }}",
    "[x](https://example.org/({{ a }}))",
    "[x {{ a }} y](https://example.org/)",
    "[x [y](term:z) w](https://example.org/)",
    "[<https://example.org/>](https://example.org/)",
    "- a ` b\n- [x](javascript:alert(1)) ` c",
    "```a b\n\n[x](javascript:alert(1))\n\n```",
    "  ```\n[x](javascript:alert(1))\n  ```",
    "```\n[x](javascript:alert(1))",
    "```{.js onclick=alert(1)}\nx\n```",
    "<a href=javascript:alert(1)>x</a>",
    "<svg/onload=alert(1)>",
    "x{: onclick=alert(1)}",
    "[x](https://example.org/){href=javascript:alert(1)}",
    "[" * 600,
    "<" * 600 + "a",
]


@pytest.mark.parametrize("value", [*INLINE, *WRITTEN_OTHERWISE])
def test_hostile(value: str) -> None:
    assert errors(value), "accepted in a section"
    assert errors(value, "block"), "accepted in a block that is imported"


def test_there_are_many() -> None:
    assert len({*INLINE, *WRITTEN_OTHERWISE}) >= 160


@pytest.mark.parametrize("value", INLINE)
def test_links_but_ours_are_refused_where_nothing_is_markdown(value: str) -> None:
    assert errors(value, "text")
    assert errors(value, "title")


ACCEPTED = [
    "[x](https://example.org)",
    "[x](https://example.org/a_(b))",
    "[x](https://example.org/a?b=c&copy=1&d=%20#e)",
    "[x](https://example.org:8443/a)",
    "[x](https://exämple.org/é)",
    "[x](https://en.wikipedia.org/wiki/A_(b)_(c))",
    "[x](<https://example.org/a_(b>)",
    '[x](https://example.org "A (title)")',
    "[x](https&colon;//example.org/)",
    "[x](mailto:name@example.org)",
    "[x](mailto:name@example.org?subject=a%20b)",
    "[x](tel:+33-1.23(45)678)",
    "<https://example.org/a(b)>",
    "<mailto:name@example.org>",
    "[x][y]\n\n[y]: https://example.org/a_(b)",
    "[y][]\n\n[y]: <https://example.org/>",
    '[y]\n\n[y]: https://example.org/ "Title"',
    "[x](term:pier) and [y](section:talks)[^1]\n\n[^1]: A [note](https://example.org).",
    "## A heading {#here}\n\n[x](#here)",
    "[a [b] c](https://example.org/)",
    "[**x**](https://example.org/)",
    "[x] and [y], as [sic] [sic] says",
    "a[^1], b[^1]\n\n[^1]: twice",
    "`[x](javascript:alert(1))`",
    "```\n[x](javascript:alert(1))\n```",
    "~~~\n[x](javascript:alert(1))\n~~~",
    r"\[x](javascript:alert(1))",
    r"[x\](javascript:alert(1))",
    "[x] (javascript:alert(1))",
    "| a | b |\n| --- | --- |\n| [x](https://example.org) | `[^2]` |",
    "{{ a }}(n), ({{ b }}), [{{ c }}], {{ d }}[^1]\n\n[^1]: a",
    "`[^q]` and `[x][nope]` and \\[^q]",
]


@pytest.mark.parametrize("value", ACCEPTED)
def test_accepted(value: str) -> None:
    assert found(value) == []


@pytest.mark.parametrize("value", ["[x](term:pier), {{ a }}, <3 & [sic]", "a * b", "2 * 3 * 4"])
def test_accepted_where_nothing_is_markdown(value: str) -> None:
    assert found(value, "text") == []


ADVICE = "write section:ID (or term, actor, place, source, claim, fact), or https://…"
KNOWN = "known: actor, claim, fact, https, mailto, place, section, source, tel, term"
REFUSED = [
    ("[x](b.md)", f'1:5: "b.md" is no address; {ADVICE}'),
    ("[x]()", f'1:5: "" is no address; {ADVICE}'),
    ("[x]: b.md", f'1:6: "b.md" is no address; {ADVICE}'),
    ("a\n[x](//e.org/(a))", f'2:5: "//e.org/(a)" is no address; {ADVICE}'),
    ("[x](trem:b)", '1:5: unknown link scheme "trem:"; did you mean "term"?'),
    ("[x](javascript:alert(1))", f'1:5: unknown link scheme "javascript:"; {KNOWN}'),
    ("[x](&#106;avascript:alert(1))", f'1:5: unknown link scheme "javascript:"; {KNOWN}'),
    (
        "[x](http://e.org/)",
        '1:5: "http://e.org/" can be read and changed on its way; write "https://e.org/"',
    ),
    (
        "[x](HTTPS://e.org/)",
        '1:5: unknown link scheme "HTTPS:"; write "https:", in small letters',
    ),
    (
        "[x](https://a@e.org/)",
        '1:5: "https://a@e.org/" has a name before its host; remove what stands before the @',
    ),
    ("[x](tel:a)", '1:5: "tel:a" is no address; write one such as "tel:+33123456789"'),
    ("[x](a@e.org)", '1:5: "a@e.org" is no address; write "mailto:a@e.org"'),
    ("[x]: term:b\n\n[x]", '1:6: "term:b" works in "[words](term:b)" alone; write that'),
    (
        "[](https://e.org)",
        '1:1: a link to "https://e.org" without words; write "[words](https://e.org)"',
    ),
    (
        "[[x](y)](https://e.org)",
        '1:1: a link to "https://e.org" holds another one, shown as typed; put them side by side',
    ),
    (
        "[<https://e.org>](https://f.org)",
        '1:2: a link to "https://e.org" within another link; put it beside that',
    ),
    (
        "![x](b.png)",
        f"1:1: {IMAGE}",
    ),
    (
        "[x {{ a }}](https://e.org)",
        "1:4: {{ a }} is shown as typed here; take it out of the code or the link around it",
    ),
    (
        "a\n\n[x](#nope)",
        (
            '3:1: no heading of this section has the id "nope"; give one {#id}, or link a section'
            " as section:ID"
        ),
    ),
    (
        "## A {#note}\n\n[x](#nope)",
        '3:1: no heading of this section has the id "nope"; did you mean "note"?',
    ),
    (
        "[x](#fn:1)[^1]\n\n[^1]: a",
        '1:1: "#fn:1" is made by the engine; write "[^1]"',
    ),
    (
        "a\n\n[^z]: b",
        '3:1: nothing cites the note [^z]; write "[^z]" where it belongs, or remove the note',
    ),
    (
        "a [^q]",
        (
            "1:3: there is no note [^q], so that this is shown as typed;"
            ' write "[^q]: …" on a line of its own'
        ),
    ),
    (
        "a [^note] [^nota]\n\n[^note]: b",
        '1:11: there is no note [^nota], so that this is shown as typed; did you mean "note"?',
    ),
    (
        "a [^z]\n\n[^z]: b\n[^z]: c",
        "4:1: the note [^z]: stands twice; give one of them another name",
    ),
    (
        "a [x][nope]",
        (
            "1:3: nothing defines [nope], so that this is shown as typed;"
            ' write "[words](https://…)", or "[nope]: https://…" on a line of its own'
        ),
    ),
    (
        "[y]\n\n[y]: https://e.org\n[y]: https://f.org",
        "4:1: [y]: is defined twice; remove one of the two",
    ),
    ("[y]: https://e.org", "1:1: no link uses [y]:; write [words][y], or remove it"),
]


@pytest.mark.parametrize(("value", "problem"), REFUSED)
def test_what_is_refused_is_said_once_at_its_place(value: str, problem: str) -> None:
    assert found(value) == [problem]


@pytest.mark.parametrize("value", ["[^1]", "[^1]: a", "[x](#nope)", "[x][y]", "[y]: https://e.org"])
def test_a_block_may_refer_to_others(value: str) -> None:
    assert found(value, "block") == []


def test_places_are_those_of_the_source() -> None:
    value = "{{ a }} [m](term:b) `c` [x](//e)\n\n- {{ a }}\n    - \\[ [x](x:y)\n\n\t[^q]"
    (one, two, *_) = found(value)
    assert one.startswith('1:29: "//e"')
    assert two.startswith('4:14: unknown link scheme "x:"')


def test_the_extensions_are_those_of_the_site() -> None:
    config = load_config(str(SETTINGS))
    assert sorted(config.markdown_extensions) == sorted(EXTENSIONS) == sorted(extensions_of_site())


PIECES = st.sampled_from(
    [
        *"[]()<>!\\`*_{}#:&;\"'|~-^ \n\t",
        "](",
        "]:",
        "[^1]",
        "[^1]: ",
        "[x]: ",
        "\n\n",
        "    ",
        "- ",
        "> ",
        "```",
        "javascript:alert(1)",
        "&#106;avascript:",
        "&colon;",
        "//e.org",
        "https://e.org/",
        "http://e.org",
        "data:x,(y)",
        "mailto:a@b.org",
        "a@b.org",
        "term:y",
        "#here",
        "[x](",
        "![x](",
        "[x][y]",
        "[y]: javascript:x",
        "{{ a }}",
        "[m](term:n)",
        "word",
        "<javascript://",
        "<a href=x>",
        "{: onclick=x}",
        "| a | b |\n| --- | --- |\n",
        "## A {#here}",
    ]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)


def rendered(value: str) -> str:
    """The engine's HTML of a text, with each mark of ours as a link to `#ours`."""
    parts, position = [], 0
    for mark in marks_in(text(value)):
        words = getattr(mark, "text", "0")
        parts += [value[position : mark.start], f"[{words}](#ours)"]
        position = mark.end
    typed = "".join([*parts, value[position:]])
    ENGINE.reset()
    return ENGINE.convert(f'<div class="text" markdown="block">\n\n{typed}\n\n</div>')


@given(TEXTS)
@examples(300)
def test_nothing_unsafe_leaves_a_text_without_a_fault(value: str) -> None:
    """And every mark of ours is a link to the engine."""
    if errors(value):
        return
    html = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", rendered(value), flags=re.DOTALL)
    addresses = [unescape(found[1]) for found in re.finditer(r'\b(?:href|src)="([^"]*)"', html)]
    outside = [each for each in addresses if not each.startswith(("#fn", "#ours"))]
    assert [each for each in outside if fault_of_address(each)] == []
    assert not re.search(r"<img|<[^<>]*\son\w+=|<(?:script|svg|iframe)", html)
    assert addresses.count("#ours") == len(marks_in(text(value)))


@given(TEXTS)
@examples(100)
def test_problems_stand_in_the_text(value: str) -> None:
    lines = value.split("\n")
    for problem in faults_of(text(value), "section"):
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
