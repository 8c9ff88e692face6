"""Write what the synthetic explainer says for other programs: MkDocs with Material, and Hugo.

    python -m benchmarks.peers N FOLDER [--program mkdocs|hugo]

The same pages with the same sentences, numbers and dates already put in, so that these programs
need no data of ours: a page a section, a page a figure, and the lists.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

from benchmarks.subject import LANGUAGES, Figure, Subject, Texts

PROGRAMS = ("mkdocs", "hugo")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
TITLE = {"fr": "Les services d’une vallée", "en": "The services of a valley"}

_MARK = re.compile(r"\{\{ (\w+)\.(\w+) \}\}|\]\((term|section|source):(\w+)\)|\{\{ (\w+) \}\}")

_UNITS: Mapping[str, Texts] = {
    "person": {"fr": " personnes", "en": " people"},
    "euro": {"fr": " euros", "en": "€"},
    "percent": {"fr": " %", "en": "%"},
    "kilometre": {"fr": " kilomètres", "en": " kilometres"},
    "tonne": {"fr": " tonnes", "en": " tonnes"},
    "hectare": {"fr": " hectares", "en": " hectares"},
}
_BOUNDS: Mapping[str, Texts] = {
    "exact": {"fr": "", "en": ""},
    "about": {"fr": "environ ", "en": "about "},
    "more_than": {"fr": "plus de ", "en": "more than "},
}


def value(figure: Figure, language: str) -> str:
    """A figure as prose says it: "plus de 12 000 personnes"."""
    number = format_decimal(figure.value, locale=LOCALES[language])
    unit, bound = _UNITS[figure.unit][language], _BOUNDS[figure.bound][language]
    return f"{bound}€{number}" if unit == "€" else f"{bound}{number}{unit}"


class _Words:
    """What our marks say, and where our links lead, in one language for one program."""

    def __init__(self, subject: Subject, language: str, program: str) -> None:
        said = {}
        for figure in subject.figures:
            said[figure.id, "with_unit"] = value(figure, language)
            said[figure.id, "by"] = figure.source.publisher.according_to[language]
        for event in subject.events:
            day = format_date(event.date, "long", locale=LOCALES[language])
            said[event.id, "on"] = f"le {day}" if language == "fr" else f"on {day}"
        for quotation in subject.quotations:
            speaker = quotation.source.publisher.names[language]
            said[quotation.id, ""] = f"{quotation.words[language]}\n>\n> — {speaker}"
        self._said = said
        self._program = program

    def fill(self, text: str, depth: int = 1) -> str:
        """A text of ours without its marks; links start from a page so many folders down."""

        def replaced(mark: re.Match[str]) -> str:
            cited, form, scheme, target, alone = mark.groups()
            if scheme:
                return f"]({self.address(scheme, target, depth)})"
            return self._said[cited or alone, form or ""]

        return _MARK.sub(replaced, text)

    def address(self, scheme: str, target: str, depth: int) -> str:
        page = {"term": "glossary", "source": "sources"}.get(scheme, target)
        anchor = f"#{target}" if page != target else ""
        if self._program == "mkdocs":
            return f"{'../' * (depth - 1)}{page}.md{anchor}"
        return f"{'../' * depth}{page}/{anchor}"


def pages(subject: Subject, language: str, program: str) -> Iterator[tuple[str, str, str]]:
    """The name, the title and the Markdown of each page in a language."""
    words = _Words(subject, language, program)
    say = {"fr": _FRENCH, "en": _ENGLISH}[language]
    chapters = []
    for section in subject.sections():
        yield section.id, section.title[language], words.fill(section.body(language))
        link = words.address("section", section.id, 0 if program == "hugo" else 1)
        chapters.append(f"- [{section.title[language]}]({link}): {section.summary[language]}")
    for figure in subject.figures:
        link = words.address("source", figure.source.id, 1)
        body = (
            f"{value(figure, language)}, {words.fill(f'{{{{ {figure.id}.by }}}}')}.\n\n"
            f"- {say['day']}: {figure.as_of}\n"
            f"- {say['source']}: [{figure.source.label[language]}]({link}), p. {figure.page}\n"
        )
        yield figure.id, figure.label[language], body
    yield "index", TITLE[language], "\n".join(chapters)
    for name, lines in _lists(subject, language, words).items():
        yield name, say[name], "\n".join(lines)


_FRENCH = {
    "day": "Date",
    "source": "Source",
    "timeline": "Chronologie",
    "figures": "Chiffres",
    "glossary": "Glossaire",
    "statements": "Qui dit quoi",
    "sources": "Sources",
    "actors": "Acteurs",
    "corrections": "Corrections",
    "value": "Valeur",
}
_ENGLISH = {
    "day": "Day",
    "source": "Source",
    "timeline": "Timeline",
    "figures": "Figures",
    "glossary": "Glossary",
    "statements": "Who says what",
    "sources": "Sources",
    "actors": "People and organisations",
    "corrections": "Corrections",
    "value": "Value",
}


def _lists(subject: Subject, language: str, words: _Words) -> Mapping[str, list[str]]:
    say = {"fr": _FRENCH, "en": _ENGLISH}[language]

    def linked(figure: Figure) -> str:
        return f"[{figure.label[language]}]({words.address('figure', figure.id, 1)})"

    events = sorted(subject.events, key=lambda event: event.date)
    return {
        "timeline": [
            f"## {event.label[language]} {{#{event.id}}}\n\n"
            f"{words.fill(f'{{{{ {event.id}.on }}}}')}. {event.summary[language]}\n"
            for event in events
        ],
        "figures": [
            f"| {say['figures']} | {say['value']} | {say['day']} |",
            "| --- | ---: | --- |",
            *(
                f"| {linked(figure)} | {value(figure, language)} | {figure.as_of} |"
                for figure in subject.figures
            ),
        ],
        "glossary": [
            f"## {term.words[language]} {{#{term.id}}}\n\n{term.definition[language]}\n"
            for term in subject.terms
        ],
        "statements": [
            f"## {quotation.label[language]}\n\n> {words.fill(f'{{{{ {quotation.id} }}}}')}\n"
            for quotation in subject.quotations
        ],
        "sources": [
            f"## {source.label[language]} {{#{source.id}}}\n\n{source.reference[language]}\n"
            for source in subject.sources
        ],
        "actors": [
            f"## {actor.names[language]} {{#{actor.id}}}\n\n{actor.role[language]}\n"
            for actor in subject.actors
        ],
        "corrections": [f"- {linked(subject.figures[0])}"],
    }


def write(sections: int, folder: Path, program: str) -> None:
    """Write a tree for a program into a folder, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    subject = Subject(sections)
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True)
        names = {}
        for name, title, body in pages(subject, language, program):
            names[name] = title
            # What Hugo takes for the page of its folder.
            stem = "_index" if (name, program) == ("index", "hugo") else name
            head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"
            (folder / language / f"{stem}.md").write_text(f"{head}{body.rstrip()}\n", "utf-8")
        if program == "mkdocs":
            (folder / f"{language}.yml").write_text(_mkdocs_settings(language, names), "utf-8")
    if program == "hugo":
        shutil.copytree(Path(__file__).with_name("hugo"), folder, dirs_exist_ok=True)


def _mkdocs_settings(language: str, names: Mapping[str, str]) -> str:
    """Material as it comes, in JSON, which is YAML: search, and a navigation of all pages."""
    settings = {
        "site_name": TITLE[language],
        "site_url": f"https://example.org/valley/{language}/",
        "docs_dir": language,
        "site_dir": f"site/{language}",
        "theme": {"name": "material", "language": language, "font": False},
        "plugins": [{"search": {"lang": language}}],
        "markdown_extensions": ["attr_list", "tables", {"toc": {"permalink": False}}],
        "nav": [{title: f"{name}.md"} for name, title in names.items()],
    }
    return json.dumps(settings, ensure_ascii=False, indent=1)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("sections", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--program", choices=PROGRAMS, default=PROGRAMS[0])
    chosen = parser.parse_args(arguments)
    write(chosen.sections, chosen.folder, chosen.program)


if __name__ == "__main__":
    main()
