from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reperes.exchange.formats import export
from reperes.exchange.units import batch, chosen_language, memory, target_mark
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.text.problems import ContentError
from reperes.translation.stamping import stamp
from support import REAL, TOY, text, toy
from support_commands import change, messages, write_content
from support_exchange import batch_of, units_of, with_ids


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


def test_a_language_gets_what_was_written_in_another(content: Path) -> None:
    english, french = units_of(content, "en"), units_of(content, "fr")
    assert [context for context in english if context.startswith("sections/")] == [
        "sections/closing/title",
        "sections/closing/summary",
        "sections/closing/1",
        "sections/closing/2",
        "sections/closing/3",
    ]
    assert list(french) == [
        "sections/crossing/title",
        "sections/crossing/summary",
        "sections/crossing/1",
        "sections/crossing/2",
    ]
    assert "figures/protesters/label" in english


def test_the_id_of_a_block_is_a_digest_of_its_original_or_the_id_of_a_heading(
    content: Path,
) -> None:
    contexts = [unit.context for unit in batch_of(content).units]
    assert contexts[2:5] == [
        "sections/closing/422a9a98",
        "sections/closing/#anger",
        "sections/closing/e4990aaf",
    ]


def test_the_id_of_a_block_stays(content: Path) -> None:
    """Through an insertion, a move, and another wording."""
    before = batch_of(content).units
    name = "sections/fr/closing.md"
    change(content, name, "riverains ont manifesté", "riverains ont défilé")
    change(content, name, "## La colère", "Rien.\n\n## La colère")
    after = [unit.context for unit in batch_of(content).units]
    assert [unit.context for unit in before if unit.context not in after] == []
    assert len(after) == len(before) + 1
    inserted = next(unit for unit in batch_of(content).units if unit.source == "Rien.")
    assert inserted.state == "missing"


def test_every_unit_of_sound_content_is_translated(content: Path) -> None:
    for language in ("fr", "en"):
        assert {unit.state for unit in units_of(content, language).values()} == {"translated"}


def test_a_unit_says_where_it_is_from_and_what_readers_see(content: Path) -> None:
    unit = units_of(content)["sections/closing/3"]
    assert unit.source == "Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté."
    assert unit.target.startswith("According to [the town council](actor:town)")
    assert unit.place == ("sections/fr/closing.md", 11)
    assert unit.notes == (
        "https://example.org/bridge/en/closing/",
        "{{ protesters }}: 200 to 300",
        f"Translation exported: {target_mark(unit.target)}",
    )


def test_a_text_of_yaml_says_on_which_page_it_stands(content: Path) -> None:
    pages = {
        context: unit.notes[0].removeprefix("https://example.org/bridge/en/")
        for context, unit in units_of(content).items()
    }
    assert pages["site/title"] == ""
    assert pages["figures/protesters/label"] == "figures/#protesters"
    assert pages["events/closure/summary"] == "timeline/#closure"
    assert pages["claims/wants_footbridge/text"] == "statements/#wants_footbridge"
    assert pages["terms/footbridge/texts/term"] == "glossary/#footbridge"
    assert pages["corrections/fix_date/before"] == "corrections/"


def test_what_changed_is_stale_with_what_it_said(content: Path) -> None:
    change(content, "sections/fr/closing.md", "riverains ont manifesté", "riverains ont défilé")
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    stale = {unit.context: unit.previous for unit in batch_of(content, pending=True).units}
    assert stale == {
        with_ids(content, "sections/closing/3"): (
            "Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté."
        ),
        "figures/protesters/label": "Manifestants",
    }


