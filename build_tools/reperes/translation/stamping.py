"""Writing down that a translation is up to date: the baselines under content/translations/."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reperes.model.baselines import (
    FACTS,
    Baseline,
    BaselineUnit,
    baseline_path,
    baseline_text,
    free_id,
)
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.loading import Loaded, load
from reperes.model.references import is_citation, marks_in
from reperes.text.blocks import Block
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Text
from reperes.translation.codes import pair_code, seen_code
from reperes.translation.order import Standing, out_of_order, place_in_section
from reperes.translation.rows import Match, Reviewed, Row, joined, matches
from reperes.translation.staleness import age_of, rows_of, states_of_yaml
from reperes.translation.targets import Target, find_targets, name_and_part, translations_of

RULE = "stamp"


def stamp(content: Path, targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Write down that `targets` are up to date, as original and translation stand today.

    A target is a language ("en"), a section ("en/talks"), a block of it by its number in the
    original ("en/talks:3"), the texts of YAML ("en/facts"), one of them
    ("en/facts:figures/displaced/label") or those of an entry ("en/facts:displaced"). Without
    targets, nothing is declared up to date that nobody named: what is `reviewed:` is written down,
    and what is up to date in the form that this program writes.

    Returns what was written, then what is not up to date and was not named.
    Raises ContentError, before anything is written, for a target that does not exist, that cites
    other facts than its original, or whose baseline cannot be read.
    """
    loaded = load(content)
    explainer = loaded.explainer
    known = list(translations_of(explainer))
    _refuse_unread(targets, loaded)
    named = [target for typed in targets for target in find_targets(typed, explainer)]
    chosen = named or [target for target in known if _is_fresh(target, explainer)]
    _refuse_broken(chosen, loaded)
    problems = [problem for target in chosen for problem in _differences(target, explainer)]
    if problems:
        raise ContentError(problems)
    texts = {
        key: _text(key, parts if named else None, loaded)
        for key, parts in _parts_by_file(chosen).items()
    }
    root = loaded.folder.root
    paths = {key: root / baseline_path(*key) for key in texts}
    written = {
        key
        for key, path in paths.items()
        if not path.is_file() or path.read_bytes() != texts[key].encode()
    }
    write_all({paths[key]: texts[key].encode() for key in written})
    keys = {target.key for target in chosen}
    others = [
        str(target)
        for target in known
        if target.key not in keys and not _is_fresh(target, explainer)
    ]
    return [str(target) for target in dict.fromkeys(chosen) if target.key in written], others


def stamp_as_seen(content: Path, typed: str, code: str) -> list[str]:
    """Stamp one target that somebody saw on the desk, if it still says what it said there.

    `code` is what the desk shows of it. Raises ContentError as `stamp` does, and where original or
    translation has changed in the meantime.
    """
    explainer = load(content).explainer
    for target in find_targets(typed, explainer):
        if code_of(target, explainer) != code:
            message = "has changed since this page was made; look again"
            raise ContentError([Problem(Place(typed), message, RULE)])
    return stamp(content, [typed])[0]


def code_of(target: Target, explainer: Explainer) -> str:
    """A short code of what a target says in both languages, "" where it is not there."""
    if target.name == FACTS:
        texts = explainer.texts_into(target.language).get(target.part)
        return seen_code(*texts) if texts else ""
    rows = rows_of(explainer, *target.key)
    if not target.part:
        pair = explainer.translated_pair(*target.key)
        return pair_code(*pair) if pair else ""
    for match in matches(rows):
        if any(row.name == target.part for row in match.rows):
            return seen_code(match.original, match.translation)
    found = (row for row in rows if row.original is None and row.name == target.part)
    return next((seen_code("", row.translation) for row in found), "")


def _refuse_unread(targets: Iterable[str], loaded: Loaded) -> None:
    """Refuse a section that could not be read, with its own errors: it is not missing."""
    names = (name_and_part(typed)[0] for typed in targets)
    wanted = {loaded.folder.path(f"sections/{name}.md") for name in names}
    read = {
        section.path for found in loaded.explainer.sections.values() for section in found.values()
    }
    _refuse_problems_in(wanted - read, loaded)


def _refuse_broken(targets: Iterable[Target], loaded: Loaded) -> None:
    """Never write over a baseline that cannot be read: it may hold what a merge left undecided."""
    _refuse_problems_in({loaded.folder.path(baseline_path(*t.key)) for t in targets}, loaded)


def _refuse_problems_in(paths: set[str], loaded: Loaded) -> None:
    problems = [
        problem for problem in loaded.problems if problem.is_error and problem.place.path in paths
    ]
    if problems:
        raise ContentError(problems)


