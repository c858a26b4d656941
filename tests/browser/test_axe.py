"""What a machine can tell about accessibility, on every kind of page."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .visitor import Visitor

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 768, 1280)

HOME = "/"
ARTICLE = "/answers/does-mesotherapy-work-for-hair-loss/"
SEARCH = "/search/?q=hair"
BOOKING = "/free-consultation/"
ONLINE = "/online-consultation/"
PAGES = {
    "home": HOME,
    "answers": "/answers/",
    "article": ARTICLE,
    "topics": "/topics/",
    "topic": "/topics/shedding/",
    "standard page": "/about-us/",
    "search with hits": SEARCH,
    "search without hits": "/search/?q=zzzz",
    "search without words": "/search/",
    "booking": BOOKING,
    "days": "/free-consultation/phone/",
    "booking that is over": "/free-consultation/booking/none/",
    "appointment that is over": "/appointment/none/",
    "online consultation": ONLINE,
    "online consultation received": "/online-consultation/received/OC-3XHT-9QFA/",
    "missing page": "/nowhere/",
}
IN_THE_DARK = {"home": HOME, "article": ARTICLE, "online consultation": ONLINE}


def each(pages: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", pages.values(), ids=pages.keys())


def assert_no_barrier(visitor: Visitor, widths: tuple[int, ...] = WIDTHS) -> None:
    for width in widths:
        visitor.show_all(width)
        assert violations(visitor.page) == [], f"at {width} px"


def violations(page: Page) -> list[str]:
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@each(PAGES)
def test_a_page_has_no_barrier_that_axe_can_find(visit, path):
    assert_no_barrier(visit(path))


@each(IN_THE_DARK)
def test_a_page_has_no_barrier_in_the_dark(visit, path):
    assert_no_barrier(visit(path, color_scheme="dark"))


def send_with_errors(visit: Callable, path: str, **options) -> Visitor:
    visitor = visit(path, **options)
    visitor.page.locator("main form[method=post] button").click()
    visitor.see("There is a problem")
    return visitor


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_full_of_errors_has_no_barrier(visit, scheme):
    assert_no_barrier(send_with_errors(visit, ONLINE, color_scheme=scheme))


def test_the_page_for_a_form_without_its_cookie_has_no_barrier(visit):
    visitor = visit(ONLINE)
    visitor.page.context.clear_cookies()
    visitor.page.locator("main form[method=post] button").click()
    visitor.see("send the form again")
    assert_no_barrier(visitor)


def test_the_page_for_an_unreadable_request_has_no_barrier(visit):
    headers = {"Content-Type": "text/plain; charset=utf-16"}
    visitor = visit(BOOKING, extra_http_headers=headers)
    visitor.see("go back and send it again")
    assert_no_barrier(visitor)


@each(PAGES)
def test_a_narrow_page_does_not_scroll_sideways(visit, path):
    visitor = visit(path, viewport={"width": 320, "height": 640})
    assert not visitor.has_sideways_scrolling()


@each({"home": HOME, "article": ARTICLE, "booking": BOOKING})
def test_twice_as_large_a_text_does_not_scroll_sideways(visit, path):
    visitor = visit(path, viewport={"width": 360, "height": 740})
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not visitor.has_sideways_scrolling()


@each({"home": HOME, "article": ARTICLE, "search": SEARCH})
def test_reading_leaves_no_cookie(visit, path):
    visitor = visit(path)
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.page.context.cookies() == []
