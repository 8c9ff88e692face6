"""What an import will write: texts to their places, and to the baselines that they are stamped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reperes.exchange.judging import Accepted, AcceptedText, Comment
from reperes.exchange.scalars import ContentFile
from reperes.exchange.section_files import new_section, rows_with, section_edits
from reperes.exchange.structure import has_words
from reperes.exchange.trial import Key, WrittenFile, written_file
from reperes.exchange.units import RULE, SectionMatches, section_matches, unit_context
from reperes.model.baselines import FACTS, BaselineUnit, baseline_path, baseline_text
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded
from reperes.model.readable import readable_part
from reperes.text.editing import Span, encoded_as, replaced, with_line_ends_of
from reperes.text.problems import Problem, warning
from reperes.translation.staleness import states_of_yaml
from reperes.translation.stamping import stamped_units


@dataclass
class Plan:
    """What an import will write. Nothing is written before the whole has been checked.

    `texts` and `comments` are what was accepted, by language and id of the unit; `taken` counts
    the texts that find their place, those included that any language says alike. `edits` are
    changes of files, and `created` new ones. `baselines` are the bytes of each that changes, by
    its name ("en/talks"), `noted` those of them in which nothing changes but comments. `problems`
    are texts that find no place.
    """

    loaded: Loaded
    texts: dict[Key, AcceptedText]
    comments: Mapping[Key, Comment]
    taken: int = 0
    edits: dict[Path, list[tuple[Span, str]]] = field(default_factory=lambda: defaultdict(list))
    created: dict[Path, bytes] = field(default_factory=dict)
    baselines: dict[str, bytes] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _files: dict[Path, ContentFile] = field(default_factory=dict)

    @property
    def explainer(self) -> Explainer:
        return self.loaded.explainer

    def file_of(self, path: str) -> ContentFile:
        """A file of the content as it is, read once."""
        resolved = Path(path).resolve()
        if resolved not in self._files:
            self._files[resolved] = ContentFile(resolved)
        return self._files[resolved]

    @property
    def content_files(self) -> dict[Path, bytes]:
        """The files of sections and facts as they will be."""
        return {
            path: encoded_as(path, replaced(self._files[path].text, edits))
            for path, edits in self.edits.items()
        } | self.created

    @property
    def files(self) -> dict[Path, bytes]:
        """All files that will be written, baselines included."""
        root = self.loaded.folder.root
        baselines = {
            root / baseline_path(*name.split("/", 1)): data for name, data in self.baselines.items()
        }
        return {**self.content_files, **baselines}

    @property
    def written(self) -> dict[str, WrittenFile]:
        """The content's files by the path under which problems are reported, with what is new."""
        edited = {
            self.reported(path): written_file(self._files[path].text, edits)
            for path, edits in self.edits.items()
        }
        created = {
            self.reported(path): written_file("", [((0, 0), data.decode())])
            for path, data in self.created.items()
        }
        return {**edited, **created}

    def reported(self, path: Path) -> str:
        """A file as problems name it."""
        folder = self.loaded.folder
        return folder.path(path.relative_to(folder.root).as_posix())

    def path_of(self, key: Key) -> str:
        """The file, as problems name it, in which a unit's text stands."""
        language, context = key
        group, _, rest = context.partition("/")
        if group == "sections":
            return self.loaded.folder.path(f"sections/{language}/{rest.split('/')[0]}.md")
        return self.explainer.yaml_texts[context][language].place.path


def plan_of(accepted: Accepted, loaded: Loaded) -> Plan:
    """What has to be written for the accepted texts. Raises ContentError for one without a place.

    That is a text of YAML typed over several pieces, into which no other one can be put.
    """
    plan = Plan(loaded, dict(accepted.texts), accepted.comments)
    languages = {language for language, _ in (*accepted.texts, *accepted.comments)}
    for language in sorted(languages):
        for section in section_matches(readable_part(loaded), language):
            _plan_section(plan, language, section, accepted.with_drafts)
        _plan_texts_of_yaml(plan, language)
        _plan_comments(plan, language)
    return plan


def _plan_section(plan: Plan, language: str, section: SectionMatches, with_drafts: bool) -> None:
    found = {
        match.id: plan.texts[language, section.context(match)]
        for match in section.matches
        if (language, section.context(match)) in plan.texts
    }
    if not found:
        return
    if section.translation is None:
        texts = _plan_new_file(plan, language, section, found, with_drafts)
    else:
        texts = {match_id: accepted.text for match_id, accepted in found.items()}
        file = plan.file_of(section.translation.path)
        if edits := section_edits(file, section, section.translation, texts):
            plan.edits[file.path] += edits
    if not texts:
        return
    plan.taken += len(texts)
    units = stamped_units(rows_with(section, texts), texts)
    _plan_baseline(plan, language, str(section.original.id), section.original.language, units)


