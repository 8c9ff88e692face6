"""From a folder to an explainer: what is read, in what order of trust, and what never happens."""

from __future__ import annotations

import cProfile
import gc
import json
import pstats
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.loading import load
from reperes.model.reading import read_entries
from reperes.model.schema import KINDS, TAKEN_IDS
from reperes.model.shapes import Reader
from reperes.model.yaml_values import parse_yaml
from reperes.rules.checking import check
from reperes.text.problems import ContentError
from support import TOY, examples, problems_of, replace_in, toy_copy

FILES = sorted(
    path.relative_to(TOY).as_posix()
    for path in TOY.rglob("*")
    if path.suffix in (".yml", ".md", ".po")
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.text(max_size=6) | st.sampled_from(["id", "fr", "en", "source", "names", "label", "date"])
VALUES = st.recursive(
    SCALARS | st.sampled_from(["passengers", "herald", "2019", "{{ passengers }}", "fr"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
FEW = examples(10)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY, tmp_path / "content"))


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    load(TOY)
    assert gc.isenabled()


def test_loading_twice_gives_the_same() -> None:
    one, other = load(TOY), load(TOY)
    assert one.explainer is not None is not other.explainer
    assert list(one.explainer.facts.items()) == list(other.explainer.facts.items())
    assert (one.mentions, one.problems) == (other.mentions, other.problems)


def test_ids_that_yaml_names_are_kept_with_their_places() -> None:
    mentions = [m for m in load(TOY).mentions if m.trail == "figure audience: attributed_to"]
    assert [mention.id for mention in mentions] == ["mayor", "town"]


def test_all_files_are_read_though_one_is_broken(content: Path) -> None:
    (content / "actors.yml").write_text("actors: [")
    replace_in(content / "places.yml", 'kind: "island"', 'kind: "ilsand"')
    replace_in(content / "sections/fr/money.md", "{{ repair_cost.unit }}", "{{ repair.unit }}")
    assert [problem.rsplit(" [", 1)[1] for problem in problems_of(content)] == [
        "yaml]",
        "shape]",
        "stale]",
        "reference]",
    ]


@pytest.mark.parametrize(
    "path", ["facts/figures.yml", "facts/events.yml", "actors.yml", "sources.yml"]
)
def test_a_broken_file_is_one_problem(content: Path, path: str) -> None:
    (content / path).write_text("a: b: c\n")
    assert len(problems_of(content)) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_broken_section_is_one_problem(content: Path, language: str) -> None:
    (content / f"sections/{language}/closure.md").write_text("no front matter")
    assert len(problems_of(content)) == 1


def test_a_broken_site_file_lets_the_rest_be_read(content: Path) -> None:
    replace_in(content / "site.yml", 'updated: "2019-03-16"', 'updated: "soon"')
    replace_in(content / "places.yml", 'kind: "island"', 'kind: "ilsand"')
    with pytest.raises(ContentError) as refused:
        load(content)
    assert [problem.place.line for problem in refused.value.problems] == [28, 21]


def test_nothing_is_read_in_no_language(content: Path) -> None:
    replace_in(content / "site.yml", 'code: "fr"', 'code: "../../../etc"')
    assert len(problems_of(content)) == 1


def test_a_language_without_wording_of_ours(content: Path) -> None:
    for path in content.rglob("*.yml"):
        typed = re.sub(r"(?m)^( +)en:", r"\1de:", path.read_text("utf-8"))
        path.write_text(re.sub(r'"en(_GB)?"', '"de"', typed), "utf-8")
    replace_in(content / "site.yml", 'locale: "de"', 'locale: "de_DE"')
    assert any('the program has no wording for "de"' in problem for problem in problems_of(content))


def test_optional_files_may_be_missing(content: Path) -> None:
    (content / "corrections.yml").unlink()
    shutil.rmtree(content / "interface")
    assert {problem.rsplit(" [", 1)[1] for problem in problems_of(content)} == {
        "reference]",
        "unit]",
    }


def test_a_file_that_cannot_be_read_is_not_taken_for_missing(content: Path) -> None:
    (content / "corrections.yml").unlink()
    (content / "corrections.yml").mkdir()
    assert problems_of(content)[0].endswith(
        "it is a folder, not a file; put the file in its place [file]"
    )


def test_a_section_from_outside_is_refused(content: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    shutil.move(content / "sections/en/money.md", outside)
    (content / "sections/en/money.md").symlink_to(outside)
    (problem,) = problems_of(content)
    assert "leads out of the content folder (outside.md); put the file here" in problem


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_byte_order_marks_change_nothing(content: Path, ends: str) -> None:
    for path in FILES:
        typed = (content / path).read_text("utf-8")
        (content / path).write_bytes(b"\xef\xbb\xbf" + typed.replace("\n", ends).encode())
    assert problems_of(content) == []


def test_ten_thousand_facts_load(content: Path) -> None:
    figures = content / "facts/figures.yml"
    typed = figures.read_text("utf-8")
    entry = "  - id: " + typed.split("\n  - id: ")[2] + "\n"
    more = (entry.replace('"crossings"', f'"figure_{number}"', 1) for number in range(10_000))
    figures.write_text(typed + "".join(more), "utf-8")
    assert load(content).problems == ()


@given(path=st.sampled_from(FILES), data=st.binary(max_size=60))
@FEW
def test_arbitrary_bytes_are_refused(path: str, data: bytes) -> None:
    with toy_copy() as content:
        (content / path).write_bytes(data)
        assert is_refused(content) or not data.strip(b" \n\r\t")


@given(
    path=st.sampled_from([path for path in FILES if path.endswith(".yml")]),
    value=st.dictionaries(KEYS, VALUES, max_size=3),
)
@FEW
def test_arbitrary_values_raise_nothing_but_our_error(path: str, value: Any) -> None:
    with toy_copy() as content:
        (content / path).write_text(json.dumps(value), "utf-8")
        is_refused(content)


@given(st.data())
@FEW
def test_arbitrary_values_in_an_entry_raise_nothing_but_our_error(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in FILES if path.endswith(".yml")]))
    with toy_copy() as content:
        lines = (content / path).read_text("utf-8").splitlines()
        number = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].partition(":")
        lines[number] = f"{key}{colon} {json.dumps(data.draw(VALUES))}"
        (content / path).write_text("\n".join(lines), "utf-8")
        is_refused(content)


