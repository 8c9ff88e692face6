"""Baselines as files: what is read, written, and joined after a merge."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.baselines import (
    Baseline,
    BaselineUnit,
    baseline_text,
    free_id,
    read_baseline,
    settled,
    unit_id,
)
from reperes.model.documents import Folder
from reperes.text.blocks import read_blocks
from reperes.text.characters import hidden_characters
from reperes.text.folding import normalised
from reperes.text.problems import ContentError, Place, Text


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Folder]:
    root = tmp_path_factory.mktemp("content")
    path = root / "translations" / "en" / "talks.po"
    path.parent.mkdir(parents=True)

    def write(text: str) -> Folder:
        path.write_bytes(text.encode())
        return Folder(root)

    return write


def id_of(text: str) -> str:
    return unit_id(read_blocks(Text(text, Place("")))[0])


def units_of(text: str, keep: Callable[[str], Folder]) -> tuple[BaselineUnit, ...]:
    baseline = read_baseline(keep(text), "en", "talks")
    assert baseline is not None
    return baseline.units


AWKWARD = [
    'He said "no".',
    "C:\\new\\table \\\\ \\",
    "a\tb",
    "two\nlines\n",
    "\n",
    "windows\r\nlines",
    "#~ looks obsolete",
    '#, fuzzy\nmsgid "x"',
    "<<<<<<< HEAD",
    "𝔘𝔫𝔦 🕊 é\u0301",
    "\u00a0\u202f\u2019",
    "x" * 500,
    "%s {{ a }} {#b}",
    "",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back_as_they_were(keep: Callable[[str], Folder], text: str) -> None:
    units = (BaselineUnit("a", text or "x", text), BaselineUnit("b", "after", "après"))
    assert units_of(baseline_text("en", "fr", units), keep) == units


SEPARATORS = "\x1c\x1d\x1e\x85\u2028\u2029"
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs", "Cn"], exclude_characters=SEPARATORS)
    | st.sampled_from("\t\n\r")
).filter(lambda text: not any(hidden_characters(text.replace("\r", "\n"))))
UNITS = st.builds(
    BaselineUnit,
    id=st.from_regex(r"[a-z]{1,8}(/[a-z_]{1,8}){0,2}", fullmatch=True),
    original=TEXTS.filter(bool),
    translation=TEXTS,
)


@given(st.lists(UNITS, max_size=5, unique_by=lambda unit: unit.id).map(tuple))
def test_any_texts_come_back(
    keep: Callable[[str], Folder], units: tuple[BaselineUnit, ...]
) -> None:
    assert units_of(baseline_text("en", "fr", units), keep) == units


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_rare_separator_breaks_no_baseline(keep: Callable[[str], Folder], separator: str) -> None:
    text = f"before{separator}after"
    (unit,) = units_of(baseline_text("en", "fr", [BaselineUnit("a", text, text)]), keep)
    assert unit == BaselineUnit("a", "before after", "before after")
    assert normalised(unit.original) == normalised(text)


def test_a_baseline_is_the_same_bytes_each_time() -> None:
    units = [BaselineUnit("title", "a", "b"), BaselineUnit("c", "d", "e", after="c")]
    assert baseline_text("en", "fr", units) == baseline_text("en", "fr", units)


def test_a_baseline_names_its_languages() -> None:
    text = baseline_text("en", "fr", [])
    assert '"Language: en\\n"' in text
    assert '"X-Source-Language: fr\\n"' in text


def test_entries_that_a_tool_marked_obsolete_are_left_out(keep: Callable[[str], Folder]) -> None:
    kept = baseline_text("en", "fr", [BaselineUnit("a", "b", "c")])
    found = units_of(f'{kept}\n#~ msgctxt "d"\n#~ msgid "old"\n#~ msgstr "ancien"\n', keep)
    assert found == (BaselineUnit("a", "b", "c"),)


def test_a_baseline_that_a_tool_wrapped_reads_the_same(keep: Callable[[str], Folder]) -> None:
    wrapped = '#: talks.md:3\nmsgctxt "a"\nmsgid ""\n"one "\n"two"\nmsgstr ""\n"un "\n"deux"\n'
    assert units_of(wrapped, keep) == (BaselineUnit("a", "one two", "un deux"),)


def test_no_baseline_is_none(tmp_path: Path) -> None:
    assert read_baseline(Folder(tmp_path), "en", "talks") is None


def refused(text: str, keep: Callable[[str], Folder]) -> str:
    folder = keep(text)
    with pytest.raises(ContentError) as caught:
        read_baseline(folder, "en", "talks")
    (problem,) = caught.value.problems
    assert problem.place.path == folder.path("translations/en/talks.po")
    return f"{problem.place.line}: {problem.message}"


NOT_VALID = '{}: not a valid PO file, from "{}" on; mend it, or bring back its last version'
CONFLICT = "{}: a merge left both sides of a change here; {}"
TWICE = '{}: "{}" stands twice (first on line {}); {}'
SETTLE = "run `reperes settle en/talks`"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing of the kind", NOT_VALID.format(1, "nothing of the kind")),
        ('msgstr "b"\n', NOT_VALID.format(1, 'msgstr "b"')),
        (
            'msgid "a"\nmsgstr "b"\n\n<<<<<<< HEAD\nmsgid "c"\n',
            NOT_VALID.format(4, "<<<<<<< HEAD"),
        ),
        (
            'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> theirs\n',
            CONFLICT.format(2, SETTLE),
        ),
        (
            'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n\nmsgid "a"\nmsgstr "e"\n',
            TWICE.format(7, "a", 1, SETTLE),
        ),
        (
            'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "b"\n',
            TWICE.format(5, "a", 1, SETTLE),
        ),
    ],
)
def test_a_broken_baseline_is_a_problem_with_its_place(
    keep: Callable[[str], Folder], text: str, message: str
) -> None:
    assert refused(text, keep) == message


def test_the_same_text_under_two_names_is_no_doubled_one(keep: Callable[[str], Folder]) -> None:
    text = 'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "y"\nmsgid "a"\nmsgstr "b"\n'
    assert [unit.id for unit in units_of(text, keep)] == ["x", "y"]


@given(st.lists(st.sampled_from(['msgid "a"', "msgstr", '"b', "#~", "msgctxt 'x'", "é", "\\"])))
def test_no_text_raises_anything_but_our_own_error(
    keep: Callable[[str], Folder], lines: list[str]
) -> None:
    folder = keep("\n".join(lines))
    with suppress(ContentError):
        read_baseline(folder, "en", "talks")


NOTED = """# Notes of the team
#
msgid ""
msgstr ""
"Last-Translator: Ada\\n"
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: fr\\n"

