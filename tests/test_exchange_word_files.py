from __future__ import annotations

import re
import struct
import sys
import zipfile
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from reperes.exchange import word_files
from reperes.exchange.word_files import read_docx
from reperes.exchange.word_markdown import read_word_html
from reperes.text.folding import folded
from reperes.text.problems import ContentError
from support import examples
from support_word import (
    W,
    heading,
    link,
    note,
    paragraph,
    parts_of,
    picture,
    run,
    table,
    write_docx,
    write_parts,
)

BOLD, ITALIC = "<w:b/>", "<w:i/>"
RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PUT_IT = (
    "was left out; put its file in pictures/, describe it in pictures.yml,"
    ' and write "![](picture:ID)" on a line of its own'
)


def markdown(path: Path, *blocks: str, notes: Mapping[int, str] | None = None) -> str:
    word = read_docx(write_docx(path / "draft.docx", *blocks, notes=notes))
    assert word.notices == ()
    return word.markdown.removesuffix("\n")


def notices(path: Path, *blocks: str) -> list[str]:
    return [each.message for each in read_docx(write_docx(path / "draft.docx", *blocks)).notices]


def refusal(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_docx(path)
    (problem,) = error.value.problems
    assert problem.is_error
    assert problem.place.path.startswith(str(path))
    return problem.message


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([heading("Le bac")], "# Le bac"),
        ([heading("Sous", 2), heading("Plus bas", 3)], "## Sous\n\n### Plus bas"),
        ([paragraph("Titre", style="Titre")], "# Titre"),
        ([paragraph("Titre", style="Titre"), paragraph("A"), heading("B")], "# Titre\n\nA\n\n# B"),
        ([paragraph("Un.", run(" Deux ", BOLD), "trois.")], "Un. **Deux** trois."),
        ([paragraph(run("a", BOLD + ITALIC), run(" ", BOLD))], "***a***"),
        ([paragraph(run("Le bac", BOLD), style="Titre1")], "# Le bac"),
        ([paragraph("un", item="1"), paragraph("deux", item="1")], "- un\n- deux"),
        ([paragraph("un", item="2"), paragraph("deux", item="2")], "1. un\n2. deux"),
        ([paragraph("un", item="1"), paragraph("a", item="2", level=1)], "- un\n    1. a"),
        ([paragraph("Dit-il.", style="Citation")] * 2, "> Dit-il.\n>\n> Dit-il."),
        ([paragraph("Voir ", link("ici", "web"), ".")], "Voir [ici](https://example.org/a%20%28b%29)."),
        ([table(("a|b", "c"), ("", "d"))], "| a\\|b | c |\n|---|---|\n|  | d |"),
        ([table(("un cadre",))], "un cadre"),
        ([paragraph("le 1", run("er", RAISED), ", 3 m", run("2", RAISED))], "le 1er, 3 m²"),
        ([paragraph("CO", run("2", LOWERED))], "CO₂"),
        ([paragraph("a", "<w:r><w:br/></w:r>", "b")], "a  \nb"),
        ([paragraph("Sommaire", style="TM1"), paragraph("Texte")], "Texte"),
        ([paragraph("")], ""),
    ],
)  # fmt: skip
def test_each_part_of_a_document_becomes_markdown(
    tmp_path: Path, blocks: list[str], expected: str
) -> None:
    assert markdown(tmp_path, *blocks) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("*a* `b` \\", "\\*a\\* \\`b\\` \\\\"),
        ("_a_ snake_case", "\\_a\\_ snake_case"),
        ("[a](b) […] [^1]", "\\[a](b) […] \\[^1]"),
        ("a < b, <b>, &amp; & co", "a < b, &lt;b>, &amp;amp; & co"),
        ("# non", "\\# non"),
        ("- non", "\\- non"),
        ("12. non", "12\\. non"),
        ("> non", "\\> non"),
        (": non", "&#58; non"),
        ("---", "\\---"),
        ("l’île\u00a0: « non\u202f»", "l’île\u00a0: « non\u202f»"),
        ("{{ displaced }}", "{{ displaced }}"),
    ],
)
def test_what_was_typed_is_shown_as_typed(tmp_path: Path, typed: str, expected: str) -> None:
    assert markdown(tmp_path, paragraph(typed)) == expected


def test_a_note_stands_below_what_cites_it(tmp_path: Path) -> None:
    blocks = paragraph("Un", note(4), "."), paragraph("Deux", note(2), note(4), ".")
    assert markdown(tmp_path, *blocks, notes={2: "La 2.", 4: "La 4."}) == (
        "Un[^1].\n\n[^1]: La 4.\n\nDeux[^2][^1].\n\n[^2]: La 2."
    )


def test_merged_cells_are_empty_but_for_the_first_and_told(tmp_path: Path) -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("large") + "</w:tc>"
    rows = "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in "ab")
    merged = f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{rows}</w:tr></w:tbl>"
    word = read_docx(write_docx(tmp_path / "draft.docx", merged))
    assert word.markdown == "| large |  |\n|---|---|\n| a | b |\n"
    assert [each.message for each in word.notices] == [
        'the table that begins with "large" has merged cells; look at it'
    ]


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    changed = (
        '<w:p><w:ins w:id="1"><w:r><w:t>venu</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>parti</w:delText></w:r></w:del></w:p>'
    )
    comment = '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    formula = (
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/></w:p>'
    )
    blocks = [
        paragraph("Le dossier", style="Titre"),
        heading("Un"),
        heading("Trop bas", 4),
        paragraph(link("là", "file"), picture("Le quai"), picture("")),
        changed,
        comment,
        formula,
    ]
    assert notices(tmp_path, *blocks) == [
        "2 tracked changes taken as accepted; look at them",
        "1 comment left out",
        f"what <{{{MATH}}}oMath> holds was left out; type it anew",
        'the title "Le dossier" was left out: a section begins at a heading 1',
        '"Trop bas": a heading of level 4 was made one of level 3, the lowest of a section',
        'the link to "file:///C:/a.txt" was left out; its words stayed',
        f'the picture "Le quai" {PUT_IT}',
        f"the picture no. 2 {PUT_IT}",
    ]
    assert "venu" in read_docx(tmp_path / "draft.docx").markdown
    assert "parti" not in read_docx(tmp_path / "draft.docx").markdown


