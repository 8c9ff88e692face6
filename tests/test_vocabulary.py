"""The words of an explainer's own: what they change, and where the program knows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reperes.cli.main import main
from reperes.model.loading import load
from reperes.model.schema import WORD_LISTS, json_schemas
from reperes.model.vocabulary import NO_WORDS, labels_of, list_of_label, own_words
from reperes.model.words import ActorKind, Vocabulary
from reperes.pages.actors import actors_page
from reperes.pages.statements import statements_page
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.tools.explaining import explain
from reperes.tools.renaming import rename
from reperes.translation.staleness import stale_yaml_texts
from support import TOY, problems_of, replace_in, text, toy, toy_copy


def test_the_toy_explainer_has_a_word_of_each_list() -> None:
    assert [kind.noun for kind in WORD_LISTS if not toy().vocabulary.of(kind.noun)] == []


def test_words_are_labels_of_the_interface() -> None:
    labels = labels_of(toy().vocabulary, "en")
    assert labels == {
        "kind.actor.ferry_line": "shipping company",
        "kind.place.estuary": "river mouth",
        "kind.event.crossing": "crossing",
        "kind.source.register": "register",
        "source.in.register": "in a register published {on}",
        "act.warns": "warns",
        "act.shares": "wants to share",
    }
    for key, label in labels.items():
        assert toy().locales["en"].wording.labels[key] == label


@pytest.mark.parametrize(
    ("noun", "word", "like"),
    [
        ("act", "shares", "offers"),
        ("act", "warns", "warns"),
        ("act", "refuses", "refuses"),
        ("event_kind", "crossing", "crossing"),
        ("source_type", "register", "dataset"),
    ],
)
def test_a_word_is_treated_as_the_one_that_it_is_like(noun: str, word: str, like: str) -> None:
    assert toy().vocabulary.treated_as(noun, word) == like


def test_a_source_is_treated_as_its_type_is() -> None:
    assert toy().sources["halls"].general_type == "dataset"


def test_an_act_has_the_colour_of_the_one_that_it_is_like() -> None:
    page = statements_page(toy(), "en").whole
    assert '<span class="chip chip--offers">wants to share</span>' in page


def test_a_kind_that_is_like_a_person_goes_without_saying() -> None:
    assert "media" not in _kinds_shown(_with_media_like("person"))
    assert "media" not in _kinds_shown(_with_media_like("other"))
    assert "crew" in _kinds_shown(_with_media_like("anonymous_source"))


def _with_media_like(general: str) -> Vocabulary:
    own = ActorKind(
        id=text("media"), label={"fr": text("crew"), "en": text("crew")}, like=text(general)
    )
    return replace(NO_WORDS, actor_kinds=(own,))


def _kinds_shown(vocabulary: Vocabulary) -> str:
    labels = labels_of(vocabulary, "en")
    explainer = replace(toy(), vocabulary=vocabulary)
    wording = toy().locales["en"].wording
    said = replace(wording, labels={**wording.labels, **labels})
    locale = type(toy().locales["en"])("en", "en_GB", said)
    explainer = replace(explainer, locales={**toy().locales, "en": locale})
    herald = actors_page(explainer, "en").whole.split('id="herald"')[1].split("</li>")[0]
    return herald.split("actor__kind")[-1] if "actor__kind" in herald else ""


def test_the_label_of_a_word_of_the_program_may_still_change_in_interface() -> None:
    with toy_copy() as content:
        replace_in(
            content / "interface/en.yml", "page.choose:", 'act.refuses: "declines"\npage.choose:'
        )
        assert problems_of(content) == []
        assert load(content).explainer.locales["en"].label("act.refuses") == "declines"


def test_a_word_that_was_refused_still_has_a_name() -> None:
    with toy_copy() as content:
        replace_in(content / "vocabulary.yml", '      en: "crossing"', '      en: " "')
        loaded = load(content)
        assert loaded.explainer.locales["fr"].label("kind.event.crossing") == "crossing"
        assert "last_crossing" in loaded.explainer.events


def test_schemas_know_the_words_of_the_explainer() -> None:
    schemas = json_schemas(("fr", "en"), own_words(toy().vocabulary))
    assert "shares" in schemas["facts/claims.yml"]["$defs"]["acts"]["enum"]
    assert "shares" not in json_schemas(("fr", "en"))["facts/claims.yml"]["$defs"]["acts"]["enum"]


def test_the_command_writes_them_into_the_schemas(tmp_path: Path) -> None:
    options = ["schemas", "--content", str(TOY), "--output", str(tmp_path)]
    main(options, standalone_mode=False)
    assert '"ferry_line"' in (tmp_path / "actors.json").read_text("utf-8")


def test_facts_json_names_them() -> None:
    document = facts_document(LanguageView(toy(), "fr"))
    assert document["vocabulary"]["acts"] == [
        {"id": "warns", "label": "met en garde", "like": None},
        {"id": "shares", "label": "veut partager", "like": "offers"},
    ]


def test_a_word_is_explained_with_who_uses_it() -> None:
    lines = ["  " * depth + line for depth, line in explain(toy(), "act:shares")]
    assert lines[0].startswith("act shares  (")
    assert "    label        wants to share" in lines
    assert lines[-2:] == ["  rests on it", "    claim town_offers"]


@pytest.mark.parametrize(
    "old", ["act:shares", "act:warns", "actor_kind:ferry_line", "source_type:register"]
)
def test_a_word_is_renamed_with_those_who_use_it(old: str) -> None:
    noun, _, word = old.partition(":")
    with toy_copy() as content:
        rename(content, old, "renamed")
        assert problems_of(content) == []
        explainer = load(content).explainer
        assert "renamed" in explainer.vocabulary.of(noun)
        assert word not in explainer.vocabulary.of(noun)
        assert stale_yaml_texts(explainer) == frozenset()


def test_what_a_label_of_the_interface_is_for() -> None:
    assert list_of_label("kind.actor.raid") == ("actor_kinds", "raid")
    assert list_of_label("source.in.leaflet") == ("source_types", "leaflet")
    assert list_of_label("kind.correction.update") is None
    assert list_of_label("page.title") is None
