"""What is proposed of a text, what facts say already, and what is remembered of readings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reperes.drafts.evidence import evidence_of, span_of
from reperes.drafts.finding import Finding, findings, known_names
from reperes.drafts.proposals import MOST_DRAFTS, Proposed, propose
from reperes.model.drafts import Drafts
from reperes.model.explainer import Explainer
from reperes.model.short_forms import plain
from support import text
from support_commands import SOURCE_PARAGRAPHS, change, explainer_of
from support_drafts import PARAGRAPHS, with_second_source


@pytest.fixture
def explainer(tmp_path: Path) -> Explainer:
    return explainer_of(with_second_source(tmp_path))


def read(
    explainer: Explainer,
    paragraphs: Sequence[str] = PARAGRAPHS,
    before: Drafts | None = None,
    source_id: str = "gazette_2",
    only: Sequence[int] | None = None,
) -> Proposed:
    source = explainer.sources[source_id]
    names = known_names(explainer, "fr")

    def find(text: str) -> list[Finding]:
        return findings(text, "fr", names, source.published)

    before = before or Drafts(source_id, "drafts.yml")
    return propose(explainer, source, paragraphs, before, find, {}, only)


def entries(proposed: Proposed) -> dict[str, object]:
    return {str(p.id): plain(p.entry) for p in proposed.drafts.proposals}


def test_what_is_proposed(explainer: Explainer) -> None:
    assert entries(read(explainer)) == {
        "person": {
            "id": "person",
            "value": ">1200 person",
            "as_of": "2021-03-18",
            "place": "villeneuve",
            "attributed_to": "town",
            "source": "gazette_2 1: plus de 1 200 personnes",
        },
        "camions": {
            "id": "camions",
            "label": {"fr": "Camions"},
            "value": "~30",
            "as_of": "2021-03-18",
            "source": "gazette_2 2: Une trentaine de camions",
            "noun": "camions",
        },
        "on_2021_03_15": {
            "id": "on_2021_03_15",
            "date": "2021-03-15",
            "source": "gazette_2 2: 15 mars 2021",
        },
        "nous_tiendrons_jusqu": {
            "id": "nous_tiendrons_jusqu",
            "speaker": "gazette",
            "language": "fr",
            "words": {"fr": "Nous tiendrons jusqu’au bout, coûte que coûte"},
            "date": "2021-03-18",
            "source": "gazette_2 3: Nous tiendrons jusqu’au bout, coûte",
        },
    }


def test_evidence_stands_in_its_paragraph(explainer: Explainer) -> None:
    for proposal in read(explainer).drafts.proposals:
        assert span_of(proposal.evidence, PARAGRAPHS[proposal.paragraph - 1])
        assert len(proposal.evidence.replace("1 200", "1200").split()) <= 5


def test_ids_are_free(explainer: Explainer) -> None:
    texts = ["Douze camions partent.", "Vingt camions arrivent."]
    assert [*entries(read(explainer, texts))] == ["camions", "camions_2"]


def test_a_measure_is_named_by_what_is_measured(explainer: Explainer) -> None:
    assert [*entries(read(explainer, ["On y verse 30 tonnes de béton."]))] == ["tonne_beton"]


@pytest.mark.parametrize(
    ("sentence", "author"),
    [
        ("La mairie affirme que 400 riverains sont venus.", "town"),
        ("400 riverains sont venus, a annoncé la mairie.", "town"),
        ("La mairie attend 400 riverains.", None),
        ("Selon la mairie, 12 camions attendent.", "town"),
        ("Douze camions attendent, d’après la mairie.", "town"),
        ("La mairie se tait. Douze camions attendent.", None),
        ("Douze camions attendent la mairie.", None),
    ],
)
def test_authors(explainer: Explainer, sentence: str, author: str | None) -> None:
    (entry,) = entries(read(explainer, [sentence])).values()
    assert isinstance(entry, dict)
    assert entry.get("attributed_to") == author


def test_a_day_says_what_it_was_worked_out_from(explainer: Explainer) -> None:
    assert entries(read(explainer, ["Un bac a été loué mardi."])) == {
        "on_2021_03_16": {
            "id": "on_2021_03_16",
            "date": "2021-03-16",
            "derived": {"anchor": "mardi"},
            "source": "gazette_2 1: mardi",
        }
    }


@pytest.mark.parametrize("typed", ["1\u00ad200 camions", "30\u200b camions", "« deux\u202ebacs »"])
def test_what_nobody_sees_comes_into_no_draft(explainer: Explainer, typed: str) -> None:
    proposed = read(explainer, [f"On a vu {typed}, puis rien."])
    assert not proposed.drafts.proposals
    assert [*proposed.left_out] == [
        "beside characters that nobody sees, such as soft hyphens; remove those and run again"
    ]


def test_what_facts_say_is_not_proposed(explainer: Explainer) -> None:
    proposed = read(explainer, SOURCE_PARAGRAPHS, source_id="gazette_1")
    assert not proposed.drafts.proposals
    found = [(known.paragraph, str(known.fact.id), known.typed) for known in proposed.known]
    assert found == [(1, "closure", "2021-03-10"), (3, "protesters", "200..300")]
    assert not any(known.is_contradicted for known in proposed.known)


def test_the_same_value_elsewhere(explainer: Explainer) -> None:
    proposed = read(explainer, ["Entre 200 et 300 personnes étaient là."])
    assert [str(known.fact.id) for known in proposed.known] == ["protesters"]


def test_what_contradicts_a_fact(tmp_path: Path) -> None:
    content = with_second_source(tmp_path)
    change(content, "facts/figures.yml", 'high: "300"', 'high: "400"')
    proposed = read(explainer_of(content), SOURCE_PARAGRAPHS, source_id="gazette_1")
    found = [known for known in proposed.known if known.is_contradicted]
    assert [(str(known.fact.id), known.typed) for known in found] == [("protesters", "200..300")]
    assert not proposed.drafts.proposals


def test_who_says_about_so_many_contradicts_nobody(tmp_path: Path) -> None:
    content = with_second_source(tmp_path)
    change(content, "facts/events.yml", 'date: "2021-03-10"', 'date: "2021-03-10~"')
    proposed = read(explainer_of(content), SOURCE_PARAGRAPHS, source_id="gazette_1")
    assert not any(known.is_contradicted for known in proposed.known)


def test_since_a_day_is_known_with_that_day(explainer: Explainer) -> None:
    proposed = read(explainer, ["Le pont est fermé depuis le 10 mars 2021."])
    assert [(k.typed, str(k.fact.id)) for k in proposed.known] == [("2021-03-10/..", "closure")]


def test_nothing_is_proposed_twice(explainer: Explainer) -> None:
    first = read(explainer)
    again = read(explainer, before=first.drafts)
    assert again.new == ()
    assert again.drafts == first.drafts


def test_decisions_are_remembered(explainer: Explainer) -> None:
    first = read(explainer).drafts
    decided = Drafts(
        "gazette_2",
        "drafts.yml",
        first.paragraphs,
        (),
        {"person": text("1: plus de 1 200 personnes")},
        {"lorries": text("2: trentaine de camions")},
    )
    assert read(explainer, before=decided).new == ("on_2021_03_15", "nous_tiendrons_jusqu")


def test_a_paragraph_that_moved_takes_its_drafts_along(explainer: Explainer) -> None:
    first = read(explainer).drafts
    again = read(explainer, ["Un titre", *PARAGRAPHS], first)
    assert (again.new, again.changed, again.lost) == ((), (), ())
    pins = [str(p.entry.get("source")).partition(":")[0] for p in again.drafts.proposals]
    assert pins == ["gazette_2 2", "gazette_2 3", "gazette_2 3", "gazette_2 4"]


def test_a_paragraph_that_changed_loses_no_draft(explainer: Explainer) -> None:
    first = read(explainer).drafts
    texts = (PARAGRAPHS[0].replace("1 200", "1 300"), *PARAGRAPHS[1:])
    again = read(explainer, texts, first)
    assert again.changed == (1,)
    assert [str(proposal.id) for proposal in again.lost] == ["person"]
    assert again.new == ("person_2",)
    assert len(again.drafts.proposals) == 5


def test_only_some_paragraphs(explainer: Explainer) -> None:
    assert read(explainer, only=[2]).new == ("camions", "on_2021_03_15")


def test_there_is_an_end_to_drafts(explainer: Explainer) -> None:
    texts = [f"Il y a {number} camions." for number in range(20, MOST_DRAFTS + 120)]
    proposed = read(explainer, texts)
    assert len(proposed.new) == MOST_DRAFTS
    assert proposed.next_paragraph == MOST_DRAFTS + 1


def test_long_quotations_are_left_out(explainer: Explainer) -> None:
    proposed = read(explainer, [f"« {'mot ' * 41} », dit-il."])
    assert proposed.left_out == {"quotations of more than 40 words": 1}


def test_a_number_in_a_quotation_is_a_figure_too(explainer: Explainer) -> None:
    text = "La direction compte « entre 600 et 700 grévistes »."
    assert read(explainer, [text]).new == ("gazette_2_paragraph_1", "grevistes")


def test_a_quotation_without_a_telling_word_is_named_by_its_place(explainer: Explainer) -> None:
    texts = ["Il a répondu « on ne l’a pas ».", "La Gazette a dit : « on ne l’a pas »."]
    assert read(explainer, texts).new == ("gazette_2_paragraph_1", "gazette_paragraph_2")


EVIDENCE = [
    ("Il y a [plus de 1 200] personnes.", "personnes", "plus de 1 200 personnes"),
    ("On a vu [17] ships, six more.", "ships", "17 ships"),
    ("[entre 270.000 et 330.000 personnes], dit-on", "", "entre 270.000 et 330.000 personnes"),
    ("[un peu plus de la moitié des 120] maisons", "", "de la moitié des 120"),
    ("le [4 juillet 2018].", "", "4 juillet 2018"),
    ("[Mardi] il pleut, et mardi aussi. Mardi.", "", "Mardi il"),
    ("« [Tenons jusqu’au bout, coûte que coûte] »", "", "Tenons jusqu’au bout, coûte que"),
]


@pytest.mark.parametrize(("text", "noun", "expected"), EVIDENCE)
def test_evidence(text: str, noun: str, expected: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert evidence_of(start, end, text.replace("[", "").replace("]", ""), noun) == expected
