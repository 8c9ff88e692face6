from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reperes.model.documents import Folder, MarkdownDocument
from reperes.model.loading import load, reread
from reperes.serve.live_site import REST_AFTER_SECONDS, LiveSite, SupersededError, Update
from reperes.translation.stamping import stamp
from support_commands import Steps, change, replace_site_wide, snapshot, write_content

FR, EN = "sections/fr/closing.md", "sections/en/closing.md"
BOTH = {"fr/closing/index.html", "en/closing/index.html"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def live(
    content: Path, tmp_path: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LiveSite]:
    """A preview whose full builds take a moment; its pages are the engine's own."""
    replace_site_wide(monkeypatch)
    live = LiveSite(content, tmp_path / "site", tmp_path / "live", steps)
    live.build()
    steps.names.clear()
    yield live
    gc.unfreeze()


def updates_of(live: LiveSite, *looked_at: str) -> list[Update]:
    updates: list[Update] = []
    live.update(updates.append, lambda _: False, lambda: looked_at)
    return updates


def of_readers(update: Update) -> Update:
    """An update without the translators' desk, which shows every change."""
    assert update.pages is not None
    pages = frozenset(page for page in update.pages if not page.startswith("desk/"))
    return Update(pages, update.problems)


def test_a_section_comes_first_and_the_rest_after(content: Path, live: LiveSite) -> None:
    change(content, FR, "ont manifesté", "{{ closure.on }} ont manifesté")
    first, rest = updates_of(live)
    assert first.pages == BOTH
    assert [problem.rule for problem in first.problems] == ["stale"]
    assert of_readers(rest) == Update(frozenset(), first.problems)


def test_what_was_saved_during_the_first_build_is_behind(content: Path, live: LiveSite) -> None:
    assert not live.is_behind
    change(content, FR, "ont manifesté", "ont défilé")
    assert live.is_behind


def test_a_full_build_ends_with_the_preview(content: Path, live: LiveSite, steps: Steps) -> None:
    def superseded(_: float) -> bool:
        if len(steps.names) == 3:
            raise SupersededError
        return False

    before = snapshot(live.site)
    change(content, "site.yml", 'fr: "Le pont"', 'fr: "Le grand pont"')
    with pytest.raises(SupersededError):
        live.update(lambda _: None, superseded)
    assert snapshot(live.site) == before
    assert [path.name for path in (content.parent / ".site.build").iterdir()] == ["kept"]


def test_a_translation_leaves_its_original_alone(content: Path, live: LiveSite) -> None:
    change(content, EN, "residents protested", "residents marched")
    first, rest = updates_of(live)
    assert first.pages == {"en/closing/index.html"}
    assert [problem.message.partition(" (")[0] for problem in first.problems] == [
        "paragraph 3: the translation was edited"
    ]
    assert of_readers(rest) == Update(frozenset(), first.problems)


def test_a_title_reaches_its_neighbours(content: Path, live: LiveSite) -> None:
    change(content, "sections/en/crossing.md", "How to cross", "How to get across")
    first, rest = updates_of(live)
    assert first.pages == {"en/crossing/index.html", "fr/crossing/index.html"}
    assert rest.pages is not None
    assert {"en/index.html", "en/closing/index.html", "en/timeline/index.html"} <= rest.pages
    assert "fr/closing/index.html" not in rest.pages


def test_a_figure_reaches_the_pages_that_show_it(content: Path, live: LiveSite) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "250"')
    (rest,) = updates_of(live)
    assert rest.pages is not None
    assert {*BOTH, "fr/figures/index.html", "fr/facts.json", "en/figures.csv"} <= rest.pages
    assert not {"fr/crossing/index.html", "fr/glossary/index.html"} & rest.pages


FIGURES = "facts/figures.yml"


def test_a_figure_comes_first_on_the_page_that_is_open(content: Path, live: LiveSite) -> None:
    change(content, FIGURES, 'low: "200"', 'low: "250"')
    first, rest = updates_of(live, "fr/closing/index.html", "fr/crossing/index.html")
    assert first.pages == BOTH
    assert "250" in shown(live, "fr/closing")
    assert rest.pages is not None
    assert {"fr/figures/index.html", "fr/facts.json"} <= rest.pages
    assert not BOTH & rest.pages


def test_a_figure_that_the_open_page_does_not_show_needs_no_first_look(
    content: Path, live: LiveSite
) -> None:
    change(content, FIGURES, 'low: "200"', 'low: "250"')
    (rest,) = updates_of(live, "fr/crossing/index.html", "desk/index.html", "404.html")
    assert rest.pages is not None
    assert rest.pages >= BOTH


def test_a_save_in_between_leaves_the_figure_for_later(content: Path, live: LiveSite) -> None:
    open_page = ("fr/closing/index.html",)
    for low in ("250", "260"):
        change(content, FIGURES, 'low: "200"' if low == "250" else 'low: "250"', f'low: "{low}"')
        with pytest.raises(SupersededError):
            live.update(lambda _: None, lambda _: True, lambda: open_page)
        assert low in shown(live, "fr/closing")
    change(content, FIGURES, 'low: "260"', 'low: "200"')
    updates_of(live)
    assert "200" in shown(live, "fr/closing")


def test_what_was_shown_ahead_of_a_refusal_is_put_back(content: Path, live: LiveSite) -> None:
    before = snapshot(live.site)
    change(content, FIGURES, 'fr: "', 'fr: "17 ponts et ')
    first, rest = updates_of(live, "fr/figures/index.html")
    assert first.pages is not None
    assert "fr/figures/index.html" in first.pages
    assert first.pages == rest.pages
    assert "naked-figure" in {problem.rule for problem in rest.problems}
    assert snapshot(live.site) == before


def test_an_error_in_an_entry_is_told_and_shows_nothing(content: Path, live: LiveSite) -> None:
    before = snapshot(live.site)
    change(content, FIGURES, 'low: "200"', 'low: "400"')
    (update,) = updates_of(live, "fr/closing/index.html")
    assert update.pages == frozenset()
    assert "shape" in {problem.rule for problem in update.problems}
    assert snapshot(live.site) == before


def test_sections_of_files_that_have_not_changed_are_not_read_again(
    content: Path, live: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(folder: Folder, relative: str) -> MarkdownDocument:
        read.append(relative)
        return read_markdown(folder, relative)

    read_markdown = Folder.read_markdown
    monkeypatch.setattr(Folder, "read_markdown", counted)
    change(content, FIGURES, 'low: "200"', 'low: "250"')
    updates_of(live)
    assert read == []
    change(content, FR, "ont manifesté", "ont défilé")
    updates_of(live)
    assert read == [FR]
    change(content, FR, "ont défilé", "ont manifesté")
    change(content, FIGURES, 'low: "250"', 'low: "200"')
    updates_of(live)
    assert read == [FR, FR]


def test_several_sections_at_once(content: Path, live: LiveSite) -> None:
    change(content, FR, "ont manifesté", "ont défilé")
    change(content, "sections/en/crossing.md", "See also", "See too")
    first, _ = updates_of(live)
    assert first.pages == {*BOTH, "en/crossing/index.html", "fr/crossing/index.html"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("site.yml", 'en: "The bridge"', 'en: "A bridge"'),
        ("site.yml", '  - "closing"\n  - "crossing"\n', '  - "crossing"\n  - "closing"\n'),
    ],
)
def test_what_reaches_every_page_is_a_full_build(
    content: Path, live: LiveSite, steps: Steps, name: str, old: str, new: str
) -> None:
    change(content, name, old, new)
    assert [update.pages for update in updates_of(live)] == [None]
    assert steps.names[-1] == "publish"


def test_a_save_that_changed_nothing_changes_nothing(content: Path, live: LiveSite) -> None:
    (content / FR).write_bytes((content / FR).read_bytes())
    assert [update.pages for update in updates_of(live)] == [frozenset(), frozenset()]


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (FR, "{{ protesters }}", "{{ riot }}", "reference"),
        (FR, "Selon", "Les 17 ponts. Selon", "naked-figure"),
        (FR, 'title: "La', 'title: "La', ""),
        (EN, "{{ protesters }} residents", "Residents", "parity"),
        ("facts/figures.yml", 'low: "200"', 'low: "400"', "shape"),
    ],
)
def test_an_error_leaves_the_site_as_it_was(
    content: Path, live: LiveSite, name: str, old: str, new: str, rule: str
) -> None:
    before = snapshot(live.site)
    if not rule:
        (content / name).write_text('---\ntitle: "La', "utf-8")  # a file half-written
        rule = "front-matter"
    else:
        change(content, name, old, new)
    updates = updates_of(live)
    assert snapshot(live.site) == before
    for update in updates:
        assert update.pages == frozenset()
        assert rule in {problem.rule for problem in update.problems}


