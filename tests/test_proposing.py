"""`reperes propose`, from a text to facts, and all that may be wrong with what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reperes.cli.main import main
from support_commands import SOURCE_TEXT, change, explainer_of, snapshot
from support_drafts import SOURCE, TEXT, said, with_drafts, with_second_source


def run(content: Path, *args: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        main, ["propose", "--content", str(content), *args], input=typed, catch_exceptions=False
    )


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return path


def test_from_a_text_to_a_fact(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    result = run(content, "gazette_2", "--text", str(text))
    assert result.exit_code == 0
    path = content / "drafts/gazette_2.yml"
    lines = result.output.splitlines()
    assert lines[0] == "gazette_2 has no digests in sources.yml yet; paste them into its entry:"
    assert lines[1] == "    paragraphs:"
    assert lines[-2:] == [
        f"3 paragraphs read; 2 figures, 1 event, 1 quotation in {path}",
        "decide with `reperes propose gazette_2 --review`",
    ]
    changes = ("--id", "walkers", "--label", "fr=Passants", "--label", "en=Walkers")
    result = run(content, "--accept", "person", *changes)
    place = explainer_of(content).figures["walkers"].place
    assert result.output == f"{place}: walkers; cite it with {{{{ walkers }}}}\n"
    again = run(content, "gazette_2", "--text", str(text))
    assert "3 paragraphs read; nothing new" in again.output
    assert run(content, "--drop", "camions", "--drop", "on_2021_03_15").exit_code == 0
    assert run(content).output == (
        "nous_tiendrons_jusqu  quotation, gazette_2 3: Nous tiendrons jusqu’au bout, coûte\n"
    )
    assert said(content, "file", "shape", "reference", "yaml", "evidence") == []


def test_the_text_itself_is_not_kept_in_the_content(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    run(content, "gazette_2", "--text", str(text))
    assert not any("camions attendent" in data.decode() for data in snapshot(content).values())


def test_what_facts_say_already(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    text.write_text(SOURCE_TEXT)
    result = run(content, "gazette_1", "--text", str(text))
    assert result.output == (
        "4 paragraphs read; nothing new\n2 facts say the rest already: closure, protesters\n"
    )
    assert not (content / "drafts").exists()


def test_what_stands_below_a_source_is_not_read(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    text.write_text(SOURCE_TEXT + "On a compté 12 camions.\n")
    result = run(content, "gazette_1", "--text", str(text))
    assert result.output.splitlines()[:2] == [
        f"{text}:5:1: warning: is not among the 4 paragraphs of gazette_1 [source]",
        "4 paragraphs read; nothing new",
    ]


def test_a_contradiction_is_told(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    change(content, "facts/figures.yml", 'high: "300"', 'high: "400"')
    text.write_text(SOURCE_TEXT)
    result = run(content, "gazette_1", "--text", str(text))
    assert result.output.splitlines()[0].partition(": ")[2] == (
        'warning: figure protesters: its source says "Entre 200 et 300 riverains" in paragraph 3, '
        "which seems to be 200..300; compare [draft]"
    )


def test_an_unknown_source_gets_its_entry(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    result = run(content, "gazete_2", "--text", str(text))
    assert result.exit_code == 1
    first, *entry = result.output.splitlines()
    assert first == (
        'gazete_2:1:1: error: no source "gazete_2"; did you mean "gazette_2" '
        f"(complete the entry below and add it to {content / 'sources.yml'}) [source]"
    )
    assert entry[:6] == [
        '  - id: "gazete_2"',
        '    type: "article"',
        '    publisher: "…"',
        '    language: "fr"',
        '    published: "…"',
        '    label: { fr: "…", en: "…" }',
    ]


REFUSED = [
    (b"", "no paragraph in it; write the source's text there, one paragraph a line [source]"),
    (b" \n\n", "no paragraph in it; write the source's text there, one paragraph a line [source]"),
    ("déjà".encode("latin-1"), "cannot be read: not UTF-8"),
    (b"x" * 30_000, "30000 characters on one line; put each paragraph on a line of its own"),
    (b"mot\n" * 10_000, "10000 paragraphs, and 9999 are the most; keep what you need, or make a"),
    (b"mot \n" * 2_000_000, "cannot be read: it has 10.0 MB, and 8 MB are the most"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_texts_that_are_refused(tmp_path: Path, text: Path, data: bytes, message: str) -> None:
    content = with_second_source(tmp_path)
    text.write_bytes(data)
    before = snapshot(content)
    result = run(content, "gazette_2", "--text", str(text))
    assert result.exit_code == 1
    assert f"{text}:1:1: error: {message}" in result.output
    assert snapshot(content) == before


def test_a_text_of_another_source(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    result = run(content, "gazette_1", "--text", str(text))
    assert result.exit_code == 1
    assert f"{text}:1:1: error: is not the paragraph 1 that was read; the text was" in result.output
    assert not (content / "drafts").exists()


def test_a_third_language(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    path = content / "sources.yml"
    path.write_text(path.read_text().replace(SOURCE, SOURCE.replace('"fr"', '"de"')))
    result = run(content, "gazette_2", "--text", str(text))
    assert result.exit_code == 1
    message = 'source gazette_2: numbers and dates are found in "fr" or "en" alone, not "de"'
    assert f"{message}; write its facts by hand [draft]" in result.output


def test_a_comment_stops_a_reading(tmp_path: Path, text: Path) -> None:
    content = with_drafts(tmp_path, "# mine\nfigures: []\n")
    before = snapshot(content)
    result = run(content, "gazette_2", "--text", str(text))
    assert "a comment, which would be lost" in result.output
    assert snapshot(content) == before


def test_paragraphs_that_changed(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    run(content, "gazette_2", "--text", str(text))
    text.write_text(TEXT.replace("1 200", "1 300"))
    result = run(content, "gazette_2", "--text", str(text))
    path = content / "drafts/gazette_2.yml"
    assert result.output.splitlines()[:2] == [
        (
            f'{path}:3:10: warning: draft person: "plus de 1 200 personnes" is no longer in '
            "paragraph 1; drop it, or correct its source [draft]"
        ),
        f"{text}:1:1: warning: paragraph 1 has changed since it was last read; compare [draft]",
    ]


WRONG = [
    (("--label", "fr=x"), "what is changed belongs to one draft; write one --accept ID"),
    (("--accept", "walkers", "--label", "Cars"), 'expected "…=…", found "Cars"'),
    (("gazette_2", "--text", "x", "--paragraphs", "a-b"), 'expected "7" or "3-20", found "a-b"'),
]


@pytest.mark.parametrize(("args", "message"), WRONG)
def test_what_is_typed_wrongly(tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    result = run(with_drafts(tmp_path), *args)
    assert result.exit_code == 2
    assert message in result.output


def test_an_unknown_id(tmp_path: Path) -> None:
    result = run(with_drafts(tmp_path), "--accept", "walker")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        'walker:1:1: error: no draft "walker"; did you mean "walkers"? [draft]',
        "1 error; nothing was changed",
    ]


def test_no_drafts(tmp_path: Path) -> None:
    result = run(with_second_source(tmp_path), "gazette_2")
    assert result.output == (
        "no drafts of gazette_2; propose some with `reperes propose SOURCE --text FILE`\n"
    )


def test_a_review(tmp_path: Path, text: Path) -> None:
    content = with_second_source(tmp_path)
    typed = (
        # The first is accepted once its labels are typed, the second with its new unit.
        "aPassants\nWalkers\n\n"
        "a\n\n\nmasculine\nlorry\nlorries\nLorries\n"
        # The event waits, and the quotation is dropped.
        "sd"
    )
    result = run(content, "gazette_2", "--text", str(text), "--review", typed=typed)
    assert result.exit_code == 0, result.output
    assert "  Selon la mairie, »plus de 1 200 personnes« traversent chaque jour" in result.output
    assert result.output.splitlines()[-2:] == [
        "1 left for later",
        "where both languages say the same, run `reperes stamp en/facts`",
    ]
    explainer = explainer_of(content)
    assert str(explainer.figures["camions"].unit) == "camion"
    assert dict(explainer.figures["walkers"].label) == {"fr": "Passants", "en": "Walkers"}
    drafts = explainer.drafts["gazette_2"]
    assert [str(p.id) for p in drafts.proposals] == ["on_2021_03_15"]
    assert [*drafts.dropped] == ["nous_tiendrons_jusqu"]


def test_a_review_without_the_text_shows_the_words(tmp_path: Path) -> None:
    result = run(with_drafts(tmp_path), "gazette_2", "--review", typed="q")
    assert "  »plus de 1 200 personnes«" in result.output


def test_a_review_tells_what_is_refused_and_asks_again(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    # Under another id, which is taken; then as it is.
    typed = "cprotesters\n" + "\n" * 9 + "aq"
    result = run(content, "gazette_2", "--review", typed=typed)
    assert 'draft walkers: "protesters" is taken' in result.output
    assert "walkers" in explainer_of(content).figures


def test_a_review_without_a_terminal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal() -> str:
        raise OSError(6, "No such device or address: '/dev/tty'")

    content = with_drafts(tmp_path)
    monkeypatch.setattr("click.getchar", no_terminal)
    result = run(content, "gazette_2", "--review")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == (
        "Error: --review asks for a key at each draft, and there is no terminal to type one at; "
        "decide with `reperes propose --accept ID` or `reperes propose --drop ID`, and list what "
        "there is with `reperes propose`"
    )
