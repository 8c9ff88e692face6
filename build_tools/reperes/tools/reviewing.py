"""Deciding about drafts one after another, in the terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reperes.drafts.deciding import (
    Changes,
    accept,
    changed_entry,
    drop,
    missing_fields,
    text_of_proposal,
    unit_of,
)
from reperes.drafts.evidence import span_of
from reperes.drafts.texts import kept_paragraphs
from reperes.language.units import has_genders
from reperes.model.drafts import NOUN, Drafts, Proposal
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Fact
from reperes.model.loading import load
from reperes.model.shapes import suggested_id
from reperes.model.words import EVENT_KINDS
from reperes.model.yaml_values import Table
from reperes.rules.checking import problems_of
from reperes.text.markup import with_capital
from reperes.text.problems import ContentError, Text

WIDTH = 88
MOST_OF_ID = 40
KEYS = "a accept · c change · d drop · s later · q quit"


@dataclass(frozen=True)
class Terminal:
    """How a review talks: `key` waits for one key, `ask` for a line, with what stands there now.

    `mark` makes words stand out.
    """

    tell: Callable[[str], None]
    key: Callable[[str], str]
    ask: Callable[[str, str], str]
    mark: Callable[[str], str]


def review(content: Path, source_id: str, texts: Path, terminal: Terminal) -> None:
    """Ask about every undecided draft of a source; each decision is written at once."""
    later: set[str] = set()
    is_changed = False
    while True:
        explainer = load(content).read()
        drafts = explainer.drafts.get(source_id)
        waiting = [p for p in drafts.proposals if p.id not in later] if drafts else []
        if drafts is None or not waiting:
            break
        # As the text goes, whatever the file has first.
        proposal = min(waiting, key=lambda each: each.paragraph)
        paragraph = kept_paragraphs(texts, drafts).get(proposal.paragraph, "")
        for line in shown(proposal, paragraph, drafts, explainer, terminal.mark):
            terminal.tell(line)
        terminal.tell(f"{len(waiting)} to decide")
        key = terminal.key(KEYS)
        if key == "q":
            later = {str(each.id) for each in waiting} | later
            break
        if key == "s":
            later.add(str(proposal.id))
        elif key == "d":
            drop(content, [str(proposal.id)])
            terminal.tell("dropped")
        elif key in ("a", "c"):
            try:
                changes = asked(proposal, source_id, explainer, terminal.ask, everything=key == "c")
                accept(content, str(proposal.id), changes, problems_of)
            except ContentError as error:
                terminal.tell("\n".join(map(str, error.problems)))
                continue
            new_id = str(changes.get("id", proposal.id))
            terminal.tell(told(load(content).explainer.facts[new_id]))
            is_changed = True
    terminal.tell(f"{len(later)} left for later" if later else "no more drafts")
    if len(explainer.languages) > 1 and is_changed:
        fix = " ".join(f"{code}/facts" for code in explainer.languages[1:])
        terminal.tell(f"where both languages say the same, run `reperes stamp {fix}`")


def told(fact: Fact) -> str:
    """Where a fact was written, and how to cite it."""
    cite = f"{{{{ {fact.id}.on }}}}" if isinstance(fact, Event) else f"{{{{ {fact.id} }}}}"
    return f"{fact.place}: {fact.id}; cite it with {cite}"


def shown(
    proposal: Proposal,
    paragraph: str,
    drafts: Drafts,
    explainer: Explainer,
    mark: Callable[[str], str],
) -> Iterator[str]:
    """A draft beside its paragraph: the words that it rests on stand out."""
    yield ""
    yield f"── {drafts.source_id} {proposal.paragraph} ──"
    text = paragraph or proposal.evidence
    found = span_of(proposal.evidence, text)
    marked = text
    if found:
        marked = text[: found[0]] + "\0" + text[found[0] : found[1]] + "\1" + text[found[1] :]
    wrapped = "\n".join(textwrap.wrap(marked, WIDTH, initial_indent="  ", subsequent_indent="  "))
    yield re.sub("\0(.*?)\1", lambda match: mark(match[1]), wrapped, flags=re.DOTALL)
    yield ""
    yield f"  {proposal.kind.path}:"
    yield text_of_proposal(proposal, explainer).rstrip()
    lacking = missing_fields(changed_entry(proposal, {}), proposal.kind, explainer.languages)
    if wanted := ", ".join(f"{key} {code}".strip() for key, code in lacking):
        yield f"  asked for: {wanted}"


def asked(
    proposal: Proposal,
    source_id: str,
    explainer: Explainer,
    ask: Callable[[str, str], str],
    everything: bool,
) -> Changes:
    """What a person types of a draft: all of it, or only what it lacks."""
    kind, changes = proposal.kind, dict[str, str | Mapping[str, str]]()
    entry = proposal.entry
    lacking = set(missing_fields(changed_entry(proposal, {}), kind, explainer.languages))

    def text_at(key: str, code: str = "") -> str:
        value = entry.get(key)
        value = value.get(code) if code and isinstance(value, Table) else value
        return str(value) if isinstance(value, Text) else ""

    if everything:
        changes["id"] = ask("id", text_at("id"))
        for key in ("value", "date", "kind", "speaker", "place", "attributed_to"):
            if key in entry.entries:
                changes[key] = ask(key, text_at(key))
    unit, counted = unit_of(changed_entry(proposal, changes)), text_at(NOUN)
    if kind.noun == "figure" and (unit is None or not _is_known(unit, explainer)):
        question = f'unit of "{counted}", or an id for a new one' if counted else "unit"
        unit = ask(question, unit or suggested_id(_singular(counted)) or "")
        changes["unit"] = unit
        if unit and not _is_known(unit, explainer):
            language = str(explainer.sources[source_id].language)
            changes["new_unit"] = _asked_nouns(unit, {language: counted}, explainer, ask)
    for key in ("kind", "speaker"):
        if (key, "") in lacking:
            changes[key] = ask(f"{key} ({', '.join(_choices(key, explainer))})", "")
    for key in ("label", "summary", "text", "words"):
        if key not in kind.shape.fields:
            continue
        typed: dict[str, str] = {}
        for code in explainer.languages:
            if everything or (key, code) in lacking:
                stands = text_at(key, code) or (_noun(changes, code) if key == "label" else "")
                typed[code] = ask(f"{key} {code}", stands)
        if typed:
            changes[key] = typed
    if anchor := text_at("derived", "anchor"):
        question = f'how the date follows from "{anchor}", or nothing'
        reasons = {code: ask(f"{question}: {code}", "") for code in explainer.languages}
        if any(reasons.values()):
            changes["derived"] = reasons
    if not everything and not counted and "label" in changes:
        # Prose cites it for ever by its id: of a measure or a day, what it is called says more.
        label = changes["label"]
        assert isinstance(label, Mapping)
        words = label.get("en") or next(iter(label.values()))
        changes["id"] = ask("id", (suggested_id(words) or text_at("id"))[:MOST_OF_ID].rstrip("_"))
    return changes


def _is_known(unit: str, explainer: Explainer) -> bool:
    try:
        explainer.unit_kind(unit)
    except KeyError:
        return False
    return True


def _noun(changes: Changes, code: str) -> str:
    """What a new unit is called for most numbers, as a label."""
    names = changes.get("new_unit")
    parts = names.get(code, "").split("/") if isinstance(names, Mapping) else []
    return with_capital(parts[1]) if len(parts) > 1 else ""


def _choices(key: str, explainer: Explainer) -> list[str]:
    """What may be typed for a field of which no text tells the value."""
    if key == "speaker":
        return [*map(str, explainer.actors)]
    return [*EVENT_KINDS, *(str(kind.id) for kind in explainer.vocabulary.event_kinds)]


def _singular(noun: str) -> str:
    """A guess at one of several, which the person who is asked sees and corrects."""
    return re.sub(r"(?<=\w\w)[sx]\b", "", noun)


def _asked_nouns(
    unit: str, counted: Mapping[str, str], explainer: Explainer, ask: Callable[[str, str], str]
) -> dict[str, str]:
    """What a unit that nobody has defined yet is called in each language."""
    names = {}
    for code in explainer.languages:
        noun = counted.get(code, "")
        one = ask(f"{unit} in {code}: one", _singular(noun))
        many = ask(f"{unit} in {code}: many", noun or f"{one}s")
        gender = ask(f"{unit} in {code}: feminine or masculine", "") if has_genders(code) else ""
        names[code] = "/".join([one, many, *([gender] if gender else [])])
    return names
