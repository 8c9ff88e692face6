"""The marks by which prose cites facts and links entries: finding them, and replacing them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reperes.text.markup import Span, mask_code
from reperes.text.problems import Place, Problem, Text, quoted

PICTURE = "picture"

LINK_SCHEMES = ("term", "actor", "place", "section", "source", "claim", "fact")
"""What a link of ours may lead to, as in `[text](term:ID)`."""

SCHEMES = (*LINK_SCHEMES, PICTURE)
"""What a mark in brackets may name; a picture is shown, by `![](picture:ID)`."""

IMAGE = (
    "an image by its address; put the file in pictures/, describe it in pictures.yml,"
    ' and write "![](picture:ID)" on a line of its own'
)

_BRACES = re.compile(r"\{\{+|\}\}+")
_PLACEHOLDER = re.compile(r"\{\{[ \t\u00a0]*([a-z][a-z0-9_]*)(?:\.([a-z_]+))?[ \t\u00a0]*\}\}")
_MARK_ALONE = re.compile(r">[ \t]*\{\{[ \t\u00a0]*[a-z][a-z0-9_]*[ \t\u00a0]*\}\}\s*")
_INNER = re.compile(r"([^{}]{0,100})(\}\}+)?")
_MENDED = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z_]+)?")
_LINK = re.compile(rf"(?<!\\)(!?)\[([^\[\]]*)\]\(((?:{'|'.join(SCHEMES)}):[^()\n]*)\)")
_LINK_END = re.compile(rf"\]\((?:{'|'.join(SCHEMES)}):[^()\n]*\)")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{{ id }}` or `{{ id.form }}`; `form` is "" for the bare one. Offsets are in the text."""

    start: int
    end: int
    id: str
    form: str
    place: Place = field(repr=False)

    def __str__(self) -> str:
        return f"{{{{ {self.id}{'.' + self.form if self.form else ''} }}}}"

    def __reduce__(self) -> tuple[type[Placeholder], tuple[object, ...]]:
        return Placeholder, (self.start, self.end, self.id, self.form, self.place)


@dataclass(frozen=True, slots=True)
class Link:
    """`[text](scheme:id)`, with one of our schemes; or `![](picture:id)`, without a text."""

    start: int
    end: int
    text: str
    scheme: str
    id: str
    place: Place = field(repr=False)
    id_place: Place = field(repr=False)

    def __str__(self) -> str:
        return f"{'!' * self.is_picture}[{self.text}]({self.scheme}:{self.id})"

    def __reduce__(self) -> tuple[type[Link], tuple[object, ...]]:
        its = (self.start, self.end, self.text, self.scheme, self.id, self.place, self.id_place)
        return Link, its

    @property
    def is_picture(self) -> bool:
        """Whether it shows what it names rather than lead there."""
        return self.scheme == PICTURE


Mark = Placeholder | Link


def is_citation(mark: Mark) -> bool:
    """Whether a mark cites a fact: a placeholder, or a link to a claim or a fact."""
    return isinstance(mark, Placeholder) or mark.scheme in ("claim", "fact")


def stands_alone(block: str) -> bool:
    """Whether a block of a text is a block quotation that holds a bare citation and nothing else.

    Such a one of a quotation has a caption when it is shown.
    """
    return _MARK_ALONE.fullmatch(block) is not None


def fills(mark: Mark, start: int, block: str) -> bool:
    """Whether a mark is all that stands in a block, which begins at `start` in its text."""
    before, after = block[: mark.start - start], block[mark.end - start :]
    return start <= mark.start and not before.strip() and not after.strip()


def marks_in(text: str) -> Sequence[Mark]:
    """The marks of `text` in order. Code is left alone.

    Links with other addresses are no marks: `rules.links` reads them as the engine does.
    """
    return _marks_and_faults(text)[0]


def faults_in(text: Text) -> Sequence[Problem]:
    """What is malformed in the marks of `text`, or would be one if it were not."""
    return _marks_and_faults(text)[1]


def know_marks(text: Text, marks: tuple[Mark, ...]) -> None:
    """Take over what was found before in the same text, in which nothing was malformed."""
    nothing_malformed: tuple[Problem, ...] = ()
    text.keep(_find_all, (marks, nothing_malformed))


