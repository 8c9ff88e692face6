"""Which block of a translation says which block of its original, and is it up to date?

This is asked here alone: page notices, `check`, `status`, `diff`, the desk, `stamp`, `export`,
`import` and the rules on terms and tables read the rows that this module makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from reperes.model.baselines import HEAD, Baseline, BaselineUnit, free_id, unit_id
from reperes.model.facts import Section
from reperes.text.blocks import Block, read_blocks
from reperes.text.folding import normalised
from reperes.text.problems import Place, Text
from reperes.translation.codes import pair_code, section_code
from reperes.translation.origins import Origin, Piece, origins, unbroken

RowState = Literal[
    "fresh",
    "changed",
    "edited",
    "both",
    "lost",
    "added",
    "repeated",
    "removed",
    "extra",
    "moved",
    "divided",
    "unstamped",
]
"""How a row stands; its words are explained by `Row`."""

OF_THE_ORIGINAL = frozenset({"changed", "both", "added", "repeated", "removed"})
"""States that an edit of the original brings about, which its translator has to follow."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the original beside its translation, and both as they were when last compared.

    `original` is None where the original no longer has the block ("removed") or never had it
    ("extra"). `translations` are several where the translation has split the block, and none where
    it lacks it, or where what it says stands with the translation of `along`, another block.
    `id` is the unit's in the baseline, and in what is exchanged with translators' tools.

    The original was reworded ("changed"), or the translation ("edited"), or each ("both"); a block
    of the original is new ("added"), says once more what another one says ("repeated"), or is gone
    ("removed"); its translation is gone ("lost"), or the translation alone has the block
    ("extra"). Both are as they were, but the one stands elsewhere ("moved"), or is divided into
    paragraphs otherwise ("divided"). "unstamped" has nothing to compare with.
    """

    state: RowState
    id: str
    original: Block | None
    translations: tuple[Block, ...] = ()
    was: tuple[BaselineUnit, ...] = ()
    along: str = ""

    @property
    def name(self) -> str:
        """What people call the block: its number in the original, else the unit's id."""
        return self.original.name if self.original is not None else self.id

    @property
    def is_fresh(self) -> bool:
        return self.state == "fresh"

    @property
    def old_text(self) -> str:
        """The original as it was, "" where it is new."""
        return "\n\n".join(unit.original for unit in self.was)

    @property
    def old_translation(self) -> str:
        """The translation as it was, "" where it is new, or nobody noted it."""
        return "\n\n".join(unit.translation for unit in self.was if unit.translation)

    @property
    def new_translation(self) -> str:
        return joined(self.translations)


@dataclass(frozen=True, slots=True)
class Match:
    """The rows that a translation says together: nearly always one.

    Several where it joins what the original says in several paragraphs. `id` is that of the one
    that the translation stands beside.
    """

    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        return next((row.id for row in self.rows if not row.along), self.rows[0].id)

    @property
    def originals(self) -> tuple[Block, ...]:
        return tuple(row.original for row in self.rows if row.original is not None)

    @property
    def translations(self) -> tuple[Block, ...]:
        return tuple(block for row in self.rows for block in row.translations)

    @property
    def name(self) -> str:
        """What people call it: the number of its first block in the original."""
        return self.rows[0].name

    @property
    def is_head(self) -> bool:
        """Whether it is the title or the summary, which stand by themselves."""
        return self.rows[0].name in HEAD

    @property
    def original(self) -> str:
        return joined(self.originals)

    @property
    def translation(self) -> str:
        return joined(self.translations)

    @property
    def was(self) -> tuple[BaselineUnit, ...]:
        return tuple(dict.fromkeys(unit for row in self.rows for unit in row.was))

    @property
    def old_original(self) -> str:
        """The original as it was, "" where it is new."""
        return "\n\n".join(unit.original for unit in self.was)

    @property
    def old_translation(self) -> str:
        """The translation as it was, "" where it is new, or nobody noted it."""
        return "\n\n".join(unit.translation for unit in self.was if unit.translation)

    @property
    def is_fresh(self) -> bool:
        return all(row.is_fresh for row in self.rows)


