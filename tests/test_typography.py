"""Typography: what each language's rules change, by code point, and all that they leave alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.typography import RULES, Piece, Rule, Run, typeset
from reperes.language.typography_of_html import typeset_html

FRENCH = [
    # Spaces before marks: added, replaced, and in their place when two marks meet
    ("Qui? Quoi!", "Qui\u202f? Quoi\u202f!"),
    ("Qui ? Quoi !", "Qui\u202f? Quoi\u202f!"),
    ("Qui\u00a0? Quoi\u2009!", "Qui\u202f? Quoi\u202f!"),
    ("oui;non ; peut-être;", "oui;non\u202f; peut-être\u202f;"),
    ("Le bilan: lourd", "Le bilan\u00a0: lourd"),
    ("Le bilan  : lourd", "Le bilan\u00a0: lourd"),
    ("Le bilan\n: lourd", "Le bilan\u00a0: lourd"),
    ("Le bilan\u202f: lourd", "Le bilan\u00a0: lourd"),
    ("Quoi?! Non!!!", "Quoi\u202f?! Non\u202f!!!"),
    ("Quoi ?! Non !!!", "Quoi\u202f?! Non\u202f!!!"),
    ("Et alors...?", "Et alors…\u202f?"),
    ("(vraiment?) non", "(vraiment\u202f?) non"),
    # What is no punctuation
    ("de 12:30 à 20:45", "de 12:30 à 20:45"),
    ("à l’échelle 1:50000", "à l’échelle 1:50000"),
    ("(?) et [!]", "(?) et [!]"),
    ("? en tête", "? en tête"),
    ("a?b=c:d;e", "a?b=c:d;e"),
    ("voir https://exemple.org/?a=b:c;d, puis", "voir https://exemple.org/?a=b:c;d, puis"),
    ("lu sur https://exemple.org/a?", "lu sur https://exemple.org/a\u202f?"),
    ("lu sur www.exemple.org/l'eau: oui", "lu sur www.exemple.org/l'eau\u00a0: oui"),
    # Quotation marks
    ('un "dernier jour" pour', "un «\u00a0dernier jour\u00a0» pour"),
    ('"Non", dit-il: "jamais".', "«\u00a0Non\u00a0», dit-il\u00a0: «\u00a0jamais\u00a0»."),
    ('l\'"échec"!', "l’«\u00a0échec\u00a0»\u202f!"),
    ('dit «il est "mort" hier»', "dit «\u00a0il est “mort” hier\u00a0»"),
    ("«mot» et « mot »", "«\u00a0mot\u00a0» et «\u00a0mot\u00a0»"),
    ("«\u202fmot\u202f»", "«\u00a0mot\u00a0»"),
    ('"sans fin', '"sans fin'),
    ('un écran de 5" et un de 7"', 'un écran de 5" et un de 7"'),
    # Apostrophes, ellipses
    ("l'armée d'aujourd'hui", "l’armée d’aujourd’hui"),
    ("l'ONU et l'«échec»", "l’ONU et l’«\u00a0échec\u00a0»"),
    ("l'11e heure", "l’11e heure"),
    ("5' de pause, 'mot'", "5' de pause, 'mot'"),
    ("attendre... encore....", "attendre… encore...."),
    # Signs
    ("60% et 60 %", "60\u00a0% et 60\u00a0%"),
    ("5€, 5 € et 3 ‰", "5\u00a0€, 5\u00a0€ et 3\u00a0‰"),
    ("25°C, 25 °C, 45° nord, 45 °", "25\u00a0°C, 25\u00a0°C, 45° nord, 45\u00a0°"),
    ("n°5, N° 6, n° de série", "n°\u00a05, N°\u00a06, n° de série"),
    ("a%20b 100%x", "a%20b 100%x"),
    # Numbers, units, dates, titles
    ("12 000 et 1 234 567 km", "12\u202f000 et 1\u202f234\u202f567\u00a0km"),
    ("12\u00a0000 morts", "12\u202f000 morts"),
    ("en 2018 000 et 1234 567, 12 00", "en 2018 000 et 1234 567, 12 00"),
    ("5 km², 3 m, 2 h, 4 millions", "5\u00a0km², 3\u00a0m, 2\u00a0h, 4\u00a0millions"),
    ("5 mètres, 3 mots, 12 hommes", "5 mètres, 3 mots, 12 hommes"),
    ("le 4 juillet 2018 et le 1er mai", "le 4\u00a0juillet 2018 et le 1er\u00a0mai"),
    ("4 maisons, 5 maille", "4 maisons, 5 maille"),
    ("M. Untel, Mme Élan, MM. A et B", "M.\u00a0Untel, Mme\u00a0Élan, MM.\u00a0A et B"),
    ("fin. Untel, M. et Mme, Ime Untel", "fin. Untel, M. et Mme, Ime Untel"),
    # Ordinals, dashes and ranges stay as they were typed
    ("1er, 2e, 1ère, XXIe, 3-12, a - b – c", "1er, 2e, 1ère, XXIe, 3-12, a - b – c"),
]
ENGLISH = [
    ("It's the army's", "It’s the army’s"),
    ("the rebels' arms", "the rebels’ arms"),
    ("the '90s and 1990's", "the ’90s and 1990’s"),
    ('the "last day" for', "the “last day” for"),
    ('("No", he said: "never".)', "(“No”, he said: “never”.)"),
    ("a 'last day', he said", "a ‘last day’, he said"),
    ("\"It's 'over'\"", "“It’s ‘over’”"),
    ('"no end', '"no end'),
    ("5'10\" tall and 6' wide", "5'10\" tall and 6' wide"),
    ("'in 2018'", "‘in 2018’"),
    ("waiting... still....", "waiting… still...."),
    ("Who? What! Then: this; 60%", "Who? What! Then: this; 60%"),
    # Loose marks, dashes, ranges, units, titles
    ("Who ? What ! Then : this , 60 %.", "Who? What! Then: this, 60%."),
    ("Who\u202f? (so ) :-) .net 5 .5", "Who? (so ) :-) .net 5 .5"),
    ("pages 3-12, 1939-45, 2018-2019.", "pages 3–12, 1939–45, 2018–2019."),
    ("2018-07-04, 2018-07, F-16-3, 1-0, 1.5-2", "2018-07-04, 2018-07, F-16-3, 1-0, 1.5-2"),
    ("Article 12-3, art. L. 12-3", "Article 12-3, art. L.\u00a012-3"),
    ("articles 12-14, Act 12-14", "articles 12–14, Act 12–14"),
    ("https://example.org/1-2 and 1/2-3/4", "https://example.org/1-2 and 1/2-3/4"),
    ("so - he says - no; so -- no", "so – he says – no; so – no"),
    ("5 - 3, well-known, - an entry, a -b", "5 - 3, well-known, - an entry, a -b"),
    ("5 km, 3 m, 2 ha, 4 men, 6 hats", "5\u00a0km, 3\u00a0m, 2\u00a0ha, 4 men, 6 hats"),
    ("Mr Smith, Mr. Smith, Dr. No", "Mr\u00a0Smith, Mr\u00a0Smith, Dr\u00a0No"),
    ("a drum. No, Mr. and Mrs", "a drum. No, Mr. and Mrs"),
    ("seen on https://example.org/it's?", "seen on https://example.org/it's?"),
]


def apply_alone(rule: Rule, typed: str) -> str:
    """A text as one rule sets it, without the others of its language."""
    run = Run([Piece(typed)])
    rule.apply(run)
    return run.text


@pytest.mark.parametrize(("typed", "expected"), FRENCH)
def test_french(typed: str, expected: str) -> None:
    assert typeset(typed, "fr") == expected


@pytest.mark.parametrize(("typed", "expected"), ENGLISH)
def test_english(typed: str, expected: str) -> None:
    assert typeset(typed, "en") == expected


@pytest.mark.parametrize(
    ("language", "rule"),
    [pytest.param(code, rule, id=f"{code} {rule.name}") for code in RULES for rule in RULES[code]],
)
def test_each_rule_does_what_its_example_says(language: str, rule: Rule) -> None:
    assert apply_alone(rule, rule.before) == rule.after
    assert apply_alone(rule, rule.after) == rule.after
    assert typeset(rule.after, language) == typeset(rule.before, language)


@pytest.mark.parametrize("language", ["", "ar", "x-klingon", "frr"])
def test_a_language_without_rules_keeps_its_text(language: str) -> None:
    assert typeset('"l\'eau"?...', language) == '"l\'eau"?...'


@pytest.mark.parametrize("language", ["fr-FR", "fr_FR", "FR"])
def test_a_language_is_known_by_the_first_part_of_its_tag(language: str) -> None:
    assert typeset("Oui?", language) == "Oui\u202f?"


# Pages

PAGES = [
    # Marks and words in different elements
    ("<p>Le <b>bilan</b>: lourd</p>", "<p>Le <b>bilan</b>\u00a0: lourd</p>"),
    ("<p>Le <b>bilan</b> : lourd</p>", "<p>Le <b>bilan</b>\u00a0: lourd</p>"),
    ("<p>Le <b>bilan </b>: lourd</p>", "<p>Le <b>bilan\u00a0</b>: lourd</p>"),
    ("<p>Le <b>bilan:</b> lourd</p>", "<p>Le <b>bilan\u00a0:</b> lourd</p>"),
    ("<p>Le bilan <b> : </b></p>", "<p>Le bilan\u00a0<b>: </b></p>"),
    ("<p>l'<a href='#'>ONU</a></p>", "<p>l’<a href='#'>ONU</a></p>"),
    ("<p>L<b>'ONU</b></p>", "<p>L<b>’ONU</b></p>"),
    ('<p>"<em>mot</em>"</p>', "<p>«\u00a0<em>mot</em>\u00a0»</p>"),
    ("<p>« <em>mot</em> »</p>", "<p>«\u00a0<em>mot</em>\u00a0»</p>"),
    ("<p>60<small>%</small></p>", "<p>60<small>\u00a0%</small></p>"),
    ("<h2>Qui?<a href='#q'>&para;</a></h2>", "<h2>Qui\u202f?<a href='#q'>&para;</a></h2>"),
    ("<p>Qui ?<sup>1</sup></p>", "<p>Qui\u202f?<sup>1</sup></p>"),
    ("<p>un mot<wbr>: deux</p>", "<p>un mot<wbr>\u00a0: deux</p>"),
    ("<p>http:<wbr>//a</p>", "<p>http:<wbr>//a</p>"),
    # Paragraphs end where blocks do
    ('<p>"un</p><p>deux"</p>', '<p>"un</p><p>deux"</p>'),
    ("<li>un</li><li>? deux</li>", "<li>un</li><li>? deux</li>"),
    ("<p>un<br>: deux</p>", "<p>un<br>: deux</p>"),
    ('<div>"un<p>"deux"</p>"</div>', '<div>"un<p>«\u00a0deux\u00a0»</p>"</div>'),
    # Code, drawings and fields are copied, and yet stand in their sentence
    ("<p><code>a ? b</code>: oui</p>", "<p><code>a ? b</code>\u00a0: oui</p>"),
    ('<p>"<kbd>"</kbd>"</p>', '<p>«\u00a0<kbd>"</kbd>\u00a0»</p>'),
    ("<p>l'<code>id</code></p>", "<p>l’<code>id</code></p>"),
    ("<p>Vu <img alt='a ?'> ?</p>", "<p>Vu <img alt='a ?'>\u202f?</p>"),
    ("<pre>a ? <b>l'b</b></pre>", "<pre>a ? <b>l'b</b></pre>"),
    ("<script>a ? 'b' : \"c\"</script>", "<script>a ? 'b' : \"c\"</script>"),
    ("<style>a:b { c: 'd' }</style>", "<style>a:b { c: 'd' }</style>"),
    ("<textarea>Qui ? </p>Qui ?</textarea>", "<textarea>Qui ? </p>Qui ?</textarea>"),
    ("<svg><text>Qui ?</text><path/></svg> ?", "<svg><text>Qui ?</text><path/></svg>\u202f?"),
    ("<p>Qui<button>Voir ?</button> ?", "<p>Qui<button>Voir\u202f?</button>\u202f?"),
    ("<title>L'eau : qui ?</title>", "<title>L’eau\u00a0: qui\u202f?</title>"),
    # Attributes, comments and declarations are copied
    (
        "<p title='l&#39;eau ?' data-a=\"b : c\">a</p>",
        "<p title='l&#39;eau ?' data-a=\"b : c\">a</p>",
    ),
    ("<p>a<!-- l'eau ? -->b</p>", "<p>a<!-- l'eau ? -->b</p>"),
    ("<p>un mot<!-- ici --> : deux</p>", "<p>un mot<!-- ici -->\u00a0: deux</p>"),
    ("<!doctype html><?php a ? b : c ?>", "<!doctype html><?php a ? b : c ?>"),
    ("a <![CDATA[ b ? ]]> c", "a <![CDATA[ b ? ]]> c"),
    # Character references mean what they say, and stay where nothing changes
    ("<p>l&#39;eau &amp; l&#x27;air&nbsp;?</p>", "<p>l’eau &amp; l’air\u202f?</p>"),
    ("<p>&quot;mot&quot;&nbsp;: &lt;b&gt;</p>", "<p>«\u00a0mot\u00a0»&nbsp;: &lt;b&gt;</p>"),
    ("<p>&laquo;mot&raquo;</p>", "<p>«\u00a0mot\u00a0»</p>"),
    ("<p>R&D; &inconnu; AT&T</p>", "<p>R&D; &inconnu; AT&T</p>"),
    ("<p>1 < 2 ? oui & non !</p>", "<p>1 < 2\u202f? oui & non\u202f!</p>"),
    # Languages
    ("<p lang='en'>l'eau ? \"x\"</p>", "<p lang='en'>l’eau? “x”</p>"),
    ("<p><i lang='en'>Who ?</i> ?</p>", "<p><i lang='en'>Who?</i>\u202f?</p>"),
    (
        "<p><i lang='en'>a <b lang='fr'>b ?</b></i>",
        "<p><i lang='en'>a <b lang='fr'>b\u202f?</b></i>",
    ),
    ("<p>12 <b>000</b> et 4<i> mai</i>", "<p>12\u202f<b>000</b> et 4<i>\u00a0mai</i>"),
    ("<p><code>M. A 12 000 4 mai</code></p>", "<p><code>M. A 12 000 4 mai</code></p>"),
    ("<p title='M. A 4 mai'>M. A</p>", "<p title='M. A 4 mai'>M.\u00a0A</p>"),
    ("<p lang=''>Qui ?</p><p lang>Qui ?</p>", "<p lang=''>Qui ?</p><p lang>Qui ?</p>"),
    ("<p lang='ar'>Qui ?</p> Qui ?", "<p lang='ar'>Qui ?</p> Qui\u202f?"),
    # Broken markup is copied, and ends no earlier than HTML says
    ("<p>Qui ?</b></p> Qui ?", "<p>Qui\u202f?</b></p> Qui\u202f?"),
    ("<p>Qui <b>quoi ?</p> Où ?", "<p>Qui <b>quoi\u202f?</p> Où\u202f?"),
    ("<p>Qui ? <a title='l'", "<p>Qui\u202f? <a title='l'"),
    ("<p>Qui ? &", "<p>Qui\u202f? &"),
]


@pytest.mark.parametrize(("typed", "expected"), PAGES)
def test_french_pages(typed: str, expected: str) -> None:
    assert typeset_html(f'<html lang="fr">{typed}') == f'<html lang="fr">{expected}'


def test_a_page_without_a_language_is_copied() -> None:
    assert typeset_html("<p>l'eau ?</p>") == "<p>l'eau ?</p>"


def test_places_are_found_after_lines_of_every_kind() -> None:
    page = '<p\nlang="fr">a\r\nb ?\n\n<b\n>c</b>\r: é ?</p>\n'
    expected = '<p\nlang="fr">a\r\nb\u202f?\n\n<b\n>c</b>\u00a0: é\u202f?</p>\n'
    assert typeset_html(page) == expected


def test_a_long_page_is_set_to_its_end() -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    paragraph = '<p>L\'<a href="/a">ONU</a> dit: "non"! <code>a ? b</code> <b>60%</b>.</p>\n'
    one = typeset_html('<html lang="fr">' + paragraph).removeprefix('<html lang="fr">')
    assert typeset_html('<html lang="fr">' + paragraph * 1600) == '<html lang="fr">' + one * 1600


# Properties

LANGUAGES = st.sampled_from(["fr", "en"])
MARKS = st.text(alphabet=" abl019MmrkAei'\"«»“”‘’:;!?.…%°nCs€()/-\u00a0\u202f\n", max_size=24)
TEXTS = st.text() | MARKS
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<wbr>",
        '<i lang="en">',
        "</i>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        '<p lang="fr">',
        '<img alt="l\'a ? b">',
        "<!-- l'a ? -->",
        "<button>",
        "</button>",
        "<svg/>",
        "<textarea>",
        "</textarea>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
    ]
)
REFERENCES = st.sampled_from(["&quot;", "&#39;", "&nbsp;", "&amp;", "&inconnu;", "&#58", "&"])
MARKUP = re.compile(r"<[a-z/!][^<>]*>")


def pages(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    contents = st.lists(st.one_of(parts), max_size=12).map("".join)
    return st.builds('<html lang="{}">{}'.format, LANGUAGES, contents)


@given(TEXTS, LANGUAGES)
def test_setting_text_twice_changes_nothing(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@given(TEXTS, LANGUAGES)
def test_letters_and_digits_stay(text: str, language: str) -> None:
    assert re.sub(r"[\W_]", "", typeset(text, language)) == re.sub(r"[\W_]", "", text)


@given(pages(MARKS, TAGS, REFERENCES))
def test_markup_stays(page: str) -> None:
    assert MARKUP.findall(typeset_html(page)) == MARKUP.findall(page)


@given(pages(MARKS, TAGS, REFERENCES))
def test_setting_a_page_twice_changes_nothing(page: str) -> None:
    once = typeset_html(page)
    assert typeset_html(once) == once


@given(st.text(alphabet="<>/!-?&;#\"'= abp[]") | st.text())
def test_what_is_hardly_html_is_set_without_complaint(text: str) -> None:
    once = typeset_html(f'<html lang="fr">{text}')
    assert typeset_html(once) == once


@given(st.lists(MARKS, min_size=1, max_size=6), LANGUAGES)
def test_tags_in_a_line_change_nothing_but_what_touches_them(
    texts: Sequence[str], language: str
) -> None:
    """A page of one paragraph says what its text alone would say, where no tag ends a mark."""
    plain = "<wbr>".join(texts)
    page = typeset_html(f'<p lang="{language}">{plain}</p>')
    said = page.removeprefix(f'<p lang="{language}">').removesuffix("</p>")
    assert said.replace("<wbr>", "") == typeset("".join(texts), language)
