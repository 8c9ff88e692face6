"""Which block of a translation belongs to which block of its original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from build_tools.facts import Section
from build_tools.problems import Text
from build_tools.translations import (
    Baseline,
    BaselineUnit,
    Block,
    normalised,
    section_blocks,
    section_code,
)

State = Literal["translated", "stale", "missing"]
_HEAD = 2
"""Title and summary, which come before the paragraphs and need no pairing."""

_ALIKE = 0.5
"""How much of its words a reworded paragraph keeps, at least, to be known again."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of the original with its translation, None where it has none.

    `known` is the baseline's record of the pair: what the original said when it was translated.
    """

    original: Block
    translation: Text | None
    state: State
    known: BaselineUnit | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The blocks of a section, in the order of the original.

    `unclear` are blocks of the original that may or may not have a translation: nothing says which
    paragraph it is. `dropped` are records of paragraphs that the original no longer has.
    """

    pairs: tuple[Pair, ...]
    unclear: tuple[Pair, ...] = ()
    dropped: tuple[BaselineUnit, ...] = ()


def pair_section(
    original: Section, translation: Section | None, baseline: Baseline | None
) -> Pairing:
    """Pair by the ids of headings, then by the baseline, then by order between those."""
    theirs = section_blocks(original)
    if translation is None:
        return Pairing(tuple(Pair(block, None, "missing") for block in theirs))
    reviewed = translation.reviewed == section_code(original)
    matching = _Matching(theirs, section_blocks(translation), baseline or (), reviewed)
    pairs: list[Pair] = []
    unclear: list[Pair] = []
    for number, block in enumerate(theirs):
        partner = matching.partners.get(number)
        text = matching.ours[partner].text if partner is not None else None
        record = matching.known[number]
        is_missing = text is None and number not in matching.unclear
        state: State = (
            "missing" if is_missing else "translated" if matching.is_fresh(number) else "stale"
        )
        pair = Pair(block, text, state, record or matching.taken(number))
        (unclear if number in matching.unclear else pairs).append(pair)
    dropped = () if reviewed else tuple(matching.rest)
    return Pairing(tuple(pairs), tuple(unclear), dropped)


class _Matching:
    """Numbers of blocks of the original, and of the blocks of the translation they belong to."""

    def __init__(
        self, theirs: Sequence[Block], ours: Sequence[Block], baseline: Baseline, reviewed: bool
    ) -> None:
        self.theirs = theirs
        self.reviewed = reviewed
        self.ours = ours
        self.rest = list(baseline)
        self.known = [self._take_known(block) for block in theirs]
        self.partners = {number: number for number in range(_HEAD)}
        self.unclear: set[int] = set()
        self._match_headings()
        self._match_known()
        for run in list(self._runs()):
            self._match_run(run, self._run_beside(run))

    def _take_known(self, block: Block) -> BaselineUnit | None:
        """The record whose original is the block's text today, each taken once."""
        text = normalised(block.text)
        found = [unit for unit in self.rest if normalised(unit.original) == text]
        if not found:
            return None
        unit = next((unit for unit in found if unit.context == block.name), found[0])
        self.rest.remove(unit)
        return unit

    def taken(self, number: int) -> BaselineUnit | None:
        """The record of what a block that has changed said, when its translation was made."""
        partner = self.partners.get(number)
        if partner is None:
            return None
        record = self._record_of(partner)
        if record is None:
            name = self.theirs[number].name
            record = next((unit for unit in self.rest if unit.context == name), None)
        if record is not None:
            self.rest.remove(record)
        return record

    def _record_of(self, partner: int) -> BaselineUnit | None:
        if partner < _HEAD:
            name = self.ours[partner].name
            return next((unit for unit in self.rest if unit.context == name), None)
        text = normalised(self.ours[partner].text)
        return next((unit for unit in self.rest if normalised(unit.translation) == text), None)

    def _free(self) -> list[int]:
        used = set(self.partners.values())
        return [number for number in range(len(self.ours)) if number not in used]

    def _match_headings(self) -> None:
        ids = {
            block.id: number
            for number, block in enumerate(self.ours)
            if block.kind == "heading" and block.id
        }
        for number, block in enumerate(self.theirs):
            if block.kind == "heading" and block.id in ids:
                self.partners[number] = ids.pop(block.id)

    def _match_known(self) -> None:
        free = {number: normalised(self.ours[number].text) for number in self._free()}
        for number, record in enumerate(self.known):
            if record is None or number in self.partners or not record.translation:
                continue
            text = normalised(record.translation)
            partner = next((key for key, ours in free.items() if ours == text), None)
            if partner is not None:
                self.partners[number] = partner
                del free[partner]

    def _runs(self) -> Iterator[list[int]]:
        """Blocks of the original that stand together and have no partner yet."""
        run: list[int] = []
        for number in range(len(self.theirs)):
            if number not in self.partners:
                run.append(number)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _run_beside(self, run: Sequence[int]) -> list[int]:
        """The blocks without a partner that follow the partner of the block before the run."""
        free = set(self._free())
        number = self.partners[run[0] - 1] + 1
        beside = []
        while number in free:
            beside.append(number)
            number += 1
        return beside

    def _match_run(self, run: Sequence[int], beside: Sequence[int]) -> None:
        if len(run) == len(beside):
            self.partners.update(zip(run, beside, strict=True))
            return
        left = list(run)
        unknown = False
        for partner in beside:
            number = self._likest(self._record_of(partner), left)
            if number is None:
                unknown = True
            else:
                self.partners[number] = partner
                left.remove(number)
        # What was stamped without a paragraph of its own is said in another one.
        self.unclear.update(number for number in left if unknown or self.is_fresh(number))

    def is_fresh(self, number: int) -> bool:
        return self.reviewed or self.known[number] is not None

    def _likest(self, record: BaselineUnit | None, left: Sequence[int]) -> int | None:
        if record is None:
            return None
        old = normalised(record.original).split(" ")
        alike = {
            number: SequenceMatcher(
                None, old, normalised(self.theirs[number].text).split(" ")
            ).ratio()
            for number in left
        }
        best = max(alike, key=lambda number: alike[number], default=None)
        return best if best is not None and alike[best] >= _ALIKE else None
