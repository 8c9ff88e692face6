"""The text of a file with an entry more, and of a file of drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reperes.model.drafts import ACCEPTED, DROPPED, KINDS_OF_DRAFTS, PARAGRAPHS, RULE, Drafts
from reperes.model.explainer import Explainer
from reperes.model.schema import Kind
from reperes.model.yaml_layout import in_order, text_of_entries, text_of_entry, yaml_text
from reperes.model.yaml_values import Listing, Table, find_comment, parse_yaml
from reperes.text.problems import ContentError, Place, Problem, Text

NOWHERE = Place("")
"""The place of what nobody has typed."""


def text_with_entry(text: str, path: str, entry: Table, kind: Kind, explainer: Explainer) -> str:
    """The text of a file of entries with one more at its end.

    A file that `reperes fmt` leaves as it is, it still does afterwards; of any other, comments and
    all, every other line stays. Raises ContentError where it has no place for another line.
    """
    table = parse_yaml(text, path) if text.strip() else Table({}, Place(path))
    if is_laid_out(text, table, path, kind, explainer):
        listing = table.get(kind.root)
        items = listing.items if isinstance(listing, Listing) else ()
        entries = {key: value for key, value in table.entries.items() if key != kind.root}
        entries[Text(kind.root, table.place)] = Listing((*items, entry), table.place)
        return _laid_out(Table(entries, table.place), kind, explainer)
    return _appended(text, table, entry, kind, explainer)


def is_laid_out(text: str, table: Table, path: str, kind: Kind, explainer: Explainer) -> bool:
    """Whether `reperes fmt` would leave a file as it is; an empty one it would."""
    if not text.strip():
        return True
    return not find_comment(text, path) and _laid_out(table, kind, explainer) == text


def _laid_out(table: Table, kind: Kind, explainer: Explainer) -> str:
    return text_of_entries(table, kind, explainer, explainer.site.layout == "short")


def _appended(text: str, table: Table, entry: Table, kind: Kind, explainer: Explainer) -> str:
    lines = text.rstrip("\n").split("\n")
    start = next((n for n, line in enumerate(lines) if _opens(kind.root, line)), None)
    if start is None:
        lines.append(f"{kind.root}:")
        start = len(lines) - 1
    # `figures: []`, or nothing after the colon.
    if re.fullmatch(rf"{kind.root}\s*:\s*(\[\s*\])?\s*", lines[start]):
        lines[start] = f"{kind.root}:"
    elif table.get(kind.root) is not None and not re.fullmatch(r"\w+\s*:\s*(#.*)?", lines[start]):
        message = f"{kind.root} stands in brackets; lay the file out first (`reperes fmt`)"
        raise ContentError([Problem(table.key(kind.root).place, message, RULE)])
    after = range(start + 1, len(lines))
    end = next((n for n in after if re.match(r"[^\s#-]", lines[n])), len(lines))
    # Comments at the margin are about what follows, or about all of the file.
    while end > start + 1 and re.match(r"\s*$|#", lines[end - 1]):
        end -= 1
    dashes = (re.match(r"( *)- ", line) for line in lines[start + 1 : end])
    indent = next((match[1] for match in dashes if match), "  ")
    new = text_of_entry(entry, table, kind, explainer, indent).rstrip("\n")
    return "\n".join([*lines[:end], new, *lines[end:]]) + "\n"


def _opens(root: str, line: str) -> bool:
    return re.match(rf"{root}\s*:", line) is not None


def text_without_draft(text: str, path: str, fact_id: str, kind: Kind, explainer: Explainer) -> str:
    """The text of a file of entries in which one bears the mark of a draft no more.

    Raises ContentError where the mark does not stand on a line of its own.
    """
    table = parse_yaml(text, path)
    listing = table.get(kind.root)
    assert isinstance(listing, Listing)
    item = next(i for i in listing.items if isinstance(i, Table) and i.get("id") == fact_id)
    mark = next((key for key in item.entries if key == "draft"), None)
    if mark is None:
        message = f'{kind.noun} {fact_id}: "draft" stands in the defaults of its file; remove it'
        raise ContentError([Problem(item.place, f"{message} there", RULE)])
    lines = text.split("\n")
    if not re.fullmatch(r"\s*draft\s*:\s*\S+\s*", lines[mark.place.line - 1]):
        message = f'{kind.noun} {fact_id}: "draft" does not stand on a line of its own'
        raise ContentError([Problem(mark.place, f"{message}; remove it by hand", RULE)])
    del lines[mark.place.line - 1]
    return "\n".join(lines)


def drafts_text(
    paragraphs: Sequence[str],
    entries: Sequence[tuple[Kind, Table]],
    accepted: Mapping[str, str],
    dropped: Mapping[str, str],
    languages: Sequence[str],
) -> str:
    """A file of drafts: what is undecided first, a line for each that is decided."""
    lists = {
        root: Listing(
            tuple(
                in_order(entry, kind.shape, languages)
                for each, entry in entries
                if each.root == root
            ),
            NOWHERE,
        )
        for root, kind in KINDS_OF_DRAFTS.items()
    }
    read = {PARAGRAPHS: Listing(tuple(Text(each, NOWHERE) for each in paragraphs), NOWHERE)}
    undecided = {name: value for name, value in {**read, **lists}.items() if value.items}
    head = Table({Text(name, NOWHERE): value for name, value in undecided.items()}, NOWHERE)
    records = {name: each for name, each in ((ACCEPTED, accepted), (DROPPED, dropped)) if each}
    tail = Table(
        {
            Text(name, NOWHERE): Table(
                {Text(key, NOWHERE): Text(where, NOWHERE) for key, where in each.items()}, NOWHERE
            )
            for name, each in records.items()
        },
        NOWHERE,
    )
    # One line each, so that two people who decide at once meet on as few lines as can be.
    return yaml_text(head, is_short=True) + yaml_text(tail)


def text_of_drafts(drafts: Drafts, languages: Sequence[str]) -> str:
    """The file of what was proposed, as it stands now."""
    entries = [(proposal.kind, proposal.entry) for proposal in drafts.proposals]
    return drafts_text(drafts.paragraphs, entries, drafts.accepted, drafts.dropped, languages)
