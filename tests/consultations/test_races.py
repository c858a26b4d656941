"""Many requests at the same moment: what is promised once is kept once.

Each runs on whichever database the suite runs on.
"""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from consultations.bookings import services as bookings
from consultations.models import (
    Consent,
    Event,
    FreeConsultation,
    OnlineConsultation,
    Photo,
    Submission,
)
from tests.factories.consultations import (
    booking_form,
    online_form,
    photo_upload,
    stored_booking,
)

pytestmark = [
    pytest.mark.races,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

BOOK, CONSULT = "/free-consultation/", "/online-consultation/"
VISITORS = 24


@pytest.fixture(autouse=True)
def staff_addresses():
    settings = ClinicSettings.of_default_site()
    settings.notify_bookings = settings.notify_online = "desk@larkfield.example"
    settings.save()


def at_once(act: Callable[[int], object], number: int = VISITORS) -> list:
    """What `act` gives each of so many threads that are let go together."""
    answers: list = [None] * number
    start = threading.Barrier(number, timeout=30)

    def run(place: int) -> None:
        try:
            start.wait()
            answers[place] = act(place)
        except BaseException as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert not [answer for answer in answers if isinstance(answer, BaseException)]
    return answers


def visitor(place: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{place}")


def test_one_booking_sent_by_many_at_once_is_one():
    form = booking_form()
    responses = at_once(lambda place: visitor(place).post(BOOK, form))

    assert {response.status_code for response in responses} == {303}
    assert len({response["Location"] for response in responses}) == 1
    assert FreeConsultation.objects.count() == Submission.objects.count() == 1
    assert Email.objects.count() == 2
    assert Consent.objects.count() == Event.objects.count() == 1


def test_one_online_consultation_sent_by_many_at_once_is_one(decode_here, folder):
    form = online_form()
    responses = at_once(
        lambda place: visitor(place).post(CONSULT, {**form, "photos": photo_upload()})
    )

    assert {response.status_code for response in responses} == {303}
    assert len({response["Location"] for response in responses}) == 1
    assert OnlineConsultation.objects.count() == Submission.objects.count() == 1
    assert Email.objects.count() == 2
    photo = Photo.objects.get()
    files = [path.stem for path in folder.rglob("*") if path.is_file()]
    assert files == [photo.stored_name]


def test_photos_that_were_kept_go_with_one_consultation(decode_here, folder):
    form = online_form(name="")
    assert visitor(0).post(CONSULT, form).status_code == 422
    complete = {**form, "name": "Sofia Marchetti", "photos": []}
    responses = at_once(lambda place: visitor(place).post(CONSULT, complete))

    assert {response.status_code for response in responses} == {303}
    assert Photo.objects.get().consultation == OnlineConsultation.objects.get()


def test_different_contents_under_one_key_are_stored_once():
    form = booking_form()
    responses = at_once(
        lambda place: visitor(place).post(BOOK, {**form, "note": f"Note {place}"})
    )
    statuses = sorted(response.status_code for response in responses)
    assert statuses == [303] + [409] * (VISITORS - 1)
    assert FreeConsultation.objects.count() == 1
    assert Email.objects.count() == 2


def test_different_bookings_at_once_are_all_stored():
    def book(place: int):
        return visitor(place).post(BOOK, booking_form(note=f"Wish {place}"))

    responses = at_once(book)
    assert {response.status_code for response in responses} == {303}
    assert FreeConsultation.objects.count() == VISITORS
    assert Email.objects.count() == 2 * VISITORS


def test_of_many_who_change_a_status_one_does(user_in):
    booking, staff = stored_booking(), user_in("Reception")
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.force_login(staff)
    url = f"/admin/consultations/{booking.pk}/status/"
    form = {"shown": "new", "status": "done"}
    at_once(lambda place: clients[place].post(url, form), number=8)

    assert Submission.objects.get().status == "done"
    assert Event.objects.filter(action="status_changed").count() == 1


def test_without_the_guard_the_same_booking_is_stored_many_times(monkeypatch):
    """The control: the threads above do race, and only the constraint stops them.

    The guard here looks first and inserts then, with no UNIQUE column behind it:
    what is the same is the contents, and each form has a key of its own.
    """
    all_have_looked = threading.Barrier(VISITORS, timeout=30)

    def look_then_insert(*, model, fingerprint, create, **_):
        sent = model.objects.filter(fingerprint=fingerprint).first()
        all_have_looked.wait()
        return sent or create()

    monkeypatch.setattr(bookings, "submit_once", look_then_insert)
    form = booking_form()
    at_once(
        lambda place: visitor(place).post(
            BOOK, {**form, "submit_key": str(uuid.uuid4())}
        )
    )
    assert FreeConsultation.objects.count() == VISITORS
