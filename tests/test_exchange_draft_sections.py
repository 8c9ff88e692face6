from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.exchange.draft_sections import id_of, import_draft
from reperes.model import documents
from reperes.model.documents import parse_markdown
from reperes.model.loading import load
from reperes.rules.checking import check
from reperes.text.problems import ContentError
from support_commands import change, snapshot, write_content
from support_word import heading, note, paragraph, picture, run, write_docx


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_content(tmp_path)


def draft(text: str, name: str = "draft.md") -> Path:
    Path(name).write_bytes(text.encode())
    return Path(name)


def sections(content: Path, text: str, language: str | None = None) -> dict[str, str]:
    """The sections that a Markdown draft becomes: what follows the front matter, by path."""
    written = import_draft(content, draft(text), language).written
    assert written[-1] == "content/site.yml"
    return {
        path.removeprefix("content/sections/"): parse_markdown(
            Path(path).read_text("utf-8"), path
        ).body.strip("\n")
        for path in written[:-1]
    }


def refusals(content: Path, path: Path, language: str | None = None) -> list[str]:
    """What is wrong with a draft, of which nothing is written then."""
    before = snapshot(content)
    with pytest.raises(ContentError) as error:
        import_draft(content, path, language)
    assert snapshot(content) == before
    return list(map(str, error.value.problems))


def test_each_heading_1_begins_a_section_that_the_site_names(content: Path) -> None:
    text = "# Le chantier du pont\n\nIl dure.\n\n## La suite\n\n- un\n\n# Après\n\nRien.\n"
    written = import_draft(content, draft(text)).written
    assert written == (
        "content/sections/fr/le_chantier_du_pont.md",
        "content/sections/fr/apres.md",
        "content/site.yml",
    )
    assert Path(written[0]).read_text("utf-8") == (
        '---\ntitle: "Le chantier du pont"\nid: "le_chantier_du_pont"\nsummary: "Il dure."\n'
        'draft: "true"\n---\n\nIl dure.\n\n## La suite {#la_suite}\n\n- un\n'
    )
    explainer, problems = check(content)
    assert explainer.site.section_ids == ("closing", "crossing", "le_chantier_du_pont", "apres")
    assert explainer.sections["fr"]["le_chantier_du_pont"].draft
    assert not [each for each in problems if each.is_error and each.rule != "draft"]


def test_a_word_document_becomes_the_same_sections(content: Path) -> None:
    blocks = heading("Le chantier"), paragraph("Il dure", note(1), "."), heading("Après")
    path = write_docx(
        Path("draft.docx"), *blocks, paragraph(picture("Une grue")), notes={1: "Oui."}
    )
    imported = import_draft(content, path)
    assert [each.message.split(";")[0] for each in imported.problems] == [
        'the picture "Une grue" was left out'
    ]
    assert not any(each.is_error for each in imported.problems)
    first, second = (Path(each).read_text("utf-8") for each in imported.written[:2])
    assert first.endswith('"true"\n---\n\nIl dure[^1].\n\n[^1]: Oui.\n')
    assert 'summary: "TODO"\n' in second


def test_a_file_without_a_title_is_a_section_named_after_it(content: Path) -> None:
    written = import_draft(content, draft("Le pont.\n", "le_chantier.md")).written
    assert 'title: "le chantier"\nid: "le_chantier"\n' in Path(written[0]).read_text("utf-8")


def test_front_matter_says_title_id_and_summary(content: Path) -> None:
    text = '---\ntitle: "Un chantier"\nid: "works"\nsummary: "Court."\n---\n\nLe pont.\n'
    written = import_draft(content, draft(text), "en").written
    assert Path(written[0]).read_text("utf-8") == text.replace('."\n---', '."\ndraft: "true"\n---')
    assert written[0] == "content/sections/en/works.md"