def test_a_section_that_was_broken_comes_first_again(content: Path, live: LiveSite) -> None:
    change(content, FR, "{{ protesters }}", "{{ riot }}")
    updates_of(live)
    change(content, FR, "{{ riot }}", "Enfin {{ protesters }}")
    first, rest = updates_of(live)
    assert first.pages == BOTH
    assert rest.problems == first.problems


def test_the_first_look_tells_the_problems_that_a_check_tells(
    content: Path, live: LiveSite
) -> None:
    change(content, "glossary.yml", 'term: "passerelle"', 'term: "pont"')
    updates_of(live)
    change(content, FR, "{{ protesters }}", "{{ riot }} <b>")
    change(content, EN, "Anger", "The 7 angers")
    first, rest = updates_of(live)
    errors, errors_of_all = ([p for p in u.problems if p.is_error] for u in (first, rest))
    assert errors == errors_of_all
    assert len(errors) >= 3


def test_a_deleted_translation_is_shown_in_the_other_language(
    content: Path, live: LiveSite
) -> None:
    (content / EN).unlink()
    (update,) = updates_of(live)
    assert update.pages is not None
    assert "en/closing/index.html" in update.pages
    assert "ont manifesté" in (live.site / "en/closing/index.html").read_text("utf-8")


def test_a_save_in_between_leaves_the_rest_for_later(content: Path, live: LiveSite) -> None:
    waited: list[float] = []
    updates: list[Update] = []

    def superseded(seconds: float) -> bool:
        waited.append(seconds)
        return True

    change(content, "sections/en/crossing.md", "How to cross", "How to get across")
    with pytest.raises(SupersededError):
        live.update(updates.append, superseded)
    assert waited == [REST_AFTER_SECONDS]
    assert len(updates) == 1
    (rest,) = updates_of(live)
    assert rest.pages is not None
    assert "en/index.html" in rest.pages


