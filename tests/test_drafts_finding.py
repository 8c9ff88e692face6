"""What a text says, in order: numbers, dates, names and quotations together."""

from __future__ import annotations

import pytest

from reperes.drafts.finding import KnownNames, UnknownLanguageError, findings, known_names
from reperes.drafts.tokens import Tokens
from reperes.text.dates import parse_date
from support import toy

NAMES = KnownNames(
    "fr",
    (
        ("Jeux olympiques de Paris 2024", "games"),
        ("Le Monde", "le_monde"),
        ("ONU", "un"),
        ("mairie", "town"),
        ("Damas", "damascus"),
    ),
)


def found(text: str, language: str = "fr", known: KnownNames = NAMES) -> list[tuple[str, str]]:
    published = parse_date("2018-07-04")
    return [(each.kind, each.value) for each in findings(text, language, known, published)]


def test_all_kinds_come_in_order() -> None:
    text = "Hier, l’ONU a compté plus de 300 morts à Damas : « rien ne va plus », dit-elle."
    assert found(text) == [
        ("date", "2018-07-03"),
        ("name", "un"),
        ("number", ">300"),
        ("name", "damascus"),
        ("quotation", "rien ne va plus"),
    ]


def test_the_longest_meaning_wins() -> None:
    assert found("les Jeux olympiques de Paris 2024") == [("name", "games")]
    assert found("en 2024") == [("date", "2024")]


def test_a_quotation_is_found_with_what_is_in_it() -> None:
    assert found("« Il y a 300 morts à Damas »") == [
        ("quotation", "Il y a 300 morts à Damas"),
        ("number", "300"),
        ("name", "damascus"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« deux mots »", []),
        ("“three words here”", ["three words here"]),
        ('"three words here"', ["three words here"]),
        ("« de “mots” cités ici »", ["de “mots” cités ici"]),
        ("« commencé\n\net jamais fini »", []),
        ("« sur deux\nlignes ici »", ["sur deux lignes ici"]),
        ('a 5" and a 7" pipe', []),
    ],
)
def test_quotations_of_three_words(text: str, expected: list[str]) -> None:
    quoted = findings(text, "fr", KnownNames("fr"), None)
    assert [each.value for each in quoted if each.kind == "quotation"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dans Le Monde daté d’hier", ["le_monde"]),
        ("dans le Monde", ["le_monde"]),
        ("dans le monde", []),
        ("l’onu", []),
        ("la Mairie et les mairies", ["town", "town"]),
        ("Damascène", []),
    ],
)
def test_names_are_whole_words_with_their_capitals(text: str, expected: list[str]) -> None:
    assert [value for kind, value in found(text) if kind == "name"] == expected


def test_places_are_those_of_the_text() -> None:
    text = "Premier.\n\n\nIl y a 12 morts.\n \nEnfin, 13 blessés à Damas."
    for each in findings(text, "fr", NAMES, None):
        assert text[each.start : each.end] == each.words


@pytest.mark.parametrize("text", ["9" * 5_000, f"{'9' * 5_000}e siècle", f"0-{'9' * 5_000}"])
def test_codes_of_any_length_say_nothing(text: str) -> None:
    found = findings(text, "fr", NAMES, None)
    assert [each.value for each in found if each.value != "0"] == []


def test_addresses_say_nothing() -> None:
    assert found("https://example.org/2018/07/04 et 24heures@example.org") == []


def test_a_third_language_is_refused() -> None:
    with pytest.raises(UnknownLanguageError) as refused:
        findings("350.000 Tote", "de", KnownNames("de"), None)
    assert str(refused.value) == 'texts in "de" cannot be read by rule; only in "fr" or "en"'
    assert refused.value.language == "de"


def test_an_explainer_tells_its_names() -> None:
    explainer = toy()
    known = known_names(explainer, "en")
    names = {value for _, value in known.names}
    assert names >= {
        *map(str, explainer.actors),
        *map(str, explainer.places),
        *map(str, explainer.terms),
    }
    assert known_names(explainer, "de").names == ()


def test_a_paragraph_without_end_is_read_in_parts() -> None:
    text = "Il y a 350 morts. " * 10_000
    numbers = findings(text, "fr", KnownNames("fr"), None)
    assert len(numbers) == 10_000
    assert {text[each.start : each.end] for each in numbers} == {"350"}
    assert findings("a" * 200_000 + " 350", "fr", KnownNames("fr"), None)[0].start == 200_001


class _Counted(Tokens):
    """Tokens that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, at: int):  # type: ignore[no-untyped-def]
        _Counted.looks += 1
        return super().__getitem__(at)


_PARAGRAPHS = {
    "sentences": "Plus de 350.000 morts depuis le 19 juin, dont une trentaine d’enfants. ",
    "numbers in words": "deux cent trente mille quatre cent vingt et un ",
    "numbers": "12 13 14 ",
    "bounds": "plus de près de environ ",
    "opening marks": "« “ ",
    "ranges": "entre 5 et de 6 à ",
    "dates": "le 3, le 4 et 5, ",
    "one": "un une la les ",
    "one word": "abcdefghi",
    "one number": "1 234",
}


@pytest.mark.parametrize("name", _PARAGRAPHS)
def test_work_grows_as_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reperes.drafts.finding.Tokens", _Counted)
    looks = []
    for times in (50, 400):
        _Counted.looks = 0
        findings(_PARAGRAPHS[name] * times, "fr", NAMES, None)
        looks.append(_Counted.looks)
    assert looks[1] <= 9 * looks[0]
