"""Writing down that a translation is up to date: the baselines under content/translations/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.loading import load
from build_tools.problems import ContentError, Place, Problem, Text, did_you_mean
from build_tools.references import Placeholder, find_marks
from build_tools.site_tree import write_text
from build_tools.translations import (
    FACTS,
    BaselineUnit,
    baseline_path,
    baseline_text,
    section_units,
    stale_texts,
)

Target = tuple[str, str]
"""A language code, and a section id or "facts"."""


def stamp(content: Path, targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Write the baselines of `targets` ("en/talks", "en/facts"), or of all that is not stale.

    Without targets, what never had a baseline is stamped, and what was `reviewed:`; what is stale
    is left for its translator to name; the second list holds those. Raises ContentError, before
    anything is written, for a target that does not exist or cites other facts than its original.
    """
    loaded = load(content)
    explainer = loaded.explainer
    if explainer is None:
        raise ContentError(loaded.problems)
    known = dict(_known_targets(explainer))
    chosen = [_target(typed, known, explainer) for typed in targets] or _unnamed(explainer, known)
    problems = [problem for target in chosen for problem in _differences(target, explainer)]
    if problems:
        raise ContentError(problems)
    written = [
        "/".join(target)
        for target in chosen
        if write_text(loaded.folder.root / baseline_path(*target), _text(target, explainer))
    ]
    stale = [
        name
        for name, target in known.items()
        if target not in chosen and _is_stale(target, explainer)
    ]
    return written, stale


def _known_targets(explainer: Explainer) -> Iterator[tuple[str, Target]]:
    for language in explainer.languages[1:]:
        yield f"{language}/{FACTS}", (language, FACTS)
    for language, sections in explainer.sections.items():
        for section in sections.values():
            target = (language, str(section.id))
            if _pair(target, explainer):
                yield "/".join(target), target


def _target(typed: str, known: Mapping[str, Target], explainer: Explainer) -> Target:
    name = typed.removesuffix(".md").removeprefix("content/").removeprefix("sections/")
    if name in known:
        return known[name]
    language, _, section_id = name.partition("/")
    twins = [f'"{twin}"' for twin in known if twin.endswith(f"/{section_id}")]
    if twins and section_id in explainer.sections.get(language, {}):
        message = f'"{typed}" is an original; stamp its translation, {" or ".join(twins)}'
    else:
        hint = did_you_mean(name, known)
        message = f'no translation "{typed}"{hint}; write LANGUAGE/ID, such as "en/{FACTS}"'
    raise ContentError([Problem(Place(typed), message, "stamp")])


def _unnamed(explainer: Explainer, known: Mapping[str, Target]) -> list[Target]:
    return [target for target in known.values() if not _is_stale(target, explainer)]


def _is_stale(target: Target, explainer: Explainer) -> bool:
    language, name = target
    if name != FACTS:
        return explainer.ages[target].state == "stale"
    baseline = explainer.fact_baselines[language]
    original, texts = explainer.languages[0], explainer.yaml_texts()
    return baseline is not None and any(stale_texts(texts, original, language, baseline))


def _pair(target: Target, explainer: Explainer) -> tuple[Section, Section] | None:
    """The original and the translation that a target names, where both exist."""
    language, name = target
    translation = explainer.section(language, name)
    if translation is None or translation.original is None:
        return None
    original = explainer.section(translation.original, name)
    return (original, translation) if original else None


def _differences(target: Target, explainer: Explainer) -> Iterator[Problem]:
    pair = _pair(target, explainer)
    if pair is None:
        return
    original, translation = (_placeholder_ids(section.body) for section in pair)
    for missing in sorted(original ^ translation):
        has = pair[0] if missing in original else pair[1]
        message = f"only {has.path} cites {missing}; cite it in both, then stamp"
        yield Problem(pair[1].title.place, message, "stamp")


def _placeholder_ids(body: Text) -> set[str]:
    return {mark.id for mark in find_marks(body)[0] if isinstance(mark, Placeholder)}


def _text(target: Target, explainer: Explainer) -> str:
    language, name = target
    if name == FACTS:
        return baseline_text(language, explainer.languages[0], _fact_units(language, explainer))
    pair = _pair(target, explainer)
    units = section_units(*pair) if pair else []
    original = pair[0].language if pair else explainer.languages[0]
    return baseline_text(language, original, units)


def _fact_units(language: str, explainer: Explainer) -> Iterable[BaselineUnit]:
    original = explainer.languages[0]
    for path, texts in explainer.yaml_texts():
        yield BaselineUnit(path, str(texts[original]), str(texts[language]))
