"""Writing down that a translation is up to date: the baselines under content/translations/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from build_tools.alignment import Row, section_rows, section_units, translated_text
from build_tools.explainer import Explainer, SectionKey
from build_tools.files import write_all
from build_tools.loading import Loaded, load
from build_tools.problems import ContentError, Place, Problem, Text
from build_tools.references import find_marks, is_citation
from build_tools.targets import (
    Target,
    find_targets,
    name_and_part,
    section_pair,
    translations_of,
)
from build_tools.translations import (
    FACTS,
    Baseline,
    BaselineUnit,
    baseline_path,
    baseline_text,
    stale_texts,
)

RULE = "stamp"


def stamp(content: Path, targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Write the baselines of `targets`, or of all that is not stale.

    A target is a section ("en/talks"), a block of it by its number in the original ("en/talks:3"),
    the texts of YAML ("en/facts"), one of them ("en/facts:figures/displaced/label") or those of an
    entry ("en/facts:displaced"). Without targets, what never had a baseline is stamped, and what
    was `reviewed:`; what is stale is left for its translator to name; the second list holds those.
    Raises ContentError, before anything is written, for a target that does not exist, that cites
    other facts than its original, or whose baseline cannot be read.
    """
    loaded = load(content)
    explainer = loaded.explainer
    if explainer is None:
        raise ContentError(loaded.problems)
    known = list(translations_of(explainer))
    _refuse_unread(targets, loaded)
    named = [target for typed in targets for target in find_targets(typed, explainer)]
    chosen = named or [target for target in known if not _is_stale(target, explainer)]
    _refuse_broken(chosen, loaded)
    problems = [problem for target in chosen for problem in _differences(target, explainer)]
    if problems:
        raise ContentError(problems)
    texts = {key: _text(key, parts, loaded) for key, parts in _parts_by_file(chosen).items()}
    root = loaded.folder.root
    paths = {key: root / baseline_path(*key) for key in texts}
    written = {
        key
        for key, path in paths.items()
        if not path.is_file() or path.read_bytes() != texts[key].encode()
    }
    write_all({paths[key]: texts[key].encode() for key in written})
    keys = {target.key for target in chosen}
    stale = [
        str(target) for target in known if target.key not in keys and _is_stale(target, explainer)
    ]
    return [str(target) for target in dict.fromkeys(chosen) if target.key in written], stale


def _refuse_unread(targets: Iterable[str], loaded: Loaded) -> None:
    """What is named but could not be read is not missing: say what is wrong with it."""
    names = (name_and_part(typed)[0] for typed in targets)
    wanted = {loaded.folder.path(f"sections/{name}.md") for name in names}
    assert loaded.explainer is not None
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
    """The parts that are named of each baseline; none where the whole is."""
    parts: dict[SectionKey, frozenset[str]] = {}
    for target in targets:
        named = frozenset({target.part} - {""})
        before = parts.get(target.key, named)
        parts[target.key] = before | named if before and named else frozenset()
    return parts


def _is_stale(target: Target, explainer: Explainer) -> bool:
    if target.name != FACTS:
        return explainer.ages[target.key].state == "stale"
    baseline = explainer.baselines.get(target.key)
    original, texts = explainer.languages[0], explainer.yaml_texts()
    return baseline is not None and any(stale_texts(texts, original, target.language, baseline))


# What original and translation must share


def _differences(target: Target, explainer: Explainer) -> Iterator[Problem]:
    if target.name == FACTS:
        yield from _differences_of_texts(target, explainer)
        return
    pair = section_pair(explainer, *target.key)
    assert pair is not None
    original, translation = pair
    if not target.part:
        yield from _unshared("", [original.body], [translation.body], translation.title.place)
        return
    rows = section_rows(original, translation, explainer.baselines.get(target.key))
    row = next(row for row in rows if row.original and row.name == target.part)
    together = [each for each in rows if (row.along or row.name) in (each.name, each.along)]
    originals = [each.original.text for each in together if each.original]
    translations = [block.text for each in together if each.original for block in each.translations]
    if translations:
        place = translations[0].place
        yield from _unshared(f"block {row.name}: ", originals, translations, place)
    else:
        message = f"block {row.name}: {translation.path} has no translation of it; translate it"
        yield Problem(originals[0].place, f"{message}, then stamp", RULE)


