from __future__ import annotations

import json

import pytest

from reperes.text.problems import Place, Text
from reperes.translation.status import Count, Finding, LanguageStatus, TextStatus
from reperes.translation.status_reports import FORMATS, as_github, as_json, as_markdown, as_text
from reperes.translation.targets import Target

FRENCH, ENGLISH = "content/sections/fr/talks.md", "content/sections/en/talks.md"
CHANGED = Finding(
    Target("en", "talks", "3"),
    "changed",
    Place(FRENCH, 14),
    "Avant.",
    Text("Après.", Place(FRENCH, 14)),
    (Text("After.", Place(ENGLISH, 15)),),
)
MISSING = Finding(Target("en", "strikes"), "missing", Place("content/sections/fr/strikes.md"))
ORPHANED = Finding(Target("en", "old"), "orphaned", Place("content/translations/en/old.po", 1, 1))
STATUS = LanguageStatus(
    "en",
    (
        TextStatus(Target("en", "demands"), "fresh", "d.md", Count(9, 9), Count(150, 150)),
        TextStatus(
            Target("en", "talks"), "stale", ENGLISH, Count(10, 9), Count(200, 180), (CHANGED,)
        ),
        TextStatus(
            Target("en", "strikes"), "missing", "s.md", Count(5, 0), Count(99, 0), (MISSING,)
        ),
        TextStatus(Target("en", "old"), "orphaned", "o.po", findings=(ORPHANED,)),
    ),
)
FRESH = LanguageStatus(
    "fr", (TextStatus(Target("fr", "money"), "fresh", "m.md", Count(2, 2), Count(8, 8)),)
)


def test_text_is_a_table_a_language_and_a_line_for_each_finding() -> None:
    assert (
        as_text([FRESH, STATUS])
        == """\
fr     state       blocks  up to date  words  up to date
money  up to date     2/2        100%    8/8        100%
all    up to date     2/2        100%    8/8        100%

en       state                           blocks  up to date    words  up to date
demands  up to date                         9/9        100%  150/150        100%
talks    stale                             9/10         90%  180/200         90%
strikes  missing                            0/5          0%     0/99          0%
old      orphaned
all      1 stale, 1 missing, 1 orphaned   18/24         75%  330/449         73%

content/sections/fr/talks.md:14:1: en/talks:3: the original was reworded \
(translation at content/sections/en/talks.md:15)
content/sections/fr/strikes.md:1:1: en/strikes: is not translated
content/translations/en/old.po:1:1: en/old: its original is gone"""
    )


def test_markdown_is_a_table_a_language_and_a_list() -> None:
    assert (
        as_markdown([FRESH, STATUS])
        == """\
| fr | state | blocks | up to date | words | up to date |
| --- | --- | --: | --: | --: | --: |
| money | up to date | 2/2 | 100% | 8/8 | 100% |
| **all** | up to date | 2/2 | 100% | 8/8 | 100% |

| en | state | blocks | up to date | words | up to date |
| --- | --- | --: | --: | --: | --: |
| demands | up to date | 9/9 | 100% | 150/150 | 100% |
| talks | stale | 9/10 | 90% | 180/200 | 90% |
| strikes | missing | 0/5 | 0% | 0/99 | 0% |
| old | orphaned |  |  |  |  |
| **all** | 1 stale, 1 missing, 1 orphaned | 18/24 | 75% | 330/449 | 73% |

- `content/sections/fr/talks.md:14` en/talks:3: the original was reworded \
(translation at content/sections/en/talks.md:15)
- `content/sections/fr/strikes.md:1` en/strikes: is not translated
- `content/translations/en/old.po:1` en/old: its original is gone"""
    )


def test_github_is_a_workflow_command_a_finding() -> None:
    assert (
        as_github([FRESH, STATUS])
        == """\
::warning file=content/sections/fr/talks.md,line=14,col=1,title=stale::en/talks:3: \
the original was reworded (translation at content/sections/en/talks.md:15)
::warning file=content/sections/fr/strikes.md,line=1,col=1,title=stale::en/strikes: \
is not translated
::warning file=content/translations/en/old.po,line=1,col=1,title=stale::en/old: \
its original is gone"""
    )


def test_json_holds_every_field() -> None:
    told = json.loads(as_json([STATUS]))
    assert told["version"] == "1.0"
    (english,) = told["languages"]
    assert english["language"] == "en"
    assert english["blocks"] == {"all": 24, "fresh": 18, "percent": 75}
    assert english["words"] == {"all": 449, "fresh": 330, "percent": 73}
    assert english["texts"][1] == {
        "target": "en/talks",
        "state": "stale",
        "path": ENGLISH,
        "blocks": {"all": 10, "fresh": 9, "percent": 90},
        "words": {"all": 200, "fresh": 180, "percent": 90},
        "findings": [
            {
                "target": "en/talks:3",
                "kind": "changed",
                "path": FRENCH,
                "line": 14,
                "column": 1,
                "translations": [{"path": ENGLISH, "line": 15, "column": 1}],
            }
        ],
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text", ""),
        ("markdown", ""),
        ("github", ""),
        ("json", '{\n  "version": "1.0",\n  "languages": []\n}'),
    ],
)
def test_a_site_of_one_language_has_nothing_to_say(name: str, text: str) -> None:
    assert FORMATS[name]([]) == text
