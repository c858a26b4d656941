"""A Chromium and the demo site, shared by all tests of this folder.

Both live as long as the folder's tests, not as long as the session: while
Playwright's event loop runs in this thread, Django refuses to use a database in
it, which the tests elsewhere do.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from .demo_site import PASSWORD, DemoSite
from .visitor import Visitor

HERE = os.path.dirname(__file__)
NO_CHROMIUM = "Chromium is not installed: apt-get install chromium"
PHONE = {"width": 360, "height": 740}
PATIENCE = 20_000  # milliseconds; a busy machine is slow, not wrong
DESK = {"width": 1280, "height": 900}
PUBLISH_EVERY_BLOCK = """
from clinic_site.core.models import ClinicImage
from tests.factories.blocks import publish_every_block
image = ClinicImage.objects.filter(title__icontains="comb").first()
print(publish_every_block(image or ClinicImage.objects.first()).get_url())
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> str:
    path = shutil.which("chromium")
    if path is None and os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(NO_CHROMIUM, pytrace=False)
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path


@pytest.fixture(scope="package")
def site(chromium, tmp_path_factory) -> Iterator[DemoSite]:
    site = DemoSite(tmp_path_factory.mktemp("demo-site"))
    try:
        site.wait_until_ready()
        yield site
    finally:
        site.stop()
    assert site.failures() == []


@pytest.fixture(scope="package")
def address(site) -> str:
    return site.address()


@pytest.fixture(scope="package")
def every_block(site) -> str:
    """The path of a page that no demo has, with each block of an answer."""
    return site.made_by(PUBLISH_EVERY_BLOCK)


@pytest.fixture(scope="package")
def browser(chromium, site) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser, address) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of somebody's own, without cookies: open_browser(**options)."""
    contexts = []

    def make(**options) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": address, "locale": "en-GB", "viewport": DESK, **options}
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_browser, address) -> Iterator[Callable[..., Visitor]]:
    """Somebody who reads the site: visit(path, **options of the browser).

    No page they see may log an error or ask another host for anything.
    """
    visitors = []

    def make(path: str = "/", **options) -> Visitor:
        visitor = Visitor(open_browser(**options), address)
        visitors.append(visitor)
        visitor.page.goto(path)
        return visitor

    yield make
    for visitor in visitors:
        assert visitor.console_errors == []
        assert visitor.foreign_requests == []


@pytest.fixture(scope="package")
def sessions() -> dict[str, dict]:
    """Who has signed in already: trying a password often is refused."""
    return {}


@pytest.fixture
def sign_in(open_browser, sessions) -> Iterator[Callable[..., Page]]:
    """The browser of a member of staff: sign_in("editor", path="/admin/").

    No script may break on any page of theirs.
    """
    broken = []

    def make(username: str, path: str = "/admin/") -> Page:
        context = open_browser(storage_state=sessions.get(username))
        context.on("weberror", lambda error: broken.append(f"{error.error}"))
        page = context.new_page()
        page.goto(path)
        if username not in sessions:
            page.get_by_role("textbox", name="Username").fill(username)
            page.get_by_role("textbox", name="Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"**{path}")
            sessions[username] = page.context.storage_state()
        return page

    yield make
    assert broken == []
