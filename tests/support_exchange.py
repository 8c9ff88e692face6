"""What tests of the exchange share: a batch with other translations, as a file of any format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from reperes.exchange.formats import read_units
from reperes.exchange.po import write_po
from reperes.exchange.table import write_table
from reperes.exchange.units import Batch, Returned, Unit, batch, section_matches
from reperes.exchange.xliff import write_xliff
from reperes.model.loading import load
from reperes.text.characters import hidden_characters

WRITERS = {"po": write_po, "xliff": write_xliff, "csv": write_table}


def batch_of(content: Path, language: str = "en", pending: bool = False) -> Batch:
    return batch(load(content), language, pending)[0]


def ids_by_number(content: Path) -> dict[str, str]:
    """The id of every unit of a section, by the number of its block in the original.

    "sections/closing/3" is easier to follow in a test than "sections/closing/e4990aaf".
    """
    explainer = load(content).explainer
    return {
        f"sections/{section.original.id}/{match.name}": section.context(match)
        for language in explainer.languages
        for section in section_matches(explainer, language)
        for match in section.matches
    }


def with_ids(content: Path, text: str) -> str:
    """`text`, in which blocks are called by their numbers, with the ids of their units."""
    ids = ids_by_number(content)
    return re.sub(r"sections/[a-z_]+/[a-z0-9]+", lambda found: ids.get(found[0], found[0]), text)


def units_of(content: Path, language: str = "en") -> dict[str, Unit]:
    """The units of a language, those of blocks by their numbers."""
    numbers = {context: number for number, context in ids_by_number(content).items()}
    units = batch_of(content, language).units
    return {numbers.get(unit.context, unit.context): unit for unit in units}


def translated(content: Path, texts: Mapping[str, str], language: str = "en") -> Batch:
    """A batch as a translator leaves it, who wrote `texts` and marked them as done."""
    made = batch_of(content, language)
    done = {with_ids(content, context): text for context, text in texts.items()}
    known = {unit.context for unit in made.units}
    assert done.keys() <= known, done.keys() - known
    units = (
        replace(unit, target=done[unit.context], state="translated")
        if unit.context in done
        else unit
        for unit in made.units
    )
    return replace(made, units=tuple(units))


def written(made: Batch, format_name: str, folder: Path) -> Path:
    path = folder / f"translated.{format_name}"
    path.write_bytes(WRITERS[format_name](made))
    return path


def unit(source: str, target: str = "", **fields: object) -> Unit:
    """A unit of a section's first paragraph."""
    made = Unit(
        context="sections/closing/422a9a98",
        original="fr",
        source=source,
        target=target,
        state="translated" if target else "missing",
        previous="",
        notes=("https://example.org/en/closing/",),
        place=("sections/fr/closing.md", 7),
        is_block=True,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def one(made: Unit) -> Batch:
    """A batch of one unit."""
    return Batch("en", "fr", "The bridge", "The editors", "2021-03-12", (made,))


def there_and_back(made: Unit, format_name: str, folder: Path) -> Returned:
    returned, problems = read_units(written(one(made), format_name, folder))
    assert problems == []
    assert len(returned) == 1
    return returned[0]


_PIECES = st.sampled_from(
    ["{{ displaced }}", "{{ a.by }}", "[words](term:osdh)", "`{{ code }}`", "{#id}", "## ", "- "]
)
_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\u2028\u2029\ufeff\ufffe\uffff",
)
TEXTS = (
    st.lists(_PIECES | st.text(_CHARACTERS | st.just("\n"), min_size=1), min_size=1)
    .map("".join)
    .filter(lambda text: text.strip() and not any(hidden_characters(text)))
)
"""Any text that the content may hold, with marks of ours in it."""
