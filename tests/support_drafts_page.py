"""The small explainer with drafts of its one source: one whole, two that lack something."""

from __future__ import annotations

from pathlib import Path

from reperes.drafts.texts import keep_paragraphs
from reperes.model.paragraphs import paragraph_digest
from support_commands import SOURCE_PARAGRAPHS, write_content

DRAFTS = """\
paragraphs: [{digests}]
figures:
  - id: "residents"
    label: {{ fr: "Riverains", en: "Residents" }}
    value: "200..300 person"
    as_of: "2021-03-10"
    attributed_to: "town"
    source: "gazette_1 3: Entre 200 et 300"
  - id: "footbridges"
    label: {{ fr: "Passerelles" }}
    value: "1"
    noun: "passerelle"
    as_of: "2021-03-10"
    attributed_to: "town"
    source: "gazette_1 4: une passerelle provisoire"
events:
  - id: "on_wednesday"
    date: "2021-03-10"
    derived: {{ anchor: "mercredi" }}
    attributed_to: "gazette"
    source: "gazette_1 1: a fermé mercredi"
"""


def write_drafts(folder: Path) -> Path:
    """Write the small explainer into `folder`; its content, with drafts/gazette_1.yml in it."""
    digests = ", ".join(f'"{paragraph_digest(each)[:12]}"' for each in SOURCE_PARAGRAPHS)
    return write_content(folder, **{"drafts/gazette_1.yml": DRAFTS.format(digests=digests)})


def keep_texts(folder: Path) -> Path:
    """Keep the source's text in `folder`, as `reperes propose` does; the folder."""
    keep_paragraphs(folder, "gazette_1", SOURCE_PARAGRAPHS)
    return folder
