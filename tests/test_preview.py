from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest

from reperes.serve import preview
from reperes.serve.preview import Changes, labels_of, server
from reperes.text.problems import ContentError, Place, Problem
from support import toy

SCRIPT = (
    '<link rel="stylesheet" href="/.reperes/preview.css">'
    '<script src="/.reperes/preview.js" data-count="0" defer></script></body>'
)
STAMP = "/.reperes/stamp"
RIGHT = b'{"target": "en/talks:3", "seen": "right"}'
LABELS = {"fr": {"preview.title": "Problèmes"}}
PROBLEM = Problem(Place("content/a.yml", 3, 7), 'found "<b>"')


@pytest.fixture
def changes() -> Changes:
    return Changes(LABELS)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name, text in {
        ".reperes": "A site built by reperes",
        "index.html": "<body>root</body>",
        "404.html": "<body>lost</body>",
        "fr/index.html": "<body>été</body>",
        "fr/talks/index.html": "<body>talks</body>",
        "fr/empty/picture.svg": "<svg/>",
        "assets/site.css": "p { }",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    return site


class Stamped:
    """Stands in for stamping: notes what is asked, and knows one code."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, target: str, seen: str) -> None:
        self.asked.append((target, seen))
        if seen != "right":
            changed = [Problem(Place(target), f"{what} has changed") for what in ("this é", "that")]
            raise ContentError(changed)


@pytest.fixture
def stamped() -> Stamped:
    return Stamped()


@pytest.fixture
def port(site: Path, changes: Changes, stamped: Stamped) -> Iterator[int]:
    with server(site, "/ferry/", 0, changes, stamped) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running.server_port
        running.shutdown()
        thread.join()


def ask(
    port: int,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ferry/", "<body>root"),
        ("/ferry/fr/", "<body>été"),
        ("/ferry/fr/?q=1", "<body>été"),
        ("/ferry/fr/index.html", "<body>été"),
        ("/ferry/fr/t%61lks/", "<body>talks"),
    ],
)
def test_pages_come_with_the_script_of_the_preview(port: int, path: str, body: str) -> None:
    response, text = ask(port, path)
    assert (response.status, text) == (200, body + SCRIPT)
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert response.getheader("Content-Length") == str(len(text.encode()))
    assert response.getheader("Cache-Control") == "no-store"


def test_other_files_come_as_they_are(port: int) -> None:
    response, text = ask(port, "/ferry/assets/site.css")
    assert (response.status, text) == (200, "p { }")
    assert response.getheader("Content-Type") == "text/css"
    assert response.getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize("path", ["/", "/fr/", "/ferr", "/favicon.ico"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_outside_its_path_the_server_leads_to_the_site(port: int, path: str, method: str) -> None:
    response, _ = ask(port, path, method)
    assert (response.status, response.getheader("Location")) == (302, "/ferry/")


@pytest.mark.parametrize(
    "path",
    ["/ferry/nowhere/", "/ferry/fr/nowhere", "/ferry/fr/empty/", "/ferry/%00", "/ferry/fr/talks/x"],
)
def test_what_is_not_there_is_the_sites_own_404(port: int, path: str) -> None:
    response, text = ask(port, path)
    assert (response.status, text) == (404, f"<body>lost{SCRIPT}")


def test_a_site_without_a_404_page_still_answers(port: int, site: Path) -> None:
    (site / "404.html").unlink()
    response, text = ask(port, "/ferry/nowhere/")
    assert (response.status, text) == (404, SCRIPT)


def test_a_folder_without_its_slash_keeps_the_path(port: int) -> None:
    response, _ = ask(port, "/ferry/fr/talks?q=1")
    assert (response.status, response.getheader("Location")) == (301, "/ferry/fr/talks/?q=1")


@pytest.mark.parametrize(
    "path",
    [
        "/ferry/../secret.txt",
        "/ferry/../../secret.txt",
        "/ferry/%2e%2e/secret.txt",
        "/ferry/fr/..%2f..%2f..%2fsecret.txt",
        "/ferry//etc/passwd",
        "/ferry/fr/../../../../../../etc/passwd",
    ],
)
def test_no_path_leaves_the_site(port: int, path: str) -> None:
    response, text = ask(port, path)
    assert response.status == 404
    assert text == f"<body>lost{SCRIPT}"


@pytest.mark.parametrize("path", ["/ferry/.reperes", "/ferry/%2Ereperes", "/ferry/fr/../.reperes"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_mark_of_a_built_site_is_not_served(port: int, path: str, method: str) -> None:
    assert ask(port, path, method)[0].status == 404


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8000"],
)
def test_this_machine_has_these_names(port: int, host: str) -> None:
    assert ask(port, "/ferry/", headers={"Host": host})[0].status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "evil.example@localhost",
        "127.0.0.1.nip.io",
        "127.0.0.2",
        "192.168.1.2:8000",
        "0.0.0.0",
        "localhost:",
        "",
        "[::2]",
        "localhost evil.example",
    ],
)
@pytest.mark.parametrize("path", ["/ferry/", "/", "/.reperes/changes", "/ferry/assets/site.css"])
def test_no_other_name_is_answered(port: int, host: str, path: str) -> None:
    response, text = ask(port, path, headers={"Host": host})
    assert (response.status, text) == (
        421,
        "A preview answers only to localhost, 127.0.0.1 and [::1].\n",
    )
    assert response.getheader("Content-Type") == "text/plain; charset=utf-8"


def test_two_names_are_not_answered_where_one_is_foreign(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /ferry/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.0 421 ")


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost:1"},
    {"Origin": "https://localhost:8000"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
OWN: list[dict[str, str]] = [
    {},
    {"Origin": "http://localhost:8000"},
    {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/ferry/"),
        ("DELETE", "/ferry/"),
        ("POST", "/.reperes/changes"),
        ("POST", "/.reperes/stamp"),
        ("GET", "/.reperes/changes"),
        ("HEAD", "/.reperes/preview.js"),
    ],
)
def test_what_other_sites_make_a_browser_send_is_refused(
    port: int, headers: dict[str, str], method: str, path: str
) -> None:
    response, text = ask(port, path, method, {"Host": "localhost:8000", **headers})
    assert response.status == 403
    assert text == ("" if method == "HEAD" else "A preview takes this only from its own pages.\n")


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_link_from_elsewhere_leads_to_a_page(port: int, headers: dict[str, str]) -> None:
    assert ask(port, "/ferry/", headers={"Host": "localhost:8000", **headers})[0].status == 200


@pytest.mark.parametrize("headers", OWN)
def test_own_pages_ask_for_what_they_need(port: int, headers: dict[str, str]) -> None:
    own = {"Host": "localhost:8000", **headers}
    assert ask(port, "/.reperes/preview.js", headers=own)[0].status == 200
    assert ask(port, STAMP, "POST", own, RIGHT)[0].status == 200


# Stamping


def test_a_block_is_stamped_as_it_was_seen(port: int, stamped: Stamped) -> None:
    response, text = ask(port, STAMP, "POST", body=RIGHT)
    assert (response.status, text) == (200, "")
    assert stamped.asked == [("en/talks:3", "right")]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_stamps_nothing(port: int, stamped: Stamped, headers: dict[str, str]) -> None:
    response, _ = ask(port, STAMP, "POST", {"Host": "localhost:8000", **headers}, RIGHT)
    assert response.status == 403
    assert stamped.asked == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_no_process_is_forked_in_the_midst_of_a_stamp(site: Path, changes: Changes) -> None:
    done: list[str] = []
    begun, forking = threading.Event(), threading.Event()

    def stamp(*_: str) -> None:
        begun.set()
        forking.wait()
        threading.Event().wait(0.1)
        done.append("stamped")

    def fork() -> None:
        forking.set()
        if (child := os.fork()) == 0:
            os._exit(0)
        done.append("forked")
        os.waitpid(child, 0)

    with server(site, "/ferry/", 0, changes, stamp) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,)).start()
        asking = threading.Thread(target=ask, args=(running.server_port, STAMP, "POST", {}, RIGHT))
        asking.start()
        begun.wait()
        fork()
        asking.join()
        running.shutdown()
    assert done == ["stamped", "forked"]


def test_what_cannot_be_stamped_is_answered_with_the_reasons(port: int) -> None:
    body = b'{"target": "en/talks:3", "seen": "wrong"}'
    response, text = ask(port, STAMP, "POST", body=body)
    assert (response.status, text) == (409, "that has changed\nthis é has changed")
    assert response.getheader("Content-Type") == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"target=en/talks:3&seen=right",
        b'{"target": "en/talks:3"}',
        b'{"seen": "right"}',
        b'["en/talks:3", "right"]',
        b'"en/talks:3"',
        b"null",
        b'{"target": "\xe9", "seen": "right"}',
        b"[" * 9_999,
    ],
)
def test_what_names_nothing_to_stamp_is_refused(port: int, stamped: Stamped, body: bytes) -> None:
    response, text = ask(port, STAMP, "POST", body=body)
    assert (response.status, text) == (400, "Expected the target, and what was seen of it.\n")
    assert stamped.asked == []


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/ferry/", {}),
        ("/.reperes/changes", {}),
        ("/.reperes/stamp/", {}),
        (STAMP, {"Content-Length": "10001"}),
        (STAMP, {"Content-Length": "-1"}),
        (STAMP, {"Content-Length": "x"}),
        (STAMP, {"Content-Length": ""}),
        (STAMP, {"Transfer-Encoding": "chunked"}),
    ],
)
def test_nothing_else_is_taken(
    port: int, stamped: Stamped, path: str, headers: dict[str, str]
) -> None:
    response, text = ask(port, path, "POST", headers, RIGHT)
    assert (response.status, text) == (400, "A preview takes nothing like this.\n")
    assert stamped.asked == []


@pytest.mark.parametrize("path", ["/ferry/", "/ferry/assets/site.css", "/.reperes/preview.js"])
def test_no_other_site_shows_or_uses_a_draft(port: int, path: str) -> None:
    response, _ = ask(port, path)
    assert response.getheader("Content-Security-Policy") == "frame-ancestors 'self'"
    assert response.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert response.getheader("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize(
    "path", ["/ferry/", "/ferry/nowhere/", "/ferry/assets/site.css", "/.reperes/preview.js"]
)
def test_head_answers_as_get_without_a_body(port: int, path: str) -> None:
    got, _ = ask(port, path)
    asked, body = ask(port, path, "HEAD")
    assert body == ""
    assert asked.status == got.status
    for name in ("Content-Type", "Content-Length", "Location"):
        assert asked.getheader(name) == got.getheader(name)


@pytest.mark.parametrize(
    ("name", "kind", "holds"),
    [
        ("preview.js", "text/javascript", "/.reperes/changes"),
        ("preview.css", "text/css", ".preview-problems"),
    ],
)
def test_the_files_of_the_preview_are_served(port: int, name: str, kind: str, holds: str) -> None:
    response, text = ask(port, f"/.reperes/{name}")
    assert response.getheader("Content-Type") == f"{kind}; charset=utf-8"
    assert holds in text


def test_a_page_knows_the_count_when_it_was_sent(port: int, changes: Changes) -> None:
    changes.announce((), ())
    assert 'data-count="1"' in ask(port, "/ferry/")[1]


@pytest.mark.parametrize("seen", ["", "?", "?x", "?seen=", "?seen=-1", "?seen=%C2%B2"])
def test_a_browser_that_has_seen_nothing_is_told_at_once(
    port: int, changes: Changes, seen: str
) -> None:
    changes.announce((), ())
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET /.reperes/changes{seen} HTTP/1.0\r\n\r\n".encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.0 200 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["count"] == 1


def test_a_waiting_browser_is_told_of_the_next_build(port: int, changes: Changes) -> None:
    answers: list[str] = []
    address = "/.reperes/changes?seen=0&loaded=0&page=/ferry/fr/"
    thread = threading.Thread(target=lambda: answers.append(ask(port, address)[1]))
    thread.start()
    changes.announce(["fr/index.html"], [PROBLEM])
    thread.join()
    assert [json.loads(answer) for answer in answers] == [
        {
            "count": 1,
            "reload": True,
            "problems": [
                {"place": "content/a.yml:3:7", "severity": "error", "message": 'found "<b>"'}
            ],
            "labels": LABELS,
            "drafts": {},
        }
    ]


def test_the_pages_that_browsers_are_at_are_known_the_newest_first(
    port: int, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert changes.looked_at() == []
    for page in ("/ferry/fr/", "/ferry/fr/talks/", "/ferry/fr/"):
        ask(port, f"/.reperes/changes?page={page}")
    assert changes.looked_at() == ["fr/index.html", "fr/talks/index.html"]
    monkeypatch.setattr(preview, "_PATIENCE_SECONDS", -1.0)
    assert changes.looked_at() == []


@pytest.mark.parametrize(
    ("page", "reload"),
    [
        ("/ferry/fr/talks/", True),
        ("/ferry/fr/t%61lks/", True),
        ("/ferry/fr/talks/index.html", True),
        ("/ferry/404.html", True),
        ("/ferry/fr/", False),
        ("/ferry/", False),
        ("/ferry/%00", False),
        ("/ferry/../secret.txt", False),
        ("", False),
    ],
)
def test_only_pages_that_changed_are_loaded_again(
    port: int, changes: Changes, page: str, reload: bool
) -> None:
    changes.announce(["fr/talks/index.html", "404.html"], ())
    told = json.loads(ask(port, f"/.reperes/changes?loaded=0&page={quote(page)}")[1])
    assert told["reload"] is reload


def test_a_browser_that_leaves_while_it_waits_is_no_news(
    port: int, changes: Changes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handled = threading.Event()
    handle_error = preview._Server.handle_error

    def note(running: preview._Server, *where: object) -> None:
        handle_error(running, *where)
        handled.set()

    def broken(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(preview._Server, "handle_error", note)
    monkeypatch.setattr(preview._Handler, "_send", broken)
    with pytest.raises(ConnectionError):
        ask(port, "/.reperes/changes")
    assert handled.wait()
    assert capsys.readouterr().err == ""


def test_the_server_is_for_this_machine_alone(site: Path, changes: Changes) -> None:
    with server(site, "/", 0, changes, Stamped()) as made:
        assert made.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error(site: Path, changes: Changes, port: int) -> None:
    with pytest.raises(OSError, match="in use"):
        server(site, "/ferry/", port, changes, Stamped())


# Changes


def test_a_page_that_was_loaded_since_is_not_loaded_again(changes: Changes) -> None:
    changes.announce(["a.html"], ())
    assert changes.told("a.html", loaded=0)["reload"]
    assert not changes.told("a.html", loaded=1)["reload"]


def test_a_full_build_has_every_page_loaded_again(changes: Changes) -> None:
    changes.announce(None, ())
    assert changes.told("a.html", loaded=0)["reload"]
    assert not changes.told("a.html", loaded=1)["reload"]


def test_a_page_of_another_server_is_loaded_again(changes: Changes) -> None:
    assert changes.told("a.html", loaded=7)["reload"]


def test_problems_are_those_of_the_last_build(changes: Changes) -> None:
    changes.announce((), [PROBLEM])
    changes.announce((), ())
    assert changes.told("a.html", loaded=0)["problems"] == []


def test_the_words_around_problems_are_those_of_each_language() -> None:
    labels = labels_of(toy())
    assert labels["fr"]["preview.title"] == "Problèmes du contenu"
    assert labels["en"]["nav.close"] == "Close"


def test_waiting_ends_at_once_when_something_is_new(changes: Changes) -> None:
    changes.announce((), ())
    assert changes.wait_after(0, seconds=60) == 1


def test_waiting_ends_without_news_after_its_time(changes: Changes) -> None:
    assert changes.wait_after(0, seconds=0.01) == 0


def test_waiting_ends_with_the_next_build(changes: Changes) -> None:
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(changes.wait_after(0, seconds=60)))
    thread.start()
    changes.announce((), ())
    thread.join()
    assert seen == [1]
