"""Write the synthetic explainer in our format.

    python -m benchmarks.write N FOLDER [--facts F]

N sections a language, of some 600 words; sound, and stamped: `reperes check --strict` finds
nothing in it. The same N gives the same files.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polib

from benchmarks.subject import (
    LANGUAGES,
    Actor,
    Event,
    Figure,
    Quotation,
    Section,
    Source,
    Subject,
    Term,
)
from reperes.model.baselines import baseline_path

ORIGINAL, TRANSLATION = LANGUAGES

Entry = Mapping[str, Any]

Agreed = tuple[str, Mapping[str, str]]
"""A text of which both languages agree: what its baseline calls it, and the text."""


def write(sections: int, folder: Path, facts: int = 0) -> None:
    """Write an explainer of so many sections into a folder, in place of what is there."""
    subject = Subject(sections, facts)
    shutil.rmtree(folder, ignore_errors=True)
    for name in (*(f"sections/{language}" for language in LANGUAGES), "facts", "translations/en"):
        (folder / name).mkdir(parents=True)
    site = {**_SITE, "sections": subject.section_ids}
    _write(folder / "site.yml", "\n".join(_yaml(site)))
    agreed = list(_agreed_in_entry(site, "site"))
    for name, kind, entries in (
        ("sources.yml", "sources", [_source(source) for source in subject.sources]),
        ("actors.yml", "actors", [_actor(actor) for actor in subject.actors]),
        ("glossary.yml", "terms", [_term(term) for term in subject.terms]),
        ("facts/figures.yml", "figures", [_figure(figure) for figure in subject.figures]),
        ("facts/events.yml", "events", [_event(event) for event in subject.events]),
        ("facts/quotations.yml", "quotations", [_quotation(q) for q in subject.quotations]),
        ("corrections.yml", "corrections", [{**_CORRECTION, "target": subject.figures[0].id}]),
    ):
        _write(folder / name, "\n".join(_yaml({kind: entries})))
        for entry in entries:
            agreed += _agreed_in_entry(entry, f"{kind}/{entry['id']}")
    _write_baseline(folder, "facts", agreed)
    for section in subject.sections():
        _write_section(folder, section)


_CORRECTION: Entry = {
    "id": "counted_again",
    "day": "2024-02-01",
    "kind": "clarification",
    "before": {"fr": "Le lieu manquait.", "en": "The place was missing."},
    "after": {"fr": "Le lieu est nommé.", "en": "The place is named."},
    "reason": {
        "fr": "Plusieurs communes se ressemblent.",
        "en": "Several towns are much alike.",
    },
}

_SITE: Entry = {
    "title": {"fr": "Les services d’une vallée", "en": "The services of a valley"},
    "tagline": {
        "fr": "Ce que font les communes, ce que cela coûte, et à qui cela sert",
        "en": "What towns do, what it costs, and whom it serves",
    },
    "notice": {"fr": "Cette vallée n’existe pas.", "en": "This valley does not exist."},
    "base_url": "https://example.org/valley/",
    "report_errors": "mailto:valley@example.org",
    "editor": {"name": "Les éditeurs de la vallée"},
    "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "as_of": "2024-01-15",
    "updated": "2024-02-01",
    "languages": [
        {"code": "fr", "locale": "fr_FR", "name": "Français"},
        {"code": "en", "locale": "en_GB", "name": "English"},
    ],
}


def _actor(actor: Actor) -> Entry:
    names = {
        language: {"full": actor.names[language], "according_to": actor.according_to[language]}
        for language in LANGUAGES
    }
    return {"id": actor.id, "kind": "local_authority", "names": names, "role": actor.role}


def _source(source: Source) -> Entry:
    return {
        "id": source.id,
        "type": "report",
        "publisher": source.publisher.id,
        "language": ORIGINAL,
        "published": source.published,
        "label": source.label,
        "reference": source.reference,
    }


def _quotation(quotation: Quotation) -> Entry:
    return {
        "id": quotation.id,
        "label": quotation.label,
        "speaker": quotation.source.publisher.id,
        "language": ORIGINAL,
        "words": quotation.words,
        "date": str(quotation.date),
        "source": [{"id": quotation.source.id, "pages": [str(quotation.page)]}],
    }


def _term(term: Term) -> Entry:
    texts = {
        language: {"term": term.words[language], "definition": term.definition[language]}
        for language in LANGUAGES
    }
    return {"id": term.id, **texts}


def _figure(figure: Figure) -> Entry:
    return {
        "id": figure.id,
        "label": figure.label,
        "value": str(figure.value),
        "bound": figure.bound,
        "unit": figure.unit,
        "as_of": figure.as_of,
        "attributed_to": [figure.source.publisher.id],
        "source": [{"id": figure.source.id, "pages": [str(figure.page)]}],
    }


def _event(event: Event) -> Entry:
    return {
        "id": event.id,
        "label": event.label,
        "date": str(event.date),
        "kind": event.kind,
        "summary": event.summary,
        "attributed_to": [event.source.publisher.id],
        "source": [{"id": event.source.id, "pages": [str(event.page)]}],
    }


def _yaml(value: Any, indent: str = "") -> Iterator[str]:
    """The lines of a value in the layout of our YAML files; every scalar in double quotes."""
    for key, held in value.items():
        if isinstance(held, str):
            yield f"{indent}{key}: {_quoted(held)}"
        elif isinstance(held, Mapping):
            yield f"{indent}{key}:"
            yield from _yaml(held, f"{indent}  ")
        else:
            yield f"{indent}{key}:"
            for item in held:
                if isinstance(item, str):
                    yield f"{indent}  - {_quoted(item)}"
                else:
                    first, *others = _yaml(item, f"{indent}    ")
                    yield f"{indent}  - {first.lstrip()}"
                    yield from others


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text.rstrip()}\n", "utf-8")


def _write_section(folder: Path, section: Section) -> None:
    for language in LANGUAGES:
        head = {"title": section.title[language], "id": section.id}
        head["summary"] = section.summary[language]
        if language == TRANSLATION:
            head["original"] = ORIGINAL
        lines = ["---", *_yaml(head), "---", "", section.body(language)]
        _write(folder / "sections" / language / f"{section.id}.md", "\n".join(lines))
    _write_baseline(folder, section.id, _agreed_in(section))


def _agreed_in(section: Section) -> Iterator[Agreed]:
    """What a stamp records of a section: its title, its summary, and each of its blocks."""
    yield "title", section.title
    yield "summary", section.summary
    for block in section.blocks:
        yield "", block


def _agreed_in_entry(value: Entry, path: str) -> Iterator[Agreed]:
    """What a stamp records of the texts of an entry, by their paths."""
    original = value.get(ORIGINAL)
    if isinstance(original, str):
        yield path, value
    elif isinstance(original, Mapping):
        # The fields of a term are in each language, where the program has each field in languages.
        inside = f"{path}/texts" if path.startswith("terms/") else path
        for field, text in original.items():
            yield f"{inside}/{field}", {ORIGINAL: text, TRANSLATION: value[TRANSLATION][field]}
    else:
        for key, held in value.items():
            if isinstance(held, Mapping):
                yield from _agreed_in_entry(held, f"{path}/{key}")


def _write_baseline(folder: Path, name: str, agreed: Iterable[Agreed]) -> None:
    """The bytes that `reperes stamp` would write, without reading anything for it."""
    baseline = polib.POFile(wrapwidth=0)
    baseline.metadata = {
        "Language": TRANSLATION,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": ORIGINAL,
    }
    baseline.extend(
        polib.POEntry(msgctxt=part or None, msgid=texts[ORIGINAL], msgstr=texts[TRANSLATION])
        for part, texts in agreed
    )
    (folder / baseline_path(TRANSLATION, name)).write_text(f"{baseline}\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.write", description=__doc__)
    parser.add_argument("sections", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--facts", type=int, default=0, metavar="F")
    chosen = parser.parse_args(arguments)
    write(chosen.sections, chosen.folder, chosen.facts)


if __name__ == "__main__":
    main()
