"""Entries made of what was found in a text, as far as a text can tell what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reperes.drafts.files import NOWHERE
from reperes.drafts.found import Finding
from reperes.drafts.words import drafting_words
from reperes.language.lexicon import lexicon
from reperes.model.bearings import Actor
from reperes.model.drafts import NOUN, Proposal
from reperes.model.explainer import Explainer
from reperes.model.schema import KINDS, Kind
from reperes.model.shapes import suggested_id
from reperes.model.yaml_values import Table, Value
from reperes.text.folding import folded
from reperes.text.markup import with_capital
from reperes.text.problems import Text
from reperes.text.sentences import sentence_around

_Fields = dict[str, str | dict[str, str]]

_FIGURE, _EVENT, _QUOTATION = (
    next(kind for kind in KINDS if kind.noun == noun) for noun in ("figure", "event", "quotation")
)
_DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
)


@dataclass
class EntryMaker:
    """Makes entries of what was found in a text, in `language`.

    `source_id` stands in their pins. `days` are for what a text does not date, by the key of each
    list; none where its file or its source says it. `taken` are ids that none may have.
    """

    explainer: Explainer
    language: str
    source_id: str
    days: Mapping[str, str]
    taken: set[str]

    def proposal(
        self, finding: Finding, number: int, text: str, evidence: str, found: Sequence[Finding]
    ) -> Proposal:
        start, end = sentence_around(text, finding.start)
        names = [f for f in found if f.kind == "name" and start <= f.start < end]
        said_by = self._author(text[start:end], names, finding.kind == "quotation")
        make = {"number": self._figure, "date": self._event, "quotation": self._quotation}
        kind, fields = make[finding.kind](
            finding, text, f"{said_by or self.source_id}_paragraph_{number}"
        )
        if kind is not _QUOTATION and (place := self._only_place(names)):
            fields["place"] = place
        if said_by:
            fields["speaker" if kind is _QUOTATION else "attributed_to"] = said_by
        fields["source"] = f"{self.source_id} {number}: {evidence}"
        entry = Table({Text(k, NOWHERE): _value(v) for k, v in fields.items() if v}, NOWHERE)
        entry_id = entry.get("id")
        assert isinstance(entry_id, Text)
        return Proposal(entry_id, kind.root, entry, number, evidence)

    def _figure(self, finding: Finding, text: str, otherwise: str) -> tuple[Kind, _Fields]:
        unit, noun = finding.unit, self._noun(finding)
        wanted = noun or f"{unit or 'figure'} {self._of_what(finding, text)}"
        fields: _Fields = {
            "id": self._free_id(wanted, otherwise),
            "label": self._label(noun, unit),
            "value": f"{finding.value} {unit}".strip(),
            "as_of": self.days.get("figures", ""),
        }
        if not unit:
            fields[NOUN] = noun
        return _FIGURE, fields

    def _event(self, finding: Finding, text: str, otherwise: str) -> tuple[Kind, _Fields]:
        numbers = re.findall(r"\d+", finding.value)
        wanted = "_".join(["on" if len(numbers) > 2 else "in", *numbers])
        fields: _Fields = {"id": self._free(wanted), "date": finding.value}
        if finding.anchor:
            fields["derived"] = {"anchor": finding.anchor}
        return _EVENT, fields

    def _quotation(self, finding: Finding, text: str, otherwise: str) -> tuple[Kind, _Fields]:
        language = self.language
        words = finding.value.strip(" ,")
        is_ours = language in self.explainer.languages
        first = re.findall(r"\w+", words)[:4]
        return _QUOTATION, {
            "id": self._free_id(" ".join(first), otherwise),
            "language": language,
            "words": {language: words} if is_ours else {},
            "original_words": "" if is_ours else words,
            "date": self.days.get("quotations", ""),
        }

    def _noun(self, finding: Finding) -> str:
        """What is counted, where it is not said by a pronoun alone."""
        words = re.findall(r"\w+", finding.noun.lower())
        is_named = not self._small_words.issuperset(words)
        return finding.noun if is_named else ""

    def _of_what(self, finding: Finding, text: str) -> str:
        """The word that says what is measured: "fruit" after “450 tonnes of”."""
        after = re.findall(r"\w+", text[finding.end : finding.end + 60])
        partitives = lexicon(self.language).partitives
        return after[1] if len(after) > 1 and after[0].lower() in partitives else ""

    @property
    def _small_words(self) -> frozenset[str]:
        return lexicon(self.language).small_words

    def _label(self, noun: str, unit: str) -> dict[str, str]:
        """What is counted, in the source's language and by its unit in the others.

        Nothing for what is measured: that something weighs tonnes says nothing of it.
        """
        language = self.language
        kind = self.explainer.unit_kind(unit) if unit else "count"
        if kind != "count" or unit in _DURATIONS or not noun:
            return {}
        label = {language: with_capital(noun)}
        for code in self.explainer.languages if unit else ():
            noun = self.explainer.locales[code].unit_wording(unit).noun("other")
            label.setdefault(code, with_capital(noun))
        return {code: label[code] for code in self.explainer.languages if label.get(code)}

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

    def _author(self, sentence: str, names: Sequence[Finding], is_quoted: bool) -> str:
        """The actor to whom a sentence gives what it says: "selon l'ONU", or one that "affirme".

        Of a quotation, the only actor that is named.
        """
        said = folded(sentence).lower()
        language = self.language
        for actor in self.explainer.actors.values():
            if language not in actor.names:
                continue
            if any(
                re.search(rf"(?<!\w){re.escape(f)}(?!\w)", said) for f in _forms(actor, language)
            ):
                return str(actor.id)
        says = is_quoted or not self._saying.isdisjoint(re.findall(r"\w+", said))
        actors = {name.value for name in names if name.value in self.explainer.actors}
        return actors.pop() if says and len(actors) == 1 else ""

    @property
    def _saying(self) -> frozenset[str]:
        return drafting_words(self.language).set("saying")

    def _free_id(self, words: str, otherwise: str) -> str:
        """An id of the first words that tell anything, or another where none does."""
        telling = [w for w in re.findall(r"\w+", words) if w.lower() not in self._small_words]
        return self._free(suggested_id(" ".join(telling[:3])) or otherwise)

    def _free(self, base: str) -> str:
        """The id, with a number where it is taken."""
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
