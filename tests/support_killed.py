"""Publishes a site again and again, and is killed one change of a folder later each time.

`python support_killed.py FOLDER WAY`: in FOLDER/0, FOLDER/1 and so on, the site in `new` takes the
place of that in `site`, until nothing is left to be killed at.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from reperes.site import publishing
from reperes.text import files
from reperes.text.files import write_all

OLD = {
    "index.html": b"old",
    "assets/site.css": b"old",
    "fr/index.html": b"old",
    "fr/old/index.html": b"old",
    "old/index.html": b"old",
    "old.txt": b"old",
    "turned": b"a file",
}
NEW = {
    "index.html": b"new",
    "assets/site.css": b"new",
    "en/index.html": b"new",
    "fr/index.html": b"new",
    "turned/index.html": b"a folder",
    "new.txt": b"new",
}

EVENTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.copyfile")


def publish_and_be_killed(folder: Path, way: str, times: int) -> None:
    """Publish, as far as the change of a folder after so many."""
    workspace = publishing.Workspace(folder / ".site.build", folder / "docs", lasting=False)
    output, left = folder / "site", times
    with publishing.alone(workspace, output, publishing.Patience()):
        (folder / "new").rename(workspace.site)
        files._exchange_call()  # asks for the system's library, once

        def kill(event: str, _: object) -> None:
            nonlocal left
            if event in EVENTS:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        if way == "entries":
            publishing._publish_into(workspace.site, output)
            return
        if way == "two renames":
            files._exchange_call = lambda: None  # a system that cannot exchange folders
        publishing.publish(workspace, output)


def main(folder: Path, way: str) -> None:
    for times in count():
        write_all({folder / f"{times}/site" / name: data for name, data in OLD.items()})
        write_all({folder / f"{times}/new" / name: data for name, data in NEW.items()})
        process = os.fork()  # which is much faster than another start
        if not process:
            publish_and_be_killed(folder / str(times), way, times)
            return
        _, status = os.waitpid(process, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
