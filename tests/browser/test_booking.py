"""Somebody books a visit on a phone, moves it, cancels it and takes that back."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from .conftest import PHONE
from .test_axe import assert_no_barrier
from .visitor import Visitor

START = "/free-consultation/"
MAIL_COMES_WITHIN = 30  # seconds
DAYS, TIMES = "main .day-list a", "main input[name=at]"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request, visit) -> Visitor:
    visitor = visit(START, viewport=PHONE, java_script_enabled=request.param)
    visitor.has_scripts = request.param
    return visitor


@pytest.fixture
def mailbox(request) -> str:
    """Of their own: what the mails of others lead to is not theirs."""
    return f"{request.node.callspec.id.replace(' ', '.')}@visitor.example"


def look_around(visitor: Visitor, heading: str) -> None:
    """The page that was to come is there, and has no barrier."""
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(heading)
    assert not visitor.has_sideways_scrolling()
    if visitor.has_scripts:  # axe is one
        assert_no_barrier(visitor, widths=(PHONE["width"],))
        visitor.page.set_viewport_size(PHONE)


def follow(visitor: Visitor, link: str, region: str = "") -> None:
    page = visitor.page
    place = page.get_by_role("region", name=region) if region else page.locator("main")
    go(visitor, place.get_by_role("link", name=link))


def send(visitor: Visitor, button: str) -> None:
    go(visitor, visitor.page.get_by_role("button", name=button, exact=True))


def go(visitor: Visitor, target: Locator) -> None:
    visitor.tab_to(target)
    visitor.press("Enter")


def choose_day(visitor: Visitor, place: int) -> None:
    go(visitor, visitor.page.locator(DAYS).nth(place))


def choose_third_time(visitor: Visitor) -> None:
    visitor.tab_to(visitor.page.locator(TIMES).first)
    visitor.press("Space", "ArrowDown", "ArrowDown")
    expect(visitor.page.locator(TIMES).nth(2)).to_be_checked()


def fill_in(visitor: Visitor, label: str, text: str) -> None:
    visitor.tab_to(visitor.page.get_by_label(label))
    visitor.press("Control+a")
    visitor.write(text)


def when_they_book(visitor: Visitor, mailbox: str) -> None:
    look_around(visitor, "Book a free consultation")
    follow(visitor, "Larkfield Victoria", region="Visit to a clinic")
    look_around(visitor, "Choose a day")
    choose_day(visitor, 2)
    look_around(visitor, "Choose a time")
    choose_third_time(visitor)
    send(visitor, "Continue")
    look_around(visitor, "Your details")
    fill_in(visitor, "Your name", "Night Wójcik-Reader")
    fill_in(visitor, "Email address", mailbox)
    fill_in(visitor, "Telephone number", "020 7946 0321")
    visitor.tab_to(visitor.page.get_by_label("I agree that you keep these details"))
    visitor.press("Space")
    send(visitor, "Continue")
    look_around(visitor, "Check and book")
    send(visitor, "Book this time")
    look_around(visitor, "Your appointment is booked")


def when_they_open_the_link_in_the_mail(visitor: Visitor, mailbox: str) -> None:
    visitor.page.goto(next(links_mailed_to(visitor, mailbox)))
    look_around(visitor, "Your appointment")
    visitor.see("This appointment is booked for you")


def links_mailed_to(visitor: Visitor, mailbox: str) -> Iterator[str]:
    """Newest first. The worker sends what waits every other second."""
    ask = visitor.page.request
    deadline = time.monotonic() + MAIL_COMES_WITHIN
    while time.monotonic() < deadline:
        listed = ask.get("/dev/mail/").text()
        for name in re.findall(rf'href="([^"]+)">[^<]*</a>, to {mailbox}', listed):
            yield re.search(r"/appointment/[\w-]+/", ask.get(name).text())[0]
        time.sleep(0.5)


def when_they_move_it(visitor: Visitor) -> str:
    """Returns the time that it had before."""
    before = shown_time(visitor)
    follow(visitor, "Change the time")
    look_around(visitor, "Choose another day")
    choose_day(visitor, 4)
    look_around(visitor, "Choose another time")
    choose_third_time(visitor)
    fill_in(visitor, "Your surname", "wojcik reader")
    send(visitor, "Change to this time")
    look_around(visitor, "Your appointment")
    return before


def shown_time(visitor: Visitor) -> str:
    row = visitor.page.locator("main .summary__row", has_text="When")
    return row.locator("dd").inner_text()


def when_they_cancel_it_after_a_wrong_surname(visitor: Visitor) -> None:
    follow(visitor, "Cancel it")
    look_around(visitor, "Do you want to cancel?")
    fill_in(visitor, "Your surname", "Somebody")
    send(visitor, "Yes, cancel it")
    summary = visitor.page.get_by_role("alert", name="There is a problem")
    expect(summary).to_be_focused()
    look_around(visitor, "Do you want to cancel?")
    visitor.see("You can try 4 more times")
    fill_in(visitor, "Your surname", "Reader")
    send(visitor, "Yes, cancel it")


def when_they_take_that_back(visitor: Visitor) -> None:
    follow(visitor, "Undo cancelling")
    look_around(visitor, "Do you want it back?")
    fill_in(visitor, "Your surname", "Reader")
    send(visitor, "Yes, keep my appointment")


def test_a_visit_is_booked_moved_cancelled_and_taken_back_by_keyboard_alone(
    visitor, mailbox
):
    when_they_book(visitor, mailbox)
    when_they_open_the_link_in_the_mail(visitor, mailbox)
    before = when_they_move_it(visitor)
    moved = shown_time(visitor)
    assert moved != before

    when_they_cancel_it_after_a_wrong_surname(visitor)
    look_around(visitor, "Your appointment")
    visitor.see("You cancelled this appointment. You can undo that until")

    when_they_take_that_back(visitor)
    look_around(visitor, "Your appointment")
    visitor.see("This appointment is booked for you")
    assert shown_time(visitor) == moved


def test_going_back_after_booking_does_not_book_twice(visit):
    visitor = visit("/free-consultation/phone/?zone=Europe/London")
    page = visitor.page
    page.locator(DAYS).nth(3).click()
    page.locator(TIMES).first.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name").fill("Back Presser")
    page.get_by_label("Email address").fill("back@visitor.example")
    page.get_by_label("Telephone number").fill("020 7946 0322")
    page.get_by_label("I agree that you keep these details").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Book this time").click()
    reference = page.locator(".reference__number").inner_text()

    page.reload()
    for _ in range(2):
        page.go_back()
        expect(page.locator(".reference__number")).to_have_text(reference)
