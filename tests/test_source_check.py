from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.model.paragraphs import paragraph_digest, read_paragraphs
from reperes.text.problems import ContentError, Place, Problem, Severity
from reperes.tools.source_check import check_source, file_digest
from support import TOY, toy
from support_commands import (
    SOURCE_PARAGRAPHS,
    SOURCE_TEXT,
    change,
    explainer_of,
    messages,
    write_content,
)

BRIDGE, WORKS, PROTEST, DEMAND = SOURCE_PARAGRAPHS
EVIDENCE = "Entre 200 et 300 riverains"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


def problems_of(content: Path, text: str) -> list[Problem]:
    path = content.parent / "report.txt"
    path.write_bytes(text.encode())
    return check_source(explainer_of(content), "gazette_1", path)


def found(content: Path, text: str) -> list[tuple[str, str]]:
    """Problems as file and line, and message."""
    return [
        (f"{Path(problem.place.path).name}:{problem.place.line}", problem.message)
        for problem in problems_of(content, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOURCE_TEXT, id="as it was"),
        pytest.param(SOURCE_TEXT.rstrip("\n"), id="no last line end"),
        pytest.param(SOURCE_TEXT.replace("\n", "\r\n"), id="windows"),
        pytest.param("\ufeff" + SOURCE_TEXT, id="byte order mark"),
        pytest.param("\n" + SOURCE_TEXT.replace("\n", "\n \n\n"), id="blank lines"),
        pytest.param(SOURCE_TEXT.replace("et 300", "et\u00a0300"), id="no-break space"),
        pytest.param(SOURCE_TEXT.replace("manifesté", "manifeste\u0301"), id="decomposed"),
        pytest.param(SOURCE_TEXT.replace("le pont", "le\u2028pont"), id="line separator"),
    ],
)
def test_the_right_text_passes(content: Path, text: str) -> None:
    assert problems_of(content, text) == []


def test_a_digest_is_of_the_meaning() -> None:
    assert paragraph_digest(" l’ONU  a dit\n") == paragraph_digest("l'ONU\u00a0a dit")
    assert paragraph_digest("l’ONU a dit") != paragraph_digest("l’ONU a dit.")


