"""What every test may lean on: the kinds of test, and one build of the real site."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by the folder it is in, so that nobody can forget to."""
    for item in items:
        for kind in ("browser", "end_to_end", "peers"):
            if item.path.is_relative_to(ROOT / "tests" / kind):
                item.add_marker(kind)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once through the command line."""
    site_path = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "build_tools", "build", "--output", str(site_path)]
    build = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stdout + build.stderr
    return site_path


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may be larger than 150 bytes: what a full disk does, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)
