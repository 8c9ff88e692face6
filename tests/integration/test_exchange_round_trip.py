"""What goes out comes back, in every format and whatever its characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_exchange import TEXTS, WRITERS, one, there_and_back, unit

VERDICTS = {
    "po": {"translated": "done", "stale": "unsure", "missing": "done"},
    "xliff": {"translated": "done", "stale": "unsure", "missing": "open"},
    "csv": {"translated": "done", "stale": "open", "missing": "open"},
}
"""What a file says of a unit that nobody has touched, by its state; an empty one is passed over."""

CONTEXTS = st.sampled_from(
    ["sections/talks/3f9a2c1b", "sections/talks/#deadline", "sections/talks/title", "site/title"]
)
COMMENTS = TEXTS.map(lambda text: "\n".join(filter(None, map(str.strip, text.split("\n")))))
SEVERAL = st.lists(TEXTS, min_size=1, max_size=3).map("\n\n".join)
"""What may stand beside one unit: several paragraphs."""


@pytest.mark.parametrize("format_name", WRITERS)
@given(
    context=CONTEXTS,
    source=SEVERAL,
    target=SEVERAL,
    previous=TEXTS | st.just(""),
    comment=COMMENTS | st.just(""),
    state=st.sampled_from(["translated", "stale", "missing"]),
)
def test_a_unit_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    format_name: str,
    context: str,
    source: str,
    target: str,
    previous: str,
    comment: str,
    state: str,
) -> None:
    made = unit(
        source,
        "" if state == "missing" else target,
        context=context,
        state=state,
        previous=previous if state == "stale" else "",
        comment=comment,
    )
    brought = there_and_back(made, format_name, tmp_path_factory.getbasetemp())
    assert (brought.context, brought.source, brought.target, brought.comment) == (
        made.context,
        made.source,
        made.target,
        made.comment,
    )
    assert brought.verdict == VERDICTS[format_name][state]
    assert (brought.is_narrow, brought.language in ("", "en")) == (False, True)


@pytest.mark.parametrize("format_name", WRITERS)
@given(text=TEXTS)
def test_the_same_unit_gives_the_same_bytes(format_name: str, text: str) -> None:
    made = one(unit(text, text, comment=text.strip()))
    assert WRITERS[format_name](made) == WRITERS[format_name](made)


@pytest.mark.parametrize("format_name", WRITERS)
@pytest.mark.parametrize(
    "text",
    [
        "tab\there",
        "\u202ftight\u00a0 spaces ",
        'quote "it" \\ and \\n',
        "#, fuzzy",
        "]]> &amp; <b>",
        "=1+1;2,3\t4",
        "'=",
        "👩‍👩‍👧 œ’",
        "#~ obsolete",
        "~ a tilde",
    ],
)
def test_awkward_texts(format_name: str, text: str, tmp_path: Path) -> None:
    made = unit(text, text, comment=text.strip())
    brought = there_and_back(made, format_name, tmp_path)
    assert (brought.source, brought.target) == (text, text)
    assert brought.comment.split() == text.split()