def test_a_site_may_be_left_half_anew_and_is_finished_next_time(
    content: Path, live: LiveSite
) -> None:
    updates: list[Update] = []
    change(content, "facts/figures.yml", 'low: "200"', 'low: "250"')
    with pytest.raises(SupersededError):
        live.update(updates.append, lambda _: "250" in shown(live, "fr/closing"))
    assert updates[0].pages
    (rest,) = updates_of(live)
    assert rest.pages is not None
    assert "250" in shown(live, "en/closing")
    assert not updates[0].pages & rest.pages


def shown(live: LiveSite, page: str) -> str:
    return (live.site / page / "index.html").read_text("utf-8")


def test_what_readers_get_is_the_last_full_build(
    content: Path, live: LiveSite, tmp_path: Path
) -> None:
    before = snapshot(tmp_path / "site")
    change(content, FR, "ont manifesté", "ont défilé")
    updates_of(live)
    assert snapshot(tmp_path / "site") == before


def test_sections_read_anew_make_the_explainer_that_loading_makes(content: Path) -> None:
    explainer = load(content).explainer
    change(content, FR, "ont manifesté", "[veulent](claim:wants_footbridge) {{ closure.on }}")
    found, loaded = reread(explainer, Folder(content), [("fr", "closing")]), load(content)
    assert found.explainer != explainer
    assert found.explainer == replace(loaded.explainer, locales=explainer.locales)
    assert found.problems == loaded.problems == ()
