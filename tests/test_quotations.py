"""Quotations: their words in each language, the original, how they stand in texts and on pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.typography import (
    in_marks,
    marks_of,
    set_apart,
    typeset,
    within_marks,
    without_marks,
)
from reperes.model.explainer import Explainer
from reperes.model.forms import misfit, say
from reperes.model.loading import load
from reperes.model.references import stands_alone
from reperes.pages import render_pages
from reperes.rules import attribution
from reperes.site.open_data import open_data_files
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.translation.staleness import states_of_yaml
from reperes.translation.stamping import stamp
from reperes.translation.status import translation_status
from reperes.writing.prose import FROM_PAGE, Prose
from support import found_in, problems_of, replace_in, said_by, text, toy, toy_copy, with_body

ARABIC = "الجزيرة لنا جميعا"


def shown(body: str, language: str = "fr") -> str:
    """A section's body as the engine is given it."""
    explainer = with_body(body, language)
    return Prose(explainer, language, "money").section_body(explainer.sections[language]["money"])


def page(explainer: Explainer, language: str, page_id: str) -> str:
    return next(p.whole for p in render_pages(explainer, language) if p.id == page_id)


# Marks


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("fr", "on part", "«on part»"),
        ("fr", "il a dit « non » hier", "«il a dit “non” hier»"),
        ("fr", 'il a dit "non" hier', "«il a dit “non” hier»"),
        ("en", "he said “no” again", "“he said ‘no’ again”"),
        ("en", "it’s “ours”", "“it’s ‘ours’”"),
        ("de", "er sagte „nein“", "„er sagte ‚nein‘“"),
        ("ru", "он сказал «нет»", "«он сказал „нет“»"),
        ("ar", ARABIC, f"«{ARABIC}»"),
        ("ja", "「いや」と言った", "「『いや』と言った」"),
        ("xx", "mu", "“mu”"),
    ],
)
def test_a_quotation_in_the_marks_of_its_language(language: str, words: str, expected: str) -> None:
    assert in_marks(words, language) == expected


def test_french_typography_sets_the_spaces_of_the_marks() -> None:
    assert typeset(in_marks("un « mot »", "fr"), "fr") == "«\u00a0un “mot”\u00a0»"


def test_a_quotation_apart_has_the_outer_marks_within() -> None:
    assert set_apart("he said ‘no’ and “yes”", "en") == "he said ‘no’ and “yes”"
    assert set_apart("il a dit “non”", "fr") == "il a dit «non»"


@given(st.text(alphabet="abc «»“”„\"'‘’"), st.sampled_from(["fr", "en", "de", "ru", "xx"]))
def test_no_word_is_lost_and_marks_are_pairs(words: str, language: str) -> None:
    said = in_marks(words, language)
    marks = marks_of(language)
    assert said == marks.outer[0] + within_marks(words, language) + marks.outer[1]
    letters = re.compile("[^abc]")
    assert letters.sub("", said) == letters.sub("", words)


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("« non »", "non"),
        ("“no”", "no"),
        ('"no"', "no"),
        ("non", None),
        ("« oui » et « non »", None),
        ("il a dit « non »", None),
        ("«»", None),
    ],
)
def test_marks_around_all_of_it(words: str, bare: str | None) -> None:
    assert without_marks(words) == bare


# Forms


@pytest.mark.parametrize(
    ("fact_id", "form", "fr", "en"),
    [
        (
            "island_life",
            "",
            "«Une île sans bac n’est plus tout à fait habitée»",
            "“An island without a ferry is no longer quite lived in”",
        ),
        (
            "island_life",
            "words",
            "Une île sans bac n’est plus tout à fait habitée",
            "An island without a ferry is no longer quite lived in",
        ),
        (
            "island_life",
            "original",
            "«Une île sans bac n’est plus tout à fait habitée»",
            "«Une île sans bac n’est plus tout à fait habitée»",
        ),
        ("banner", "original", f"«{ARABIC}»", f"«{ARABIC}»"),
        # Who said it; the paper only reports it.
        ("island_life", "by", "selon Ada Brunel", "according to Ada Brunel"),
        ("island_life", "label", "Vivre sur l’île", "Life on the island"),
        ("island_life", "on", "le 15\u00a0mars 2019", "on 15\u00a0March 2019"),
        ("island_life", "weekday", "vendredi", "Friday"),
    ],
)
def test_a_quotation_in_each_form(fact_id: str, form: str, fr: str, en: str) -> None:
    fact = toy().quotations[fact_id]
    for language, expected in (("fr", fr), ("en", en)):
        assert say(fact, form, toy().locales[language], toy().actors) == expected


