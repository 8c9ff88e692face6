"""The HTML that mammoth makes of a Word document, as Markdown that our pages show as meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reperes.exchange.xml import Element
from reperes.text.problems import quoted

_ACTS = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|\[(?=\^|[^\[\]]*\][\[(:])|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
"""What would act in running text, and was typed as it is."""

_ENTITIES = {"<": "&lt;", "&": "&amp;", ":": "&#58;"}
_AT_START = re.compile(r"^(?:([#>])|([-+:])(?=[ \t])|(-)(?=[- ]*$)|([0-9]+)([.])(?=[ \t]))")
"""What would begin a heading, a quotation, an item, a definition or a rule."""

_BLANKS = re.compile(r"[ \t\r\n]+")
_DEEPEST_HEADING = 3
_MARKS = {"strong": "**", "em": "*"}
_NOTE = re.compile(r"#(?P<id>(?:foot|end)note-[\w-]+)")
_LISTS = frozenset({"ul", "ol"})
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def read_word_html(html: str) -> tuple[str, list[str]]:
    """Markdown, and messages about what was left out of it.

    Headings 1 begin a line with "# ". A note stands below what cites it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(f"<body>{html}</body>".encode(), parser)
    writer = _Writer(root)
    markdown = "\n\n".join(writer.blocks_with_notes(root))
    return f"{markdown}\n" if markdown else "", writer.left_out


class _Writer:
    """Writes elements as Markdown, and remembers what it left out, and what notes were cited."""

    def __init__(self, root: Element) -> None:
        self.left_out: list[str] = []
        self._pictures = 0
        self._notes: dict[str, Element] = {}
        self._numbers: dict[str, int] = {}
        self._cited: list[str] = []
        self._titles = {element for element in root if _is_title(element)}
        begin = [element for element in root if element.tag == "h1" and not _is_title(element)]
        for title in self._titles if begin else ():
            following = title.getnext()
            if following is None or following.tag == "h1":
                self._titles = self._titles - {title}
        for item in root.iter("li"):
            if _NOTE.fullmatch(f"#{item.get('id', '')}"):
                self._notes[item.get("id", "")] = item

    def blocks_with_notes(self, root: Element) -> Iterator[str]:
        for child in root:
            if child.tag in _LISTS and any(item.get("id") in self._notes for item in child):
                continue
            yield from self._blocks(child)
            while self._cited:
                note = self._cited.pop(0)
                blocks = [block for each in self._notes[note] for block in self._blocks(each)]
                text = "\n\n".join(blocks).replace("\n", "\n    ").replace("\n    \n", "\n\n")
                yield f"[^{self._numbers[note]}]: {text}"

    def _blocks(self, element: Element) -> Iterator[str]:
        tag = str(element.tag)
        if heading := re.fullmatch("h([1-6])", tag):
            yield from self._heading(element, int(heading[1]))
        elif tag == "p":
            if text := self._inline(element).strip(" \n"):
                yield _begun(text)
        elif tag in _LISTS:
            if items := self._list(element):
                yield items
        elif tag == "blockquote":
            blocks = "\n\n".join(block for child in element for block in self._blocks(child))
            yield re.sub("(?m)^", "> ", blocks).replace("> \n", ">\n")
        elif tag == "table":
            yield from self._table(element)
        else:
            for child in element:
                yield from self._blocks(child)

    def _heading(self, element: Element, level: int) -> Iterator[str]:
        words = self._inline(element, frozenset(_MARKS)).replace("  \n", " ").strip(" \n")
        if not words:
            return
        if _is_title(element) and element not in self._titles:
            self.left_out.append(
                f"the title {quoted(words)} was left out: a section begins at a heading 1"
            )
            return
        if level > _DEEPEST_HEADING:
            self.left_out.append(
                f"{quoted(words)}: a heading of level {level} was made one of level"
                f" {_DEEPEST_HEADING}, the lowest of a section"
            )
        yield f"{'#' * min(level, _DEEPEST_HEADING)} {words}"

    def _list(self, element: Element) -> str:
        lines = []
        for number, item in enumerate(element, 1):
            mark = f"{number}. " if element.tag == "ol" else "- "
            words = self._inline(item).strip(" \n").replace("  \n", " ")
            inner = [self._list(child) for child in item if child.tag in _LISTS]
            lines.append(f"{mark}{_begun(words)}".rstrip(" "))
            lines += [re.sub("(?m)^", "    ", each) for each in inner if each]
        return "\n".join(lines)

    def _table(self, element: Element) -> Iterator[str]:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        rows = [row for row in rows if row and next(row[0].iterancestors("table")) is element]
        if max(map(len, rows), default=0) < 2:
            # A frame around text rather than a table.
            for row in rows:
                for child in row[0]:
                    yield from self._blocks(child)
            return
        if any(cell.get("rowspan") or cell.get("colspan") for row in rows for cell in row):
            first = quoted(self._cell(rows[0][0]))
            self.left_out.append(f"the table that begins with {first} has merged cells; look at it")
        written = list(_squared([[(cell, self._cell(cell)) for cell in row] for row in rows]))
        head, *others = [f"| {' | '.join(cells)} |" for cells in written]
        yield "\n".join([head, "|" + "---|" * len(written[0]), *others])

    def _cell(self, cell: Element) -> str:
        blocks = [self._inline(child) for child in cell if child.tag not in ("table", *_LISTS)]
        blocks += [
            self._inline(p) for child in cell for p in child.iter("p", "li") if p is not child
        ]
        words = " ".join(block.replace("  \n", " ").strip(" \n") for block in blocks)
        return words.strip().replace("|", "\\|")

    def _inline(self, element: Element, inside: frozenset[str] = frozenset()) -> str:
        """The words of an element with its emphasis, links and notes; of `inside`, no emphasis."""
        parts = [_escaped(element.text or "")]
        for child in element:
            parts += (self._part(child, inside), _escaped(child.tail or ""))
        return "".join(parts)

    def _part(self, child: Element, inside: frozenset[str]) -> str:
        tag = str(child.tag)
        if tag == "br":
            return "  \n"
        if tag == "img":
            self._pictures += 1
            what = quoted(alt) if (alt := child.get("alt", "").strip()) else f"no. {self._pictures}"
            self.left_out.append(
                f"the picture {what} was left out; put its file in pictures/, describe it in"
                ' pictures.yml, and write "![](picture:ID)" on a line of its own'
            )
            return ""
        if tag in _LISTS or tag == "table":
            return ""
        if tag == "a":
            return self._link(child, inside)
        words = self._inline(child, inside | {tag})
        if tag == "sup" and not words.startswith("[^"):
            return words.translate(_RAISED) if re.fullmatch(r"[0-9+-]+", words) else words
        if tag == "sub":
            return words.translate(_LOWERED) if re.fullmatch(r"[0-9+-]+", words) else words
        if tag not in _MARKS or tag in inside:
            return words
        bare = words.strip(" \n")
        if not bare:
            return words
        start = words.index(bare)
        mark = _MARKS[tag]
        return f"{words[:start]}{mark}{bare}{mark}{words[start + len(bare) :]}"

    def _link(self, link: Element, inside: frozenset[str]) -> str:
        address = link.get("href", "")
        if note := _NOTE.fullmatch(address):
            if note["id"] not in self._notes:
                return ""
            if note["id"] not in self._numbers:
                self._numbers[note["id"]] = len(self._numbers) + 1
                self._cited.append(note["id"])
            return f"[^{self._numbers[note['id']]}]"
        if re.match("#(?:foot|end)note-ref-", address):
            return ""  # the arrow back, which the page makes too
        words = self._inline(link, inside)
        if not words.strip() or not address or address.startswith("#"):
            return words
        if not re.match(r"(?i)https?://|mailto:", address):
            self.left_out.append(f"the link to {quoted(address)} was left out; its words stayed")
            return words
        address = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        return f"[{words}]({address})"