def test_a_new_value_makes_nothing_stale(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "250"')
    assert batch_of(content, pending=True).units == ()
    assert units_of(content)["sections/closing/3"].notes[1] == "{{ protesters }}: 250 to 300"


def test_a_section_without_translation_is_missing(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    units = batch_of(content, pending=True).units
    assert {(unit.state, unit.target) for unit in units} == {("missing", "")}
    assert len(units) == 5


def test_a_paragraph_that_the_translation_alone_has_is_left_out_and_named(content: Path) -> None:
    change(content, "sections/en/closing.md", "{{ closure.on }}.\n\n##", "now.\n\nThen.\n\n##")
    made, problems = batch(load(content), "en")
    assert [(problem.place.line, problem.message, problem.is_error) for problem in problems] == [
        (10, 'only the translation says this ("Then."); left out', False)
    ]
    assert not any("Then." in unit.target for unit in made.units)


def test_the_language_may_be_left_to_a_site_of_two() -> None:
    assert export(TOY, "po") == export(TOY, "po", "en")
    with pytest.raises(ContentError) as raised:
        export(TOY, "po", "de")
    assert messages(raised.value) == ['no language "de"; known: en, fr']


def test_the_language_must_be_named_where_there_are_others() -> None:
    def of(*codes: str) -> Explainer:
        first = toy().site.languages[0]
        languages = tuple(replace(first, code=text(code)) for code in codes)
        return replace(toy(), site=replace(toy().site, languages=languages))

    assert chosen_language(of("fr", "en", "ar"), "ar") == "ar"
    with pytest.raises(ContentError) as raised:
        chosen_language(of("fr", "en", "ar"), None)
    assert messages(raised.value) == [
        "several languages to choose from; name one with --language (fr, en, ar)"
    ]
    with pytest.raises(ContentError) as raised:
        chosen_language(of("fr"), None)
    assert messages(raised.value) == ["the site has one language, and nothing to translate"]


def test_an_error_in_one_file_leaves_the_others_to_be_exported(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    change(content, "sections/en/closing.md", "summary:", "sumary:")
    data, problems = export(content, "csv", "en")
    assert sorted(Path(problem.place.path).name for problem in problems) == [
        "closing.md",
        "closing.md",
        "figures.yml",
    ]
    contexts = [line.partition(";")[0].strip('"') for line in data.decode().splitlines()]
    # What is there, and cannot be read, is not missing.
    assert not any(context.startswith("sections/closing") for context in contexts)
    assert "figures/protesters/label" not in contexts
    assert "terms/footbridge/texts/term" in contexts
    assert export(content, "csv", "fr")[0].count(b'"sections/crossing/') == 4


def test_what_cannot_be_said_of_an_author_with_an_error_is_no_note(content: Path) -> None:
    change(content, "actors.yml", 'kind: "government"', 'kind: "?"')
    change(content, "sections/fr/closing.md", "Le pont de", "{{ protesters.by }}. Le pont de")
    data, problems = export(content, "csv", "en")
    assert [Path(problem.place.path).name for problem in problems] == ["actors.yml"]
    assert b"{{ protesters.by }}" in data


def test_a_broken_record_hides_its_texts_alone(content: Path) -> None:
    (content / "translations/en/facts.po").write_text("<<<<<<< ours\n", "utf-8")
    contexts = units_of(content)
    assert "sections/closing/1" in contexts
    assert "site/title" not in contexts


def test_a_glossary_that_cannot_be_read_is_not_exported(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    assert b"passerelle" in export(content, "tbx")[0]
    change(content, "glossary.yml", 'term: "passerelle"', 'trem: "passerelle"')
    with pytest.raises(ContentError) as raised:
        export(content, "tbx")
    assert {Path(problem.place.path).name for problem in raised.value.problems} == {"glossary.yml"}


def test_the_memory_holds_each_stamped_pair_once(content: Path) -> None:
    pairs = list(memory(load(content), "en"))
    assert (
        "sections/closing/#anger",
        "fr",
        "## La colère {#anger}",
        "## Anger {#anger}",
    ) in pairs
    texts = [(source, target) for _, _, source, target in pairs]
    assert len(set(texts)) == len(texts)


def test_the_memory_of_the_original_language_names_the_other_as_source(content: Path) -> None:
    assert {original for _, original, *_ in memory(load(content), "fr")} == {"en"}


@pytest.mark.parametrize("content", [TOY, REAL])
def test_ids_are_unique(content: Path) -> None:
    contexts = [unit.context for unit in batch_of(content).units]
    assert len(contexts) == len(set(contexts)) > 90
