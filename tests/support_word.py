"""Word documents that tests make: a ZIP of a few parts, with no more in them than a test needs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:wp="{WP}" xmlns:pic="{PIC}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_STYLES = {
    "Titre": "Title",
    "Titre1": "heading 1",
    "Titre2": "heading 2",
    "Titre3": "heading 3",
    "Titre4": "heading 4",
    "Citation": "Quote",
    "TM1": "toc 1",
}
"""Ids of styles as a French Word writes them, and their names, which are always English."""


def run(text: str, properties: str = "") -> str:
    """Some words; `properties` are those of the run ("<w:b/>")."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", item: str = "", level: int = 0) -> str:
    """A paragraph of runs, or of words; `item` is "1" for bullets and "2" for numbers."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    styled = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{item}"/></w:numPr>'
    return f"<w:p><w:pPr>{styled}{numbered if item else ''}</w:pPr>{inner}</w:p>"


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, style=f"Titre{level}")


def table(*rows: tuple[str, ...]) -> str:
    cells = (("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def link(text: str, relation: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def picture(description: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr={quoteattr(description)}/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="image"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def xml(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'


def parts_of(*blocks: str, notes: Mapping[int, str] | None = None) -> dict[str, str]:
    """The parts of a document with these blocks; `notes` are its footnotes by number."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    levels = {
        number: "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(5)
        )
        for number, kind in enumerate(("bullet", "decimal"), 1)
    }
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{each}</w:abstractNum>' for n, each in levels.items()
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels)
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in (notes or {}).items()
    )
    kind = f'<Relationship Type="{R}/'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'{kind}officeDocument" Id="rId1" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'{kind}styles" Id="styles" Target="styles.xml"/>'
        f'{kind}numbering" Id="numbering" Target="numbering.xml"/>'
        f'{kind}footnotes" Id="footnotes" Target="footnotes.xml"/>'
        f'{kind}image" Id="image" Target="media/image1.png"/>'
        f'{kind}hyperlink" Id="web" TargetMode="External" Target="https://example.org/a (b)"/>'
        f'{kind}hyperlink" Id="file" TargetMode="External" Target="file:///C:/a.txt"/>'
        "</Relationships>",
        "word/styles.xml": xml("styles", styles),
        "word/numbering.xml": xml("numbering", numbering),
        "word/footnotes.xml": xml("footnotes", footnotes),
        "word/document.xml": xml("document", f"<w:body>{''.join(blocks)}</w:body>"),
    }


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def write_docx(path: Path, *blocks: str, notes: Mapping[int, str] | None = None) -> Path:
    return write_parts(path, parts_of(*blocks, notes=notes))
