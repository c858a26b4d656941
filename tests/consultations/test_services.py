"""Writing submissions, below the forms: once, whole or not at all."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError
from post_office.models import Email

from clinic_site.core.rate_limit import TooManyRequests
from consultations.models import Consent, Event, FreeConsultation, Photo, Submission
from consultations.records import references
from consultations.records.services import (
    StatusChangedMeanwhile,
    SubmittedDifferently,
    change_status,
    fingerprint,
)
from tests.factories.consultations import MARK, stored_booking, stored_online

pytestmark = pytest.mark.django_db


def nothing_is_stored() -> bool:
    models = (Submission, Consent, Event, Photo, Email)
    return not any(model.objects.exists() for model in models)


def test_a_booking_is_stored_with_all_that_belongs_to_it():
    booking = stored_booking()
    assert booking.reference.startswith("FC-")
    assert booking.consents.count() == booking.events.count() == 1
    assert Email.objects.count() == 1


def test_the_same_again_gives_back_what_is_stored():
    same = {"preferred_date": date(2026, 12, 1)}, {"since": "About a year."}
    for store, contents in zip((stored_booking, stored_online), same, strict=True):
        again = {"submit_key": uuid.uuid4(), **contents}
        assert store(**again) == store(**again)
    assert Submission.objects.count() == 2


def test_other_contents_under_the_same_key_name_what_is_stored():
    first = stored_booking()
    with pytest.raises(SubmittedDifferently) as caught:
        stored_booking(submit_key=first.submit_key, part_of_day="any")
    assert caught.value.submission.reference == first.reference


@pytest.mark.parametrize("store", [stored_booking, stored_online])
def test_a_limit_that_is_reached_undoes_everything(store):
    def reached():
        assert Submission.objects.exists()
        raise TooManyRequests(30)

    with pytest.raises(TooManyRequests):
        store(check_limit=reached)
    assert nothing_is_stored()


def test_a_reference_that_was_drawn_before_is_drawn_anew(monkeypatch):
    drawn = iter("AAAAAAAABBBBBBBBAAAAAAAACCCCCCCC")
    monkeypatch.setattr(references.secrets, "choice", lambda letters: next(drawn))
    found = [stored_booking().reference for _ in range(2)]
    assert found == ["FC-AAAA-AAAA", "FC-BBBB-BBBB"]
    assert stored_booking().reference == "FC-CCCC-CCCC"


def test_a_database_that_refuses_it_for_good_is_not_asked_for_ever():
    with pytest.raises(IntegrityError):
        stored_booking(mode="clinic")  # without a clinic
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
