"""What is proposed from a source's text: an entry for each finding that no fact says yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reperes.drafts.evidence import evidence_of
from reperes.drafts.files import NOWHERE
from reperes.drafts.found import Finding
from reperes.language.lexicon import lexicon
from reperes.model.bearings import Actor, Source
from reperes.model.drafts import DIGEST_LENGTH, NOUN, Drafts, Proposal
from reperes.model.entries import MOST_QUOTED_WORDS, count_words
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Fact, Figure, Quotation
from reperes.model.paragraphs import paragraph_digest
from reperes.model.schema import KINDS, Kind
from reperes.model.shapes import suggested_id
from reperes.model.short_forms import SIGN_OF
from reperes.model.stated import StatedDate, StatedNumber, StatedWords
from reperes.model.yaml_values import Table, Value
from reperes.text.folding import folded, normalised
from reperes.text.markup import with_capital
from reperes.text.problems import Text
from reperes.text.sentences import sentence_around

MOST_DRAFTS = 1_000
"""How many drafts a file may hold: more than anybody decides in a week."""

_Fields = dict[str, str | dict[str, str]]

Find = Callable[[str], Sequence[Finding]]
"""What is found in a paragraph of the source."""

_FIGURE, _EVENT, _QUOTATION = (
    next(kind for kind in KINDS if kind.noun == noun) for noun in ("figure", "event", "quotation")
)
_DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
)


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
    maker = _Maker(explainer, source, shared, _ids_taken(explainer, before))
    facts = _Facts(explainer, source)
    decided: dict[int, list[str]] = {}
    for proposal in kept:
        decided.setdefault(proposal.paragraph, []).append(folded(proposal.evidence))
    accepted, dropped = (_renumbered(r, moved) for r in (before.accepted, before.dropped))
    for records in (accepted, dropped):
        for where in records.values():
            at, _, words = where.partition(": ")
            decided.setdefault(int(at) if at.isdecimal() else 0, []).append(folded(words))
    seen: set[tuple[int, str]] = set()
    new: list[Proposal] = []
    known: list[Known] = []
    left_out: dict[str, int] = {}
    next_paragraph = None
    for number, text in enumerate(paragraphs, 1):
        if only is not None and number not in only:
            continue
        if len(kept) + len(new) >= MOST_DRAFTS:
            next_paragraph = number
            break
        found = find(text)
        for finding in found:
            if finding.kind == "name":
                continue
            evidence = evidence_of(finding.start, finding.end, text, finding.noun)
            if _is_among(evidence, decided.get(number, ())) or (number, evidence) in seen:
                continue
            seen.add((number, evidence))
            if said := facts.known(finding, number, evidence):
                known.append(said)
            elif reason := _why_none(finding):
                left_out[reason] = left_out.get(reason, 0) + 1
            else:
                new.append(maker.proposal(finding, number, text, evidence, found))
    changed = tuple(
        number for number in range(1, len(before.paragraphs) + 1) if number not in moved
    )
    drafts = Drafts(str(source.id), before.path, digests, (*kept, *new), accepted, dropped)
    ids = tuple(str(proposal.id) for proposal in new)
    return Proposed(drafts, ids, tuple(known), changed, lost, left_out, next_paragraph)


def _is_among(evidence: str, decided: Sequence[str]) -> bool:
    """Whether words were decided about, or some that hold them, or some of them."""
    ours = folded(evidence)
    return any(_holds(ours, words) or _holds(words, ours) for words in decided)


def _holds(words: str, part: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words) is not None


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


def _ids_taken(explainer: Explainer, before: Drafts) -> set[str]:
    taken = {*map(str, explainer.facts)}
    for drafts in (*explainer.drafts.values(), before):
        taken |= {str(proposal.id) for proposal in drafts.proposals}
        taken |= {*drafts.accepted, *drafts.dropped}
    return taken


def _why_none(finding: Finding) -> str | None:
    """Why a finding can be no entry, for the summary; None where it can."""
    if finding.kind == "quotation" and count_words(finding.value) > MOST_QUOTED_WORDS:
        return f"quotations of more than {MOST_QUOTED_WORDS} words"
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
        if (key := _key(finding)) is not None and key in self._saying:
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
        elif isinstance(value, StatedDate):
            yield "date", value.date.text
        elif isinstance(value, StatedWords):
            yield "quotation", normalised(value.original)


def _key(finding: Finding) -> tuple[str, ...] | None:
    """What was found, to be looked up among facts; None for a number of nobody knows what."""
    if finding.kind == "number":
        return ("number", finding.value, finding.unit) if finding.unit else None
    words = normalised(finding.value) if finding.kind == "quotation" else finding.value
    return finding.kind, words


def _key_fits(key: tuple[str, ...], finding: Finding) -> bool:
    """Whether a fact that rests on the same words says what was found, whatever its unit."""
    kind, said, *_ = key
    found = normalised(finding.value) if finding.kind == "quotation" else finding.value
    return kind == finding.kind and (said == found or (kind == "quotation" and found in said))


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


@dataclass
class _Maker:
    """Makes drafts of what was found in a source; `taken` are ids that none may have."""

    explainer: Explainer
    source: Source
    shared: Mapping[str, Table]
    taken: set[str]

    def proposal(
        self, finding: Finding, number: int, text: str, evidence: str, found: Sequence[Finding]
    ) -> Proposal:
        make = {"number": self._figure, "date": self._event, "quotation": self._quotation}
        kind, fields = make[finding.kind](finding, text)
        start, end = sentence_around(text, finding.start)
        names = [f for f in found if f.kind == "name" and start <= f.start < end]
        if kind is not _QUOTATION and (place := self._only_place(names)):
            fields["place"] = place
        said_by = self._author(text[start:end], names if kind is _QUOTATION else ())
        if said_by:
            fields["speaker" if kind is _QUOTATION else "attributed_to"] = said_by
        fields["source"] = f"{self.source.id} {number}: {evidence}"
        entry = Table({Text(k, NOWHERE): _value(v) for k, v in fields.items() if v}, NOWHERE)
        entry_id = entry.get("id")
        assert isinstance(entry_id, Text)
        return Proposal(entry_id, kind.root, entry, number, evidence)

    def _figure(self, finding: Finding, text: str) -> tuple[Kind, _Fields]:
        unit, noun = finding.unit, self._noun(finding)
        fields: _Fields = {
            "id": self._free_id(noun or f"{unit} {self._of_what(finding, text)}"),
            "label": self._label(noun, unit),
            "value": f"{finding.value} {unit}".strip(),
            "as_of": self._day(_FIGURE, "as_of"),
        }
        if not unit:
            fields[NOUN] = noun
        return _FIGURE, fields

    def _event(self, finding: Finding, text: str) -> tuple[Kind, _Fields]:
        numbers = re.findall(r"\d+", finding.value)
        wanted = "_".join(["on" if len(numbers) > 2 else "in", *numbers])
        return _EVENT, {"id": self._free(wanted), "date": finding.value}

    def _quotation(self, finding: Finding, text: str) -> tuple[Kind, _Fields]:
        language = str(self.source.language)
        words = finding.value.strip(" ,")
        is_ours = language in self.explainer.languages
        first = re.findall(r"\w+", words)[:4]
        return _QUOTATION, {
            "id": self._free_id(" ".join(first)),
            "language": language,
            "words": {language: words} if is_ours else {},
            "original_words": "" if is_ours else words,
            "date": self._day(_QUOTATION, "date"),
        }

    def _noun(self, finding: Finding) -> str:
        """What is counted, where it is not said by a pronoun alone."""
        words = re.findall(r"\w+", finding.noun.lower())
        is_named = not self._small_words.issuperset(words)
        return finding.noun if is_named else ""

    def _of_what(self, finding: Finding, text: str) -> str:
        """The word that says what is measured: "fruit" after “450 tonnes of”."""
        after = re.findall(r"\w+", text[finding.end : finding.end + 60])
        partitives = lexicon(str(self.source.language)).partitives
        return after[1] if len(after) > 1 and after[0].lower() in partitives else ""

    @property
    def _small_words(self) -> frozenset[str]:
        return lexicon(str(self.source.language)).small_words

    def _label(self, noun: str, unit: str) -> dict[str, str]:
        """What is counted, in the source's language and by its unit in the others.

        Nothing for what is measured: that something weighs tonnes says nothing of it.
        """
        language = str(self.source.language)
        kind = self.explainer.unit_kind(unit) if unit else "count"
        if kind != "count" or unit in _DURATIONS or not noun:
            return {}
        label = {language: with_capital(noun)}
        for code in self.explainer.languages if unit else ():
            noun = self.explainer.locales[code].unit_wording(unit).noun("other")
            label.setdefault(code, with_capital(noun))
        return {code: label[code] for code in self.explainer.languages if label.get(code)}

    def _day(self, kind: Kind, key: str) -> str:
        """The day for which the source says it; "" where its file or the source lends one."""
        shared, lent = self.shared.get(kind.root), self.source.defaults
        if lent is not None and getattr(lent, key) is not None:
            return ""
        if shared is not None and shared.get(key) is not None:
            of_source = shared.get("source")
            named = of_source.get("id") if isinstance(of_source, Table) else of_source
            if named is None or str(named).partition(" ")[0] == self.source.id:
                return ""
        day = self.source.published or self.explainer.site.as_of
        return day.text

    def _only_place(self, names: Sequence[Finding]) -> str:
        """The place that a sentence names, or the inner one of places that lie in one another."""
        places = self.explainer.places
        named = {name.value for name in names if name.value in places}
        around: set[str] = set()
        for place_id in named:
            outer = places[place_id].within_id
            while outer and outer in places and outer not in around:
                around.add(str(outer))
                outer = places[outer].within_id
        inner = named - around
        return inner.pop() if len(inner) == 1 else ""

    def _author(self, sentence: str, names: Sequence[Finding]) -> str:
        """The actor to whom a sentence gives what it says; of a quotation, the only one named."""
        said = folded(sentence).lower()
        language = str(self.source.language)
        for actor in self.explainer.actors.values():
            if language not in actor.names:
                continue
            if any(
                re.search(rf"(?<!\w){re.escape(f)}(?!\w)", said) for f in _forms(actor, language)
            ):
                return str(actor.id)
        actors = {name.value for name in names if name.value in self.explainer.actors}
        return actors.pop() if len(actors) == 1 else ""

    def _free_id(self, words: str) -> str:
        """An id of the first words, with a number where it is taken."""
        telling = [w for w in re.findall(r"\w+", words) if w.lower() not in self._small_words]
        return self._free(suggested_id(" ".join(telling[:3])) or "draft")

    def _free(self, base: str) -> str:
        number, entry_id = 1, base
        while entry_id in self.taken:
            number += 1
            entry_id = f"{base}_{number}"
        self.taken.add(entry_id)
        return entry_id


def _value(typed: str | Mapping[str, str]) -> Value:
    if isinstance(typed, str):
        return Text(typed, NOWHERE)
    return Table({Text(k, NOWHERE): Text(v, NOWHERE) for k, v in typed.items()}, NOWHERE)


def _forms(actor: Actor, language: str) -> Iterator[str]:
    """How a text says that an actor says so: "selon la mairie", "d'après Anne Roy"."""
    form = folded(actor.names[language].according_to).lower()
    phrases = [folded(phrase) for phrase in lexicon(language).according]
    opening = next((phrase for phrase in phrases if form.startswith(f"{phrase} ")), None)
    yield form
    for phrase in phrases:
        if opening:
            yield phrase + form.removeprefix(opening)
        yield from (f"{phrase} {folded(name).lower()}" for name in actor.names[language].all)
