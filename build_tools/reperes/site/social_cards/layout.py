"""Where everything stands on a card: from its texts to boxes and lines, in pixels.

How lines break is weighed, for a title is all that a card says. Of the 78 cards of our explainers,
16 break otherwise where one line is filled after another ("Sud de la Syrie : les / pourparlers
échouent, / les frappes reprennent"), 5 where the pauses do not count, and 2 where no size a little
below the largest is tried: each part of the weighing is needed by some card.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from reperes.language.typography import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE
from reperes.site.social_cards import fonts
from reperes.site.social_cards.fonts import Font

WIDTH, HEIGHT = 1200, 630
"""What networks ask for: https://ogp.me/ leaves it open, and all of them show 1.91 to 1 whole."""

Colour = Literal["paper", "ink", "ink-soft", "rule", "accent"]
"""The site's own, by their names in reperes.css."""

FontName = Literal["serif", "sans"]

_MARGIN = 72
_MEASURE = WIDTH - 2 * _MARGIN
_BAND = 16
_MASTHEAD_BASELINE = 86
_MASTHEAD_RULE = 120
_LAST_BASELINE = 556
_TOP_OF_TEXT = 152
"""Nothing of the kicker, the value or the title stands higher."""

_SUBJECT_SIZES = range(34, 25, -1)
_DAY_SIZES = range(27, 19, -1)
_DAY_MEASURE = 420
_CODE_SIZE = 27
_KICKER_SIZES = range(34, 19, -1)
_VALUE_SIZES = range(144, 39, -4)
_VALUE_LINES = 2
_VALUE_HEIGHT = 150
_TITLE_SIZES = range(112, 47, -4)
_TITLE_SIZES_UNDER_VALUE = range(64, 39, -2)
_TITLE_SIZES_BESIDE_PICTURE = range(92, 47, -4)
_TITLE_LINES = 4
_TITLE_LINES_BESIDE_PICTURE = 5
_LINE_HEIGHT = 1.12
_CAPITALS = 0.67
"""The height of capitals, in em."""

_BYLINE_SIZES = range(34, 23, -1)
_BYLINE_GAP = 30
_PICTURE_GAP = 36
"""Over a picture that stands under the text."""

_BESIDE_GAP = 48
"""Before a picture that stands beside the text."""

_GAP = 24
_KICKER_GAP = 34
_VALUE_GAP = 48

_MARK = 36
_MARK_UNITS = 24
_MARK_BOXES = (
    *((0, 0, 24, 3), (0, 21, 24, 3), (0, 7, 10, 10)),
    *((13, 7, 11, 2.5), (13, 11, 11, 2.5), (13, 15, 8, 2.5)),
)
"""The site's icon, docs/assets/favicon.svg."""

ELLIPSIS = "…"

_BEFORE_ELLIPSIS = ",;:" + NO_BREAK_SPACE + NARROW_NO_BREAK_SPACE

_STOPS = frozenset(":;.!?…")
_PAUSES = frozenset(",»”–—")
_SHORT_WORD = 3
_NEAR = 0.85
"""How much smaller a title may be for the sake of better lines."""


@dataclass(frozen=True)
class Box:
    """A filled rectangle. `strength` below 1 lets the paper shine through."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    strength: float = 1


@dataclass(frozen=True)
class Disc:
    """A filled circle, by its middle."""

    x: float
    y: float
    radius: float
    colour: Colour
    strength: float = 1


@dataclass(frozen=True)
class Outline:
    """A line through points; where `width` is 0, the area that it surrounds, filled or hatched."""

    points: tuple[tuple[float, float], ...]
    colour: Colour
    strength: float = 1
    width: float = 0
    hatched: bool = False


@dataclass(frozen=True)
class Line:
    """A line of text; `x` is where it begins, `y` its baseline, `size` the height of an em."""

    text: str
    x: float
    y: float
    font: FontName
    size: int
    colour: Colour


@dataclass(frozen=True)
class Sheet:
    """A drawing that is cut off at its edges; its parts count from its own corner."""

    x: float
    y: float
    width: float
    height: float
    parts: tuple[Outline, ...]


Part = Box | Disc | Line | Outline | Sheet
"""What a card is drawn from. An outline stands on a sheet alone."""


@dataclass(frozen=True)
class Picture:
    """What a card shows beside its words, or under them; its parts count from its own corner."""

    width: float
    height: float
    parts: tuple[Box | Disc | Line | Sheet, ...]
    beside: bool = False

    @cached_property
    def digest(self) -> str:
        """What it shows, in short."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class Texts:
    """What a card says, typeset, and shows. `kicker`, `value` and `byline` may be empty.

    `byline` is who gives the value, and when.
    """

    code: str
    subject: str
    day: str
    kicker: str
    value: str
    title: str
    byline: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Block:
    """A text broken into lines, at the size at which they fit."""

    lines: tuple[str, ...]
    size: int
    cost: float

    @property
    def line_height(self) -> float:
        return self.size * _LINE_HEIGHT

    @property
    def height(self) -> float:
        """From the top of the first line's capitals to the last baseline."""
        return self.size * _CAPITALS + self.line_height * (len(self.lines) - 1)


