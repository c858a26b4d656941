"""A reader opens a source where it is cited, and goes on reading."""

import re

import pytest
from playwright.sync_api import Locator, expect

from .conftest import PHONE
from .test_axe import ARTICLE, assert_no_barrier
from .visitor import Visitor


class Reader:
    """At the first source marker of an article."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.marker = self.page.locator(".source-marker a").first
        self.popover = self.page.get_by_role("dialog", name="Source 1")
        self.item = self.page.locator("#source-1")

    def link(self, name: str) -> Locator:
        return self.popover.get_by_role("link", name=name)


@pytest.fixture
def read(visit):
    return lambda **options: Reader(visit(ARTICLE, **options))


def test_a_marker_opens_its_source_where_it_is(read):
    reader = read()
    reader.marker.click()
    cited = reader.item.locator("cite").inner_text()
    expect(reader.popover).to_contain_text(cited)
    expect(reader.popover).to_be_focused()
    expect(reader.marker).to_have_attribute("aria-expanded", "true")
    source = reader.item.locator(".sources__link").first
    href = source.get_attribute("href")
    expect(reader.link("Open the source")).to_have_attribute("href", href)
    box, at = reader.popover.bounding_box(), reader.marker.bounding_box()
    assert abs(box["y"] - at["y"] - at["height"]) < 20 or box["y"] < at["y"]
    assert "#" not in reader.page.url


def test_escape_closes_it_and_the_marker_has_the_focus_again(read):
    reader = read()
    reader.visitor.tab_to(reader.marker)
    reader.visitor.press("Enter")
    expect(reader.popover).to_be_focused()
    reader.visitor.press("Tab")
    expect(reader.link("Open the source")).to_be_focused()
    reader.visitor.press("Escape")
    expect(reader.popover).to_be_hidden()
    expect(reader.marker).to_be_focused()
    expect(reader.marker).to_have_attribute("aria-expanded", "false")


def test_the_marker_itself_closes_it_too(read):
    reader = read()
    for _ in range(2):
        reader.marker.click()
        expect(reader.popover).to_be_visible()
        reader.marker.click()
        expect(reader.popover).to_be_hidden()
        expect(reader.marker).to_be_focused()


def test_it_closes_when_something_else_is_pressed_or_gets_the_focus(read):
    reader = read()
    reader.marker.click()
    reader.page.get_by_role("heading", level=1).click()
    expect(reader.popover).to_be_hidden()
    reader.marker.click()
    expect(reader.popover).to_be_visible()
    reader.visitor.press("Tab", "Tab", "Tab")
    expect(reader.popover).to_be_hidden()
    expect(reader.marker).not_to_be_focused()


def test_another_marker_opens_another_source(read):
    reader = read()
    reader.marker.click()
    expect(reader.popover).to_be_visible()
    other = reader.page.locator('.source-marker a[href="#source-2"]').first
    other.click()
    expect(reader.page.get_by_role("dialog", name="Source 2")).to_be_visible()
    expect(reader.popover).to_be_hidden()
    expect(reader.marker).to_have_attribute("aria-expanded", "false")


def test_the_list_is_one_press_away_and_leads_back(read):
    reader = read()
    reader.marker.click()
    reader.link("Go to the list").click()
    expect(reader.popover).to_be_hidden()
    expect(reader.item).to_be_focused()
    expect(reader.marker).to_have_attribute("aria-expanded", "false")
    expect(reader.item).to_be_in_viewport()
    reader.item.get_by_role("link", name=re.compile("^Back to")).first.click()
    expect(reader.marker).to_be_in_viewport()


def test_on_a_phone_it_lies_at_the_bottom(read):
    reader = read(viewport=PHONE)
    reader.marker.click()
    box = reader.popover.bounding_box()
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert box["y"] + box["height"] == PHONE["height"]
    assert not reader.visitor.has_sideways_scrolling()


def test_on_a_phone_it_leaves_its_marker_in_sight(read):
    reader = read(viewport=PHONE)
    # At the very end of the screen.
    reader.marker.evaluate("link => link.scrollIntoView({ block: 'end' })")
    reader.marker.click()
    box, at = reader.popover.bounding_box(), reader.marker.bounding_box()
    assert 0 < at["y"] + at["height"] <= box["y"]


def test_without_scripts_a_marker_leads_to_the_list(read):
    reader = read(java_script_enabled=False)
    reader.marker.click()
    expect(reader.page).to_have_url(re.compile("#source-1$"))
    expect(reader.item).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier(read, scheme):
    reader = read(color_scheme=scheme, reduced_motion="reduce")
    reader.marker.click()
    expect(reader.popover).to_be_visible()
    assert_no_barrier(reader.visitor)
    expect(reader.popover).to_be_visible()
