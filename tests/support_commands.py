"""A very small explainer that tests write into a folder of their own, and change as they need."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.pages import Page
from reperes.site import finish, making, pagefind
from reperes.text.problems import ContentError

SOURCE_PARAGRAPHS = (
    "Le pont de Villeneuve a fermé mercredi.",
    "Travaux",
    "Entre 200 et 300 riverains ont manifesté, selon la mairie.",
    "La mairie demande une passerelle provisoire.",
)
SOURCE_TEXT = "\n".join(SOURCE_PARAGRAPHS) + "\n"

_DIGESTS = "".join(
    f'      - "{hashlib.sha256(paragraph.encode()).hexdigest()}"\n'
    for paragraph in SOURCE_PARAGRAPHS
)

SMALL_EXPLAINER = {
    "site.yml": """\
title:
  fr: "Le pont"
  en: "The bridge"
tagline:
  fr: "Un pont fermé"
  en: "A closed bridge"
notice:
  fr: "Une seule source."
  en: "One source only."
base_url: "https://example.org/bridge/"
report_errors: "mailto:errors@example.org"
editor:
  name: "The editors"
licence:
  name: "CC BY 4.0"
as_of: "2021-03-10"
updated: "2021-03-12"
languages:
  - code: "fr"
    locale: "fr_FR"
    name: "Français"
  - code: "en"
    locale: "en_GB"
    name: "English"
sections:
  - "closing"
  - "crossing"
sides:
  - id: "council"
    label:
      fr: "Mairie"
      en: "Council"
topics:
  - id: "works"
    label:
      fr: "Les travaux"
      en: "The works"
""",
    "sources.yml": f"""\
sources:
  - id: "gazette_1"
    type: "article"
    publisher: "gazette"
    language: "fr"
    published: "2021-03-10"
    label:
      fr: "Article de la Gazette"
      en: "Gazette report"
    reference:
      fr: "Lu dans la Gazette."
      en: "Read in the Gazette."
    hash: "sha256"
    normalisation: "nfc-space-collapsed"
    paragraphs:
{_DIGESTS}""",
    "actors.yml": """\
actors:
  - id: "gazette"
    kind: "media"
    names:
      fr:
        full: "La Gazette"
        according_to: "selon la Gazette"
      en:
        full: "The Gazette"
        according_to: "according to the Gazette"
    role:
      fr: "Journal local."
      en: "A local newspaper."
  - id: "town"
    kind: "government"
    side: "council"
    names:
      fr:
        full: "la mairie"
        according_to: "selon la mairie"
      en:
        full: "the town council"
        according_to: "according to the town council"
    role:
      fr: "Elle gère le pont."
      en: "It runs the bridge."
""",
    "places.yml": """\
places:
  - id: "villeneuve"
    kind: "town"
    names:
      fr:
        name: "Villeneuve"
      en:
        name: "Villeneuve"
""",
    "glossary.yml": """\
terms:
  - id: "footbridge"
    fr:
      term: "passerelle"
      definition: "Pont étroit, réservé aux piétons."
    en:
      term: "footbridge"
      definition: "A narrow bridge, for walkers alone."
""",
    "facts/figures.yml": """\
figures:
  - id: "protesters"
    label:
      fr: "Manifestants"
      en: "Protesters"
    low: "200"
    high: "300"
    bound: "range"
    unit: "person"
    as_of: "2021-03-10"
    attributed_to:
      - "town"
    source:
      id: "gazette_1"
      paragraphs:
        - "3"
      evidence: "Entre 200 et 300 riverains"
""",
    "facts/events.yml": """\
events:
  - id: "closure"
    label:
      fr: "Fermeture du pont"
      en: "The bridge closes"
    date: "2021-03-10"
    derived:
      fr: "Le mercredi de la parution."
      en: "The Wednesday of publication."
      anchor: "mercredi"
    kind: "other"
    place: "villeneuve"
    actors:
      - "town"
    summary:
      fr: "Le pont ferme."
      en: "The bridge closes."
    attributed_to:
      - "gazette"
    source:
      id: "gazette_1"
      paragraphs:
        - "1"
""",
    "facts/claims.yml": """\
claims:
  - id: "wants_footbridge"
    label:
      fr: "Une passerelle"
      en: "A footbridge"
    actor: "town"
    act: "asks"
    topic: "works"
    text:
      fr: "La mairie veut une [passerelle](term:footbridge) depuis {{ closure.date }}."
      en: "The council has asked for a [footbridge](term:footbridge) since {{ closure.date }}."
    date: "2021-03-10"
    attributed_to:
      - "gazette"
    source:
      id: "gazette_1"
      paragraphs:
        - "4"
""",
    "corrections.yml": """\
