"""An explainer's own words for kinds of actors, places, events and sources, and for acts."""

from __future__ import annotations

from typing import Any

from reperes.model.documents import Folder
from reperes.model.reading import duplicate_ids, read_entries
from reperes.model.schema import VOCABULARY_FILE, WORD_LISTS, OwnWords
from reperes.model.shapes import Reader
from reperes.model.words import Vocabulary
from reperes.model.yaml_values import Listing, Table
from reperes.text.problems import ContentError, Text, did_you_mean, quoted

_LABELS = {
    "actor_kind": "kind.actor",
    "place_kind": "kind.place",
    "event_kind": "kind.event",
    "source_type": "kind.source",
    "act": "act",
}
"""What the keys of the interface begin with that hold the labels of a list."""

_IN_SOURCE = "source.in"


_NOTHING: dict[str, Any] = {kind.root: () for kind in WORD_LISTS}
NO_WORDS = Vocabulary(**_NOTHING)


def own_words(vocabulary: Vocabulary) -> OwnWords:
    """The ids of each list, by its noun."""
    return {kind.noun: tuple(vocabulary.of(kind.noun)) for kind in WORD_LISTS}


def labels_of(vocabulary: Vocabulary, language: str) -> dict[str, Text]:
    """What it says in a language, by the keys of the interface ("kind.actor.waterworks")."""
    said = {
        f"{_LABELS[kind.noun]}.{word_id}": word.label[language]
        for kind in WORD_LISTS
        for word_id, word in vocabulary.of(kind.noun).items()
    }
    for source_type in vocabulary.source_types:
        if source_type.read_in is not None:
            said[f"{_IN_SOURCE}.{source_type.id}"] = source_type.read_in[language]
    return said


def read_vocabulary(folder: Folder, reader: Reader) -> Vocabulary:
    """The vocabulary of a content folder, empty where it has none.

    Read before the entries that use its words. What is wrong is reported to the reader, which is
    told of every id, also of those of words that were refused.
    """
    if not folder.has(VOCABULARY_FILE):
        return NO_WORDS
    try:
        table = folder.read_yaml(VOCABULARY_FILE)
    except ContentError as error:
        reader.problems.extend(error.problems)
        reader.unread = {words.noun for words in WORD_LISTS}
        return NO_WORDS
    roots = [kind.root for kind in WORD_LISTS]
    unknown = [key for key in table.entries if key not in roots]
    for key in unknown:
        reader.report(key.place, f"unknown key {quoted(key)}{did_you_mean(key, roots)}")
    # A list under a name that is none may be any of those that seem to be missing.
    unread = {kind.noun for kind in WORD_LISTS if unknown and kind.root not in table.entries}
    own: dict[str, list[str]] = {}
    found: dict[str, Any] = {kind.root: () for kind in WORD_LISTS}
    for kind in WORD_LISTS:
        listing = table.get(kind.root)
        if listing is None:
            continue
        only_it = Table({Text(kind.root, listing.place): listing}, table.place)
        entries, typed = read_entries(only_it, kind, reader)
        ids = [word_id for word_id in typed if word_id is not None]
        if len(ids) < len(typed) or not isinstance(listing, Listing):
            unread.add(kind.noun)
        reader.problems.extend(duplicate_ids(ids, kind.name))
        own[kind.noun] = [str(word_id) for word_id in ids]
        # Where an id stands twice, its first entry counts.
        found[kind.root] = tuple({entry.id: entry for entry in entries[::-1]}.values())[::-1]
    vocabulary = Vocabulary(**found)
    reader.own = {
        noun: {word_id: vocabulary.treated_as(noun, word_id) for word_id in ids}
        for noun, ids in own.items()
    }
    reader.unread = unread
    return vocabulary


def stand_ins(reader: Reader) -> dict[str, str]:
    """Labels for every word that vocabulary.yml names, for those of which the entry was refused."""
    found = {f"{_LABELS[noun]}.{w}": str(w) for noun, ids in reader.own.items() for w in ids}
    return {**found, **{f"{_IN_SOURCE}.{w}": str(w) for w in reader.own.get("source_type", ())}}


def list_of_label(key: str) -> tuple[str, str] | None:
    """The list of vocabulary.yml, and the id in it, that the key of a label is for."""
    for kind in WORD_LISTS:
        for start in (_LABELS[kind.noun], *([_IN_SOURCE] if kind.noun == "source_type" else [])):
            if key.startswith(f"{start}."):
                return kind.root, key.removeprefix(f"{start}.")
    return None