def test_macros_are_not_read(tmp_path: Path) -> None:
    parts = {**parts_of(paragraph("Texte")), "word/vbaProject.bin": b"Sub AutoOpen()"}
    word = read_docx(write_parts(tmp_path / "draft.docm", parts))
    assert word.markdown == "Texte\n"
    assert [each.message for each in word.notices] == [
        "holds macros (vbaProject.bin); its text was read, and they were not"
    ]


SAVE_AS = "open it in a word processor, and save it as .docx"
OLD = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; save the document again"),
        (OLD, f"is an old Word file (.doc); {SAVE_AS}"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "is encrypted; save it without a password"),
        (b"{\\rtf1", f"is an RTF file; {SAVE_AS}"),
        (
            b"Un texte.",
            f"is no Word document, which is a ZIP file; {SAVE_AS}",
        ),
        (
            b"PK\x03\x04 et rien",
            "is a broken ZIP file (File is not a zip file); save the document again",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(data)
    assert refusal(path) == message


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.docx") == "cannot be read: No such file or directory"
    (tmp_path / "folder.docx").mkdir()
    assert refusal(tmp_path / "folder.docx") == "cannot be read: it is no file; name one"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"a.txt": "a"},
            f"is a ZIP file without a Word document in it; {SAVE_AS}",
        ),
        (
            {"mimetype": "x", "content.xml": "<x/>"},
            f"is an OpenDocument file; {SAVE_AS}",
        ),
        (
            {"word/document.xml": " " * 2_000_000},
            (
                f"word/document.xml would unpack to more than 200 times its size; {SAVE_AS},"
                " without what is no text"
            ),
        ),
        (
            {f"word/{n}/x": "" for n in range(5_000)} | {"word/document.xml": "<x/>"},
            "has 5001 parts; 5000 are the most",
        ),
        (
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            "declares a document type (<!DOCTYPE …>), which no tool needs; remove it",
        ),
        (
            {"word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'},
            "declares a document type (<!DOCTYPE …>), which no tool needs; remove it",
        ),
        (
            {"word/document.xml": "<a>"},
            "not valid XML: Premature end of data in tag a line 1; export anew, or mend it here",
        ),
    ],
)
def test_an_archive_that_is_no_safe_document_is_refused(
    tmp_path: Path, parts: dict[str, str], message: str
) -> None:
    assert refusal(write_parts(tmp_path / "draft.docx", parts)) == message


def test_a_document_without_what_word_writes_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "draft.docx", {"word/document.xml": "<a/>"})
    assert refusal(path).startswith("is no whole Word document (")


def test_more_text_than_a_book_has_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_files, "MAX_XML", 1_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    path = write_docx(tmp_path / "draft.docx", paragraph("a"))
    assert refusal(path).endswith(f"; {SAVE_AS}, without what is no text")


def test_a_part_that_declares_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "draft.docx", *[paragraph("a")] * 100)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo("word/document.xml").file_size
    path.write_bytes(bytes(data).replace(struct.pack("<L", size), struct.pack("<L", 10)))
    assert refusal(path) == (
        "is a broken ZIP file (Bad CRC-32 for file 'word/document.xml'); save the document again"
    )


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "draft.docx", paragraph("a"))
    data = bytearray(path.read_bytes())
    for start in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[start + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "is encrypted; save it without a password"


def test_text_nested_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + paragraph("a") + "</w:sdtContent></w:sdt>" * 200
    path = write_docx(tmp_path / "draft.docx", deep)
    assert refusal(path).startswith("not valid XML: Excessive depth in document: 256")


def test_without_mammoth_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    path = write_docx(tmp_path / "draft.docx", paragraph("a"))
    assert refusal(path) == "reading a .docx needs mammoth, which `make site` installs"


def test_an_old_namespace_is_read_alike(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {k: v.replace(W, strict) for k, v in parts_of(heading("Le bac")).items()}
    assert read_docx(write_parts(tmp_path / "draft.docx", parts)).markdown == "# Le bac\n"


_PIECES = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~~~",
        "[a](b)",
        "[x]: y",
        "[^1]",
        "![a](b)",
        "#",
        "- ",
        "1. ",
        "> ",
        "<b>",
        "<https://a.fr>",
        "&amp;",
        "&",
        "\\",
        ": ",
        "---",
        "| a |",
        "=",
        "+ ",
        "mot",
        "é",
        "«\xa0",
        "  ",
        "12",
        " ",
    ]
)
_ENGINE = ["attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables", "toc"]


@examples(150)
@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join))
def test_a_page_shows_what_was_typed_whatever_that_is(typed: str) -> None:
    text, _ = read_word_html(f"<p>{escape(typed)}</p>")
    shown = unescape(re.sub("<[^>]+>", "", Markdown(extensions=_ENGINE).convert(text)))
    assert folded(shown) == folded(typed)
