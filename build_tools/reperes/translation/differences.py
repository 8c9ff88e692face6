"""What a translator has to look at: both languages as they were and as they are, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reperes.model.explainer import Explainer
from reperes.text.problems import Text
from reperes.text.reports import IndentedLine
from reperes.translation.status import Finding, TextStatus, translation_status
from reperes.translation.status_reports import KIND_WORDS
from reperes.translation.targets import find_targets, name_and_part, original_named
from reperes.translation.word_differences import FRAMES, Change, word_difference

Paint = Callable[[Change], str]
"""Turns one stretch of a difference into text, with colours or brackets for what changed."""


def in_brackets(change: Change) -> str:
    """A change as wdiff and git write it where there are no colours."""
    before, after = FRAMES[change.kind]
    return before + change.text + after


def differences(
    names: Sequence[str], explainer: Explainer, paint: Paint = in_brackets
) -> Iterator[IndentedLine]:
    """What is stale in the translations named, as `stamp` names them, or in all.

    An original stands for all its translations. Raises ContentError for what is not there.
    """
    texts = [text for status in translation_status(explainer) for text in status.texts]
    if not names:
        texts = [text for text in texts if text.findings]
        yield from _of_texts(texts, paint) if texts else [(0, "nothing differs")]
    for typed in names:
        yield from _named(typed, texts, explainer, paint)


def _named(
    typed: str, texts: Sequence[TextStatus], explainer: Explainer, paint: Paint
) -> Iterator[IndentedLine]:
    name, part = name_and_part(typed)
    original = original_named(name, explainer)
    if original is not None:
        names = [str(text.target) for text in texts if text.target.name == original]
        yield 0, f"{name} is the original of {' and '.join(names) or 'no translation'}"
        for translation in names:
            yield from _named(f"{translation}:{part}".rstrip(":"), texts, explainer, paint)
        return
    text = next((text for text in texts if str(text.target) == name), None)
    if text is None or (part and text.state in ("fresh", "stale")):
        targets = find_targets(typed, explainer)
        text = next(text for text in texts if text.target.key == targets[0].key)
        for target in targets if part else ():
            found = [x for x in text.findings if x.target in (target, text.target)]
            yield from _of_findings(str(target), found, paint)
        if part:
            return
    yield from _of_texts([text], paint)


def _of_texts(texts: Sequence[TextStatus], paint: Paint) -> Iterator[IndentedLine]:
    for text in texts:
        yield from _of_findings(str(text.target), text.findings, paint)


def _of_findings(name: str, findings: Sequence[Finding], paint: Paint) -> Iterator[IndentedLine]:
    if not findings:
        yield 0, f"{name}: nothing differs"
    for finding in findings:
        yield from difference(finding, paint)


def difference(finding: Finding, paint: Paint = in_brackets) -> Iterator[IndentedLine]:
    """A finding with its places, and what changed in the original and in the translation."""
    yield 0, f"{finding.target}: {KIND_WORDS[finding.kind]}"
    if heading := _heading(finding):
        yield 1, heading
        yield from _indented("".join(map(paint, changes(finding))))
    if finding.kind in ("edited", "both", "lost"):
        place = finding.translations[0].place if finding.translations else finding.beside
        gone = "" if finding.translations or finding.along else ", where it stood"
        yield 1, f"translation {place}{gone}"
        yield from _indented("".join(map(paint, changes_of_translation(finding))))
    else:
        for text in finding.translations:
            yield 1, f"translation {text.place}"
            yield from _indented(text)
    if finding.along:
        yield 1, f"translated with block {finding.along}"


def _heading(finding: Finding) -> str:
    """The line above the original's text: its place, or that of what is left of it, else ""."""
    if finding.kind == "orphaned":
        noun = "baseline" if finding.place.path.endswith(".po") else "translation"
        return f"{noun} {finding.place}"
    if finding.now is not None or finding.kind in ("unstamped", "missing"):
        return f"original {finding.place}"
    return "original, as it was" if finding.was else ""


def changes(finding: Finding) -> list[Change]:
    """How the original of a block became what it is, word by word."""
    if finding.kind in ("repeated", "divided"):
        return [Change("same", str(finding.now))]
    return word_difference(finding.was, finding.now or "")


def changes_of_translation(finding: Finding) -> list[Change]:
    """How the translation of a block became what it is, word by word."""
    return word_difference(finding.translation_was, "\n\n".join(finding.translations))


def _indented(text: str | Text) -> Iterator[IndentedLine]:
    for line in text.split("\n") if text else ():
        yield 2, line
