"""Renaming an id everywhere it is typed, and changing nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reperes.model.baselines import BaselineUnit, baseline_path, baseline_text, read_baseline
from reperes.model.drafts import drafts_path
from reperes.model.entries import Entry
from reperes.model.explainer import Explainer
from reperes.model.gone import NAMESPACE_OF, Gone
from reperes.model.loading import Loaded, load
from reperes.model.references import Link, Mark, id_span, marks_in
from reperes.model.released_ids import GONE, gone_entry
from reperes.model.schema import FACT_NOUNS, KINDS, RESERVED_IDS, TAKEN_IDS, WORD_LISTS
from reperes.model.shapes import ID_PATTERN, Mention
from reperes.model.yaml_values import Listing, Table, Value, parse_yaml
from reperes.text.editing import Span, encoded_as, file_text, offset_of, replaced, with_line_ends_of
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean

RULE = "rename"


def rename(content: Path, old: str, new: str) -> list[str]:
    """Change the id `old` to `new` in every file; the files changed, sorted.

    Where an edition has had the old one, gone.yml says what became of it.

    `old` may name the kind ("term:osdh") where several kinds bear the id. Ids of sections are
    file names, and are renamed with them. Raises ContentError, before anything is written.
    """
    loaded = load(content)
    noun, old_id = _find(loaded.sound(), old)
    _check_new(loaded, noun, old_id, new)
    # Only where it was typed: to parse a file and write it anew would lose its layout and comments.
    spans = _typed_ids(loaded, noun, old_id)
    files = {path: _edited(path, at, new) for path, at in spans.items()}
    files |= _edited_baselines(loaded, noun, old_id, new)
    files |= _with_entry_of_gone(loaded, noun, old_id, new, files)
    moves = dict(_moves(loaded, old_id, new)) if noun == "section" else {}
    if noun == "source" and loaded.folder.has(drafts_path(old_id)):
        root = loaded.folder.root
        moves = {root / drafts_path(old_id): root / drafts_path(new)}
    write_all(files, moves)
    changed = {*files, *moves.values()}
    return sorted(loaded.folder.path(_relative(path, loaded)) for path in changed)


def _relative(path: Path, loaded: Loaded) -> str:
    return path.relative_to(loaded.folder.root).as_posix()


def _groups(explainer: Explainer) -> Mapping[str, Mapping[str, Entry]]:
    """Every kind of entry that has ids of its own, beside the sections."""
    site = explainer.site
    others = {noun: ids for noun, ids in explainer.entries.items() if noun not in FACT_NOUNS}
    return {
        "fact": explainer.facts,
        **others,
        "side": {side.id: side for side in site.sides},
        "topic": {topic.id: topic for topic in site.topics},
        **{words.noun: explainer.vocabulary.of(words.noun) for words in WORD_LISTS},
    }


def _ids(explainer: Explainer) -> Mapping[str, Iterable[str]]:
    return {**_groups(explainer), "section": explainer.site.section_ids}


def _find(explainer: Explainer, typed: str) -> tuple[str, str]:
    noun, _, old = typed.rpartition(":")
    noun = "fact" if noun in FACT_NOUNS else noun
    ids = _ids(explainer)
    nouns = [name for name, known in ids.items() if old in known and noun in ("", name)]
    if len(nouns) == 1:
        return nouns[0], old
    if nouns:
        choices = " or ".join(f"{name}:{old}" for name in nouns)
        raise _refusal(typed, f'"{old}" is the id of more than one entry; write {choices}')
    if old in RESERVED_IDS:
        raise _refusal(typed, f'"{old}" is the address of a generated page, and cannot change')
    if bearers := [f"{name}:{old}" for name, known in ids.items() if old in known]:
        raise _refusal(typed, f'no {noun} has the id "{old}"; write {" or ".join(bearers)}')
    every = {known for group in ids.values() for known in group}
    raise _refusal(typed, f'nothing has the id "{old}"{did_you_mean(old, every)}')


def _check_new(loaded: Loaded, noun: str, old: str, new: str) -> None:
    explainer = loaded.explainer
    if not re.fullmatch(ID_PATTERN, new):
        raise _refusal(new, f'"{new}" is no id; write small letters, digits and _, a letter first')
    ids = {name: set(known) for name, known in _ids(explainer).items()}
    if new in ids[noun]:
        raise _refusal(new, f'{noun} id "{new}" is taken; choose another')
    gone = explainer.gone.get(new)
    if gone is not None and gone.was_in((noun,)) and not _takes_back(gone, old):
        message = f'"{new}" was another {noun}, of which links may lead here; choose another'
        raise _refusal(new, message)
    if noun == "section":
        if new in (*RESERVED_IDS, *TAKEN_IDS):
            raise _refusal(new, f'"{new}" is an address that the program uses; choose another')
        for path in _section_files(loaded, new):
            raise _refusal(new, f"{_relative(path, loaded)} exists already; choose another")
    after = {**ids, noun: {*ids[noun] - {old}, new}}
    for mention in loaded.mentions:
        wanted = new if _is_of(mention, noun, old, ids) else mention.id
        if _meant(mention, wanted, after) != _meant(mention, mention.id, ids):
            message = f'"{new}" would change what {mention.trail} means; choose another'
            raise _refusal(new, message)


def _meant(mention: Mention, wanted: str, ids: Mapping[str, set[str]]) -> str | None:
    """The kind of entry that a mention names: of several that bear its id, the first one.

    A field may name an actor or a term, and "osdh" may be both. So a new id may change the meaning
    of a field that nobody touches, and is then refused.
    """
    return next((name for name in mention.namespaces if wanted in ids.get(name, ())), None)


def _is_of(mention: Mention, noun: str, old: str, ids: Mapping[str, set[str]]) -> bool:
    return mention.id == old and _meant(mention, old, ids) == noun


def _refusal(typed: str, message: str) -> ContentError:
    return ContentError([Problem(Place(typed), message, RULE)])


def _typed_ids(loaded: Loaded, noun: str, old: str) -> Mapping[Path, set[Span]]:
    """Where an id is typed, by file, in the text of the file without byte order mark."""
    found: dict[Path, set[Span]] = defaultdict(set)
    texts: dict[str, str] = {}

    def raw(place: Place) -> str:
        if place.path not in texts:
            texts[place.path] = file_text(Path(place.path))
        return texts[place.path]

    for typed in _own_ids(loaded, noun, old):
        found[Path(typed.place.path).resolve()].add(_id_at(raw(typed.place), typed))
    for text in _texts_with_marks(loaded):
        marks = [mark for mark in marks_in(text) if _means(mark, noun, old)]
        if marks:
            spans = _ids_in(raw(text.place), text, marks, noun, old)
            found[Path(text.place.path).resolve()].update(spans)
    return found


def _own_ids(loaded: Loaded, noun: str, old: str) -> Iterator[Text]:
    """The entry's own id, and the fields that name it."""
    explainer = loaded.explainer
    ids = {name: set(known) for name, known in _ids(explainer).items()}
    yield from (mention.id for mention in loaded.mentions if _is_of(mention, noun, old, ids))
    if noun != "section":
        yield _groups(explainer)[noun][old].id
        return
    yield from (typed for typed in explainer.site.section_ids if typed == old)
    for language in explainer.languages:
        section = explainer.section(language, old)
        yield from [section.id] if section else []