def _marks_and_faults(text: str) -> tuple[tuple[Mark, ...], tuple[Problem, ...]]:
    if "{{" not in text and "}}" not in text and "](" not in text:
        return (), ()
    return (text if isinstance(text, Text) else Text(text, Place(""))).kept(_find_all)


def marks_placed_in(text: Text) -> Sequence[Mark]:
    """The marks of `text` for who needs them and their places, and no offsets.

    Of some lines of a text, they are that text's own, with the offsets that they have there.
    """
    if "{{" not in text and "](" not in text:
        return ()
    if (lines := text.lines_of) and (known := _marks_of_lines(*lines, len(text))) is not None:
        return known
    return marks_in(text)


def _find_all(text: Text) -> tuple[tuple[Mark, ...], tuple[Problem, ...]]:
    if (lines := text.lines_of) and (known := _marks_of_lines(*lines, len(text))) is not None:
        return tuple(_moved(mark, -lines[1]) for mark in known), ()
    masked = mask_code(text)
    problems: list[Problem] = []
    typed = list(_typed_links(masked))
    links = list(_find_links(text, masked, typed, problems))
    placeholders = list(_find_placeholders(text, masked, problems))
    spans = [match.span() for match in typed]
    problems += _refuse_placeholders_in_links(spans, placeholders)
    marks: list[Mark] = [*links, *placeholders]
    return tuple(sorted(marks, key=lambda mark: mark.start)), tuple(problems)


def _marks_of_lines(whole: Text, start: int, length: int) -> tuple[Mark, ...] | None:
    """The marks that stand in some lines of a text.

    None where these may be others: where code, or a mark over several lines, is cut in two.
    """
    marks, problems = _marks_and_faults(whole)
    if problems or "`" in whole or "~~~" in whole:
        return None
    end, first = start + length, bisect_left(marks, start, key=_start)
    found = marks[first : bisect_left(marks, end, first, key=_start)]
    if (found and found[-1].end > end) or (first and marks[first - 1].end > start):
        return None
    return found


def _start(mark: Mark) -> int:
    return mark.start


def _moved(mark: Mark, by: int) -> Mark:
    start, end = mark.start + by, mark.end + by
    if isinstance(mark, Placeholder):
        return Placeholder(start, end, mark.id, mark.form, mark.place)
    return Link(start, end, mark.text, mark.scheme, mark.id, mark.place, mark.id_place)


def _typed_links(masked: str) -> Iterator[re.Match[str]]:
    """What `_LINK` finds, looked for by its end: brackets without an address are everywhere."""
    after = 0
    for end in _LINK_END.finditer(masked):
        opening = max(masked.rfind("[", after, end.start()), masked.rfind("]", after, end.start()))
        if opening < 0 or masked[opening] == "]":
            continue
        found = None
        if opening > after and masked[opening - 1] == "!":
            found = _LINK.match(masked, opening - 1)
        found = found or _LINK.match(masked, opening)
        if found:
            yield found
            after = found.end()


def id_span(text: str, mark: Mark) -> Span:
    """Where the id of one of the marks of a text stands in it."""
    if isinstance(mark, Link):
        return mark.end - 1 - len(mark.id), mark.end - 1
    start = text.index(mark.id, mark.start)
    return start, start + len(mark.id)


def replace_marks(text: str, marks: Iterable[Mark], replace: Callable[[Mark], str]) -> str:
    """`text` with each of its marks replaced."""
    return "".join(replace_between(text, marks, replace, str))


def replace_between(
    text: str,
    marks: Iterable[Mark],
    replace: Callable[[Mark], str],
    between: Callable[[str], str],
) -> Iterator[str]:
    """The parts of `text`: each mark replaced, and what stands between them passed through."""
    position = 0
    for mark in marks:
        yield between(text[position : mark.start])
        yield replace(mark)
        position = mark.end
    yield between(text[position:])


def _refuse_placeholders_in_links(
    spans: Sequence[Span], placeholders: Iterable[Placeholder]
) -> Iterator[Problem]:
    starts = [start for start, _ in spans]
    for placeholder in placeholders:
        before = bisect_left(starts, placeholder.start) - 1
        if before >= 0 and placeholder.start < spans[before][1]:
            message = f"{placeholder} stands inside a link; put it beside the link"
            yield Problem(placeholder.place, message, "reference")


