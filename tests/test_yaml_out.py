from __future__ import annotations

import pytest
import yaml

from reperes.text.yaml_out import as_yaml
from support import text

SHARED = {"a": "b"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": "Été"}, "b: 1\na: Été\n"),
        ({"a": text("x"), text("b"): [text("y")]}, "a: x\nb:\n- y\n"),
        ({"a": SHARED, "b": SHARED}, "a:\n  a: b\nb:\n  a: b\n"),
        ({"a": "long " * 40}, f"a: '{'long ' * 40}'\n"),
        ({"a": text("true")}, "a: 'true'\n"),
    ],
)
def test_what_is_written(value: object, written: str) -> None:
    assert as_yaml(value) == written
    assert yaml.safe_load(written) == value