def _texts_with_marks(loaded: Loaded) -> Iterator[Text]:
    explainer = loaded.explainer
    for sections in explainer.sections.values():
        for section in sections.values():
            yield from (section.title, section.summary, section.body)
            yield from (waiver.text for waiver in section.waivers)
    for _, texts in explainer.yaml_texts.items():
        yield from texts.values()


def _means(mark: Mark, noun: str, old: str) -> bool:
    if not isinstance(mark, Link):
        return noun == "fact" and mark.id == old
    return mark.id == old and (mark.scheme == noun or (noun, mark.scheme) == ("fact", "claim"))


def _id_at(typed_text: str, typed: Text) -> Span:
    """The span of an id whose YAML value begins at a place, maybe with a quotation mark."""
    pattern = re.compile(rf"[\"'|>+\-\s]*({re.escape(typed)})(?![a-z0-9_])")
    match = pattern.match(typed_text, offset_of(typed_text, typed.place))
    if match is None:
        raise _lost(typed.place, typed)
    return match.span(1)


def _ids_in(
    typed_text: str, text: Text, marks: Sequence[Mark], noun: str, old: str
) -> Iterator[Span]:
    """Where the ids of some marks of a text stand in its file."""
    if text.exact:
        for mark in marks:
            start, _ = id_span(text, mark)
            yield _id_at(typed_text, Text(old, text.at(start)))
        return
    # An escape or a folded line shifts what follows: the marks are found anew, as typed.
    start = offset_of(typed_text, text.place)
    typed = Text(typed_text[start:], text.place)
    found = [mark for mark in marks_in(typed) if _means(mark, noun, old)][: len(marks)]
    if len(found) < len(marks):
        raise _lost(text.place, old)
    for mark in found:
        first, last = id_span(typed, mark)
        yield start + first, start + last


def _lost(place: Place, old: str) -> ContentError:
    message = f'"{old}" stands here, but is not typed in one piece; write it plainly, then rename'
    return ContentError([Problem(place, message, RULE)])


def _edited(path: Path, spans: Iterable[Span], new: str) -> bytes:
    """A file's bytes with the id changed; byte order mark, line ends and all else stay."""
    return encoded_as(path, replaced(file_text(path), [(span, new) for span in spans]))


