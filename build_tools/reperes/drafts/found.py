"""What was found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal["number", "date", "name", "quotation"]


@dataclass(frozen=True)
class Finding:
    """A number, date, name or quotation in a text, with what it means in our notation.

    `start` and `end` are the characters that are marked: bound words, amount and unit.
    `value` is, by kind:

    - number: as `value` of a figure has it, without its unit (">350000", "270000..330000", "~30").
    - date: as EDTF ("2018-07-04"), or "" where a day such as “Tuesday” cannot be worked out;
    - name: the id of an actor, a place or a term;
    - quotation: its words without marks.

    `unit` is the id of a unit, or "" where none fits; a percentage, a duration, a ratio and a sum
    of money are numbers with their units. `noun` is what is counted, as it stands ("civilians").
    `anchor` is what a date was worked out from that the text does not say whole ("last Tuesday").
    """

    kind: FindingKind
    start: int
    end: int
    words: str
    value: str
    unit: str = ""
    noun: str = ""
    anchor: str = ""