def joined(blocks: Iterable[Block]) -> str:
    """Blocks as they stand in a section, a blank line between them."""
    return "\n\n".join(block.text for block in blocks)


def untranslated(original: Section) -> tuple[Row, ...]:
    """The rows of a section that is not translated yet."""
    return paired(original.headed_blocks, (), Baseline())


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Which sides somebody has compared as they are today, whatever the baseline says of them."""

    original: bool = False
    translation: bool = False

    @property
    def both(self) -> bool:
        return self.original and self.translation

    @classmethod
    def of(cls, original: Section, translation: Section) -> Reviewed:
        """What `reviewed:` says; a code of an older program speaks of the original alone."""
        theirs, _, ours = str(translation.reviewed or "").partition("-")
        if not ours:
            return cls(theirs == section_code(original))
        wanted = pair_code(original, translation).partition("-")
        return cls(theirs == wanted[0], ours == wanted[2])


def section_rows(
    original: Section, translation: Section, baseline: Baseline | None
) -> tuple[Row, ...]:
    """The rows of a section and its translation."""
    reviewed = Reviewed.of(original, translation)
    if reviewed.original and baseline is None and "-" not in (translation.reviewed or ""):
        reviewed = Reviewed(True, True)  # A code of an older program, and nothing says more.
    blocks = original.headed_blocks, translation.headed_blocks
    return paired(*blocks, baseline, reviewed)


def matches(rows: Iterable[Row]) -> list[Match]:
    """Rows of blocks that the original has, with those that its translation says together."""
    together: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.original is not None:
            together[row.along or row.name].append(row)
    return [Match(tuple(found)) for found in together.values()]


def paired(
    original: Sequence[Block],
    translation: Sequence[Block],
    baseline: Baseline | None,
    reviewed: Reviewed = Reviewed(),
) -> tuple[Row, ...]:
    """The blocks of an original in order, each beside its translation; then, where they stood, what
    only the translation or only the baseline has."""
    pairing = _Pairing(original, translation, baseline or Baseline())
    rows = [_row(n, pairing, baseline, reviewed) for n in pairing.ns]
    if reviewed.both:
        return tuple(_with_extras(rows, pairing))
    if baseline is not None and baseline.knows_order:
        rows = _with_moves(rows, pairing)
    return tuple(_with_the_others(rows, pairing, reviewed.original))


# Which belongs to which


@dataclass
class _Pairing:
    """The blocks of two languages as numbers, and what links them.

    `was` are the units that each block of the original was made of, `theirs` those of each block
    of the translation. `of` are the blocks of the translation by block of the original; `along`
    says which block's translation says another one too. `root` is the first of the blocks that
    share a unit. `free` are blocks of the translation that no block of the original has.
    """

    original: Sequence[Block]
    translation: Sequence[Block]
    baseline: Baseline
    of: list[list[int]] = field(init=False)
    along: dict[int, int] = field(default_factory=dict)
    root: dict[int, int] = field(default_factory=dict)
    owner: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ns = range(len(self.original))
        self.of = [[] for _ in self.ns]
        self.free = set(range(len(self.translation)))
        units = self.baseline.units
        self.originals = _Side(
            [(number, unit.id, unit.original) for number, unit in enumerate(units)], self.original
        )
        self.translations = _Side(
            [(n, units[n].id, units[n].translation) for n in _in_order_of_translation(units)],
            self.translation,
        )
        # Of two units with the same text, the one whose other side still stands is the likely one.
        whole = self.translations.units_that_stand()
        self.was, self.exact = self.originals.found(whole)
        self.theirs, _ = self.translations.found(self.originals.units_that_stand())
        self.unit_of = {t: found[0] for t, found in enumerate(self.theirs) if found}
        self.ids = self._ids()
        self._pair_names()
        self._pair_by_baseline()
        self._pair_between()
        self._fill_along()

    def take(self, n: int, t: int) -> None:
        self.of[n] = sorted([*self.of[n], t])
        self.free.discard(t)

    def leader(self, n: int) -> int:
        """The block whose translation says block `n`: itself, unless it is along another one."""
        return self.along.get(n, n)

    def _ids(self) -> list[str]:
        """The id of each block: of the first unit that it was made of and nobody else has."""
        units = self.baseline.units
        taken = {unit.id for unit in units}
        ids: dict[int, str] = {}
        owned: set[int] = set()
        for n in sorted(self.ns, key=lambda n: (not self.exact[n], n)):
            unit = next((unit for unit in self.was[n] if unit not in owned), None)
            if unit is not None:
                owned.add(unit)
                ids[n] = units[unit].id
        for n in self.ns:
            if n not in ids:
                block = self.original[n]
                wanted = block.name if block.name in HEAD else unit_id(block)
                ids[n] = free_id(wanted, taken)
                taken.add(ids[n])
        return [ids[n] for n in self.ns]

    def _pair_names(self) -> None:
        """Titles, summaries, and headings with the same id."""
        named = {_fixed_name(block): t for t, block in enumerate(self.translation)}
        for n, block in enumerate(self.original):
            t = named.get(_fixed_name(block)) if _fixed_name(block) else None
            if t is not None and t in self.free:
                self.take(n, t)
                self.owner.update((unit, n) for unit in self.was[n] if unit not in self.owner)

    def _pair_by_baseline(self) -> None:
        """Blocks that were made of the same unit belong together.

        "fr 1 and fr 2 were joined": both units lead to fr 1, and en 1 and en 2 both stand beside
        it. "en 1 and en 2 were joined": en 1 stands beside fr 1, and fr 2 is said along with it.
        """
        translated: dict[int, list[int]] = defaultdict(list)
        for t, units in enumerate(self.theirs):
            for unit in units:
                translated[unit].append(t)
        holder = {t: n for n in self.ns for t in self.of[n]}
        # A block that is as it was has the first claim to what was its translation.
        order = sorted(self.ns, key=lambda n: (not self.exact[n], n))
        for n in order:
            named = bool(self.of[n])
            for unit in self.was[n]:
                if unit in self.owner and self.owner[unit] != n:
                    self._share(n, self.owner[unit], along=not self.of[n])
                    continue
                self.owner[unit] = n
                if named and self.translations.count([unit]) < 2:
                    continue  # A title or a heading has its translation by its name.
                for t in translated[unit]:
                    if t in self.free:
                        self.take(n, t)
                        holder[t] = n
                    elif holder.get(t, n) != n:
                        # Its translation was joined to another one, which has it already.
                        self._share(n, holder[t], along=not self.of[n])
        self._share_out()

    def _share(self, n: int, other: int, along: bool) -> None:
        self.root[n] = self.root.get(other, other)
        leader = self.leader(other)
        if along and leader != n and self.of[leader]:
            self.along[n] = leader

    def _share_out(self) -> None:
        """Where both languages divided a block into as many parts, each gets its own, in order.

        Where they did not, all that is known is that the parts belong together.
        """
        for leader in sorted(set(self.along.values())):
            self._hand_out(leader)

    def _hand_out(self, leader: int) -> None:
        members = sorted([leader, *(n for n, to in self.along.items() if to == leader)])
        blocks = sorted(self.of[leader])
        if len(blocks) != len(members) or self.original[leader].name in HEAD:
            return
        if any(self._is_of_parts(unit) for n in members for unit in self.was[n]):
            return
        for n, t in zip(members, blocks, strict=True):
            self.of[n] = [t]
            self.along.pop(n, None)

    def _is_of_parts(self, unit: int) -> bool:
        """Whether a unit was noted with several blocks in both languages."""
        return min(self.originals.count([unit]), self.translations.count([unit])) > 1

    def _pair_between(self) -> None:
        """What is left between the same neighbours: in order where both languages have as many.

        Elsewhere all that the translation has there stands with the first of the blocks, unless
        some of these had translations of their own, which are gone.
        """
        lonely = [n for n in self.ns if not self.of[n] and n not in self.along]
        for run in unbroken(lonely):
            after = self._free_from(self._end_of(run[0] - 1), 1)
            before = self._free_from(self._start_of(run[-1] + 1), -1)
            found = after if len(after) == len(run) or after == before else before
            if len(found) == len(run):
                for n, t in zip(run, found, strict=True):
                    self.take(n, t)
            elif found and after == before and not any(self._had_translation(n) for n in run):
                for t in found:
                    self.take(run[0], t)
                self.along.update((n, run[0]) for n in run[1:])

    def _had_translation(self, n: int) -> bool:
        return any(self.baseline.units[unit].translation for unit in self.was[n])

    def _fill_along(self) -> None:
        """A paragraph that follows a joined translation is that of what was said along with it."""
        for leader in sorted(set(self.along.values())):
            members = sorted(n for n, to in self.along.items() if to == leader)
            found = self._free_from(max(self.of[leader], default=None), 1)
            if not found or len(found) > len(members) or any(t in self.unit_of for t in found):
                continue
            for n, t in zip(members, found, strict=False):
                del self.along[n]
                self.take(n, t)

    def _end_of(self, n: int) -> int | None:
        """The last block of the translation that belongs to one of the original."""
        return max(self.of[n], default=None) if n >= 0 else -1

    def _start_of(self, n: int) -> int | None:
        return min(self.of[n], default=None) if n < len(self.of) else len(self.translation)

    def _free_from(self, start: int | None, step: int) -> list[int]:
        """The unbroken run of free blocks beside one, in their order."""
        found: list[int] = []
        while start is not None and start + step in self.free:
            start += step
            found.append(start)
        return found[::step]


class _Side:
    """One language's texts as the baseline has them, in pieces, and as they are.

    Texts come in the order in which they stood, each with the number and the id of its unit.
    """

    def __init__(self, texts: Iterable[tuple[int, str, str]], blocks: Sequence[Block]) -> None:
        self.pieces: list[Piece] = []
        self.unit: list[int] = []
        for number, unit, text in texts:
            for piece in _pieces(unit, text):
                self.pieces.append(piece)
                self.unit.append(number)
        self.now = [Piece(_fixed_name(block), block.text) for block in blocks]

    def units_that_stand(self) -> frozenset[int]:
        """The units of which every piece is still among the blocks."""
        now = {normalised(piece.text) for piece in self.now}
        gone = {
            unit
            for unit, piece in zip(self.unit, self.pieces, strict=True)
            if normalised(piece.text) not in now
        }
        return frozenset(self.unit) - gone

    def found(self, likely: Container[int]) -> tuple[list[tuple[int, ...]], list[bool]]:
        """The units that each block was made of, and whether it is a piece as it was."""
        preferred = {piece for piece, unit in enumerate(self.unit) if unit in likely}
        self.origins: list[Origin] = origins(self.pieces, self.now, preferred)
        units = [
            tuple(dict.fromkeys(self.unit[piece] for piece in origin.old))
            for origin in self.origins
        ]
        return units, [origin.same for origin in self.origins]

    def is_whole(self, unit: int) -> bool:
        """Whether some block was made of each piece of a unit."""
        used = {piece for origin in self.origins for piece in origin.old}
        return all(piece in used for piece, of in enumerate(self.unit) if of == unit)

    def count(self, units: Iterable[int]) -> int:
        """How many pieces units have."""
        wanted = set(units)
        return sum(unit in wanted for unit in self.unit)


def _in_order_of_translation(units: Sequence[BaselineUnit]) -> list[int]:
    """The numbers of units as the translation had them, by what is noted of their order."""
    order = [number for number, unit in enumerate(units) if not unit.after]
    waiting = [number for number, unit in enumerate(units) if unit.after]
    while waiting:
        ids = {units[number].id: at for at, number in enumerate(order)}
        ready = [n for n in waiting if units[n].after in ids or units[n].after == units[n].id]
        # What it followed may be gone: it then stands where its original does.
        number = ready[0] if ready else waiting[0]
        order.insert(ids.get(units[number].after, -1 if ready else number - 1) + 1, number)
        waiting.remove(number)
    return order


def _pieces(unit: str, text: str) -> Iterator[Piece]:
    if unit in HEAD:
        yield Piece(unit, text)
        return
    for block in read_blocks(Text(text, Place(""))):
        yield Piece(_fixed_name(block), block.text)


def _fixed_name(block: Block) -> str:
    """What names a block in every language, or ""."""
    if block.name in HEAD:
        return block.name
    return f"#{block.id}" if block.kind == "heading" and block.id else ""


# How each row stands


def _row(n: int, pairing: _Pairing, baseline: Baseline | None, reviewed: Reviewed) -> Row:
    units = pairing.baseline.units
    return Row(
        _state(n, pairing, baseline, reviewed),
        pairing.ids[n],
        pairing.original[n],
        tuple(pairing.translation[t] for t in pairing.of[n]),
        tuple(units[unit] for unit in pairing.was[n]),
        pairing.original[pairing.along[n]].name if n in pairing.along else "",
    )


def _state(n: int, pairing: _Pairing, baseline: Baseline | None, reviewed: Reviewed) -> RowState:
    if reviewed.both:
        return "fresh"
    if baseline is None:
        return "unstamped"
    if not pairing.was[n]:
        return "added"
    together = _Together(n, pairing)
    translation_as_it_was = reviewed.translation or together.translation_as_it_was
    if reviewed.original or together.original_as_it_was:
        if translation_as_it_was:
            return "fresh" if together.is_divided_alike or reviewed.original else "divided"
        return "edited" if pairing.of[pairing.leader(n)] else "lost"
    if together.is_repeated:
        return "repeated"
    return "changed" if translation_as_it_was else "both"


class _Together:
    """A block of the original with all that shares a unit with it, then and now."""

    def __init__(self, n: int, pairing: _Pairing) -> None:
        self.n, self.pairing = n, pairing
        root = pairing.root.get(n, n)
        self.members = [m for m in pairing.ns if pairing.root.get(m, m) == root]
        self.blocks = sorted({t for m in self.members for t in pairing.of[m]})
        self.units = sorted({unit for m in self.members for unit in pairing.was[m]})

    @property
    def original_as_it_was(self) -> bool:
        pairing, units = self.pairing, self.pairing.was[self.n]
        if pairing.exact[self.n] and all(map(pairing.originals.is_whole, units)):
            return True
        now = [pairing.original[m].text for m in self.members]
        return is_same(now, (pairing.baseline.units[unit].original for unit in self.units))

    @property
    def translation_as_it_was(self) -> bool:
        pairing = self.pairing
        units = pairing.baseline.units
        mine = [pairing.translation[t].text for t in pairing.of[pairing.leader(self.n)]]
        known = [units[unit].translation for unit in pairing.was[self.n]]
        is_alone = len(self.members) == 1 or pairing.exact[self.n]
        if not all(known) or (is_alone and is_same(mine, known)):
            return True
        now = [pairing.translation[t].text for t in self.blocks]
        return is_same(now, (units[unit].translation for unit in self.units))

    @property
    def is_divided_alike(self) -> bool:
        """Whether the paragraphs are as they were, or as many in both languages."""
        pairing = self.pairing
        units = pairing.was[self.n]
        blocks = pairing.of[pairing.leader(self.n)]
        if pairing.exact[self.n] and pairing.originals.count(units) == 1 == len(blocks):
            known = (pairing.baseline.units[unit].translation for unit in units)
            if is_same((pairing.translation[t].text for t in blocks), known):
                return pairing.translations.count(units) == 1
        now = len(self.members), len(self.blocks)
        then = pairing.originals.count(self.units), pairing.translations.count(self.units)
        return now == then or now[0] == now[1] or not then[1]

    @property
    def is_repeated(self) -> bool:
        text = normalised(self.pairing.original[self.n].text)
        units = self.pairing.baseline.units
        return any(normalised(units[u].original) == text for u in self.pairing.was[self.n])


def is_same(now: Iterable[str], then: Iterable[str]) -> bool:
    return normalised(" ".join(now)) == normalised(" ".join(then))


# What stands elsewhere


def _with_moves(rows: list[Row], pairing: _Pairing) -> list[Row]:
    """`rows`, those "moved" of which the translation stands elsewhere than when it was compared."""
    known = {unit.id: unit.after for unit in pairing.baseline.units}
    places: dict[str, list[int]] = {}
    for row in rows:
        if row.was:
            found = places.setdefault(row.was[0].id, [])
            found += map(place_in_section, row.translations)
    after = out_of_order(
        [Standing(unit, min(found), bool(known[unit])) for unit, found in places.items() if found]
    )
    moved = {unit for unit, before in after.items() if known[unit] != before}
    return [
        replace(row, state="moved")
        if row.state == "fresh" and row.was and row.was[0].id in moved
        else row
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit, and where in the translation it begins; `is_noted` where its order is noted."""

    id: str
    place: int
    is_noted: bool


