"""Somebody with a phone, at night: reads, follows a source, asks for a time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .visitor import Visitor, has_focus

BOOKING = "/free-consultation/"
ARTICLE = "/answers/does-mesotherapy-work-for-hair-loss/"
QUESTION = "Does mesotherapy work for hair loss?"
SEND = "Send my request"
NEXT_WEEK = date.today() + timedelta(days=7)
SCRIPTS = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with scripts", "without scripts"]
)


def any_order_day() -> date:
    """The next 1 January, 2 February and so on: whether a browser asks for the day
    or for the month first depends on the languages it was installed with.
    """
    days = (date.today() + timedelta(days=ahead) for ahead in range(1, 40))
    return next(day for day in days if day.day == day.month)


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
    expect(reader.page.get_by_role("button", name=SEND)).to_be_visible()


def when_they_fill_it_in_with_the_keyboard(reader: Visitor) -> None:
    page = reader.page
    reader.tab_to(page.get_by_label("At a clinic"))
    reader.press("ArrowDown")  # the second choice: by phone
    reader.tab_to(page.get_by_label("Which day suits you?"))
    reader.write(f"{any_order_day():%d%m%Y}")
    reader.tab_to(page.get_by_label("Morning"))
    reader.press("Space")
    reader.tab_to(page.get_by_label("Your name"))
    reader.write("Night Reader")
    reader.tab_to(page.get_by_label("Email address"))
    reader.write("night.reader@visitor.example")
    reader.tab_to(page.get_by_label("Telephone number"))
    reader.write("020 7946 0321")
    reader.tab_to(page.get_by_label("I agree that you keep these details"))
    reader.press("Space")
    reader.tab_to(page.get_by_role("button", name=SEND))
    reader.press("Enter")


def then_they_have_a_reference(reader: Visitor) -> None:
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(
        "We have your request"
    )
    reader.see("Your reference")
    reader.see("FC-")
    reader.see("we phone you")  # what was chosen arrived


@SCRIPTS
def test_a_reader_gets_from_home_to_a_booking_by_keyboard_alone(with_phone, scripts):
    reader = with_phone("/", scripts=scripts)
    when_they_open_an_article(reader)
    when_they_go_on_to_the_booking(reader)
    when_they_fill_it_in_with_the_keyboard(reader)
    then_they_have_a_reference(reader)


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
        ("Choose a clinic visit or a phone call", "At a clinic"),
    ],
)
def test_errors_take_the_focus_and_lead_to_their_question(
    with_phone, scripts, error, control
):
    reader = with_phone(BOOKING, scripts=scripts)
    reader.page.get_by_label("Your name").fill("Night Reader")
    reader.page.get_by_role("button", name=SEND).click()

    summary = reader.page.get_by_role("alert", name="There is a problem")
    expect(summary).to_be_focused()
    expect(reader.page.get_by_label("Your name")).to_have_value("Night Reader")

    summary.get_by_role("link", name=error).click()
    expect(reader.page.get_by_label(control)).to_be_focused()
    expect(reader.page.get_by_label(control)).to_be_in_viewport()


def test_going_back_after_sending_does_not_send_twice(visit):
    reader = visit(BOOKING)
    page = reader.page
    page.get_by_label("By phone").check()
    page.get_by_label("Which day suits you?").fill(NEXT_WEEK.isoformat())
    page.get_by_label("Any time").check()
    page.get_by_label("Your name").fill("Back Presser")
    page.get_by_label("Email address").fill("back@visitor.example")
    page.get_by_label("Telephone number").fill("020 7946 0322")
    page.get_by_label("I agree that you keep these details").check()
    page.get_by_role("button", name=SEND).click()
    reference = page.locator(".reference__number").inner_text()

    page.reload()
    page.go_back()
    page.get_by_role("button", name=SEND).click()

    expect(page.locator(".reference__number")).to_have_text(reference)
