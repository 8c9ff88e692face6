"""What is proposed from a source's text: an entry for each finding that no fact says yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reperes.drafts.entries import EntryMaker
from reperes.drafts.evidence import evidence_of
from reperes.drafts.found import Finding
from reperes.model.bearings import Source
from reperes.model.drafts import DIGEST_LENGTH, Drafts, Proposal
from reperes.model.entries import MOST_QUOTED_WORDS, count_words
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Fact, Figure, Quotation
from reperes.model.paragraphs import paragraph_digest
from reperes.model.short_forms import SIGN_OF
from reperes.model.stated import StatedDate, StatedNumber, StatedWords
from reperes.model.yaml_values import Table
from reperes.text.characters import hidden_characters
from reperes.text.folding import folded, normalised
from reperes.text.problems import Text

MOST_DRAFTS = 1_000
"""How many drafts a file may hold: more than anybody decides in a week."""

Find = Callable[[str], Sequence[Finding]]
"""What is found in a text of several paragraphs, with a blank line between."""

_BETWEEN = "\n\n"
_AT_ONCE = 200
"""How many paragraphs are searched together: to begin a search takes as long as ten of them."""


@dataclass(frozen=True)
class Known:
    """A finding that a fact says already, or of which a fact says something else.

    `typed` is what was found, in our notation.
    """

    paragraph: int
    words: str
    typed: str
    fact: Fact
    is_contradicted: bool = False


@dataclass(frozen=True)
class Proposed:
    """What came of reading a text: the drafts as they are now, and what there is to tell.

    `new` are the ids of drafts that were added; `changed` are paragraphs that are not as they were
    when they were last read, and `lost` the drafts of which the words stand there no more.
    `left_out` counts findings that can be no draft, by the reason. `next_paragraph` is the first
    that was not read, where there were too many drafts.
    """

    drafts: Drafts
    new: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()
    changed: tuple[int, ...] = ()
    lost: tuple[Proposal, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    next_paragraph: int | None = None


def propose(
    explainer: Explainer,
    source: Source,
    paragraphs: Sequence[str],
    before: Drafts,
    find: Find,
    shared: Mapping[str, Table],
    only: Collection[int] | None = None,
) -> Proposed:
    """Read a text, given by its paragraphs, and propose what nobody has decided about yet.

    `before` are the drafts of the source as they stand; `shared` is what each file of facts says
    for all its entries, by the key of its list. With `only`, others than these paragraphs are not
    searched.
    """
    digests = tuple(paragraph_digest(text)[:DIGEST_LENGTH] for text in paragraphs)
    moved = _moved(before.paragraphs, digests)
    kept, lost = _kept(before, moved, paragraphs)
    days = _days(explainer, source, shared)
    taken = ids_taken(explainer, before)
    maker = EntryMaker(explainer, str(source.language), str(source.id), days, taken)
    facts = _Facts(explainer, source)
    decided: dict[int, list[str]] = {}
    for proposal in kept:
        decided.setdefault(proposal.paragraph, []).append(folded(proposal.evidence))
    accepted, dropped = (_renumbered(r, moved) for r in (before.accepted, before.dropped))
    for records in (accepted, dropped):
        for where in records.values():
            at, _, words = where.partition(": ")
            decided.setdefault(int(at) if at.isdecimal() else 0, []).append(folded(words))
    seen: set[tuple[int, str, str, str]] = set()
    new: list[Proposal] = []
    known: list[Known] = []
    left_out: dict[str, int] = {}
    next_paragraph = None
    wanted = [n for n in range(1, len(paragraphs) + 1) if only is None or n in only]
    for number, found in _found_in_each(wanted, paragraphs, find):
        text = paragraphs[number - 1]
        if len(kept) + len(new) >= MOST_DRAFTS:
            next_paragraph = number
            break
        for finding in found:
            if finding.kind == "name":
                continue
            evidence = evidence_of(finding.start, finding.end, text, finding.noun)
            said_here = (number, evidence, finding.kind, finding.value)
            if _is_among(evidence, decided.get(number, ())) or said_here in seen:
                continue
            # « entre 600 et 700 grévistes » is a quotation and a figure.
            seen.add(said_here)
            if said := facts.known(finding, number, evidence):
                known.append(said)
            elif reason := _why_none(finding, evidence):
                left_out[reason] = left_out.get(reason, 0) + 1
            else:
                new.append(maker.proposal(finding, number, text, evidence, found))
    changed = tuple(
        number for number in range(1, len(before.paragraphs) + 1) if number not in moved
    )
    drafts = Drafts(str(source.id), before.path, digests, (*kept, *new), accepted, dropped)
    ids = tuple(str(proposal.id) for proposal in new)
    return Proposed(drafts, ids, tuple(known), changed, lost, left_out, next_paragraph)


def _found_in_each(
    numbers: Sequence[int], paragraphs: Sequence[str], find: Find
) -> Iterator[tuple[int, list[Finding]]]:
    """What is found in each of some paragraphs, by their numbers, with its places there."""
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        starts, length = [], 0
        for number in some:
            starts.append(length)
            length += len(paragraphs[number - 1]) + len(_BETWEEN)
        found: dict[int, list[Finding]] = {number: [] for number in some}
        for finding in find(_BETWEEN.join(paragraphs[number - 1] for number in some)):
            at = bisect_right(starts, finding.start) - 1
            start, end = finding.start - starts[at], finding.end - starts[at]
            found[some[at]].append(replace(finding, start=start, end=end))
        yield from found.items()


def _is_among(evidence: str, decided: Sequence[str]) -> bool:
    """Whether words were decided about, or some that hold them, or some of them."""
    ours = folded(evidence)
    return any(_holds(ours, words) or _holds(words, ours) for words in decided)


def _holds(words: str, part: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words) is not None


def _days(explainer: Explainer, source: Source, shared: Mapping[str, Table]) -> dict[str, str]:
    """The day for which a source says what it does not date, where nothing else lends one."""
    day = (source.published or explainer.site.as_of).text
    lent = source.defaults
    days = {}
    for root, key in (("figures", "as_of"), ("quotations", "date")):
        has_own = lent is not None and getattr(lent, key) is not None
        if not has_own and not _lends_date(shared.get(root), key, str(source.id)):
            days[root] = day
    return days


def _lends_date(shared: Table | None, key: str, source_id: str) -> bool:
    """Whether a file says a day for all that rests on a source."""
    if shared is None or shared.get(key) is None:
        return False
    of_source = shared.get("source")
    named = of_source.get("id") if isinstance(of_source, Table) else of_source
    return named is None or str(named).partition(" ")[0] == source_id


def _moved(before: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where each paragraph that was read before stands now; those that were changed are missing."""
    places: dict[str, list[int]] = {}
    for number, digest in enumerate(now, 1):
        places.setdefault(digest, []).append(number)
    moved = {}
    for number, digest in enumerate(before, 1):
        if found := places.get(digest):
            moved[number] = number if number in found else found[0]
    return moved


