"""Asking for a free consultation: what the visitor gets and what is stored."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clinic_site.core import mail
from clinic_site.core.models import ClinicSettings
from consultations.models import (
    Consent,
    ConsentWording,
    Event,
    FreeConsultation,
    Submission,
)
from tests.factories.consultations import MARK, booking_form, stored_booking
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

BOOK = "/free-consultation/"
PERSONAL = ["Tomasz", "Wójcik", "tomasz@", "07700", "900113", "lift"]


@pytest.fixture
def staff_address(db):
    settings = ClinicSettings.of_default_site()
    settings.notify_bookings = "desk@larkfield.example"
    settings.save()


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("main").text.split())


def sent_again(response, **changes) -> dict:
    """The form as the page shows it now, which the visitor sends once more."""
    key = re.search(r'name="submit_key" value="([^"]+)"', response.content.decode())[1]
    return booking_form(submit_key=key, **changes)


def test_it_works(client):
    response = client.post(BOOK, booking_form())

    booking = FreeConsultation.objects.get()
    assert response.status_code == 303
    assert response["Location"].endswith(f"/received/{booking.reference}/")


def test_everything_is_stored(client):
    clinic = ClinicFactory()
    client.post(BOOK, booking_form(clinic))

    booking = FreeConsultation.objects.get()
    assert (booking.kind, booking.status) == ("booking", "new")
    assert (booking.mode, booking.clinic) == ("clinic", clinic)
    assert booking.phone == "+447700900113"
    assert (booking.part_of_day, booking.note) == ("morning", "Is there a lift?")
    assert (booking.preferred_date - timezone.localdate()).days == 5
    (event,) = booking.events.all()
    assert (event.action, event.actor, event.detail) == ("received", None, "")


def test_two_neutral_mails_wait_in_the_queue(client, staff_address):
    client.post(BOOK, booking_form(note=MARK))

    booking = FreeConsultation.objects.get()
    to_visitor, to_staff = Email.objects.order_by("pk")
    assert to_visitor.to == ["tomasz@visitor.example"]
    assert to_staff.to == ["desk@larkfield.example"]
    assert booking.reference in to_visitor.message
    assert booking.reference in to_staff.subject
    assert f"/admin/consultations/{booking.pk}/" in to_staff.message
    for email in (to_visitor, to_staff):
        everything = f"{email.subject} {email.message} {email.html_message}"
        for word in [*PERSONAL, MARK]:
            assert word not in everything
        assert "hair loss" not in everything.lower()


def test_without_an_address_for_staff_only_the_visitor_gets_a_mail(client):
    client.post(BOOK, booking_form())
    assert Email.objects.get().to == ["tomasz@visitor.example"]


@pytest.mark.parametrize("failing", [1, 2])
def test_when_a_mail_cannot_be_queued_nothing_is_stored(
    staff_address, monkeypatch, failing
):
    queued = []

    def queue(name, **details):
        queued.append(name)
        if len(queued) == failing:
            raise OSError("no room")
        real(name, **details)

    real = mail.queue
    monkeypatch.setattr(mail, "queue", queue)
    response = Client(raise_request_exception=False).post(BOOK, booking_form())

    assert response.status_code == 500
    for model in (Submission, FreeConsultation, Consent, Event, Email):
        assert not model.objects.exists()


class TestConsent:
    def test_is_kept_with_the_wording_that_was_shown(self, client):
        client.post(BOOK, booking_form())
        wording = Consent.objects.get(submission__kind="booking").wording
        assert (wording.key, wording.version) == ("booking-contact", 1)

    def test_follows_a_new_version_of_the_wording(self, client):
        client.post(BOOK, booking_form())
        ConsentWording.objects.create(key="booking-contact", text="Phone me, please.")
        assert "Phone me, please." in text_of(client.get(BOOK))

        client.post(BOOK, booking_form(note="Another request."))
        versions = Consent.objects.order_by("pk").values_list("wording__version")
        assert list(versions) == [(1,), (2,)]


def test_the_same_wish_from_a_form_fetched_anew_is_one(client):
    """After Back, a browser fetches the form again and fills in what was typed."""
    first = client.post(BOOK, booking_form())
    again = client.post(BOOK, booking_form())
    assert first["Location"] == again["Location"]
    assert FreeConsultation.objects.count() == 1


class TestConfirmation:
    def test_shows_the_reference_and_nothing_personal(self, client):
        response = client.post(BOOK, booking_form(ClinicFactory()), follow=True)
        booking = FreeConsultation.objects.get()
        assert response.status_code == 200
        assert booking.reference in text_of(response)
        for word in PERSONAL:
            assert word not in response.content.decode()

    def test_is_kept_by_no_cache_and_no_search_engine(self, client):
        url = f"{BOOK}received/{stored_booking().reference}/"
        response = client.get(url)
        assert "no-store" in response["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in response.content.decode()

    def test_changes_nothing_however_often_it_is_opened(self, client):
        url = f"{BOOK}received/{stored_booking().reference}/"
        for _ in range(3):
            assert client.get(url).status_code == 200
        assert client.post(url).status_code == 405
        assert FreeConsultation.objects.count() == 1
        assert Event.objects.count() == 1
        assert Email.objects.count() == 1

    def test_is_not_there_for_a_reference_nobody_has(self, client):
        online = f"/online-consultation/received/{stored_booking().reference}/"
        for url in (f"{BOOK}received/FC-2222-2222/", online):
            assert client.get(url).status_code == 404

    def test_says_what_happens_next_for_a_visit_and_for_a_call(self, client):
        visit = client.post(BOOK, booking_form(ClinicFactory()), follow=True)
        call = client.post(BOOK, booking_form(), follow=True)
        assert "You come to the clinic" in text_of(visit)
        assert "At that time we phone you" in text_of(call)


class TestTheSameForm:
    def test_sent_twice_is_one_request(self, client, staff_address):
        form = booking_form()
        first, second = client.post(BOOK, form), client.post(BOOK, form)
        assert second.status_code == 303
        assert first["Location"] == second["Location"]
        assert FreeConsultation.objects.count() == Event.objects.count() == 1
        assert Email.objects.count() == 2

    def test_with_changed_contents_is_asked_about_and_then_stored(self, client):
        form = booking_form()
        client.post(BOOK, form)
        first = FreeConsultation.objects.get()

        response = client.post(BOOK, {**form, "note": "Rather in the evening."})
        assert response.status_code == 409
        assert f"your reference is {first.reference}" in text_of(response)
        assert "Rather in the evening." in text_of(response)
        assert FreeConsultation.objects.count() == 1

        again = sent_again(response, note="Rather in the evening.")
        assert client.post(BOOK, again).status_code == 303
        assert FreeConsultation.objects.count() == 2
        assert Email.objects.count() == 2

    def test_whose_key_another_kind_of_form_used_is_asked_about(self, client):
        from_booking = booking_form()
        Submission.objects.create(
            kind="online", reference="OC-2345-6789", submit_key=uuid.uuid4()
        )
        key = Submission.objects.get().submit_key
        response = client.post(BOOK, {**from_booking, "submit_key": str(key)})
        assert response.status_code == 409
        assert client.post(BOOK, sent_again(response)).status_code == 303

    def test_without_its_key_can_be_sent_again(self, client):
        response = client.post(BOOK, booking_form(submit_key="broken"))
        assert response.status_code == 422
        assert client.post(BOOK, sent_again(response)).status_code == 303


class TestTooManyForms:
    def post_ten(self, client, **headers) -> list[dict]:
        forms = [booking_form(note=f"Number {number}") for number in range(10)]
        for form in forms:
            assert client.post(BOOK, form, **headers).status_code == 303
        return forms

    def test_are_refused_with_everything_typed_still_there(self, client, time_machine):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        forms = self.post_ten(client)
        # Sent again by an impatient visitor: not one more.
        assert client.post(BOOK, forms[0]).status_code == 303

        eleventh = booking_form(note="Number eleven")
        response = client.post(BOOK, eleventh)
        assert response.status_code == 429
        assert "Nothing you typed is lost" in text_of(response)
        assert "Number eleven" in response.content.decode()
        assert eleventh["submit_key"] in response.content.decode()
        assert FreeConsultation.objects.count() == Email.objects.count() == 10

        time_machine.move_to("2026-11-22T10:01:05Z", tick=False)
        assert client.post(BOOK, eleventh).status_code == 303

    def test_cannot_hide_behind_an_invented_address(self, client, time_machine):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        self.post_ten(client, REMOTE_ADDR="203.0.113.5")
        for invented in ("198.51.100.1", "198.51.100.2, 198.51.100.3"):
            response = client.post(
                BOOK,
                booking_form(),
                REMOTE_ADDR="203.0.113.5",
                HTTP_X_FORWARDED_FOR=invented,
            )
            assert response.status_code == 429

    def test_behind_a_proxy_are_counted_by_what_it_saw(
        self, client, settings, time_machine
    ):
        time_machine.move_to("2026-11-22T10:00:05Z", tick=False)
        settings.PROXY_COUNT = 1
        self.post_ten(client, HTTP_X_FORWARDED_FOR="203.0.113.5")
        for forwarded, status in (
            ("198.51.100.9, 203.0.113.5", 429),  # the first part is invented
            ("203.0.113.6", 303),
        ):
            response = client.post(BOOK, booking_form(), HTTP_X_FORWARDED_FOR=forwarded)
            assert response.status_code == status


class TestWhatMustNotBeRead:
    def test_a_form_of_another_site_is_refused_in_words(self):
        response = Client(enforce_csrf_checks=True).post(BOOK, booking_form())
        assert response.status_code == 403
        assert "Please send the form again" in text_of(response)
        assert not Submission.objects.exists()

    def test_a_form_with_the_token_of_its_page_is_accepted(self):
        client = Client(enforce_csrf_checks=True)
        page = BeautifulSoup(client.get(BOOK).content, "html.parser")
        token = page.select_one("[name=csrfmiddlewaretoken]")["value"]
        form = booking_form(csrfmiddlewaretoken=token)
        assert client.post(BOOK, form).status_code == 303

    @pytest.mark.parametrize(
        "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    )
    def test_another_charset_than_utf_8(self, kind):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        kind = f"{kind}; charset=utf-7"
        assert client.post(BOOK, "name=Sam", content_type=kind).status_code == 400

    def test_more_than_a_form_can_hold(self, client, settings):
        settings.REQUEST_MAX_BYTES = 2000
        assert client.post(BOOK, booking_form()).status_code == 303
        form = booking_form(note="x" * 2000)
        assert client.post(BOOK, form).status_code == 413
        assert FreeConsultation.objects.count() == 1

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_other_ways_of_asking(self, client, method):
        assert getattr(client, method)(BOOK).status_code == 405