# ask the desk
#. shown on the overview
#: sections/fr/talks.md:8
#, fuzzy
#| msgid "un"
msgctxt "a"
msgid "one"
msgstr "un"

msgctxt "b"
msgid "two"
msgstr "deux"

#~ msgctxt "9"
#~ msgid "gone"
#~ msgstr "parti"

"""
"""As a translator's tool leaves a baseline."""


NOTED_LINE = NOTED.splitlines().index("# ask the desk") + 1


def noted(*units: tuple[str, str, str]) -> str:
    return baseline_text("en", "fr", [BaselineUnit(*unit) for unit in units], NOTED)


def test_what_a_tool_noted_stays() -> None:
    assert noted(("a", "one", "un"), ("b", "two", "deux")) == NOTED


def test_notes_follow_a_text_that_moves() -> None:
    text = noted(("b", "two", "deux"), ("a", "one", "un"))
    assert text.index('msgid "two"') < text.index("# ask the desk") < text.index('msgid "one"')
    assert text.count("#, fuzzy") == 1


def test_notes_stay_in_the_place_of_a_text_that_changed_and_doubts_go() -> None:
    text = noted(("a", "one more", "un de plus"), ("b", "two", "deux"))
    assert "# ask the desk\n" in text
    assert "fuzzy" not in text
    assert "#|" not in text


