"""Explainers built as a publisher builds them: by the command line, with the real engine."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
import yaml

from support import REAL, TOY
from support_sites import BuiltSite, Shared, build_site

# Programs in Java that run for some seconds: to be started fast is better than to run faster. What
# is compiled quickly takes more of the stack, which the checker of HTML uses deeply.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m")


def base_url_of(content: Path) -> str:
    told = yaml.safe_load((content / "site.yml").read_text("utf-8"))
    return str(told["base_url"])


@pytest.fixture(scope="session")
def toy_site(shared: Shared) -> BuiltSite:
    return BuiltSite(shared.made("toy", partial(build_site, TOY)), base_url_of(TOY))


@pytest.fixture(scope="session")
def real_site(built_site: Path) -> BuiltSite:
    return BuiltSite(built_site, base_url_of(REAL))


@pytest.fixture(params=["toy", "real"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(kind: str, request: pytest.FixtureRequest) -> BuiltSite:
    """The toy explainer, then the real one."""
    found = request.getfixturevalue(f"{kind}_site")
    assert isinstance(found, BuiltSite)
    return found


@pytest.fixture
def content(kind: str) -> Path:
    """Where the site was built from."""
    return {"toy": TOY, "real": REAL}[kind]
