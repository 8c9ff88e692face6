"""The reference for editors: every field of every file, as its class declares it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.language.field_meanings import load_meanings
from reperes.language.wording import Wording, load_default_labels
from reperes.model.declaring import Declared, declared_fields
from reperes.model.documents import Folder
from reperes.model.entries import Derivation
from reperes.model.map_plan import MAP_FILE, MapPlan
from reperes.model.schema import KINDS, VOCABULARY_FILE
from reperes.model.shapes import Choice, Field, ListOf, PerLanguage, Shape
from reperes.model.site import Section, Site
from reperes.model.words import Vocabulary
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Place, Text
from reperes.writing.templating import render_markdown

_LONGEST_EXAMPLE = 50
"""How many characters of an example are shown."""


_PLACES = {
    **{kind.noun: kind.path for kind in KINDS},
    "fact": "facts/",
    "section": "sections/",
    "side": "site.yml",
    "topic": "site.yml",
}
"""Where the entries stand whose ids a field may hold."""


@dataclass(frozen=True)
class Row:
    """A field where it stands: "source.id" is the `id` under `source`.

    `options` are the words that it may hold, where these are few, each with what readers see;
    `own` are those that vocabulary.yml adds. `beside` are the fields of the entry that stand in
    each of its several values too.
    """

    name: str
    field: Field
    meaning: str
    example: str
    options: Mapping[str, str]
    own: Mapping[str, str]
    beside: Sequence[str] = ()


@dataclass(frozen=True)
class File:
    """A file of the content; `root` is the key of its list, where it holds one.

    `together` is what its fields must keep to among themselves.
    """

    path: str
    title: str
    rows: tuple[Row, ...]
    root: str = ""
    together: str = ""


def field_reference(content: Path, language: str) -> str:
    """The reference as Markdown, in a language of the program, with examples out of `content`.

    Raises ContentError where a file of the content cannot be read.
    """
    writer = ReferenceWriter(Folder(content), language)
    return render_markdown(
        "fields.md.jinja",
        t=writer.translated,
        files=list(writer.files()),
        language=language,
        kind_of=lambda shape: type(shape).__name__,
        places=_PLACES,
    )


class ReferenceWriter:
    """What the reference says of each file, in one language, with examples out of a folder."""

    def __init__(self, folder: Folder, language: str) -> None:
        self._folder = folder
        self._language = language
        self._wording = Wording(language, load_default_labels(language))
        self._meanings = load_meanings(language)

    def translated(self, english: str) -> str:
        return self._meanings.get(english, english)

    def files(self) -> Iterator[File]:
        """The files in the order in which an explainer is begun."""
        label = self._wording.label
        site = self._rows(declared_fields(Site), [self._read("site.yml")])
        yield File("site.yml", label("editor.site"), tuple(site))
        for kind in KINDS:
            fields = kind.shape.parts((self._language,))
            listing = self._read(kind.path).get(kind.root)
            entries = listing.items if isinstance(listing, Listing) else ()
            rows = tuple(self._rows(fields, entries, kind.noun))
            title = label(f"editor.{kind.root}")
            together = self.translated(kind.together)
            yield File(kind.path, title, rows, kind.root, together)
        of_words = self._rows(declared_fields(Vocabulary), [self._read(VOCABULARY_FILE)])
        yield File(VOCABULARY_FILE, label("editor.vocabulary"), tuple(of_words))
        of_map = self._rows(declared_fields(MapPlan), [self._read(MAP_FILE)])
        yield File(MAP_FILE, self.translated("Map"), tuple(of_map))
        folder = f"sections/{self._language}"
        fronts = [
            self._folder.read_markdown(f"{folder}/{name}.md").front_matter
            for name in self._folder.names(folder, ".md")
        ]
        rows = tuple(self._rows(declared_fields(Section), fronts))
        yield File(f"{folder}/ID.md", label("editor.sections"), rows)

    def _read(self, path: str) -> Table:
        has = self._folder.has(path)
        return self._folder.read_yaml(path) if has else Table({}, Place(path))

    def _rows(
        self, fields: Mapping[str, Field], entries: Sequence[Value], noun: str = "", above: str = ""
    ) -> Iterator[Row]:
        for key, field in fields.items():
            found = _under(key, entries)
            shape, name = field.shape, f"{above}{key}"
            if isinstance(shape, ListOf):
                shape = shape.shape
                items = (each.items if isinstance(each, Listing) else [each] for each in found)
                found = [item for each in items for item in each]
            if isinstance(shape, PerLanguage):
                shape = shape.shape
                for_all = [each for each in found if isinstance(each, Text)]
                found = [*for_all, *_under(self._language, found)]
            parts, beside = shape.parts((self._language,)), []
            if isinstance(field, Declared) and field.each:
                beside = [part for part in parts if part in fields]
                parts = {part: each for part, each in parts.items() if part not in fields}
            example = "" if parts else self._example(key, field, found)
            meaning = self.translated(field.meaning) or self._label(key)
            options, own = self._options(noun, key, shape), self._own_words(shape)
            yield Row(name, field, meaning, example, options, own, beside)
            if isinstance(field.shape, PerLanguage):
                name = f"{name}.{self._language}"
            yield from self._rows(parts, found, noun, f"{name}.")

    def _label(self, key: str) -> str:
        """What to say of a field without a meaning: of `derived.fr` its own, else its label."""
        if key == self._language:
            return self.translated(declared_fields(Derivation)["reason"].meaning)
        return self._wording.label(f"editor.field.{key}")

    def _example(self, key: str, field: Field, found: Sequence[Value]) -> str:
        # Of `derived.fr` as of its meaning.
        declared = declared_fields(Derivation)["reason"] if key == self._language else field
        offered = declared.example if isinstance(declared, Declared) else ""
        typed = next((value for value in found if isinstance(value, Text)), offered)
        line = " ".join(typed.split())
        return line if len(line) <= _LONGEST_EXAMPLE else f"{line[: _LONGEST_EXAMPLE - 1]}…"

    def _options(self, noun: str, key: str, shape: Shape[object]) -> Mapping[str, str]:
        if not isinstance(shape, Choice):
            return {}
        labels = self._wording.labels
        shown = {}
        for option in shape.options:
            keys = (f"kind.{noun}.{option}", f"{key}.{option}")
            label = next((labels[each] for each in keys if each in labels), "")
            shown[option] = "" if label == option else re.sub(r"\{\w+\}", "…", label)
        return shown

    def _own_words(self, shape: Shape[object]) -> Mapping[str, str]:
        """The words that vocabulary.yml adds to a choice, each with its label."""
        if not isinstance(shape, Choice) or not shape.own:
            return {}
        listing = self._read(VOCABULARY_FILE).get(f"{shape.own}s")
        words = {}
        for item in listing.items if isinstance(listing, Listing) else ():
            for word_id in _under("id", [item]):
                labels = _under(self._language, _under("label", [item]))
                if isinstance(word_id, Text) and word_id not in shape.options:
                    words[str(word_id)] = next((str(x) for x in labels if isinstance(x, Text)), "")
        return words


def _under(key: str, values: Sequence[Value]) -> list[Value]:
    """What stands under a key in those that are mappings and have it."""
    found = (value.get(key) for value in values if isinstance(value, Table))
    return [value for value in found if value is not None]
