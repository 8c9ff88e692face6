"""The synthetic explainer that speed is measured on, its peers' pages, and what is written down."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import builds, chart, measuring, peers, record, write
from benchmarks.builds import HUGO, MKDOCS, OURS, SECTION, Measured
from benchmarks.commands import Timed
from benchmarks.measuring import Cost, Size
from benchmarks.results import Saved, Weights
from benchmarks.subject import LANGUAGES, Subject
from reperes.model.forms import say
from reperes.model.loading import load
from reperes.rules.checking import check
from reperes.translation.stamping import stamp


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_nothing_is_wrong_with_it_and_nothing_is_left_to_stamp(tmp_path: Path) -> None:
    write.write(3, tmp_path)
    before = files(tmp_path)
    assert not check(tmp_path)[1]
    stamp(tmp_path, ["en"])
    assert files(tmp_path) == before


def test_the_same_number_gives_the_same_bytes(tmp_path: Path) -> None:
    write.write(2, tmp_path / "one")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "left.yml").write_text("of another time")
    write.write(2, tmp_path / "other")
    assert files(tmp_path / "one") == files(tmp_path / "other")


@pytest.mark.parametrize(
    ("sections", "facts", "counts"),
    [(20, 0, (10, 20, 10)), (40, 0, (20, 40, 20)), (20, 90, (30, 60, 10)), (1, 0, (5, 3, 6))],
)
def test_as_many_of_each_as_was_asked_for(
    sections: int, facts: int, counts: tuple[int, int, int]
) -> None:
    subject = Subject(sections, facts)
    assert (len(subject.figures), len(subject.events), len(subject.terms)) == counts
    assert len(subject.section_ids) == sections


def test_no_two_are_called_alike() -> None:
    subject = Subject(5000)
    ids = [entry.id for entry in (*subject.figures, *subject.events, *subject.terms)]
    assert len({*ids, *subject.section_ids}) == len(ids) + 5000
    for language in LANGUAGES:
        words = {term.words[language] for term in subject.terms}
        assert len(words) == len(subject.terms)
        # So that no list of words that begin alike grows with the glossary.
        assert len({word.split()[0] for word in words}) > len(words) / 2


def test_a_section_says_what_a_section_should() -> None:
    subject = Subject(10)
    for section in subject.sections():
        for language in LANGUAGES:
            text = section.body(language)
            assert len(re.findall(r"\{\{ \w+\.(?:with_unit|on) \}\}", text)) == 8
            assert len(re.findall(r"\]\(term:", text)) == 6
            assert len(re.findall(r"\]\(section:", text)) == 2
            assert len(re.findall(r"\]\(source:", text)) == 3
            assert len(re.findall(r"^> ", text, re.MULTILINE)) == 1
            assert 450 < len(text.split()) < 750


def test_every_fact_is_cited_by_as_many_sections() -> None:
    subject = Subject(40)
    text = "".join(section.body("fr") for section in subject.sections())
    assert {text.count(f"{{{{ {figure.id}.with_unit }}}}") for figure in subject.figures} == {10}


def test_peers_say_what_ours_says(tmp_path: Path) -> None:
    write.write(10, tmp_path)
    explainer = load(tmp_path).explainer
    subject = Subject(10)
    for language in LANGUAGES:
        text = "".join(body for _, _, body in peers.pages(subject, language, "mkdocs"))
        assert "{{" not in text
        locale = explainer.locales[language]
        for fact, form in (
            *((figure, "with_unit") for figure in explainer.figures.values()),
            *((event, "on") for event in explainer.events.values()),
        ):
            said = say(fact, form, locale, explainer.actors)
            assert " ".join(said.split()) in " ".join(text.split()), fact.id


@pytest.mark.parametrize("program", peers.PROGRAMS)
def test_links_of_peers_lead_somewhere(tmp_path: Path, program: str) -> None:
    peers.write(4, tmp_path, program)
    for path in (tmp_path / "fr").glob("*.md"):
        for address in re.findall(r"\]\(([^)]*)\)", path.read_text("utf-8")):
            page, _, anchor = address.partition("#")
            name = page.removesuffix(".md").strip("./")
            target = tmp_path / "fr" / f"{name}.md"
            assert f"{{#{anchor}}}" in target.read_text("utf-8") if anchor else target.exists()


def test_all_of_our_content_is_put_back_and_edits_differ(tmp_path: Path) -> None:
    place = builds.Workplace(tmp_path, 3)
    write.write(3, place.content)
    before = files(place.content)
    place.reword_section(1)
    place.change_fact(1)
    first = files(place.content)
    assert sum(first[name] != before[name] for name in before) == 2
    write.write(3, place.content)
    assert files(place.content) == before
    place.reword_section(2)
    place.change_fact(2)
    assert sum(files(place.content)[name] != first[name] for name in first) == 2


def test_a_command_that_fails_is_no_measure() -> None:
    assert measuring.cost(["true"]).memory > 0
    with pytest.raises(measuring.CommandError, match="no such thing"):
        measuring.cost(["ls", "no such thing"])


def some_builds() -> list[Measured]:
    found = []
    for sections in (10, 1000):
        measured = Measured(sections, sizes={OURS: Size(2_000_000, 400_000, 20)})
        for cpu in (1.0, 3.0, 4.0):
            measured.add(OURS, Cost(cpu * sections, cpu, 50_000_000))
            measured.add(SECTION, Cost(0.5, 0.4, 40_000_000))
            measured.add(MKDOCS, Cost(2.0 * sections, 2.0, 60_000_000))
        found.append(measured)
    return found


def test_the_table_of_builds() -> None:
    text = record.builds_text(some_builds())
    assert "| 10 | Repères | 30.0 | 3.00 | 50 | 2.0 | 20.0 |" in text
    assert "| 1,000 | Repères, a section reworded | 0.50 | 0.40 | 40 |  |  |" in text
    assert "| 10 | Repères, from nothing | 0.5, 1.5 |  |" in text
    # What was not run is not shown.
    assert f"| {HUGO} |" not in text
    assert "nothing changed" not in text


def test_the_chart_is_an_image_with_a_line_for_what_was_run() -> None:
    lines = ElementTree.fromstring(chart.chart(some_builds())).iter(
        "{http://www.w3.org/2000/svg}path"
    )
    assert len([line for line in lines if "line" in line.attrib["class"]]) == 3
    ElementTree.fromstring(chart.chart(some_builds()[:1]))


def test_the_other_tables() -> None:
    timed = [Timed("reperes check", "10 sections", [Cost(1, 2, 30_000_000)])]
    assert "| `reperes check` | 10 sections | 1.00 | 2.00 | 30 |" in record.commands_text(timed)
    saved = [Saved(10, "fact", "fr", [(1, 2, 3), (3, 5, 9), (2, 4, 6)])]
    assert "| 10 | a fact (fr) | 2 | 4 | 5 | 6 |" in record.preview_text(saved)
    data = {"fr/facts.json": (9000, 3000)}
    weights = [Weights(10, 20_000, 5000, 30_000, {"timeline": (4000, 1)}, 80_000, data)]
    text = record.reader_text(weights)
    assert "| KB (of 1000 bytes) | 10 sections |" in text
    assert "| timeline: the heaviest of its pages, `gzip -9` | 4.0 |" in text
    assert "| `fr/facts.json`, `gzip -9` | 3.0 |" in text


def test_only_what_was_measured_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "SPEED.md"
    page.write_text(record.RECORD.read_text("utf-8"), "utf-8")
    record.record("commands", "measured", page)
    new = page.read_text("utf-8")
    assert "<!-- commands -->\n\nmeasured\n\n<!-- end of commands -->" in new
    record.record("commands", "again", page)
    assert page.read_text("utf-8") == new.replace(
        "measured\n\n<!-- end of com", "again\n\n<!-- end of com"
    )
    with pytest.raises(AssertionError, match="no place for"):
        record.record("unheard of", "measured", page)
