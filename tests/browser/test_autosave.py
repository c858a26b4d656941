"""What a writer typed is not lost by autosave, nor by being signed out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .demo_site import PASSWORD

LATE = "typed while the draft was being saved"
# The first answer to an autosave comes just after a key was pressed, as it does now
# and then to everybody: Wagtail looks for changes only twice a second.
TYPES_JUST_BEFORE_THE_ANSWER = """
const ask = window.fetch;
window.fetch = async (address, options) => {
  const answer = await ask(address, options);
  const isAutosave = options?.headers?.Accept === "application/json"
    && options?.method?.toLowerCase() === "post" && /\\/edit\\//.test(address);
  const field = document.querySelector("#id_short_answer");
  if (isAutosave && field && !field.dataset.typed) {
    field.dataset.typed = "1";
    field.value = "typed while the draft was being saved";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return answer;
};
"""


@pytest.fixture
def new_draft(sign_in) -> Callable[..., Page]:
    """A writer at the form of a new answer whose first autosave has been."""

    def begin(title: str, *, script: str = "") -> Page:
        page = sign_in("writer")
        if script:
            page.add_init_script(script)
            page.reload()
        page.get_by_role("button", name="Pages").click()
        page.get_by_role("link", name="Answers", exact=True).click()
        page.get_by_role("link", name="Add child page").first.click()
        field = page.get_by_role("textbox", name="Title")
        expect(field).to_be_visible()
        # Wagtail compares with the form as it finds it some moments after it opened.
        page.wait_for_timeout(3_000)
        field.press_sequentially(title)
        page.wait_for_url("**/edit/")
        return page

    return begin


def test_what_is_typed_while_saving_is_saved_next(new_draft):
    page = new_draft("Late words", script=TYPES_JUST_BEFORE_THE_ANSWER)
    page.get_by_role("textbox", name="Question*").press_sequentially("Why?")
    short_answer = page.get_by_role("textbox", name="Short answer*")
    expect(short_answer).to_have_value(LATE)

    page.wait_for_timeout(1_500)
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    page.reload()
    expect(short_answer).to_have_value(LATE)


def test_what_is_typed_after_being_signed_out_is_saved_after_signing_in(new_draft):
    page = new_draft("Signed out")
    page.context.clear_cookies(name="sessionid")
    question = page.get_by_role("textbox", name="Question*")
    question.press_sequentially("Is this lost?")
    told = page.locator(".messages")
    expect(told).to_contain_text("You have been signed out")
    save = page.get_by_role("button", name="Save draft")
    save.click()
    expect(save).to_be_enabled()
    expect(question).to_have_value("Is this lost?")

    other_tab = page.context.new_page()
    other_tab.goto("/admin/")
    other_tab.get_by_role("textbox", name="Username").fill("writer")
    other_tab.get_by_role("textbox", name="Password").fill(PASSWORD)
    other_tab.get_by_role("button", name="Sign in").click()
    other_tab.wait_for_url("**/admin/")
    save.click()

    expect(told).to_contain_text("has been updated")
    page.reload()
    expect(question).to_have_value("Is this lost?")
