"""In what order a translation has its blocks, and how little of that has to be noted.

Nearly always it is the original's. Where it is not, a baseline notes for the fewest blocks what
they follow in the translation (`BaselineUnit.after`): of fr 1 2 3, said in the order en 3 1 2, that
3 follows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reperes.model.baselines import HEAD, BaselineUnit
from reperes.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit, and where in the translation it begins; `is_noted` where its order is noted."""

    id: str
    place: int
    is_noted: bool


def place_in_section(block: Block) -> int:
    """Its place among the blocks of its section: title and summary before the first paragraph."""
    return HEAD.index(block.name) - len(HEAD) if block.name in HEAD else int(block.name)


def in_order_of_translation(units: Sequence[BaselineUnit]) -> list[int]:
    """The numbers of units as the translation had them, by what is noted of their order."""
    order = [number for number, unit in enumerate(units) if not unit.after]
    waiting = [number for number, unit in enumerate(units) if unit.after]
    while waiting:
        ids = {units[number].id: at for at, number in enumerate(order)}
        # A unit waits for the one that it follows; one that follows nothing names itself.
        ready = [n for n in waiting if units[n].after in ids or units[n].after == units[n].id]
        # What it followed may be gone: it then stands where its original does.
        number = ready[0] if ready else waiting[0]
        order.insert(ids.get(units[number].after, -1 if ready else number - 1) + 1, number)
        waiting.remove(number)
    return order


def out_of_order(standing: Sequence[Standing]) -> dict[str, str]:
    """Of units in the order of the original, the fewest that the translation has elsewhere, each
    with the one that it follows there. One that follows none has its own id.

    Of fr 1 2 3, said in the order en 1 3 2, either 2 or 3 is out of order. The one whose order is
    noted is preferred, so that it is the same one each time.
    """
    places = [unit.place for unit in standing]
    if all(place < after for place, after in pairwise(places)):
        return {}
    kept = _longest_in_order(places, [1 if unit.is_noted else 2 for unit in standing])
    order = sorted(standing, key=lambda unit: unit.place)
    before = {unit.id: other.id for other, unit in pairwise(order)}
    return {
        unit.id: before.get(unit.id, unit.id)
        for number, unit in enumerate(standing)
        if number not in kept
    }


def _longest_in_order(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Indexes of the heaviest ascending subsequence: of 2, 1, 3 those of 1 and 3, or of 2 and 3."""
    # For each place, the weight of the best subsequence that ends there, and what comes before it.
    best: list[tuple[int, int]] = []
    for i, place in enumerate(places):
        weight, before = max(
            ((best[j][0], j) for j in range(i) if places[j] < place), default=(0, -1)
        )
        best.append((weight + weights[i], before))
    kept: set[int] = set()
    i = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while i >= 0:
        kept.add(i)
        i = best[i][1]
    return kept
