from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from build_tools.alignment import section_units
from hypothesis import given
from hypothesis import strategies as st
from support_commands import explainer_of, write_content

from build_tools.characters import hidden_characters
from build_tools.documents import Folder
from build_tools.facts import Section
from build_tools.problems import ContentError, Place, Text
from build_tools.translations import (
    Age,
    BaselineUnit,
    baseline_text,
    normalised,
    read_baseline,
    runs,
    section_age,
    section_blocks,
    section_code,
    stale_texts,
)

TITLE, SUMMARY = "Le titre", "Le résumé."
BODY = "Premier {{ deaths }} mot.\n\n## Titre {#here}\n\nDeuxième l’alinéa : voilà.\n"


def section(
    body: str = BODY,
    title: str = TITLE,
    summary: str = SUMMARY,
    language: str = "fr",
    reviewed: str | None = None,
) -> Section:
    def text(value: str) -> Text:
        return Text(value, Place("talks.md"))

    return Section(
        id=text("talks"),
        language=language,
        path="talks.md",
        title=text(title),
        summary=text(summary),
        body=text(body),
        original=text("fr") if language == "en" else None,
        reviewed=text(reviewed) if reviewed else None,
    )


TRANSLATION = section("First.\n\n## Title {#here}\n\nSecond.\n", "Title", "Summary.", "en")
BASELINE = tuple(section_units(section(), TRANSLATION))


def age_of(original: Section) -> Age:
    return section_age(original, TRANSLATION, BASELINE)


def test_blocks_are_title_summary_and_paragraphs() -> None:
    blocks = [(block.name, str(block.text)) for block in section_blocks(section())]
    assert blocks == [
        ("title", TITLE),
        ("summary", SUMMARY),
        ("1", "Premier {{ deaths }} mot."),
        ("2", "## Titre {#here}"),
        ("3", "Deuxième l’alinéa : voilà."),
    ]


def test_what_was_stamped_is_fresh() -> None:
    assert age_of(section()) == Age("fresh")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("l’alinéa", "l'alinéa"),
        ("alinéa : voilà", "alinéa\u00a0: voilà"),
        ("alinéa : voilà", "alinéa\u202f: voilà"),
        ("alinéa : voilà", "alinéa\n: voilà"),
        ("{{ deaths }}", "{{deaths}}"),
        ("{{ deaths }}", "{{\u00a0deaths  }}"),
        ("Deuxième", "Deuxie\u0300me"),
        ("\n\n## ", "\n\n\n\n## "),
    ],
)
def test_what_changes_no_meaning_makes_nothing_stale(old: str, new: str) -> None:
    assert old in BODY
    assert age_of(section(BODY.replace(old, new))) == Age("fresh")


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("Premier", "Dernier", 1),
        ("{{ deaths }}", "{{ deaths.words }}", 1),
        ("{{ deaths }}", "{{ wounded }}", 1),
        ("{#here}", "{#there}", 2),
        ("alinéa", "Alinéa", 3),
    ],
)
def test_a_reworded_block_is_stale_and_no_other(old: str, new: str, stale: int) -> None:
    assert age_of(section(BODY.replace(old, new))) == Age("stale", (stale,))


FIRST, HEADING, SECOND = BODY.rstrip("\n").split("\n\n")