corrections:
  - id: "fix_date"
    day: "2021-03-12"
    kind: "correction"
    target: "closure"
    before:
      fr: "Le pont a fermé mardi."
      en: "The bridge closed on Tuesday."
    after:
      fr: "Le pont a fermé mercredi."
      en: "The bridge closed on Wednesday."
    reason:
      fr: "Erreur de lecture."
      en: "Misread."
""",
    "sections/fr/closing.md": """\
---
title: "La fermeture"
id: "closing"
summary: "Le pont ferme {{ closure.on }}."
---

Le pont de [Villeneuve](place:villeneuve) a fermé {{ closure.on }}.

## La colère {#anger}

Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté.
""",
    "sections/en/closing.md": """\
---
title: "The closure"
id: "closing"
summary: "The bridge closes {{ closure.on }}."
original: "fr"
---

The bridge at [Villeneuve](place:villeneuve) closed {{ closure.on }}.

## Anger {#anger}

According to [the town council](actor:town), {{ protesters }} residents protested.
""",
    "sections/fr/crossing.md": """\
---
title: "Comment traverser"
id: "crossing"
summary: "La mairie veut une passerelle."
original: "en"
---

La mairie [demande](claim:wants_footbridge) une [passerelle](term:footbridge), dit
la [Gazette](source:gazette_1).

Voir aussi [la fermeture](section:closing).
""",
    "sections/en/crossing.md": """\
---
title: "How to cross"
id: "crossing"
summary: "The council wants a footbridge."
---

The council [asks](claim:wants_footbridge) for a [footbridge](term:footbridge), says
the [Gazette](source:gazette_1).

See also [the closure](section:closing).
""",
}
"""Files by path: every kind of entry once, and a section translated each way."""


def write_content(folder: Path, **changed: str) -> Path:
    """Write the small explainer into a new folder `content`; its path."""
    content = folder / "content"
    for name, text in {**SMALL_EXPLAINER, **changed}.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return content


def change(content: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a content file."""
    path = content / name
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_bytes(text.replace(old, new).encode())


def stale(content: Path) -> None:
    """Reword what was translated."""
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")


def broken(content: Path) -> None:
    """Make an error, of which BROKEN is what is told."""
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')


BROKEN = "content/facts/figures.yml:6:11: error: figure protesters: low: "


def explainer_of(content: Path) -> Explainer:
    """The explainer of a folder that loads without an error."""
    loaded = load(content)
    assert not [problem for problem in loaded.problems if problem.is_error], loaded.problems
    return loaded.explainer


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def messages(error: ContentError) -> list[str]:
    return [problem.message for problem in error.problems]


class Steps:
    """Stands in for the progress on a terminal, and remembers the steps."""

    def __init__(self) -> None:
        self.names: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[Callable[[str], None]]:
        self.names.append(name)
        yield lambda _: None


def lines_after(heading: str, lines: Sequence[str]) -> list[str]:
    """The lines that follow one, as far as the next one that is no deeper."""
    start = next(n for n, line in enumerate(lines) if line.strip() == heading)
    depth = len(lines[start]) - len(lines[start].lstrip())
    found = []
    for line in lines[start + 1 :]:
        if len(line) - len(line.lstrip()) <= depth:
            break
        found.append(line.strip())
    return found


THEME_STYLES = ".theme-menu{}h1{color:red}\n/*# sourceMappingURL=main.css.map */"


class BareEngine:
    """Stands in for the engine of a language: each page becomes one of almost nothing."""

    def __init__(self, settings: Mapping[str, Any], *_: object) -> None:
        self.settings = settings

    def render(self, page: Page, _: object) -> str:
        language = self.settings["theme"]["language"]
        return f'<!doctype html><html lang="{language}"><h1>{page.title}</h1></html>\n'


def with_one_name_of_styles(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a site as they were if its style sheet were named as any other one."""
    return {
        _STYLES.sub(b"reperes.css", name.encode()).decode(): _STYLES.sub(b"reperes.css", data)
        for name, data in files.items()
    }


_STYLES = re.compile(rb"\breperes\.[0-9a-f]{8}\.css\b")


def replace_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build take a moment: bare pages in place of the engine's, few styles, no search."""
    monkeypatch.setattr(making, "LiveEngine", BareEngine)
    replace_site_wide(monkeypatch)


def replace_site_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what belongs to no page take a moment: few styles, no search."""

    def indexes(copies: Mapping[str, object], _: object) -> dict[str, Mapping[str, bytes]]:
        return {language: {} for language in copies}

    monkeypatch.setattr(finish, "theme_styles", lambda: THEME_STYLES)
    monkeypatch.setattr(pagefind, "is_available", lambda: True)
    monkeypatch.setattr(pagefind, "indexes", indexes)
