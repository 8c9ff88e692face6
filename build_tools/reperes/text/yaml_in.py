"""The YAML files of the program itself; `model.yaml_values` reads what people write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_own_yaml(path: Path) -> Any:
    """What one of the program's files holds: texts, lists and mappings, and nothing else."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (makes texts alone)
