"""What time removes, and what it leaves."""

import os
import time
import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from clinic_site.core.worker import timetable
from consultations import retention
from consultations.models import (
    Consent,
    Event,
    FreeConsultation,
    Note,
    OnlineConsultation,
    Photo,
    Submission,
)
from consultations.online.photos import PreparedPhoto, stored_names
from consultations.online.services import keep_photos
from consultations.records.services import add_note
from tests.factories.consultations import (
    stored_booking,
    stored_online,
)
from tests.factories.core import jpeg

pytestmark = pytest.mark.django_db

PHOTO = PreparedPhoto(jpeg=jpeg(), preview=jpeg(), width=64, height=40)


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    def job(function) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            function()

    return job


def kept_photo(**ago) -> Photo:
    """One that came with a form which was never completed."""
    (photo,) = keep_photos(submit_key=uuid.uuid4(), prepared=[PHOTO], kept=[])
    then = timezone.now() - timedelta(**ago)
    Photo.objects.filter(pk=photo.pk).update(created_at=then)
    return photo


def case(store, *, status: str, author, **ago) -> Submission:
    with_photo = {"photos": [PHOTO]} if store is stored_online else {}
    submission = store(**with_photo)
    add_note(submission=submission, text="Rang back.", author=author)
    then = timezone.now() - timedelta(**ago)
    Submission.objects.filter(pk=submission.pk).update(status=status, created_at=then)
    visit_on(submission, then)
    return submission


def visit_on(submission: Submission, ended_at: datetime) -> None:
    """No matter for what is no booking."""
    FreeConsultation.objects.filter(pk=submission.pk).update(
        starts_at=ended_at - timedelta(minutes=20), ends_at=ended_at
    )


def files() -> set[str]:
    return {name for name, _ in stored_names()}


def age_file(folder, name: str, hours: float) -> None:
    (path,) = folder.rglob(f"{name}.bin")
    then = time.time() - hours * 60 * 60
    os.utime(path, (then, then))


class TestAbandonedPhotos:
    def test_go_after_two_days_with_their_files(self, run):
        old, fresh = kept_photo(hours=49), kept_photo(hours=47)
        for _ in range(2):
            run(retention.remove_abandoned_photos)
            assert Photo.objects.get() == fresh
            assert files() == {fresh.stored_name}
        assert old.stored_name not in files()

    def test_are_not_those_of_a_case_however_old(self, run):
        photo = stored_online(photos=[PHOTO]).photos.get()
        Photo.objects.update(created_at=timezone.now() - timedelta(days=900))
        run(retention.remove_abandoned_photos)
        assert (Photo.objects.get(), files()) == (photo, {photo.stored_name})

    def test_stay_with_their_files_when_their_removal_fails(self, monkeypatch, run):
        photo = kept_photo(days=3)

        def fail(*args):
            raise OSError

        with monkeypatch.context() as broken, pytest.raises(OSError):
            broken.setattr("django.db.models.query.QuerySet.delete", fail)
            run(retention.remove_abandoned_photos)
        assert (Photo.objects.get(), files()) == (photo, {photo.stored_name})

    def test_files_no_row_knows_go_after_a_day(self, run, folder):
        names = [kept_photo(hours=0).stored_name for _ in range(3)]
        Photo.objects.exclude(stored_name=names[0]).delete()
        age_file(folder, names[0], hours=99)
        age_file(folder, names[1], hours=25)
        age_file(folder, names[2], hours=23)
        for _ in range(2):
            run(retention.remove_abandoned_photos)
            assert files() == {names[0], names[2]}


class TestClosedSubmissions:
    @pytest.mark.parametrize("store", [stored_booking, stored_online])
    def test_go_after_a_year_with_everything(self, run, user_in, store):
        author = user_in("Specialists")
        for status in ("done", "withdrawn", "spam"):
            case(store, status=status, author=author, days=366)
        for _ in range(2):
            run(retention.remove_closed_submissions)
            for model in (Submission, FreeConsultation, OnlineConsultation):
                assert not model.objects.exists()
            for model in (Note, Consent, Event, Photo):
                assert not model.objects.exists()
            assert files() == set()

    def test_stay_for_the_year_and_while_they_are_open(self, run, user_in):
        author = user_in("Specialists")
        for status, days in (("done", 364), ("new", 900), ("in_progress", 900)):
            case(stored_online, status=status, author=author, days=days)
        over = case(stored_online, status="done", author=author, days=366)
        run(retention.remove_closed_submissions)
        assert Submission.objects.count() == Photo.objects.count() == 3
        assert not Submission.objects.filter(pk=over.pk).exists()
        assert len(files()) == Note.objects.count() == 3

    def test_go_in_portions_until_none_is_left(self, run, user_in, monkeypatch):
        monkeypatch.setattr(retention, "BATCH", 2)
        author = user_in("Reception")
        for _ in range(5):
            case(stored_booking, status="done", author=author, days=400)
        left = []
        for _ in range(3):
            run(retention.remove_closed_submissions)
            left.append(Submission.objects.count())
        assert left == [3, 1, 0]


def test_the_worker_does_all_of_it_by_the_clock(user_in):
    hours = {
        retention.remove_abandoned_photos: 1,
        retention.remove_drafts_and_holds: 1,
        retention.remove_expired_links: 24,
        retention.remove_closed_submissions: 24,
    }
    jobs = {job.run: job for job in timetable.JOBS.values()}
    for function, every in hours.items():
        assert jobs[function].every == timedelta(hours=every)

    case(stored_booking, status="done", author=user_in("Reception"), days=366)
    timetable.run_due(may_go_on=lambda: True)
    assert not Submission.objects.exists()


def test_interrupted_uploads_go_after_an_hour(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, fresh = tmp_path / "old.upload.jpg", tmp_path / "fresh.upload.jpg"
    for file in (old, fresh):
        file.write_bytes(b"a photo as it was sent")
    os.utime(old, (0, 0))
    retention.remove_abandoned_photos()
    assert (old.exists(), fresh.exists()) == (False, True)
