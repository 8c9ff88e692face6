"""The part of a content that can be worked with when some of its files have errors."""

from __future__ import annotations

from dataclasses import replace

from reperes.model.baselines import FACTS, Baseline, baseline_path
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded
from reperes.model.map_plan import MAP_FILE
from reperes.model.schema import KINDS, VOCABULARY_FILE

_FILES = {
    "map": MAP_FILE,
    "vocabulary": VOCABULARY_FILE,
    **{kind.root: kind.path for kind in KINDS},
}


def file_of_text(path: str) -> str:
    """The file in which a bilingual text stands, by its path ("figures/displaced/label")."""
    return _FILES.get(path.partition("/")[0], "site.yml")


def is_unread(loaded: Loaded, relative: str) -> bool:
    """Whether a file has an error because of which something in it was left out."""
    path = loaded.folder.path(relative)
    return any(problem.place.path == path for problem in loaded.unread)


def readable_part(loaded: Loaded) -> Explainer:
    """The explainer without the sections of which a file could not be read.

    Else a translation that is there, and broken, would seem to be missing, and what was recorded
    of the texts of a broken file would seem to be of texts that are gone.
    """
    explainer = loaded.explainer
    if not loaded.unread:
        return explainer
    broken = {
        name
        for code in explainer.languages
        for name in loaded.folder.names(f"sections/{code}", ".md")
        if name not in explainer.sections[code]
        or any(is_unread(loaded, baseline_path(each, name)) for each in explainer.languages)
    }
    sections = {
        code: {name: section for name, section in found.items() if name not in broken}
        for code, found in explainer.sections.items()
    }
    texts = {*explainer.yaml_texts}

    def readable(baseline: Baseline) -> Baseline:
        units = (
            unit
            for unit in baseline.units
            if unit.id in texts or not is_unread(loaded, file_of_text(unit.id))
        )
        return replace(baseline, units=tuple(units))

    baselines = {
        (code, name): readable(baseline) if name == FACTS else baseline
        for (code, name), baseline in explainer.baselines.items()
        if name not in broken
    }
    return replace(explainer, sections=sections, baselines=baselines)