@lru_cache(maxsize=64)
def lay_out(texts: Texts) -> tuple[Part, ...]:
    """A card as what is drawn, from the back to the front.

    Raises KeyError for a character that the fonts lack.
    """
    return (*_masthead(texts.code, texts.subject, texts.day), *_text(texts))


@lru_cache(maxsize=64)  # it stands on all cards of a language
def _masthead(code: str, subject: str, day: str) -> tuple[Part, ...]:
    """As on the site: the subject and the day under a band, the language at the end."""
    serif, sans, y = fonts.serif(), fonts.sans(), _MASTHEAD_BASELINE
    code_width = sans.width(code) * _CODE_SIZE
    today = fit(day, sans, _DAY_MEASURE, _DAY_SIZES, lines=1)
    start = _MARGIN + _MARK + _GAP * 0.75
    day_width = sans.width(today.lines[0]) * today.size
    room = WIDTH - _MARGIN - start - day_width - code_width - 2 * _GAP
    named = fit(subject, serif, room, _SUBJECT_SIZES, lines=1)
    (name,) = named.lines
    after = start + serif.width(name) * named.size + _GAP
    return (
        Box(0, 0, WIDTH, _BAND, "accent"),
        Box(_MARGIN, _MASTHEAD_RULE, _MEASURE, 2, "rule"),
        *_mark(_MARGIN, y - _MARK + 6),
        Line(name, start, y, "serif", named.size, "ink"),
        Line(today.lines[0], after, y, "sans", today.size, "ink-soft"),
        Line(code, WIDTH - _MARGIN - code_width, y, "sans", _CODE_SIZE, "ink-soft"),
    )


def _mark(x: float, y: float) -> list[Box]:
    scale = _MARK / _MARK_UNITS
    return [
        Box(x + left * scale, y + top * scale, width * scale, height * scale, "accent")
        for left, top, width, height in _MARK_BOXES
    ]


def _text(texts: Texts) -> list[Part]:
    """From the foot of the card upwards: the byline, the picture, the title, the value, the kicker.

    A picture beside the text stands at the right, and leaves the text less room across.
    """
    serif, sans = fonts.serif(), fonts.sans()
    foot: float = _LAST_BASELINE
    measure: float = _MEASURE
    drawn: list[Part] = []
    if texts.byline:
        byline = fit(texts.byline, sans, _MEASURE, _BYLINE_SIZES, lines=1)
        drawn += lines_of(byline, foot, "sans", "ink")
        foot -= round(byline.height) + _BYLINE_GAP
    if texts.picture and texts.picture.beside:
        measure -= texts.picture.width + _BESIDE_GAP
        top = (_TOP_OF_TEXT + _LAST_BASELINE - texts.picture.height) / 2
        drawn += _moved(texts.picture, WIDTH - _MARGIN - texts.picture.width, top)
    elif texts.picture:
        foot -= texts.picture.height
        drawn += _moved(texts.picture, _MARGIN, foot)
        foot -= _PICTURE_GAP
    room = foot - _TOP_OF_TEXT
    kicker = value = None
    if texts.kicker:
        kicker = fit(texts.kicker, sans, measure, _KICKER_SIZES, lines=1)
        room -= kicker.height + _KICKER_GAP
    if texts.value:
        height = min(_VALUE_HEIGHT, room / 2)
        value = fit(texts.value, serif, measure, _VALUE_SIZES, _VALUE_LINES, height)
        room -= value.height + _VALUE_GAP
    sizes, lines = _TITLE_SIZES_UNDER_VALUE if value else _TITLE_SIZES, _TITLE_LINES
    if texts.picture and texts.picture.beside:
        sizes, lines = _TITLE_SIZES_BESIDE_PICTURE, _TITLE_LINES_BESIDE_PICTURE
    title = fit(texts.title, serif, measure, sizes, lines, room)
    drawn += lines_of(title, foot, "serif", "ink")
    if value:
        foot -= round(title.height) + _VALUE_GAP
        drawn += lines_of(value, foot, "serif", "accent")
    if kicker:
        foot -= round((value or title).height) + _KICKER_GAP
        drawn += lines_of(kicker, foot, "sans", "accent")
    return drawn


