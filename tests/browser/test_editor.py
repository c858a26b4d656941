"""An editor writes an answer from nothing, and a visitor reads it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

TITLE = "Does rosemary oil help hair grow?"
DOI_AS_TYPED = "doi: 10.1111/JOCD.12320x-unique"
DOI_LINK = "https://doi.org/10.1111/jocd.12320x-unique"


class PageEditor:
    """Wagtail's editor, in the words of somebody who works with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.modal = page.get_by_role("dialog")

    def begin_answer(self) -> None:
        self.page.get_by_role("button", name="Pages").click()
        self.page.get_by_role("link", name="Answers", exact=True).click()
        self.page.get_by_role("link", name="Add child page").first.click()
        expect(
            self.page.get_by_role("heading", name="New: Answer page")
        ).to_be_visible()

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def write(self, field: str, text: str) -> None:
        self.page.get_by_role("textbox", name=field).press_sequentially(text)

    def add_block(self, kind: str) -> Locator:
        body = self.section("Answer*")
        body.get_by_title("Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        return body

    def add_heading(self, text: str) -> None:
        self.add_block("Heading").get_by_label("Heading").last.fill(text)

    def add_paragraph(self, text: str) -> None:
        self.add_block("Paragraph").locator("[contenteditable=true]").last.click()
        self.page.keyboard.type(text)

    def add_figure(self, *, image: str, caption: str) -> None:
        body = self.add_block("Figure")
        body.get_by_role("button", name="Choose an image").click()
        self.choose(image)
        body.get_by_label("Caption").last.fill(caption)

    def create_source(self, **fields: str) -> None:
        sources = self.section("Sources")
        sources.get_by_role("button", name="Add Source").click()
        sources.get_by_role("button", name="Choose").first.click()
        self.modal.get_by_role("tab", name="Create").click()
        for name, text in fields.items():
            self.modal.locator(f"[name={name}]").fill(text)
        self.modal.get_by_role("button", name="Create").click()
        expect(self.modal).to_have_count(0)

    def choose(self, name: str) -> None:
        """In the modal that is open."""
        self.modal.get_by_role("link", name=name).first.click()
        expect(self.modal).to_have_count(0)

    def preview(self) -> FrameLocator:
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.frame_locator("#w-preview-iframe")

    def publish(self) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()


@pytest.fixture
def editor(sign_in) -> PageEditor:
    return PageEditor(sign_in("editor"))


def given_a_complete_answer(editor: PageEditor) -> None:
    editor.begin_answer()
    editor.write("Title", TITLE)
    editor.write("Question", "Everybody online swears by it. Is there anything in it?")
    editor.write("Short answer", "One small trial says perhaps. That is all there is.")
    editor.add_heading("What was studied")
    editor.add_paragraph(
        "A trial compared it with a licensed lotion [1]. It was small."
    )
    editor.add_figure(image="Comb", caption="Shed hairs in a comb.")
    editor.create_source(title="Rosemary oil", container="Skinmed", doi=DOI_AS_TYPED)
    editor.section("Who answered, who checked").get_by_role(
        "button", name="Choose expert"
    ).first.click()
    editor.choose("Osei")
    editor.section("Topics").get_by_role("button", name="Choose a page").click()
    editor.choose("Scalp and hair care")


def when_it_is_previewed_and_published(editor: PageEditor) -> None:
    expect(editor.preview().get_by_role("heading", level=1)).to_have_text(TITLE)
    editor.publish()
    # Wagtail may have saved it meanwhile: "has been published" or "created and".
    message = re.compile(rf"Page '{re.escape(TITLE)}' .*published")
    expect(editor.page.get_by_text(message)).to_be_visible()


def then_a_visitor_reads_it(visit: Callable) -> None:
    page = visit("/answers/").page
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("main")).to_contain_text("Daniel Osei")
    expect(page.get_by_role("heading", name="What was studied")).to_be_visible()
    picture = page.locator(".figure img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    source = page.locator("#source-1").get_by_role("link", name="doi.org")
    expect(source).to_have_attribute("href", DOI_LINK)


def test_an_editor_makes_an_answer_from_nothing_and_a_visitor_reads_it(editor, visit):
    given_a_complete_answer(editor)
    when_it_is_previewed_and_published(editor)
    then_a_visitor_reads_it(visit)


def test_an_editor_sees_nothing_of_what_visitors_sent(editor):
    menu = editor.page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("button", name="Pages")).to_be_visible()
    expect(menu.get_by_role("link", name=re.compile("Consultations"))).to_have_count(0)
    answer = editor.page.goto("/admin/consultations/")
    assert "OC-3XHT-9QFA" not in editor.page.content()
    assert answer.status == 403 or not answer.url.endswith("/consultations/")


def test_reception_writes_no_pages(sign_in):
    page = sign_in("reception")
    menu = page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("link", name="Consultations")).to_be_visible()
    expect(menu.get_by_role("button", name="Pages")).to_have_count(0)
    page.goto("/admin/pages/add/articles/answerpage/4/")
    expect(page.get_by_text("you do not have permission")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title")).to_have_count(0)
