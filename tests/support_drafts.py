"""A second source of the small explainer, its text, and drafts of what it says."""

from __future__ import annotations

from pathlib import Path

from reperes.rules.checking import check
from support_commands import SMALL_EXPLAINER, write_content

SOURCE = """\
  - id: "gazette_2"
    type: "article"
    publisher: "gazette"
    language: "fr"
    published: "2021-03-18"
    label:
      fr: "Second article"
      en: "Second report"
    reference:
      fr: "Lu une semaine plus tard."
      en: "Read a week later."
"""

PARAGRAPHS = (
    "Selon la mairie, plus de 1 200 personnes traversent chaque jour à Villeneuve.",
    "Une trentaine de camions attendent. Le 15 mars 2021, un bac a été loué.",
    "« Nous tiendrons jusqu’au bout, coûte que coûte », a promis la Gazette.",
)
TEXT = "\n".join(PARAGRAPHS) + "\n"

DRAFTS = """\
figures:
  - id: "walkers"
    label: { fr: "Passants", en: "Walkers" }
    value: ">1200 person"
    as_of: "2021-03-18"
    attributed_to: "town"
    source: "gazette_2 1: plus de 1 200 personnes"
  - id: "lorries"
    label: { fr: "Camions" }
    value: "~30"
    as_of: "2021-03-18"
    source: "gazette_2 2: Une trentaine de camions"
    noun: "camions"
events:
  - id: "hired"
    date: "2021-03-15"
    source: "gazette_2 2: 15 mars 2021"
accepted:
  boats: "3: trois bateaux"
dropped:
  weeks: "3: deux semaines"
"""


def with_second_source(folder: Path, **changed: str) -> Path:
    """The small explainer with a source of which no fact was read yet, in a new folder."""
    files = {"sources.yml": SMALL_EXPLAINER["sources.yml"] + SOURCE, **changed}
    return write_content(folder, **files)


def with_drafts(folder: Path, drafts: str = DRAFTS, **changed: str) -> Path:
    """The same with drafts of it."""
    return with_second_source(folder, **{"drafts/gazette_2.yml": drafts, **changed})


def said(content: Path, *rules: str) -> list[str]:
    """What the check says by some rules, each with its file and line."""
    return [
        f"{Path(p.place.path).relative_to(content).as_posix()}:{p.place.line}: {p.message}"
        for p in check(content)[1]
        if p.rule in rules
    ]
