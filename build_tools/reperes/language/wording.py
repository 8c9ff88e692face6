"""The words of the interface: those the program brings, and those of an explainer's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reperes.language.units import GENDERS, shipped_unit_ids
from reperes.text.problems import Place, Problem, Text, did_you_mean
from reperes.text.yaml_in import read_own_yaml

OPEN_GROUPS = ("unit",)
"""The first words of the keys to which a subject may add its own."""

UNIT_FORMS = ("one", "other", "gender")
"""The keys that a unit must have."""

_MORE_UNIT_FORMS = ("zero", "two", "few", "many")
"""The keys that a unit may have: the other CLDR plurals; `many` is what follows "millions"."""

PLURALS = ("one", "other", *_MORE_UNIT_FORMS)
"""The keys of nouns that a unit may have."""

_INTERFACE = Path(__file__).with_name("interface")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Wording:
    """What the interface says in one language: label texts by dotted key."""

    language: str
    labels: Mapping[str, str]

    def label(self, key: str, **values: str) -> str:
        """The text of a label with its placeholders filled in.

        Raises KeyError for an unknown key and for a placeholder without a value.
        """
        text = self.labels[key]
        # Most have none.
        return _PLACEHOLDER.sub(lambda match: values[match[1]], text) if "{" in text else text

    def has(self, key: str) -> bool:
        return key in self.labels

    @property
    def units(self) -> frozenset[str]:
        """The units that an explainer words here, and not in units.yml."""
        keys = (key.split(".") for key in self.labels)
        return frozenset(key[1] for key in keys if key[0] == "unit" and len(key) == 3)


def shipped_languages() -> list[str]:
    """The codes of the languages that the program has wording for."""
    return sorted(path.stem for path in _INTERFACE.glob("*.yml"))


def load_default_labels(language: str) -> dict[str, str]:
    """The program's own wording. Raises LookupError where it has none in that language."""
    return dict(_default_labels(language))


@cache
def _default_labels(language: str) -> Mapping[str, str]:
    shipped = shipped_languages()
    if language not in shipped:
        raise LookupError(f'no wording for "{language}"; the program has {", ".join(shipped)}')
    labels: dict[str, str] = read_own_yaml(_INTERFACE / f"{language}.yml")
    return labels


def placeholders(label: str) -> frozenset[str]:
    """The names in braces that a label has."""
    return frozenset(_PLACEHOLDER.findall(label))


def check_labels(language: str, overrides: Mapping[str, Text]) -> Iterator[Problem]:
    """What is wrong with an explainer's own wording, label by label.

    A language that the program has no wording for has nothing to compare with, and no problems.
    """
    if language not in shipped_languages():
        return
    defaults = _default_labels(language)
    for key, text in overrides.items():
        for message in _label_faults(key, text, defaults):
            yield Problem(_key_place(key, text), f"{key}: {message}", "wording")
    yield from _unit_problems(overrides)


def _key_place(key: str, text: Text) -> Place:
    return key.place if isinstance(key, Text) else text.place


def _label_faults(key: str, text: str, defaults: Mapping[str, str]) -> Iterator[str]:
    group, _, rest = key.partition(".")
    if key not in defaults and (group not in OPEN_GROUPS or not rest):
        yield f"unknown label{did_you_mean(key, defaults)}"
    elif not text.strip():
        yield "the text is empty; write it, or remove the key"
    else:
        yield from placeholder_faults(text, placeholders(defaults.get(key, "")))
        if group == "unit":
            yield from _unit_faults(rest, text)


def placeholder_faults(text: str, expected: frozenset[str]) -> Iterator[str]:
    """What is wrong with the names in braces of a text that should have just those expected."""
    found = placeholders(text)
    if len(found - expected) == len(expected - found) == 1:
        [wrong], [right] = found - expected, expected - found
        yield f"unknown placeholder {{{wrong}}}; write {{{right}}}"
        expected = found
    for name in sorted(found - expected):
        yield f"unknown placeholder {{{name}}}" + (did_you_mean(name, expected) or "; remove it")
    for name in sorted(expected - found):
        yield f"{{{name}}} is missing; write it where the value goes"
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        yield "a brace that is no part of a placeholder; remove it"


def _unit_faults(rest: str, text: str) -> Iterator[str]:
    _, _, form = rest.partition(".")
    forms = (*UNIT_FORMS, *_MORE_UNIT_FORMS)
    if form not in forms:
        yield f'a unit has no "{form}"; its keys are {", ".join(forms)}'
    if form == "gender" and text not in GENDERS:
        yield f'expected one of {", ".join(GENDERS)}, found "{text}"'


def _unit_problems(overrides: Mapping[str, Text]) -> Iterator[Problem]:
    units: dict[str, Place] = {}
    for key, text in overrides.items():
        group, _, rest = key.partition(".")
        if group == "unit" and rest:
            units.setdefault(rest.partition(".")[0], _key_place(key, text))
    for unit, place in units.items():
        for key in (f"unit.{unit}.{form}" for form in UNIT_FORMS):
            if key not in overrides and unit not in shipped_unit_ids():
                yield Problem(place, f"unit {unit}: {key} is missing; write it here too", "wording")
