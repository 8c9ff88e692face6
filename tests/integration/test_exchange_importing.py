from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.exchange.importing import Outcome, import_file
from reperes.rules.checking import check
from reperes.text.problems import ContentError
from reperes.translation.stamping import stamp
from support import REAL, TOY, examples
from support_commands import change, explainer_of, snapshot, write_content
from support_exchange import (
    TEXTS,
    WRITERS,
    batch_of,
    translated,
    units_of,
    with_ids,
    written,
)

PROTEST = "According to [the town council](actor:town), {{ protesters }} people marched."
PROTESTED = "According to [the town council](actor:town), {{ protesters }} residents protested."
ALL = {
    "sections/closing/title": "The bridge is shut",
    "sections/closing/3": PROTEST,
    "figures/protesters/label": 'People who said "no"',
}
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


def bring_back(
    content: Path, texts: Mapping[str, str], format_name: str = "po", language: str = "en"
) -> Outcome:
    """Export, translate, import; the file lies beside the content."""
    made = translated(content, texts, language)
    return import_file(content, written(made, format_name, content.parent))


def said(outcome: Outcome) -> list[str]:
    """What was reported, each with its line in the imported file."""
    return [f"{problem.place.line}: {problem.message}" for problem in outcome.problems]


def differences(before: dict[str, bytes], content: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that went and that came, by file."""
    found = {}
    for name, data in snapshot(content).items():
        old, new = before.get(name, b"").decode(), data.decode()
        if old != new:
            ours, theirs = old.split("\n"), new.split("\n")
            found[name] = (
                [line for line in ours if line not in theirs],
                [line for line in theirs if line not in ours],
            )
    return found


# What comes back as it went out


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("origin", [TOY, REAL])
def test_an_export_that_comes_back_changes_nothing(
    origin: Path, language: str, format_name: str, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(origin, content)
    before = snapshot(content)
    outcome = import_file(content, written(batch_of(content, language), format_name, tmp_path))
    assert (outcome.accepted, outcome.changed, outcome.stamped, outcome.problems) == (0, (), (), ())
    assert snapshot(content) == before


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize("pending", [True, False])
def test_pending_units_that_come_back_change_nothing(
    content: Path, format_name: str, pending: bool
) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    (content / "sections/fr/crossing.md").unlink()
    before = snapshot(content)
    for language in ("en", "fr"):
        made = batch_of(content, language, pending)
        outcome = import_file(content, written(made, format_name, content.parent))
        assert (outcome.accepted, outcome.problems) == (0, ())
    assert snapshot(content) == before


# What is taken


@pytest.mark.parametrize("format_name", WRITERS)
def test_what_was_translated_is_written_to_its_place_alone(content: Path, format_name: str) -> None:
    before = snapshot(content)
    outcome = bring_back(content, ALL, format_name)
    assert (outcome.accepted, outcome.problems) == (3, ())
    assert outcome.changed == ("content/facts/figures.yml", "content/sections/en/closing.md")
    assert outcome.stamped == ("en/closing", "en/facts")
    assert differences(before, content) == {
        "facts/figures.yml": (
            ['      en: "Protesters"'],
            ['      en: "People who said \\"no\\""'],
        ),
        "sections/en/closing.md": (
            [
                'title: "The closure"',
                PROTESTED,
            ],
            ['title: "The bridge is shut"', PROTEST],
        ),
        "translations/en/closing.po": (
            [
                'msgstr "The closure"',
                f'msgstr "{PROTESTED}"',
            ],
            ['msgstr "The bridge is shut"', f'msgstr "{PROTEST}"'],
        ),
        "translations/en/facts.po": (
            ['msgstr "Protesters"'],
            ['msgstr "People who said \\"no\\""'],
        ),
    }
    assert check(content)[1] == []


def test_what_was_imported_comes_back_as_it_is(content: Path) -> None:
    bring_back(content, ALL)
    before = snapshot(content)
    assert bring_back(content, {}).accepted == 0
    assert {context: units_of(content)[context].target for context in ALL} == ALL
    assert stamp(content, ["en/closing", "en/facts"]) == ([], [])
    assert snapshot(content) == before


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_stale_text_is_stamped_when_it_is_translated(content: Path, format_name: str) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    assert len(check(content)[1]) == 2
    texts = {"sections/closing/3": PROTEST, "figures/protesters/label": "Marchers"}
    assert bring_back(content, texts, format_name).accepted == 2
    assert check(content)[1] == []


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_stale_text_that_still_fits_is_confirmed(content: Path, format_name: str) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    before = snapshot(content)
    same = units_of(content)["sections/closing/3"].target
    outcome = bring_back(content, {"sections/closing/3": same}, format_name)
    assert (outcome.accepted, outcome.changed, outcome.stamped) == (1, (), ("en/closing",))
    assert list(differences(before, content)) == ["translations/en/closing.po"]
    assert check(content)[1] == []


def test_what_is_not_translated_yet_stays_stale(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "sections/fr/closing.md", "La fermeture", "Le pont ferme")
    assert bring_back(content, {"sections/closing/3": PROTEST}).accepted == 1
    stale = [unit.context for unit in batch_of(content, pending=True).units]
    assert stale == ["sections/closing/title"]
    assert units_of(content)["sections/closing/title"].previous == "La fermeture"


def test_a_section_that_was_never_stamped(content: Path) -> None:
    (content / "translations/en/closing.po").unlink()
    assert bring_back(content, {"sections/closing/3": PROTEST}).accepted == 1
    states = {context: unit.state for context, unit in units_of(content).items()}
    assert states["sections/closing/3"] == "translated"
    assert states["sections/closing/1"] == "stale"


def test_a_new_paragraph_is_put_where_the_original_has_it(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère", "Rien.\n\nPlus rien.\n\n## La colère")
    texts = {"sections/closing/2": "Nothing.", "sections/closing/3": "Nothing more."}
    assert bring_back(content, texts).accepted == 2
    body = (content / "sections/en/closing.md").read_text("utf-8")
    assert "{{ closure.on }}.\n\nNothing.\n\nNothing more.\n\n## Anger {#anger}\n" in body
    assert check(content)[1] == []


def test_a_new_first_paragraph(content: Path) -> None:
    change(content, "sections/fr/closing.md", "\nLe pont de", "\nÀ savoir.\n\nLe pont de")
    assert bring_back(content, {"sections/closing/1": "To know."}).accepted == 1
    body = (content / "sections/en/closing.md").read_text("utf-8")
    assert "---\n\nTo know.\n\nThe bridge at" in body
    assert check(content)[1] == []


@pytest.mark.parametrize("format_name", WRITERS)
def test_a_section_is_created_when_it_is_whole(content: Path, format_name: str) -> None:
    texts = {
        context: unit.target
        for context, unit in units_of(content).items()
        if context.startswith("sections/closing/")
    }
    before = snapshot(content)
    (content / "sections/en/closing.md").unlink()
    (content / "translations/en/closing.po").unlink()
    outcome = bring_back(content, texts, format_name)
    assert (outcome.accepted, outcome.problems) == (5, ())
    assert outcome.changed == ("content/sections/en/closing.md",)
    assert snapshot(content) == before


def test_line_ends_and_byte_order_mark_stay(content: Path) -> None:
    for name in ("sections/en/closing.md", "facts/figures.yml", "translations/en/closing.po"):
        path = content / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    change(content, "sections/fr/closing.md", "## La colère", "Un.\nDeux.\n\n## La colère")
    before = snapshot(content)
    assert (
        bring_back(
            content,
            {**ALL, "sections/closing/2": "One.\nTwo."}
            | {
                "sections/closing/3": "## Anger! {#anger}",
                "sections/closing/4": PROTEST,
            },
        ).problems
        == ()
    )
    for name, data in snapshot(content).items():
        if data.startswith(b"\xef\xbb\xbf"):
            assert data != before[name]
            assert data.count(b"\n") == data.count(b"\r\n")
    assert check(content)[1] == []


def test_a_paragraph_that_moved_since_the_export(content: Path) -> None:
    made = translated(content, {"sections/closing/3": PROTEST})
    change(content, "sections/fr/closing.md", "## La colère", "Rien.\n\n## La colère")
    outcome = import_file(content, written(made, "po", content.parent))
    assert (outcome.accepted, outcome.problems) == (1, ())
    assert PROTEST in (content / "sections/en/closing.md").read_text("utf-8")


def test_another_form_of_a_fact_may_be_used(content: Path) -> None:
    text = "The bridge at [Villeneuve](place:villeneuve) closed on {{ closure.date }}."
    assert bring_back(content, {"sections/closing/1": text}).accepted == 1


def test_spaces_that_tools_add_are_taken_away(content: Path) -> None:
    assert bring_back(content, {"sections/closing/title": " Shut\r\n"}).accepted == 1
    assert explainer_of(content).sections["en"]["closing"].title == "Shut"


# What counts as not translated


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize(
    "text", ["", "Le pont ferme {{ closure.on }}.", "Le pont ferme {{closure.on}}."]
)
def test_nothing_or_the_source_is_no_translation(
    content: Path, format_name: str, text: str
) -> None:
    before = snapshot(content)
    outcome = bring_back(content, {"sections/closing/summary": text}, format_name)
    assert (outcome.accepted, outcome.problems) == (0, ())
    assert snapshot(content) == before


def test_a_name_that_both_languages_share_stays_and_can_be_confirmed(content: Path) -> None:
    path = "places/villeneuve/names/name"
    assert bring_back(content, {path: "Villeneuve"}).accepted == 0
    baseline = content / "translations/en/facts.po"
    baseline.write_bytes(baseline.read_bytes().replace(b'msgid "Villeneuve"', b'msgid "Ville"'))
    assert units_of(content)[path].state == "stale"
    assert bring_back(content, {path: "Villeneuve"}).stamped == ("en/facts",)
    assert units_of(content)[path].state == "translated"


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize("block", ["```text\nls\n```", "{{ closure.date }}"])
def test_a_block_without_words(content: Path, format_name: str, block: str) -> None:
    change(content, "sections/fr/closing.md", "## La colère", f"{block}\n\n## La colère")
    path = "sections/en/closing.md"
    before = snapshot(content)
    assert bring_back(content, {}, format_name).accepted == 0
    assert snapshot(content) == before
    assert bring_back(content, {"sections/closing/2": block}, format_name).accepted == 1
    assert (content / path).read_text("utf-8") == before[path].decode().replace(
        "## Anger", f"{block}\n\n## Anger"
    )


def test_a_block_without_words_holds_up_no_new_section(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère", "```\nls\n```\n\n## La colère")
    (content / "sections/en/closing.md").unlink()
    assert bring_back(content, {}, "xliff").problems == ()
    texts = {
        "sections/closing/title": "Shut",
        "sections/closing/summary": "Shut {{ closure.on }}.",
        "sections/closing/1": "[Villeneuve](place:villeneuve) {{ closure.on }}.",
        "sections/closing/3": "## Anger {#anger}",
        "sections/closing/4": PROTEST,
    }
    assert bring_back(content, texts, "xliff").accepted == 6
    body = (content / "sections/en/closing.md").read_text("utf-8")
    assert "```\nls\n```\n\n## Anger" in body


# What is refused


@pytest.mark.parametrize(
    ("context", "text", "message"),
    [
        (
            "sections/closing/3",
            "[The town council](actor:town) says that people marched.",
            "{{ protesters }} is missing; put it back, as in the original",
        ),
        (
            "sections/closing/3",
            PROTEST + " All {{ protesters }}.",
            "{{ protesters }} stands 2 times instead of 1; remove what is too much",
        ),
        (
            "sections/closing/3",
            "The town council: {{ protesters }} people.",
            "the link to actor:town is missing; put it back, as in the original",
        ),
        (
            "sections/closing/3",
            "[The mayor](actor:town): {{ protesters }} people.",
            (
                '"The mayor" is not a recorded name of actor town; write "the town council", '
                "or add it to its accepted names in en"
            ),
        ),
        (
            "sections/closing/3",
            "[The town council](actor:town): {{ protesters people.",
            '"{{" is not closed; write "{{ protesters }}" (literal braces go in `code`)',
        ),
        (
            "sections/closing/3",
            "[The town council](actor:town): {{ protesters.weekday }} people.",
            (
                '{{ protesters.weekday }}: a figure has no form "weekday"; use one of between, '
                "by, chart, date, high, label, low, number, number_words, on, spread, unit, "
                "with_unit, words"
            ),
        ),
        (
            "sections/closing/3",
            PROTEST + "<br>",
            "HTML (<br>); write Markdown, or put it in `code` to show it",
        ),
        (
            "sections/closing/2",
            "## Anger {#rage}",
            (
                "the original is a heading (## {#anger}), and the translation a heading "
                "(## {#rage}); make them alike"
            ),
        ),
        (
            "sections/closing/title",
            "The\nclosure",
            "the translation has a line break; write it on one line",
        ),
        (
            "sections/closing/title",
            "The {{ closure }}",
            "{{ closure }} is not in the original; remove it",
        ),
        (
            "figures/protesters/label",
            "Pro\ufefftesters",
            "a character that nobody sees (U+FEFF, zero width no-break space); remove it",
        ),
    ],
)
def test_what_does_not_fit_is_reported_and_the_rest_is_taken(
    content: Path, context: str, text: str, message: str
) -> None:
    before = snapshot(content)
    texts = {context: text, "sections/closing/summary": "Shut {{ closure.on }}."}
    outcome = bring_back(content, texts)
    context = with_ids(content, context)
    lines = (content.parent / "translated.po").read_text("utf-8").split("\n")
    number = lines.index(f'msgctxt "{context}"') + 1
    assert said(outcome) == [f"{number}: {context}: {message}"]
    assert outcome.accepted == 1
    assert list(differences(before, content)) == [
        "sections/en/closing.md",
        "translations/en/closing.po",
    ]


def test_an_original_that_changed_since_the_export(content: Path) -> None:
    made = translated(content, {"sections/closing/3": PROTEST})
    path = written(made, "po", content.parent)
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    before = snapshot(content)
    outcome = import_file(content, path)
    context = with_ids(content, "sections/closing/3")
    assert [message.partition(": ")[2] for message in said(outcome)] == [
        f"{context}: the original has changed since the export; export anew"
    ]
    assert outcome.problems[0].is_error
    assert snapshot(content) == before


def test_an_original_that_changed_under_an_old_translation_is_not_stamped(content: Path) -> None:
    path = written(batch_of(content), "po", content.parent)
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    outcome = import_file(content, path)
    assert [problem.is_error for problem in outcome.problems] == [False]
    assert units_of(content)["sections/closing/3"].state == "stale"


def test_what_is_marked_as_unfinished_is_not_taken(content: Path) -> None:
    made = translated(content, {"sections/closing/title": "Shut"})
    units = tuple(replace(u, state="stale") if u.target == "Shut" else u for u in made.units)
    outcome = import_file(content, written(replace(made, units=units), "po", content.parent))
    assert [message.partition(": ")[2] for message in said(outcome)] == [
        (
            "sections/closing/title: marked as unfinished, and not taken; finish it, or import it "
            "with --drafts"
        )
    ]
    assert outcome.accepted == 0


def test_a_new_section_that_is_not_whole(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    before = snapshot(content)
    outcome = bring_back(content, {"sections/closing/title": "Shut", "site/title": "A bridge"})
    assert [message.partition(": ")[2] for message in said(outcome)] == [
        (
            "sections/closing is new in this language, and is not whole yet (summary, 1, 2, 3); "
            "translate these too, then import again"
        )
    ]
    assert outcome.accepted == 1
    assert list(differences(before, content)) == ["site.yml", "translations/en/facts.po"]


def po(*entries: tuple[str, str, str]) -> str:
    return HEAD + "".join(
        f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{target}"\n\n'
        for context, source, target in entries
    )


TITLE = ("sections/closing/title", "La fermeture", "Shut")


@pytest.mark.parametrize(
    ("text", "reported", "accepted"),
    [
        (
            po(TITLE, ("sections/closing/titel", "x", "y")),
            [
                (
                    '9: there is nothing "sections/closing/titel" to translate; did you mean '
                    '"sections/closing/title"?'
                )
            ],
            1,
        ),
        (
            po(TITLE, ("figures/dead/label", "x", "y")),
            [
                (
                    '9: there is nothing "figures/dead/label" to translate; did you mean '
                    '"figures/protesters/label"?'
                )
            ],
            1,
        ),
        (
            po(TITLE, ("sections/crossing/title", "How to cross", "Traverser")),
            [
                (
                    '9: there is nothing "sections/crossing/title" to translate; did you mean '
                    '"sections/closing/title"?'
                )
            ],
            1,
        ),
        (
            po(TITLE, ("sections/closing/title", "La fermeture", "Closed")),
            [
                (
                    "9: sections/closing/title: stands twice (first on line 5); neither was taken, "
                    "remove one"
                )
            ],
            0,
        ),
        (
            po(TITLE).replace("Language: en", "Language: de"),
            ['5: the translation is in "de", which is no language of the site; known: en, fr'],
            0,
        ),
        (
            po(("site/title", "Le pont", "A bridge")) + 'msgctxt "a"\nmsgid "x\nmsgstr "y"\n',
            ['10: not valid PO, from "msgid "x" on; mend it, or export anew'],
            1,
        ),
        (
            HEAD + 'msgid "La fermeture"\nmsgstr "Shut"\n',
            ["5: a unit without its id; export anew"],
            0,
        ),
    ],
)
def test_files_with_something_wrong(
    content: Path, text: str, reported: list[str], accepted: int
) -> None:
    path = content.parent / "x.po"
    path.write_text(text, "utf-8")
    outcome = import_file(content, path)
    assert said(outcome) == reported
    assert outcome.accepted == accepted
    assert {problem.place.path for problem in outcome.problems} == {str(path)}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "x.po",
            b"<<<<<<< ours\n=======\n>>>>>>> theirs\n",
            "x.po:1:1: a merge conflict begins or ends here; settle it, then import",
        ),
        (
            "x.xlf",
            b"<xliff>\n<file>",
            (
                "x.xlf:2:7: not valid XML: Premature end of data in tag file line 2; "
                "export anew, or mend it here"
            ),
        ),
        ("gone.po", None, "gone.po:1:1: cannot be read: No such file or directory"),
        (
            ".",
            None,
            ".:1:1: cannot be read: it is a folder, not a file; put the file in its place",
        ),
        (
            "x.xlf",
            b"<" * 9_000_000,
            (
                "x.xlf:1:1: cannot be read: it has 9.0 MB, and 8 MB are the most; "
                "remove what is not needed, or split it"
            ),
        ),
        (
            "x.po",
            b'msgid "\xe9"\n',
            'x.po:1:8: byte 0xE9 is not UTF-8; save the file with the encoding "UTF-8"',
        ),
    ],
)
def test_files_that_cannot_be_read(
    content: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    before = snapshot(content)
    with pytest.raises(ContentError) as raised:
        import_file(content, Path(name))
    assert [f"{problem.place}: {problem.message}" for problem in raised.value.problems] == [message]
    assert snapshot(content) == before


@examples(10)
@given(TEXTS, st.sampled_from([*ALL, "sections/closing/2", "site/notice"]))
def test_whatever_comes_the_content_stays_sound(
    tmp_path_factory: pytest.TempPathFactory, text: str, context: str
) -> None:
    content = write_content(tmp_path_factory.mktemp("any"))
    stamp(content, ["en", "fr"])
    outcome = bring_back(content, {context: text})
    assert [problem for problem in check(content)[1] if problem.is_error] == []
    if outcome.accepted:
        assert units_of(content)[context].target == text.strip(" \t\n")
    else:
        assert outcome.changed == ()


@pytest.mark.parametrize("format_name", WRITERS)
def test_the_format_is_known_without_the_ending(content: Path, format_name: str) -> None:
    path = written(translated(content, ALL), format_name, content.parent)
    assert import_file(content, path.rename(content.parent / "download")).accepted == 3


def test_a_table_that_lost_its_language_is_understood_by_its_ids(content: Path) -> None:
    path = content.parent / "x.csv"
    rows = [
        "id,source,target",
        "sections/closing/title,La fermeture,Shut",
        "sections/crossing/title,How to cross,Traverser",
        "site/titel,Le pont,A bridge",
    ]
    path.write_text("\n".join(rows), "utf-8")
    outcome = import_file(content, path)
    assert outcome.stamped == ("en/closing", "fr/crossing")
    assert said(outcome) == [
        '4: there is nothing "site/titel" to translate; did you mean "site/title"?'
    ]


def test_where_a_file_cannot_be_written_none_is(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(content)
    replace = Path.replace

    def refuse(new: Path, path: Path) -> Path:
        if path.name == "facts.po":
            raise PermissionError(13, "Permission denied", str(path))
        return replace(new, path)

    made = translated(content, ALL)
    path = written(made, "po", content.parent)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        import_file(content, path)
    assert snapshot(content) == before


@pytest.mark.parametrize(
    "context",
    ["sections/closing/title", "sections/closing/3", "figures/protesters/label"],
)
@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(document.domain))",
        "[x](//evil.example/(a))",
        "[x](data:text/html;base64,(x))",
        "[x](&#106;avascript:alert(1))",
    ],
)
def test_an_address_that_no_page_may_have_is_not_taken(
    content: Path, context: str, link: str
) -> None:
    before = snapshot(content)
    outcome = bring_back(content, {context: f"{ALL[context]} {link}"})
    assert outcome.accepted == 0
    assert any("address" in each or "scheme" in each or "shown" in each for each in said(outcome))
    assert snapshot(content) == before


# What others have changed in the meantime


def in_turn(content: Path, format_name: str, *texts: Mapping[str, str]) -> list[Outcome]:
    """One export that several translators were sent, and what each of them brings back."""
    made = [translated(content, each) for each in texts]
    paths = []
    for number, each in enumerate(made):
        folder = content.parent / str(number)
        folder.mkdir()
        paths.append(written(each, format_name, folder))
    return [import_file(content, path) for path in paths]


@pytest.mark.parametrize("format_name", WRITERS)
def test_two_translators_of_one_export_undo_nothing(content: Path, format_name: str) -> None:
    title = {"sections/closing/title": "The bridge is shut"}
    first, second = in_turn(content, format_name, title, {"sections/closing/3": PROTEST})
    assert (first.accepted, second.accepted, second.problems) == (1, 1, ())
    targets = {context: unit.target for context, unit in units_of(content).items()}
    assert targets["sections/closing/title"] == "The bridge is shut"
    assert targets["sections/closing/3"] == PROTEST


@pytest.mark.parametrize("format_name", WRITERS)
def test_what_two_translators_changed_is_taken_from_the_first(
    content: Path, format_name: str
) -> None:
    texts = [{"sections/closing/title": title} for title in ("It is shut", "It is closed")]
    _, second = in_turn(content, format_name, *texts)
    assert second.accepted == 0
    (message,) = (problem.message for problem in second.problems)
    assert message == (
        "sections/closing/title: our translation has changed since the export; export anew"
    )
    assert units_of(content)["sections/closing/title"].target == "It is shut"


@pytest.mark.parametrize("format_name", WRITERS)
def test_an_edit_since_the_export_stays(content: Path, format_name: str) -> None:
    made = translated(content, {"sections/closing/3": PROTEST})
    change(content, "sections/en/closing.md", "The closure", "The bridge is shut")
    outcome = import_file(content, written(made, format_name, content.parent))
    assert (outcome.accepted, outcome.problems) == (1, ())
    unit = units_of(content)["sections/closing/title"]
    assert (unit.target, unit.state) == ("The bridge is shut", "stale")


def test_an_edit_stays_where_a_tool_brings_an_earlier_translation_over(content: Path) -> None:
    """As msgmerge does: our notes are those of the newer export, the text that of the older one."""
    earlier = units_of(content)["sections/closing/title"].target
    change(content, "sections/en/closing.md", "The closure", "The bridge is shut")
    outcome = bring_back(content, {"sections/closing/title": earlier})
    assert outcome.accepted == 0
    assert [problem.message for problem in outcome.problems] == [
        (
            "sections/closing/title: as it was when last stamped, and edited since; "
            "to have it back, edit it"
        )
    ]
    assert units_of(content)["sections/closing/title"].target == "The bridge is shut"


def test_a_paragraph_in_the_language_of_the_original_is_not_confirmed(content: Path) -> None:
    source = units_of(content)["sections/closing/summary"].source
    translation = units_of(content)["sections/closing/summary"].target
    change(content, "sections/en/closing.md", translation, source)
    outcome = bring_back(content, {"sections/closing/summary": source})
    assert (outcome.accepted, outcome.changed, outcome.stamped) == (0, (), ())
    assert units_of(content)["sections/closing/summary"].state == "stale"
