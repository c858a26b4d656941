"""What people who booked read, and what nobody who reads along learns."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone, translation
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from consultations.bookings import by_staff, changes, emails
from consultations.models import AccessLink, FreeConsultation
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    answers,
    free_start,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEN_THIRTY = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
# A mailbox is read by others, and so is a subject on a locked screen.
HEALTH = ("hair", "scalp", "alopecia", "bald", "treat", "diagnos", "clinic", "patient")
SUBJECTS = {
    "booked": "Your appointment (Larkfield)",
    "requested": "Your request for an appointment (Larkfield)",
    "moved": "New time of your appointment (Larkfield)",
    "cancelled": "Your appointment is cancelled (Larkfield)",
    "withdrawn": "Your appointment is cancelled (Larkfield)",
    "declined": "About your request (Larkfield)",
    "must_change": "Please choose another time (Larkfield)",
    "reminded": "Reminder of your appointment (Larkfield)",
    "reminded_today": "Your appointment is soon (Larkfield)",
    "missed": "About your appointment (Larkfield)",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def clinic(db) -> ClinicSettings:
    clinic = ClinicSettings.of_default_site()
    clinic.clinic_name = "Larkfield Hair Clinic"
    clinic.discreet_name = "Larkfield"
    clinic.phone = "+442079460958"
    clinic.notify_bookings = "desk@larkfield.example"
    clinic.save()
    return clinic


@pytest.fixture
def room():
    place = ClinicFactory(name="Hair Clinic Soho", address="12 Example Row\nLondon")
    kind_of("clinic", what_to_bring="A list of questions.", interval=30)
    return ResourceFactory(clinic=place)


def booking_at(mode: str = "clinic", **changes) -> FreeConsultation:
    return stored_booking(kind_of(mode), TEN_THIRTY, **changes)


def last_mail(to: str = "tomasz@visitor.example") -> Email:
    return [email for email in Email.objects.order_by("pk") if email.to == [to]][-1]


def subjects_to_staff() -> list[str]:
    rows = Email.objects.order_by("pk")
    return [row.subject for row in rows if row.to == ["desk@larkfield.example"]]


def words_of(html: str) -> str:
    body = re.sub(r"<(head|title).*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def link_in(text: str) -> str:
    return re.search(r"http\S+/appointment/\S+", text)[0]


def send(what: str, booking: FreeConsultation, clinic: ClinicSettings) -> Email:
    """Any of the mails there are, about this booking."""
    State = FreeConsultation.State
    ways = {
        "booked": lambda: emails.booked(booking),
        "requested": lambda: emails.booked(booking),
        "moved": lambda: emails.moved(booking, by_visitor=True),
        "cancelled": lambda: emails.cancelled(booking),
        "withdrawn": lambda: emails.withdrawn(booking),
        "declined": lambda: emails.withdrawn(booking),
        "must_change": lambda: emails.must_change(booking),
        "reminded": lambda: emails.reminded(booking, clinic, is_today=False),
        "reminded_today": lambda: emails.reminded(booking, clinic, is_today=True),
        "missed": lambda: emails.missed(booking, clinic),
    }
    states = {"requested": State.REQUESTED, "declined": State.DECLINED}
    booking.state = states.get(what, booking.state)
    ways[what]()
    return last_mail()


def test_who_booked_reads_what_when_where_and_how_to_change_it(room):
    booking = booking_at()
    text = last_mail().message
    assert "Your appointment is booked." in text
    assert f"Reference: {booking.reference}" in text
    assert "When: Tuesday 1 December 2026, 10:30am\n" in text
    assert f"Where: 12 Example Row, London, {room.clinic.postcode}\n" in text
    assert f"Map: {room.clinic.map_url()}" in text
    assert "A list of questions" not in text  # it may name medicines
    assert "Until Monday 30 November 2026, 10:30pm (London time) you can change" in text
    assert "020 7946 0958" in text


def test_the_link_opens_and_only_its_hash_is_stored(room, client):
    booking = booking_at()
    link = link_in(last_mail().message)
    token = link.rstrip("/").rpartition("/")[2]
    assert client.get(link).status_code == 200
    stored = AccessLink.objects.get()
    assert stored.submission_id == booking.pk
    assert stored.expires_at == booking.ends_at + timedelta(days=14)
    assert token not in stored.token_hash
    assert link in last_mail().html_message


@pytest.mark.parametrize("what", SUBJECTS)
@pytest.mark.parametrize("mode", ["clinic", "phone"])
def test_every_mail_is_discreet(room, clinic, what, mode):
    booking = booking_at(mode, name=f"Ilse Wójcik {MARK}", note=MARK)
    email = send(what, booking, clinic)
    assert email.subject == SUBJECTS[what]
    assert email.from_email == "Larkfield <hello@larkfield.example>"
    everything = f"{email.subject}{email.message}{email.html_message}".lower()
    if hasattr(email, "calendar"):
        everything += email.calendar.content.lower()
    for word in (MARK, "ilse", "wójcik", "7700", *HEALTH):
        assert word not in everything, word
    assert "{" not in email.message + email.html_message


@pytest.mark.parametrize("what", SUBJECTS)
@pytest.mark.parametrize("mode", ["clinic", "phone"])
def test_text_and_html_say_the_same(room, clinic, what, mode):
    booking = booking_at(mode, zone="Asia/Tokyo", no_voicemail=True)
    email = send(what, booking, clinic)
    assert words_of(email.html_message) == " ".join(email.message.split())


@pytest.mark.parametrize("what", SUBJECTS)
def test_the_html_is_plain_and_loads_nothing(room, clinic, what):
    html = send(what, booking_at(), clinic).html_message
    for loads in ("<img", "<link", "<script", "src=", "url(", "@import"):
        assert loads not in html


def test_who_is_phoned_elsewhere_reads_their_own_time_too(room):
    booking_at("phone", zone="Asia/Tokyo", no_voicemail=True)
    text = last_mail().message
    assert "When: Tuesday 1 December 2026, 10:30am (London time)\n" in text
    assert "For you: Tuesday 1 December 2026, 7:30pm (Tokyo)\n" in text
    assert "Where: by phone, we call you and leave no message\n" in text
    assert "Map:" not in text


def test_who_comes_to_a_clinic_reads_london_time_alone(room):
    booking_at(zone="Asia/Tokyo")
    assert "Tokyo" not in last_mail().message


def test_the_zone_and_language_of_who_sends_it_do_not_matter(room, user_in):
    with timezone.override("Pacific/Auckland"), translation.override("de"):
        booking = booking_at()
        changes.cancel_for(booking=booking, actor=user_in("Reception"), reason="closed")
    for email in Email.objects.filter(subject__startswith="Your appointment"):
        assert "Tuesday 1 December 2026, 10:30am" in email.message


def test_after_the_cutoff_it_says_to_phone(room, clinic, clock):
    booking = booking_at()
    clock.move_to(TEN_THIRTY - timedelta(hours=11))
    text = send("reminded", booking, clinic).message
    assert "It is too late to change it online, so please phone us." in text
    assert link_in(text)


def test_how_to_stop_reminders_is_said_to_those_who_get_them(room, clinic):
    booking = booking_at()
    assert "stops our reminders" in last_mail().message
    booking.wants_reminders = False
    assert "stops our reminders" not in send("booked", booking, clinic).message


class TestARequest:
    @pytest.fixture
    def request_(self, room) -> FreeConsultation:
        kind_of("clinic", needs_confirmation=True)
        return booking_at()

    def test_is_no_appointment_yet(self, request_):
        email = last_mail()
        assert "You asked for this time." in email.message
        assert "within one working day" in email.message
        assert not hasattr(email, "calendar")

    def test_becomes_one_when_staff_confirm_who_need_no_mail(self, request_, user_in):
        changes.confirm(booking=request_, actor=user_in("Reception"))
        assert last_mail().calendar.method == "REQUEST"
        assert subjects_to_staff() == [f"New: {request_.reference}"]

    def test_that_is_declined_or_cancelled_touches_no_calendar(self, request_, user_in):
        changes.cancel(booking=request_)
        assert not hasattr(last_mail(), "calendar")
        changes.undo_cancel(booking=request_)
        assert "You asked for this time." in last_mail().message
        actor = user_in("Reception")
        changes.cancel_for(booking=request_, actor=actor, reason="absent")
        assert "Nothing is booked." in last_mail().message
        assert not hasattr(last_mail(), "calendar")

    def test_that_is_moved_stays_a_request(self, request_):
        later = TEN_THIRTY + timedelta(hours=1)
        changes.move(booking=request_, starts_at=later)
        assert "Your request has a new time." in last_mail().message
        assert not hasattr(last_mail(), "calendar")


class TestChanges:
    @pytest.fixture
    def booking(self, room) -> FreeConsultation:
        return booking_at()

    def test_by_the_visitor_reach_staff_in_neutral_words(self, booking):
        changes.move(booking=booking, starts_at=TEN_THIRTY + timedelta(hours=1))
        assert "When: Tuesday 1 December 2026, 11:30am" in last_mail().message
        changes.cancel(booking=booking)
        changes.undo_cancel(booking=booking)
        reference = booking.reference
        assert subjects_to_staff() == [
            f"New: {reference}",
            f"Changed: {reference}",
            f"Cancelled: {reference}",
            f"Changed: {reference}",
        ]
        cancelled = last_mail("desk@larkfield.example")
        assert cancelled.message.startswith(
            f"Free consultation {reference} was changed by the person.\n"
        )

    def test_by_staff_do_not(self, booking, user_in):
        actor = user_in("Reception")
        later = TEN_THIRTY + timedelta(hours=1)
        changes.move_for(booking=booking, starts_at=later, actor=actor)
        assert last_mail().subject == SUBJECTS["moved"]
        changes.cancel_for(booking=booking, actor=actor, reason="asked")
        assert "As you asked, your appointment is cancelled." in last_mail().message
        assert subjects_to_staff() == [f"New: {booking.reference}"]

    def test_cancelling_says_until_when_it_can_be_undone(self, booking):
        changes.cancel(booking=booking)
        email = last_mail()
        assert "Until 9:15am (London time) you can take that back" in email.message
        assert link_in(email.message)
        assert email.calendar.method == "CANCEL"

    def test_by_the_clinic_are_regretted(self, booking, user_in):
        actor = user_in("Reception")
        changes.cancel_for(booking=booking, actor=actor, reason="absent")
        email = last_mail()
        assert "We are sorry: we had to cancel your appointment." in email.message
        assert "/free-consultation/" in email.message
        assert "/appointment/" not in email.message
        assert email.calendar.method == "CANCEL"

    def test_that_a_closure_asks_for_have_the_link(self, booking):
        emails.must_change(booking)
        email = last_mail()
        assert "we have to change your appointment" in email.message
        assert link_in(email.message)
        assert not hasattr(email, "calendar")


def test_staff_who_book_for_somebody_need_no_mail(room, user_in):
    fields = {
        "actor": user_in("Reception"),
        "kind": kind_of("clinic"),
        "answers": answers(),
    }
    start = free_start(fields["kind"])
    key = "9f2c2b64-6a54-4d3e-9a55-2f1f2d6b8d10"
    by_staff.book_for(starts_at=start, submit_key=key, **fields)
    assert last_mail().calendar.method == "REQUEST"
    assert subjects_to_staff() == []


def test_who_has_no_address_gets_none_and_no_link(room):
    booking_at(email="")
    assert [email.to for email in Email.objects.all()] == [["desk@larkfield.example"]]
    assert not AccessLink.objects.exists()


def test_both_mails_of_a_booking_cost_five_queries(room, django_assert_num_queries):
    booking = booking_at()
    ClinicSettings.of_default_site().save()  # nothing is remembered of them
    # The settings, a link, the mail, its calendar entry, the mail to staff.
    with django_assert_num_queries(5):
        emails.booked(booking)
