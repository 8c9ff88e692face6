"""Which items of a list in YAML have been edited, found in the lines of the file alone.

To read a file of a thousand entries again for the sake of one takes longer than an eye waits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_KEY = re.compile(r"[^\s#-]")
"""What begins a line that belongs to no list, but to the mapping around it."""

_DASH = re.compile(" *- ")


def changed_items(before: str, after: str, root: str) -> tuple[str, str] | None:
    """A YAML file as it was and as it is, without the items of its list that stayed.

    Every line that is left stands where it stands in the whole file. None where lines do not tell:
    where anything but items has changed, or something follows the list.
    An item begins with a dash that is indented like the first one. Where such a line stands within
    quotes, what is cut there has a quotation without an end, as whoever parses it will find.
    """
    old, new = before.split("\n"), after.split("\n")
    opening = next((n for n, line in enumerate(old) if line.rstrip() == f"{root}:"), len(old))
    if any(map(_KEY.match, (*old[opening + 1 :], *new[opening + 1 :]))):
        return None
    dashes = map(_DASH.match, old[opening + 1 :])
    mark = next((dash[0] for dash in dashes if dash), "- ")
    starts = [n for n in range(opening + 1, len(old)) if old[n].startswith(mark)]
    same = _same(old, new)
    same_at_end = _same(old[same:][::-1], new[same:][::-1])
    changed_itself = same < len(new) and same in starts and new[same].startswith(mark)
    start = max((n for n in starts if n < same or (n == same and changed_itself)), default=None)
    if start is None:
        return None
    end = min((n for n in starts if n >= max(len(old) - same_at_end, start + 1)), default=len(old))
    head = [*old[: opening + 1], *[""] * (start - opening - 1)]
    end_in_new = end + len(new) - len(old)
    return "\n".join([*head, *old[start:end]]), "\n".join([*head, *new[start:end_in_new]])


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines at the beginning are the same."""
    pairs = zip(old, new, strict=False)
    differing = (n for n, (line, other) in enumerate(pairs) if line != other)
    return next(differing, min(len(old), len(new)))
