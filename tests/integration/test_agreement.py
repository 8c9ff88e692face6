"""Whatever is edited, all that speak of what is up to date say the same."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from reperes.exchange.importing import import_file
from reperes.exchange.units import batch
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded, load
from reperes.rules import checking, parity
from reperes.site.desk import desk_pages
from reperes.translation.differences import differences
from reperes.translation.staleness import age_of, rows_of
from reperes.translation.stamping import stamp
from reperes.translation.status import translation_status
from support import said_by
from support_commands import snapshot, write_content
from support_exchange import WRITERS

HEADS = {
    "fr": '---\ntitle: "La fermeture"\nid: "closing"\nsummary: "Le pont ferme."\n---\n\n',
    "en": (
        '---\ntitle: "The closure"\nid: "closing"\nsummary: "The bridge closes."\n'
        'original: "fr"\n---\n\n'
    ),
}
BODIES = {
    "fr": [
        "Le pont de [Villeneuve](place:villeneuve) ferme. Personne ne passe plus la nuit.",
        "## La colère {#anger}",
        "Selon [la mairie](actor:town), {{ protesters }} riverains marchent. Ils crient fort.",
        "Les « voisins » attendent le bac. Le bac ne vient pas ce matin.",
        "Une [passerelle](term:footbridge) coûte cher. La ville hésite encore.",
        "Plus loin, la route reste ouverte. Elle est longue et mauvaise.",
    ],
    "en": [
        "The bridge at [Villeneuve](place:villeneuve) closes. Nobody crosses at night any more.",
        "## Anger {#anger}",
        "According to [the town council](actor:town), {{ protesters }} people march. They shout.",
        "The “neighbours” wait for the ferry. The ferry does not come this morning.",
        "A [footbridge](term:footbridge) costs much. The town still hesitates.",
        "Further on, the road stays open. It is long and bad.",
    ],
}
KINDS = (
    *("reword", "rewrite", "split", "join", "move", "swap", "repeat", "delete", "add", "spaces"),
    *("quotes", "words of a link", "target of a link"),
)


def edit(bodies: dict[str, list[str]], chance: random.Random) -> None:
    """One edit of either language."""
    side = bodies[chance.choice(["fr", "en"])]
    kind, at = chance.choice(KINDS), chance.randrange(len(side))
    text = side[at]
    if kind in ("move", "swap"):
        other = chance.randrange(len(side))
        if kind == "swap":
            side[at], side[other] = side[other], side[at]
        else:
            side.insert(other, side.pop(at))
    elif kind == "add":
        side.insert(at, f"Something new, number {chance.randrange(99)}.")
    elif kind == "delete" and len(side) > 2:
        del side[at]
    elif text.startswith("#"):
        return
    elif kind == "reword":
        side[at] = re.sub(r"(\w+)\.$", r"\1 indeed.", text)
    elif kind == "rewrite":
        side[at] = "Nothing of the kind, all is well."
    elif kind == "split":
        side[at : at + 1] = text.split(". ", 1)
    elif kind == "join" and at + 1 < len(side) and not side[at + 1].startswith("#"):
        side[at : at + 2] = [f"{text} {side[at + 1]}"]
    elif kind == "repeat":
        side.insert(chance.randrange(len(side)), text)
    elif kind == "spaces":
        side[at] = text.replace(" ", "\n", 1)
    elif kind == "quotes":
        side[at] = re.sub(r"« (\w+) »|“(\w+)”", lambda m: f'"{m[1] or m[2]}"', text)
    elif kind == "words of a link":
        side[at] = re.sub(r"\[(\w+)", r"[\1 there", text)
    elif kind == "target of a link":
        side[at] = text.replace("(actor:town)", "(actor:gazette)")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = write_content(tmp_path_factory.mktemp("agreement"))
    write(content, BODIES)
    stamp(content, ["en", "fr"])
    return content


def write(content: Path, bodies: dict[str, list[str]]) -> None:
    for language, body in bodies.items():
        path = content / f"sections/{language}/closing.md"
        path.write_text(HEADS[language] + "\n\n".join(body) + "\n", "utf-8")


def read(content: Path) -> tuple[Loaded, Explainer]:
    loaded = load(content)
    return loaded, loaded.explainer


@pytest.mark.parametrize("seed", range(10))
def test_all_say_the_same(content: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        bodies = {language: list(body) for language, body in BODIES.items()}
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            edit(bodies, chance)
        write(content, bodies)
        agree(content)


def agree(content: Path) -> None:
    loaded, explainer = read(content)
    rows = rows_of(explainer, "en", "closing")
    states = {row.name: row.state for row in rows if not row.is_fresh}
    kinds = {
        finding.target.part: finding.kind
        for status in translation_status(explainer)
        for finding in status.findings
    }
    assert kinds == states

    warnings = [
        problem.message for problem in said_by(parity, explainer) if problem.rule == "stale"
    ]
    named = [message.partition(":")[0].removeprefix("paragraph ") for message in warnings]
    assert [re.sub(":.*", "", name) for name in named] == list(states)

    lines = [text for depth, text in differences((), explainer) if depth == 0]
    found = [line.removeprefix("en/closing:").partition(":")[0] for line in lines]
    assert found == (list(states) or ["nothing differs"])

    page = desk_pages(explainer)["en/closing/index.html"]
    assert page.count("desk-row--stale") == len(states)
    for name in states:
        assert f'desk-row--stale" id="en-{re.sub("[/#]", "-", name)}"' in page

    age = age_of(explainer, "en", "closing")
    assert age is not None
    assert (age.state == "fresh") == (not states)
    told = {str(number or "title") for number in (*age.changed, *age.missing, *age.edited)}
    for_readers = ("changed", "both", "added", "repeated", "lost", "edited")
    assert told == {name for name, state in states.items() if state in for_readers}

    made, problems = batch(loaded, "en")
    units = [unit for unit in made.units if unit.context.startswith("sections/closing/")]
    originals = [str(row.original.text) for row in rows if row.original]
    assert sorted("\n\n".join(unit.source for unit in units).split("\n\n")) == sorted(originals)
    ours = [str(block.text) for row in rows if row.original for block in row.translations]
    targets = [unit.target for unit in units if unit.target]
    assert sorted("\n\n".join(targets).split("\n\n")) == sorted(ours)
    assert len(problems) == sum(len(row.translations) for row in rows if row.original is None)
    stale = sum(unit.state != "translated" for unit in units)
    assert (stale > 0) == any(row.original and not row.is_fresh for row in rows)


@pytest.mark.parametrize("format_name", sorted(WRITERS))
def test_what_comes_back_untouched_changes_no_file(
    content: Path, tmp_path: Path, format_name: str
) -> None:
    chance, sound = random.Random(format_name), 0
    for number in range(20):
        bodies = {language: list(body) for language, body in BODIES.items()}
        for _ in range(chance.choice([1, 2])):
            edit(bodies, chance)
        write(content, bodies)
        if any(problem.is_error for problem in checking.check(content)[1]):
            continue
        sound += 1
        path = tmp_path / f"{number}.{format_name}"
        path.write_bytes(WRITERS[format_name](batch(read(content)[0], "en")[0]))
        before = snapshot(content)
        import_file(content, path)
        assert snapshot(content) == before
    assert sound > 8
