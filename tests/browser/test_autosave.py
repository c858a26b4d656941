"""What is typed in the moment in which a draft is being saved."""

import pytest
from playwright.sync_api import Page, expect

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
def writer(sign_in) -> Page:
    page = sign_in("writer")
    page.add_init_script(TYPES_JUST_BEFORE_THE_ANSWER)
    page.reload()
    return page


def test_is_saved_next(writer):
    writer.get_by_role("button", name="Pages").click()
    writer.get_by_role("link", name="Answers", exact=True).click()
    writer.get_by_role("link", name="Add child page").first.click()
    title = writer.get_by_role("textbox", name="Title")
    expect(title).to_be_visible()
    # Wagtail compares with the form as it finds it some moments after it has opened.
    writer.wait_for_timeout(3_000)
    title.press_sequentially("Late words")
    writer.wait_for_url("**/edit/")  # the first autosave made the draft
    writer.get_by_role("textbox", name="Question*").press_sequentially("Why?")
    short_answer = writer.get_by_role("textbox", name="Short answer*")
    expect(short_answer).to_have_value(LATE)

    writer.wait_for_timeout(1_500)
    expect(writer.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    writer.reload()
    expect(short_answer).to_have_value(LATE)