def test_paragraphs_keep_their_line(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\nun\n\n\ndeux\x0cou trois\n")
    assert read_paragraphs(path) == {2: "un", 5: "deux\x0cou trois"}


def test_a_changed_paragraph(content: Path) -> None:
    text = SOURCE_TEXT.replace("provisoire", "durable")
    assert found(content, text) == [
        ("report.txt:4", "is not the paragraph 4 that was read; the text was changed")
    ]


def test_a_moved_paragraph(content: Path) -> None:
    text = "\n".join([BRIDGE, PROTEST, WORKS, DEMAND])
    assert found(content, text) == [
        (
            "figures.yml:17",
            f'"{EVIDENCE}" is not in paragraph 3 of gazette_1; it stands in 2',
        ),
        ("report.txt:2", "is not the paragraph 2 that was read; it stands on line 3"),
        ("report.txt:3", "is not the paragraph 3 that was read; it stands on line 2"),
    ]


def test_a_missing_paragraph(content: Path) -> None:
    assert found(content, "\n".join([BRIDGE, WORKS, PROTEST])) == [
        ("sources.yml:19", "paragraph 4 is missing from report.txt")
    ]


def test_a_surplus_paragraph_is_a_warning(content: Path) -> None:
    (problem,) = problems_of(content, SOURCE_TEXT + "En bref\n")
    assert problem.severity is Severity.WARNING
    assert problem.place == Place(str(content.parent / "report.txt"), 5)
    assert problem.message == "is not among the 4 paragraphs of gazette_1"


def test_a_run_of_repeated_paragraphs_is_one_warning(content: Path) -> None:
    text = f"{SOURCE_TEXT}\n{BRIDGE}\n{WORKS}\nEn bref\n{PROTEST}\n"
    assert found(content, text) == [
        ("report.txt:6", "repeats paragraphs 1 to 2, down to line 7"),
        ("report.txt:8", "is not among the 4 paragraphs of gazette_1"),
        ("report.txt:9", "repeats paragraph 3"),
    ]


def test_evidence_that_the_source_does_not_hold(content: Path) -> None:
    changed = EVIDENCE.replace("riverains", "habitants")
    change(content, "facts/figures.yml", EVIDENCE, changed)
    assert found(content, SOURCE_TEXT) == [
        (
            "figures.yml:17",
            f'"{changed}" is not in paragraph 3 of gazette_1; quote it as it stands',
        )
    ]


def test_evidence_of_another_paragraph(content: Path) -> None:
    change(content, "facts/claims.yml", '- "4"', '- "4"\n      evidence: "Entre 200"')
    assert found(content, SOURCE_TEXT) == [
        ("claims.yml:19", '"Entre 200" is not in paragraph 4 of gazette_1; it stands in 3')
    ]


def test_the_anchor_of_a_derived_date_must_stand_there(content: Path) -> None:
    change(content, "facts/events.yml", 'anchor: "mercredi"', 'anchor: "jeudi"')
    assert found(content, SOURCE_TEXT) == [
        ("events.yml:10", '"jeudi" is not in paragraph 1 of gazette_1; quote it as it stands')
    ]


def test_the_anchor_of_a_figures_date_must_stand_there_too(content: Path) -> None:
    reasons = 'derived:\n      fr: "Le jour."\n      en: "The day."\n      anchor: "lundi"'
    change(content, "facts/figures.yml", "    attributed_to:", f"    {reasons}\n    attributed_to:")
    (message,) = problems_of(content, SOURCE_TEXT)
    assert '"lundi" is not in paragraph' in str(message)


def test_the_anchor_of_the_source_itself_may_stand_anywhere(content: Path) -> None:
    reasons = 'derived:\n      fr: "Le jour."\n      en: "The day."\n      anchor: "mercredi"'
    change(content, "sources.yml", "    label:", f"    {reasons}\n    label:")
    assert problems_of(content, SOURCE_TEXT) == []
    change(content, "sources.yml", 'anchor: "mercredi"', 'anchor: "jeudi"')
    assert found(content, SOURCE_TEXT) == [
        ("sources.yml:10", '"jeudi" is not in gazette_1; quote it as it stands')
    ]


def test_evidence_for_an_actor_is_looked_for_too(content: Path) -> None:
    pin = (
        'source:\n      id: "gazette_1"\n      paragraphs:\n        - "2"\n      evidence: "Maire"'
    )
    change(content, "actors.yml", 'side: "council"', f'side: "council"\n    {pin}')
    assert [message for _, message in found(content, SOURCE_TEXT)] == [
        '"Maire" is not in paragraph 2 of gazette_1; quote it as it stands'
    ]


QUOTATION = """quotations:
  - id: "wait"
    label:
      fr: "Attendre"
      en: "Waiting"
    speaker: "town"
    language: "fr"
    words:
      fr: "WORDS"
      en: "…"
    date: "2017-03-01"
    source:
      id: "gazette_1"
      paragraphs:
        - "3"
"""


def quoting(content: Path, words: str, language: str = "fr") -> list[str]:
    """What is said of a quotation of the third paragraph."""
    typed = QUOTATION.replace("WORDS", words).replace('language: "fr"', f'language: "{language}"')
    (content / "facts/quotations.yml").write_text(typed)
    return [message for _, message in found(content, SOURCE_TEXT)]


@pytest.mark.parametrize(
    "words",
    [
        "Entre 200 et 300 riverains ont manifesté",
        "riverains ont manifesté, selon la mairie",
        "Entre 200 […] ont manifesté",
        "[...] riverains [...] selon la mairie.",
    ],
)
def test_words_that_the_source_has(content: Path, words: str) -> None:
    assert quoting(content, words) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            "Entre 200 et 300 habitants ont manifesté",
            '"Entre 200 et 300 riverains ont manifesté" stands there',
        ),
        ("selon la mairie […] Entre 200", "its parts stand in another order"),
        ("une passerelle provisoire", "it stands in 4"),
        ("Nous ne paierons jamais", "quote it as it stands"),
        # Words of another paragraph are no words of this one.
        ("riverains […] une passerelle", "quote it as it stands"),
    ],
)
def test_words_that_the_source_does_not_have(content: Path, words: str, problem: str) -> None:
    said = f'quotation wait: "{words}" is not in paragraph 3 of gazette_1'
    assert quoting(content, words) == [f"{said}; {problem}"]


