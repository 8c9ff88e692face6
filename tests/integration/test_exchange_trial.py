"""What an import would break, found before it is written, and given to the text that brings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.exchange.importing import Outcome, import_file
from reperes.exchange.trial import written_file
from reperes.model.loading import load, load_folder
from reperes.model.planned import PlannedFolder
from reperes.rules.checking import check
from reperes.text.editing import replaced
from reperes.text.problems import ContentError, Place
from reperes.translation.stamping import stamp
from support_commands import change, messages, snapshot, write_content
from support_exchange import WRITERS, batch_of, translated, units_of, with_ids, written

PROTEST = "According to [the town council](actor:town), {{ protesters }} people marched."


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    content = write_content(tmp_path)
    stamp(content, ["en/closing", "en/facts", "fr/crossing"])
    return content


def bring_back(
    content: Path, texts: Mapping[str, str], format_name: str = "po", drafts: bool = False
) -> Outcome:
    made = translated(content, texts)
    return import_file(content, written(made, format_name, Path()), drafts)


def said(outcome: Outcome) -> list[str]:
    return list(map(str, outcome.problems))


def named(outcome: Outcome) -> list[str]:
    """The unit that each problem names."""
    return [problem.message.partition(": ")[0] for problem in outcome.problems]


def line_of(context: str) -> int:
    lines = Path("translated.po").read_text("utf-8").split("\n")
    return lines.index(f'msgctxt "{context}"') + 1


@pytest.mark.parametrize(
    ("context", "text", "message"),
    [
        (
            "sections/closing/3",
            f"{PROTEST} They were 250.",
            (
                '"250" typed in prose; write it once in facts/ and cite it here ("{{ id }}") '
                "[naked-figure]"
            ),
        ),
        (
            "sections/closing/title",
            "The closure of 2021",
            (
                '"2021" typed in prose; write it once in facts/ and cite it here ("{{ id }}") '
                "[naked-figure]"
            ),
        ),
        (
            "figures/protesters/label",
            "200 Protesters",
            '"200" typed in prose; write {{ protesters }} [naked-figure]',
        ),
        (
            "sections/closing/3",
            "TODO [the town council](actor:town), {{ protesters }}",
            (
                '"TODO" stands in it, as in what is not finished; finish it, or import it with '
                "--drafts [exchange]"
            ),
        ),
    ],
)
def test_what_the_check_would_refuse_is_refused_at_its_line(
    content: Path, context: str, text: str, message: str
) -> None:
    before = snapshot(content)
    other = {"terms/footbridge/texts/definition": "A narrow bridge for walkers."}
    outcome = bring_back(content, {context: text, **other})
    context = with_ids(content, context)
    assert said(outcome) == [f"translated.po:{line_of(context)}:1: error: {context}: {message}"]
    assert outcome.accepted == 1
    changed = [name for name, data in snapshot(content).items() if data != before[name]]
    assert changed == ["glossary.yml", "translations/en/facts.po"]
    assert [problem for problem in check(content)[1] if problem.is_error] == []


@pytest.mark.parametrize("format_name", WRITERS)
def test_every_faulty_text_is_told_in_one_run(content: Path, format_name: str) -> None:
    before = snapshot(content)
    texts = {
        "sections/closing/title": "Closed in 2021",
        "sections/closing/summary": "The bridge closes {{ closure.on }}, for 2 years.",
        "figures/protesters/label": "The 300",
        "site/title": "TODO",
    }
    outcome = bring_back(content, texts, format_name)
    assert sorted(problem.message.split(":")[0] for problem in outcome.problems) == sorted(texts)
    assert (outcome.accepted, outcome.changed, outcome.stamped) == (0, (), ())
    assert snapshot(content) == before


def test_new_warnings_are_told_and_refuse_nothing(content: Path) -> None:
    text = "The bridge at [Villeneuve](place:villeneuve) closed {{ closure.on }}, on Wednesday."
    outcome = bring_back(content, {"sections/closing/1": text})
    context = with_ids(content, "sections/closing/1")
    assert said(outcome) == [
        (
            f"translated.po:{line_of(context)}:1: warning: {context}: "
            '"Wednesday" means a day only to who reads it then; cite the date ("{{ id.on }}", or '
            '"{{ id.weekday }}" for the day\'s name) [weekday]'
        )
    ]
    assert outcome.accepted == 1


def test_the_text_that_brings_an_error_is_told_from_its_twin(content: Path) -> None:
    # The same words stand in another text already; there they are waived.
    change(
        content,
        "sections/en/closing.md",
        'original: "fr"\n',
        'original: "fr"\nwaivers:\n  - rule: "naked-figure"\n    text: "in 2021"\n'
        '    reason: "A name."\n',
    )
    change(content, "sections/en/closing.md", "residents protested.", "protested in 2021.")
    outcome = bring_back(content, {"sections/closing/title": "The 2021 closure"})
    assert [problem.message.split(":")[0] for problem in outcome.problems] == [
        "sections/closing/title"
    ]


def test_a_new_section_is_refused_where_one_of_its_texts_is(content: Path) -> None:
    texts = {
        context: unit.target
        for context, unit in units_of(content).items()
        if context.startswith("sections/closing/")
    }
    (content / "sections/en/closing.md").unlink()
    before = snapshot(content)
    texts["sections/closing/3"] += " All 250."
    outcome = bring_back(content, texts)
    assert named(outcome) == [
        (
            "sections/closing is new in this language, and is not whole yet (3); translate these "
            "too, then import again"
        ),
        with_ids(content, "sections/closing/3"),
    ]
    assert snapshot(content) == before


def test_the_text_that_breaks_another_is_found(content: Path) -> None:
    before = snapshot(content)
    name = "actors/town/names/full"
    texts = {
        "sections/closing/title": "Shut",
        "sections/closing/summary": "The bridge is shut {{ closure.on }}.",
        name: "the council",
        "figures/protesters/label": "Marchers",
        "site/title": "A bridge",
    }
    outcome = bring_back(content, texts)
    assert said(outcome) == [
        (
            f"translated.po:{line_of(name)}:1: error: {name}: with this text there is an error at "
            'content/sections/en/closing.md:12:14: "the town council" is not a recorded name of '
            'actor town; write "the council", or add it to its accepted names in en [name]'
        )
    ]
    assert outcome.accepted == 4
    assert snapshot(content)["actors.yml"] == before["actors.yml"]
    assert [problem for problem in check(content)[1] if problem.is_error] == []


def test_texts_that_break_something_together(content: Path) -> None:
    # A translation that cites more than its original is told so when nothing of it is stale.
    change(content, "sections/fr/closing.md", "La fermeture", "Fermé")
    change(content, "sections/fr/closing.md", "Le pont ferme", "Le pont est fermé")
    change(content, "sections/fr/closing.md", "riverains ont manifesté", "riverains ont défilé")
    for name in ("sections/en/closing.md", "translations/en/closing.po"):
        change(content, name, "## Anger", "## A [footbridge](term:footbridge)")
    texts = {
        "sections/closing/title": "Shut",
        "sections/closing/summary": "The bridge is shut {{ closure.on }}.",
    }
    before = snapshot(content)
    stale = bring_back(content, texts)
    assert (stale.accepted, stale.problems) == (2, ())
    for name, data in before.items():
        (content / name).write_bytes(data)
    outcome = bring_back(content, {**texts, "sections/closing/3": PROTEST})
    assert [problem.message for problem in outcome.problems] == [
        (
            "sections/closing/title: with this text and 2 more there is an error at "
            "content/sections/fr/closing.md:2:9: the link to term footbridge is missing; the en "
            "text has it at content/sections/en/closing.md:10:6"
        )
    ]
    assert (outcome.accepted, snapshot(content)) == (0, before)


def test_what_was_wrong_before_is_not_held_against_the_import(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested.", "protested in 2021.")
    outcome = bring_back(content, {"sections/closing/title": "Closed"})
    assert (outcome.accepted, outcome.problems) == (1, ())


# Files with errors


def test_an_error_in_another_file_stops_no_import(content: Path) -> None:
    made = translated(content, {"sections/closing/title": "Closed"})
    path = written(made, "po", Path())
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    outcome = import_file(content, path)
    assert outcome.changed == ("content/sections/en/closing.md",)
    line = line_of("figures/protesters/label")
    assert said(outcome) == [
        (
            f"translated.po:{line}:1: error: content/facts/figures.yml has an error on line 6; "
            "mend it, then import again (1 text was not taken) [exchange]"
        )
    ]


def test_a_text_of_a_broken_file_is_not_taken(content: Path) -> None:
    made = translated(content, {"sections/closing/title": "Closed", "site/title": "X"})
    path = written(made, "po", Path())
    (content / "translations/en/closing.po").write_text("<<<<<<< ours\n", "utf-8")
    outcome = import_file(content, path)
    assert outcome.changed == ("content/site.yml",)
    assert [problem.message for problem in outcome.problems] == [
        (
            "content/translations/en/closing.po has an error on line 1; mend it, then import again "
            "(5 texts were not taken)"
        )
    ]


def test_a_text_beside_a_broken_entry_is_not_taken(content: Path) -> None:
    change(content, "facts/events.yml", 'date: "2021-03-10"', 'date: "2021-30-10"')
    made = translated(content, {"figures/protesters/label": "Marchers"})
    change(content, "facts/figures.yml", "figures:\n", 'figures:\n  - id: "late"\n')
    outcome = import_file(content, written(made, "po", Path()))
    assert [problem.message for problem in outcome.problems] == [
        (
            "figures/protesters/label: content/facts/figures.yml has an error on line 2; mend it, "
            "then import again"
        )
    ]


def test_content_of_which_nothing_can_be_read_is_left_alone(content: Path) -> None:
    path = written(batch_of(content), "po", Path())
    (content / "site.yml").write_text("title:\n", "utf-8")
    with pytest.raises(ContentError) as raised:
        import_file(content, path)
    assert len(messages(raised.value)) > 0


# Drafts


def unfinished(content: Path, texts: Mapping[str, str]) -> Path:
    """A file in which `texts` are marked as fuzzy."""
    path = written(translated(content, texts), "po", Path())
    text = path.read_text("utf-8")
    for context in texts:
        named = f'msgctxt "{with_ids(content, context)}"'
        text = text.replace(named, f"#, fuzzy\n{named}")
    path.write_text(text, "utf-8")
    return path


def test_a_draft_is_written_and_not_stamped(content: Path) -> None:
    before = snapshot(content)
    texts = {
        "sections/closing/title": "Shut",
        "sections/closing/2": "## Fury {#anger}",
        "site/title": "TODO a bridge",
    }
    outcome = import_file(content, unfinished(content, texts), drafts=True)
    assert (outcome.accepted, outcome.drafts, outcome.stamped) == (3, 3, ())
    assert outcome.problems == ()
    after = snapshot(content)
    assert [name for name in after if after[name] != before[name]] == [
        "sections/en/closing.md",
        "site.yml",
    ]
    found = [problem for problem in check(content)[1] if problem.rule == "unfinished"]
    assert list(map(str, found)) == [
        (
            'content/site.yml:3:8: warning: "TODO" stands in a text that is not finished; finish '
            "it [unfinished]"
        )
    ]


def test_a_draft_of_a_stale_text_stays_stale(content: Path) -> None:
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    change(content, "sections/fr/closing.md", "La fermeture", "Fermé")
    texts = {"figures/protesters/label": "Marchers", "sections/closing/title": "Shut"}
    outcome = import_file(content, unfinished(content, texts), drafts=True)
    assert (outcome.accepted, outcome.stamped) == (2, ())
    units = units_of(content)
    assert {context: (units[context].target, units[context].state) for context in texts} == {
        context: (text, "stale") for context, text in texts.items()
    }


def test_a_new_section_is_begun(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    (content / "translations/en/closing.po").unlink()
    outcome = bring_back(content, {"sections/closing/3": PROTEST}, drafts=True)
    assert [problem for problem in outcome.problems if problem.is_error] == []
    assert (content / "sections/en/closing.md").read_text("utf-8") == (
        '---\ntitle: "La fermeture"\nid: "closing"\nsummary: "Le pont ferme {{ closure.on }}."\n'
        f'original: "fr"\n---\n\n{PROTEST}\n'
    )
    states = {
        context: unit.state
        for context, unit in units_of(content).items()
        if context.startswith("sections/closing/")
    }
    assert states["sections/closing/title"] != "translated"
    assert states["sections/closing/3"] == "translated"


def test_what_has_no_words_goes_into_a_new_section_too(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère", "```text\nls\n```\n\n## La colère")
    (content / "sections/en/closing.md").unlink()
    outcome = bring_back(
        content,
        {"sections/closing/1": "It {{ closure.on }} in [Villeneuve](place:villeneuve)."},
        drafts=True,
    )
    assert [problem for problem in outcome.problems if problem.is_error] == []
    text = (content / "sections/en/closing.md").read_text("utf-8")
    assert text.endswith("(place:villeneuve).\n\n```text\nls\n```\n")


def test_a_new_section_needs_a_paragraph(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    before = snapshot(content)
    outcome = bring_back(content, {"sections/closing/title": "Shut"}, drafts=True)
    assert [problem.message for problem in outcome.problems] == [
        "sections/closing is new in this language, and has no paragraph yet; translate one too"
    ]
    assert (outcome.accepted, snapshot(content)) == (0, before)


# Comments


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_comment_is_kept_and_exported_again(content: Path, format_name: str) -> None:
    before = snapshot(content)
    context = with_ids(content, "sections/closing/3")
    label = "figures/protesters/label"
    made = batch_of(content)
    noted = {context: "Marched, or protested?\nAsk Ana.", label: "Hm."}
    units = tuple(replace(each, comment=noted.get(each.context, "")) for each in made.units)
    outcome = import_file(content, written(replace(made, units=units), format_name, Path()))
    assert (outcome.accepted, outcome.changed, outcome.problems) == (0, (), ())
    assert (outcome.stamped, outcome.noted) == ((), ("en/closing", "en/facts"))
    after = snapshot(content)
    assert [name for name in after if after[name] != before[name]] == [
        "translations/en/closing.po",
        "translations/en/facts.po",
    ]
    found = {each.context: each.comment for each in batch_of(content).units if each.comment}
    assert found == noted
    # It stays where nobody says anything of it, and through a stamp.
    outcome = bring_back(content, {context: PROTEST}, format_name)
    assert outcome.accepted == 1
    assert units_of(content)["sections/closing/3"].comment == noted[context]
    assert check(content)[1] == []


def test_a_comment_without_a_record_is_told(content: Path) -> None:
    (content / "translations/en/closing.po").unlink()
    path = written(batch_of(content), "po", Path())
    text = path.read_text("utf-8")
    context = "sections/closing/title"
    path.write_text(text.replace(f'msgctxt "{context}"', f'# Hm.\nmsgctxt "{context}"'), "utf-8")
    assert [problem.message for problem in import_file(content, path).problems] == [
        f"{context}: the comment was not kept; it stands beside a text that is stamped"
    ]


# Tables in a narrow encoding


def narrow(content: Path, texts: Mapping[str, str]) -> Path:
    """A table as French Excel saves it: what Windows-1252 has no place for is a question mark."""
    path = written(translated(content, texts), "csv", Path())
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(text.encode("cp1252", "replace"))
    return path


def test_a_table_of_french_excel_is_read(content: Path) -> None:
    outcome = import_file(content, narrow(content, {"sections/closing/title": "The “œuvre’s” end"}))
    assert (outcome.accepted, outcome.problems) == (1, ())
    assert units_of(content)["sections/closing/title"].target == "The “œuvre’s” end"


@pytest.mark.parametrize(
    "text", ["60\u202f% shut", "Łódź shut", "Shut\u202f!", "→ shut", "The shut \u2011 gate"]
)
def test_characters_that_a_table_lost_are_seen(content: Path, text: str) -> None:
    before = snapshot(content)
    outcome = import_file(content, narrow(content, {"sections/closing/title": text}))
    assert [problem.message for problem in outcome.problems] == [
        (
            "sections/closing/title: characters were lost when the table was saved; save it as "
            "“CSV UTF-8”, or as “Unicode text”, then import"
        )
    ]
    assert snapshot(content) == before


def test_characters_of_the_original_that_a_table_lost_are_seen(content: Path) -> None:
    change(content, "sections/fr/closing.md", "La fermeture", "La fermeture\u202f!")
    outcome = import_file(content, narrow(content, {"sections/closing/title": "Shut!"}))
    assert [problem.message.partition(";")[0] for problem in outcome.problems] == [
        "sections/closing/title: characters were lost when the table was saved"
    ]


def test_a_question_is_no_loss(content: Path) -> None:
    change(content, "sections/fr/closing.md", "La fermeture", "Pourquoi fermer\u00a0?")
    outcome = import_file(content, narrow(content, {"sections/closing/title": "Why shut it?"}))
    assert (outcome.accepted, outcome.problems) == (1, ())


# The overlay


def test_a_planned_folder_shows_what_will_be(content: Path) -> None:
    folder = load(content).folder
    planned = PlannedFolder(
        folder,
        {
            folder.root / "sections/en/new.md": b"\xef\xbb\xbfa\r\nb",
            folder.root / "sections/en/closing.md": b"x",
        },
    )
    assert planned.names("sections/en", ".md") == ["closing", "crossing", "new"]
    assert planned.names("", ".yml") == folder.names("", ".yml")
    assert planned.has("sections/en/new.md")
    assert not planned.has("sections/en/newer.md")
    assert planned.read_text("sections/en/new.md") == "a\nb"
    assert planned.read_text("site.yml") == folder.read_text("site.yml")
    assert load_folder(PlannedFolder(folder, {})).problems == load(content).problems


@given(
    st.text("ab\n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.text("XY\n", max_size=4))),
)
def test_the_spans_of_a_written_file_hold_what_is_new(
    text: str, wanted: list[tuple[int, int, str]]
) -> None:
    edits, end = [], 0
    for start, length, new in sorted(wanted):
        if start >= end and start + length <= len(text):
            edits.append(((start, start + length), new))
            end = start + length + 1
    file = written_file(text, edits)
    assert file.text == replaced(text, edits)
    assert [file.text[start:stop] for start, stop in file.spans] == [new for _, new in edits]


@pytest.mark.parametrize("typed", ["it is shut", '"it is shut"', "'it is shut'"])
def test_a_text_is_found_where_it_was_written(typed: str) -> None:
    file = written_file("a: b\nc\n", [((3, 4), typed)])
    assert file.holds("it is shut", Place("p", 1, 4 + len(typed) // 2))
    assert not file.holds("it is shut", Place("p", 2, 1))
    assert not file.holds("is not", Place("p", 1, 6))


def test_the_paragraphs_of_a_text_may_stand_apart() -> None:
    file = written_file("a\n\nb\n\nc\n", [((0, 1), "one"), ((6, 7), "two\r\nlines")])
    assert [file.holds("one\n\ntwo\nlines", Place("p", line, 2)) for line in (1, 3, 5, 6)] == [
        True,
        False,
        True,
        True,
    ]
