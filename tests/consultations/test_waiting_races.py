"""Many at once on the waiting list: a time is offered once, and taken once."""

from datetime import timedelta

import pytest
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clinic_site.core.transactions import retried
from consultations.diary import claims
from consultations.diary.claims import TimeTaken
from consultations.models import (
    AppointmentKind,
    Claim,
    FreeConsultation,
    Reservation,
    WaitingEntry,
    WaitingOffer,
)
from consultations.waiting import offers, taking
from tests.factories.consultations import kind_of, wordings
from tests.factories.waiting import (
    link_in_newest_mail,
    offered,
    open_for,
    stored_entry,
    taking_form,
    waiting_form,
)

from .threads import VISITORS, at_once, visitor

pytestmark = [
    pytest.mark.races,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def by_day(monkeypatch):
    """Whenever the suite runs, mails may be sent."""
    monkeypatch.setattr(offers, "FIRST_MAIL", offers.time.min)
    monkeypatch.setattr(offers, "LAST_MAIL", offers.time.max)


@pytest.fixture
def kind() -> AppointmentKind:
    return kind_of("clinic")


def at(hours: int = 0):
    day = timezone.localtime() + timedelta(days=5)
    return day.replace(hour=9 + hours, minute=0, second=0, microsecond=0)


@pytest.fixture
def offer(kind) -> WaitingOffer:
    open_for(kind, at())
    return offered(stored_entry(), at())


def expire(offer: WaitingOffer) -> None:
    past = timezone.now() - timedelta(seconds=1)
    WaitingOffer.objects.filter(pk=offer.pk).update(expires_at=past)
    Reservation.objects.filter(pk=offer.reservation_id).update(expires_at=past)


def take(offer: WaitingOffer):
    try:
        booking = taking.take(
            entry=offer.entry, offer_id=offer.pk, wordings=wordings("booking-contact")
        )
    except TimeTaken:
        return "gone"
    return booking.pk


def test_one_offer_taken_by_many_at_once_is_one_booking(offer):
    taken = at_once(lambda place: take(offer))
    assert set(taken) == {FreeConsultation.objects.get().pk}
    assert Reservation.objects.get().expires_at is None
    assert Email.objects.count() == 3  # on the list, the offer, booked
    assert WaitingEntry.objects.get().state == "booked"


def test_a_double_click_on_book_this_time_is_one_booking(offer):
    page = link_in_newest_mail()
    form = taking_form(offer)
    responses = at_once(
        lambda place: visitor(place).post(page + "take/", form), number=3
    )
    assert {response.status_code for response in responses} == {303}
    assert FreeConsultation.objects.count() == 1
    assert Email.objects.count() == 3


def test_rounds_at_once_offer_one_time_to_one_person(kind):
    for number in range(4):
        stored_entry(name=f"Person {number}")
    open_for(kind, at())
    at_once(lambda place: offers.offer_free_times(), number=6)
    assert WaitingOffer.objects.count() == Reservation.objects.count() == 1
    assert Email.objects.count() == 5


def test_rounds_at_once_give_one_person_one_time(kind):
    stored_entry()
    open_for(kind, *(at(hours) for hours in range(6)))
    at_once(lambda place: offers.offer_free_times(), number=6)
    assert WaitingOffer.objects.count() == Reservation.objects.count() == 1


def test_rounds_at_once_share_out_what_there_is(kind):
    for number in range(5):
        stored_entry(name=f"Person {number}")
    open_for(kind, at(0), at(2), at(4))
    at_once(lambda place: offers.offer_free_times(), number=6)
    offers.offer_free_times()  # what two rounds left to each other
    made = WaitingOffer.objects.all()
    assert sorted(offer.starts_at for offer in made) == [at(0), at(2), at(4)]
    assert len({offer.entry_id for offer in made}) == 3
    twice = Claim.objects.values("resource", "lane", "tick").annotate(n=Count("pk"))
    assert not twice.filter(n__gt=1).exists()


def test_an_offer_that_expires_while_it_is_taken_is_booked_or_gone(kind, offer):
    stored_entry(name="Ben")
    expire(offer)

    def act(place: int):
        return take(offer) if place % 2 else offers.offer_free_times()

    answers = set(at_once(act, number=8)) - {None}
    outcome = WaitingOffer.objects.get(pk=offer.pk).outcome
    entry = WaitingEntry.objects.get(pk=offer.entry_id)
    assert Reservation.objects.count() == 1
    assert not WaitingOffer.objects.filter(
        outcome="open", starts_at__lt=at(), reservation=None
    ).exists()
    if FreeConsultation.objects.exists():
        assert (outcome, entry.state) == ("taken", "booked")
        assert entry.booking.reservation == Reservation.objects.get()
    else:
        assert answers == {"gone"}
        assert (outcome, entry.state) == ("expired", "waiting")


def test_an_expired_offer_is_taken_by_the_person_or_by_a_visitor(kind, offer):
    """Whoever comes first: never both, and never a server error."""
    expire(offer)
    rooms = list(kind.resources.all())

    def act(place: int):
        if place % 2:
            return take(offer)
        try:
            retried(lambda: claims.reserve(kind=kind, starts_at=at(), resources=rooms))
        except TimeTaken:
            return "refused"
        return "reserved"

    answers = at_once(act, number=12)
    booked = FreeConsultation.objects.count()
    assert booked + answers.count("reserved") == 1
    assert Reservation.objects.get().expires_at is None


def test_taking_declining_and_leaving_at_once_end_in_one_of_them(offer):
    page = link_in_newest_mail()
    form = taking_form(offer)
    paths = ["take/", "decline/", "leave/", "rejoin/"]

    def act(place: int):
        return visitor(place).post(page + paths[place % 4], form).status_code

    assert set(at_once(act, number=8)) <= {303, 409, 403}
    booking, entry = FreeConsultation.objects.first(), WaitingEntry.objects.get()
    offer.refresh_from_db()
    assert (entry.state == "booked") == bool(booking)
    if booking:
        assert entry.booking == booking
        assert Reservation.objects.get() == booking.reservation
        assert offer.outcome == "taken"
    else:
        assert offer.outcome in ("declined", "open")
        assert Reservation.objects.count() == (offer.outcome == "open")


def test_one_form_sent_by_many_at_once_is_one_entry(kind):
    url, form = "/free-consultation/waiting-list/clinic/", waiting_form()
    responses = at_once(
        lambda place: Client(REMOTE_ADDR=f"203.0.113.{place}").post(url, form)
    )
    assert {response.status_code for response in responses} == {303}
    assert len({response["Location"] for response in responses}) == 1
    assert len(responses) == VISITORS
    assert WaitingEntry.objects.count() == Email.objects.count() == 1


def test_one_wish_in_many_forms_at_once_is_one_entry(kind):
    """Each browser tab has a form with a key of its own."""
    url = "/free-consultation/waiting-list/clinic/"
    responses = at_once(lambda place: visitor(place).post(url, waiting_form()))
    assert len({response["Location"] for response in responses}) == 1
    assert WaitingEntry.objects.count() == Email.objects.count() == 1
