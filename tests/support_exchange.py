"""What tests of the exchange share: a batch with other translations, as a file of any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from build_tools.characters import hidden_characters
from build_tools.exchange.formats import read_units
from build_tools.exchange.po import write_po
from build_tools.exchange.table import write_table
from build_tools.exchange.units import Batch, Returned, Unit, batch
from build_tools.exchange.xliff import write_xliff
from build_tools.loading import load

WRITERS = {"po": write_po, "xliff": write_xliff, "csv": write_table}


def batch_of(content: Path, language: str = "en", pending: bool = False) -> Batch:
    return batch(load(content), language, pending)[0]


def units_of(content: Path, language: str = "en") -> dict[str, Unit]:
    return {unit.context: unit for unit in batch_of(content, language).units}


def translated(made: Batch, texts: Mapping[str, str]) -> Batch:
    """A batch as a translator leaves it, who wrote `texts` and marked them as done."""
    known = {unit.context for unit in made.units}
    assert texts.keys() <= known, texts.keys() - known
    units = (
        replace(unit, target=texts[unit.context], state="translated")
        if unit.context in texts
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
        context="sections/closing/1",
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
