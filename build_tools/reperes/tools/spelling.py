"""Spelling, through the program hunspell and its dictionaries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.rules.passages import recorded_names, visible_words
from reperes.text.problems import Problem, Text, warning

RULE = "spelling"

SUGGESTIONS = 3
"""How many words at most are proposed for one that is not known."""

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![^\W_])")
_PACKAGES = {"fr_FR": "hunspell-fr"}
"""Debian's packages of dictionaries that are not called after a whole locale."""

_Part = tuple[str, Sequence[str]]
"""A part of a word that the dictionary does not have, and what may be meant."""

_Parts = Sequence[_Part]


def words_path(language: str) -> str:
    """The list, in the content folder, of words that a language's dictionary lacks."""
    return f"words/{language}.txt"


def spell(content: Path) -> tuple[Sequence[Problem], Sequence[str]]:
    """Words of sections and YAML texts that are not known, sorted; and what could not be checked.

    Names that entries record, the glossary's forms, units and the word list are known. Raises
    ContentError where the content cannot be read.
    """
    loaded = load(content)
    explainer = loaded.explainer
    program = shutil.which("hunspell")
    if program is None:
        return [], [_what_to_install([locale.locale for locale in explainer.locales.values()])]
    problems: list[Problem] = []
    missing: list[str] = []
    for language in explainer.languages:
        try:
            problems += _check_language(language, explainer, loaded.folder, program)
        except LookupError as error:
            missing.append(str(error))
    return sorted(set(problems)), missing


def _check_language(
    language: str, explainer: Explainer, folder: Folder, program: str
) -> Iterator[Problem]:
    known = WordForms(
        ((word, "") for word in _known_words(language, explainer, folder)),
        lexicon(language).plurals,
    )
    found = [
        (text, offset, word)
        for text in _texts(language, explainer)
        for offset, word in _unrecorded_words(text, known)
    ]
    locale = explainer.locales[language].locale
    faults = _ask({word for _, _, word in found}, locale, program)
    for text, offset, word in found:
        for part, meant in faults[word]:
            place = text.at(offset + max(0, _as_asked(word).find(part)))
            shown = ", ".join(f'"{suggestion}"' for suggestion in meant)
            hint = f"; did you mean {shown}?" if shown else ""
            fix = f"{hint} (if it is right, add it to {folder.path(words_path(language))})"
            yield warning(place, f'"{_curled(part)}" is not a known word{fix}', RULE)


def _texts(language: str, explainer: Explainer) -> Iterator[Text]:
    for section in explainer.sections[language].values():
        yield from (section.title, section.summary, section.body)
    for _, texts in explainer.yaml_texts.items():
        yield texts[language]


def _unrecorded_words(text: Text, known: WordForms[str]) -> Iterator[tuple[int, str]]:
    """Words of a text, with their offset, of which no part is a recorded one."""
    words = visible_words(text)
    recorded = {offset for start, end, _ in known.find(words) for offset in range(start, end)}
    for match in _WORD.finditer(words):
        if recorded.isdisjoint(range(*match.span())):
            yield match.start(), match[0]


def _known_words(language: str, explainer: Explainer, folder: Folder) -> Iterator[str]:
    """Names and terms, whole and word by word, and the lines of the word list."""
    site = explainer.site
    editor, licence = site.editor.named(language), site.licence.name
    names = [*recorded_names(explainer, language), editor, licence]
    yield from names
    for name in names:
        yield from (word for word in re.findall(r"\w+(?:['’-]\w+)*", name) if word != word.lower())
    labels = explainer.locales[language].wording.labels
    yield from (text for key, text in labels.items() if key.startswith("unit."))
    if folder.has(words_path(language)):
        for line in folder.read_text(words_path(language)).split("\n"):
            yield line.partition("#")[0].strip()


# The program


def _package(locale: str) -> str:
    return _PACKAGES.get(locale, f"hunspell-{locale.lower().replace('_', '-')}")


def _what_to_install(locales: Sequence[str]) -> str:
    packages = " ".join(["hunspell", *map(_package, locales)])
    files = ", ".join(f"{locale}.aff, {locale}.dic" for locale in locales)
    return (
        f"spelling is not checked, for hunspell is missing; on Debian: sudo apt install {packages};"
        f" on macOS: brew install hunspell, and put {files} in ~/Library/Spelling"
    )


def _ask(words: Iterable[str], locale: str, program: str) -> Mapping[str, _Parts]:
    """What a dictionary says of words. Raises LookupError, with what to install, without one.

    The dialogue is that of Ispell's pipe mode: a line for each word, "^" before it lest it be
    taken for a command; the answers, a line for each part of the word; an empty line.
    """
    asked = sorted(words)
    answer = subprocess.run(  # noqa: S603
        [program, "-a", "-i", "utf-8", "-d", locale],
        input="".join(f"^{_as_asked(word)}\n" for word in asked),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if answer.returncode != 0:
        raise LookupError(
            f"spelling is not checked in {locale}, for its dictionary is missing; on Debian: "
            f"sudo apt install {_package(locale)}; on macOS: put {locale}.aff and {locale}.dic "
            "in ~/Library/Spelling"
        )
    return dict(zip(asked, _answers(answer.stdout), strict=True))


def _as_asked(word: str) -> str:
    """A word with the letters and the apostrophe that dictionaries use."""
    return unicodedata.normalize("NFC", word).replace("’", "'")


def _curled(word: str) -> str:
    return word.replace("'", "’")


def _answers(output: str) -> Iterator[_Parts]:
    """The program's answer for each word, after the first line, in which it gives its name."""
    parts: list[_Part] = []
    for line in output.split("\n")[1:-1]:
        if not line:
            yield parts
            parts = []
        elif line[0] in "&#":
            part, _, rest = line[2:].partition(" ")
            meant = rest.partition(": ")[2].split(", ")[:SUGGESTIONS]
            parts.append((part, [_curled(suggestion) for suggestion in meant if suggestion]))