@pytest.mark.parametrize(
    ("typed", "summary"),
    [
        ("Un **mot**, un [lien](https://example.org/) et `code`[^1]. Deux.\n\n[^1]: a",
         "Un mot, un lien et `code`."),
        ("- un\n- deux", "TODO"),
        ("Le pont a fermé le 10 mars 2021.", "Le pont a fermé {{ closure.on }}."),
        ("mot " * 150, "TODO: " + "mot " * 100 + "…"),
    ],
)  # fmt: skip
def test_the_summary_is_the_first_sentence(content: Path, typed: str, summary: str) -> None:
    path = import_draft(content, draft(f"# Titre\n\n{typed}\n")).written[0]
    front_matter = parse_markdown(Path(path).read_text("utf-8"), path).front_matter
    assert front_matter.get("summary") == summary


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Où vont les déplacés ?", "ou_vont_les_deplaces"),
        ("L’île, son œuvre et d’autres choses", "ile_son_oeuvre_et"),
        ("2018, l’année du bac", "annee_du_bac"),
        ("«\u00a0À\u00a0»", "a"),
        ("Мост", ""),
    ],
)
def test_an_id_is_made_of_the_first_words(title: str, expected: str) -> None:
    assert id_of(title) == expected


def test_headings_get_the_ids_that_sections_ask_for(content: Path) -> None:
    headings = "# Un", "## Le pont", "## Le pont", "## Мост", "Plus\n----", "### E {#e}"
    text = "\n\nA\n\n".join((*headings, ""))
    (body,) = sections(content, text).values()
    found = [line for line in body.split("\n") if line.startswith("#")]
    assert found == [
        "## Le pont {#le_pont}",
        "## Le pont {#le_pont_2}",
        "## Мост {#part}",
        "## Plus {#plus}",
        "### E {#e}",
    ]
    assert "----" not in body


def test_a_title_without_latin_letters_has_a_number_for_an_id(content: Path) -> None:
    assert list(sections(content, "# Мост\n\nA\n")) == ["fr/section_1.md"]


def test_a_note_goes_where_it_is_cited(content: Path) -> None:
    text = (
        "# Un\n\nA[^1] [b][b].\n\n# Deux\n\nC[^2].\n\n"
        "[^1]: La 1.\n\n[^2]: La 2.\n\n[b]: https://example.org/\n"
    )
    written = sections(content, text)
    assert written["fr/un.md"] == "A[^1] [b][b].\n\n[^1]: La 1.\n\n[b]: https://example.org/"
    assert written["fr/deux.md"].startswith("C[^2].\n\n[^2]: La 2.")
    assert "La 1" not in written["fr/deux.md"]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ('sections:\n  - "closing"\n  - "crossing"\n',
         'sections:\n  - "closing"\n  - "crossing"\n  - "un"\n'),
        ('sections:\n- "closing"\n- "crossing" # the last\n',
         'sections:\n- "closing"\n- "crossing"\n- "un" # the last\n'),
        ('sections: ["closing", "crossing"]\n', 'sections: ["closing", "crossing", "un"]\n'),
        ('sections:\r\n  - "closing"\r\n  - "crossing"\r\n',
         'sections:\r\n  - "closing"\r\n  - "crossing"\r\n  - "un"\r\n'),
    ],
)  # fmt: skip
def test_the_list_of_sections_keeps_its_layout(content: Path, listed: str, expected: str) -> None:
    change(content, "site.yml", 'sections:\n  - "closing"\n  - "crossing"\n', listed)
    sections(content, "# Un\n\nA\n")
    assert expected in (content / "site.yml").read_bytes().decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "draft.md:1:1: error: holds no text; nothing to import [exchange]"),
        (
            "# La fermeture {#closing}\n",
            ('draft.md:1:1: error: "La fermeture" would be the section "closing", which exists'
            ' (sections/fr/closing.md); end the heading with another one, as in "{#short_name}"'
            " [exchange]"),
        ),
        (
            "A\n\n# Sources\n\nB\n",
            ('draft.md:3:1: error: "Sources" would be the section "sources", an address that the'
            ' program uses; end the heading with another one, as in "{#short_name}" [exchange]'),
        ),
        (
            "# Un\n\nA\n\n# Un\n\nB\n",
            ('draft.md:5:1: error: "Un" would be the section "un", which begins above already; end'
            ' the heading with another one, as in "{#short_name}" [exchange]'),
        ),
        (
            "# Un {#Un-1}\n",
            'draft.md:1:1: error: "Un-1" is no id; write small letters, digits and _ [exchange]',
        ),
        (
            "# Un\n\nA\n\nun\u200bdeux\n",
            ("draft.md:5:3: error: a character that nobody sees (U+200B, zero width space);"
            " remove it [file]"),
        ),
        (
            "# Un\n\n" + "mot " * 6_000,
            ("draft.md:3:1: error: 23999 characters without a blank line; put one after 20000 at"
            " most [file]"),
        ),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_written_is_refused(content: Path, text: str, expected: str) -> None:
    assert refusals(content, draft(text)) == [expected]


