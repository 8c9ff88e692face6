"""`python -m build_tools`, from a clone: the package `reperes` stands in this folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reperes.cli.main import main

main()
