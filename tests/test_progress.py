from __future__ import annotations

import re

import pytest

from reperes.text.progress import Progress


def test_plain_lines_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress().step("check"):
        pass
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(r"  check +\d\.\d\d s\n", printed.err)


def test_a_step_that_fails_says_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), Progress().step("check"):
        _ = 1 / 0
    assert capsys.readouterr().err == ""


def live() -> Progress:
    progress = Progress()
    progress.live = True
    return progress


def test_a_live_line_is_wiped_before_its_result(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    with live().step("check"):
        assert capsys.readouterr().err == "  check …"
    assert re.fullmatch(r"\r\x1b\[K  check +\d\.\d\d s\n", capsys.readouterr().err)


def test_a_live_line_is_wiped_before_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    with pytest.raises(ZeroDivisionError), live().step("check"):
        _ = 1 / 0
    assert capsys.readouterr().err == "  check …\r\x1b[K"
