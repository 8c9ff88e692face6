"""What every test may lean on: the kinds of test, and one build of the real site."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support import MORE, PROFILE, REAL
from support_sites import Shared, build_site

ROOT = Path(__file__).parent.parent

# The same examples in every run, few enough to wait for; `make properties` looks for new ones.
# Neither looks at a clock, for a machine may be busy otherwise.
NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", NO_CLOCK, derandomize=True, max_examples=50)
settings.register_profile("random", NO_CLOCK, max_examples=50 * MORE, print_blob=True)
settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by the folder it is in, so that nobody can forget to."""
    for item in items:
        for kind in ("browser", "end_to_end", "integration", "peers"):
            if item.path.is_relative_to(ROOT / "tests" / kind):
                item.add_marker(kind)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Of all processes that share a run: the folders of each lie side by side in one."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return Shared(folder)


@pytest.fixture(scope="session")
def built_site(shared: Shared) -> Path:
    """The real content, built once through the command line."""
    return shared.made("real", partial(build_site, REAL))


@pytest.fixture(scope="session")
def built_editor(shared: Shared) -> Path:
    """The real content, built with the web editor."""
    return shared.made("editor", lambda output: build_site(REAL, output, "--admin"))


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may be larger than 150 bytes: what a full disk does, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)
