"""A writer makes an answer from nothing; it is checked, signed off, and read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.waiting import until

from .typed_text import TypedSource, TypedText, pieces, text_at_hand

TITLE = "Mesotherapy for thinning hair: what it is, and whether it works"
# Of the answer itself, not the points or steps within one of them.
BLOCKS = "[data-streamfield-child]:not([data-streamfield-child] *)"
SHORT_ANSWER = "There is little evidence that it works, and we do not offer it."


def have_its_scripts(page: Page) -> None:
    """A title typed before them gets no address; a step of the workflow pressed
    before them only saves the draft."""
    page.wait_for_load_state("load")


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
        have_its_scripts(self.page)

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def write(self, field: str, text: str) -> None:
        self.page.get_by_role("textbox", name=field).press_sequentially(text)

    def add_block(self, kind: str) -> Locator:
        """The new block, once it is there: until then the last one is another."""
        body = self.section("Answer*")
        blocks = body.locator(BLOCKS)
        before = blocks.count()
        body.get_by_title("Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        expect(blocks).to_have_count(before + 1)
        return blocks.last

    def add_heading(self, text: str) -> None:
        self.add_block("Heading").get_by_label("Heading").last.fill(text)

    def add_text(self, text: str, *, kind: str = "Paragraph") -> Locator:
        writing = self.add_block(kind).locator("[contenteditable=true]")
        writing.click()
        # A new block takes the focus a little late; what is typed before goes astray.
        expect(writing).to_be_focused()
        self.page.keyboard.insert_text(text)
        expect(writing).to_contain_text(text)
        return writing

    add_paragraph = add_text

    def cite(self, source: TypedSource) -> None:
        """Where the cursor is."""
        self.page.keyboard.type("/source")
        self.page.get_by_role("option", name="Source", exact=True).click()
        words = " ".join(source.known_as.split()[:3])
        self.modal.get_by_role("textbox", name="Search").fill(words)
        self.modal.get_by_role("link", name=source.known_as).first.click()
        expect(self.modal).to_have_count(0)
        # Draftail gives the focus back a little later; nobody types that fast.
        expect(self.page.locator("[contenteditable=true]:focus")).to_have_count(1)

    def add_cited_paragraph(self, text: str, sources: list[TypedSource]) -> None:
        writing = self.add_text("")
        for piece in pieces(text):
            if isinstance(piece, int):
                self.cite(sources[piece - 1])
            else:
                self.page.keyboard.insert_text(piece)
                expect(writing).to_contain_text(piece.strip())

    def upload_figure(self, name: str, picture: bytes, *, alt: str) -> None:
        figure = self.add_block("Figure")
        figure.get_by_role("button", name="Choose an image").click()
        self.modal.get_by_role("tab", name="Upload").click()
        self.modal.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "image/jpeg", "buffer": picture}
        )
        title = self.modal.locator("[name$=title]")
        expect(title).not_to_have_value("")  # Wagtail proposes the file's name
        title.fill(alt)
        self.modal.locator("[name$=description]").fill(alt)
        self.modal.get_by_role("button", name="Upload").click()
        expect(self.modal).to_have_count(0)
        expect(figure.get_by_label("Alt text")).to_have_value(alt)

    def choose(self, name: str) -> None:
        """In the modal that is open; then the form shows what was chosen."""
        self.modal.get_by_role("link", name=name).first.click()
        expect(self.modal).to_have_count(0)
        expect(
            self.page.locator("[data-chooser-title]", has_text=name).first
        ).to_be_visible()

    def preview(self) -> FrameLocator:
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.frame_locator("#w-preview-iframe")

    def wait_until_complete(self) -> None:
        """As one who reads "Before you submit", which names what the draft lacks as
        it was saved last: what is still on its way to the server, or got lost."""
        self.page.get_by_role("button", name="Toggle what is left to do").click()
        expect(self.page.locator("[data-side-panel=checklist]")).to_contain_text(
            "Nothing: it can be submitted."
        )

    def submit(self) -> None:
        self.wait_until_complete()
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Submit to Check and sign-off").click()

    def is_told(self, words: str) -> None:
        try:
            expect(self.page.locator(".messages")).to_contain_text(words)
        except AssertionError as error:
            # Wagtail's own message names no field.
            raise AssertionError(f"{error}\n{self.errors()}") from None

    def errors(self) -> list[str]:
        """Which field says what, for a log that nobody can look behind."""
        return self.page.locator(".error-message").evaluate_all(
            """found => found.map(error => {
              const title = error.closest("section")?.querySelector("h2");
              return `${title?.innerText}: ${error.innerText}`.replace(/\\s+/g, " ");
            })"""
        )


def given_a_complete_answer(editor: PageEditor, text: TypedText) -> None:
    editor.begin_answer()
    editor.write("Title", TITLE)
    editor.page.get_by_role("textbox", name="Question*").fill(text.question)
    editor.page.get_by_role("textbox", name="Asker name").fill(text.asker_name)
    editor.write("Short answer", SHORT_ANSWER)
    first, second = text.pictures
    editor.upload_figure(*first, alt="A syringe beside a vial")
    editor.add_heading("What we know")
    for paragraph in text.paragraphs:
        editor.add_cited_paragraph(paragraph, text.sources)
    editor.upload_figure(*second, alt="Two bottles of food supplements")
    editor.add_text(text.promotion, kind="Product mention")
    editor.add_block("Action")
    editor.page.get_by_label("Evidence*", exact=True).select_option("weak")
    editor.page.get_by_role("button", name="Choose expert").first.click()
    editor.choose("Osei")
    editor.section("Topics").get_by_role("button", name="Choose a page").click()
    editor.choose("Treatments explained")


def when_it_is_previewed_and_sent(editor: PageEditor) -> None:
    expect(editor.preview().get_by_role("heading", level=1)).to_have_text(TITLE)
    editor.submit()
    editor.is_told("submitted for moderation")


def open_waiting(staff: Page) -> None:
    """From the dashboard, as one who is told that something waits."""
    staff.goto("/admin/")
    staff.get_by_role("link", name=TITLE).first.click()
    staff.wait_for_url("**/edit/")
    have_its_scripts(staff)


def when_another_editor_approves_it(staff: Page) -> None:
    open_waiting(staff)
    staff.get_by_role("button", name="More actions").click()
    staff.get_by_role("button", name="Approve", exact=True).click()
    expect(staff.locator(".messages")).to_contain_text(
        "It waits for the next step: Clinician’s sign-off."
    )


def when_the_clinician_signs_it_off(staff: Page) -> None:
    open_waiting(staff)
    staff.get_by_role("button", name="Sign off").click()
    form = staff.get_by_role("dialog")
    boxes = form.get_by_role("checkbox")
    expect(boxes).to_have_count(5)
    for box in boxes.all():
        box.check()
    form.get_by_role("button", name="Sign off").click()
    expect(staff.locator(".messages")).to_contain_text("It is live.")


def found_by(page: Page) -> Locator:
    """The worker brings the search up to date a moment after publishing."""
    link = page.get_by_role("link", name=TITLE)
    until(lambda: link.count() or not page.reload())
    return link


def then_a_visitor_finds_and_reads_it(visit: Callable, text: TypedText) -> None:
    page = visit("/search/?q=mesotherapy").page
    found_by(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Daniel Osei")
    expect(main).to_contain_text("Reviewed by")
    expect(main).to_contain_text("Priya Raman")
    pictures = page.locator(".figure img")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
    for number, source in enumerate(text.sources, start=1):
        item = page.locator(f"#source-{number}")
        link = item.get_by_role("link", name="doi.org")
        expect(link).to_have_attribute("href", f"https://doi.org/{source.doi}")
        expect(
            page.locator(f".source-marker a[href='#source-{number}']")
        ).not_to_have_count(0)
    expect(page.get_by_text("Promotion")).to_be_visible()
    expect(
        page.get_by_role("link", name="Book a free consultation").last
    ).to_be_visible()


def then_it_prints_with_its_sources(visit: Callable, text: TypedText) -> None:
    page = visit("/search/?q=mesotherapy").page
    page.get_by_role("link", name=TITLE).click()
    page.emulate_media(media="print")
    for source in text.sources:
        expect(page.get_by_text(source.doi).first).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").first).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_an_answer_is_typed_sent_signed_off_published_found_and_printed(sign_in, visit):
    text = text_at_hand()
    editor = PageEditor(sign_in("writer"))

    given_a_complete_answer(editor, text)
    when_it_is_previewed_and_sent(editor)
    when_another_editor_approves_it(sign_in("editor"))
    when_the_clinician_signs_it_off(sign_in("clinician"))

    then_a_visitor_finds_and_reads_it(visit, text)
    then_it_prints_with_its_sources(visit, text)


@pytest.fixture
def editor(sign_in) -> PageEditor:
    return PageEditor(sign_in("editor"))


def test_an_editor_sees_nothing_of_what_visitors_sent(editor):
    menu = editor.page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("button", name="Pages")).to_be_visible()
    expect(menu.get_by_text("Consultations")).to_have_count(0)
    answer = editor.page.goto("/admin/consultations/")
    assert "OC-3XHT-9QFA" not in editor.page.content()
    assert answer.status == 403 or not answer.url.endswith("/consultations/")


def test_reception_writes_no_pages(sign_in):
    page = sign_in("reception")
    menu = page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("button", name="Consultations")).to_be_visible()
    expect(menu.get_by_role("button", name="Pages")).to_have_count(0)
    page.goto("/admin/pages/add/articles/answerpage/4/")
    expect(page.get_by_text("you do not have permission")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title")).to_have_count(0)
