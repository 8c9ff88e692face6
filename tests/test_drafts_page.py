from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from reperes.model.loading import load
from reperes.serve.drafts_page import DraftsPage, code_of, page_files
from reperes.serve.preview import Changes, server
from reperes.text.problems import ContentError
from support_commands import change, explainer_of, messages, snapshot
from support_drafts_page import keep_texts, write_drafts

FILE = "drafts/gazette_1.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_drafts(tmp_path)


@pytest.fixture
def page(content: Path, tmp_path: Path) -> DraftsPage:
    return DraftsPage(content, lambda: load(content).explainer, tmp_path / "texts", str)


def seen(content: Path, draft_id: str) -> str:
    explainer = load(content).explainer
    proposals = explainer.drafts["gazette_1"].proposals
    return code_of(next(p for p in proposals if p.id == draft_id), explainer)


def decision(content: Path, draft_id: str, decided: str, **changes: Any) -> dict[str, Any]:
    code = seen(content, draft_id)
    return {"draft": draft_id, "seen": code, "decision": decided, "changes": changes}


def html(page: DraftsPage, language: str = "en") -> str:
    found = page.html(language)
    assert found is not None
    return found


def test_a_draft_stands_beside_its_paragraph_with_the_words_marked(
    page: DraftsPage, tmp_path: Path
) -> None:
    keep_texts(tmp_path / "texts")
    text = html(page)
    assert (
        '<blockquote lang="fr"><p>La mairie demande <mark>une passerelle provisoire</mark>.</p>'
        in text
    )
    assert "<figcaption>Paragraph 4</figcaption>" in text
    assert "3 drafts await a decision." in text
    assert "--text FILE" not in text


def test_without_the_text_the_words_stand_alone_and_it_is_said_how_to_see_more(
    page: DraftsPage,
) -> None:
    text = html(page)
    assert "<p><mark>une passerelle provisoire</mark></p>" in text
    assert "<code>reperes propose gazette_1 --text FILE</code>" in text
    assert "La mairie demande" not in text


def test_a_paragraph_that_is_not_the_one_that_was_read_is_not_shown(
    page: DraftsPage, tmp_path: Path
) -> None:
    kept = keep_texts(tmp_path / "texts") / "gazette_1.txt"
    kept.write_text(kept.read_text("utf-8").replace("demande", "exige"), "utf-8")
    text = html(page)
    assert "<p><mark>une passerelle provisoire</mark></p>" in text
    assert "<mark>Entre 200 et 300</mark> riverains" in text
    assert "--text FILE" in text


def test_what_was_typed_in_a_source_or_a_draft_is_text(page: DraftsPage, content: Path) -> None:
    change(content, FILE, 'fr: "Riverains"', 'fr: "<img src=x>"')
    assert "<img" not in html(page)


def test_every_language_has_the_page_and_no_other(page: DraftsPage, content: Path) -> None:
    assert 'lang="fr"' in html(page, "fr")
    assert "3 brouillons attendent une décision." in html(page, "fr")
    assert page.html("de") is None
    assert page_files(explainer_of(content)) == {"drafts/fr/index.html", "drafts/en/index.html"}


def test_what_a_draft_lacks_is_asked_for(page: DraftsPage) -> None:
    text = html(page)
    required = re.findall(r'name="([\w.]+)"[^>]*required', text)
    assert required == [
        *("label.en", "unit"),
        *("label.fr", "label.en", "kind", "summary.fr", "summary.en"),
    ]
    assert "Optional: how the date follows from “mercredi” (English)" in text
    assert "Name of a new unit, as one/many/feminine; in the source: “passerelle”" in text


def test_pages_lead_to_the_first_draft_while_there_is_one(page: DraftsPage, content: Path) -> None:
    assert page.links("/bridge/") == {
        "fr": "/bridge/drafts/fr/#draft-residents",
        "en": "/bridge/drafts/en/#draft-residents",
    }
    (content / FILE).unlink()
    assert page.links("/bridge/") == {}
    assert "No draft awaits a decision." in html(page)


def test_an_accepted_draft_is_a_fact(page: DraftsPage, content: Path) -> None:
    page.decide(decision(content, "residents", "accept", label={"en": "People"}, id="people"))
    explainer = explainer_of(content)
    assert str(explainer.figures["people"].label["en"]) == "People"
    assert str(explainer.figures["people"].label["fr"]) == "Riverains"
    assert "residents" in explainer.drafts["gazette_1"].accepted


