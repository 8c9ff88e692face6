"""Publishes a site, and kills itself when it asks the system to change a folder once more.

`python support_killed.py FOLDER WAY TIMES`: the site in FOLDER/new takes the place of FOLDER/site.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from reperes.site import publishing
from reperes.text import files

EVENTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.copyfile")


def main(folder: Path, way: str, times: int) -> None:
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