@given(st.data())
@FEW
def test_arbitrary_prose_raises_nothing_but_our_error(data: st.DataObject) -> None:
    marks = [
        "{{ passengers.by }}",
        "{{ delay }}",
        "[x](term:ferry)",
        "# ",
        "\n\n",
        "de ",
        "`",
        "```",
    ]
    pieces = st.lists(st.sampled_from(marks) | st.text(max_size=5), max_size=8).map("".join)
    path = data.draw(st.sampled_from([path for path in FILES if path.endswith(".md")]))
    with toy_copy() as content:
        head = (content / path).read_text("utf-8").split("\n---\n")[0]
        (content / path).write_text(f"{head}\n---\n{data.draw(pieces)}", "utf-8")
        is_refused(content)


def is_refused(content: Path) -> bool:
    """Whether the check finds something wrong; every problem is one line with a place."""
    try:
        explainer, problems = check(content)
    except ContentError as error:
        explainer, problems = None, error.problems
    assert explainer is not None or problems
    for problem in problems:
        assert "\n" not in str(problem)
        assert problem.place.line >= 1 <= problem.place.column
    return bool(problems)


def test_a_third_language_is_refused_by_its_name(content: Path) -> None:
    typed = (content / "site.yml").read_text("utf-8")
    german = '  - code: "de"\n    locale: "de_DE"\n    name: "Deutsch"\n'
    (content / "site.yml").write_text(typed.replace("languages:\n", "languages:\n" + german, 1))
    wanted = 'languages: the program has no wording for "de"; it has en, fr [wording]'
    assert any(problem.endswith(wanted) for problem in problems_of(content))


@pytest.mark.parametrize("name", TAKEN_IDS)
def test_a_section_cannot_stand_where_the_program_writes(name: str) -> None:
    with toy_copy() as content:
        typed = f'---\ntitle: "A"\nid: "{name}"\nsummary: "B"\n---\n\nC.\n'
        for language in ("fr", "en"):
            (content / f"sections/{language}/{name}.md").write_text(typed, "utf-8")
        kept = f'section {name}: the program keeps "{name}" for itself; choose another id'
        assert any(kept in problem for problem in problems_of(content))


def test_no_way_leads_to_a_page_without_entries(content: Path) -> None:
    (content / "facts/claims.yml").write_text("claims: []\n")
    (content / "facts/quotations.yml").unlink()
    (content / "gone.yml").unlink()
    message = 'site: start_here: sections: there is no page "statements"'
    message += ", for there is no claim or quotation"
    fix = "add one, or introduce it in sections/LANGUAGE/statements.md"
    (found,) = [problem for problem in problems_of(content) if "site.yml" in problem]
    assert found.endswith(f"site.yml:46:10: error: {message} to show on it; {fix} [reference]")
    (content / "sections/fr/statements.md").write_text(
        '---\ntitle: "Qui parle"\nid: "statements"\nsummary: "Personne."\n---\n\nPersonne.\n'
    )
    assert [problem for problem in problems_of(content) if "site.yml" in problem] == []


def test_a_page_is_not_empty_while_its_entries_cannot_be_read(content: Path) -> None:
    (content / "facts/claims.yml").write_text("claims: [\n")
    assert not [problem for problem in problems_of(content) if "site.yml" in problem]


def calls_to_read(number: int) -> int:
    """How many functions are called to read so many figures, in whatever time they take."""
    figure = '{ id: "f%d", label: { fr: "a", en: "b" }, value: "1 person", source: "1" }'
    entries = "".join(f"  - {figure % each}\n" for each in range(number))
    shared = 'defaults: { source: "a", as_of: "2019", attributed_to: "b" }'
    table = parse_yaml(f"{shared}\nfigures:\n{entries}", "f")
    profile = cProfile.Profile()
    kind = next(kind for kind in KINDS if kind.noun == "figure")
    found, _ = profile.runcall(read_entries, table, kind, Reader(("fr", "en")))
    assert len(found) == number
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_many_facts_take_linear_time() -> None:
    calls_to_read(1)
    assert calls_to_read(400) < 2.1 * calls_to_read(200)
