"""A draft, a Word document or a Markdown file, as new sections: each heading 1 begins one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reperes.exchange.draft_marks import marked
from reperes.exchange.scalars import ContentFile, double_quoted
from reperes.exchange.units import RULE
from reperes.model.documents import parse_markdown, read_outside, too_large
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.schema import RESERVED_IDS, TAKEN_IDS
from reperes.model.shapes import ID_PATTERN, suggested_id
from reperes.model.yaml_values import Value, refuse_hidden
from reperes.text.blocks import Block, read_blocks
from reperes.text.characters import hidden_characters
from reperes.text.editing import Span, encoded_as, replaced
from reperes.text.files import write_all
from reperes.text.problems import (
    ContentError,
    Place,
    Problem,
    Text,
    did_you_mean,
    quoted,
    warning,
)
from reperes.text.sentences import sentences

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt"})
"""Names of drafts; what cannot be read of these is refused with the way to make it a .docx."""

UNFINISHED = "TODO"
"""What a section has for a title or summary that the draft lacks; the check warns of it."""

_LONGEST_SUMMARY = 400
_WORDS_OF_ID = 4
_NOTE_CITED = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_REFERENCE_CITED = re.compile(r"\[([^\[\]^\n]+)\](?!\(|:)")
_INLINE_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_EMPHASIS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """What came of a draft: the files written, as they are reported, and how many marks."""

    written: tuple[str, ...]
    cited: int
    linked: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section to be: its title as typed, its id, and its body with the draft's places."""

    title: Text
    id: str
    summary: str
    body: Text
    definitions: tuple[str, ...]


def import_draft(content: Path, path: Path, language: str | None = None) -> ImportedDraft:
    """Write each chapter of a draft as a section, marked as one, and name it in site.yml.

    Without a language, it is in the site's first one. Raises ContentError, before anything is
    written, with all that is in the way: no section is ever written over.
    """
    loaded = load(content)
    explainer = loaded.explainer
    code = _language_of(explainer, path, language)
    text, notices = _read(path)
    chapters, left_out = chapters_of(text, path)
    if faults := list(_faults(chapters, explainer, loaded.folder.root, path)):
        raise ContentError(faults)
    files: dict[Path, bytes] = {}
    cited = linked = 0
    for chapter in chapters:
        title, summary, body = (
            marked(chapter.title, explainer, code, links=False),
            marked(Text(chapter.summary, chapter.body.place), explainer, code, links=False),
            marked(with_ids(chapter.body), explainer, code),
        )
        cited += title.cited + summary.cited + body.cited
        linked += body.linked
        blocks = "\n\n".join(filter(None, (body.text, *chapter.definitions)))
        front_matter = {
            "title": title.text,
            "id": chapter.id,
            "summary": summary.text,
            "draft": "true",
        }
        head = [f"{key}: {double_quoted(value)}" for key, value in front_matter.items()]
        file = loaded.folder.root / "sections" / code / f"{chapter.id}.md"
        files[file] = "\n".join(["---", *head, "---", "", blocks, ""]).encode()
    site = loaded.folder.root / "site.yml"
    ids = [chapter.id for chapter in chapters]
    files[site] = encoded_as(site, _with_sections(ContentFile(site), ids))
    write_all(files)
    root = loaded.folder.root
    written = tuple(loaded.folder.path(file.relative_to(root).as_posix()) for file in files)
    return ImportedDraft(written, cited, linked, tuple(sorted([*notices, *left_out])))


def _language_of(explainer: Explainer, path: Path, language: str | None) -> str:
    if language is None:
        return explainer.languages[0]
    if language not in explainer.languages:
        message = f'the site has no language "{language}"'
        fix = did_you_mean(language, explainer.languages)
        raise ContentError([Problem(Place(str(path)), f"{message}{fix}", RULE)])
    return language


def _read(path: Path) -> tuple[Text, list[Problem]]:
    """A draft as Markdown, with the places of what was typed; and what was left out of it."""
    if path.suffix.lower() in MARKDOWN_SUFFIXES:
        text = Text(read_outside(path), Place(str(path)))
        refuse_hidden(text)
        return text, []
    # It stands on packages that only who brings such a file needs.
    from reperes.exchange.word_files import read_docx

    word = read_docx(path)
    # Its lines are none that anybody sees: all is reported at the document.
    place, notices = Place(str(path)), list(word.notices)
    markdown = word.markdown
    if hidden := [offset for offset, _ in hidden_characters(markdown)]:
        # Word hides them too: soft hyphens, and what was pasted with a text.
        markdown = replaced(markdown, [((offset, offset + 1), "") for offset in hidden])
        found = "1 character" if len(hidden) == 1 else f"{len(hidden)} characters"
        message = f"left out {found} that nobody sees (soft hyphens and the like)"
        notices.append(warning(place, message, RULE))
    return Text(markdown, place, exact=False), notices