def _is_title(element: Element) -> bool:
    """Whether it is the title of the whole document, which begins a section as a heading 1 does.

    Where a heading 1 follows at once, there is nothing for it to begin.
    """
    return element.tag == "h1" and "title" in element.get("class", "")


def _squared(rows: list[list[tuple[Element, str]]]) -> Iterator[list[str]]:
    """The rows of a table, each with as many cells; what a merged cell covers is empty."""
    covered: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell, words in row:
            while (number, column) in covered:
                column += 1
            across, down = (min(int(cell.get(key, "1")), 100) for key in ("colspan", "rowspan"))
            for line in range(number, min(number + down, len(rows))):
                for place in range(column, column + across):
                    covered[line, place] = ""
            covered[number, column] = words
            column += across
    width = max(column for _, column in covered) + 1
    for number in range(len(rows)):
        yield [covered.get((number, column), "") for column in range(width)]


def _escaped(text: str) -> str:
    text = _BLANKS.sub(" ", text)
    return _ACTS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)


def _begun(text: str) -> str:
    """A block's text, whose first characters begin nothing else than a paragraph."""

    def act(found: re.Match[str]) -> str:
        if found[5]:
            return f"{found[4]}\\."
        sign = found[1] or found[2] or found[3]
        return _ENTITIES.get(sign, f"\\{sign}")

    return "\n".join(_AT_START.sub(act, line) for line in text.split("\n"))