@pytest.mark.parametrize(
    ("body", "age"),
    [
        pytest.param(f"{SECOND}\n\n{FIRST}\n\n{HEADING}\n", Age("fresh"), id="moved"),
        pytest.param(f"{FIRST}\n\n{SECOND}\n", Age("stale", (), 1), id="removed"),
        pytest.param(f"{FIRST}\n", Age("stale", (), 2), id="two removed"),
        pytest.param(f"{BODY}\nAjouté.\n", Age("stale", (4,)), id="added"),
        pytest.param(f"Avant.\n\n{BODY}", Age("stale", (1,)), id="added first"),
        pytest.param(f"{BODY}\n{FIRST}\n", Age("stale", (4,)), id="repeated"),
        pytest.param(
            BODY.replace("{{ deaths }} mot.", "{{ deaths }}\n\nmot."),
            Age("stale", (1, 2)),
            id="split",
        ),
        pytest.param(BODY.replace("\n\n## ", "\n## "), Age("fresh"), id="heading joined"),
        pytest.param(f"{FIRST}\n{SECOND}\n\n{HEADING}\n", Age("stale", (1,), 1), id="joined"),
    ],
)
def test_blocks_that_move(body: str, age: Age) -> None:
    assert age_of(section(body)) == age


def test_a_paragraph_that_stands_twice_may_be_fresh() -> None:
    twice = section(f"{FIRST}\n\n{FIRST}\n")
    assert section_age(twice, TRANSLATION, tuple(section_units(twice, TRANSLATION))) == Age("fresh")


@pytest.mark.parametrize(
    "original",
    [section(title="Autre"), section(summary="Autre."), section(title="Autre", summary="Autre.")],
)
def test_title_and_summary_are_number_0(original: Section) -> None:
    assert age_of(original) == Age("stale", (0,))


def test_without_a_baseline_nothing_is_known() -> None:
    assert section_age(section(), TRANSLATION, None) == Age("unstamped")


def test_the_code_of_the_original_as_it_is_makes_fresh() -> None:
    original = section(BODY.replace("Premier", "Dernier"))
    reviewed = section(language="en", reviewed=section_code(original))
    assert section_age(original, reviewed, BASELINE) == Age("fresh")
    assert section_age(original, reviewed, None) == Age("fresh")


def test_the_code_of_an_earlier_original_does_not() -> None:
    reviewed = section(language="en", reviewed=section_code(section()))
    original = section(BODY.replace("Premier", "Dernier"))
    assert section_age(original, reviewed, BASELINE) == Age("stale", (1,))
    assert section_age(original, reviewed, None) == Age("stale")


def test_the_code_is_of_the_meaning() -> None:
    code = section_code(section())
    assert code == section_code(section(BODY.replace("{{ deaths }}", "{{deaths}}")))
    assert code != section_code(section(BODY.replace("Premier", "Dernier")))
    assert code != section_code(section(title="Autre"))


WORDS = st.sampled_from(["mot", "l’ONU", "{{ a }}", "{{a.on}}", "[x](term:y)", "\u00a0:", "é", '"'])
BLOCK = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BODIES = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join)


@given(BODIES, BODIES)
def test_stamping_makes_any_pair_fresh(original_body: str, translated_body: str) -> None:
    original, translation = section(original_body), section(translated_body, language="en")
    baseline = tuple(section_units(original, translation))
    assert section_age(original, translation, baseline) == Age("fresh")


@given(st.lists(BLOCK, min_size=1, max_size=6, unique_by=normalised), st.data())
def test_rewording_any_one_block_makes_that_one_stale(
    blocks: list[str], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(blocks) - 1))
    baseline = tuple(section_units(section("\n\n".join(blocks)), TRANSLATION))
    blocks[index] += " changé"
    changed = section("\n\n".join(blocks))
    assert section_age(changed, TRANSLATION, baseline) == Age("stale", (index + 1,))


def test_paragraphs_are_paired_where_there_are_as_many() -> None:
    assert [unit.translation for unit in BASELINE] == [
        "Title",
        "Summary.",
        "First.",
        "## Title {#here}",
        "Second.",
    ]


def test_paragraphs_of_another_number_are_kept_without_a_pair() -> None:
    units = section_units(section(), section("Only one.", "Title", "Summary.", "en"))
    assert [unit.translation for unit in units] == ["Title", "Summary.", "", "", ""]