def _kept(
    before: Drafts, moved: Mapping[int, int], paragraphs: Sequence[str]
) -> tuple[list[Proposal], tuple[Proposal, ...]]:
    """The undecided drafts with their paragraphs as they are numbered now, and those that lost it.

    A draft is never thrown away: its words may have been typed anew by hand.
    """
    kept: list[Proposal] = []
    lost: list[Proposal] = []
    for proposal in before.proposals:
        number = moved.get(proposal.paragraph, proposal.paragraph)
        if number != proposal.paragraph:
            proposal = _at_paragraph(proposal, number)
        here = paragraphs[number - 1] if 0 < number <= len(paragraphs) else ""
        if proposal.evidence and folded(proposal.evidence) not in folded(here):
            lost.append(proposal)
        kept.append(proposal)
    return kept, tuple(lost)


def _at_paragraph(proposal: Proposal, number: int) -> Proposal:
    source = proposal.entry.get("source")
    if not isinstance(source, Text):
        return proposal
    pin = re.sub(rf"\b{proposal.paragraph}(?=: |$)", str(number), source, count=1)
    entries = {
        key: Text(pin, value.place) if value is source else value
        for key, value in proposal.entry.entries.items()
    }
    entry = Table(entries, proposal.entry.place)
    return Proposal(proposal.id, proposal.root, entry, number, proposal.evidence)


def _renumbered(records: Mapping[str, Text], moved: Mapping[int, int]) -> dict[str, Text]:
    found = {}
    for draft_id, where in records.items():
        number, colon, words = where.partition(": ")
        if number.isdecimal() and int(number) in moved:
            where = Text(f"{moved[int(number)]}{colon}{words}", where.place)
        found[draft_id] = where
    return found


def ids_taken(explainer: Explainer, *more: Drafts) -> set[str]:
    """The ids that no other draft may have: those of facts and drafts, decided ones too."""
    taken = {*map(str, explainer.facts)}
    for drafts in (*explainer.drafts.values(), *more):
        taken |= {str(proposal.id) for proposal in drafts.proposals}
        taken |= {*drafts.accepted, *drafts.dropped}
    return taken