def _plan_new_file(
    plan: Plan,
    language: str,
    section: SectionMatches,
    found: Mapping[str, AcceptedText],
    with_drafts: bool,
) -> dict[str, str]:
    """The texts of a section that is new in a language, by the id of their match.

    There are none where they are not enough: all of the section, or one paragraph for a draft.
    """
    name = f"sections/{section.original.id}"
    place = min(accepted.place for accepted in found.values())
    has_paragraph = any(match.id in found for match in section.matches if not match.is_head)
    if with_drafts and not has_paragraph:
        message = f"{name} is new in this language, and has no paragraph yet; translate one too"
        plan.problems.append(Problem(place, message, RULE))
        for match_id in found:
            del plan.texts[language, f"{name}/{match_id}"]
        return {}
    # What has no words, such as "---" or a figure alone, is the same in every language.
    texts = {
        match.id: found[match.id].text if match.id in found else match.original
        for match in section.matches
        if match.id in found or not has_words(match.original)
    }
    left = [match.name for match in section.matches if match.id not in texts]
    if left and not with_drafts:
        whole = f"{name} is new in this language, and is not whole yet ({', '.join(left)})"
        message = f"{whole}; translate these too, then import again"
        plan.problems.append(Problem(place, message, RULE))
        return {}
    # The original's title and summary stand in for those that a draft does not have yet.
    head = {match.id: match.original for match in section.matches if match.is_head}
    path = plan.loaded.folder.root / f"sections/{language}/{section.original.id}.md"
    plan.created[path] = new_section(section.original, [*{**head, **texts}.values()])
    return texts


def _plan_texts_of_yaml(plan: Plan, language: str) -> None:
    explainer = plan.explainer
    states = states_of_yaml(explainer, language)
    baseline = explainer.baselines.get((language, FACTS))
    known = {unit.id: unit for unit in baseline.units} if baseline else {}
    units: list[BaselineUnit] = []
    taken = 0
    for context, (source, old) in explainer.texts_into(language).items():
        original = str(source)
        new = plan.texts.get((language, context))
        if new is not None:
            taken += 1
            units.append(BaselineUnit(context, original, new.text))
            if old != new.text:
                file = plan.file_of(old.place.path)
                plan.edits[file.path].append(file.scalar_edit(old, new.text))
        elif states[context] == "fresh":
            units.append(BaselineUnit(context, original, str(old)))
        elif context in known:
            units.append(known[context])
    if taken:
        plan.taken += taken
        _plan_baseline(plan, language, FACTS, explainer.original_for(language), units)


def _plan_comments(plan: Plan, language: str) -> None:
    """Put what translators noted beside the records of their texts, stamped now or before."""
    explainer = plan.explainer
    left = {context for code, context in plan.comments if code == language}
    for (code, name), baseline in explainer.baselines.items():
        contexts = {unit_context(name, unit.id) for unit in baseline.units}
        if code != language or not contexts & left:
            continue
        left -= contexts
        # A baseline that changes with its texts has the comments already.
        if f"{language}/{name}" not in plan.baselines:
            translation = explainer.section(language, name)
            original = (translation and translation.original) or explainer.original_for(language)
            _plan_baseline(plan, language, name, original, baseline.units)
    for context in sorted(left):
        text = plan.texts.get((language, context))
        if text is None or text.is_draft:
            place = plan.comments[language, context].place
            kept = "the comment was not kept; it stands beside a text that is stamped"
            plan.problems.append(warning(place, f"{context}: {kept}", RULE))


def _plan_baseline(
    plan: Plan, language: str, name: str, original: str, units: Iterable[BaselineUnit]
) -> None:
    """A baseline with what translators noted. Of a draft stays what was known of its unit."""
    baseline = plan.explainer.baselines.get((language, name))
    known = baseline.units if baseline else ()
    earlier = {unit.id: unit for unit in known}
    stamped: list[BaselineUnit] = []
    for unit in units:
        key = language, unit_context(name, unit.id)
        is_draft = key in plan.texts and plan.texts[key].is_draft
        kept = earlier.get(unit.id) if is_draft else unit
        if kept is not None and key in plan.comments:
            kept = replace(kept, comment=plan.comments[key].text)
        if kept is not None:
            stamped.append(kept)
    if not stamped and not known:
        return
    relative, folder = baseline_path(language, name), plan.loaded.folder
    path = folder.root / relative
    before = folder.read_text(relative) if folder.has(relative) else ""
    data = with_line_ends_of(path, baseline_text(language, original, stamped, before))
    if path.exists() and path.read_bytes() == data:
        return
    plan.baselines[f"{language}/{name}"] = data
    without_comments = ([replace(unit, comment="") for unit in found] for found in (stamped, known))
    if next(without_comments) == next(without_comments):
        plan.noted.add(f"{language}/{name}")