def _find_placeholders(text: Text, masked: str, problems: list[Problem]) -> Iterator[Placeholder]:
    position = 0
    while braces := _BRACES.search(masked, position):
        match = _PLACEHOLDER.match(masked, braces.start())
        if match:
            place = text.at(match.start())
            mark = Placeholder(match.start(), match.end(), match[1], match[2] or "", place)
            yield mark
            if masked[max(match.start() - 1, 0) : match.start()] == "!":
                message = f'"!" right before {mark} makes an image of it; write a space between'
                problems.append(Problem(text.at(match.start() - 1), message, "reference"))
            position = match.end()
            continue
        message, position = _malformed(masked, braces)
        literal = "literal braces go in `code`"
        problems.append(Problem(text.at(braces.start()), f"{message} ({literal})", "reference"))


def _malformed(masked: str, braces: re.Match[str]) -> tuple[str, int]:
    """What is wrong with braces that make no placeholder, and where to go on reading."""
    if braces[0].startswith("}"):
        return f'"{braces[0][:4]}" closes nothing; write "{{{{ id }}}}"', braces.end()
    inner = _INNER.match(masked, braces.end())
    content, closing = (inner[1].strip(), inner[2]) if inner else ("", None)
    if inner is None or closing is None:
        first = re.match(r"[a-z][a-z0-9_.]*", content)
        example = first[0].rstrip(".") if first else "id"
        return f'"{{{{" is not closed; write "{{{{ {example} }}}}"', braces.end()
    found = quoted(f"{braces[0]} {' '.join(content.split())} {closing}")
    mended = re.sub(r"\s+|-", "_", re.sub(r"\s*\.\s*", ".", content.lower()))
    fits = _MENDED.fullmatch(mended) and f'write "{{{{ {mended} }}}}"'
    fix = fits or 'write "{{ id }}" or "{{ id.form }}"'
    return f"{found} is no placeholder; {fix}", inner.end()


def _find_links(
    text: Text, masked: str, typed: Iterable[re.Match[str]], problems: list[Problem]
) -> Iterator[Link]:
    ends: set[int] = set()
    for match in typed:
        ends.add(match.end())
        scheme, _, target = match[3].partition(":")
        shown = text[match.start(2) : match.end(2)]
        if match[1] and scheme != PICTURE:
            problems.append(Problem(text.at(match.start()), IMAGE, "reference"))
        elif not target.strip():
            mark = "![](picture:ID)" if scheme == PICTURE else f"[words]({scheme}:ID)"
            message = f"a link to no {scheme}; write its id, as in {mark}"
            problems.append(Problem(text.at(match.start(3)), message, "reference"))
        else:
            if fault := _fault_of_words(match[1], shown, match[3]):
                problems.append(Problem(text.at(match.start()), fault, "reference"))
            place, before_id = text.at(match.start()), match.start(3) + len(scheme) + 1
            if text.exact and "\n" not in shown:
                id_place = Place(place.path, place.line, place.column + before_id - match.start())
            else:
                id_place = text.at(before_id)
            yield Link(match.start(), match.end(), shown, scheme, target, place, id_place)
    problems += _refuse_loose_ends(text, masked, ends)


def _fault_of_words(mark: str, words: str, target: str) -> str | None:
    """What is wrong with what stands in the brackets of a link, and with the "!" before them."""
    if target.startswith(f"{PICTURE}:"):
        if not mark:
            return f'a picture is shown, not linked; write "![]({target})" on a line of its own'
        fix = f'write "![]({target})", for pictures.yml has its caption and its alt'
        return f"{quoted(words)} in the brackets of a picture; {fix}" if words else None
    return None if words.strip() else f"a link to {target} without words; write [words]({target})"


def _refuse_loose_ends(text: Text, masked: str, ends: set[int]) -> Iterator[Problem]:
    """Ends of links that no beginning fits: the words hold brackets, or lack the first one."""
    for match in _LINK_END.finditer(masked):
        if match.end() not in ends:
            message = (
                f'"{match[0]}" ends no link; write "[words{match[0]}", no bracket in the words'
            )
            yield Problem(text.at(match.start()), message, "reference")
