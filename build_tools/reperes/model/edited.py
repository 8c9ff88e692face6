"""An explainer after an edit, which gives again what it gave before of all that stayed.

A preview shows a page soon after a save. What such a page asks, as on which page of a list each
entry stands, may take longer to answer than the page takes to be made; and an edit of one entry or
section leaves most answers as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reperes.model.explainer import AnswerWithReads, Explainer
from reperes.model.schema import KINDS
from reperes.model.tracing import ENTRY_BY_ENTRY, Read, TracedExplainer
from reperes.text.problems import Text

_ENTRIES = frozenset(kind.root for kind in KINDS)
_SECTIONS = frozenset({"sections", "marks"})

OF_ENTRIES = frozenset(
    (
        "_claims_of", "_corrections_of", "_given_by", "_pins_in", "_quotations_of", "_said_in",
        "_terms_of_actors", "_texts_into", "corrections_in_order", "entries", "events_in_order",
        "facts", "only_year", "quotations_in_order", "units_of_figures", "yaml_marks", "yaml_texts",
    )
)  # fmt: skip
"""What an explainer has worked out without a look at its sections."""

OF_SECTIONS = frozenset(
    ("_citing", "_forms_cited", "_listed", "_using_term", "section_ids", "shown_in")
)
"""What it has worked out without a look at its entries."""


def edited(explainer: Explainer, **changed: Any) -> Explainer:
    """The explainer with other entries, or with other sections and their marks.

    What has not changed in those mappings must be the very same objects.
    """
    after = replace(explainer, **changed)
    stays: frozenset[str] = frozenset()
    stays |= OF_SECTIONS if changed.keys() <= _ENTRIES else frozenset()
    stays |= OF_ENTRIES if changed.keys() <= _SECTIONS else frozenset()
    worked_out = {name: value for name, value in vars(explainer).items() if name in stays}
    vars(after).update(worked_out, answer_before=_Before(explainer, after))
    # Only one explainer is remembered, and not all that ever were.
    vars(explainer).pop("answer_before", None)
    return after


class _Before:
    """What an explainer has answered before an edit, as far as it would answer the same now."""

    def __init__(self, before: Explainer, after: Explainer) -> None:
        self._before, self._after = before, after
        self._same: dict[Read, bool] = {}

    def __call__(self, key: tuple[object, ...]) -> AnswerWithReads | None:
        known = self._before.traced_answers.get(key)
        return known if known is not None and all(map(self._is_same, known[1])) else None

    def _is_same(self, read: Read) -> bool:
        if read not in self._same:
            self._same[read] = self._compared(*read)
        return self._same[read]

    def _compared(self, name: str, *asked: Any) -> bool:
        before, after = getattr(self._before, name), getattr(self._after, name)
        if before is after:
            return True
        if callable(before):
            return _is_same(
                self._ask(self._before, name, asked), self._ask(self._after, name, asked)
            )
        if name in ENTRY_BY_ENTRY and asked:
            return before.get(asked[0]) is after.get(asked[0])
        return _is_same(before, after)

    @staticmethod
    def _ask(explainer: Explainer, name: str, asked: tuple[Any, ...]) -> object:
        # What is worked out for an answer is then kept with what it was made of.
        asking = TracedExplainer(explainer, set()) if name == "answer" else explainer
        return getattr(asking, name)(*asked)


def _is_same(before: object, after: object) -> bool:
    """Whether two values are the same in all that can be asked of them, places too.

    Of two that are built anew of the same things, it may not be seen.
    """
    if before is after:
        return True
    if isinstance(before, Text) and isinstance(after, Text):
        return before == after and before.place == after.place
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after) and all(map(_is_same, before, after))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return [*before] == [*after] and all(map(_is_same, before.values(), after.values()))
    return type(before) is type(after) and type(before) in _PLAIN and before == after


_PLAIN = (str, int, bool, frozenset)
