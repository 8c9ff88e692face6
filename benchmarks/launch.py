"""Run a command, and write what it cost into a file: launch.py RESULT COMMAND…

A process counts the memory of the one that started it, until it has its own program. So what
measures memory is this: Python without anything, some 10 MB.
"""

import os
import sys
import time

start = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as result:  # noqa: PTH123 (pathlib is what this does without)
    print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, file=result)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
