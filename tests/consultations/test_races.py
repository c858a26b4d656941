"""Many requests at the same moment: what is promised once is kept once.

Each runs on whichever database the suite runs on.
"""

import threading
import uuid

import pytest
from django.test import Client
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from consultations.models import Event, OnlineConsultation, Photo, Submission
from consultations.online import services as online
from tests.factories.consultations import online_form, photo_upload, stored_online

from .threads import VISITORS, at_once, visitor

pytestmark = [
    pytest.mark.races,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

CONSULT = "/online-consultation/"


@pytest.fixture(autouse=True)
def staff_addresses():
    settings = ClinicSettings.of_default_site()
    settings.notify_online = "desk@larkfield.example"
    settings.save()


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


def test_different_contents_under_one_key_are_stored_once(decode_here):
    form = online_form()
    responses = at_once(
        lambda place: visitor(place).post(
            CONSULT, {**form, "since": f"Day {place}", "photos": photo_upload()}
        )
    )
    statuses = sorted(response.status_code for response in responses)
    assert statuses == [303] + [409] * (VISITORS - 1)
    assert OnlineConsultation.objects.count() == 1
    assert Email.objects.count() == 2


def test_of_many_who_change_a_status_one_does(user_in, decode_here):
    consultation, staff = stored_online(), user_in("Specialists")
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.force_login(staff)
    url = f"/admin/consultations/{consultation.pk}/status/"
    form = {"shown": "new", "status": "done"}
    at_once(lambda place: clients[place].post(url, form), number=8)

    assert Submission.objects.get().status == "done"
    assert Event.objects.filter(action="status_changed").count() == 1


def test_without_the_guard_the_same_form_is_stored_many_times(monkeypatch, decode_here):
    """The control: the threads above do race, and only the constraint stops them.

    The guard here looks first and inserts then, with no UNIQUE column behind it:
    what is the same is the contents, and each form has a key of its own.
    """
    all_have_looked = threading.Barrier(VISITORS, timeout=30)

    def look_then_insert(*, model, fingerprint, create, **_):
        sent = model.objects.filter(fingerprint=fingerprint).first()
        all_have_looked.wait()
        return sent or create()

    monkeypatch.setattr(online, "submit_once", look_then_insert)
    form = online_form()
    at_once(
        lambda place: visitor(place).post(
            CONSULT,
            {**form, "submit_key": str(uuid.uuid4()), "photos": photo_upload()},
        )
    )
    assert OnlineConsultation.objects.count() == VISITORS