def test_a_new_unit_comes_with_the_draft_that_needs_it(page: DraftsPage, content: Path) -> None:
    nouns = {"fr": "passerelle/passerelles/feminine", "en": "footbridge/footbridges"}
    changes = {"label": {"en": "Footbridges"}, "unit": "bridge", "new_unit": nouns}
    page.decide(decision(content, "footbridges", "accept", **changes))
    explainer = explainer_of(content)
    assert explainer.figures["footbridges"].unit == "bridge"


def test_how_a_date_was_worked_out_is_kept(page: DraftsPage, content: Path) -> None:
    both = {"fr": "Le pont ferme.", "en": "The bridge closes."}
    reason = {"fr": "Le mercredi de la parution.", "en": "The Wednesday of publication."}
    changes = {"kind": "other", "label": both, "summary": both, "derived": reason}
    page.decide(decision(content, "on_wednesday", "accept", **changes))
    derived = explainer_of(content).events["on_wednesday"].derived
    assert derived is not None
    assert derived.anchor == "mercredi"


def test_a_dropped_draft_is_remembered(page: DraftsPage, content: Path) -> None:
    page.decide(decision(content, "on_wednesday", "drop"))
    drafts = explainer_of(content).drafts["gazette_1"]
    assert "on_wednesday" in drafts.dropped
    assert [str(p.id) for p in drafts.proposals] == ["residents", "footbridges"]


def test_what_has_changed_behind_the_page_is_not_decided(page: DraftsPage, content: Path) -> None:
    asked = decision(content, "residents", "accept")
    change(content, FILE, "200..300 person", "200..400 person")
    before = snapshot(content)
    with pytest.raises(ContentError) as error:
        page.decide(asked)
    assert messages(error.value) == ["has changed since this page was made; look again"]
    assert snapshot(content) == before


def test_what_a_draft_lacks_is_said_and_nothing_written(page: DraftsPage, content: Path) -> None:
    before = snapshot(content)
    with pytest.raises(ContentError) as error:
        page.decide(decision(content, "footbridges", "accept", unit="person"))
    assert messages(error.value) == ['draft footbridges: no label in en; write it (--label en="…")']
    assert snapshot(content) == before


@pytest.fixture
def port(content: Path, page: DraftsPage, tmp_path: Path) -> Iterator[int]:
    site = tmp_path / "site"
    site.mkdir()
    changes = Changes({"fr": {}})
    with server(site, "/bridge/", 0, changes, lambda *_: None, page) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running.server_port
        running.shutdown()
        thread.join()


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, sent)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


POST = "/.reperes/drafts"


def test_the_preview_serves_the_page(port: int) -> None:
    status, text = ask(port, "GET", "/bridge/drafts/en/")
    assert status == 200
    assert "<h1>Drafts</h1>" in text
    assert text.index("/.reperes/drafts.js") < text.index("/.reperes/preview.js")
    assert ask(port, "GET", "/bridge/drafts/de/")[0] == 404
    assert ask(port, "GET", "/.reperes/drafts.css")[0] == 200


def test_a_decision_is_taken_over_the_network(port: int, content: Path) -> None:
    body = json.dumps(decision(content, "residents", "drop")).encode()
    assert ask(port, "POST", POST, body) == (200, "")
    assert "residents" in explainer_of(content).drafts["gazette_1"].dropped
    status, text = ask(port, "POST", POST, body)
    assert status == 409
    assert text.startswith("residents was dropped before (")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_site_decides_nothing(port: int, content: Path, headers: dict[str, str]) -> None:
    before = snapshot(content)
    body = json.dumps(decision(content, "residents", "drop")).encode()
    assert ask(port, "POST", POST, body, **headers)[0] == 403
    assert snapshot(content) == before


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"null",
        b'{"draft": "residents", "seen": "x", "decision": "keep"}',
        b'{"draft": "residents", "seen": "x", "decision": "accept", "changes": 7}',
        b'{"draft": "residents", "seen": "x", "decision": "accept", "changes": {"id": 7}}',
        b'{"draft": "residents", "seen": "x", "decision": "accept", "changes": {"a": {"fr": 7}}}',
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused(port: int, content: Path, body: bytes) -> None:
    before = snapshot(content)
    status, text = ask(port, "POST", POST, body)
    assert status == 400
    assert text == "Expected a draft, a decision, and what was seen of it.\n"
    assert snapshot(content) == before


def test_a_decision_that_is_too_long_is_not_read(port: int) -> None:
    status, _ = ask(port, "POST", POST, b"{}", Content_Length="50001")
    assert status == 400
