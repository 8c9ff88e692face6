"""What of an explainer something was made of, so that it need not be made again while that stays.

A `TracedExplainer` stands in for an explainer, and notes every entry, section and answer that is
read of it. Whatever was made while it looked on has a trace: what was read, and the digest of each.
Made from an explainer that gives the same digests, it would come out the same (a "verifying trace"
of the literature on build systems).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    ValuesView,
)
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from reperes.language.locales import Locale
from reperes.model.explainer import AnswerWithReads, Explainer
from reperes.model.schema import KINDS
from reperes.model.site import Section
from reperes.text.store import fields_alone

Read = tuple[Any, ...]
"""What was read: the name of an attribute or a method, then the key or the arguments.

("figures", "displaced") is an entry, ("figures",) all of them, ("cited_in", "displaced") an answer.
"""

Trace = Mapping[Read, bytes]
"""Each thing that was read, with the digest of what it was."""

ENTRY_BY_ENTRY = frozenset(
    (
        "actors", "baselines", "claims", "corrections", "events", "facts", "figures", "gone",
        "images", "locales", "marks", "pictures", "places", "quotations", "sources", "terms",
        "units",
    )
)  # fmt: skip
"""The mappings of an explainer of which one key is read apart from the others."""

_DIGEST_BYTES = 12


class TracedExplainer(Explainer):
    """An explainer that says the same as another one, and adds to `reads` what it was asked."""

    def __init__(self, explainer: Explainer, reads: set[Read]) -> None:
        object.__setattr__(self, "_explainer", explainer)
        object.__setattr__(self, "_reads", reads)
        object.__setattr__(self, "_found", {})

    def __getattribute__(self, name: str) -> Any:
        # A page asks some hundred times: what is found once is found again as it was.
        found = object.__getattribute__(self, "_found")
        if name in found:
            return found[name]
        if name.startswith("__"):
            return object.__getattribute__(self, name)
        explainer = object.__getattribute__(self, "_explainer")
        found[name] = _attribute(explainer, object.__getattribute__(self, "_reads"), name)
        return found[name]


def _attribute(explainer: Explainer, reads: set[Read], name: str) -> Any:
    """What stands in for an attribute or a method of an explainer, and notes what is read of it."""
    if name == "_once":
        return partial(_once, explainer, reads)
    value = getattr(explainer, name)
    if name in ENTRY_BY_ENTRY:
        return TracedMapping(value, name, reads)
    if name == "entries":
        return {kind.noun: _attribute(explainer, reads, kind.root) for kind in KINDS}
    if callable(value):
        return partial(_answer, explainer, reads, value)
    reads.add((name,))
    return value


def _answer(explainer: Explainer, reads: set[Read], method: Callable[..., Any], *asked: Any) -> Any:
    for each in asked:
        if not isinstance(each, str):
            # An entry, which is no key: then what is read to answer is noted.
            traced = TracedExplainer(explainer, reads)
            return getattr(Explainer, method.__name__)(traced, *asked)
    reads.add((method.__name__, *map(str, asked)))
    if method.__name__ == "answer":
        # What is worked out for it is kept with what it was made of.
        return Explainer.answer(TracedExplainer(explainer, set()), *asked)
    return method(*asked)


def _once(
    explainer: Explainer,
    reads: set[Read],
    key: tuple[Any, ...],
    derive: Callable[[Explainer], Any],
) -> Any:
    """What is derived only once, and with it all that it was derived from."""
    if key not in explainer.traced_answers:
        explainer.traced_answers[key] = explainer.answer_before(key) or _derived(explainer, derive)
    answer, known_reads = explainer.traced_answers[key]
    reads |= known_reads
    return answer


def _derived(explainer: Explainer, derive: Callable[[Explainer], Any]) -> AnswerWithReads:
    reads: set[Read] = set()
    answer = derive(TracedExplainer(explainer, reads))
    return answer, frozenset(reads)


class TracedMapping(Mapping[Any, Any]):
    """Entries by id, of which is noted whether one was read, or all of them."""

    def __init__(self, entries: Mapping[Any, Any], name: str, reads: set[Read]) -> None:
        self._entries, self._name, self._reads = entries, name, reads

    def _note(self, key: Any) -> None:
        # Without the place where it was typed.
        self._reads.add((self._name, str(key) if isinstance(key, str) else tuple(map(str, key))))

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._entries

    def get(self, key: Any, default: Any = None) -> Any:
        self._note(key)
        return self._entries.get(key, default)

    def __iter__(self) -> Iterator[Any]:
        self._reads.add((self._name,))
        return iter(self._entries)

    def __len__(self) -> int:
        self._reads.add((self._name,))
        return len(self._entries)

    # Who reads all of them need not be noted as a reader of each.

    def values(self) -> ValuesView[Any]:
        self._reads.add((self._name,))
        return self._entries.values()

    def items(self) -> ItemsView[Any, Any]:
        self._reads.add((self._name,))
        return self._entries.items()


class Digests:
    """The digest of anything that can be read of an explainer, each worked out once."""

    def __init__(self, explainer: Explainer, known: Mapping[Read, bytes] = MappingProxyType({})):
        """`known` are digests that were worked out before, as `known` gives them."""
        self._explainer = explainer
        self._asked = TracedExplainer(explainer, set())
        self._known = dict(known)
        self._texts: dict[int, str] = {}

    @property
    def known(self) -> Mapping[Read, bytes]:
        """Those that were worked out so far."""
        return self._known

    def trace(self, reads: Iterable[Read]) -> Trace:
        """What was read, with the digest of each as it is now."""
        return {read: self.of(read) for read in reads}

    def learn(self, trace: Trace) -> None:
        """Take over what another process has worked out of the same explainer."""
        self._known.update(trace)

    def holds(self, trace: Trace) -> bool:
        """Whether all that was read is still the same."""
        return all(self.of(read) == digest for read, digest in trace.items())

    def of(self, read: Read) -> bytes:
        """The digest of what is read so now; it is empty where that is of something that is not."""
        if read not in self._known:
            self._known[read] = self._digest(*read)
        return self._known[read]

    def _digest(self, name: str, *asked: Any) -> bytes:
        value = getattr(self._asked if name == "answer" else self._explainer, name)
        if name not in ENTRY_BY_ENTRY:
            try:
                return digest_of(self._text(value(*asked) if callable(value) else value))
            except KeyError:
                # It was asked of a unit or a language that is gone since.
                return b""
        if not asked:
            every = (f"{key!r}: {self.of((name, key)).hex()}" for key in value)
            return digest_of("\n".join(every))
        return digest_of(self._text(value[asked[0]])) if asked[0] in value else b""

    def _text(self, value: object) -> str:
        """A value in words: those of two values are the same only where nothing tells them apart.

        Places in files are left out: no page shows where its content was typed.
        """
        if isinstance(value, Section):
            # Its blocks follow from its body.
            if id(value) not in self._texts:
                names = (field.name for field in fields(value) if field.name != "path")
                parts = {name: getattr(value, name) for name in names}
                self._texts[id(value)] = repr(parts)
            return self._texts[id(value)]
        if isinstance(value, Locale):
            return repr((value.code, value.locale, value.wording, dict(value.units)))
        if isinstance(value, tuple | list):
            return f"({', '.join(map(self._text, value))})"
        if isinstance(value, Mapping):
            return repr({key: self._text(each) for key, each in value.items()})
        if isinstance(value, frozenset | set):
            return repr(sorted(value))
        text = repr(value)
        if " at 0x" in text or "frozenset({" in text:
            raise TypeError(f"not the same words each time: {text[:200]}")
        return text


def digest_of(text: str) -> bytes:
    """A digest that two texts share only if they are the same."""
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()


OF_ENTRIES = frozenset(
    (
        "claims_of", "corrections_in_order", "corrections_of", "events_in_order", "facts",
        "given_by", "is_listed", "languages", "only_year", "original_for", "pins_in",
        "quotations_in_order", "quotations_of", "resting_on", "terms_of_actor", "unit_kind",
        "units_of_figures",
    )
)  # fmt: skip
"""The answers of an explainer for which it looks at nothing that a section says."""

OF_ONE_SECTION = frozenset(
    (
        "as_of", "cited_facts", "last_change", "linked", "original_of", "outline",
        "reading_minutes", "section", "section_or_other", "translated_pair", "versions",
    )
)  # fmt: skip
"""Those for which it looks at no other sections than those that it is asked about."""

_OF_SECTIONS = frozenset(("sections", "marks", "baselines"))
"""The attributes of an explainer that change with a section."""


def carried_over(
    digests: Mapping[Read, bytes], before: Explainer, now: Explainer
) -> dict[Read, bytes]:
    """Of the digests that were worked out of an explainer those that are the same of another one.

    Of one that was made of it, with some sections read again: what both share is the same object.
    Where anything else was read again, those of sections that were not.
    """
    parts = (each.name for each in fields(Explainer))
    same = {name for name in parts if getattr(before, name) is getattr(now, name)}
    every = {each.name for each in fields(Explainer)}
    only_sections = same >= every - _OF_SECTIONS
    changed = {
        section_id
        for mine, others in ((before, now), (now, before))
        for language, found in mine.sections.items()
        for section_id, section in found.items()
        if others.sections.get(language, {}).get(section_id) is not section
    }
    changed |= {
        key[1]
        for key in {*before.baselines, *now.baselines}
        if before.baselines.get(key) is not now.baselines.get(key)
    }

    def is_same(read: Read) -> bool:
        name, asked = read[0], read[1:]
        if name in same:
            return True
        if not only_sections:
            return False
        if name in ("marks", "baselines"):
            return bool(asked) and asked[0][1] not in changed
        return name in OF_ENTRIES or (name in OF_ONE_SECTION and changed.isdisjoint(asked))

    return {read: digest for read, digest in digests.items() if is_same(read)}


@dataclass
class Traces:
    """What many things were made of, each under its name, and all of the same explainer.

    Things of one kind read much the same: what was read is kept once, with its digest, and of each
    thing the numbers under which it stands in these lists, four bytes each.
    """

    reads: list[Read] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    numbers: dict[str, bytes] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.numbers

    def __getstate__(self) -> Mapping[str, object]:
        return fields_alone(self)

    @cached_property
    def _number_of(self) -> dict[Read, int]:
        return {read: number for number, read in enumerate(self.reads)}

    def follow(self, digests: Digests) -> None:
        """Forget what was made of anything that another explainer has no more, or has otherwise.

        The traces that are left are of that one from now on.
        """
        now = [digests.of(read) for read in self.reads]
        changed = {number for number, digest in enumerate(now) if digest != self.digests[number]}
        self.digests = now
        if changed:
            self.numbers = {
                name: numbers
                for name, numbers in self.numbers.items()
                if changed.isdisjoint(array("I", numbers))
            }

    def note(self, name: str, trace: Trace) -> None:
        """Keep what something was made of; the explainer is the one that all others are of."""
        numbers = array("I")
        for read, digest in trace.items():
            number = self._number_of.setdefault(read, len(self.reads))
            if number == len(self.reads):
                self.reads.append(read)
                self.digests.append(digest)
            numbers.append(number)
        self.numbers[name] = numbers.tobytes()

    def forget(self, name: str) -> None:
        """Forget what one thing was made of, for it is another one now."""
        self.numbers.pop(name, None)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget what other things than these were made of."""
        self.numbers = {name: found for name, found in self.numbers.items() if name in names}

    def join(self, others: Traces) -> bool:
        """Add those of others; whether they are of the same explainer: if not, none is added."""
        known = dict(zip(self.reads, self.digests, strict=True))
        pairs = zip(others.reads, others.digests, strict=True)
        if any(known.get(read, digest) != digest for read, digest in pairs):
            return False
        for name in others.numbers:
            self.note(name, others.trace(name))
        return True

    def trace(self, name: str) -> Trace:
        """What something was made of."""
        return {
            self.reads[number]: self.digests[number] for number in array("I", self.numbers[name])
        }

    def compact(self) -> Traces:
        """The same without what nothing was made of any more."""
        found = Traces()
        for name in self.numbers:
            found.note(name, self.trace(name))
        return found