def test_a_section_that_is_too_long_is_refused(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_SECTION", 50)
    assert refusals(content, draft("# Un\n\n" + "mot " * 15)) == [
        "draft.md:3:1: error: a section of 59 characters; split it: 50 are the most [file]"
    ]


def test_all_that_is_in_the_way_is_said_at_once(content: Path) -> None:
    text = "# Sources\n\nA\n\n# Closing\n\nB\n\n# Crossing\n\nC\n"
    assert len(refusals(content, draft(text))) == 3


def test_a_language_that_the_site_lacks_is_refused(content: Path) -> None:
    assert refusals(content, draft("A\n"), "de") == [
        'draft.md:1:1: error: the site has no language "de"; known: en, fr [exchange]'
    ]


def test_a_file_that_is_no_text_or_too_large_is_refused(content: Path) -> None:
    Path("draft.md").write_bytes(b"caf\xe9")
    assert refusals(content, Path("draft.md")) == [
        (
            'draft.md:1:4: error: byte 0xE9 is not UTF-8; save the file with the encoding "UTF-8"'
            " [file]"
        )
    ]
    Path("draft.md").write_bytes(b"a " * 5_000_000)
    assert refusals(content, Path("draft.md")) == [
        (
            "draft.md:1:1: error: cannot be read: it has 10.0 MB, and 8 MB are the most; remove"
            " what is not needed, or split it [file]"
        )
    ]
    assert refusals(content, Path("none.md")) == [
        "none.md:1:1: error: cannot be read: No such file or directory [file]"
    ]


def test_the_command_says_what_it_wrote(content: Path) -> None:
    draft("# Un\n\nLe pont de Villeneuve a fermé le 10 mars 2021.\n")
    done = CliRunner().invoke(main, ["import", "draft.md"])
    assert done.exit_code == 0
    assert done.stdout == "wrote content/sections/fr/un.md\nwrote content/site.yml\n"
    assert done.stderr == ("with 2 citations and 1 link; `reperes check` says what is left to do\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["draft.md", "--drafts"], "--drafts is for translations; a .docx or .md is one as it is"),
        (["a.po", "--language", "fr"],
         "--language is for a .docx or .md; translations name their own"),
    ],
)  # fmt: skip
def test_an_option_of_the_other_kind_of_file_is_refused(
    content: Path, options: list[str], message: str
) -> None:
    done = CliRunner().invoke(main, ["import", *options])
    assert done.exit_code == 2
    assert f"Error: {message}\n" in done.stderr


def test_what_is_imported_can_be_loaded_whatever_was_typed(content: Path) -> None:
    typed = ["{{ a", "{#b}", "<b>", "| a | b", "[x]: y", "1) z", "```", "***", "\\", "&#123;"]
    blocks = [heading("Un"), *(paragraph(run(each)) for each in typed)]
    import_draft(content, write_docx(Path("draft.docx"), *blocks))
    assert "un" in load(content).explainer.sections["fr"]


def test_a_note_that_nobody_cites_is_not_lost(content: Path) -> None:
    written = sections(content, "# Un\n\nA.\n\n# Deux\n\nB.\n\n[^1]: La 1.\n")
    assert written["fr/deux.md"] == "B.\n\n[^1]: La 1."


def test_front_matter_that_no_section_takes_is_named(content: Path) -> None:
    text = '---\ntitle: "Un"\nauthor: "A"\ntags: ["b"]\n---\n\n{}A.\n'
    path = draft(text.format(""))
    assert list(map(str, import_draft(content, path).problems)) == [
        (
            "draft.md:3:1: warning: author of the front matter was left out; write it in a section"
            " [exchange]"
        ),
        (
            "draft.md:4:1: warning: tags of the front matter was left out; write it in a section"
            " [exchange]"
        ),
    ]
    path = draft(text.format("# Deux\n\n"))
    assert import_draft(content, path).problems[0].place.line == 2


def test_what_word_hides_is_left_out_and_told(content: Path) -> None:
    path = write_docx(Path("draft.docx"), heading("Un"), paragraph("un\u00ad mot\u200b."))
    imported = import_draft(content, path)
    assert [each.message for each in imported.problems] == [
        "left out 2 characters that nobody sees (soft hyphens and the like)"
    ]
    assert "un mot." in Path(imported.written[0]).read_text("utf-8")
