"""What is worked out of the program's own files, kept where Python keeps compiled code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from reperes.text.digests import digest_of_parts
from reperes.text.files import write_text

FOLDER = "__pycache__"

T = TypeVar("T")


def compiled(module: Path, source: str, make: Callable[[], T]) -> T:
    """What `make` makes of a source, which JSON must be able to hold, as it was made before.

    It is kept beside the module that makes it, and made anew where that, or the source, is another.
    Where nothing can be kept, or Python is told to write no compiled code, it is made each time.
    """
    digest = digest_of_parts([module.read_bytes(), source.encode()])
    kept = module.parent / FOLDER / f"{module.stem}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(kept.read_text("utf-8"))
        if found["digest"] == digest:
            value: T = found["value"]
            return value
    value = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            write_text(kept, json.dumps({"digest": digest, "value": value}))
    return value