def _parts_by_file(targets: Iterable[Target]) -> Mapping[SectionKey, frozenset[str]]:
    """Which parts of each baseline were named; an empty set stands for the whole."""
    parts: dict[SectionKey, frozenset[str]] = {}
    for target in targets:
        named = frozenset({target.part} - {""})
        before = parts.get(target.key, named)
        parts[target.key] = before | named if before and named else frozenset()
    return parts


def _is_fresh(target: Target, explainer: Explainer) -> bool:
    if target.name == FACTS:
        states = states_of_yaml(explainer, target.language).values()
        return all(state == "fresh" for state in states)
    age = age_of(explainer, *target.key)
    return age is not None and age.state == "fresh"


# What original and translation must share


def _differences(target: Target, explainer: Explainer) -> Iterator[Problem]:
    if target.name == FACTS:
        yield from _differences_of_texts(target, explainer)
        return
    pair = explainer.translated_pair(*target.key)
    assert pair is not None
    original, translation = pair
    if not target.part:
        yield from _unshared("", [original.body], [translation.body], translation.title.place)
        return
    rows = rows_of(explainer, *target.key)
    match = next((p for p in matches(rows) if target.part in (row.name for row in p.rows)), None)
    if match is None:
        yield from _beside_a_stale_one(target.part, rows)
        return
    originals = [block.text for block in match.originals]
    translations = [block.text for block in match.translations]
    if translations:
        place = translations[0].place
        yield from _unshared(f"block {target.part}: ", originals, translations, place)
    else:
        found = f"block {target.part}: {translation.path} has no translation of it"
        fix = f"translate it, or stamp {target.language}/{target.name} if another block says it"
        yield Problem(originals[0].place, f"{found}; {fix}", RULE)


