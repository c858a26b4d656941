"""Answers and photos from anywhere: what the visitor gets and what is stored."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from clinic_site.core.rate_limit import Limit
from consultations.models import Consent, Event, OnlineConsultation, Photo
from consultations.online import photos
from consultations.online.photos import DecoderBusy
from tests.factories.consultations import (
    MARK,
    book_online,
    online_form,
    photo_upload,
)

pytestmark = pytest.mark.django_db

CONSULT = "/online-consultation/"
PERSONAL = [MARK, "Sofia", "Marchetti", "sofia@", "parting", "iron", "Italy"]


@pytest.fixture
def send(client, decode_here, django_capture_on_commit_callbacks):
    """Posts the form as a browser would, and lets what follows a commit happen."""

    def post(form: dict):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(CONSULT, form)

    return post


def uploads(count: int) -> list:
    colours = ["brown", "teal", "navy", "olive", "maroon", "gold", "plum"]
    return [photo_upload(f"{colour}.jpg", colour) for colour in colours[:count]]


def words_of(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(strip=True) for item in page.select(".error-summary li")]


def listed(response) -> list[str]:
    """The photos the page says are here already, as their boxes' values."""
    page = BeautifulSoup(response.content, "html.parser")
    return [box["value"] for box in page.select("input[name=remove_photos]")]


def next_form(response, **changes) -> dict:
    """The form as the page shows it now; a browser sends no file of its own accord."""
    key = re.search(r'name="submit_key" value="([^"]+)"', response.content.decode())[1]
    return online_form(submit_key=key, **{"photos": [], **changes})


def assert_files_equal_rows(folder: Path) -> None:
    files = {path.stem for path in folder.rglob("*") if path.is_file()}
    assert files == set(Photo.objects.values_list("stored_name", flat=True))


def test_it_works(client, folder):
    response = client.post(CONSULT, online_form(photos=uploads(2)), follow=True)

    consultation = OnlineConsultation.objects.get()
    received = f"{CONSULT}received/{consultation.reference}/"
    assert response.redirect_chain == [(received, 303)]
    assert consultation.reference in response.content.decode()
    assert MARK in consultation.concern
    assert (consultation.kind, consultation.age_band) == ("online", "25-34")
    assert (consultation.country, consultation.phone) == ("IT", "")
    assert [photo.position for photo in consultation.photos.all()] == [1, 2]
    assert_files_equal_rows(folder)
    for photo in consultation.photos.all():
        assert photos.read(photo.stored_name, photo_id=photo.pk)[:3] == b"\xff\xd8\xff"


def test_consents_an_event_and_two_neutral_mails_go_with_it(client):
    settings = ClinicSettings.of_default_site()
    settings.notify_online = "specialists@larkfield.example"
    settings.save()
    client.post(CONSULT, online_form())

    consultation = OnlineConsultation.objects.get()
    agreed = Consent.objects.values_list("wording__key", "wording__version")
    assert set(agreed) == {("online-health", 1), ("online-photos", 1)}
    assert Event.objects.get().action == "received"
    to_visitor, to_staff = Email.objects.order_by("pk")
    assert to_visitor.to == ["sofia@visitor.example"]
    assert consultation.reference in to_visitor.message
    assert to_staff.to == ["specialists@larkfield.example"]
    assert f"/admin/consultations/{consultation.pk}/" in to_staff.message
    for email in (to_visitor, to_staff):
        everything = f"{email.subject} {email.message} {email.html_message}"
        for word in [*PERSONAL, "photo", "hair loss", "scalp"]:
            assert word not in everything


def test_the_confirmation_is_private(client):
    response = client.post(CONSULT, online_form(), follow=True)
    for word in PERSONAL:
        assert word not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"{CONSULT}received/OC-2222-2222/").status_code == 404


class TestTheSameForm:
    def test_sent_twice_is_one_consultation(self, client, folder):
        form = online_form()
        first = client.post(CONSULT, form)
        second = client.post(CONSULT, {**form, "photos": [photo_upload()]})
        assert (second.status_code, second["Location"]) == (303, first["Location"])
        assert OnlineConsultation.objects.count() == Photo.objects.count() == 1
        assert Email.objects.count() == Event.objects.count() == 1
        assert_files_equal_rows(folder)

    @pytest.mark.parametrize("new", [0, 3])
    def test_with_kept_photos_sent_twice_is_one_consultation(self, send, folder, new):
        form = next_form(send(online_form(photos=uploads(2), name="")))
        first = send({**form, "photos": uploads(2 + new)[2:]})
        second = send({**form, "photos": uploads(2 + new)[2:]})
        assert first.status_code == second.status_code == 303
        assert first["Location"] == second["Location"]
        assert Photo.objects.count() == 2 + new
        assert_files_equal_rows(folder)

    def test_with_other_words_or_photos_is_asked_about_and_then_stored(
        self, send, folder
    ):
        form = online_form()
        send(form)
        reference = OnlineConsultation.objects.get().reference
        for changes in (
            {"photos": uploads(2)},
            {"photos": [photo_upload()], "since": "Two years"},
        ):
            response = send({**form, **changes})
            assert response.status_code == 409
            assert f"your reference is {reference}" in words_of(response)[0]
            # The photos that came with it need not be chosen again.
            assert len(listed(response)) == len(changes["photos"])
        assert "Two years" in response.content.decode()
        assert OnlineConsultation.objects.count() == 1

        assert send(next_form(response, since="Two years")).status_code == 303
        assert OnlineConsultation.objects.count() == 2
        assert_files_equal_rows(folder)