def _why_none(finding: Finding, evidence: str) -> str | None:
    """Why a finding can be no entry, for the summary; None where it can."""
    if finding.kind == "quotation" and count_words(finding.value) > MOST_QUOTED_WORDS:
        return f"quotations of more than {MOST_QUOTED_WORDS} words"
    if next(hidden_characters(f"{evidence} {finding.value} {finding.noun}"), None) is not None:
        return (
            "beside characters that nobody sees, such as soft hyphens; remove those and run again"
        )
    if not finding.value:
        return "days that the text does not tell"
    return None


class _Facts:
    """The facts of an explainer by what they say, and by where in a source they were read."""

    def __init__(self, explainer: Explainer, source: Source) -> None:
        self._pinned: dict[int, list[tuple[Fact, str]]] = {}
        self._saying: dict[tuple[str, ...], Fact] = {}
        for fact in explainer.facts.values():
            for key in _keys(fact):
                self._saying.setdefault(key, fact)
            for pin in (pin for stated in fact.values for pin in stated.pins):
                if pin.source_id == source.id and pin.locator and pin.evidence:
                    for number in pin.locator.paragraphs:
                        self._pinned.setdefault(number, []).append((fact, folded(pin.evidence)))

    def known(self, finding: Finding, number: int, evidence: str) -> Known | None:
        """The fact that says what was found; one that rests on the same words comes first."""
        typed = f"{finding.value} {finding.unit}".strip()
        kind = {"number": Figure, "date": Event, "quotation": Quotation}[finding.kind]
        here = [fact for fact, words in self._pinned.get(number, ()) if _overlap(words, evidence)]
        for fact in here:
            if any(_key_fits(key, finding) for key in _keys(fact)):
                return Known(number, evidence, typed, fact)
        for key in _key(finding):
            if key in self._saying:
                return Known(number, evidence, typed, self._saying[key])
        other = next((fact for fact in here if isinstance(fact, kind)), None)
        return Known(number, evidence, typed, other, True) if other else None


def _overlap(theirs: str, evidence: str) -> bool:
    ours = folded(evidence)
    return _holds(ours, theirs) or _holds(theirs, ours) or _share_a_number(ours, theirs)


def _keys(fact: Fact) -> Iterator[tuple[str, ...]]:
    """What a fact says, as `_key` puts what was found."""
    for value in fact.values:
        if isinstance(value, StatedNumber) and isinstance(fact, Figure):
            yield "number", typed_value(value), str(fact.unit)
            if value.period is not None:
                yield "date", value.period.text
        elif isinstance(value, StatedDate):
            yield "date", value.date.text
        elif isinstance(value, StatedWords):
            yield "quotation", normalised(value.original)


def _key(finding: Finding) -> Iterator[tuple[str, ...]]:
    """What was found, to be looked up among facts; nothing for a number of nobody knows what.

    "Since 19 June" is known where something is said to have begun on that day.
    """
    if finding.kind == "date":
        said = finding.value
        yield from (
            ("date", day) for day in (said, said.removesuffix("/.."), said.removeprefix("../"))
        )
    elif finding.kind == "quotation":
        yield "quotation", normalised(finding.value)
    elif finding.unit:
        yield "number", finding.value, finding.unit


def _key_fits(key: tuple[str, ...], finding: Finding) -> bool:
    """Whether a fact that rests on the same words says what was found, whatever its unit.

    Nor is it contradicted where somebody has written that it is about so many: the rule of evidence
    looks at bounds.
    """
    kind, said, *_ = key
    if kind != finding.kind:
        return False
    if kind == "quotation":
        return normalised(finding.value) in said
    days = {_without_bound(day) for _, day, *_ in _key(finding)} if kind == "date" else set()
    return _without_bound(said) in {_without_bound(finding.value), *days}


def _without_bound(typed: str) -> str:
    """A number or a day, whether it is exact or about so."""
    return typed.strip("~<>=")


def _share_a_number(one: str, other: str) -> bool:
    numbers = {*re.findall(r"\d[\d.,]*\d|\d", one)}
    return not numbers.isdisjoint(re.findall(r"\d[\d.,]*\d|\d", other))


def typed_value(stated: StatedNumber) -> str:
    """A number as the short form has it, without its unit: ">350000", "270000..330000"."""
    if stated.low != stated.high:
        return f"{_plain(stated.low)}..{_plain(stated.high)}"
    return f"{SIGN_OF[stated.bound]}{_plain(stated.low)}"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
