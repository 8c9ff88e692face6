"""`reperes new`: a small, whole explainer to begin with, in the languages that are asked for.

It is made of the files in starter/: `shared/` goes into every explainer, `fr/` and `en/` into one
that has the language. A name that begins with "dot-" begins with a dot there.

In content/, what stands under a language's key is for explainers that have the language, in the
order of theirs. What is only for those whose first language it is says so, before a comment or
behind a line:

    # fr: Les lieux.
    language: "fr" # fr

In a README, a paragraph after "@several@" is for explainers in more than one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from reperes import __version__
from reperes.exchange.scalars import double_quoted
from reperes.language.locales import Locale
from reperes.language.typography import NO_BREAK_SPACE
from reperes.language.wording import Wording, load_default_labels, shipped_languages
from reperes.model.paragraphs import paragraph_digest
from reperes.rules.checking import sound_explainer
from reperes.text.dates import parse_date
from reperes.text.files import write_all, write_text
from reperes.text.problems import ContentError, Place, Problem
from reperes.tools.editor_schemas import SCHEMAS, schema_files
from reperes.translation.stamping import stamp

RULE = "new"

STARTER = Path(__file__).with_name("starter")

LOCALES: Mapping[str, str] = {"fr": "fr_FR", "en": "en_GB"}
"""The languages in which there is an explainer to begin with, and their conventions."""

TITLES: Mapping[str, str] = {"fr": "Un premier dossier", "en": "A first explainer"}
"""What an explainer is called to which nobody has given a title."""

REPOSITORY = "https://github.com/example/reperes"
"""Where the program and its guides are, as pyproject.toml says it."""

_NOTE, _README = "note.txt", "README.md"

# A language's key, or its entry in the list of languages; with the lines that stand deeper; and
# all languages of one text.
_KEY = r'(?:- code: ")?(fr|en)[:"]'
_BLOCK = re.compile(rf"^( *){_KEY}.*\n(?:\1 .*\n)*", re.MULTILINE)
_BLOCKS = re.compile(rf"^( *){_KEY}.*\n(?:\1(?: |{_KEY}).*\n)*", re.MULTILINE)
_COMMENT_FOR_THE_FIRST = re.compile(r"^( *# )(\w\w): (.*\n)", re.MULTILINE)
_FOR_SEVERAL = re.compile(r"^@several@((?:.+\n)+\n)", re.MULTILINE)
_LINE_FOR_THE_FIRST = re.compile(r"^(.*) # (\w\w)(\n)", re.MULTILINE)


def fault_of_languages(codes: Sequence[str]) -> str | None:
    """What is wrong with the languages of a new explainer, if anything."""
    shipped = ", ".join(shipped_languages())
    for code in codes:
        if code not in LOCALES:
            return f'no wording for "{code}"; the program has {shipped}'
        if codes.count(code) > 1:
            return f'"{code}" stands twice; name each language once'
    return None if codes else f"no language; the program has {shipped}"


def check_is_free(folder: Path) -> None:
    """Refuse, with ContentError, to begin an explainer where something is. A `.git` may be."""
    message = None
    if folder.exists() and not folder.is_dir():
        message = "is a file; name a new folder"
    elif folder.is_dir() and {path.name for path in folder.iterdir()} - {".git"}:
        message = "is not empty; name a new folder"
    if message:
        raise ContentError([Problem(Place(str(folder)), message, RULE)])


def new_explainer(
    folder: Path, languages: Sequence[str], titles: Mapping[str, str], today: date
) -> list[Path]:
    """Write an explainer into a new or empty folder, whole or not at all; the files, sorted.

    It has no problem, and its translations are stamped. The first language is the original;
    `titles` has one for each. Raises ContentError where something is in the folder, or a title
    cannot be one.
    """
    check_is_free(folder)
    with TemporaryDirectory() as name:
        draft = Path(name).resolve()
        for relative, text in _texts(languages, titles, today).items():
            write_text(draft / relative, text)
        try:
            sound_explainer(draft / "content")
        except ContentError as error:
            problems = [_as_in(folder, draft, problem) for problem in error.problems]
            raise ContentError(problems) from None
        for language in languages[1:]:
            stamp(draft / "content", [language])
        paths = [path.relative_to(draft) for path in sorted(draft.rglob("*")) if path.is_file()]
        write_all({folder / path: (draft / path).read_bytes() for path in paths})
    return [folder / path for path in paths]


def _as_in(folder: Path, draft: Path, problem: Problem) -> Problem:
    path = folder / Path(problem.place.path).relative_to(draft)
    return replace(problem, place=problem.place._replace(path=str(path)))


def _texts(languages: Sequence[str], titles: Mapping[str, str], today: date) -> dict[str, str]:
    """The text of every file by its path, but for the records of translations."""
    first = languages[0]
    values = {
        "day": _in_words(today, first),
        "first": first,
        "repository": REPOSITORY,
        "second": languages[-1],
        "today": today.isoformat(),
        "version": __version__,
        **{f"name.{code}": titles[code] for code in languages},
        **{f"title.{code}": double_quoted(titles[code]) for code in languages},
    }
    texts: dict[str, str] = {}
    for folder in ("shared", *languages):
        for path in sorted(path for path in (STARTER / folder).rglob("*") if path.is_file()):
            name = path.relative_to(STARTER / folder).as_posix()
            if name == _NOTE and folder != first:
                continue  # a source is in one language
            if name == _README and folder != first:
                name = f"README.{folder}.md"
            text = path.read_text("utf-8")
            if name.startswith("content/"):
                text = _for_languages(text, languages)
            text = _FOR_SEVERAL.sub(r"\1" if len(languages) > 1 else "", text)
            text = re.sub(r"@([a-z.]+)@", lambda found: values.get(found[1], found[0]), text)
            texts[re.sub(r"(^|/)dot-", r"\1.", name)] = text
    digests = [f'      - "{paragraph_digest(line)}"\n' for line in texts[_NOTE].splitlines()]
    sources = "content/sources.yml"
    texts[sources] = texts[sources].replace('      - "@digest@"\n', "".join(digests))
    schemas = schema_files(tuple(languages))
    return texts | {(SCHEMAS / name).as_posix(): text for name, text in schemas.items()}


def _in_words(day: date, language: str) -> str:
    """A day as the note says it: "1er mars 2026"."""
    wording = Wording(language, load_default_labels(language))
    text = Locale(language, LOCALES[language], wording).date(parse_date(day.isoformat()))
    return text.replace(NO_BREAK_SPACE, " ")


def _for_languages(text: str, languages: Sequence[str]) -> str:
    """What a text of the starter has for these languages, in their order."""

    def for_the_first(found: re.Match[str]) -> str:
        return found[1] + found[3] if found[2] == languages[0] else ""

    def in_order(found: re.Match[str]) -> str:
        blocks = {block[2]: block[0] for block in _BLOCK.finditer(found[0])}
        return "".join(blocks[code] for code in languages)

    text = _COMMENT_FOR_THE_FIRST.sub(for_the_first, text)
    return _BLOCKS.sub(in_order, _LINE_FOR_THE_FIRST.sub(for_the_first, text))