def chapters_of(text: Text, path: Path) -> tuple[list[Chapter], list[Problem]]:
    """The chapters of a draft in order, and what its front matter says that none of them takes.

    What stands before the first heading 1 is a chapter too, and has the title, id and summary of
    the front matter.
    """
    given: dict[Text, Value] = {}
    body = text
    if text.split("\n", 1)[0].rstrip() == "---":
        document = parse_markdown(text, str(path))
        body, given = document.body, document.front_matter.entries
    blocks = read_blocks(body)
    if not blocks:
        raise ContentError([Problem(text.place, "holds no text; nothing to import", RULE)])
    titles = [block for block in blocks if block.kind == "heading" and block.level == 1]
    edges = [*(block.start for block in titles), len(body)]
    parts: list[tuple[Block | None, Text]] = []
    if body[: edges[0]].strip():
        parts.append((None, body.part(0, edges[0])))
    for block, end in zip(titles, edges[1:], strict=True):
        parts.append((block, body.part(block.start + len(block.text), end)))
    definitions = _definitions(blocks)
    cited = [_cited(part) for _, part in parts]
    taken = {
        str(key): value
        for key, value in given.items()
        if key in ("title", "id", "summary") and isinstance(value, Text) and parts[0][0] is None
    }
    chapters = []
    for number, (heading, part) in enumerate(parts):
        first = {} if heading else taken
        title = first.get("title") or (
            Text(_plain(heading.words) or UNFINISHED, heading.text.place, exact=False)
            if heading
            else Text(path.stem.replace("_", " ").strip() or "Draft", part.place, exact=False)
        )
        typed = first.get("id") or (heading.id if heading else "")
        section_id = str(typed) or id_of(title) or f"section_{number + 1}"
        elsewhere = set().union(*cited[:number], *cited[number + 1 :])
        own, moved = _own_definitions(part, definitions, elsewhere)
        summary = first.get("summary") or _summary(read_blocks(own))
        chapters.append(Chapter(title, section_id, str(summary), own, moved))
    left_out = [
        warning(key.place, f"{key} of the front matter was left out; write it in a section", RULE)
        for key in given
        if key not in taken
    ]
    return chapters, left_out


def id_of(words: str, most: int = _WORDS_OF_ID) -> str:
    """An id made of the first words of a title, "" where it has no Latin letters."""
    spelt = words.replace("œ", "oe").replace("Œ", "oe")
    found = [word for word in re.findall(r"[^\W_]+", spelt) if len(word) > 1] or [spelt]
    while found and found[0][:1].isdecimal():
        del found[0]
    return suggested_id(" ".join(found[:most])) or ""


_Definition = tuple[str, str]
"""What a definition is, "footnote" or "address", and its name."""


def _definitions(blocks: Iterable[Block]) -> dict[_Definition, str]:
    """Notes and addresses that stand at the margin of the whole draft, by kind and name."""
    found: dict[_Definition, str] = {}
    for block in blocks:
        if block.kind == "footnote":
            found.setdefault(("footnote", block.id), str(block.text))
        elif block.kind == "address":
            for line in block.text.split("\n"):
                if name := re.match(r"[ ]*\[([^\[\]]+)\]:", line):
                    found.setdefault(("address", name[1].lower()), line)
    return found


def _cited(body: str) -> set[_Definition]:
    """The notes and addresses that a text cites."""
    notes = {("footnote", name) for name in _NOTE_CITED.findall(body)}
    return notes | {("address", name.lower()) for name in _REFERENCE_CITED.findall(body)}


def _own_definitions(
    part: Text, definitions: Mapping[_Definition, str], elsewhere: Collection[_Definition]
) -> tuple[Text, tuple[str, ...]]:
    """A chapter's text without blank lines around it, and the notes to put at its end.

    A note stands in the chapter that cites it, wherever the draft has it; `elsewhere` is what other
    chapters cite.
    """
    end = len(part.rstrip())
    start = len(part) - len(part.lstrip("\n"))
    body = part.part(min(start, end), end)
    here, cited = _definitions(read_blocks(body)), _cited(body)
    moved = [text for key, text in definitions.items() if key in cited and key not in here]
    gone = [
        block
        for block in read_blocks(body)
        if block.kind == "footnote" and ("footnote", block.id) in set(elsewhere) - cited
    ]
    if gone:
        # The blank lines after a note go with it.
        ends = [block.start + len(block.text) for block in gone]
        ends = [end + len(body[end:]) - len(body[end:].lstrip("\n")) for end in ends]
        kept = replaced(body, [((b.start, end), "") for b, end in zip(gone, ends, strict=True)])
        body = Text(kept.rstrip(), body.place, exact=False)
    return body, tuple(moved)


