"""What the rules must know of a language's words, read from lexicons/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reperes.language.word_forms import Endings
from reperes.text.yaml_in import read_own_yaml

_FOLDER = Path(__file__).with_name("lexicons")


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Words of one language. `elided` and `contracted` map what is wrong to what is right.

    A number names what is `numbered` ("article 13") and, as an ordinal, `ordinal_names`; `numbered`
    ones in the plural have two, with one of `number_lists` between; `number_phrases` are none.
    `measures` are what figures measure rather than count, in the singular. `counting` nouns and
    `equating` verbs tell that a number counts what was named. `small_words` name nothing, and
    after `partitives` what is counted follows ("of the houses"). Before `unelided` words nothing
    is elided, though they begin with a vowel. After `according` words stands who says so. `plurals`
    and `feminines` are the regular endings.
    """

    number_words: tuple[str, ...]
    number_ones: tuple[str, ...]
    number_joints: tuple[str, ...]
    number_links: tuple[str, ...]
    numbered: tuple[str, ...]
    ordinal_names: tuple[str, ...]
    number_lists: tuple[str, ...]
    number_phrases: tuple[str, ...]
    centuries: tuple[str, ...]
    measures: frozenset[str]
    counting: tuple[str, ...]
    equating: tuple[str, ...]
    small_words: frozenset[str]
    partitives: frozenset[str]
    relative_days: tuple[str, ...]
    according: tuple[str, ...]
    day_words: tuple[str, ...]
    elided: dict[str, str]
    vowels: str
    unelided: tuple[str, ...]
    contracted: dict[tuple[str, str], str]
    plurals: Endings
    feminines: Endings


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; one without a file has no words, and its rules stay silent."""
    path = _FOLDER / f"{language}.yml"
    typed: dict[str, str] = read_own_yaml(path) if path.is_file() else {}
    words = {key: tuple(value.split()) for key, value in typed.items()}
    contracted = _pairs(words.get("contracted", ()))
    return Lexicon(
        number_words=words.get("number_words", ()),
        number_ones=words.get("number_ones", ()),
        number_joints=words.get("number_joints", ()),
        number_links=words.get("number_links", ()),
        numbered=words.get("numbered", ()),
        ordinal_names=words.get("ordinal_names", ()),
        number_lists=words.get("number_lists", ()),
        number_phrases=words.get("number_phrases", ()),
        centuries=words.get("centuries", ()),
        measures=frozenset(words.get("measures", ())),
        counting=words.get("counting", ()),
        equating=words.get("equating", ()),
        small_words=frozenset(words.get("small_words", ())),
        partitives=frozenset(words.get("partitives", ())),
        relative_days=words.get("relative_days", ()),
        according=tuple(each.replace("_", " ") for each in words.get("according", ())),
        day_words=words.get("day_words", ()),
        elided=_pairs(words.get("elided", ())),
        vowels=typed.get("vowels", ""),
        unelided=words.get("unelided", ()),
        plurals=_endings(words.get("plurals", ())),
        feminines=_endings(words.get("feminines", ())),
        contracted={_two(words): right for words, right in contracted.items()},
    )


def _pairs(typed: tuple[str, ...]) -> dict[str, str]:
    """`wrong=right` words, by what is wrong."""
    return {wrong: right for wrong, _, right in (pair.partition("=") for pair in typed)}


def _endings(typed: tuple[str, ...]) -> Endings:
    """`old=new` endings as pairs; an old one may have several new ones."""
    return tuple((old, new) for old, _, new in (pair.partition("=") for pair in typed))


def _two(words: str) -> tuple[str, str]:
    first, _, second = words.partition("+")
    return first, second
