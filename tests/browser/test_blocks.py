"""Every block of an answer on one page, and in the editors' menu of blocks."""

import pytest
from playwright.sync_api import Page, expect

from .test_axe import assert_no_barrier

VIDEO = "https://www.video.example/watch/1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_block_has_a_barrier_that_axe_can_find(visit, every_block, scheme):
    visitor = visit(every_block, color_scheme=scheme)
    visitor.page.locator(".video summary").click()
    assert_no_barrier(visitor)


@pytest.mark.parametrize("width", [320, 360, 704, 768, 1056, 1280])
def test_no_block_is_wider_than_the_page(visit, every_block, width):
    visitor = visit(every_block, viewport={"width": width, "height": 800})
    assert not visitor.has_sideways_scrolling()


LONGER = """
const prose = document.querySelector(".prose");
const texts = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  if (texts.currentNode.data.trim()) texts.currentNode.data += "w".repeat(120);
}
"""


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_words_without_an_end_fit_as_well(visit, every_block, width):
    visitor = visit(every_block, viewport={"width": width, "height": 800})
    visitor.page.evaluate(LONGER)
    assert not visitor.has_sideways_scrolling()


def test_twice_as_large_a_text_fits_as_well(visit, every_block):
    visitor = visit(every_block, viewport={"width": 360, "height": 740})
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not visitor.has_sideways_scrolling()


def test_a_wide_figure_is_wider_than_the_text_and_a_half_one_beside_it(
    visit, every_block
):
    page = visit(every_block).page
    text = page.locator(".prose > p").first.bounding_box()
    wide = page.locator(".figure--wide").bounding_box()
    half = page.locator(".figure--half").bounding_box()
    beside = page.locator(".figure--half + p").bounding_box()
    assert wide["width"] > text["width"] > half["width"]
    assert half["y"] < beside["y"] + beside["height"]
    assert half["y"] + half["height"] > beside["y"]


def test_a_table_scrolls_by_keyboard_where_it_does_not_fit(visit, every_block):
    visitor = visit(every_block, viewport={"width": 320, "height": 640})
    table = visitor.page.get_by_role("region", name="Table: Shedding after a fever")
    visitor.page.evaluate("document.documentElement.style.fontSize = '150%'")
    table.focus()
    visitor.press("End", *["ArrowRight"] * 10)
    visitor.page.wait_for_function(
        "document.querySelector('.table-scroll').scrollLeft > 0"
    )


def test_a_video_asks_nobody_before_the_click(visit, every_block):
    visitor = visit(every_block)
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.foreign_requests == []
    assert visitor.page.context.cookies() == []
    link = visitor.page.get_by_role("link", name="Watch: How we look at a scalp")
    expect(link).to_have_attribute("href", VIDEO)


def test_the_text_of_a_video_is_there_without_scripts(visit, every_block):
    visitor = visit(every_block, java_script_enabled=False)
    visitor.page.locator(".video summary").click()
    visitor.see("We begin with the parting, under a lamp.")


@pytest.fixture
def menu_of_blocks(sign_in, every_block) -> Page:
    page = sign_in("editor")
    page.goto("/admin/")
    page.get_by_role("button", name="Pages").click()
    page.get_by_role("link", name="Answers", exact=True).click()
    page.get_by_role("link", name="Add child page").first.click()
    body = page.get_by_role("region", name="Answer*", exact=True)
    body.get_by_title("Insert a block").last.click()
    return page


def test_editors_choose_among_groups_and_see_what_they_get(menu_of_blocks):
    menu = menu_of_blocks.locator(".w-combobox")
    for group in ("Text", "Pictures", "Evidence", "Advice", "Actions"):
        expect(menu.get_by_text(group, exact=True)).to_be_attached()
    option = menu.get_by_role("option", name="Do and don’t")
    option.locator("..").get_by_role("button", name="Preview").click()
    preview = menu_of_blocks.frame_locator(".w-combobox-preview__iframe")
    expect(preview.locator(".dos-and-donts__dont .dos-and-donts__title")).to_have_text(
        "Don’t"
    )