def _plain(markdown: str) -> str:
    """The words of a title or a sentence, without marks of Markdown; citations stay."""
    text = _NOTE_CITED.sub("", markdown)
    text = _INLINE_LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _ESCAPED.sub(r"\1", text)
    text = text.replace("&lt;", "<").replace("&amp;", "&").replace("&#58;", ":")
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _summary(blocks: Sequence[Block]) -> str:
    first = next((block for block in blocks if block.kind == "paragraph"), None)
    if first is None:
        return UNFINISHED
    words = _plain(first.text)
    start, end = sentences(words)[0]
    sentence = words[start:end].strip(" ")
    if len(sentence) > _LONGEST_SUMMARY:
        return f"{UNFINISHED}: {sentence[:_LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"
    return sentence or UNFINISHED


def with_ids(body: Text) -> Text:
    """A body whose headings have the marks and ids of sections; what has them stays."""
    edits: list[tuple[Span, str]] = []
    taken = {block.id for block in read_blocks(body) if block.kind == "heading" and block.id}
    for block in read_blocks(body):
        if block.kind != "heading" or block.id or not block.words:
            continue
        made = id_of(_plain(block.words), 3) or "part"
        number, heading_id = 1, made
        while heading_id in taken:
            number += 1
            heading_id = f"{made}_{number}"
        taken.add(heading_id)
        span = block.start, block.start + len(block.text)
        edits.append((span, f"{'#' * block.level} {block.words} {{#{heading_id}}}"))
    return Text(replaced(body, edits), body.place, body.exact and not edits)


def _faults(
    chapters: Sequence[Chapter], explainer: Explainer, root: Path, path: Path
) -> Iterator[Problem]:
    """Why sections cannot be written: ids that are none or taken, and what is too large."""
    existing = {str(section_id): "site.yml" for section_id in explainer.site.section_ids}
    for file in sorted((root / "sections").glob("*/*.md")):
        existing[file.stem] = file.relative_to(root).as_posix()
    seen: set[str] = set()
    for chapter in chapters:
        place, fix = chapter.title.place, f'end the heading with another one, as in "{{#{_NEW}}}"'
        found = f"{quoted(chapter.title)} would be the section {quoted(chapter.id)}"
        if not re.fullmatch(ID_PATTERN, chapter.id):
            message = f"{quoted(chapter.id)} is no id; write small letters, digits and _"
            yield Problem(place, message, RULE)
        elif chapter.id in RESERVED_IDS or chapter.id in TAKEN_IDS:
            yield Problem(place, f"{found}, an address that the program uses; {fix}", RULE)
        elif chapter.id in existing:
            yield Problem(place, f"{found}, which exists ({existing[chapter.id]}); {fix}", RULE)
        elif chapter.id in seen:
            yield Problem(place, f"{found}, which begins above already; {fix}", RULE)
        seen.add(chapter.id)
        yield from too_large(chapter.body)


_NEW = "short_name"


def _with_sections(file: ContentFile, ids: Collection[str]) -> str:
    """The text of site.yml with ids at the end of its list of sections, as that is laid out.

    Raises ContentError where there is no such list.
    """
    root: Any = yaml.compose(file.text.replace("\r\n", "\n"), Loader=yaml.BaseLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found: Any = next((value for key, value in pairs if key.value == "sections"), None)
    if not isinstance(found, yaml.SequenceNode):
        message = 'has no list of sections; write "sections: []" first'
        raise ContentError([Problem(Place(str(file.path)), message, RULE)])
    last = found.value[-1] if found.value else None
    typed = [double_quoted(section_id) for section_id in ids]
    if last is None or found.flow_style:
        mark = last.end_mark if last else found.start_mark
        at = file.offset(Place("", mark.line + 1, mark.column + 1)) + (last is None)
        new = ", ".join(typed)
        return replaced(file.text, [((at, at), f", {new}" if last else new)])
    at = file.offset(Place("", last.end_mark.line + 1, last.end_mark.column + 1))
    indent = " " * found.start_mark.column
    new = "".join(f"{file.line_end}{indent}- {each}" for each in typed)
    return replaced(file.text, [((at, at), new)])