def test_notes_of_a_text_that_is_gone_go_with_it() -> None:
    text = noted(("b", "two", "deux"))
    assert "# ask the desk" not in text
    assert '"Last-Translator: Ada\\n"' in text
    assert '#~ msgid "gone"' in text


def test_a_unit_knows_its_line(keep: Callable[[str], Folder]) -> None:
    first, second = units_of(NOTED, keep)
    assert [unit.place.line for unit in (first, second)] == [NOTED_LINE, NOTED_LINE + 9]
    assert first.comment == "ask the desk"


# Ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Ici {#here}", "#here"),
        ("Un mot.", "6ebb8e58"),
        ("Un  mot.\n", "6ebb8e58"),
        ("Un\u00a0mot.", "6ebb8e58"),
    ],
)
def test_a_text_gives_the_unit_that_holds_it_its_id(text: str, expected: str) -> None:
    assert id_of(text) == expected


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert free_id("a", ["b"]) == "a"
    assert free_id("a", ["a"]) == "a-2"
    assert free_id("a", ["a", "a-2"]) == "a-3"


UN, DEUX = id_of("Un."), id_of("Deux.")


def names(units: list[BaselineUnit]) -> list[str]:
    lines = baseline_text("en", "fr", units).splitlines()
    return [line for line in lines if line.startswith("msgctxt")]


def test_a_paragraph_that_stands_once_needs_no_name(keep: Callable[[str], Folder]) -> None:
    units = [BaselineUnit(UN, "Un.", "One."), BaselineUnit("#here", "## Ici {#here}", "## Here")]
    assert names(units) == []
    assert units_of(baseline_text("en", "fr", units), keep) == tuple(units)


def test_what_stands_twice_or_was_reworded_is_named(keep: Callable[[str], Folder]) -> None:
    units = [
        BaselineUnit("title", "Un titre", "A title"),
        BaselineUnit(UN, "Un.", "One."),
        BaselineUnit(f"{UN}-2", "Un.", "One again."),
        BaselineUnit(DEUX, "Deux ou trois.", "Two or three."),
    ]
    assert names(units) == [
        'msgctxt "title"',
        f'msgctxt "{UN}"',
        f'msgctxt "{UN}-2"',
        f'msgctxt "{DEUX}"',
    ]
    assert units_of(baseline_text("en", "fr", units), keep) == tuple(units)


def test_an_order_of_its_own_is_noted(keep: Callable[[str], Folder]) -> None:
    units = [BaselineUnit(UN, "Un.", "One.", after=DEUX), BaselineUnit(DEUX, "Deux.", "Two.")]
    text = baseline_text("en", "fr", units)
    assert f"#. The translation stands after: {DEUX}\n" in text
    assert units_of(text, keep) == tuple(units)
    # It goes when the order is that of the original, and what tools noted beside it stays.
    noted = text.replace("#. The", "#. from the desk\n#. The")
    later = baseline_text("en", "fr", [replace(unit, after="") for unit in units], noted)
    assert "stands after" not in later
    assert "#. from the desk\n" in later


OLD = (
    'msgctxt "title"\nmsgid "T"\nmsgstr "T"\n\nmsgctxt "1"\nmsgid "Un."\nmsgstr "One."\n\n'
    'msgctxt "1/old"\nmsgid "Deux."\nmsgstr "Two."\n'
)


