"""`python -m build_tools`, from a clone: the package `reperes` stands in this folder."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
# The engines are processes of their own, and find the package where we do, installed or not.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [sys.path[0], os.environ.get("PYTHONPATH")])
)

from reperes.cli.main import main

main()
