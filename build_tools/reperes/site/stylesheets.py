"""The site's one style sheet: of the theme's rules and of our own, those that its pages can use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

import tinycss2
from tinycss2.ast import (
    AtRule,
    Declaration,
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    ParseError,
    QualifiedRule,
    SquareBracketsBlock,
)

from reperes.site.html_pages import Names
from reperes.text.compiled import compiled

_THEME = "mkdocs-material"
KNOWN_THEME = "9.8.1"
"""The version of Material for MkDocs whose style sheet we know."""

_GROUPING_RULES = frozenset({"media", "supports"})
_OUR_GROUPING_RULES = _GROUPING_RULES | {"container"}
_NEEDLESS_RULES = frozenset({"charset", "keyframes"})
"""Animations belong to the theme's scripts, and a site's one style sheet is in UTF-8 anyway."""

_COMMENT_OR_SPACE = re.compile(r"(\"[^\"]*\")|(?:\s|/\*.*?\*/)+", re.DOTALL)
_SPACE_NOT_NEEDED = re.compile(r"(\"[^\"]*\")|\s*([{};,])\s*|(:)\s+")
"""Before a colon it may be needed: "a :hover" is no "a:hover"."""


class UnknownStyleError(Exception):
    """The theme's style sheet has what we would drop without knowing what is lost."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"Material's style sheet has {found}, which stylesheets.py does not know;"
            f" it knows that of mkdocs-material {KNOWN_THEME}, and this is {version(_THEME)}"
        )


def theme_styles() -> str:
    """Material's style sheet: of the package itself, so that every engine's pages look alike."""
    package = files("material") / "templates" / "assets" / "stylesheets"
    (sheet,) = (each for each in package.iterdir() if re.fullmatch(r"main\..*\.css", each.name))
    return sheet.read_text("utf-8")


def combined(theme: str, own: str, names: Names, scripts: str = "") -> str:
    """The theme's rules that can match something, and those of ours, without comments.

    Of our own, what goes are the rules for classes that neither a page has nor `scripts`, the text
    of all of them, hold as a word: so an explainer without pictures, say, carries no rule for them.
    """
    kept = "".join(_kept(_theme_rules(theme), _used(names)))
    classes = names.classes | set(re.findall(r"[\w-]+", scripts))
    ours = "".join(_with_known_classes(tinycss2.parse_stylesheet(own), classes))
    return _compact(_without_unread_variables(kept, own) + ours)


def _with_known_classes(rules: Sequence[Node], classes: Set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, AtRule) and rule.lower_at_keyword in _OUR_GROUPING_RULES:
            inner = "".join(
                _with_known_classes(tinycss2.parse_rule_list(rule.content or []), classes)
            )
            prelude = tinycss2.serialize(rule.prelude)
            yield f"@{rule.at_keyword}{prelude}{{{inner}}}" * bool(inner.strip())
        elif isinstance(rule, QualifiedRule):
            selectors = _with_known(rule.prelude, classes)
            yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}" * bool(selectors)
        else:
            yield rule.serialize()


def _with_known(prelude: Sequence[Node], classes: Set[str]) -> str:
    """The selectors of a list that name no class but known ones; "" where none is left."""
    reduced = (_reduced(selector, classes).strip() for selector in _selectors(prelude))
    return ",".join(filter(None, reduced))


def _reduced(selector: Sequence[Node], classes: Set[str]) -> str:
    """A selector, of `:is(…)` with the known alternatives alone, or "" where it matches nothing."""
    text, before = "", ""
    for part in selector:
        if before == "." and isinstance(part, IdentToken) and part.value not in classes:
            return ""
        if isinstance(part, FunctionBlock) and part.lower_name == "is":
            alternatives = _with_known(part.arguments, classes)
            if not alternatives:
                return ""
            text += f"{part.name}({alternatives})"
        else:
            text += part.serialize()
        before = part.value if isinstance(part, LiteralToken) else ""
    return text


class _Rule(TypedDict, total=False):
    """A rule of the theme's, as JSON has it: one with selectors, a group of rules, or plain text.

    Beside each selector stands what it asks for: "p", ".class", "#id", "[attribute".
    """

    selectors: list[tuple[str, list[str]]]
    body: str
    group: str
    rules: list[_Rule]
    text: str