# Baselines as files


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Folder]:
    root = tmp_path_factory.mktemp("content")
    path = root / "translations" / "en" / "talks.po"
    path.parent.mkdir(parents=True)

    def write(text: str) -> Folder:
        path.write_bytes(text.encode())
        return Folder(root)

    return write


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
    units = (BaselineUnit("1", text or "x", text), BaselineUnit("2", "after", "après"))
    assert read_baseline(keep(baseline_text("en", "fr", units)), "en", "talks") == units


SEPARATORS = "\x1c\x1d\x1e\x85\u2028\u2029"
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs", "Cn"], exclude_characters=SEPARATORS)
    | st.sampled_from("\t\n\r")
).filter(lambda text: not any(hidden_characters(text.replace("\r", "\n"))))
UNITS = st.builds(
    BaselineUnit,
    context=st.from_regex(r"[a-z]{1,8}(/[a-z_]{1,8}){0,2}", fullmatch=True),
    original=TEXTS.filter(bool),
    translation=TEXTS,
)


@given(st.lists(UNITS, max_size=5).map(tuple))
def test_any_texts_come_back(keep: Callable[[str], Folder], units: tuple[BaselineUnit]) -> None:
    assert read_baseline(keep(baseline_text("en", "fr", units)), "en", "talks") == units


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_rare_separator_breaks_no_baseline(keep: Callable[[str], Folder], separator: str) -> None:
    text = f"before{separator}after"
    folder = keep(baseline_text("en", "fr", [BaselineUnit("1", text, text)]))
    (unit,) = read_baseline(folder, "en", "talks") or ()
    assert unit == BaselineUnit("1", "before after", "before after")
    assert normalised(unit.original) == normalised(text)


def test_a_baseline_is_the_same_bytes_each_time() -> None:
    assert baseline_text("en", "fr", BASELINE) == baseline_text("en", "fr", BASELINE)


def test_a_baseline_names_its_languages() -> None:
    text = baseline_text("en", "fr", [])
    assert '"Language: en\\n"' in text
    assert '"X-Source-Language: fr\\n"' in text


def test_entries_that_a_tool_marked_obsolete_are_left_out(keep: Callable[[str], Folder]) -> None:
    kept = baseline_text("en", "fr", [BaselineUnit("1", "a", "b")])
    folder = keep(f'{kept}\n#~ msgctxt "2"\n#~ msgid "old"\n#~ msgstr "ancien"\n')
    assert read_baseline(folder, "en", "talks") == (BaselineUnit("1", "a", "b"),)


def test_a_baseline_that_a_tool_wrapped_reads_the_same(keep: Callable[[str], Folder]) -> None:
    wrapped = '#: talks.md:3\nmsgctxt "1"\nmsgid ""\n"one "\n"two"\nmsgstr ""\n"un "\n"deux"\n'
    assert read_baseline(keep(wrapped), "en", "talks") == (BaselineUnit("1", "one two", "un deux"),)


def test_no_baseline_is_none(tmp_path: Path) -> None:
    assert read_baseline(Folder(tmp_path), "en", "talks") is None


@pytest.mark.parametrize(
    ("text", "line", "typed"),
    [
        ("nothing of the kind", 1, "nothing of the kind"),
        ('msgid "a"\nmsgstr "b"\n\n<<<<<<< HEAD\nmsgid "c"\n', 4, "<<<<<<< HEAD"),
        ('msgid "a"\nmsgstr "b"\n=======\nmsgid "c"\n', 3, "======="),
        ('msgid "a"\nmsgstr "b"\n>>>>>>> branch\n', 3, ">>>>>>> branch"),
        ('msgstr "b"\n', 1, 'msgstr "b"'),
    ],
)
def test_a_broken_baseline_is_a_problem_with_its_place(
    keep: Callable[[str], Folder], text: str, line: int, typed: str
) -> None:
    folder = keep(text)
    with pytest.raises(ContentError) as caught:
        read_baseline(folder, "en", "talks")
    (problem,) = caught.value.problems
    assert problem.place == Place(folder.path("translations/en/talks.po"), line)
    assert problem.message == (
        f'not a valid PO file, from "{typed}" on; '
        "mend it, or delete it and run `reperes stamp en/talks`"
    )


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
msgctxt "1"
msgid "one"
msgstr "un"

