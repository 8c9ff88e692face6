"""The engine as a process of its own, which ends when the process that has started it does.

Its standard input is a pipe on which nothing is ever written: it ends when nobody holds the other
end any more, however that came about. Else the engines of a build that was killed would go on.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import traceback
from importlib import import_module


def main() -> None:
    """Run the engine that the first argument names, a module with a `cli`, with the others.

    Where a file cannot be written, the error names it.
    """
    engine = import_module(sys.argv.pop(1))
    threading.Thread(target=_end_with_whoever_started_us, daemon=True).start()
    try:
        engine.cli()
    except OSError as error:
        if error.filename is None:
            error.filename = _open_file(error)
        raise


def _end_with_whoever_started_us() -> None:
    os.read(0, 1)
    os._exit(1)


def _open_file(error: OSError) -> str | None:
    """The file that was being written, which the error of a full disk does not know."""
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        for value in frame.f_locals.values():
            if isinstance(value, io.IOBase) and isinstance(getattr(value, "name", None), str):
                return str(value.name)  # type: ignore[attr-defined]
    return None


if __name__ == "__main__":
    main()