def test_a_form_of_other_facts() -> None:
    assert misfit(toy().quotations["banner"], "with_unit") == (
        'a quotation has no form "with_unit"; '
        "use one of by, date, day, label, on, original, time, weekday, words"
    )


# In a text


def test_words_are_a_citation_in_the_marks_of_the_page() -> None:
    said = shown("Ada Brunel : {{ island_life }}.")
    assert ">«Une île sans bac n’est plus tout à fait habitée»</a>" in said
    assert 'data-card="card-island_life"' in said
    assert "lang=" not in said


def test_words_keep_their_case_where_a_sentence_begins() -> None:
    quotation = toy().quotations["island_life"]
    small = {code: text(words.lower()) for code, words in quotation.words.items()}
    values = (replace(quotation.values[0], words=small),)
    quotations = {**toy().quotations, "island_life": replace(quotation, values=values)}
    explainer = replace(with_body("{{ island_life.words }}"), quotations=quotations)
    section = explainer.sections["fr"]["money"]
    assert (
        Prose(explainer, "fr", "money")
        .section_body(section)
        .endswith(">une île sans bac n’est plus tout à fait habitée</a>")
    )


def test_the_original_has_its_language_and_its_direction() -> None:
    said = shown("{{ banner.original }} {{ island_life.original }}", "en")
    assert f'><span lang="ar" dir="rtl">«{ARABIC}»</span></a>' in said
    assert '><span lang="fr" dir="ltr">«Une île' in said


def test_a_quotation_by_itself_has_a_caption() -> None:
    said = shown("Devant la mairie :\n\n> {{ banner }}\n\nFin.")
    assert '<blockquote cite="https://example.org/courrier/bac" markdown="block">' in said
    assert '<p markdown="span">L’île est à nous tous</p>' in said
    assert ':../actors/#users">Association des usagers</a>, 15&#160;mars 2019 · ' in said.replace(
        "\u00a0", "&#160;"
    )
    assert ':../statements/#banner">Article du Courrier, original en arabe</a>' in said
    assert "\n\nFin." in said


def test_a_quotation_by_itself_that_is_no_translation_names_its_source_alone() -> None:
    assert ':../statements/#island_life">Article du Courrier</a>' in shown("> {{ island_life }}")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("> {{ banner }}", True),
        (">{{banner}} \n", True),
        ("> {{ banner.words }}", False),
        ("> Ils disent {{ banner }}", False),
        ("> {{ banner }}, dit-on", False),
        ("> {{ banner }} {{ banner }}", False),
        ("{{ banner }}", False),
    ],
)
def test_what_stands_alone(block: str, expected: bool) -> None:
    assert stands_alone(block) is expected


def test_in_a_list_it_stays_a_quotation_in_marks() -> None:
    assert "«L’île est à nous tous»" in shown("- Un\n\n    > {{ banner }}")


def test_the_speaker_is_named() -> None:
    body = "Un.\n\n{{ island_life }}."
    where = "is named neither in this paragraph nor beside it; write {{ island_life.by }} there"
    assert found_in(said_by(attribution, with_body(body))) == [
        f"3:1: {{{{ island_life }}}}: its author (Ada Brunel) {where}"
    ]
    for named in ("Ada Brunel le dit.\n\n{{ island_life }}.", "> {{ island_life }}"):
        assert found_in(said_by(attribution, with_body(named))) == []


# On pages


def test_the_card_has_the_original_one_tap_away() -> None:
    said = page(toy(), "en", "money")
    card = said[said.index('id="card-banner"') :]
    assert "<dt>Original (Arabic)</dt>" in card
    assert f'<span lang="ar" dir="rtl">«{ARABIC}»</span>' in card
    assert "<dt>Translation</dt>\n<dd>a reader of the Courrier" in card
    assert (
        f'<dt>Who said it</dt>\n<dd><a href="{FROM_PAGE}../actors/#users">Users’ Association</a>'
        in card
    )
    assert f'<dt>Reported by</dt>\n<dd><a href="{FROM_PAGE}../actors/#herald">Courrier</a>' in card


def test_the_card_of_an_original_has_no_other() -> None:
    said = page(toy(), "fr", "money")
    card = said[said.index('id="card-island_life"') : said.index('id="card-banner"')]
    assert "Original" not in card
    assert "Traduction" not in card


def test_who_says_what_has_them_and_who_is_who_counts_them() -> None:
    said = page(toy(), "fr", "statements")
    assert '<h2 id="page-quotations">Citations</h2>' in said
    assert '<div class="quotation-entry" id="banner">' in said
    assert said.index('id="island_life"') < said.index('id="banner"')
    assert "1&#160;citation" in page(toy(), "fr", "actors").replace("\u00a0", "&#160;")