def out_of_order(standing: Sequence[Standing]) -> dict[str, str]:
    """Of units in the order of the original, the fewest that the translation has elsewhere, each
    with the one that it follows there. One that follows none has its own id.

    What is noted is preferred: of two that changed places either is out of order, and it is to be
    the same one each time.
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


def place_in_section(block: Block) -> int:
    """Its place among the blocks of its section: title and summary before the first paragraph."""
    return HEAD.index(block.name) - len(HEAD) if block.name in HEAD else int(block.name)


def _longest_in_order(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Indexes of the heaviest ascending subsequence: of 2, 1, 3 those of 1 and 3, or of 2 and 3."""
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


# What one language alone has


def _with_extras(rows: Sequence[Row], pairing: _Pairing) -> Iterator[Row]:
    """`rows`, and with each what follows it in the translation and belongs to no other."""
    following = _following(range(len(pairing.translation)), pairing.free, pairing.of)
    for n, row in enumerate(rows):
        more = tuple(pairing.translation[t] for t in following.get(n, ()))
        both = sorted((*row.translations, *more), key=place_in_section)
        yield replace(row, translations=tuple(both)) if more else row


def _following(
    places: Iterable[int], free: Container[int], of: Sequence[Sequence[int]]
) -> dict[int, list[int]]:
    """Free blocks of the translation by the block of the original whose translation they follow."""
    holder = {t: n for n, blocks in enumerate(of) for t in blocks}
    last, found = 0, defaultdict(list)
    for t in places:
        last = holder.get(t, last)
        if t in free:
            found[last].append(t)
    return found


