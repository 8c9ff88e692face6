"""How one text became another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from reperes.text.folding import normalised
from reperes.text.problems import quoted

FRAMES = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""How wdiff and git frame what changed, where there are no colours."""

_WORDS_AROUND = 3
_WORD = re.compile(r"(?:\{\{.*?\}\}|\S)+", re.DOTALL)
"""A run without spaces; a placeholder, which may hold some, counts as one word."""

_TOKEN = re.compile(r"\s*(?:\{\{.*?\}\}|\w+(?:-\w+)*['’]?|[^\w\s])|\s+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a word-by-word difference."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_difference(old: str, new: str) -> list[Change]:
    """How `old` became `new`, word by word; what `normalised` folds is no difference.

    Placeholders are single words. Spaces around what changed belong to what stayed.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, _compared(before), _compared(after), autojunk=False)
    changes: list[Change] = []
    for kind, i, j, n, m in matcher.get_opcodes():
        if kind != "equal":
            changes += _replaced("".join(before[i:j]), "".join(after[n:m]))
            continue
        if changes and not n:
            # What the new text opens with stood after a space in the old one.
            changes[-1] = Change("removed", f"{changes[-1].text} ")
        changes.append(Change("same", "".join(after[n:m])))
    return _joined(changes)


def _compared(tokens: Iterable[str]) -> list[str]:
    """Tokens folded for comparison. The first is treated as if a space stood before it, so that a
    sentence moved to the front of a text stays the same."""
    return [
        ("" if number and not token[:1].isspace() else " ") + normalised(token)
        for number, token in enumerate(tokens)
    ]


def _replaced(old: str, new: str) -> Iterator[Change]:
    old_word, new_word = old.lstrip(), new.lstrip()
    shared = all(text != word for text, word in ((old, old_word), (new, new_word)) if text)
    if shared:
        space = new[: len(new) - len(new_word)] or old[: len(old) - len(old_word)]
        yield Change("same", space)
        old, new = old_word, new_word
    if old:
        yield Change("removed", old)
    if new:
        yield Change("added", new)


def _joined(changes: Iterable[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].kind == change.kind:
            joined[-1] = Change(change.kind, joined[-1].text + change.text)
        elif change.text:
            joined.append(change)
    return joined


def brief(changes: Iterable[Change], most: int = 200) -> str:
    """What changed, with the words around it, as wdiff writes it: "cèdent [-leurs-] {+des+} armes".

    What stayed is cut to a few words, and the whole to about `most` characters.
    """
    parts = []
    found = list(changes)
    for number, change in enumerate(found):
        if change.kind != "same":
            before, after = FRAMES[change.kind]
            parts.append(before + quoted(change.text, 40)[1:-1] + after)
            continue
        words = _WORD.findall(change.text)
        if len(words) > 2 * _WORDS_AROUND:
            first = words[:_WORDS_AROUND] if number else []
            last = words[-_WORDS_AROUND:] if number < len(found) - 1 else []
            words = [*first, "…", *last]
        # With the spaces that part it from what changed.
        before, after = (
            " " * change.text[end : end + 1].isspace() for end in (0, len(change.text) - 1)
        )
        parts.append(f"{before}{' '.join(words)}{after}")
    text = " ".join("".join(parts).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