def _differences_of_texts(target: Target, explainer: Explainer) -> Iterator[Problem]:
    original, baseline = explainer.languages[0], explainer.baselines.get(target.key, ())
    texts = dict(explainer.yaml_texts())
    stale = [path for path, _ in stale_texts(texts.items(), original, target.language, baseline)]
    for path in [target.part] if target.part else stale:
        ours, theirs = texts[path][target.language], texts[path][original]
        yield from _unshared(f"{path}: ", [theirs], [ours], ours.place)


def _unshared(
    what: str, originals: Sequence[Text], translations: Sequence[Text], place: Place
) -> Iterator[Problem]:
    """A problem, at the place of the translation, for each mark that only one side has."""
    theirs, ours = _marks(originals), _marks(translations)
    for verb, named in sorted(theirs.keys() ^ ours.keys(), key=lambda mark: mark[1]):
        has = theirs.get((verb, named)) or ours[verb, named]
        verb_alone = verb.removesuffix("s")
        message = f"{what}only {has} {verb} {named}; {verb_alone} it in both, then stamp"
        yield Problem(place, message, RULE)


def _marks(texts: Iterable[Text]) -> dict[tuple[str, str], Place]:
    """Where texts first cite each fact and link each term, as ("cites", id) and ("links", id)."""
    places: dict[tuple[str, str], Place] = {}
    for text in texts:
        for mark in find_marks(text)[0]:
            if is_citation(mark):
                places.setdefault(("cites", mark.id), mark.place)
            elif str(mark).endswith(f"](term:{mark.id})"):
                places.setdefault(("links", f"term:{mark.id}"), mark.place)
    return places


# What is written


def _text(key: SectionKey, parts: frozenset[str], loaded: Loaded) -> str:
    explainer, relative = loaded.explainer, baseline_path(*key)
    assert explainer is not None
    before = loaded.folder.read_text(relative) if loaded.folder.has(relative) else ""
    baseline = explainer.baselines.get(key)
    if key[1] == FACTS:
        units = _fact_units(key[0], explainer, parts, baseline or ())
        return baseline_text(key[0], explainer.languages[0], units, before)
    pair = section_pair(explainer, *key)
    assert pair is not None
    # What is `reviewed` is up to date as a whole, whichever part is named.
    if parts and explainer.ages[key].state != "fresh":
        rows = section_rows(*pair, baseline)
        return baseline_text(key[0], pair[0].language, _partly_stamped(rows, parts), before)
    return baseline_text(key[0], pair[0].language, section_units(*pair, baseline), before)


def _partly_stamped(rows: Sequence[Row], parts: frozenset[str]) -> Iterator[BaselineUnit]:
    """The blocks named as they are today, and all others as they were."""
    shared = {row.along for row in rows}
    kept: set[BaselineUnit] = set()
    contexts: set[str] = set()
    for row in rows:
        if row.original and row.name in parts:
            units = [BaselineUnit(row.name, str(row.original.text), translated_text(row, shared))]
        elif row.state == "repeated":
            units = []
        else:
            units = [unit for unit in row.was if unit not in kept]
            kept.update(units)
        for unit in units:
            context = row.name if row.original else unit.context
            while context in contexts:
                context += "/old"
            contexts.add(context)
            yield BaselineUnit(context, unit.original, unit.translation)


def _fact_units(
    language: str, explainer: Explainer, parts: frozenset[str], baseline: Baseline
) -> Iterator[BaselineUnit]:
    original = explainer.languages[0]
    before = {unit.context: unit for unit in baseline} if parts else {}
    for path, texts in explainer.yaml_texts():
        old = before.pop(path, None)
        if not parts or path in parts:
            yield BaselineUnit(path, str(texts[original]), str(texts[language]))
        elif old is not None:
            yield old
    yield from before.values()
