"""How translated texts come into a section's file, and what its rows then are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reperes.exchange.scalars import ContentFile, double_quoted
from reperes.exchange.units import SectionMatches
from reperes.model.baselines import HEAD
from reperes.model.site import Section
from reperes.text.blocks import Block, read_blocks
from reperes.text.editing import Span
from reperes.text.problems import Place, Text
from reperes.translation.order import place_in_section
from reperes.translation.rows import Row


def new_section(original: Section, texts: Sequence[str]) -> bytes:
    """The file of a section that is new in a language: title, summary, then the paragraphs."""
    title, summary, *blocks = texts
    front_matter = {
        "title": title,
        "id": str(original.id),
        "summary": summary,
        "original": original.language,
    }
    lines = [f"{key}: {double_quoted(text)}" for key, text in front_matter.items()]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(blocks), ""]).encode()


def section_edits(
    file: ContentFile, section: SectionMatches, translation: Section, texts: Mapping[str, str]
) -> list[tuple[Span, str]]:
    """The changes that write `texts`, by the id of their match, over the blocks or among them."""
    edits: list[tuple[Span, str]] = []
    after: Text | None = None
    # Several paragraphs that follow the same one are put in at one place, in their order.
    inserted: dict[int, str] = defaultdict(str)
    for match in section.matches:
        text = texts.get(match.id)
        blocks = [block.text for block in match.translations]
        if match.is_head:
            if text is not None and text != blocks[0]:
                edits.append(file.scalar_edit(blocks[0], text))
            continue
        if text is not None and not blocks:
            typed = text.replace("\n", file.line_end)
            position, new = _insertion(file, translation.body, after, typed)
            inserted[position] += new
        elif text is not None and text != match.translation:
            edits += _replacements(file, blocks, text)
        after = blocks[-1] if blocks else after
    return [*edits, *(((position, position), new) for position, new in inserted.items())]


def _replacements(file: ContentFile, old: Sequence[Text], new: str) -> Iterator[tuple[Span, str]]:
    for block, text in zip(old, _shared_out(new, len(old)), strict=True):
        start, end = file.block_span(block)
        if text and text != block:
            yield (start, end), text.replace("\n", file.line_end)
        elif not text:
            # A paragraph that is gone takes the blank line before it along.
            before = len(file.text[:start].rstrip())
            yield (before, end), ""


def _shared_out(text: str, count: int) -> list[str]:
    """`text` over as many blocks: one each where it has as many, else all in the first.

    Two paragraphs for en 4 and en 6 are written to each; one or three are written to en 4, and
    en 6 goes. The blocks may be apart, so that each has its own place.
    """
    blocks: list[str] = [block.text for block in read_blocks(Text(text, Place("")))]
    return blocks if len(blocks) == count else [text, *[""] * (count - 1)]


def _insertion(file: ContentFile, body: Text, after: Text | None, typed: str) -> tuple[int, str]:
    """Where a paragraph that is new is put in, and how: after the one that it follows."""
    gap = file.line_end * 2
    if after is not None:
        return file.block_span(after)[1], gap + typed
    blocks = read_blocks(body)
    if blocks:
        return file.block_span(blocks[0].text)[0], typed + gap
    start = "" if file.text.endswith("\n") else file.line_end
    return len(file.text), f"{start}{file.line_end}{typed}{file.line_end}"


def rows_with(section: SectionMatches, texts: Mapping[str, str]) -> list[Row]:
    """The rows as they are once `texts`, by the id of their match, stand in the translation.

    The blocks of the translation are gone through in their order, each with the id of its row, as
    `section_edits` changes them; numbered anew, they go back to their rows.
    """
    standing = sorted(
        (place_in_section(block), row.id, str(block.text))
        for row in section.rows
        for block in row.translations
    )
    ids = [row_id for _, row_id, _ in standing]
    blocks = [text for _, _, text in standing]
    after = sum(len(match.translations) for match in section.matches if match.is_head)
    for match in section.matches:
        text = texts.get(match.id)
        of_match = {row.id for row in match.rows}
        mine = [number for number, row_id in enumerate(ids) if row_id in of_match]
        if text is not None and mine:
            for number, part in zip(mine, _shared_out(text, len(mine)), strict=True):
                blocks[number] = part
        elif text is not None:
            mine = [0 if match.name == "title" else 1 if match.is_head else after]
            ids.insert(mine[0], match.id)
            blocks.insert(mine[0], text)
        after = mine[-1] + 1 if mine else after
    return _with_blocks(section.rows, zip(ids, blocks, strict=True))


def _with_blocks(rows: Sequence[Row], texts: Iterable[tuple[str, str]]) -> list[Row]:
    """`rows` with the texts of a translation, in its order, under the ids of the rows."""
    blocks: dict[str, list[Block]] = defaultdict(list)
    number = 0
    for row_id, text in texts:
        if row_id in HEAD:
            blocks[row_id].append(Block(row_id, Text(text, Place(""))))
            continue
        for block in read_blocks(Text(text, Place(""))):
            number += 1
            blocks[row_id].append(replace(block, name=str(number)))
    return [replace(row, translations=tuple(blocks.get(row.id, ()))) for row in rows]