def test_without_quotations_no_page_speaks_of_them() -> None:
    none = replace(with_body("Rien.", "fr"), quotations={})
    none = replace(none, gone={}, marks={**none.marks, ("en", "money"): (), ("fr", "money"): ()})
    assert "page-quotations" not in page(none, "fr", "statements")
    assert "quotations.csv" not in page(none, "fr", "sources")
    assert "quotations.csv" not in open_data_files(none, "fr")


def test_the_data_has_the_original() -> None:
    banner = facts_document(LanguageView(toy(), "en"))["quotations"][1]
    assert (banner["words"], banner["original"]) == ("The island belongs to us all", ARABIC)
    assert (banner["language"], banner["speaker"]) == ("ar", "users")
    table = open_data_files(toy(), "en")["quotations.csv"].split("\r\n")
    assert table[0].startswith("\ufeffLabel,Who said it,Quotation,Original words,Original language")
    assert f"The island belongs to us all,{ARABIC},Arabic,a reader of the Courrier," in table[2]


# What is refused

YAML = "content/facts/quotations.yml"
REFUSED = [
    (
        'fr: "Une île sans bac n’est plus tout à fait habitée"',
        f'fr: "{"mot " * 40}mot"',
        "9:12: error: quotation island_life: words: fr: 41 words; quote 40 at most, {leave_out}",
    ),
    (
        'fr: "Une île sans bac n’est plus tout à fait habitée"',
        'fr: "« Une île sans bac »"',
        '9:12: error: quotation island_life: words: fr: {marks}, write "Une île sans bac"',
    ),
    (
        'language: "ar"',
        'language: "fr"',
        "27:22: error: quotation banner: original_words: {same}; remove it",
    ),
    (
        f'    original_words: "{ARABIC}"\n',
        "",
        '23:16: error: quotation banner: "original_words" is missing; {write_it}',
    ),
    (
        f'original_words: "{ARABIC}"',
        f'original_words: "«{ARABIC}»"',
        f'27:22: error: quotation banner: original_words: {{marks}}, write "{ARABIC}"',
    ),
    (
        'en: "The island belongs to us all"',
        'en: "{{ island_life }} belongs to us all"',
        "26:12: error: quotation banner: words: {no_citation}",
    ),
    (
        'speaker: "users"',
        'speaker: "user"',
        '22:15: error: quotation banner: speaker: no actor "user"; did you mean "users"?',
    ),
]
SAID = {
    "leave_out": "and leave out others as […]",
    "marks": "quotation marks around all of it; pages set them",
    "same": "the words in fr are the original already",
    "write_it": 'write the words in ar there, or write "fr" or "en" as the language, '
    "if the source has them in it",
    "no_citation": "plain words only here; write what was said",
}


@pytest.mark.parametrize(("old", "new", "problem"), REFUSED)
def test_what_is_refused(old: str, new: str, problem: str) -> None:
    with toy_copy() as content:
        replace_in(content / "facts/quotations.yml", old, new)
        errors = [found for found in problems_of(content) if ": error: " in found]
        assert [found.rpartition(" [")[0] for found in errors] == [
            f"{YAML}:{problem.format(**SAID)}"
        ]


# Translation: the original is what was said


def english(content: Path) -> None:
    """Have the words of the mayor be said in English."""
    (content / "facts/quotations.yml").write_text(
        (content / "facts/quotations.yml").read_text("utf-8").replace('"fr"', '"en"'), "utf-8"
    )


def test_words_said_in_the_second_language_are_translated_into_the_first() -> None:
    path = "quotations/island_life/words"
    with toy_copy() as content:
        english(content)
        explainer = load(content).explainer
        assert path in explainer.texts_into("fr")
        assert path not in explainer.texts_into("en")
        assert states_of_yaml(explainer, "fr")[path] == "unstamped"
        assert stamp(content, [f"fr/facts:{path}", "en/facts"])[0] == [
            f"fr/facts:{path}",
            "en/facts",
        ]
        assert problems_of(content) == []
        replace_in(content / "facts/quotations.yml", "no longer quite", "hardly")
        (found,) = [
            f for status in translation_status(load(content).explainer) for f in status.findings
        ]
        assert (found.target.language, found.target.part, found.kind) == ("fr", path, "changed")


def test_words_in_a_language_of_no_page_are_translated_from_the_first() -> None:
    assert toy().original_of_text("quotations/banner/words") == "fr"
    assert toy().texts_into("fr") == {}
