"""An editor puts source markers into a text; each behaves as one thing."""

import pytest
from playwright.sync_api import Locator, expect

from .test_editor import PageEditor

ONE, OTHER = "Mirmirani", "Billero"  # authors in the demo
MARKER = ".TooltipEntity"


class MarkerEditor(PageEditor):
    """With one paragraph to write in."""

    def text(self, place: int = 0) -> Locator:
        return self.section("Answer*").locator("[contenteditable=true]").nth(place)

    def markers(self, place: int = 0) -> Locator:
        return self.text(place).locator(MARKER)

    def cite_here(self, author: str) -> None:
        self.write_on("/source")
        self.page.get_by_role("option", name="Source", exact=True).click()
        self.choose_source(author)

    def cite_selection(self, author: str) -> None:
        self.page.get_by_role("button", name="Source", exact=True).click()
        self.choose_source(author)

    def choose_source(self, author: str) -> None:
        self.modal.get_by_role("textbox", name="Search").fill(author)
        found = self.modal.locator("[data-chooser-modal-choice]")
        expect(found).to_have_count(1)
        found.click()
        expect(self.modal).to_have_count(0)
        # Draftail gives the focus back a little later; nobody types that fast.
        expect(self.page.locator("[contenteditable=true]:focus")).to_have_count(1)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write_on(self, text: str) -> None:
        self.page.keyboard.type(text)

    def see(self, text: str, *, place: int = 0) -> None:
        expect(self.text(place)).to_have_text(text)

    def offered(self, name: str) -> Locator:
        """A button of the toolbar, or of what opens at a marker."""
        return self.page.get_by_role("button", name=name, exact=True)

    def click_marker(self, number: int = 0, *, times: int = 1) -> None:
        """As slowly as a hand, which Draft.js counts on."""
        marker = self.markers().nth(number)
        marker.scroll_into_view_if_needed()
        box = marker.bounding_box()
        x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(300)
        self.page.mouse.click(x, y, delay=100, click_count=times)
        self.page.wait_for_timeout(300)

    def save_and_come_back(self) -> None:
        self.page.wait_for_timeout(500)  # until Draftail has told the form
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.locator(".messages")).to_contain_text("Page '")
        self.page.reload()


@pytest.fixture
def editor(sign_in, request) -> MarkerEditor:
    editor = MarkerEditor(sign_in("editor"))
    editor.begin_answer()
    editor.write("Title", request.node.name.replace("_", " "))
    editor.add_paragraph("Trials say so")
    return editor


def test_markers_survive_saving_and_are_deleted_as_a_whole(editor):
    editor.cite_here(ONE)
    editor.write_on(", or not")
    editor.cite_here(OTHER)
    editor.see("Trials say so[Mirmirani 2011], or not[Billero 2018]")
    editor.save_and_come_back()

    editor.see("Trials say so[Mirmirani 2011], or not[Billero 2018]")
    expect(editor.markers()).to_have_text(["[Mirmirani 2011]", "[Billero 2018]"])
    editor.text().click()
    editor.press("Control+End", "Backspace")
    editor.see("Trials say so[Mirmirani 2011], or not")
    editor.click_marker()
    editor.offered("Remove").click()
    editor.see("Trials say so, or not")
    expect(editor.markers()).to_have_count(0)


def test_a_marker_comes_after_selected_words_and_beside_another(editor):
    editor.press("Control+Shift+ArrowLeft")
    editor.cite_selection(ONE)
    editor.cite_here(OTHER)
    editor.write_on(" today")
    editor.see("Trials say so[Mirmirani 2011][Billero 2018] today")
    expect(editor.markers()).to_have_text(["[Mirmirani 2011]", "[Billero 2018]"])


def test_a_marker_can_point_to_another_source(editor):
    editor.cite_here(ONE)
    editor.click_marker()
    editor.offered("Edit").click()
    editor.choose_source(OTHER)
    editor.see("Trials say so[Billero 2018]")


def test_undo_takes_a_marker_back_and_leaves_the_words(editor):
    editor.press("Control+Shift+ArrowLeft")
    editor.offered("Pin toolbar").click()
    editor.press("Control+End")
    editor.write_on(" today")
    editor.cite_selection(ONE)
    editor.press("Control+z")
    editor.see("Trials say so today")
    editor.press("Control+Shift+z")
    expect(editor.markers()).to_have_text("[Mirmirani 2011]")


def test_nothing_is_typed_inside_a_marker(editor):
    editor.cite_here(ONE)
    editor.press("ArrowLeft")
    editor.write_on(" (small ones)")
    editor.see("Trials say so (small ones)[Mirmirani 2011]")
    editor.press("ArrowRight")
    editor.write_on(", twice")
    editor.see("Trials say so (small ones)[Mirmirani 2011], twice")
    editor.click_marker()
    editor.write_on("!")
    editor.see("Trials say so (small ones)[Mirmirani 2011]!, twice")
    editor.click_marker(times=2)
    editor.write_on("X")
    editor.see("Trials say so (small ones)X!, twice")


def test_markers_are_copied_within_a_text_and_into_another(editor):
    editor.cite_here(ONE)
    editor.press("Control+a", "Control+c", "Control+End", "Control+v")
    editor.see("Trials say so[Mirmirani 2011]" * 2)
    expect(editor.markers()).to_have_count(2)

    editor.add_paragraph("Again: ")
    editor.press("Control+v")
    editor.see("Again: Trials say so[Mirmirani 2011]", place=1)
    editor.save_and_come_back()
    expect(editor.markers()).to_have_count(2)
    expect(editor.markers(place=1)).to_have_text("[Mirmirani 2011]")
    editor.text(1).click()
    editor.press("Control+End", "Backspace")
    editor.see("Again: Trials say so", place=1)


@pytest.mark.parametrize("key", ["c", "x"])
def test_half_a_marker_is_taken_as_a_whole(editor, key):
    editor.cite_here(ONE)
    editor.press("Control+Home", *["Shift+ArrowRight"] * len("Trials say so[Mir"))
    editor.page.wait_for_timeout(300)  # until Draft.js knows what is selected
    editor.press(f"Control+{key}")
    editor.page.wait_for_timeout(300)  # it cuts a moment later
    editor.press("Control+End", "Control+v")
    editor.see("Trials say so[Mirmirani 2011]" * (2 if key == "c" else 1))
    expect(editor.markers()).to_have_count(2 if key == "c" else 1)


def test_markers_go_to_another_page(editor):
    editor.cite_here(ONE)
    editor.press("Control+a", "Control+c")
    other = MarkerEditor(editor.page.context.new_page())
    other.page.goto("/admin/")
    other.begin_answer()
    other.write("Title", "Somewhere else")
    other.add_paragraph("As there: ")
    other.press("Control+v")
    other.see("As there: Trials say so[Mirmirani 2011]")
    other.save_and_come_back()
    expect(other.markers()).to_have_text("[Mirmirani 2011]")


@pytest.mark.parametrize("block", ["Key points", "Call-out", "Steps"])
def test_a_marker_in_a_block_is_one_thing_too(editor, block):
    editor.section("Answer*").get_by_title("Insert a block").last.click()
    editor.page.get_by_role("option", name=block, exact=True).click()
    editor.text(1).click()
    editor.write_on("A claim")
    editor.cite_here(OTHER)
    editor.press("Backspace")
    editor.see("A claim", place=1)
    editor.press("Control+z")
    expect(editor.markers(place=1)).to_have_text("[Billero 2018]")
