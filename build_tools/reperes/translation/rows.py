"""How each block of a section and its translation stand to what they were when last compared.

A row is a block of the original with the blocks of the translation that say it (`pairing`), and its
state. Everything that asks whether a translation is up to date reads rows: `staleness` has them for
a whole explainer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reperes.model.baselines import HEAD, Baseline, BaselineUnit, free_id, unit_id
from reperes.model.site import Section
from reperes.text.blocks import Block, is_surely_one_block, read_blocks
from reperes.text.folding import normalised
from reperes.translation.codes import pair_code, section_code
from reperes.translation.order import Standing, out_of_order, place_in_section
from reperes.translation.pairing import Pairing, fixed_name

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


class Wording(NamedTuple):
    """What both languages said when they were last compared.

    "" of an original that is new, and of a translation that is new, or that nobody noted.
    """

    original: str
    translation: str

    @classmethod
    def of(cls, units: Iterable[BaselineUnit]) -> Wording:
        """What several units say together, as paragraphs."""
        units = tuple(units)
        return cls(
            "\n\n".join(unit.original for unit in units),
            "\n\n".join(unit.translation for unit in units if unit.translation),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the original beside its translation, and both as they were when last compared.

    `original` is None where the original no longer has the block ("removed") or never had it
    ("extra"). `translations` are several where the translation has split the block, and none where
    it lacks it, or where what it says stands with the translation of `along`, another block.
    `id` is the unit's in the baseline, and in what is exchanged with translators' tools. `was` are
    the units that the block was made of.

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
    def translation(self) -> str:
        return joined(self.translations)

    @property
    def before(self) -> Wording:
        return Wording.of(self.was)


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
        """The units of its rows, one that several were made of but once."""
        return tuple(dict.fromkeys(unit for row in self.rows for unit in row.was))

    @property
    def before(self) -> Wording:
        return Wording.of(self.was)

    @property
    def is_fresh(self) -> bool:
        return all(row.is_fresh for row in self.rows)


def joined(blocks: Iterable[Block]) -> str:
    """Blocks as they stand in a section, a blank line between them."""
    return "\n\n".join(block.text for block in blocks)


def is_same(now: Iterable[str], then: Iterable[str]) -> bool:
    """Whether texts say what others said, however divided; spaces and quotes are no difference."""
    return normalised(" ".join(now)) == normalised(" ".join(then))


def matches(rows: Iterable[Row]) -> list[Match]:
    """Rows of blocks that the original has, with those that its translation says together."""
    together: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.original is not None:
            together[row.along or row.name].append(row)
    return [Match(tuple(found)) for found in together.values()]


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
        if not translation.reviewed:
            return cls()
        of_original, _, of_translation = str(translation.reviewed or "").partition("-")
        if not of_translation:
            return cls(of_original == section_code(original))
        today = pair_code(original, translation).split("-")
        return cls(of_original == today[0], of_translation == today[1])


def section_rows(
    original: Section, translation: Section, baseline: Baseline | None
) -> tuple[Row, ...]:
    """The rows of a section and its translation."""
    reviewed = Reviewed.of(original, translation)
    if reviewed.original and baseline is None and "-" not in (translation.reviewed or ""):
        reviewed = Reviewed(True, True)  # A code of an older program, and nothing says more.
    return paired(original.headed_blocks, translation.headed_blocks, baseline, reviewed)


def untranslated(original: Section) -> tuple[Row, ...]:
    """The rows of a section that is not translated yet."""
    return paired(original.headed_blocks, (), Baseline())


def paired(
    original: Sequence[Block],
    translation: Sequence[Block],
    baseline: Baseline | None,
    reviewed: Reviewed = Reviewed(),
) -> tuple[Row, ...]:
    """The blocks of an original in order, each beside its translation; then, where they stood, what
    only the translation or only the baseline has."""
    if baseline is not None and _are_as_they_were(original, translation, baseline):
        return tuple(
            Row("fresh", unit.id, block, (said,), (unit,))
            for block, said, unit in zip(original, translation, baseline.units, strict=True)
        )
    pairing = Pairing(original, translation, baseline or Baseline())
    rows = [
        Row(
            _state(n, pairing, baseline, reviewed),
            pairing.ids[n],
            block,
            tuple(translation[t] for t in pairing.beside[n]),
            tuple(pairing.units[u] for u in pairing.originals.made_of[n]),
            original[pairing.along[n]].name if n in pairing.along else "",
        )
        for n, block in enumerate(original)
    ]
    if reviewed.both:
        return tuple(_with_extras_beside(rows, pairing))
    if baseline is not None and baseline.knows_order:
        rows = _with_moves(rows, pairing)
    return tuple(_with_what_one_language_has(rows, pairing, reviewed.original))


def _are_as_they_were(
    original: Sequence[Block], translation: Sequence[Block], baseline: Baseline
) -> bool:
    """Whether each unit of a baseline is one block of both languages, word for word, in order.

    So it is of most sections; how their blocks belong together need not be found out.
    """
    units = baseline.units
    if not len(original) == len(translation) == len(units):
        return False
    names = [fixed_name(block) for block in original]
    given = [name for name in names if name]
    return (
        all(
            unit.original == block.text and unit.translation == said.text and not unit.after
            for unit, block, said in zip(units, original, translation, strict=True)
        )
        and names == [fixed_name(block) for block in translation]
        and len(given) == len(set(given)) == len(HEAD) + sum(b.kind == "heading" for b in original)
        and all(map(_is_one_block, (*original, *translation)))
    )


def _is_one_block(block: Block) -> bool:
    """Whether a block is one by itself too, without what stands around it."""
    is_one = block.name in HEAD or "\n" not in block.text or is_surely_one_block(block.text)
    return is_one or len(read_blocks(block.text)) == 1


# The state of a row


def _state(n: int, pairing: Pairing, baseline: Baseline | None, reviewed: Reviewed) -> RowState:
    if reviewed.both:
        return "fresh"
    if baseline is None:
        return "unstamped"
    if not pairing.originals.made_of[n]:
        return "added"
    together = _Together(n, pairing)
    translation_as_it_was = reviewed.translation or together.translation_as_it_was
    if reviewed.original or together.original_as_it_was:
        if translation_as_it_was:
            return "fresh" if together.is_divided_alike or reviewed.original else "divided"
        return "edited" if pairing.beside[pairing.leader(n)] else "lost"
    if together.is_repeated:
        return "repeated"
    return "changed" if translation_as_it_was else "both"


class _Together:
    """A block of the original with all that shares a unit with it, then and now.

    fr 1 was split into fr 1 and fr 2, and en 1 says both: `members` are fr 1 and fr 2, `blocks` is
    en 1, and `units` the one that all were made of.
    """

    def __init__(self, n: int, pairing: Pairing) -> None:
        self.n, self.pairing = n, pairing
        self.made_of = pairing.originals.made_of[n]
        self.translations = [pairing.translation[t] for t in pairing.beside[pairing.leader(n)]]
        self.members = [m for m, group in enumerate(pairing.sharing) if group == pairing.sharing[n]]
        self.blocks = sorted({t for m in self.members for t in pairing.beside[m]})
        self.units = sorted({u for m in self.members for u in pairing.originals.made_of[m]})

    @property
    def original_as_it_was(self) -> bool:
        """Whether the block says what its units said, or all that shares them together does.

        Where the block is a piece of a unit, unchanged, the other pieces must be there as well.
        """
        originals = self.pairing.originals
        if originals.is_as_it_was[self.n] and all(map(originals.is_whole, self.made_of)):
            return True
        now = [self.pairing.original[m].text for m in self.members]
        return is_same(now, (self.pairing.units[u].original for u in self.units))

    @property
    def translation_as_it_was(self) -> bool:
        """The same of the translation; nobody can say so of one that an older program left out."""
        pairing = self.pairing
        known = [pairing.units[u].translation for u in self.made_of]
        if not all(known):
            return True
        # Another block repeats this one, say: the translation is measured by itself.
        is_alone = len(self.members) == 1 or pairing.originals.is_as_it_was[self.n]
        if is_alone and is_same((block.text for block in self.translations), known):
            return True
        now = [pairing.translation[t].text for t in self.blocks]
        return is_same(now, (pairing.units[u].translation for u in self.units))

    @property
    def is_divided_alike(self) -> bool:
        """Whether the paragraphs are as they were, or as many in both languages."""
        pairing = self.pairing
        count_original, count_translation = pairing.originals.count, pairing.translations.count
        if pairing.originals.is_as_it_was[self.n] and count_original(self.made_of) == 1:
            known = (pairing.units[u].translation for u in self.made_of)
            if len(self.translations) == 1 and is_same([self.translations[0].text], known):
                return count_translation(self.made_of) == 1
        now = len(self.members), len(self.blocks)
        then = count_original(self.units), count_translation(self.units)
        return now == then or now[0] == now[1] or not then[1]

    @property
    def is_repeated(self) -> bool:
        """Whether the block is a unit word for word, which another block was already."""
        text = normalised(self.pairing.original[self.n].text)
        return any(normalised(self.pairing.units[u].original) == text for u in self.made_of)


def _with_moves(rows: list[Row], pairing: Pairing) -> list[Row]:
    """`rows`, those "moved" of which the translation stands elsewhere than when it was compared."""
    noted = {unit.id: unit.after for unit in pairing.units}
    places: dict[str, list[int]] = {}
    for row in rows:
        if row.was:
            places.setdefault(row.was[0].id, []).extend(map(place_in_section, row.translations))
    after = out_of_order(
        [Standing(unit, min(found), bool(noted[unit])) for unit, found in places.items() if found]
    )
    moved = {unit for unit, before in after.items() if noted[unit] != before}
    return [
        replace(row, state="moved") if row.is_fresh and row.was and row.was[0].id in moved else row
        for row in rows
    ]


# What one language alone has


def _with_extras_beside(rows: Sequence[Row], pairing: Pairing) -> Iterator[Row]:
    """`rows`, each with what follows it in the translation and belongs to no other.

    Somebody has compared the whole: a paragraph that only the translation has is meant to be there.
    """
    holder = {t: n for n, blocks in enumerate(pairing.beside) for t in blocks}
    following: dict[int, list[Block]] = defaultdict(list)
    last = 0
    for t, block in enumerate(pairing.translation):
        last = holder.get(t, last)
        if t in pairing.free:
            following[last].append(block)
    for n, row in enumerate(rows):
        both = sorted((*row.translations, *following[n]), key=place_in_section)
        yield replace(row, translations=tuple(both))


def _with_what_one_language_has(
    rows: Sequence[Row], pairing: Pairing, is_original_reviewed: bool
) -> list[Row]:
    """`rows`, and among them what the original no longer has, or only the translation has.

    fr 2 is gone: its row stands behind that of fr 1, with en 2 where that is still there. What is
    gone from both languages is nobody's concern any more. Somebody wrote another paragraph behind
    en 2: its row follows the one that has en 2.
    """
    made_of, made_from = pairing.originals.made_of, pairing.translations.made_of
    used = {u for units in made_of for u in units}
    free = set(pairing.free)
    # Each row under the last unit and the last block of the translation that stand in it.
    placed = [
        (row, max(made_of[n], default=-1), max(pairing.beside[n], default=-1))
        for n, row in enumerate(rows)
    ]
    for u, unit in enumerate(pairing.units):
        if u in used or is_original_reviewed:
            continue
        left = [t for t in sorted(free) if u in made_from[t]]
        free.difference_update(left)
        if left or not unit.translation:
            blocks = tuple(pairing.translation[t] for t in left)
            row = Row("removed", unit.id, None, blocks, (unit,))
            at = _behind(u - 1, [unit_of_row for _, unit_of_row, _ in placed])
            placed.insert(at, (row, u, max(left, default=-1)))
    taken = {row.id for row in rows} | {unit.id for unit in pairing.units}
    for t in sorted(free):
        block = pairing.translation[t]
        extra_id = free_id(unit_id(block), taken)
        taken.add(extra_id)
        at = _behind(t - 1, [block_of_row for _, _, block_of_row in placed])
        placed.insert(at, (Row("extra", extra_id, None, (block,)), -1, t))
    return [row for row, _, _ in placed]


def _behind(wanted: int, found: Sequence[int]) -> int:
    """The index behind the last of those found that is the wanted one, or the end."""
    return max((at + 1 for at, number in enumerate(found) if number == wanted), default=len(found))