msgctxt "2"
msgid "two"
msgstr "deux"

#~ msgctxt "9"
#~ msgid "gone"
#~ msgstr "parti"

"""
"""As a translator's tool leaves a baseline."""


def noted(*units: tuple[str, str, str]) -> str:
    return baseline_text("en", "fr", [BaselineUnit(*unit) for unit in units], NOTED)


def test_what_a_tool_noted_stays() -> None:
    assert noted(("1", "one", "un"), ("2", "two", "deux")) == NOTED


def test_notes_follow_a_text_that_moves() -> None:
    text = noted(("1", "two", "deux"), ("2", "one", "un"))
    assert text.index('msgid "two"') < text.index("# ask the desk") < text.index('msgid "one"')
    assert text.count("#, fuzzy") == 1


def test_notes_stay_in_the_place_of_a_text_that_changed_and_doubts_go() -> None:
    text = noted(("1", "one more", "un de plus"), ("2", "two", "deux"))
    assert "# ask the desk\n" in text
    assert "fuzzy" not in text
    assert "#|" not in text


def test_notes_of_a_text_that_is_gone_go_with_it() -> None:
    text = noted(("1", "two", "deux"))
    assert "# ask the desk" not in text
    assert '"Last-Translator: Ada\\n"' in text
    assert '#~ msgid "gone"' in text


def test_a_unit_knows_its_line(keep: Callable[[str], Folder]) -> None:
    folder = keep(NOTED)
    path = folder.path("translations/en/talks.po")
    first, second = read_baseline(folder, "en", "talks") or ()
    assert (first.place, second.place) == (Place(path, 11), Place(path, 20))


# Texts of the YAML files


def fact_units(content: Path) -> tuple[BaselineUnit, ...]:
    texts = explainer_of(content).yaml_texts()
    return tuple(BaselineUnit(path, str(text["fr"]), str(text["en"])) for path, text in texts)


def test_every_bilingual_text_has_a_path_of_its_own(tmp_path: Path) -> None:
    contexts = [unit.context for unit in fact_units(write_content(tmp_path))]
    assert len(contexts) == len(set(contexts))
    assert {
        "site/title",
        "site/sides/council/label",
        "site/topics/works/label",
        "sources/gazette_1/reference",
        "actors/town/names/according_to",
        "places/villeneuve/names/name",
        "terms/footbridge/texts/definition",
        "figures/protesters/label",
        "events/closure/derived/reason",
        "claims/wants_footbridge/text",
        "corrections/fix_date/before",
    } <= set(contexts)


def test_a_reworded_label_is_stale_and_no_other(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    baseline = fact_units(content)
    figures = content / "facts/figures.yml"
    figures.write_text(figures.read_text().replace("Manifestants", "Marcheurs"))
    stale = stale_texts(explainer_of(content).yaml_texts(), "fr", "en", baseline)
    assert [(path, str(text)) for path, text in stale] == [
        ("figures/protesters/label", "Protesters")
    ]


def test_a_new_value_makes_no_text_stale(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    baseline = fact_units(content)
    figures = content / "facts/figures.yml"
    figures.write_text(figures.read_text().replace('high: "300"', 'high: "400"'))
    assert not list(stale_texts(explainer_of(content).yaml_texts(), "fr", "en", baseline))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([0], [(0, 0)]),
        ([0, 1, 2, 4], [(0, 0), (1, 2), (4, 4)]),
        ([3, 4, 5], [(3, 5)]),
    ],
)
def test_runs(numbers: list[int], expected: list[tuple[int, int]]) -> None:
    assert runs(numbers) == expected
