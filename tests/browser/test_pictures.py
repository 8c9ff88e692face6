"""Pictures as a browser shows them: the file that fits the screen, in its room from the start."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from support import TOY
from support_browser import violations, wait_until
from support_serving import served
from support_sites import Shared, build_site

PAGE = "en/money/"

_SHIFTS = """new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({ type: "layout-shift", buffered: true }); window.shifts = [];"""


@pytest.fixture(scope="session")
def site_url(shared: Shared) -> Iterator[str]:
    """The toy explainer: the real one has no pictures."""
    with served(shared.made("toy", partial(build_site, TOY))) as url:
        yield url


def show_all(page: Page) -> list[Response]:
    """Open the page and scroll to its end; the files of pictures that were fetched."""
    fetched: list[Response] = []
    # Playwright takes no method of a list.
    page.on("response", lambda response: fetched.append(response))
    page.goto(PAGE)
    for image in page.locator(".photo img").all():
        image.scroll_into_view_if_needed()
        wait_until(page, "image => image.complete && image.naturalWidth", image.element_handle())
    return [response for response in fetched if "/pictures/" in response.url]


@pytest.mark.parametrize(
    ("context_options", "files"),
    [
        ({"viewport": {"width": 320, "height": 640}}, ["notice-480", "quay-480"]),
        (
            {"viewport": {"width": 320, "height": 640}, "device_scale_factor": 2},
            ["notice-600", "quay-640"],
        ),
        ({"viewport": {"width": 1440, "height": 900}}, ["notice-480", "quay-640"]),
        (
            {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 2},
            ["notice-600", "quay-1200"],
        ),
    ],
    ids=["320", "320 fine", "1440", "1440 fine"],
)
def test_the_file_that_fits_is_fetched_and_no_other(page: Page, files: list[str]) -> None:
    fetched = show_all(page)
    names = [Path(response.url).name.partition(".")[0] for response in fetched]
    assert sorted(names) == files
    assert all(response.url.endswith(".webp") for response in fetched)


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 320, "height": 640}}])
def test_a_telephone_fetches_little(page: Page) -> None:
    assert all(len(response.body()) < 40_000 for response in show_all(page))


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_moves_when_a_picture_comes(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.add_init_script(_SHIFTS)
    show_all(page)
    assert page.evaluate("shifts.reduce((sum, shift) => sum + shift.value, 0)") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_its_room_has_the_shape_of_the_image(page: Page) -> None:
    show_all(page)
    shapes = """images => images.map(image => [
        image.clientWidth / image.clientHeight, image.naturalWidth / image.naturalHeight])"""
    for shown, natural in page.eval_on_selector_all(".photo img", shapes):
        assert shown == pytest.approx(natural, rel=0.01)


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_it_needs_no_script(page: Page, context_options: dict[str, Any]) -> None:
    page.goto(PAGE)
    assert page.locator(".photo img").count() == 2
    link = page.locator(".photo__credit a").first
    assert link.get_attribute("href") == "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("context_options", [{"viewport": {"width": 320, "height": 640}}])
def test_a_page_with_pictures_breaks_no_rule(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    show_all(page)
    assert violations(page) == []


def test_on_paper_it_stays_on_its_page(page: Page) -> None:
    page.emulate_media(media="print")
    show_all(page)
    styles = page.eval_on_selector_all(
        ".photo", "all => all.map(a => getComputedStyle(a).breakInside)"
    )
    assert set(styles) == {"avoid"}