def _edited_baselines(loaded: Loaded, noun: str, old: str, new: str) -> dict[Path, bytes]:
    """The baselines with the id renamed in their marks, so that no translation becomes stale."""
    explainer, folder = loaded.explainer, loaded.folder
    edited: dict[Path, bytes] = {}
    for language in explainer.languages:
        for name in folder.names(f"translations/{language}", ".po"):
            baseline = read_baseline(folder, language, name)
            before = baseline.units if baseline else ()
            after = tuple(_edited_unit(unit, noun, old, new) for unit in before)
            if after != before:
                path = folder.root / baseline_path(language, name)
                original = _original_of(explainer, language, name)
                kept = folder.read_text(baseline_path(language, name))
                text = baseline_text(language, original, after, kept)
                edited[path] = with_line_ends_of(path, text)
    return edited


def _original_of(explainer: Explainer, language: str, name: str) -> str:
    section = explainer.section(language, name)
    return section.original if section and section.original else explainer.original_for(language)


def _edited_unit(unit: BaselineUnit, noun: str, old: str, new: str) -> BaselineUnit:
    return replace(
        unit,
        id=_edited_context(unit.id, noun, old, new),
        original=_edited_text(unit.original, noun, old, new),
        translation=_edited_text(unit.translation, noun, old, new),
    )


def _edited_context(context: str, noun: str, old: str, new: str) -> str:
    """The path of a YAML text ("figures/displaced/label", "site/sides/russia/label")."""
    if noun == "source":
        # One of several values is known by its source and its day.
        context = re.sub(rf"/{re.escape(old)}@", f"/{new}@", context)
    nouns = FACT_NOUNS if noun == "fact" else (noun,)
    roots = [f"{kind.root}/" for kind in KINDS if kind.noun in nouns]
    for root in (*roots, f"site/{noun}s/", f"vocabulary/{noun}s/"):
        if context.startswith(f"{root}{old}/"):
            return root + new + context.removeprefix(root + old)
    return context


def _edited_text(text: str, noun: str, old: str, new: str) -> str:
    marks = [m for m in marks_in(text) if _means(m, noun, old)]
    return replaced(text, [(id_span(text, mark), new) for mark in marks])


def _takes_back(gone: Gone, old: str) -> bool:
    """Whether an id that is gone was that of the very thing that is renamed."""
    return gone.now == old and gone.reason is None


def _with_entry_of_gone(
    loaded: Loaded, noun: str, old: str, new: str, edited: Mapping[Path, bytes]
) -> dict[Path, bytes]:
    """gone.yml with an entry for the old id, if any edition has had it under one of its kinds.

    And without that of the new one, which is no longer gone.
    """
    explainer, folder = loaded.explainer, loaded.folder
    released = explainer.editions.first_edition_of
    nouns = [each for each in NAMESPACE_OF if NAMESPACE_OF[each] == noun]
    was = [each for each in nouns if (each, old) in released]
    is_back = new in explainer.gone and explainer.gone[new].was_in((noun,))
    if not was and not is_back:
        return {}
    if old in explainer.gone:
        place = explainer.gone[old].place
        message = f'another "{old}" is gone already ({place}), and gone.yml can say one thing of it'
        raise _refusal(old, f"{message}; keep this id")
    path = folder.root / GONE.path
    before = edited[path] if path in edited else path.read_bytes() if path.exists() else b""
    text = before.decode("utf-8-sig").replace("\r\n", "\n").rstrip() or f"{GONE.root}:"
    if is_back:
        text = _without_entry(text, new)
    if was:
        text = f"{text.removesuffix(' []')}\n{gone_entry(explainer, was[0], old, new)}"
    with suppress(ContentError):
        items = _items_of_gone(text)
        if len(items) == len(explainer.gone) + bool(was) - is_back:
            return {path: with_line_ends_of(path, f"{text.rstrip()}\n")}
    message = f"{GONE.path} cannot be changed as it is laid out; run `reperes fmt`, then rename"
    raise _refusal(old, message)


def _items_of_gone(text: str) -> Sequence[Value]:
    """The entries of gone.yml. Raises ContentError where it cannot be read."""
    listing = parse_yaml(text, GONE.path).get(GONE.root)
    return listing.items if isinstance(listing, Listing) else ()


def _without_entry(text: str, entry_id: str) -> str:
    """The text of gone.yml without the lines of an entry, if it stands on lines of its own."""
    with suppress(ContentError):
        items, lines = _items_of_gone(text), text.split("\n")
        ends = [*(item.place.line - 1 for item in items[1:]), len(lines)]
        for item, end in zip(items, ends, strict=True):
            if isinstance(item, Table) and item.get("id") == entry_id:
                kept = [*lines[: item.place.line - 1], *lines[end:]]
                return "\n".join(kept) if len(items) > 1 else f"{GONE.root}: []"
    return text


def _section_files(loaded: Loaded, section_id: str) -> list[Path]:
    root = loaded.folder.root
    patterns = (f"sections/*/{section_id}.md", f"translations/*/{section_id}.po")
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def _moves(loaded: Loaded, old: str, new: str) -> Iterator[tuple[Path, Path]]:
    for path in _section_files(loaded, old):
        yield path, path.with_name(f"{new}{path.suffix}")
