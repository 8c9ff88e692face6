"""After a release whatever readers were told otherwise is asked for, and nothing else."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reperes.model.loading import load
from reperes.model.short_forms import SIGN_OF
from reperes.rules import editions
from reperes.text.problems import Problem
from reperes.tools.releasing import release

TOY = Path(__file__).parent.parent / "toy_explainer"
SEEDS = range(10)
EDITS = 20
"""How many edits each of the seeds makes: of 200 edits, none may go unseen or be seen in vain."""

Fact = dict[str, Any]
Edit = Callable[[Fact, random.Random], bool]
"""Changes a fact, if it has what would be changed; whether it has."""

FILES = ("figures", "events", "claims", "quotations")


def _values(fact: Fact) -> Fact:
    """Where the value stands that prose says: with the fact, or first among several."""
    values = fact.get("values")
    if not values:
        return fact
    best: Fact = next((value for value in values if value.get("rank") == "preferred"), values[-1])
    return best


def number(fact: Fact, chance: random.Random) -> bool:
    if "values" in fact:
        return False
    for key in ("value", "low"):
        if key in fact:
            fact[key] = str(int(float(fact[key])) + chance.randint(1, 9))
            if "high" in fact:
                fact["high"] = str(int(fact["high"]) + 10)
            return True
    return False


def bound(fact: Fact, chance: random.Random) -> bool:
    if "value" not in fact or fact.get("bound") == "range":
        return False
    others = {*SIGN_OF} - {fact.get("bound", "exact")}
    fact["bound"] = chance.choice(sorted(others))
    return True


def day(fact: Fact, chance: random.Random) -> bool:
    if "values" in fact:
        return False
    key = next((key for key in ("as_of", "date") if key in fact), None)
    if key is None:
        return False
    fact[key] = f"2016-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return True


def author(fact: Fact, _: random.Random) -> bool:
    value = _values(fact)
    value["attributed_to"] = ["herald", "town", "company"]
    return True


def words(key: str, language: str) -> Edit:
    def edit(fact: Fact, _: random.Random) -> bool:
        value = fact if key in fact else _values(fact)
        if key not in value:
            return False
        value[key][language] = f"Autre {value[key][language]}"
        return True

    edit.__name__ = f"{key}_{language}"
    return edit


def act(fact: Fact, _: random.Random) -> bool:
    if fact.get("act", "denies") == "denies":
        return False
    fact["act"] = "denies"
    return True


TOLD: tuple[Edit, ...] = (
    number,
    bound,
    day,
    author,
    act,
    *(words(key, code) for key in ("label", "text", "summary", "words") for code in ("fr", "en")),
)
"""Edits after which readers are told something else."""


def remark(fact: Fact, _: random.Random) -> bool:
    fact["note" if "unit" in fact else "editor_note"] = (
        {"fr": "À noter.", "en": "Of note."} if "unit" in fact else "Ask them."
    )
    return True


def derivation(fact: Fact, _: random.Random) -> bool:
    if "values" in fact or not ("as_of" in fact or "date" in fact):
        return False
    fact["derived"] = {"fr": "Nous le déduisons.", "en": "We work it out."}
    return True


def evidence(fact: Fact, _: random.Random) -> bool:
    source = _values(fact).get("source")
    if not isinstance(source, dict) or "evidence" not in source:
        return False
    del source["evidence"]
    return True


def spaces(fact: Fact, _: random.Random) -> bool:
    fact["label"]["fr"] = fact["label"]["fr"].replace("’", "'").replace(" ", "\u00a0", 1)
    return True


def shown_first(fact: Fact, _: random.Random) -> bool:
    fact["key"] = "" if fact.get("key") else "true"
    return True


NOT_TOLD: tuple[Edit, ...] = (remark, derivation, evidence, spaces, shown_first)
"""Edits after which they are told the same."""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("released") / "content"
    shutil.copytree(TOY, content)
    release(content, "2026-11-26")
    return content


def entries(content: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for name in FILES:
        path = content / "facts" / f"{name}.yml"
        yield path, yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def rewritten(path: Path, table: object) -> None:
    text = yaml.dump(table, allow_unicode=True, sort_keys=False, default_style='"')
    path.write_text(text, "utf-8")


def asked(content: Path) -> dict[str, Problem]:
    """What the rule asks for, by the fact."""
    explainer = load(content).explainer
    found = list(editions.check_rest(explainer))
    return {problem.message.split(":")[0].split()[1]: problem for problem in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_readers_are_told_is_asked_for_and_nothing_else(
    released: Path, tmp_path: Path, seed: int
) -> None:
    content = tmp_path / "content"
    shutil.copytree(released, content)
    chance = random.Random(seed)
    tables = dict(entries(content))
    facts = [fact for path, table in tables.items() for fact in table[path.stem]]
    expected, made = set(), 0
    while made < EDITS:
        fact, is_told = chance.choice(facts), chance.random() < 0.5
        if chance.choice(TOLD if is_told else NOT_TOLD)(fact, chance):
            made += 1
            expected |= {fact["id"]} if is_told else set()
    for path, table in tables.items():
        chance.shuffle(table[path.stem])
        rewritten(path, table)
    found = asked(content)
    assert set(found) == expected, load(content).problems
    # Each brings the entry that settles it, but for the reason.
    corrections = content / "corrections.yml"
    added = "".join(problem.entry for problem in found.values()).replace("…", "Essai")
    corrections.write_text(corrections.read_text("utf-8") + added, "utf-8")
    assert asked(content) == {}, added


def test_nothing_has_changed_when_nothing_was_edited(released: Path) -> None:
    assert asked(released) == {}