def _moved(picture: Picture, x: float, y: float) -> list[Part]:
    return [replace(part, x=part.x + x, y=part.y + y) for part in picture.parts]


def lines_of(
    block: Block, foot: float, font: FontName, colour: Colour, x: float = _MARGIN
) -> list[Part]:
    """The lines of a block that begin at `x`, the last with its baseline at `foot`."""
    return [
        Line(line, x, foot - block.line_height * below, font, block.size, colour)
        for below, line in zip(reversed(range(len(block.lines))), block.lines, strict=True)
    ]


def fit(
    text: str, font: Font, width: float, sizes: Sequence[int], lines: int, height: float = HEIGHT
) -> Block:
    """The text at the largest of `sizes` (in pixels, falling) at which it fits, or a little below.

    What fits at none of them loses its last words to an ellipsis at the smallest.
    """

    def fitted(text: str, size: int) -> Block | None:
        if lines == 1 and " " in text and font.width(text) > width / size:
            return None  # as it would be broken
        broken, cost = break_lines(text, font, width / size)
        block = Block(broken, size, cost)
        wide = any(font.width(line) * size > width for line in block.lines)
        too_much = wide or len(block.lines) > lines or block.height > height
        return None if too_much else block

    largest = next(filter(None, (fitted(text, size) for size in sizes)), None)
    if largest is None:
        return next(filter(None, (fitted(shorter, sizes[-1]) for shorter in _shortened(text))))
    near = (size for size in sizes if _NEAR * largest.size <= size <= largest.size)
    blocks = (fitted(text, size) for size in near)
    as_many = (block for block in blocks if block and len(block.lines) == len(largest.lines))
    return min(as_many, key=lambda block: block.cost + 1 - block.size / largest.size)


def _shortened(text: str) -> Iterator[str]:
    """The text with fewer and fewer of its words, then of the characters of the first."""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count]).rstrip(_BEFORE_ELLIPSIS) + ELLIPSIS
    for count in range(len(words[0]) - 1, -1, -1):
        yield words[0][:count] + ELLIPSIS


def break_lines(text: str, font: Font, width: float) -> tuple[tuple[str, ...], float]:
    """As few lines as `width` (in em) allows, even in length, and broken where a reader pauses.

    A word that is too long has a line of its own, and sticks out. The number says how bad the lines
    look beside others of the text.
    """
    words = text.split(" ")
    positions = font.positions(text)
    starts = [0, *(n + 1 for n, character in enumerate(text) if character == " ")]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    # The best way to break what comes before each word: how many lines, how bad, which lines.
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(len(words)):
        ways = []
        pause = _pause(words[end]) if end + 1 < len(words) else 0
        for start in range(end, -1, -1):
            length = positions[ends[end]] - positions[starts[start]]
            if length > width and start < end:
                break
            count, cost, before = best[start]
            line = text[starts[start] : ends[end]]
            cost += (1 - length / width) ** 2 + pause
            ways.append((count + 1, cost, (*before, line)))
        best.append(min(ways))
    _, cost, lines = best[-1]
    return lines, cost


def _pause(word: str) -> float:
    """How bad a line looks that ends on a word: best after punctuation, worst after an article."""
    if word[-1] in _STOPS:
        return -0.3
    if word[-1] in _PAUSES:
        return -0.1
    return 0.1 if len(word) <= _SHORT_WORD else 0