def _with_the_others(rows: list[Row], pairing: _Pairing, reviewed: bool) -> list[Row]:
    """`rows`, and among them what the original no longer has, or only the translation has.

    What is gone from both languages is nobody's concern any more.
    """
    used = {unit for units in pairing.was for unit in units}
    free = set(pairing.free)
    # Each row under the last unit and the last block of the translation that stand in it.
    keyed = [
        (row, max(pairing.was[n], default=-1), max(pairing.of[n], default=-1))
        for n, row in enumerate(rows)
    ]
    for number, unit in enumerate(pairing.baseline.units):
        if number in used or reviewed:
            continue
        theirs = [t for t in sorted(free) if number in pairing.theirs[t]]
        free.difference_update(theirs)
        if theirs or not unit.translation:
            blocks = tuple(pairing.translation[t] for t in theirs)
            row = Row("removed", unit.id, None, blocks, (unit,))
            at = _after(number - 1, [key for _, key, _ in keyed])
            keyed.insert(at, (row, number, max(theirs, default=-1)))
    taken = {row.id for row in rows} | {unit.id for unit in pairing.baseline.units}
    for t in sorted(free):
        block = pairing.translation[t]
        extra_id = free_id(unit_id(block), taken)
        taken.add(extra_id)
        at = _after(t - 1, [key for _, _, key in keyed])
        keyed.insert(at, (Row("extra", extra_id, None, (block,)), -1, t))
    return [row for row, _, _ in keyed]


def _after(key: int, keys: Sequence[int]) -> int:
    """The index behind the last of `keys` that is `key`, or the end."""
    return max((at + 1 for at, found in enumerate(keys) if found == key), default=len(keys))


# The texts of YAML, and sections as a whole
