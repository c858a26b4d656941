"""A reader says whether an answer helped, with scripts and without them."""

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .test_axe import ARTICLE, assert_no_barrier
from .visitor import Visitor

SCRIPTS = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with scripts", "without scripts"]
)


def says(reader: Visitor, choice: str) -> None:
    question = reader.page.get_by_role("region", name="Was this helpful?")
    question.get_by_role("button", name=choice).click()


@SCRIPTS
def test_a_reader_says_no_and_why_and_returns_without_a_cookie(visit, scripts):
    reader = visit(ARTICLE, viewport=PHONE, java_script_enabled=scripts)
    says(reader, "No")
    reader.see("We have stored your “No”")

    reader.page.get_by_role("button", name="Send").click()
    summary = reader.page.get_by_role("alert", name="There is a problem")
    expect(summary).to_be_focused()

    reader.page.get_by_label("It does not say what I should do next").check()
    reader.page.get_by_role("button", name="Send").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    main = reader.page.locator("main")
    expect(main.get_by_role("link", name="Book a free consultation")).to_be_visible()

    reader.page.get_by_role("link", name="Back to the answer").click()
    assert reader.page.url.endswith(ARTICLE)
    assert reader.page.context.cookies() == []


def test_going_back_shows_each_step_again_and_no_error_of_the_browser(visit):
    reader = visit(ARTICLE)
    says(reader, "No")
    reader.page.get_by_role("button", name="Send").click()
    reader.see("There is a problem")
    reader.page.get_by_role("link", name="Leave it out", exact=True).click()
    reader.see("Back to the answer")

    reader.page.go_back()
    reader.see("There is a problem")
    reader.page.go_back()
    reader.see("We have stored your “No”")
    reader.page.go_back()
    assert reader.page.url.endswith(ARTICLE)


@SCRIPTS
def test_a_reader_says_yes_by_keyboard(visit, scripts):
    reader = visit(ARTICLE, java_script_enabled=scripts)
    button = reader.page.get_by_role("button", name="Yes")
    reader.tab_to(button, backwards=True)
    reader.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Thank you")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_step_has_a_barrier_that_axe_can_find(visit, scheme):
    reader = visit(ARTICLE, color_scheme=scheme)
    says(reader, "No")
    reader.see("We have stored your “No”")
    assert_no_barrier(reader)
    reader.page.get_by_role("button", name="Send").click()
    reader.see("There is a problem")
    assert_no_barrier(reader)
    reader.page.get_by_role("link", name="Leave it out", exact=True).click()
    reader.see("Back to the answer")
    assert_no_barrier(reader)

    reader.page.goto("/was-this-helpful/nonsense/")
    reader.see("did not come from a page of ours")
    assert_no_barrier(reader)