def _kept(rules: Sequence[_Rule], used: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if "text" in rule:
            yield rule["text"]
        elif "group" in rule:
            inner = "".join(_kept(rule["rules"], used))
            yield f"{rule['group']}{{{inner}}}" * bool(inner)
        elif selectors := [text for text, asked in rule["selectors"] if used.issuperset(asked)]:
            yield f"{','.join(selectors)}{{{rule['body']}}}"


def _used(names: Names) -> frozenset[str]:
    """What selectors may ask for of pages."""
    classes = (f".{name}" for name in names.classes)
    ids = (f"#{name}" for name in names.ids)
    attributes = (f"[{name}" for name in names.attributes)
    return frozenset((*names.tags, *classes, *ids, *attributes))


def _theme_rules(theme: str) -> list[_Rule]:
    """The rules of the theme's style sheet. To parse it takes as long as making a dozen pages."""

    def parsed() -> list[_Rule]:
        return _read(tinycss2.parse_stylesheet(theme, skip_comments=True, skip_whitespace=True))

    return compiled(Path(__file__), theme, parsed)


def _read(rules: Sequence[Node]) -> list[_Rule]:
    found: list[_Rule] = []
    for rule in rules:
        if isinstance(rule, AtRule):
            found += _read_at_rule(rule)
        elif isinstance(rule, QualifiedRule):
            selectors = [
                (tinycss2.serialize(part), _asked_by(part)) for part in _selectors(rule.prelude)
            ]
            found.append({"selectors": selectors, "body": tinycss2.serialize(rule.content)})
        elif isinstance(rule, ParseError):
            raise UnknownStyleError(f"what is no rule ({rule.message})")
    return found


def _read_at_rule(rule: AtRule) -> Iterator[_Rule]:
    if rule.lower_at_keyword in _GROUPING_RULES and rule.content is not None:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        yield {
            "group": f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}",
            "rules": _read(inner),
        }
    elif rule.lower_at_keyword == "page":
        yield {"text": rule.serialize()}
    elif rule.lower_at_keyword not in _NEEDLESS_RULES:
        raise UnknownStyleError(f"@{rule.at_keyword}")


def _asked_by(selector: Sequence[Node]) -> list[str]:
    """What a selector asks for; of `:not(…)` and its like, no matter."""
    asked, before = [], ""
    for part in selector:
        if isinstance(part, HashToken):
            asked.append(f"#{part.value}")
        elif isinstance(part, SquareBracketsBlock):
            names = (inner.lower_value for inner in part.content if isinstance(inner, IdentToken))
            asked.append(f"[{next(names)}")
        elif isinstance(part, IdentToken) and before != ":":
            asked.append(f".{part.value}" if before == "." else part.lower_value)
        before = part.value if isinstance(part, LiteralToken) else ""
    return asked


def _selectors(prelude: Sequence[Node]) -> Iterator[list[Node]]:
    """The selectors of a rule, which commas part."""
    selector: list[Node] = []
    for part in prelude:
        if isinstance(part, LiteralToken) and part.value == ",":
            yield selector
            selector = []
        else:
            selector.append(part)
    yield selector


def _without_unread_variables(theme: str, own: str) -> str:
    """`theme` without custom properties that nothing reads, nor what only those read."""
    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", theme + own))
        rules = tinycss2.parse_stylesheet(theme)
        shorter = "".join(_declared(rules, read))
        if shorter == theme:
            return theme
        theme = shorter


def _declared(rules: Sequence[Node], read: set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, AtRule) and rule.lower_at_keyword in _GROUPING_RULES:
            inner = "".join(_declared(tinycss2.parse_rule_list(rule.content or []), read))
            yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" * bool(inner)
        elif isinstance(rule, QualifiedRule):
            declarations = tinycss2.parse_blocks_contents(rule.content)
            kept = [part.serialize() for part in declarations if _is_read(part, read)]
            selector = tinycss2.serialize(rule.prelude)
            yield f"{selector}{{{';'.join(kept)}}}" * bool(kept)
        else:
            yield rule.serialize()


def _is_read(part: Node, read: set[str]) -> bool:
    if not isinstance(part, Declaration):
        return part.type not in ("whitespace", "comment")
    return not part.name.startswith("--") or part.name in read


def _compact(css: str) -> str:
    css = _COMMENT_OR_SPACE.sub(lambda found: found[1] or " ", css)
    css = _SPACE_NOT_NEEDED.sub(lambda found: found[1] or found[2] or found[3], css)
    return css.replace(";}", "}").strip() + "\n"
