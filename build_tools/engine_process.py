"""The engine as a process of its own, which ends when the process that has started it does.

Its standard input is a pipe on which nothing is ever written: it ends when nobody holds the other
end any more, however that came about. Else the engines of a build that was killed would go on.
"""

from __future__ import annotations

import os
import threading

from mkdocs.__main__ import cli


def _end_with_whoever_started_us() -> None:
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_whoever_started_us, daemon=True).start()
    cli()