class TestPhotosOfAFormWithAnError:
    def test_are_kept_and_go_with_it_in_the_end(self, send, folder):
        response = send(online_form(photos=uploads(2), name=""))
        assert (response.status_code, len(listed(response))) == (422, 2)
        assert "Photo 1 (640 × 480)" in response.content.decode()

        response = send(next_form(response, photos=uploads(3)[2:], email="x"))
        assert (response.status_code, len(listed(response))) == (422, 3)
        assert_files_equal_rows(folder)

        assert send(next_form(response)).status_code == 303
        consultation = OnlineConsultation.objects.get()
        assert [photo.position for photo in consultation.photos.all()] == [1, 2, 3]
        assert not Photo.objects.exclude(draft_key=None).exists()

    def test_can_be_left_out(self, send, folder):
        response = send(online_form(photos=uploads(3), name=""))
        first, second, third = listed(response)
        response = send(next_form(response, name="", remove_photos=[second]))
        assert listed(response) == [first, third]
        assert_files_equal_rows(folder)

        form = next_form(response, remove_photos=[first])
        assert send(form).status_code == send(form).status_code == 303
        consultation = OnlineConsultation.objects.get()
        assert [str(photo.pk) for photo in consultation.photos.all()] == [third]

    def test_cannot_all_be_left_out(self, send):
        response = send(online_form(name=""))
        response = send(next_form(response, remove_photos=listed(response)))
        assert response.status_code == 422
        assert words_of(response) == ["Add at least one photo"]

    def test_that_were_left_out_before_may_be_ticked_again(self, send):
        """As when somebody goes back to an earlier page and sends that."""
        response = send(online_form(photos=uploads(2), name=""))
        first, _ = listed(response)
        send(next_form(response, name="", remove_photos=[first]))
        assert send(next_form(response, remove_photos=[first])).status_code == 303

    def test_never_become_more_than_five(self, send, folder):
        response = send(online_form(photos=uploads(4), name=""))
        response = send(next_form(response, photos=uploads(7)[4:]))
        assert response.status_code == 422
        assert words_of(response) == ["Send five photos at most"]
        assert len(listed(response)) == Photo.objects.count() == 5
        assert_files_equal_rows(folder)
        assert send(next_form(response)).status_code == 303

    def test_sent_again_with_it_are_kept_once(self, send, folder):
        """As when somebody goes back, corrects what was wrong and sends that."""
        response = send(online_form(photos=uploads(3), name=""))
        response = send(next_form(response, photos=uploads(3), name=""))
        assert words_of(response) == ["Enter your name"]
        assert len(listed(response)) == 3

        form = next_form(response)
        first = send({**form, "photos": uploads(3)})
        second = send({**form, "photos": uploads(3)})
        assert first["Location"] == second["Location"]
        assert Photo.objects.count() == 3
        assert_files_equal_rows(folder)

    def test_are_opened_for_so_many_forms_only(self, send, monkeypatch):
        few = Limit("photo-forms", times=2, seconds=600)
        monkeypatch.setattr("consultations.online.views.PHOTO_FORMS", few)
        for _ in range(2):
            assert len(listed(send(online_form(name="")))) == 1
        response = send(online_form(name=""))
        assert (response.status_code, listed(response)) == (422, [])
        assert any(
            "could not open your photos" in words for words in words_of(response)
        )
        assert Photo.objects.count() == 2
        # Answers can still be corrected.
        assert len(words_of(send(online_form(name="", photos=[])))) == 2

    def test_are_not_shown_to_another_form(self, send):
        response = send(online_form(name=""))
        other = send(online_form(name="", photos=[]))
        assert (len(listed(response)), listed(other)) == (1, [])
        stolen = {"remove_photos": listed(response), "name": "", "photos": []}
        send(online_form(**stolen))
        assert Photo.objects.count() == 1

    def test_that_are_good_are_kept_beside_a_bad_one(self, send):
        bad = SimpleUploadedFile("scan.jpg", b"%PDF-1.7 not a photo", "image/jpeg")
        response = send(online_form(photos=[*uploads(1), bad]))
        assert response.status_code == 422
        assert words_of(response)[0].startswith("Photo 2: We cannot open this file")
        assert len(listed(response)) == 1
        assert send(next_form(response)).status_code == 303

    def test_survive_when_too_many_forms_were_sent(self, client, send, time_machine):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        for number in range(10):
            someone = f"person{number}@visitor.example", f"020 7946 00{number:02}"
            book_online(client, email=someone[0], phone=someone[1])
        response = send(online_form())
        assert response.status_code == 429
        assert len(listed(response)) == 1
        assert not OnlineConsultation.objects.exists()

        time_machine.move_to("2026-11-22T10:01:05Z", tick=False)
        assert send(next_form(response)).status_code == 303


@pytest.mark.parametrize(
    ("count", "words"), [(0, "Add at least one photo"), (6, "Send five photos at most")]
)
def test_the_number_of_photos_is_explained(send, count, words):
    response = send(online_form(photos=uploads(count)))
    assert response.status_code == 422
    assert words_of(response) == [words]
    assert not Photo.objects.exists()


def test_nothing_is_stored_when_the_photo_cannot_be_written(
    client, monkeypatch, folder
):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("consultations.online.photos.files._write", full)
    client.raise_request_exception = False
    assert client.post(CONSULT, online_form()).status_code == 500
    for model in (OnlineConsultation, Photo, Consent, Event, Email):
        assert not model.objects.exists()


def test_when_too_many_photos_are_being_opened_it_says_so(send, monkeypatch):
    def busy(upload):
        raise DecoderBusy("Many photos are being read just now.")

    monkeypatch.setattr("consultations.online.forms.prepare", busy)
    response = send(online_form(photos=uploads(3)))
    assert response.status_code == 422
    assert words_of(response) == ["Many photos are being read just now."]
