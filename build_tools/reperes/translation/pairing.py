"""Which block of a translation says which block of its original?

A baseline has both as they were when somebody last compared them, in units: nearly always a block
and its translation. Each language's blocks are traced back to the units that they were made of
(`origins`), so that blocks of two languages which were made of the same unit belong together. What
no unit tells is told by headings' ids, then by neighbours.

In the examples here, fr is the original and en the translation; "fr 1" is its first block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from reperes.model.baselines import HEAD, Baseline, free_id, unit_id
from reperes.text.blocks import Block, read_blocks
from reperes.text.folding import normalised
from reperes.text.problems import Place, Text
from reperes.translation.order import in_order_of_translation
from reperes.translation.origins import Piece, origins, unbroken


class Pairing:
    """The blocks of two languages, by their indexes, and what links them.

    `n` always is a block of the original, `t` one of the translation, `u` a unit of the baseline.

    `ids` are those of the units that the blocks of the original are, or will be when stamped.
    `beside[n]` are the blocks of the translation that say `n`: several where it was split, none
    where it is not translated or `along[n]` names another block, whose translation says `n` too.
    `free` are blocks of the translation that stand beside none. `sharing[n]` is the same for all
    blocks that have a unit in common, however they are divided.
    """

    def __init__(
        self, original: Sequence[Block], translation: Sequence[Block], baseline: Baseline
    ) -> None:
        self.original, self.translation, self.units = original, translation, baseline.units
        self.originals = _Side(
            [(u, unit.id, unit.original) for u, unit in enumerate(self.units)], original
        )
        self.translations = _Side(
            [
                (u, self.units[u].id, self.units[u].translation)
                for u in in_order_of_translation(self.units)
            ],
            translation,
        )
        # Of two units with the same text, the one whose other side still stands is the likely one:
        # fr 1 and fr 5 said "Idem.", en 1 is gone, and one "Idem." is left. It is fr 5.
        standing = self.originals.units_that_stand(), self.translations.units_that_stand()
        self.originals.trace(likely=standing[1])
        self.translations.trace(likely=standing[0])
        self.beside: list[list[int]] = [[] for _ in original]
        self.along: dict[int, int] = {}
        self.sharing = [*range(len(original))]
        self.free = set(range(len(translation)))
        # A block that is as it was has the first claim to its unit, and to its translation.
        is_as_it_was = self.originals.is_as_it_was
        self._by_claim = sorted(range(len(original)), key=lambda n: (not is_as_it_was[n], n))
        self.ids = self._ids()
        self._pair_names()
        self._pair_by_units()
        self._hand_out_parts()
        self._pair_between_neighbours()
        self._pair_what_follows_a_joined_one()

    def leader(self, n: int) -> int:
        """The block whose translation says block `n`: itself, unless it is along another one."""
        return self.along.get(n, n)

    def _take(self, n: int, t: int) -> None:
        self.beside[n] = sorted([*self.beside[n], t])
        self.free.discard(t)
        self.along.pop(n, None)  # of two units, the second may tell what the first did not

    def _share(self, n: int, other: int) -> None:
        """Let block `n` belong to what `other` does and, without a translation, be said along."""
        self.sharing[n] = self.sharing[other]
        leader = self.leader(other)
        if not self.beside[n] and leader != n and self.beside[leader]:
            self.along[n] = leader

    def _ids(self) -> list[str]:
        """The id of each block: of the first unit that it was made of and nobody else has.

        fr 1 was split: its first part keeps the id of the unit, the second one gets a new id.
        """
        taken = {unit.id for unit in self.units}
        ids: dict[int, str] = {}
        owned: set[int] = set()
        for n in self._by_claim:
            first = next((u for u in self.originals.made_of[n] if u not in owned), None)
            if first is not None:
                owned.add(first)
                ids[n] = self.units[first].id
        for n, block in enumerate(self.original):
            if n not in ids:
                wanted = block.name if block.name in HEAD else unit_id(block)
                ids[n] = free_id(wanted, taken)
                taken.add(ids[n])
        return [ids[n] for n in range(len(self.original))]

    def _pair_names(self) -> None:
        """Titles, summaries, and headings with the same id, whatever they say."""
        named = {fixed_name(block): t for t, block in enumerate(self.translation)}
        for n, block in enumerate(self.original):
            name = fixed_name(block)
            if name and named.get(name) in self.free:
                self._take(n, named[name])

    def _pair_by_units(self) -> None:
        """Blocks that were made of the same unit belong together.

        - fr 1 and fr 2 were joined: both units lead to fr 1, and en 1 and en 2 both stand beside
          it.
        - fr 1 was split: fr 1 and fr 2 were made of one unit. fr 1 owns it, and has en 1; fr 2 is
          said along with it.
        - en 1 and en 2 were joined: en 1 was made of both units. fr 1 has it; fr 2, whose unit
          leads to it too, is said along with it.
        """
        made_of = self.originals.made_of
        made_from: dict[int, list[int]] = defaultdict(list)
        for t, units in enumerate(self.translations.made_of):
            for u in units:
                made_from[u].append(t)
        owner: dict[int, int] = {}
        for n, blocks in enumerate(self.beside):
            if blocks:
                owner.update((u, n) for u in made_of[n] if u not in owner)
        holder = {t: n for n, blocks in enumerate(self.beside) for t in blocks}
        for n in self._by_claim:
            has_name = bool(self.beside[n])
            for u in made_of[n]:
                if owner.setdefault(u, n) != n:
                    self._share(n, owner[u])
                    continue
                if has_name and self.translations.count([u]) < 2:
                    continue  # A title or a heading has its translation by its name.
                for t in made_from[u]:
                    if t in self.free:
                        self._take(n, t)
                        holder[t] = n
                    elif holder.get(t, n) != n:
                        self._share(n, holder[t])

    def _hand_out_parts(self) -> None:
        """Where both languages divided a block into as many parts, each gets its own, in order.

        fr 2 was split in two, and so was en 2: en 2 and en 3 stand beside fr 2 until here, and fr 3
        is said along with it. From here on en 3 stands beside fr 3. Where one language has more
        parts, all that is known is that the parts belong together; so where a unit was noted with
        several blocks in both languages, as a translator does who says three paragraphs in two.
        """
        for leader in sorted(set(self.along.values())):
            members = sorted([leader, *(n for n, to in self.along.items() if to == leader)])
            blocks = self.beside[leader]
            if len(blocks) != len(members) or self.original[leader].name in HEAD:
                continue
            units = {u for n in members for u in self.originals.made_of[n]}
            if any(min(self.originals.count([u]), self.translations.count([u])) > 1 for u in units):
                continue
            for n, t in zip(members, blocks, strict=True):
                self.beside[n] = [t]
                self.along.pop(n, None)

    def _pair_between_neighbours(self) -> None:
        """What is left between the same neighbours: in order where both languages have as many.

        fr A X Y B beside en a x y b, of which A and a, B and b belong together: X and x do, and
        Y and y. Of en a z b, all that is known is that z says X, Y or both: it stands beside X, and
        Y is said along with it. But if X or Y had a translation that is gone, z is no other one of
        them: the translation alone has it.
        """
        lonely = [n for n, blocks in enumerate(self.beside) if not blocks and n not in self.along]
        for run in unbroken(lonely):
            after = self._free_after(run[0] - 1)
            before = self._free_before(run[-1] + 1)
            found = after if len(after) == len(run) or after == before else before
            if len(found) == len(run):
                for n, t in zip(run, found, strict=True):
                    self._take(n, t)
            elif found and after == before and not any(self._had_translation(n) for n in run):
                for t in found:
                    self._take(run[0], t)
                self.along.update((n, run[0]) for n in run[1:])

    def _pair_what_follows_a_joined_one(self) -> None:
        """A new paragraph behind a joined translation is that of what was said along with it.

        en 1 said fr 1 and fr 2. Somebody writes another paragraph behind it: it stands beside fr 2.
        """
        for leader in sorted(set(self.along.values())):
            members = sorted(n for n, to in self.along.items() if to == leader)
            found = self._free_after(leader)
            if len(found) <= len(members) and not any(self.translations.made_of[t] for t in found):
                for n, t in zip(members, found, strict=False):
                    del self.along[n]
                    self._take(n, t)

    def _had_translation(self, n: int) -> bool:
        return any(self.units[u].translation for u in self.originals.made_of[n])

    def _free_after(self, n: int) -> list[int]:
        """The unbroken run of free blocks behind the translation of `n`, or from the start on."""
        last = max(self.beside[n], default=None) if n >= 0 else -1
        found: list[int] = []
        while last is not None and last + 1 in self.free:
            last += 1
            found.append(last)
        return found

    def _free_before(self, n: int) -> list[int]:
        """The unbroken run of free blocks before the translation of `n`, or up to the end."""
        is_block = n < len(self.beside)
        first = min(self.beside[n], default=None) if is_block else len(self.translation)
        found: list[int] = []
        while first is not None and first - 1 in self.free:
            first -= 1
            found.insert(0, first)
        return found


class _Side:
    """One language's blocks as they are, and its texts as the baseline has them, in pieces.

    A unit may hold several blocks; each is a piece, to be found again by itself. Texts come in the
    order in which they stood, each with the number and the id of its unit.

    `made_of` are the units that each block was made of, and `is_as_it_was` whether it is a piece of
    one, unchanged. Both are there once the blocks were traced.
    """

    made_of: list[tuple[int, ...]]
    is_as_it_was: list[bool]

    def __init__(self, texts: Iterable[tuple[int, str, str]], blocks: Sequence[Block]) -> None:
        self._pieces: list[Piece] = []
        self._unit_of_piece: list[int] = []
        for number, unit, text in texts:
            for piece in _pieces(unit, text):
                self._pieces.append(piece)
                self._unit_of_piece.append(number)
        self._now = [Piece(fixed_name(block), block.text) for block in blocks]

    def units_that_stand(self) -> frozenset[int]:
        """The units of which every piece is still among the blocks."""
        now = {normalised(piece.text) for piece in self._now}
        gone = {
            unit
            for unit, piece in zip(self._unit_of_piece, self._pieces, strict=True)
            if normalised(piece.text) not in now
        }
        return frozenset(self._unit_of_piece) - gone

    def trace(self, likely: Container[int]) -> None:
        """Find out what each block was made of; of equal texts, one of a likely unit."""
        preferred = {piece for piece, unit in enumerate(self._unit_of_piece) if unit in likely}
        found = origins(self._pieces, self._now, preferred)
        self._used = {piece for origin in found for piece in origin.old}
        self.is_as_it_was = [origin.same for origin in found]
        self.made_of = [
            tuple(dict.fromkeys(self._unit_of_piece[piece] for piece in origin.old))
            for origin in found
        ]

    def is_whole(self, unit: int) -> bool:
        """Whether some block was made of each piece of a unit."""
        return all(
            piece in self._used for piece, of in enumerate(self._unit_of_piece) if of == unit
        )

    def count(self, units: Iterable[int]) -> int:
        """How many pieces units have."""
        wanted = set(units)
        return sum(unit in wanted for unit in self._unit_of_piece)


def _pieces(unit: str, text: str) -> Iterator[Piece]:
    if unit in HEAD:
        yield Piece(unit, text)
        return
    for block in read_blocks(Text(text, Place(""))):
        yield Piece(fixed_name(block), block.text)


def fixed_name(block: Block) -> str:
    """What names a block in every language, or ""."""
    if block.name in HEAD:
        return block.name
    return f"#{block.id}" if block.kind == "heading" and block.id else ""
