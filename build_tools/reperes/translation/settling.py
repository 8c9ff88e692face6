"""Repairing baselines after a merge that left both sides of a conflict in them, or doubled them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reperes.model.baselines import FACTS, BaselineUnit, baseline_path, baseline_text, settled
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded, load
from reperes.text.editing import with_line_ends_of
from reperes.text.files import write_all
from reperes.text.folding import normalised
from reperes.text.problems import ContentError, Place, Problem, did_you_mean

RULE = "baseline"


def settle(content: Path, names: Sequence[str] = ()) -> list[str]:
    """Rewrite the baselines named ("en/talks"), or all that cannot be read; returns their names.

    What either side of a merge stamped stays stamped. Where both stamped one text, the one stays
    that says what stands in the content today; if neither does, the text is stale, and shown so.
    Raises ContentError, before anything is written, for a name that has no baseline, or a file that
    is no PO file on one side.
    """
    loaded = load(content)
    known = {f"{language}/{name}": (language, name) for language, name in _baselines(loaded)}
    unknown = [name for name in names if name not in known]
    if unknown:
        problems = (
            Problem(Place(name), f'no baseline "{name}"{did_you_mean(name, known)}', RULE)
            for name in unknown
        )
        raise ContentError(problems)
    broken = [name for name, key in known.items() if key not in loaded.explainer.baselines]
    texts = {name: _settled(known[name], loaded) for name in names or broken}
    write_all({loaded.folder.root / baseline_path(*known[n]): data for n, data in texts.items()})
    return list(texts)


def _baselines(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for language in loaded.explainer.languages:
        for name in loaded.folder.names(f"translations/{language}", ".po"):
            yield language, name


def _settled(key: tuple[str, str], loaded: Loaded) -> bytes:
    explainer, relative = loaded.explainer, baseline_path(*key)
    path = loaded.folder.root / relative
    text = loaded.folder.read_text(relative)
    units = settled(text, loaded.folder.path(relative), _how_current(key, explainer))
    section = explainer.section(*key)
    original = explainer.original_for(key[0])
    if section and section.original:
        original = str(section.original)
    return with_line_ends_of(path, baseline_text(key[0], original, units))


def _how_current(key: tuple[str, str], explainer: Explainer) -> Callable[[BaselineUnit], int]:
    """A function that counts how many sides of a unit the content still has today: 0, 1 or 2."""
    language, name = key
    if name == FACTS:
        texts = explainer.texts_into(language)

        def of_text(unit: BaselineUnit) -> int:
            sides = zip(texts.get(unit.id, ()), (unit.original, unit.translation), strict=False)
            return sum(normalised(now) == normalised(then) for now, then in sides)

        return of_text
    pair = explainer.translated_pair(language, name)
    bodies = [
        normalised("\n\n".join((section.title, section.summary, section.body)))
        for section in pair or ()
    ]

    def of_section(unit: BaselineUnit) -> int:
        sides = (unit.original, unit.translation)
        return sum(
            normalised(side) in body for side, body in zip(sides, bodies, strict=False) if side
        )

    return of_section
