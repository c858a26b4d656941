"""A mark in everything clinical, and where it must never turn up."""

import logging
import pickle
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from post_office.models import Email
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex
from wagtail.search.models import IndexEntry

from clinic_site.core import mail
from clinic_site.core.logs import JsonFormatter
from consultations import retention
from consultations.models import (
    BankHoliday,
    BookingExport,
    CalendarFeed,
    DiaryException,
    Note,
    OnlineConsultation,
    Reminder,
    Submission,
    WaitingOffer,
)
from consultations.records.services import add_note
from tests.factories.consultations import (
    MARK,
    book_online,
    details_form,
    hold_online,
    kind_of,
    online_form,
    photo_upload,
    stored_booking,
    stored_online,
)
from tests.factories.waiting import stored_entry

from .rows import every_row

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Zebedee Quillfeather", "zebedee@visitor.example"
WHO = {"name": NAME, "email": ADDRESS, "phone": "+447700900113"}


class Lines(logging.Handler):
    """What the site's own log would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line of every logger there is, at DEBUG."""
    handler, root = Lines(), logging.getLogger()
    loggers = [root, *map(logging.getLogger, root.manager.loggerDict)]
    levels = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)
    for logger, level in levels:
        logger.setLevel(level)


class Browser:
    """Goes where it is sent, and keeps addresses, titles and what it was told."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: list[str] = []

    def ask(self, method: str, url: str, form: dict | None = None):
        response = getattr(self.client, method)(url, form)
        self.seen += [url, *(f"{key}: {value}" for key, value in response.items())]
        if response["Content-Type"].startswith("text/html"):
            page = BeautifulSoup(response.content, "html.parser")
            self.seen += [tag.text for tag in page.select("title, h1, .messages")]
            self.seen += [link["href"] for link in page.select("[href]")]
        return response


def book(browser: Browser) -> None:
    """With an error first, then half-way, then complete, then once more."""
    address = hold_online(browser.client, kind_of("phone"))
    form = details_form(note=MARK, **WHO)
    for page in ("", "time/", "booked/"):
        browser.ask("get", address + page)
    browser.ask("post", address, {**form, "name": ""})
    browser.ask("post", f"{address}keep/", {**form, "email": ""})
    for _ in range(2):
        browser.ask("post", address, form)
        browser.ask("get", f"{address}check/")
        browser.ask("post", f"{address}check/")
    for page in ("", "booked/", "booked/appointment.ics"):
        browser.ask("get", address + page)


def consult_online(browser: Browser) -> None:
    """With an error first, then complete, then again, then changed."""
    url, form = "/online-consultation/", online_form(photos=[], **WHO)
    browser.ask("post", url, {**form, "name": ""})
    for changes in ({}, {}, {"name": "Zebedee Q"}):
        photos = {"photos": [photo_upload(f"{MARK}.jpg")]}
        response = browser.ask("post", url, {**form, **photos, **changes})
        if response.status_code == 303:
            browser.ask("get", response["Location"])


def work_on_all(browser: Browser) -> None:
    """What staff do with a case, mistakes included."""
    for query in ("", f"?q={NAME}", "?status=open&kind=online"):
        browser.ask("get", "/admin/consultations/" + query.replace(" ", "+"))
    for submission in Submission.objects.all():
        url = f"/admin/consultations/{submission.pk}/"
        browser.ask("get", url)
        browser.ask("post", f"{url}notes/", {"text": f"She said {MARK}"})
        browser.ask("post", f"{url}notes/", {"text": MARK * 300})
        for shown in ("new", "new"):
            form = {"shown": shown, "status": "in_progress"}
            browser.ask("post", f"{url}status/", form)
        browser.ask("get", url)
    for photo in OnlineConsultation.objects.get().photos.all():
        url = f"/admin/consultations/{photo.consultation_id}/photos/{photo.pk}/"
        browser.ask("get", url)
        browser.ask("get", f"{url}preview/")


@pytest.fixture
def all_was_done(
    log, decode_here, client, client_of, django_capture_on_commit_callbacks
) -> list[Browser]:
    visitor, boss = Browser(client), Browser(client_of(is_superuser=True))
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail's indexing too
        book(visitor)
        consult_online(visitor)
        work_on_all(boss)
        retention.remove_abandoned_photos()
        retention.remove_closed_submissions()
    assert Submission.objects.count() == Note.objects.count() == 2
    return [visitor, boss]


def test_answers_notes_and_photos_stay_where_they_belong(all_was_done, log, folder):
    assert MARK in OnlineConsultation.objects.get().concern  # the mark is planted
    assert all(MARK in note.text for note in Note.objects.all())

    for table, rows in every_row().items():
        assert not [row for row in rows if MARK in row], table
    for session in Session.objects.all():
        assert MARK not in str(session.get_decoded())
    assert len(log) > 30
    assert not [line for line in log if MARK in line or ADDRESS in line]
    for browser in all_was_done:
        assert len(browser.seen) > 50
        assert not [seen for seen in browser.seen if MARK in seen]
    remembered = [*cache._cache, *map(pickle.loads, cache._cache.values())]
    assert MARK not in str(remembered)

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2  # of the case, and of the form that was asked about
    for path in [*files, *settings.MEDIA_ROOT.rglob("*")]:
        assert MARK not in path.name
        assert path.is_dir() or MARK.encode() not in path.read_bytes()


def test_names_stay_out_of_addresses_titles_logs_and_mails(all_was_done, log):
    for browser in all_was_done:
        own_search = f"?q={NAME}".replace(" ", "+")
        for seen in browser.seen:
            if own_search not in seen and f"mailto:{ADDRESS}" != seen:
                assert NAME not in seen
                assert ADDRESS not in seen
    assert not [line for line in log if NAME in line or "Zebedee" in line]
    for email in Email.objects.all():
        assert "Zebedee" not in f"{email.subject}{email.message}{email.html_message}"


def test_wagtails_own_records_know_nothing_of_them(all_was_done):
    ours = {"content_type__app_label": "consultations"}
    for model in (ModelLogEntry, PageLogEntry, IndexEntry):
        assert not model.objects.filter(**ours).exists()
    assert not ReferenceIndex.objects.filter(**ours).exists()
    to_ours = {"to_content_type__app_label": "consultations"}
    assert not ReferenceIndex.objects.filter(**to_ours).exists()
    # Nor would they, were somebody to register one of them with Wagtail.
    for model in apps.get_app_config("consultations").get_models():
        assert not ReferenceIndex.model_is_indexable(model)


def test_no_model_says_who_it_is_about(user_in):
    booking, online = stored_booking(**WHO), stored_online(**WHO)
    entry, staff = stored_entry(**WHO), user_in("Reception")
    add_note(submission=booking, text=MARK, author=staff)
    now, today = timezone.now(), timezone.localdate()
    Reminder.objects.create(booking=booking, kind="48h", starts_at=now)
    WaitingOffer.objects.create(
        entry=entry, clinic=booking.clinic, starts_at=now, expires_at=now
    )
    days = {"first_day": today, "last_day": today}
    DiaryException.objects.create(**days)
    CalendarFeed.objects.create(owner=staff, token_hash="0" * 64)
    BookingExport.objects.create(actor=staff, reason="Audit", rows=1, **days)
    BankHoliday.objects.get_or_create(date=today, name="Boxing Day")
    assert online.reference == str(online)
    for model in apps.get_app_config("consultations").get_models():
        assert model.objects.exists()
        for row in model.objects.all():
            for words in (str(row), repr(row)):
                for private in ("Zebedee", ADDRESS, "7700900113", MARK):
                    assert private not in words


def test_a_breakdown_leaves_no_trace_of_what_was_typed(monkeypatch, log):
    def fail(*args, **details):
        raise ValueError(f"{MARK} {ADDRESS}")

    monkeypatch.setattr(mail, "queue", fail)
    client = Client(raise_request_exception=False)
    response = book_online(client, note=MARK, **WHO)

    assert response.status_code == 500
    assert MARK not in response.content.decode()
    assert any('"ValueError"' in line for line in log)
    for private in (MARK, NAME, ADDRESS):
        assert not [line for line in log if private in line]
    assert not [rows for rows in every_row().values() if MARK in str(rows)]
