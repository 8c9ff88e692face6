"""The texts that rules on prose look at, and what of them a reader sees as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reperes.model.explainer import Explainer, answered_by_an_explainer
from reperes.model.references import Placeholder, marks_in
from reperes.model.resolving import PLAIN_TEXTS
from reperes.model.site import Section
from reperes.text.markup import blanked, mask_code
from reperes.text.problems import Text

_YAML_PROSE = (
    "label",
    "caption",
    "summary",
    "text",
    "definition",
    "role",
    "note",
    "contested",
    "unknown",
    "notice",
    "tagline",
)
# An optional "<" in one alternative would have it tried at every character.
_ADDRESS = re.compile(
    r"\]\([^()\n]*\)|<(?:https?://|mailto:)[^\s<>)]+>?|(?:https?://|mailto:)[^\s<>)]+>?"
)
_TARGET = re.compile(r"\]\([^()\n]*\)")
_ATTRIBUTES = re.compile(r"\{(?:\{[^{}\n]*\}\}|[#.][^{}\n]*\})")
_NOTE = re.compile(r"\[\^[^\[\]\n]+\]")
_DIGIT = re.compile(r"[0-9]")
_LIST_NUMBER = re.compile(r"(?m)^[ \t]*[0-9]+[.)](?=[ \t])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in one language; `section` is None for one from YAML.

    A `plain` one may hold no marks, which `resolving` says where it does.
    """

    text: Text
    language: str
    section: Section | None
    plain: bool = False


def passages_of(explainer: Explainer, section_id: str) -> Iterator[Passage]:
    """The texts of a section in every language, which are all prose."""
    for section in explainer.versions(section_id):
        for text in section.texts:
            yield Passage(text, section.language, section)


def passages_of_yaml(explainer: Explainer) -> Iterator[Passage]:
    """The sentences in YAML that rules on prose apply to.

    Left out are titles of the site, corrections, why something is gone, and what describes a
    source or a derivation: they name dates and numbers because that is what they are about.
    """
    for path, texts in explainer.yaml_texts.items():
        group, key = path.split("/")[0], path.rsplit("/", 1)[-1]
        if key in _YAML_PROSE and group not in ("sources", "corrections", "gone"):
            for language, text in texts.items():
                yield Passage(text, language, None, key in PLAIN_TEXTS)


def visible_words(text: Text) -> str:
    """The words of a text, everything else blanked, every character at its old offset."""
    return text.kept(_visible_words)


def _visible_words(text: Text) -> str:
    whole, start = text.lines_of or (None, 0)
    if whole is not None and "`" not in whole and "~~~" not in whole:
        return visible_words(whole)[start : start + len(text)]
    placeholders = (m for m in marks_in(text) if isinstance(m, Placeholder))
    # A placeholder is a word to its neighbours: they are not next to each other across it.
    masked = blanked(mask_code(text), ((m.start, m.end) for m in placeholders), "\x00")
    address = _ADDRESS if "://" in masked or "mailto:" in masked else _TARGET
    # Numbers of lists last, for by then few texts have any digits.
    for pattern in (address, _ATTRIBUTES, _NOTE):
        masked = pattern.sub(_spaces, masked)
    return _LIST_NUMBER.sub(_spaces, masked) if _DIGIT.search(masked) else masked


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the names as whole words, whatever their spaces, apostrophes and capitals."""
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    escaped = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    either = re.sub("['’]", "['’]", escaped)
    return re.compile(rf"(?<![\w-])(?:{either})(?!\w)", re.IGNORECASE)


def blank_names(words: str, names: re.Pattern[str] | None) -> str:
    """`words` with recorded names blanked."""
    return names.sub(lambda match: " " * len(match[0]), words) if names else words


@answered_by_an_explainer
def recorded_names(explainer: Explainer, language: str) -> list[str]:
    """Every spelling recorded for an actor, a place or a term in a language."""
    names = [n for actor in explainer.actors.values() for n in actor.names[language].all]
    names += [n for place in explainer.places.values() for n in place.names[language].all]
    for term in explainer.terms.values():
        names += [term.texts[language].term, *term.texts[language].forms]
    return [str(name) for name in names]
