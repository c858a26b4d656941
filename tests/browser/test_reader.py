"""Somebody with a phone, at night: reads, follows a source, goes to the booking."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .visitor import Visitor, has_focus

ARTICLE = "/answers/does-mesotherapy-work-for-hair-loss/"
QUESTION = "Does mesotherapy work for hair loss?"
ONLINE = "/online-consultation/"
SCRIPTS = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with scripts", "without scripts"]
)


@pytest.fixture
def with_phone(visit) -> Callable[..., Visitor]:
    def make(path: str, *, scripts: bool) -> Visitor:
        return visit(path, viewport=PHONE, java_script_enabled=scripts)

    return make


def when_they_open_an_article(reader: Visitor) -> None:
    reader.tab_to(reader.page.get_by_role("link", name=QUESTION))
    reader.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(QUESTION)


def when_they_go_on_to_the_booking(reader: Visitor) -> None:
    bar = reader.page.get_by_role("navigation", name="Ask for help")
    reader.tab_to(bar.get_by_role("link", name="Free consultation"), backwards=True)
    reader.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(
        "Book a free consultation"
    )


def then_they_can_choose_where(reader: Visitor) -> None:
    reader.tab_to(reader.page.get_by_role("link", name="Choose when we phone you"))
    reader.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Choose a day")


@SCRIPTS
def test_a_reader_gets_from_home_to_free_days_by_keyboard_alone(with_phone, scripts):
    """The rest of the way is in test_booking.py."""
    reader = with_phone("/", scripts=scripts)
    when_they_open_an_article(reader)
    when_they_go_on_to_the_booking(reader)
    then_they_can_choose_where(reader)


def test_a_source_marker_leads_to_the_source_and_back(with_phone):
    """Without scripts; with them a popover opens, see test_source_popover.py."""
    reader = with_phone(ARTICLE, scripts=False)
    marker = reader.page.get_by_role("link", name="Source 1", exact=True).first
    source = reader.page.locator("#source-1")

    marker.click()
    expect(source).to_be_in_viewport()
    assert has_focus(source)
    expect(marker).not_to_be_in_viewport()

    source.get_by_role("link", name="Back to where source 1 is used").click()
    expect(marker).to_be_in_viewport()
    assert has_focus(marker)


@SCRIPTS
def test_the_menu_of_a_phone_opens_and_leads_on(with_phone, scripts):
    reader = with_phone("/", scripts=scripts)
    button = reader.page.locator("summary", has_text="Menu")
    topics = reader.page.get_by_role("navigation", name="Menu").get_by_role(
        "link", name="Topics"
    )
    expect(topics).to_be_hidden()
    place = button.bounding_box()

    button.click()
    expect(topics).to_be_visible()
    assert button.bounding_box() == place

    topics.click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Topics")


@SCRIPTS
@pytest.mark.parametrize(
    ("error", "control"),
    [
        ("Enter your email address", "Email address"),
        ("Choose your age group", "18 to 24"),
    ],
)
def test_errors_take_the_focus_and_lead_to_their_question(
    with_phone, scripts, error, control
):
    reader = with_phone(ONLINE, scripts=scripts)
    reader.page.get_by_label("Your name").fill("Night Reader")
    reader.page.get_by_role("button", name="Send my answers and photos").click()

    summary = reader.page.get_by_role("alert", name="There is a problem")
    expect(summary).to_be_focused()
    expect(reader.page.get_by_label("Your name")).to_have_value("Night Reader")

    summary.get_by_role("link", name=error).click()
    expect(reader.page.get_by_label(control)).to_be_focused()
    expect(reader.page.get_by_label(control)).to_be_in_viewport()