def _beside_a_stale_one(part: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Refuse a block that the translation alone has where the block before it is not fresh.

    It is noted together with that one, and would declare it up to date along with it."""
    row = next(row for row in rows if row.name == part)
    entries = _entries(rows, ())
    for block in row.translations if row.state == "extra" else ():
        home = _home(entries, block)
        if home is not None and not home.match.is_fresh:
            message = f"noted with block {home.match.rows[0].name}, which is not up to date"
            yield Problem(block.text.place, f"{message}; stamp that one", RULE)


def _differences_of_texts(target: Target, explainer: Explainer) -> Iterator[Problem]:
    texts = explainer.texts_into(target.language)
    states = states_of_yaml(explainer, target.language)
    stale = [path for path, state in states.items() if state != "fresh"]
    for path in [target.part] if target.part else stale:
        original, translation = texts[path]
        yield from _unshared(f"{path}: ", [original], [translation], translation.place)


def _unshared(
    what: str, originals: Sequence[Text], translations: Sequence[Text], place: Place
) -> Iterator[Problem]:
    """A problem, at the place of the translation, for each mark that only one side has."""
    in_original, in_translation = _marks(originals), _marks(translations)
    for verb, named in sorted(in_original.keys() ^ in_translation.keys(), key=lambda mark: mark[1]):
        has = in_original.get((verb, named)) or in_translation[verb, named]
        verb_alone = verb.removesuffix("s")
        message = f"{what}only {has} {verb} {named}; {verb_alone} it in both, then stamp"
        yield Problem(place, message, RULE)


def _marks(texts: Iterable[Text]) -> dict[tuple[str, str], Place]:
    """Where texts first cite each fact and link each term, as ("cites", id) and ("links", id)."""
    places: dict[tuple[str, str], Place] = {}
    for text in texts:
        for mark in marks_in(text):
            if is_citation(mark):
                places.setdefault(("cites", mark.id), mark.place)
            elif str(mark).endswith(f"](term:{mark.id})"):
                places.setdefault(("links", f"term:{mark.id}"), mark.place)
    return places


# What is written


def _text(key: SectionKey, parts: frozenset[str] | None, loaded: Loaded) -> str:
    """The text of a baseline that records `parts` as they are now; an empty set stands for all.

    None means that nobody named any, and that nothing new is declared up to date.
    """
    explainer, relative = loaded.explainer, baseline_path(*key)
    before = loaded.folder.read_text(relative) if loaded.folder.has(relative) else ""
    if key[1] == FACTS:
        baseline = explainer.baselines.get(key, Baseline())
        units = list(_fact_units(key[0], explainer, parts, baseline))
        return baseline_text(key[0], explainer.original_for(key[0]), units, before)
    pair = explainer.translated_pair(*key)
    assert pair is not None
    rows = rows_of(explainer, *key)
    is_reviewed = Reviewed.of(*pair).both
    if is_reviewed or parts == frozenset():
        units = stamped_units(rows)
    else:
        chosen = parts or ()
        units = stamped_units(rows, frozenset(row.id for row in rows if row.name in chosen))
    return baseline_text(key[0], pair[0].language, units, before)


@dataclass
class _Entry:
    """A match to write down, as it is now if it `is_chosen`, else as it was recorded before."""

    match: Match
    is_chosen: bool
    originals: list[Block]
    translations: list[Block]


def stamped_units(rows: Sequence[Row], chosen: Container[str] | None = None) -> list[BaselineUnit]:
    """The units of a baseline in which the rows with the ids `chosen`, or all, are as they are now.

    All others stay as they were. A paragraph that one language alone has is noted with one beside
    it, so that it counts as known from then on.
    """
    entries = _entries(rows, chosen)
    _add_blocks_of_the_translation(entries, rows, chosen or ())
    if chosen is None:
        _add_blocks_without_a_translation(entries)
    after = out_of_order(
        [
            Standing(
                entry.match.id,
                min(map(place_in_section, entry.translations)),
                any(unit.after for unit in entry.match.was),
            )
            for entry in entries
            if entry.translations and entry.originals
        ]
    )
    by_row = {entry.match.id: entry for entry in entries}
    units: list[BaselineUnit] = []
    kept: set[BaselineUnit] = set()
    ids: set[str] = set()
    for row in rows:
        if row.original is None:
            is_kept = chosen is not None and row.id not in chosen
            found = [unit for unit in row.was if is_kept and unit not in kept]
            kept.update(found)
        elif (entry := by_row.get(row.id)) is None:
            continue
        elif entry.is_chosen or _is_noted_in_part(entry.match):
            found = [_as_it_is(entry, after)] if entry.originals else []
        else:
            was = [row.was for row in entry.match.rows if row.state != "repeated"]
            found = list(dict.fromkeys(unit for units in was for unit in units if unit not in kept))
            kept.update(found)
        for unit in found:
            unit = replace(unit, id=free_id(unit.id, ids))
            ids.add(unit.id)
            units.append(unit)
    return units


def _entries(rows: Sequence[Row], chosen: Container[str] | None) -> list[_Entry]:
    return [
        _Entry(
            match,
            chosen is None or any(row.id in chosen for row in match.rows),
            list(match.originals),
            list(match.translations),
        )
        for match in matches(rows)
    ]


def _as_it_is(entry: _Entry, after: Mapping[str, str]) -> BaselineUnit:
    match = entry.match
    return BaselineUnit(
        match.id,
        joined(sorted(entry.originals, key=place_in_section)),
        joined(sorted(entry.translations, key=place_in_section)),
        after.get(match.id, ""),
    )


def _is_noted_in_part(match: Match) -> bool:
    """Whether the match is up to date, but an older version did not record its translation."""
    return match.is_fresh and not all(unit.translation for unit in match.was)


def _add_blocks_of_the_translation(
    entries: Sequence[_Entry], rows: Sequence[Row], chosen: Container[str]
) -> None:
    """Record blocks that only the translation has with the paragraph before, if it is chosen."""
    for row in rows:
        for block in row.translations if row.original is None else ():
            home = _home(entries, block)
            if home is None:
                continue
            if row.id in chosen and home.match.is_fresh:
                home.is_chosen = True
            if home.is_chosen:
                home.translations.append(block)


def _home(entries: Sequence[_Entry], block: Block) -> _Entry | None:
    """The entry that a block which only the translation has is recorded with."""
    body = [entry for entry in entries if not entry.match.is_head]
    translated = [entry for entry in body if entry.translations] or body[:1]
    before = [entry for entry in translated if _first_place(entry) < place_in_section(block)]
    if before:
        return max(before, key=_first_place)
    return min(translated, key=_first_place, default=None)


def _first_place(entry: _Entry) -> int:
    return min(map(place_in_section, entry.translations), default=0)


def _add_blocks_without_a_translation(entries: Sequence[_Entry]) -> None:
    """Record blocks that only the original has with the translated paragraph before them.

    Those before the first translated paragraph go with that one."""
    home = None
    waiting: list[Block] = []
    for entry in entries:
        if entry.match.is_head:
            continue
        if entry.translations:
            home = entry
            home.originals += waiting
            waiting = []
        elif home is not None:
            home.originals += entry.originals
            entry.originals = []
        else:
            waiting += entry.originals
            entry.originals = []


def _fact_units(
    language: str, explainer: Explainer, parts: frozenset[str] | None, baseline: Baseline
) -> Iterator[BaselineUnit]:
    before = {unit.id: unit for unit in baseline.units}
    for path, (original, translation) in explainer.texts_into(language).items():
        old = before.pop(path, None)
        if parts is not None and (not parts or path in parts):
            yield BaselineUnit(path, str(original), str(translation))
        elif old is not None:
            yield old
    if parts != frozenset():
        yield from before.values()