def test_the_numbers_of_an_older_program_are_no_ids(keep: Callable[[str], Folder]) -> None:
    baseline = read_baseline(keep(OLD), "en", "talks")
    assert baseline == Baseline(
        (
            BaselineUnit("title", "T", "T"),
            BaselineUnit(UN, "Un.", "One."),
            BaselineUnit(DEUX, "Deux.", "Two."),
        ),
        knows_order=False,
    )
    assert read_baseline(keep(baseline_text("en", "fr", baseline.units)), "en", "talks") == (
        replace(baseline, knows_order=True)
    )


# After a merge


def file(*units: tuple[str, str]) -> str:
    return baseline_text("en", "fr", [BaselineUnit(id_of(a), a, b) for a, b in units])


def after_merge(text: str, *current: str) -> list[tuple[str, str]]:
    """Originals and translations; those units are current of which a text is in `current`."""
    units = settled(
        text, "f.po", lambda unit: (unit.original in current) + (unit.translation in current)
    )
    assert len({unit.id for unit in units}) == len(units)
    return [(unit.original, unit.translation) for unit in units]


ONE, TWO, THREE = ("Un.", "One."), ("Deux.", "Two."), ("Trois.", "Three.")


def conflict(ours: str, theirs: str) -> str:
    return f"<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> branch\n"


def entry(original: str, translation: str, name: str = "") -> str:
    named = f'msgctxt "{name}"\n' if name else ""
    return f'{named}msgid "{original}"\nmsgstr "{translation}"\n'


def test_a_sound_file_stays_as_it_is() -> None:
    assert after_merge(file(ONE, TWO)) == [ONE, TWO]


def test_two_branches_that_each_add_a_paragraph() -> None:
    text = f"{file(ONE)}\n{conflict(entry(*TWO), entry(*THREE))}"
    assert sorted(after_merge(text)) == sorted([ONE, TWO, THREE])
    assert after_merge(text)[0] == ONE


def test_a_paragraph_is_put_behind_the_one_that_it_follows() -> None:
    ours, theirs = entry(*ONE) + "\n" + entry(*TWO), entry(*ONE) + "\n" + entry(*THREE)
    assert after_merge(conflict(ours, f"{theirs}\n{entry(*TWO)}")) == [ONE, THREE, TWO]


@pytest.mark.parametrize(
    ("current", "kept"),
    [
        ((), ("Une fois.", "Once.")),
        (("Une fois.",), ("Une fois.", "Once.")),
        (("Deux fois.",), ("Deux fois.", "Twice.")),
        (("Une fois.", "Deux fois.", "Twice."), ("Deux fois.", "Twice.")),
    ],
)
def test_of_a_unit_that_both_sides_stamped_the_one_stays_that_is_current(
    current: tuple[str, ...], kept: tuple[str, str]
) -> None:
    text = conflict(entry("Une fois.", "Once.", UN), entry("Deux fois.", "Twice.", UN))
    assert after_merge(text, *current) == [kept]


def test_a_file_that_was_pasted_twice() -> None:
    assert after_merge(file(ONE, TWO) * 2) == [ONE, TWO]


def test_what_the_base_of_a_merge_said_is_left_out() -> None:
    text = conflict(entry(*ONE), entry(*ONE)).replace(
        "=======", f"||||||| base\n{entry(*THREE)}\n======="
    )
    assert after_merge(text) == [ONE]


def test_a_side_that_is_no_po_file_is_a_problem() -> None:
    with pytest.raises(ContentError) as caught:
        settled(conflict("nothing of the kind", entry(*ONE)), "f.po", lambda unit: 0)
    (problem,) = caught.value.problems
    assert problem.message == 'not a valid PO file, from "nothing of the kind" on; mend it'


@given(
    st.lists(st.sampled_from([ONE, TWO, THREE]), unique=True),
    st.lists(st.sampled_from([ONE, TWO, THREE]), unique=True),
)
def test_nothing_of_either_side_is_lost(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    text = conflict(*("\n".join(entry(*unit) for unit in side) for side in (ours, theirs)))
    assert sorted(after_merge(text)) == sorted({*ours, *theirs})
