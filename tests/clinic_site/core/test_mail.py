from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.db import transaction
from django.template import TemplateDoesNotExist
from post_office.models import STATUS, Email

from clinic_site.core import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(settings, tmp_path) -> Path:
    folder = tmp_path / "emails"
    folder.mkdir()
    folder.joinpath("news.subject.txt").write_text("News for\n{{ name }}\n")
    folder.joinpath("news.txt").write_text("Dear {{ name }},\nread {{ url }}\n")
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [tmp_path]}, *rest]
    return folder


def queue_news(name: str = "Ann", **how) -> Email:
    context = {"name": name, "url": "https://example.org/?a=1&b=2"}
    mail.queue("news", to=["ann@example.org"], context=context, **how)
    return Email.objects.get()


def send(message: EmailMessage) -> int:
    message.connection = get_connection("clinic_site.core.mail.QueueBackend")
    return message.send()


def test_a_mail_waits_as_a_row_until_the_worker_sends_it(mailoutbox):
    row = queue_news(reply_to=["desk@example.org"])

    assert row.status == STATUS.queued
    assert mailoutbox == []
    message = row.email_message().message()
    assert message["From"] == "Larkfield Hair Clinic <hello@larkfield.example>"
    assert message["To"] == "ann@example.org"
    assert message["Reply-To"] == "desk@example.org"
    assert message["Message-ID"].endswith("@larkfield.example>")
    assert message.get_payload() == ("Dear Ann,\nread https://example.org/?a=1&b=2\n")


def test_a_subject_is_one_line_whatever_the_visitor_typed():
    row = queue_news("Ann\r\nBcc: everyone@example.org")

    assert row.subject == "News for Ann Bcc: everyone@example.org"
    assert row.email_message().recipients() == ["ann@example.org"]


def test_what_a_visitor_typed_is_neither_run_nor_escaped_in_plain_text():
    row = queue_news("O'Brien {{ url }} {% now 'Y' %} <b>")

    message = row.email_message()
    assert message.body.startswith("Dear O'Brien {{ url }} {% now 'Y' %} <b>,")
    assert message.subject == "News for O'Brien {{ url }} {% now 'Y' %} <b>"


def test_html_is_added_where_there_is_a_template_and_escapes(templates):
    templates.joinpath("news.html").write_text("<p>{{ name }}</p>")

    message = queue_news("<b>{{ url }}").email_message()

    assert message.body.startswith("Dear <b>{{ url }}")
    assert message.alternatives == [("<p>&lt;b&gt;{{ url }}</p>", "text/html")]


def test_holes_that_parts_left_empty_make_are_closed(templates):
    templates.joinpath("news.txt").write_text("\nOne\n\n{% if 0 %}x{% endif %}\n\nTwo")

    assert queue_news().message == "One\n\nTwo\n"


def test_the_sender_may_have_another_name():
    row = queue_news(sender='"Lark, field" <hello@larkfield.example>')

    message = row.email_message().message()
    assert message["From"] == '"Lark, field" <hello@larkfield.example>'


def test_a_calendar_entry_waits_with_its_mail(templates):
    templates.joinpath("news.html").write_text("<p>{{ name }}</p>")

    row = queue_news(calendar=mail.CalendarEntry("CANCEL", "BEGIN:VCALENDAR"))

    assert (row.calendar.method, row.calendar.content) == ("CANCEL", "BEGIN:VCALENDAR")


def test_a_calendar_entry_needs_html_beside_it():
    with pytest.raises(TemplateDoesNotExist):
        queue_news(calendar=mail.CalendarEntry("CANCEL", "BEGIN:VCALENDAR"))


def test_a_broken_html_template_is_not_taken_for_a_missing_one(templates):
    templates.joinpath("news.html").write_text("{% include 'nowhere.html' %}")

    with pytest.raises(TemplateDoesNotExist):
        queue_news()


def test_the_mail_goes_with_the_transaction_it_belongs_to():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_news()
        raise ZeroDivisionError

    assert not Email.objects.exists()


def test_mails_of_django_and_wagtail_are_queued_too():
    message = EmailMessage(
        "Subject {{ x }}",
        "<p>{{ x }}</p>",
        to=['"Ann, of Hove" <ann@example.org>', "Bob <bob@example.org>"],
        cc=["cc@example.org"],
        bcc=["bcc@example.org"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.content_subtype = "html"

    assert send(message) == 1

    sent = Email.objects.get().email_message()
    assert sent.content_subtype == "html"
    assert sent.body == "<p>{{ x }}</p>"
    assert sent.subject == "Subject {{ x }}"
    assert sent.to == ["ann@example.org", "Bob <bob@example.org>"]
    assert (sent.cc, sent.bcc) == (["cc@example.org"], ["bcc@example.org"])
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (EmailMessage("Two\nlines", "", to=["a@example.org"]), BadHeaderError),
        (EmailMessage("No address", "", to=["nobody"]), ValidationError),
        (
            EmailMessage("", "", to=["a@example.org"], attachments=[("a.txt", "a")]),
            mail.AttachmentsNotQueued,
        ),
    ],
    ids=["a header of two lines", "no address", "an attachment"],
)
def test_what_could_never_be_sent_is_refused_at_once(message, error):
    with pytest.raises(error):
        send(message)

    assert not Email.objects.exists()
