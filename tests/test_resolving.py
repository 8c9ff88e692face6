"""Whether what is named exists, and what is said of what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.model.explainer import Explainer
from reperes.model.resolving import Namespaces, _check_circles, resolve_section
from reperes.text.problems import Text
from support import text, toy

IDS = {"actor": {"un", "town"}, "event": {"talks"}, "fact": {"talks"}, "place": {"town", "port"}}
NAMESPACES = Namespaces(IDS)


@pytest.mark.parametrize(
    ("namespaces", "wanted", "message"),
    [
        (("actor",), "un", None),
        (("fact", "actor"), "un", None),
        (("actor",), "twon", 'no actor "twon"; did you mean "town"?'),
        (("actor",), "talks", 'no actor "talks"; it is an event'),
        (("event",), "un", 'no event "un"; it is an actor'),
        (("event",), "port", 'no event "port"; it is a place'),
        (("fact", "actor"), "zzz", 'no fact or actor "zzz"; known: talks, town, un'),
        (("actor",), "a\nb", 'no actor "a\\nb"; known: town, un'),
    ],
)
def test_what_is_missing(namespaces: tuple[str, ...], wanted: str, message: str | None) -> None:
    assert NAMESPACES.report_missing(namespaces, wanted) == message


def test_nothing_is_missing_where_a_file_could_not_be_read() -> None:
    namespaces = Namespaces(IDS, frozenset({"fact"}))
    assert namespaces.report_missing(("fact", "actor"), "zzz") is None
    assert namespaces.report_missing(("actor",), "zzz") is not None


@pytest.mark.parametrize(
    ("namespaces", "message"),
    [
        (
            ("figure",),
            'no figure "talk"; edition 2 had it: bring it back, or cite what stands for it',
        ),
        (("fact",), 'no fact "talk"; edition 2 had it: bring it back, or cite what stands for it'),
        (("actor",), 'no actor "talk"; known: town, un'),
        # A correction stays: it is told of what is gone as of anything else.
        (("fact", "actor", "gone"), None),
    ],
)
def test_what_an_edition_had_is_no_slip(namespaces: tuple[str, ...], message: str | None) -> None:
    ids = {**IDS, "fact": {"talks"}, "figure": set[str](), "gone": set[str]()}
    found = Namespaces(ids, released={("figure", "talk"): 2}).report_missing(namespaces, "talk")
    assert found == message


def circles(parents: dict[str, str | None]) -> list[str]:
    typed: dict[str, Text | None] = {k: text(v) if v else None for k, v in parents.items()}
    return [problem.message for problem in _check_circles(typed, "place", "within")]


@pytest.mark.parametrize(
    ("parents", "messages"),
    [
        ({"a": "b", "b": "c", "c": None}, []),
        ({"a": "gone"}, []),
        ({"a": "a"}, ["place a: within goes round: a → a; remove one of them"]),
        (
            {"d": "c", "c": "b", "b": "c"},
            ["place b: within goes round: b → c → b; remove one of them"],
        ),
    ],
)
def test_circles_are_reported_once(parents: dict[str, str | None], messages: list[str]) -> None:
    assert circles(parents) == messages


def test_long_chains_take_linear_time() -> None:
    assert circles({str(n): str(n + 1) for n in range(20_000)}) == []


def link_problems(body: str) -> list[str]:
    ids = {
        "actor": set(toy().actors),
        "place": set(toy().places),
        "term": set(toy().terms),
        "fact": set(toy().facts),
    }
    section = replace(toy().sections["fr"]["money"], body=text(body))
    return [p.message for p in resolve_section(section, toy(), Namespaces(ids))]


@pytest.mark.parametrize(
    "body",
    [
        "[Association des usagers](actor:users)",
        "[association](actor:users)",
        "[Mairie](actor:town)",
        "[*mairie*](actor:town) et __[mairie](actor:town)__",
        "[Mairie de\nPort-Clair](actor:town)",
        "[île de Sel](place:salt_island)",
        "[n’importe quoi](term:ferry)",
        "[n’importe quoi](fact:passengers)",
    ],
)
def test_links_to_actors_and_places_use_recorded_names(body: str) -> None:
    assert link_problems(body) == []


def test_other_names_are_refused_with_the_recorded_ones() -> None:
    names = '"Association des usagers", "association"'
    message = f'"Les usagers" is not a recorded name of actor users; write {names}'
    fix = "or add it to its accepted names in fr"
    assert link_problems("[Les usagers](actor:users)") == [f"{message}, {fix}"]


def test_names_keep_their_capitals() -> None:
    assert len(link_problems("[ada brunel](actor:mayor)")) == 1


def test_a_small_letter_is_accepted_where_the_words_of_attribution_have_it() -> None:
    (message,) = link_problems("L’[association des usagers](actor:users)")
    names = '"Association des usagers", "association"'
    wrong = f'"association des usagers" is not a recorded name of actor users; write {names}'
    fix = "or, if it is a common noun, write it so in according_to in fr"
    assert message == f"{wrong}, {fix}"


def town_named(according_to: str) -> Explainer:
    town = toy().actors["town"]
    name = replace(town.names["fr"], full=text("Chambre des comptes"), short=None)
    names = {**town.names, "fr": replace(name, according_to=text(according_to))}
    return replace(toy(), actors={**toy().actors, "town": replace(town, names=names)})


@pytest.mark.parametrize(
    ("according_to", "shown", "is_right"),
    [
        ("selon la chambre des comptes", "chambre des comptes", True),
        ("selon la chambre des comptes", "Chambre des comptes", True),
        ("selon la chambre des comptes", "chambre des Comptes", False),
        ("selon la Chambre des comptes", "chambre des comptes", False),
        ("selon l’antichambre des comptes", "chambre des comptes", False),
        ("d’après ses rapports", "chambre des comptes", False),
    ],
)
def test_a_name_may_begin_as_the_words_of_attribution_write_it(
    according_to: str, shown: str, is_right: bool
) -> None:
    body = text(f"La [{shown}](actor:town)")
    explainer = town_named(according_to)
    section = replace(toy().sections["fr"]["money"], body=body)
    found = list(resolve_section(section, explainer, Namespaces({"actor": {"town"}})))
    assert (found == []) == is_right
