"""Writing submissions, below the forms: once, whole or not at all."""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from post_office.models import Email

from clinic_site.core.rate_limit import TooManyRequests
from consultations.bookings.services import book, store_details
from consultations.models import (
    BookingDraft,
    Consent,
    Event,
    FreeConsultation,
    Photo,
    Submission,
)
from consultations.records import references
from consultations.records.services import (
    StatusChangedMeanwhile,
    SubmittedDifferently,
    change_status,
    fingerprint,
)
from tests.factories.consultations import (
    MARK,
    answers,
    begun_draft,
    stored_booking,
    stored_online,
    wordings,
)

pytestmark = pytest.mark.django_db


def nothing_is_stored() -> bool:
    models = (Submission, Consent, Event, Photo, Email)
    return not any(model.objects.exists() for model in models)


def told_draft() -> BookingDraft:
    draft, _ = begun_draft()
    agreed = wordings("booking-contact")
    store_details(draft=draft, answers=answers(), wordings=agreed)
    return draft


def test_a_booking_is_stored_with_all_that_belongs_to_it():
    booking = stored_booking()
    assert booking.reference.startswith("FC-")
    assert booking.consents.count() == 2
    assert booking.events.count() == 1
    assert Email.objects.count() == 1


def test_the_same_again_gives_back_what_is_stored():
    again = {"submit_key": uuid.uuid4(), "since": "About a year."}
    assert stored_online(**again) == stored_online(**again)
    draft = told_draft()
    before = BookingDraft.objects.get(pk=draft.pk)
    assert book(draft=draft) == book(draft=draft) == book(draft=before)
    assert Submission.objects.count() == 2


def test_other_contents_under_the_same_key_name_what_is_stored():
    draft = told_draft()
    before = BookingDraft.objects.get(pk=draft.pk)
    first = book(draft=draft)
    before.details["name"] = "Somebody Else"
    with pytest.raises(SubmittedDifferently) as caught:
        book(draft=before)
    assert caught.value.submission.reference == first.reference


def book_told(**options):
    return book(draft=told_draft(), **options)


@pytest.mark.parametrize("store", [book_told, stored_online])
def test_a_limit_that_is_reached_undoes_everything(store):
    def reached():
        assert Submission.objects.exists()
        raise TooManyRequests(30)

    with pytest.raises(TooManyRequests):
        store(check_limit=reached)
    assert nothing_is_stored()


def test_a_reference_that_was_drawn_before_is_drawn_anew(monkeypatch):
    # Only the references' own drawing: links draw their secrets elsewhere.
    drawn = iter("AAAAAAAABBBBBBBBAAAAAAAACCCCCCCC")
    letters = SimpleNamespace(choice=lambda letters: next(drawn))
    monkeypatch.setattr(references, "secrets", letters)
    found = [stored_booking().reference for _ in range(2)]
    assert found == ["FC-AAAA-AAAA", "FC-BBBB-BBBB"]
    assert stored_booking().reference == "FC-CCCC-CCCC"


def test_a_database_that_refuses_it_for_good_is_not_asked_for_ever():
    with pytest.raises(IntegrityError):
        stored_online(phone=None)
    assert nothing_is_stored()


class TestFingerprint:
    def test_tells_forms_and_files_apart_and_nothing_else(self):
        answers = {"a": "1", "day": date(2026, 12, 1)}
        same = fingerprint(answers, [b"x", b"y"])
        assert same == fingerprint(dict(reversed(answers.items())), [b"x", b"y"])
        assert same != fingerprint({**answers, "a": "2"}, [b"x", b"y"])
        assert same != fingerprint(answers, [b"y", b"x"])
        assert same != fingerprint(answers, [b"xy"])

    def test_cannot_be_made_without_our_key(self, settings):
        before = fingerprint({"note": MARK})
        settings.SECRET_KEY = "another" * 8
        assert fingerprint({"note": MARK}) != before


class TestChangeStatus:
    def test_says_who_did_it(self, user_in):
        booking, actor = stored_booking(), user_in("Reception")
        change_status(submission=booking, status="done", actor=actor)
        assert FreeConsultation.objects.get().status == booking.status == "done"
        assert booking.events.first().actor == actor

    def test_lets_the_first_of_two_win(self, user_in):
        mine, actor = stored_booking(), user_in("Reception")
        theirs = Submission.objects.get(pk=mine.pk)
        change_status(submission=theirs, status="spam", actor=actor)
        with pytest.raises(StatusChangedMeanwhile):
            change_status(submission=mine, status="done", actor=actor)
        assert Submission.objects.get().status == "spam"

    def test_takes_none_the_database_does_not_know(self, user_in):
        booking = stored_booking()
        with pytest.raises(IntegrityError):
            change_status(submission=booking, status="moon", actor=user_in())