def test_words_of_another_language_are_not_looked_for(content: Path) -> None:
    assert quoting(content, "We shall wait", "en") == []


def test_an_unknown_source(content: Path) -> None:
    with pytest.raises(ContentError) as caught:
        check_source(explainer_of(content), "gazette", content / "site.yml")
    assert messages(caught.value) == ['no source "gazette"; did you mean "gazette_1"?']


def test_a_text_that_is_not_there(content: Path) -> None:
    with pytest.raises(ContentError) as caught:
        check_source(explainer_of(content), "gazette_1", content / "nothing.txt")
    assert messages(caught.value) == ["cannot be read: No such file or directory"]


def test_a_text_that_is_not_utf_8(content: Path) -> None:
    path = content.parent / "report.txt"
    path.write_bytes("été".encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        check_source(explainer_of(content), "gazette_1", path)
    assert messages(caught.value) == [
        'cannot be read: not UTF-8 (invalid continuation byte); save it as "UTF-8"'
    ]


def test_digest_prints_what_sources_yml_needs(content: Path) -> None:
    (content.parent / "report.txt").write_text(SOURCE_TEXT)
    result = CliRunner().invoke(main, ["digest", str(content.parent / "report.txt")])
    assert result.exit_code == 0
    assert result.stdout in (content / "sources.yml").read_text()


def test_digest_of_a_file_is_of_its_bytes(tmp_path: Path) -> None:
    table = tmp_path / "halls.csv"
    table.write_bytes(b"salle;places\nMairie;100\n")
    result = CliRunner().invoke(main, ["digest", "--file", str(table)])
    assert result.stdout == f'    file_hash: "{toy().sources["halls"].file_hash}"\n'
    assert check_source(toy(), "halls", None, table) == []


def test_a_file_that_was_changed(tmp_path: Path) -> None:
    table = tmp_path / "halls.csv"
    table.write_bytes(b"salle;places\nMairie;90\n")
    (problem,) = check_source(toy(), "halls", None, table)
    message = "is not that of halls.csv; it is another file, or was changed"
    assert problem.message == f"source halls: file_hash {message}"
    assert problem.place == toy().sources["halls"].file_hash.place  # type: ignore[union-attr]


def test_a_file_of_which_no_digest_was_kept(tmp_path: Path) -> None:
    book = tmp_path / "book.pdf"
    book.write_bytes(b"%PDF")
    digest = file_digest(book)
    (problem,) = check_source(toy(), "ferry_book", None, book)
    assert problem.message == f'source ferry_book: no file_hash; write file_hash: "{digest}"'


def test_evidence_under_a_heading_is_looked_for_in_the_whole_text(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Ligne 7\n\nPort-Clair, jusqu'au 30\u00a0juin\n", "utf-8")
    (problem,) = check_source(toy(), "timetable", page)
    assert (problem.severity, problem.message) == (
        Severity.WARNING,
        "source timetable: no digests of its text; write what `reperes digest page.txt` prints",
    )
    page.write_text("Ligne 7\n", "utf-8")
    assert [each.message for each in check_source(toy(), "timetable", page)] == [
        '"Port-Clair, jusqu’au 30 juin" is not in timetable; quote it as it stands',
        problem.message,
    ]


def test_the_command_says_that_a_file_is_the_one_that_was_read(tmp_path: Path) -> None:
    table = tmp_path / "halls.csv"
    table.write_bytes(b"salle;places\nMairie;100\n")
    arguments = ["verify-source", "--content", str(TOY), "halls", "--file", str(table)]
    result = CliRunner().invoke(main, arguments)
    assert result.stdout == "halls: its file is the one that was read\n"
    neither = CliRunner().invoke(main, arguments[:4])
    assert "write --text FILE, --file FILE or both" in neither.stderr
