from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import Http404
from django.test import RequestFactory

from clinic_site.core import dev_mail


@pytest.fixture
def urls(settings, tmp_path) -> None:
    settings.DEV_MAIL = True
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.ROOT_URLCONF = "tests.clinic_site.core.dev_mail_urls"


def deliver(*subjects: str) -> None:
    messages = []
    for subject in subjects:
        message = EmailMultiAlternatives(
            subject, "See https://example.org/x?a=1&b=2\n\n<b>£", to=["a@example.org"]
        )
        message.attach_alternative("<p>Über <b>uns</b></p>", "text/html")
        message.attach_alternative("LOCATION:Höhe 1", "text/calendar; method=REQUEST")
        message.attach("appointment.ics", b"LOCATION:1", "application/ics")
        messages.append(message)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    get_connection(backend).send_messages(messages)


def test_lists_nothing_before_the_first_mail(client, urls):
    assert "None yet" in client.get("/dev/mail/").text


def test_lists_mails_newest_first_also_from_one_file(client, urls):
    deliver("First", "Second")
    deliver("Third & <last>")

    text = client.get("/dev/mail/").text

    places = [text.index(s) for s in ("Third &amp; &lt;last&gt;", "Second", "First")]
    assert places == sorted(places)


def test_shows_a_mail_with_links_to_follow_and_nothing_rendered(client, urls):
    deliver("Grüße")
    page = client.get("/dev/mail/").text
    link = page.partition('href="')[2].partition('"')[0]

    text = client.get(link).text

    assert "<h1>Grüße</h1>" in text
    assert "<dd>a@example.org</dd>" in text
    assert 'href="https://example.org/x?a=1&amp;b=2"' in text
    assert "&lt;b&gt;£" in text
    assert "&lt;p&gt;Über" in text
    assert "LOCATION:Höhe 1" in text


@pytest.mark.parametrize("name", ["nothing-1", "..", "%2e%2e%2fdb.sqlite3"])
def test_a_name_it_did_not_list_is_not_found(client, urls, name, db):
    deliver("First")

    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_it_is_not_there_on_a_server(settings, tmp_path):
    settings.DEV_MAIL = False
    settings.EMAIL_FILE_PATH = Path(tmp_path)

    with pytest.raises(Http404):
        dev_mail.list_mails(RequestFactory().get("/dev/mail/"))
    with pytest.raises(Http404):
        dev_mail.show_mail(RequestFactory().get("/dev/mail/a/"), "a")
