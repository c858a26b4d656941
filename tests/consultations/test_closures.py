"""Closing days in which people are booked."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from consultations.bookings.changes import cancel_for, move_for
from consultations.models import BankHoliday, DiaryException, Event, FreeConsultation
from consultations.staff.closures import touched_by, write_to_touched
from tests.factories.consultations import (
    ResourceFactory,
    free_start,
    kind_of,
    stored_booking,
)
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

CLOSURES = "/admin/diary/closures/"
HOLIDAYS = "/admin/diary/bank-holidays/"
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def room():
    return ResourceFactory()


@pytest.fixture
def day() -> date:
    return timezone.localdate() + timedelta(days=6)


@pytest.fixture
def reception(client_of):
    return client_of("Reception")


def booked(day: date, at: time = time(10), name: str = "Ann Lee", **changes):
    """A telephone call at that time of that day."""
    starts_at = datetime.combine(day, at, LONDON)
    return stored_booking(kind_of("phone"), starts_at, name=name, **changes)


def closed(first: date, last: date | None = None, **fields) -> DiaryException:
    return DiaryException(first_day=first, last_day=last or first, **fields)


def booked_all_the_same(closure: DiaryException, **booking) -> None:
    """As it happens when somebody picked the time before the days were closed."""
    stored = DiaryException.objects.filter(pk=closure.pk)
    stored.update(effect="extra", opens=time(0), closes=time(0, 5))
    booked(closure.first_day, **booking)
    stored.update(effect="closed", opens=None, closes=None)


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def seen_in(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("input[name=seen]")["value"]


def mails() -> list[str]:
    """To whom, of those that ask people to choose another time."""
    events = Event.objects.filter(action=Event.Action.MAIL_QUEUED)
    return sorted(
        FreeConsultation.objects.get(pk=event.submission_id).email for event in events
    )


class TestTouchedBy:
    def test_finds_what_lies_in_the_days(self, room, day):
        inside = booked(day), booked(day + timedelta(days=1))
        booked(day - timedelta(days=1), name="Before")
        booked(day + timedelta(days=2), name="After")
        assert touched_by(closed(day, day + timedelta(days=1))) == list(inside)

    def test_looks_at_the_time_of_day_on_each_of_the_days(self, room, day):
        booked(day, time(9), name="Ends as it begins: 9:20")
        touched = booked(day, time(11, 45)), booked(day + timedelta(days=1), time(9))
        booked(day + timedelta(days=1), time(12), name="Begins as it ends")
        between = time(9, 20), time(12)
        first = closed(day, opens=between[0], closes=between[1])
        assert touched_by(first) == [touched[0]]
        both = closed(day, day + timedelta(days=1), opens=time(9), closes=time(12))
        assert touched_by(both)[1:] == list(touched)

    def test_looks_at_the_clinic_and_at_the_room(self, room, day):
        other = ResourceFactory()
        here = booked(day, clinic=room.clinic)
        there = booked(day, name="Bo Lee", clinic=other.clinic)
        assert touched_by(closed(day, clinic=room.clinic)) == [here]
        assert touched_by(closed(day, resource=other)) == [there]
        assert touched_by(closed(day, clinic=ClinicFactory())) == []
        assert len(touched_by(closed(day))) == 2

    def test_leaves_out_what_is_over_or_no_longer_stands(self, room, day):
        booking = booked(day)
        FreeConsultation.objects.update(state="withdrawn")
        assert touched_by(closed(day)) == []
        FreeConsultation.objects.update(
            state="confirmed",
            starts_at=timezone.now() - timedelta(minutes=1),
            ends_at=timezone.now() + timedelta(minutes=9),
        )
        today = timezone.localdate(booking.starts_at) - timedelta(days=6)
        assert touched_by(closed(today, day)) == []

    def test_of_an_extra_opening_is_nothing(self, room, day):
        booked(day)
        extra = {"effect": "extra", "opens": time(8), "closes": time(18)}
        assert touched_by(closed(day, **extra)) == []

    def test_goes_by_londons_clock_whatever_staff_have_on_theirs(self, room, day):
        booking = booked(day, time(9))
        with timezone.override("Pacific/Auckland"):
            assert touched_by(closed(day)) == [booking]
            assert touched_by(closed(day + timedelta(days=1))) == []
            early = closed(day, opens=time(9), closes=time(9, 20))
            assert touched_by(early) == [booking]

    def test_of_a_bank_holiday_spares_what_is_open_besides(self, room, day):
        morning, afternoon = booked(day, time(10)), booked(day, time(15), name="Bo")
        closed(day, effect="extra", opens=time(9), closes=time(12)).save()
        assert touched_by(BankHoliday(date=day)) == [afternoon]
        assert touched_by(BankHoliday(date=day, is_closed=False)) == []
        DiaryException.objects.update(resource=ResourceFactory())
        assert touched_by(BankHoliday(date=day)) == [morning, afternoon]

    @pytest.mark.parametrize("minute", [0, 30])
    def test_holds_on_days_on_which_clocks_change(self, room, minute):
        changes = date(2027, 3, 28), date(2027, 10, 31)
        for change in changes:
            booking = booked(date.today() + timedelta(days=5), time(9, minute))
            start = datetime.combine(change, time(9, minute), LONDON)
            FreeConsultation.objects.filter(pk=booking.pk).update(
                starts_at=start, ends_at=start + timedelta(minutes=20)
            )
            hour = {"opens": time(9), "closes": time(10)}
            assert touched_by(closed(change, **hour)) == [booking]
            next_hour = {"opens": time(10), "closes": time(11)}
            assert touched_by(closed(change, **next_hour)) == []
            booking.refresh_from_db()
            cancel_for(booking=booking, actor=None, reason="closed", tells=False)


def test_a_closure_asks_before_it_is_saved_and_shows_whom_it_touches(
    reception, room, day
):
    bookings = booked(day), booked(day, time(11), name="Bo Lee")
    form = {"effect": "closed", "first_day": day, "label": "Boiler"}
    asked = reception.post(CLOSURES + "new/", form)
    assert not DiaryException.objects.exists()
    page = text_of(asked)
    assert "This touches 2 bookings. Nothing is saved yet" in page
    assert "Save anyway" in page
    for booking in bookings:
        assert booking.reference in page
    assert b'value="Boiler"' in asked.content

    saved = reception.post(CLOSURES + "new/", {**form, "seen": seen_in(asked)})
    closure = DiaryException.objects.get()
    assert saved.url == f"{CLOSURES}touched/{closure.pk}/"
    page = reception.get(saved.url)
    assert "It touches 2 bookings" in text_of(page)
    assert "Write to 2 people" in text_of(page)
    for booking in bookings:
        assert f"/admin/consultations/{booking.pk}/".encode() in page.content
    assert mails() == []


def test_it_asks_anew_about_other_days_or_bookings(reception, room, day):
    booked(day)
    form = {"effect": "closed", "first_day": day}
    seen = seen_in(reception.post(CLOSURES + "new/", form))
    form["seen"] = seen
    booked(day, time(11), name="Came meanwhile")
    again = reception.post(CLOSURES + "new/", form)
    assert "This touches 2 bookings" in text_of(again)
    FreeConsultation.objects.filter(name="Came meanwhile").update(state="withdrawn")
    booked(day + timedelta(days=1), name="On another day")
    moved = reception.post(
        CLOSURES + "new/", {**form, "first_day": day + timedelta(days=1)}
    )
    assert "This touches 1 booking." in text_of(moved)
    assert not DiaryException.objects.exists()


def test_a_closure_that_touches_nobody_is_saved_at_once(reception, room, day):
    booked(day + timedelta(days=1))
    form = {"effect": "closed", "first_day": day}
    assert reception.post(CLOSURES + "new/", form).url == CLOSURES
    page = reception.get(f"{CLOSURES}touched/{DiaryException.objects.get().pk}/")
    assert "It touches 0 bookings" in text_of(page)
    assert "Write to" not in text_of(page)


def test_editing_asks_only_about_those_that_it_did_not_touch_before(
    reception, room, day
):
    closure = closed(day)
    booked(day)
    booked(day + timedelta(days=1), name="Bo Lee")
    closure.save()
    url = f"{CLOSURES}edit/{closure.pk}/"
    form = {"effect": "closed", "first_day": day, "last_day": day, "label": "Boiler"}
    touched = f"{CLOSURES}touched/{closure.pk}/"
    assert touched in reception.get(url).content.decode()
    assert reception.post(url, form).url == touched
    form["last_day"] = day + timedelta(days=1)
    asked = reception.post(url, form)
    assert "This touches 1 booking." in text_of(asked)
    assert "Bo Lee" in text_of(asked)
    saved = reception.post(url, {**form, "seen": seen_in(asked)})
    assert "It touches 2 bookings" in text_of(reception.get(saved.url))


def test_a_bank_holiday_that_is_ticked_closed_asks_too(client_of, room, day):
    managers, booking = client_of("Managers"), booked(day)
    holiday = BankHoliday.objects.create(date=day, name="Open day", is_closed=False)
    url = f"{HOLIDAYS}edit/{holiday.pk}/"
    form = {"date": day, "name": "Open day", "is_closed": "on"}
    asked = managers.post(url, form)
    assert "This touches 1 booking." in text_of(asked)
    holiday.refresh_from_db()
    assert not holiday.is_closed
    saved = managers.post(url, {**form, "seen": seen_in(asked)})
    assert saved.url == f"{HOLIDAYS}touched/{holiday.pk}/"
    managers.post(saved.url)
    event = Event.objects.get(action=Event.Action.MAIL_QUEUED)
    assert (event.submission_id, event.detail) == (
        booking.pk,
        f"bank holiday {holiday.pk}",
    )


def test_writing_queues_one_mail_for_each_and_never_a_second(reception, room, day):
    booked(day, email="ann@visitor.example")
    booked(day, time(11), name="Bo Lee", email="bo@visitor.example")
    phoned = booked(day, time(12), name="Cy Day")
    FreeConsultation.objects.filter(pk=phoned.pk).update(email="")
    closure = closed(day)
    closure.save()
    Email.objects.all().delete()
    url = f"{CLOSURES}touched/{closure.pk}/"
    assert "Write to 2 people" in text_of(reception.get(url))

    page = text_of(reception.post(url, follow=True))
    assert "2 mails will leave in the next minutes." in page
    assert "No email: please phone" in page
    assert "Write to" not in page
    addresses = sorted(mail.to[0] for mail in Email.objects.all())
    assert addresses == ["ann@visitor.example", "bo@visitor.example"]
    event = Event.objects.filter(action=Event.Action.MAIL_QUEUED).first()
    assert event.detail == f"closure {closure.pk}"
    assert event.actor.username == "reception"

    assert "Everybody with an email was written to" in text_of(
        reception.post(url, follow=True)
    )
    booked_all_the_same(closure, at=time(13), name="Di New", email="di@visitor.example")
    Email.objects.all().delete()
    assert "1 mail will leave" in text_of(reception.post(url, follow=True))
    assert [mail.to for mail in Email.objects.all()] == [["di@visitor.example"]]


def test_the_mail_names_no_treatment_and_no_closure(reception, room, day):
    booked(day)
    closure = closed(day, label="Dr Calloway is ill")
    closure.save()
    Email.objects.all().delete()
    reception.post(f"{CLOSURES}touched/{closure.pk}/")
    mail = Email.objects.get()
    for words in (mail.subject, mail.message, mail.html_message):
        assert "hair loss" not in words.lower()
        assert "Calloway" not in words


def test_looking_at_the_page_writes_to_nobody(reception, room, day):
    booked(day)
    closure = closed(day)
    closure.save()
    Email.objects.all().delete()
    for method in (reception.get, reception.head, reception.options):
        method(f"{CLOSURES}touched/{closure.pk}/")
    assert not Email.objects.exists()
    assert mails() == []


def test_who_was_moved_out_of_the_closure_meanwhile_gets_no_mail(
    user_in, room, day, monkeypatch
):
    booking, actor = booked(day), user_in("Managers")
    closure = closed(day)
    before = touched_by(closure)
    move_for(
        booking=booking,
        starts_at=free_start(booking.appointment_kind, days=12),
        actor=actor,
    )
    closure.save()
    monkeypatch.setattr("consultations.staff.closures.touched_by", lambda _: before)
    assert write_to_touched(closure=closure, actor=actor) == 0
    assert mails() == []


def test_a_long_closure_is_written_to_in_several_goes(
    reception, room, day, monkeypatch
):
    monkeypatch.setattr("consultations.staff.closures.MOST_AT_ONCE", 2)
    for hour in (10, 11, 12):
        booked(day, time(hour), name=f"Ann {hour}", email=f"a{hour}@visitor.example")
    closure = closed(day)
    closure.save()
    url = f"{CLOSURES}touched/{closure.pk}/"
    page = text_of(reception.post(url, follow=True))
    assert "2 mails will leave" in page
    assert "Write to 1 person" in page
    assert "1 mail will leave" in text_of(reception.post(url, follow=True))
    assert len(mails()) == 3


def test_only_who_may_change_bookings_writes(client_of, user_in, room, day):
    booked(day)
    closure = closed(day)
    closure.save()
    url = f"{CLOSURES}touched/{closure.pk}/"
    keeper = user_in("Editors")
    keeper.user_permissions.set(
        Permission.objects.filter(codename="change_diaryexception")
    )
    client = client_of("Specialists")
    assert client.post(url).status_code == 302
    client.force_login(keeper)
    page = text_of(client.get(url))
    assert "It touches 1 booking" in page
    assert "Who they are is shown to those who may see consultations" in page
    assert "Ann Lee" not in page
    assert "Write to" not in page
    client.post(url)
    assert mails() == []
    form = {"effect": "closed", "first_day": day}
    client.force_login(keeper)
    asked = text_of(client.post(f"{CLOSURES}edit/{closure.pk}/", form))
    assert "Ann Lee" not in asked


def test_a_closure_that_is_none_is_not_found(reception):
    for key in ("0", "x", "9" * 30):
        assert reception.get(f"{CLOSURES}touched/{key}/").status_code in (400, 404)
        assert reception.post(f"{CLOSURES}touched/{key}/").status_code in (400, 404)


def test_the_page_costs_the_same_however_many_it_touches(reception, room, day):
    closure = closed(day)
    booked(day)
    closure.save()
    url = f"{CLOSURES}touched/{closure.pk}/"

    def queries() -> int:
        reception.get(url)
        with CaptureQueriesContext(connection) as found:
            reception.get(url)
        return len(found)

    few = queries()
    for hour in (11, 12, 13):
        booked_all_the_same(closure, at=time(hour), name=f"Ann {hour}")
    assert queries() == few <= 12
