from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reperes.pages import render_pages
from reperes.rules.checking import check
from reperes.text.problems import ContentError
from reperes.tools import renaming
from reperes.tools.renaming import rename
from reperes.translation.stamping import stamp
from support import REAL, examples, problems_of, toy, toy_copy
from support_commands import (
    SMALL_EXPLAINER,
    change,
    explainer_of,
    messages,
    snapshot,
    write_content,
)

IDS = (
    "fact:protesters",
    "fact:closure",
    "fact:wants_footbridge",
    "actor:town",
    "actor:gazette",
    "place:villeneuve",
    "term:footbridge",
    "source:gazette_1",
    "section:closing",
    "section:crossing",
    "side:council",
    "topic:works",
    "correction:fix_date",
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


def lines_of(data: bytes) -> list[bytes]:
    return [line for line in data.splitlines() if not re.fullmatch(rb'msgctxt "[0-9a-f]{8}"', line)]


def changed_lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Every line that differs, as it was and as it is.

    A paragraph of a baseline that no longer gives its own id is called by the one that it had.
    """
    pairs = [
        (old.decode(), new.decode())
        for name, data in after.items()
        for old, new in zip(lines_of(before[name]), lines_of(data), strict=True)
    ]
    return [(old, new) for old, new in pairs if old != new]


def test_a_fact_is_renamed_wherever_it_is_cited_and_nowhere_else(content: Path) -> None:
    change(content, "facts/events.yml", "The bridge closes.", "The closure of the bridge.")
    before = snapshot(content)
    rename(content, "closure", "shut")
    after = snapshot(content)
    assert sorted(name for name in after if after[name] != before[name]) == [
        "corrections.yml",
        "facts/claims.yml",
        "facts/events.yml",
        "sections/en/closing.md",
        "sections/fr/closing.md",
        "translations/en/closing.po",
        "translations/en/facts.po",
    ]
    for old, new in changed_lines(before, after):
        assert new == old.replace("closure", "shut")
    left = [line for data in after.values() for line in data.splitlines() if b"closure" in line]
    assert left == [
        b'      en: "The closure of the bridge."',
        b'title: "The closure"',
        b"See also [the closure](section:closing).",
        b'msgstr "The closure"',
        b'msgid "See also [the closure](section:closing)."',
    ]


def test_the_files_changed_are_told_in_order(content: Path) -> None:
    assert rename(content, "closing", "closed") == [
        f"{content}/{name}"
        for name in (
            "sections/en/closed.md",
            "sections/en/closing.md",
            "sections/en/crossing.md",
            "sections/fr/closed.md",
            "sections/fr/closing.md",
            "sections/fr/crossing.md",
            "site.yml",
            "translations/en/closed.po",
            "translations/fr/crossing.po",
        )
    ]


def test_a_section_takes_its_files_with_it(content: Path) -> None:
    rename(content, "closing", "closed")
    names = snapshot(content).keys()
    assert {"sections/fr/closed.md", "sections/en/closed.md", "translations/en/closed.po"} <= names
    assert not [name for name in names if "closing" in name]
    assert check(content)[1] == []


@pytest.mark.parametrize("typed", IDS)
def test_nothing_that_was_right_is_wrong_afterwards(content: Path, typed: str) -> None:
    rename(content, typed, "another_id")
    assert check(content)[1] == []


def pages_of(content: Path) -> dict[str, str]:
    explainer = explainer_of(content)
    pages = [page for code in explainer.languages for page in render_pages(explainer, code)]
    return {f"{page.language}/{page.uri}": page.whole for page in pages}


@pytest.mark.parametrize("typed", IDS)
def test_pages_differ_in_nothing_but_the_id(content: Path, typed: str) -> None:
    old = typed.partition(":")[2]
    before = pages_of(content)
    rename(content, typed, "zq_id")
    after = pages_of(content)
    # An id is part of addresses; a word of the text may be spelt like one, and stays.
    for name, text in after.items():
        earlier = before[name.replace("zq_id", old)]
        text = text.replace("&#95;", "_")
        changed = re.sub(r"zq_id|zq-id", lambda m: m[0].replace("zq_id", old), text)
        assert changed == earlier.replace("&#95;", "_")


def test_problems_are_the_same_as_before(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé 17 fois")
    change(content, "sections/fr/closing.md", "{{ protesters }} riverains", "des riverains")

    def found() -> list[str]:
        return [re.sub(r"protesters|marchers", "ID", str(problem)) for problem in check(content)[1]]

    assert any(problem.is_error for problem in check(content)[1])
    before = found()
    rename(content, "protesters", "marchers")
    assert found() == before


@pytest.mark.parametrize(
    ("mark", "ends"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")]
)
def test_line_ends_and_byte_order_marks_stay(content: Path, mark: bytes, ends: bytes) -> None:
    for path in content.rglob("*.*"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", ends))
    before = snapshot(content)
    rename(content, "closure", "shut")
    after = snapshot(content)
    assert len(changed_lines(before, after)) == 17
    for data in after.values():
        assert data.startswith(mark)
        assert data.count(b"\n") == data.count(ends)


LETTERS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
TAKEN = {name.partition(":")[2] for name in IDS} | set(SMALL_EXPLAINER)


@settings(
    examples(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(IDS), LETTERS.filter(lambda new: new not in TAKEN))
def test_there_and_back_is_the_same_bytes(content: Path, typed: str, new: str) -> None:
    noun = typed.partition(":")[0]
    before = snapshot(content)
    try:
        rename(content, typed, new)
    except ContentError as error:
        assert "that the program uses" in str(error)  # noqa: PT017
        return
    assert snapshot(content) != before
    rename(content, f"{noun}:{new}", typed.partition(":")[2])
    assert snapshot(content) == before


# YAML as other tools write it


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param('"Le closure \\"dit\\" {{ closure.on }} : {{ closure.date }}."', id="escape"),
        pytest.param("'Le closure {{ closure.on }}, l''an {{ closure.date }}.'", id="single"),
        pytest.param(
            ">-\n        Le closure {{ closure.on }}\n        et {{ closure.date }}.", id="folded"
        ),
        pytest.param(
            "|-\n        Le closure {{ closure.on }}\n        et {{ closure.date }}.", id="literal"
        ),
        pytest.param("Le closure {{ closure.on }} et {{ closure.date }}.", id="plain"),
        pytest.param('"Le closure {{ closure.on }}\n        {{ closure.date }}."', id="two lines"),
        pytest.param('"La [closure](fact:closure) \\u00e9 {{ closure.on }}."', id="link"),
    ],
)
def test_an_id_is_found_in_every_style_of_yaml(content: Path, typed: str) -> None:
    events = "facts/events.yml"
    change(content, events, '"Le pont ferme."', typed)
    before = (content / events).read_text()
    rename(content, "closure", "shut")
    after = (content / events).read_text()
    expected = before.replace('id: "closure"', 'id: "shut"').replace("{{ closure.", "{{ shut.")
    assert after == expected.replace("fact:closure", "fact:shut")
    assert "closure" in after


@pytest.mark.parametrize("typed", ['"closure"', "'closure'", "closure", ">-\n      closure"])
def test_an_id_of_its_own_in_every_style_of_yaml(content: Path, typed: str) -> None:
    change(content, "corrections.yml", 'target: "closure"', f"target: {typed}")
    rename(content, "closure", "shut")
    text = (content / "corrections.yml").read_text()
    assert f"target: {typed.replace('closure', 'shut')}\n" in text


def test_an_id_typed_with_an_escape_is_refused_before_anything_is_written(content: Path) -> None:
    change(content, "corrections.yml", 'target: "closure"', 'target: "clos\\u0075re"')
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        rename(content, "closure", "shut")
    assert messages(caught.value) == [
        '"closure" stands here, but is not typed in one piece; write it plainly, then rename'
    ]
    assert caught.value.problems[0].place.line == 5
    assert snapshot(content) == before


def test_a_longer_id_and_code_stay(content: Path) -> None:
    change(content, "glossary.yml", 'id: "footbridge"', 'id: "bridge"')
    change(content, "sections/fr/crossing.md", "term:footbridge", "term:bridge")
    change(content, "sections/en/crossing.md", "term:footbridge", "term:bridge")
    for language in ("passerelle", "footbridge"):
        change(content, "facts/claims.yml", f"[{language}](term:footbridge)", language)
    text = (content / "sections/en/crossing.md").read_text()
    (content / "sections/en/crossing.md").write_text(f"{text}\nA `[bridge](term:bridge)`.\n")
    rename(content, "term:bridge", "span")
    text = (content / "sections/en/crossing.md").read_text()
    assert "[footbridge](term:span)" in text
    assert "`[bridge](term:bridge)`" in text
    assert "claim:wants_footbridge" in text


def test_the_words_of_a_waiver_follow(content: Path) -> None:
    waiver = 'waivers:\n  - rule: "attribution"\n    text: "{{ protesters }}"\n    reason: "x"\n'
    change(content, "sections/fr/closing.md", 'ferme {{ closure.on }}."\n', f'ferme."\n{waiver}')
    rename(content, "protesters", "marchers")
    assert 'text: "{{ marchers }}"' in (content / "sections/fr/closing.md").read_text()


# What is refused


def refused(content: Path, old: str, new: str) -> str:
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        rename(content, old, new)
    assert snapshot(content) == before
    (message,) = messages(caught.value)
    return message


@pytest.mark.parametrize("new", ["", "Upper", "1st", "with-dash", "with space", "é", "a/b", "_a"])
def test_a_malformed_id_is_refused(content: Path, new: str) -> None:
    assert refused(content, "closure", new) == (
        f'"{new}" is no id; write small letters, digits and _, a letter first'
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("closure", "protesters", 'fact id "protesters" is taken; choose another'),
        ("town", "gazette", 'actor id "gazette" is taken; choose another'),
        ("closing", "crossing", 'section id "crossing" is taken; choose another'),
        (
            "closing",
            "timeline",
            '"timeline" is an address that the program uses; choose another',
        ),
        ("closing", "facts", '"facts" is an address that the program uses; choose another'),
        (
            "closing",
            "closure",
            '"closure" would change what correction fix_date: target means; choose another',
        ),
        ("closur", "shut", 'nothing has the id "closur"; did you mean "closure"?'),
        ("term:closure", "shut", 'no term has the id "closure"; write fact:closure'),
        (
            "timeline",
            "story",
            '"timeline" is the address of a generated page, and cannot change',
        ),
    ],
)
def test_what_cannot_be_done_is_refused(content: Path, old: str, new: str, message: str) -> None:
    if old == "closing" and new == "closure":
        change(content, "corrections.yml", 'target: "closure"', 'target: "closing"')
    assert refused(content, old, new).startswith(message)


def test_an_id_of_two_kinds_asks_which(content: Path) -> None:
    rename(content, "closing", "town")
    assert refused(content, "town", "council") == (
        '"town" is the id of more than one entry; write actor:town or section:town'
    )
    rename(content, "section:town", "closing")
    assert check(content)[1] == []


def test_a_file_in_the_way_is_refused(content: Path) -> None:
    path = content / "translations/en/closed.po"
    path.write_text("")
    assert refused(content, "closing", "closed") == (
        "translations/en/closed.po exists already; choose another"
    )


def test_content_with_errors_is_refused(content: Path) -> None:
    change(content, "facts/events.yml", 'date: "2021-03-10"', 'date: "2021-02-30"')
    assert "2021-02-30" in refused(content, "closure", "shut")


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(content)
    replace = Path.replace
    placed: list[Path] = []

    def put(new: Path, path: Path) -> Path:
        placed.append(path)
        if len(placed) == 3:
            raise PermissionError(13, "Permission denied", str(path))
        return replace(new, path)

    monkeypatch.setattr(Path, "replace", put)
    with pytest.raises(PermissionError):
        rename(content, "closure", "shut")
    assert len(placed) > 3
    assert snapshot(content) == before


def test_a_section_whose_files_cannot_be_moved_leaves_all_as_it_was(content: Path) -> None:
    before = snapshot(content)
    with pytest.raises(OSError, match="File name too long"):
        rename(content, "closing", "x" * 253)
    assert snapshot(content) == before


def test_a_section_that_is_a_link_stays_one(content: Path) -> None:
    path, target = content / "sections/fr/closing.md", content / "texte.md"
    path.rename(target)
    path.symlink_to("../../texte.md")
    rename(content, "closing", "closed")
    assert (content / "sections/fr/closed.md").readlink() == Path("../../texte.md")
    assert 'id: "closed"' in target.read_text("utf-8")


# Every id of the toy explainer


def test_every_id_of_the_toy_explainer_there_and_back() -> None:
    with toy_copy() as content:
        before = snapshot(content)
        problems = problems_of(content)
        for noun, ids in renaming._ids(toy()).items():
            for entry_id in ids:
                rename(content, f"{noun}:{entry_id}", "renamed_for_a_test")
                assert problems_of(content) == problems
                rename(content, f"{noun}:renamed_for_a_test", entry_id)
                assert snapshot(content) == before, f"{noun}:{entry_id}"


@pytest.mark.parametrize(
    "typed",
    [
        # The name of a label on the map, under which counts stand.
        "place:deraa",
        # In short forms, and as what all facts of a file share.
        "source:afp_2018_07_04",
        "actor:sohr",
        # As the date of another fact.
        "fact:localities_struck",
    ],
)
def test_an_id_in_short_content_is_renamed_there_and_back(typed: str) -> None:
    noun, _, old = typed.partition(":")
    with toy_copy(REAL) as content:
        before = snapshot(content)
        rename(content, typed, "quite_another")
        assert problems_of(content) == []
        rename(content, f"{noun}:quite_another", old)
        # What the old id became is forgotten; the list that it began stays.
        assert snapshot(content) == {**before, "gone.yml": b"gone: []\n"}
