"""The spaces, quotation marks and apostrophes that readers of each language expect in print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"


def typeset(text: str, language: str) -> str:
    """`text`, which holds no markup, as the rules of its language set it.

    Idempotent. A language without rules leaves the text as it is.
    """
    parts = text_pieces(text)
    pieces = tuple(Piece(value) for _, value in parts)
    values = set_pieces(pieces, language)
    return "".join(
        piece.written(source, value)
        for (source, _), piece, value in zip(parts, pieces, values, strict=True)
    )


# Text as the rules see it: one run for a paragraph, whatever tags cut it into pieces.

OBJECT = "\ufffc"
"""Stands in a run for what the rules may not look into: an address, code, an image."""

LINE_BREAK = "\u2028"
"""Stands in a run for `<br>`: a space, but none that a rule may change."""

_ADDRESS = re.compile(
    r"""((?:https?://|mailto:|www\.)[^\s<>«»"“”]*[^\s<>«»"“”‘’'…;:!?.,)\]}])""", re.IGNORECASE
)

_REMEMBERED_RUNS = 8192


class Piece(NamedTuple):
    """A part of a run that stood in one place: what it means, and whether a tag stands before."""

    value: str
    after_tag: bool = False

    def written(self, source: str, value: str) -> str:
        """What is written where `source` was, now that the rules have made it say `value`."""
        # The rules add nothing, and move nothing, that HTML would have to escape.
        return source if value == self.value else value


def text_pieces(text: str) -> list[tuple[str, str]]:
    """Plain text, web addresses apart: each part as it is written, and what it stands for."""
    parts = _ADDRESS.split(text)
    return [(part, OBJECT if n % 2 else part) for n, part in enumerate(parts)]


@lru_cache(_REMEMBERED_RUNS)
def set_pieces(pieces: tuple[Piece, ...], language: str) -> tuple[str, ...]:
    """The values of a run as the rules of its language set them.

    Remembered: most of what a page says, its menu for one, stands on every page.
    """
    rules = RULES.get(re.split(r"[-_]", language.lower(), maxsplit=1)[0], ())
    run = Run(pieces)
    for rule in rules:
        rule.apply(run)
    return tuple(run.values)


@dataclass(frozen=True, slots=True)
class _Change:
    """`text` in the place of what stands from `start` to `end` in a run."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What a rule looks for. Only text with one of `signs` can match, and most text has none."""

    signs: Iterable[str]
    regex: re.Pattern[str]

    def matches(self, text: str) -> Sequence[re.Match[str]]:
        for sign in self.signs:
            if sign in text:
                return list(self.regex.finditer(text))
        return ()


_Test = Callable[["Run", int], bool]


class Run:
    """The pieces of a paragraph as one text. `tags` are the offsets at which tags stand."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._join([piece.value for piece in pieces])

    def _join(self, values: Sequence[str]) -> None:
        self.values = values
        self.text = "".join(values)
        self.tags: set[int] = set()
        offset = 0
        for piece, value in zip(self._pieces, values, strict=True):
            if piece.after_tag:
                self.tags.add(offset)
            offset += len(value)

    def before(self, offset: int) -> str:
        """The character before `offset`; at the start of the run, a space."""
        return self.text[offset - 1] if offset > 0 else " "

    def after(self, offset: int) -> str:
        """The character at `offset`; at the end of the run, a space."""
        return self.text[offset] if offset < len(self.text) else " "

    def change(self, changes: Sequence[_Change]) -> None:
        """Make changes, given in order. New text goes to the piece in which its change begins."""
        if not changes:
            return
        index = done = start = 0
        values = []
        for value in self.values:
            end = start + len(value)
            parts = []
            while index < len(changes) and changes[index].start < end:
                parts += [self.text[done : changes[index].start], changes[index].text]
                done = changes[index].end
                index += 1
            parts.append(self.text[done:end])
            # A change may reach beyond its piece; the pieces that follow lose what it covers.
            done = max(done, end)
            start = end
            values.append("".join(parts))
        self._join(values)

    def replace(self, pattern: _Pattern, text: str) -> None:
        """Put `text` in the place of every match."""
        self._substitute(pattern, lambda found: text)

    def replace_within(self, pattern: _Pattern, inner: re.Pattern[str], text: str) -> None:
        """Put `text` in the place of what `inner` finds in every match."""
        if found := pattern.matches(self.text):
            self.change(
                [
                    _Change(match.start() + part.start(), match.start() + part.end(), text)
                    for match in found
                    for part in inner.finditer(match[0])
                ]
            )

    def space_before(
        self, pattern: _Pattern, space: str, test: _Test = lambda run, offset: True
    ) -> None:
        """Put `space` before every mark that `pattern` matches, or in the place of its match.

        The pattern matches either a mark or the spaces before one; `test` is asked about the
        offset of the mark.
        """

        def spaced(found: re.Match[str]) -> str | None:
            is_space = found[0].isspace()
            if not test(self, found.end() if is_space else found.start()):
                return None
            return space if is_space else space + found[0]

        self._substitute(pattern, spaced)

    def space_after(self, pattern: _Pattern, space: str) -> None:
        """As `space_before`, for the spaces that follow a mark."""
        self._substitute(pattern, lambda m: space if m[0].isspace() else m[0] + space)

    def _substitute(self, pattern: _Pattern, make: Callable[[re.Match[str]], str | None]) -> None:
        if found := pattern.matches(self.text):
            made = ((match, make(match)) for match in found)
            self.change([_Change(m.start(), m.end(), new) for m, new in made if new is not None])


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a language's typography changes, with an example of it."""

    name: str
    before: str
    after: str
    apply: Callable[[Run], None]


def _put(pattern: _Pattern, text: str) -> Callable[[Run], None]:
    return lambda run: run.replace(pattern, text)


def _put_within(pattern: _Pattern, inner: str, text: str) -> Callable[[Run], None]:
    found = re.compile(inner)
    return lambda run: run.replace_within(pattern, found, text)


def _space_before(
    pattern: _Pattern, space: str, test: _Test = lambda run, offset: True
) -> Callable[[Run], None]:
    return lambda run: run.space_before(pattern, space, test)


def _space_after(pattern: _Pattern, space: str) -> Callable[[Run], None]:
    return lambda run: run.space_after(pattern, space)


def _quote(outer: tuple[str, str], inner: tuple[str, str]) -> Callable[[Run], None]:
    return lambda run: _pair_double_marks(run, outer, inner)


# Quotation marks, in any language

_OPENS = frozenset("([{«“‘’'\"—–-/:=")
"""What an opening quotation mark may follow, beside a space."""

_CLOSES = frozenset(")]}»”’'\"…,.;:!?—–-/¶")
"""What a closing quotation mark may precede, beside a space or a tag."""

_ELLIPSIS = _Pattern(["..."], re.compile(r"(?<!\.)\.\.\.(?!\.)"))
_DOUBLE_MARKS = _Pattern('"', re.compile(r"[«»\"]"))
_SINGLE_MARKS = _Pattern("'", re.compile("'"))


def _can_open(run: Run, offset: int) -> bool:
    before = run.before(offset)
    return (before.isspace() or before in _OPENS) and not run.after(offset + 1).isspace()


def _can_close(run: Run, offset: int) -> bool:
    after = run.after(offset + 1)
    follows = after.isspace() or after in _CLOSES or offset + 1 in run.tags
    return follows and not run.before(offset).isspace()


def _pair_double_marks(run: Run, outer: tuple[str, str], inner: tuple[str, str]) -> None:
    """Straight double marks become `outer` ones, or `inner` ones within guillemets.

    All or none: where one of them has no partner (a citation over several paragraphs, inches),
    guessing would open what should be closed.
    """
    changes: list[_Change] = []
    depth = straight = 0
    for match in _DOUBLE_MARKS.matches(run.text):
        if match[0] != '"':
            depth += 1 if match[0] == "«" else -1
            continue
        side = straight % 2
        if not (_can_close if side else _can_open)(run, match.start()):
            return
        marks = inner if depth > 0 else outer
        changes.append(_Change(match.start(), match.end(), marks[side]))
        straight += 1
    if straight % 2 == 0:
        run.change(changes)


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a language: outer ones, and those of a quotation within another."""

    outer: tuple[str, str]
    inner: tuple[str, str]


_GUILLEMETS = Marks(("«", "»"), ("“", "”"))
_LOW_FIRST = Marks(("„", "“"), ("‚", "‘"))
_RAISED = Marks(("“", "”"), ("‘", "’"))

_MARKS_OF: Mapping[str, Marks] = {
    **dict.fromkeys(["ar", "ca", "el", "es", "fa", "fr", "hy", "it", "pt"], _GUILLEMETS),
    **dict.fromkeys(["be", "ru", "uk"], Marks(("«", "»"), ("„", "“"))),
    **dict.fromkeys(["bg", "cs", "de", "et", "is", "lt", "lv", "sk", "sl"], _LOW_FIRST),
    **dict.fromkeys(["hr", "hu", "pl", "ro"], Marks(("„", "”"), ("«", "»"))),
    **dict.fromkeys(["fi", "sv"], Marks(("”", "”"), ("’", "’"))),
    **dict.fromkeys(["nb", "nn", "no"], Marks(("«", "»"), ("‘", "’"))),
    "he": Marks(("”", "”"), ("’", "’")),
    "ja": Marks(("「", "」"), ("『", "』")),
}
"""Those of CLDR, but for Arabic, whose press has the marks of French. All others have “ and ”."""

_QUOTED_WITHIN = re.compile(
    r"«\s*([^«»]*?)\s*»|“([^“”„]*)”|„([^“”„]*)[“”]|\"([^\"]*)\"|「([^「」]*)」"
)


def marks_of(language: str) -> Marks:
    """The quotation marks of a language. They have no spaces yet, which the rules below set."""
    return _MARKS_OF.get(language, _RAISED)


def in_marks(words: str, language: str) -> str:
    """A quotation in the marks of its language, what it quotes itself in those within: “a ‘b’”."""
    outer = marks_of(language).outer
    return f"{outer[0]}{within_marks(words, language)}{outer[1]}"


def within_marks(words: str, language: str) -> str:
    """A quotation as it stands within marks: what it quotes itself has the marks for that."""
    return _requoted(words, marks_of(language).inner)


def set_apart(words: str, language: str) -> str:
    """A quotation that stands alone, without marks: what it quotes itself has the outer ones."""
    return _requoted(words, marks_of(language).outer)


def without_marks(words: str) -> str | None:
    """What stands within the marks that are around all of a text, or None where none are."""
    match = _QUOTED_WITHIN.fullmatch(words.strip())
    return next(filter(None, match.groups()), None) if match else None


def _requoted(words: str, marks: tuple[str, str]) -> str:
    def with_marks(found: re.Match[str]) -> str:
        return marks[0] + next(part for part in found.groups() if part is not None) + marks[1]

    return _QUOTED_WITHIN.sub(with_marks, words)


# French. Which space goes where follows the Lexique des règles typographiques en usage à
# l’Imprimerie nationale: a thin one before ; ! ? and a full one before : and inside « ».

_SPACE = "[ \\t\\r\\n\u00a0\u2009\u202f]"
_FRENCH_APOSTROPHE = _Pattern("'", re.compile(f"(?<=[^\\W\\d_])'(?=[^\\W_]|[«“\"{OBJECT}])"))
_INSIDE_OPENING = _Pattern("«", re.compile(rf"(?<=«){_SPACE}+(?=\S)|«(?=\S)"))
_INSIDE_CLOSING = _Pattern("»", re.compile(rf"(?<=\S){_SPACE}+(?=»)|(?<=\S)»"))
_SIGN = _Pattern(
    "%‰€$£°", re.compile(rf"(?<=[0-9])(?:{_SPACE}+(?=[%‰€$£](?!\w)|°)|[%‰€](?!\w)|°(?=[CF]\b))")
)
_NUMERO = _Pattern("°", re.compile(rf"(?<=\b[nN]°){_SPACE}+(?=[0-9])|(?<=\b[nN])°(?=[0-9])"))
_MARKS = ":;!?"
_AFTER_MARKS = frozenset("»”’'\")]}…,.—–")


def _mark_pattern(marks: str) -> _Pattern:
    spaced = rf"(?<=[^\s(\[{{«“‘]){_SPACE}+(?=[{marks}])"
    # A second mark of "?!" goes without a space, and so does what is no punctuation ("(?)", "/?").
    tight = rf"(?<=[^\s(\[{{«“‘\"'/{_MARKS}])[{marks}]"
    return _Pattern(marks, re.compile(f"{spaced}|{tight}"))


_HIGH_MARK = _mark_pattern(";!?")
_COLON = _mark_pattern(":")


def _ends_words(run: Run, offset: int) -> bool:
    """Whether the mark at `offset` is punctuation, unlike that of "12:30", "a?b=c" and ":-)"."""
    end = offset
    while run.after(end) in _MARKS:
        end += 1
    after = run.after(end)
    if run.after(offset) == ":" and run.before(offset).isdigit() and after.isdigit():
        return False
    return after.isspace() or after in _AFTER_MARKS or end in run.tags


_DIGITS = "0123456789"
_ABBREVIATED = r"[kcm]?m[²³]?|[kmµμ]?g|ha|t|[hcm]?[lL]|[kMGT]?Wh?|[kM]?€|Md€|hPa"
"""Units after a number; "km" is that of "km/h" too."""

_THOUSANDS = _Pattern(_DIGITS, re.compile(rf"(?<![\w.,])[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?!\w)"))
_UNITS = _Pattern(
    _DIGITS,
    re.compile(rf"(?<=[0-9]){_SPACE}+(?=(?:{_ABBREVIATED}|h|min|millions?|milliards?)(?!\w))"),
)
_TIMES = _Pattern("h", re.compile(rf"(?<!\w)[0-9]{{1,2}}{_SPACE}+h{_SPACE}+[0-5][0-9](?!\w)"))
_ERAS = _Pattern(["J.-C."], re.compile(rf"\w{_SPACE}+(?:av|apr)\.{_SPACE}+J\.-C\."))
_STOP_AFTER_ERA = _Pattern(["J.-C.."], re.compile(r"(?<=J\.-C\.)\.(?!\.)"))
_CENTURIES = _Pattern(["siècle"], re.compile(rf"\b[IVX]+(?:er|e){_SPACE}+siècles?\b"))
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = _Pattern(_DIGITS, re.compile(rf"(?:(?<=[0-9])|(?<=\b1er)){_SPACE}+(?=(?:{_MONTHS})\b)"))


# French laws number their articles so, in whichever language they are cited.
_ARTICLES = _Pattern("-", re.compile(rf"(?<=\b[A-Z]\.){_SPACE}+(?=[0-9]+-[0-9])"))


def _title_pattern(titles: str, full_stop: str = "") -> _Pattern:
    """The space between a courtesy title and a name, with what may stand before it."""
    after = "|".join(rf"(?<=\b{re.escape(title)})" for title in titles.split())
    capital = "[A-ZÀ-ÖØ-Þ]"
    return _Pattern(titles.split(), re.compile(rf"(?:{after}){full_stop}{_SPACE}+(?={capital})"))


_FRENCH = (
    Rule("ellipsis", "attendre...", "attendre…", _put(_ELLIPSIS, "…")),
    Rule("apostrophe", "l'eau", "l’eau", _put(_FRENCH_APOSTROPHE, "’")),
    Rule("guillemets", '"mot"', "«mot»", _quote(_GUILLEMETS.outer, _GUILLEMETS.inner)),
    Rule("inside «", "« mot", "«\u00a0mot", _space_after(_INSIDE_OPENING, NO_BREAK_SPACE)),
    Rule("inside »", "mot »", "mot\u00a0»", _space_before(_INSIDE_CLOSING, NO_BREAK_SPACE)),
    Rule(
        "; ! ?",
        "Qui ?",
        "Qui\u202f?",
        _space_before(_HIGH_MARK, NARROW_NO_BREAK_SPACE, _ends_words),
    ),
    Rule("colon", "Bilan :", "Bilan\u00a0:", _space_before(_COLON, NO_BREAK_SPACE, _ends_words)),
    Rule("signs", "60%", "60\u00a0%", _space_before(_SIGN, NO_BREAK_SPACE)),
    Rule("n°", "n°5", "n°\u00a05", _space_after(_NUMERO, NO_BREAK_SPACE)),
    Rule(
        "thousands",
        "12 000 000",
        "12\u202f000\u202f000",
        _put_within(_THOUSANDS, _SPACE, NARROW_NO_BREAK_SPACE),
    ),
    Rule("units", "5 km", "5\u00a0km", _put(_UNITS, NO_BREAK_SPACE)),
    Rule("articles", "L. 12-3", "L.\u00a012-3", _put(_ARTICLES, NO_BREAK_SPACE)),
    Rule("days", "1er mai", "1er\u00a0mai", _put(_DAYS, NO_BREAK_SPACE)),
    Rule(
        "times",
        "21 h 30",
        "21\u00a0h\u00a030",
        _put_within(_TIMES, f"{_SPACE}+", NO_BREAK_SPACE),
    ),
    Rule(
        "eras",
        "44 av. J.-C.",
        "44\u00a0av.\u00a0J.-C.",
        _put_within(_ERAS, f"{_SPACE}+", NO_BREAK_SPACE),
    ),
    Rule("stop after an era", "44 av. J.-C..", "44 av. J.-C.", _put(_STOP_AFTER_ERA, "")),
    Rule(
        "centuries",
        "XXe siècle",
        "XXe\u00a0siècle",
        _put_within(_CENTURIES, f"{_SPACE}+", NO_BREAK_SPACE),
    ),
    Rule(
        "titles",
        "M. Untel",
        "M.\u00a0Untel",
        _put(_title_pattern("M. MM. Mme Mmes Mlle Dr Pr Me"), NO_BREAK_SPACE),
    ),
)
"""In this order: a mark that one rule makes may be what the next one looks for.

Ordinals stay as typed ("1er", "2e"): raised letters would need markup.
"""


# English

_ENGLISH_APOSTROPHE = _Pattern(
    "'",
    re.compile(rf"(?<=[^\W_]|{OBJECT})'(?=[^\W\d_])|(?<![^\s(\[{{“‘—–-])'(?=[0-9]0s\b)"),
)


def _pair_single_marks(run: Run) -> None:
    """Straight single marks become ‘ and ’, and what closes nothing becomes an apostrophe.

    After a digit a mark that closes nothing stays, for it may be feet or minutes.
    """
    offsets = [match.start() for match in _SINGLE_MARKS.matches(run.text)]
    closing = [offset for offset in offsets if _can_close(run, offset)]
    last_closing = closing[-1] if closing else -1
    changes: list[_Change] = []
    pending = 0
    for offset in offsets:
        if _can_open(run, offset) and offset < last_closing:
            pending += 1
            changes.append(_Change(offset, offset + 1, "‘"))
        elif _can_close(run, offset) and (pending or not run.before(offset).isdigit()):
            pending = max(0, pending - 1)
            changes.append(_Change(offset, offset + 1, "’"))
    run.change(changes)


_LOOSE_MARK = _Pattern(
    ";:!?,.%",
    re.compile(rf"(?<=[^\W_]){_SPACE}+(?=[;:!?,.](?:\s|$|[”’\"')\]]))|(?<=[0-9]){_SPACE}+(?=%)"),
)
_RANGE = _Pattern(
    "-",
    # Neither a date ("2018-07-04", "2018-07") nor a part of a name ("F-16-3", "article L. 12-3").
    re.compile(
        rf"(?<![\w.,:/–-])(?<!\b[A-Z]\.{_SPACE})(?<!\b[Aa]rticle{_SPACE})(?<!\bart\.{_SPACE})"
        r"(?![0-9]{4}-(?:0[0-9]|1[0-2])(?![0-9]))"
        r"[0-9]{1,4}-(?!0)[0-9]{1,4}(?![\w/-]|[.,:][0-9])"
    ),
)
_SPACED_HYPHEN = _Pattern("-", re.compile(r"(?<=[^\W\d_,;)\]”’]) --? (?=[^\W\d_(\[“‘])"))
_ENGLISH_UNITS = _Pattern(
    _DIGITS, re.compile(rf"(?<=[0-9]){_SPACE}+(?=(?:{_ABBREVIATED}|°[CF])(?!\w))")
)
_ENGLISH_ERAS = _Pattern(
    ("AD", "BC"), re.compile(rf"(?<=\bAD){_SPACE}+(?=[0-9])|(?<=[0-9]){_SPACE}+(?=BCE?\b)")
)
_ENGLISH_TITLES = _title_pattern("Mr Mrs Ms Dr", r"\.?")

_ENGLISH = (
    Rule("ellipsis", "waiting...", "waiting…", _put(_ELLIPSIS, "…")),
    Rule("apostrophe", "it's", "it’s", _put(_ENGLISH_APOSTROPHE, "’")),
    Rule("double quotes", '"word"', "“word”", _quote(_RAISED.outer, _RAISED.outer)),
    Rule("single quotes", "'word'", "‘word’", _pair_single_marks),
    Rule("loose marks", "Who ?", "Who?", _put(_LOOSE_MARK, "")),
    Rule("ranges", "pages 3-12", "pages 3–12", _put_within(_RANGE, "-", "–")),
    Rule("dashes", "so - he says", "so – he says", _put(_SPACED_HYPHEN, " – ")),
    Rule("units", "5 km", "5\u00a0km", _put(_ENGLISH_UNITS, NO_BREAK_SPACE)),
    Rule("articles", "L. 12-3", "L.\u00a012-3", _put(_ARTICLES, NO_BREAK_SPACE)),
    Rule("eras", "44 BC", "44\u00a0BC", _put(_ENGLISH_ERAS, NO_BREAK_SPACE)),
    Rule("titles", "Mr. Smith", "Mr\u00a0Smith", _put(_ENGLISH_TITLES, NO_BREAK_SPACE)),
)
"""In this order, as in French."""

RULES: Mapping[str, tuple[Rule, ...]] = {"en": _ENGLISH, "fr": _FRENCH}
"""The rules of each language, by the first part of its tag."""
