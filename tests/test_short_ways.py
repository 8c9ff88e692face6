"""What is read on a short way says what the long way says, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model import baselines, references, yaml_values
from reperes.model.references import marks_in
from reperes.rules import markdown
from reperes.rules.passages import visible_words
from reperes.text.blocks import all_blocks, is_surely_one_block, read_blocks
from reperes.text.problems import ContentError, Place, Text
from support import examples, text

LINES = st.lists(
    st.sampled_from(
        [
            *("Des mots.", "un {{ fact }} là", "[un](term:bac)", "- a", "- b", "1. un", "2. deux"),
            *("| a | b |", "| --- | ---: |", "| {{ x }} | - |", "| 1) a | b |", "a | b", "> dit"),
            *("> {{ q }}", "## Un {#un}", "### Deux", "---", "===", ": dit", "    code", "* c"),
            *("", "", "", "[^1]: note", "[un", "deux](term:bac)", "`a", "b`", "!{{ x }}", "{{ x"),
            *("www.exemple.org", "[x]: /u", "![](picture:quai)", "• a", "2) b", "a\\", "> - a"),
        ]
    ),
    max_size=12,
)
"""Lines of sections, sound and otherwise."""


@given(LINES)
@examples(300)
def test_the_marks_and_words_of_a_block_are_its_own(lines: list[str]) -> None:
    body = text("\n".join(lines))
    for block in all_blocks(read_blocks(body)):
        alone = Text(str(block.text), block.text.place)
        assert list(marks_in(block.text)) == list(marks_in(alone))
        assert visible_words(block.text) == visible_words(alone)


@given(LINES)
@examples(300)
def test_what_is_surely_one_block_is_one(lines: list[str]) -> None:
    typed = "\n".join(line for line in lines if line)
    if is_surely_one_block(typed):
        assert [block.text for block in read_blocks(text(typed))] == [typed]
        assert all(block.kind != "heading" for block in read_blocks(text(typed)))


@given(LINES)
@examples(300)
def test_a_unit_is_called_by_its_first_block(lines: list[str]) -> None:
    typed = "\n".join(lines).strip("\n")
    blocks = read_blocks(text(typed))
    assert not blocks or baselines._own_id(typed) == baselines.unit_id(blocks[0])


@given(LINES)
@examples(300)
def test_links_are_found_by_their_ends(lines: list[str]) -> None:
    typed = "\n".join(lines)
    found = [match.span() for match in references._typed_links(typed)]
    assert found == [match.span() for match in references._LINK.finditer(typed)]


@given(LINES)
@examples(200)
def test_what_is_not_worth_reading_has_no_faults(lines: list[str]) -> None:
    typed = "\n\n".join("\n".join(lines).split("\n\n"))
    quick = list(markdown.check_text(text(typed)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_SIGNS_WORTH_READING", ("",))
        assert list(markdown.check_text(text(typed))) == quick


STRINGS = st.sampled_from(
    [
        *("", "un", "é «\u00a0mot\u00a0»", 'a \\"b\\"', "c\\\\", "d\\n", "\\t", "\\q"),
        *('x"y', "\u2028", "#"),
    ]
)
PO_LINES = st.lists(
    st.one_of(
        st.builds("{} {}".format, st.sampled_from(["msgid", "msgstr", "msgctxt"]), STRINGS),
        st.builds('{} "{}"'.format, st.sampled_from(["msgid", "msgstr", "msgctxt"]), STRINGS),
        st.builds('"{}"'.format, STRINGS),
        st.sampled_from(["", "", "#. said", "# said", "#~ msgid", " ", "\ufeff"]),
    ),
    max_size=8,
)
ENTRIES = st.lists(
    st.builds(
        '{}msgid "{}"\nmsgstr "{}"\n'.format,
        st.sampled_from(["", "", 'msgctxt "title"\n', "# said\n", "\n"]),
        STRINGS,
        STRINGS,
    ),
    max_size=4,
)
HEADER = '#\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'


@given(st.one_of(PO_LINES.map("\n".join), ENTRIES.map("\n".join)), st.sampled_from(["\n", ""]))
@examples(400)
def test_a_plain_po_file_says_what_polib_reads_in_it(entries: str, between: str) -> None:
    typed = f"{HEADER}{between}{entries}"
    plain = baselines._plain_entries(f"{typed}\n")
    if plain is not None:
        known = [
            (entry.msgctxt, entry.msgid, entry.msgstr, entry.linenum, entry.comment, entry.tcomment)
            for entry in baselines._parsed(typed)
            if entry.msgid
        ]
        assert [tuple(entry) for entry in plain if entry.msgid] == known


def test_what_is_written_is_plain() -> None:
    units = [
        baselines.BaselineUnit("title", "Un\ttitre \\ « cité »", 'A "title"'),
        baselines.BaselineUnit("0a1b2c3d", "- un\n- deux", "- one\n- two"),
    ]
    typed = baselines.baseline_text("en", "fr", units)
    plain = baselines._plain_entries(typed)
    assert plain is not None
    assert [(entry.msgid, entry.msgstr) for entry in plain] == [
        (unit.original, unit.translation) for unit in units
    ]


TABLES = st.lists(
    st.one_of(
        st.builds(
            '{}: "{}"'.format,
            st.sampled_from(["title", "id", "summary", "null", "~", "A"]),
            st.sampled_from(["", "un", "é: «\u00a0x» # y", "a'b", "\\n", "\t", 'x" #', "  a  "]),
        ),
        st.sampled_from(["", "", "# said", "id: un", "  a: b", "---", "- a", '"a": "b"']),
    ),
    max_size=5,
).map("\n".join)


@given(TABLES)
@examples(400)
def test_a_plain_table_is_what_yaml_reads(typed: str) -> None:
    def places(table: yaml_values.Table) -> list[object]:
        return [
            (key, key.place, value, value.place, value.exact)
            for key, value in table.entries.items()
            if isinstance(value, Text)
        ]

    plain = yaml_values._plain_table(typed, "f")
    if plain is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_values, "_plain_table", lambda *_: None)
            try:
                known = yaml_values.parse_yaml(typed, "f")
            except ContentError as error:
                raise AssertionError(error) from error
        assert (plain.place, plain.empty) == (known.place, known.empty)
        assert places(plain) == places(known)
        assert plain.place == Place("f", plain.place.line)
