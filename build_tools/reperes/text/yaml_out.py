"""Values as YAML for other programs; people's files are laid out by `tools.formatting`."""

from __future__ import annotations

from typing import Any

import yaml


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes texts that remember their place as plain strings, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def as_yaml(value: Any) -> str:
    """A mapping as YAML, its keys in their order, no line folded."""
    written: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return written
