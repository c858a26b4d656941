"""Somebody takes an answer along: on paper, as a link, as a sheet for the clinic."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect

from .conftest import DESK, PHONE
from .test_axe import assert_no_barrier
from .visitor import Visitor

ARTICLE = "/answers/does-mesotherapy-work-for-hair-loss/"
SHEET = f"{ARTICLE}appointment-sheet/"
PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page\b")
# What is of no use on paper.
CHROME = ("navigation", "button")


def on_paper(visitor: Visitor) -> Visitor:
    visitor.page.emulate_media(media="print")
    return visitor


def printed_after(link: Locator) -> str:
    return link.evaluate("link => getComputedStyle(link, '::after').content")


def canonical(visitor: Visitor) -> str:
    return visitor.page.locator("link[rel=canonical]").get_attribute("href")


def read_qr_code(visitor: Visitor) -> str:
    picture = visitor.page.locator("svg.qr").screenshot()
    return zxingcpp.read_barcode(Image.open(io.BytesIO(picture))).text


def saved(visitor: Visitor) -> bytes:
    """As a PDF, by a browser that is set to another size of paper."""
    return visitor.page.pdf(format="Letter", prefer_css_page_size=True)


def pages(pdf: bytes) -> int:
    return len(PAGE_OF_A_PDF.findall(pdf))


def is_a4(pdf: bytes) -> bool:
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    sizes = {tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes}
    return sizes == {(210, 297)}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_printed_answer_has_its_text_and_nothing_to_press(visit, viewport):
    reader = visit(ARTICLE, viewport=viewport)
    page = reader.page
    expect(page.locator("svg.qr")).to_be_hidden()

    on_paper(reader)

    for role in CHROME:
        expect(page.get_by_role(role)).to_have_count(0)
    expect(page.locator(".clinic-box")).to_be_hidden()
    for kept in (".short-answer", ".prose", ".byline", ".sources", ".people"):
        expect(page.locator(kept).first).to_be_visible()
    assert read_qr_code(reader) == canonical(reader)
    expect(page.locator(".print-foot")).to_contain_text(canonical(reader))


def test_a_printed_answer_spells_addresses_out(visit):
    reader = on_paper(visit(ARTICLE))
    doi = reader.page.locator(".sources__link[href^='https://doi.org/']").first
    internal = reader.page.locator(".related-answer__title a").first

    assert printed_after(doi) == f'"{doi.get_attribute("href")}"'
    expect(doi).to_have_css("font-size", "0px")  # instead of its own words
    assert printed_after(internal) == "none"  # a path says nothing on paper
    assert printed_after(reader.page.locator(".source-marker a").first) == "none"


@pytest.fixture
def folding_reader(visit) -> Visitor:
    reader = visit(ARTICLE)
    folded = "<details><summary>Transcript</summary><p id=said>Word for word.</p>"
    reader.page.locator(".prose").evaluate(
        "(prose, html) => prose.insertAdjacentHTML('beforeend', html)", folded
    )
    expect(reader.page.locator("#said")).to_be_hidden()
    return reader


def test_what_is_folded_is_printed_as_well(folding_reader):
    on_paper(folding_reader)
    expect(folding_reader.page.locator("#said")).to_be_visible()


def test_browsers_that_cannot_style_folds_unfold_them_while_printing(folding_reader):
    page = folding_reader.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#said")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#said")).to_be_hidden()


def test_the_sheet_for_an_appointment_fits_on_one_page(visit):
    reader = visit(ARTICLE)
    reader.page.get_by_role("link", name="Appointment sheet").click()
    reader.see("Questions to ask")
    assert reader.page.url.endswith(SHEET)

    pdf = saved(reader)
    assert pages(pdf) == 1
    assert is_a4(pdf)
    on_paper(reader)
    assert read_qr_code(reader) == canonical(reader)
    expect(reader.page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_has_no_barrier_that_axe_can_find(visit, scheme):
    assert_no_barrier(visit(SHEET, color_scheme=scheme))


def test_a_narrow_sheet_does_not_scroll_sideways(visit):
    visitor = visit(SHEET, viewport={"width": 320, "height": 640})
    assert not visitor.has_sideways_scrolling()


def test_without_scripts_there_is_the_sheet_and_no_dead_button(visit):
    row = visit(ARTICLE, java_script_enabled=False).page.locator(".share-row")

    expect(row.get_by_role("link", name="Appointment sheet")).to_be_visible()
    expect(row.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("path", [ARTICLE, SHEET])
def test_the_print_button_opens_the_print_dialogue(visit, path):
    page = visit().page
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(path)

    page.get_by_role("button", name="Print").click()

    assert page.evaluate("window.printed") is True


def test_the_link_is_copied(visit):
    reader = visit(ARTICLE, permissions=["clipboard-read", "clipboard-write"])

    reader.page.get_by_role("button", name="Copy link").click()

    reader.see("Link copied")
    # This browser has no way of sharing of its own.
    expect(reader.page.get_by_role("button", name="Share")).to_have_count(0)
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == canonical(reader)


class TestShare:
    """With a device's own sharing, which Chromium has on telephones only."""

    def share_with(self, visit, answer: str) -> Visitor:
        reader = visit()
        reader.page.add_init_script(
            "navigator.share = async data => "
            f"{{ window.shared = data; await ({answer}); }}"
        )
        reader.page.goto(ARTICLE)
        reader.page.get_by_role("button", name="Share").click()
        return reader

    def test_gets_title_and_address(self, visit):
        reader = self.share_with(visit, "null")
        assert reader.page.evaluate("window.shared") == {
            "title": "Does mesotherapy work for hair loss?",
            "url": canonical(reader),
        }

    def test_may_be_called_off(self, visit):
        abort = "Promise.reject(new DOMException('closed', 'AbortError'))"
        reader = self.share_with(visit, abort)
        expect(reader.page.locator("[data-said]")).to_have_text("")

    def test_says_when_it_does_not_work(self, visit):
        reader = self.share_with(visit, "Promise.reject(new Error('no'))")
        reader.see("Sharing did not work")
