"""Characters that have no place in a text: nobody sees them, or they move what others say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


class _Kind(NamedTuple):
    """Characters that are refused for one reason; `found` and `fix` are what a person is told.

    `low` are those up to U+FFFF, `high` the rest, as a set in a pattern.
    """

    found: str
    low: str = ""
    high: str = ""
    fix: str = "remove it"


_NOBODY_SEES = "a character that nobody sees"
_KINDS = (
    # A terminal obeys them, XML and YAML refuse them. A tab and a line end are text.
    _Kind(_NOBODY_SEES, "\x00-\x08\x0b-\x1f\x7f-\x9f"),
    # They swap what stands beside them, so that a page says the reverse of what was reviewed
    # (https://trojansource.codes). Arabic and Hebrew letters have their direction without them.
    _Kind(
        "a character that turns the direction of the text",
        "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f",
    ),
    # Programs disagree on whether a line ends there, and so on the line that a message names.
    _Kind("a line end that nobody sees", "\u2028\u2029", fix="end the line with Enter"),
    # They part a word in two for search, for the term rule and for whoever compares names.
    # A browser divides words by itself, so that a soft hyphen (U+00AD) is of no use either.
    _Kind(
        _NOBODY_SEES,
        "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0",
    ),
    # Persian and Hindi spelling needs these two, and so do families of emoji: see _NEEDED.
    _Kind(_NOBODY_SEES, "\u200c\u200d"),
    # They choose among the pictures of an emoji, or the forms of an ideograph: see _NEEDED.
    _Kind(_NOBODY_SEES, "\u180b-\u180d\u180f\ufe00-\ufe0f", "\U000e0100-\U000e01ef"),
    # Whole messages can be written in these tags, which programs read and no reader sees. The
    # flags of three nations need them: see _NEEDED.
    _Kind(_NOBODY_SEES, high="\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"),
    # They say how the text beside them is laid out, which is for a template to say.
    _Kind(_NOBODY_SEES, "\ufff9-\ufffc", "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"),
    # Each font shows another picture, or an empty box.
    _Kind(
        "a character that has no meaning of its own",
        "\ue000-\uf8ff",
        "\U000f0000-\U000ffffd\U00100000-\U0010fffd",
        fix="write the letter or word that is meant",
    ),
    # No text can hold them: halves of a character, and numbers that Unicode gives to none.
    _Kind(
        "a number that stands for no character",
        "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff",
        "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0x1FFFF, 0x110000, 0x10000)),
    ),
)
"""What is refused, and why."""

_JOINING = (
    "\u0600-\u109f\u1780-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff"
)
"""Letters and signs of scripts that join: Arabic, those of India and their neighbours."""

_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IDEOGRAPH = "\u3001\u3002\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"

_FLAGS = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in nation)
    for nation in ("gbeng", "gbsct", "gbwls")
)

_NEEDED = re.compile(
    "|".join(
        (
            f"(?<=[{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?=[{_JOINING}])",
            f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])",
            f"(?<=[{_PICTURE}])[\ufe0e\ufe0f]",
            "(?<=[0-9#*])\ufe0f(?=\u20e3)",
            f"(?<=[{_IDEOGRAPH}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
            "(?<=[\u1800-\u18aa])[\u180b-\u180f]",
            f"(?<=\U0001f3f4)(?:{_FLAGS})\U000e007f",
        )
    )
)
"""Where languages, and pictures that are text, cannot do without a character of the kinds above."""

# A set of low characters is searched twenty times as fast as one that has high ones as well.
_LOW = re.compile(f"[{''.join(kind.low for kind in _KINDS)}]")
_ANY = re.compile(f"[{''.join(kind.low + kind.high for kind in _KINDS)}]")
_PATTERNS = [(kind, re.compile(f"[{kind.low}{kind.high}]")) for kind in _KINDS]


def hidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """The offset of each character, or run of equal ones, that is refused, and what to say of it.

    For example: `a character that nobody sees (U+200B, zero width space); remove it`.
    """
    # Characters beyond U+FFFF are two units of UTF-16.
    has_high = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    pattern = _ANY if has_high else _LOW
    place = 0
    while found := pattern.search(text, place):
        place = found.end()
        if needed := _NEEDED.match(text, found.start()):
            place = needed.end()
            continue
        if run := re.compile(f"{re.escape(found[0])}+").match(text, place):
            place = run.end()
        yield found.start(), _message(found[0])


def _message(character: str) -> str:
    kind = next(kind for kind, pattern in _PATTERNS if pattern.match(character))
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    return f"{kind.found} ({code}{name and f', {name}'}); {kind.fix}"
