"""Mails wait in the database, in the transaction of what they tell about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from post_office.models import PRIORITY, STATUS, Email
from post_office.settings import get_message_id_fqdn

from clinic_site.users.models import User

from .models.mails import MailCalendar


class AttachmentsNotQueued(ValueError):
    """Nothing here sends attachments, so the queue has no place for them."""


@dataclass(frozen=True)
class CalendarEntry:
    """An iCalendar file that goes with a mail; `method` is REQUEST or CANCEL."""

    method: str
    content: str


def addresses_of(people: Iterable[User | None]) -> list[str]:
    """Of those among the staff who still work here and have one, each once."""
    return sorted({who.email for who in people if who and who.is_active and who.email})


def queue(
    name: str,
    *,
    to: list[str],
    context: dict,
    reply_to: list[str] | None = None,
    sender: str = "",
    calendar: CalendarEntry | None = None,
) -> None:
    """Queue the mail that `templates/emails/<name>.*` describe.

    `.subject.txt` and `.txt` are plain text, where nothing is escaped; `.html`
    is optional, but not beside a calendar entry. `sender` is DEFAULT_FROM_EMAIL
    when empty. The mail leaves only if the surrounding transaction commits.

    A mailbox is read by others: no health data in a mail, not even the name of
    a treatment. Say that there is news and link to it.
    """
    message = EmailMultiAlternatives(
        subject=" ".join(render_text(f"emails/{name}.subject.txt", context).split()),
        body=without_gaps(render_text(f"emails/{name}.txt", context)),
        from_email=sender,
        to=to,
        reply_to=reply_to,
        # By name: a test runner swaps the backend the settings name.
        connection=get_connection("clinic_site.core.mail.QueueBackend"),
    )
    if html := f"emails/{name}.html" if calendar else html_template(name):
        message.attach_alternative(render_to_string(html, context), "text/html")
    message.calendar = calendar
    message.send()


def render_text(template: str, context: dict) -> str:
    """Without escaping: "O'Brien" must not become "O&#x27;Brien" in plain text."""
    return get_template(template).template.render(Context(context, autoescape=False))


def without_gaps(text: str) -> str:
    """What an `if` or an `include` leaves empty makes no hole in the text."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def html_template(name: str) -> str | None:
    path = f"emails/{name}.html"
    try:
        get_template(path)
    except TemplateDoesNotExist:
        return None
    return path


class QueueBackend(BaseEmailBackend):
    """Stores each message as one row, which the worker sends.

    post_office's own backend is not used: it renders subject and body as Django
    templates, so what a visitor typed between braces would be executed.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            # Refuses line breaks in headers and the like now, before the caller
            # commits, instead of in the worker.
            message.message()
            row = as_row(message)
            row.save()
            if calendar := getattr(message, "calendar", None):
                MailCalendar.objects.create(
                    email=row, method=calendar.method, content=calendar.content
                )
        return len(email_messages)


def as_row(message: EmailMessage) -> Email:
    if message.attachments:
        raise AttachmentsNotQueued("Attachments cannot be queued.")
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers.setdefault("Reply-To", ", ".join(message.reply_to))
    text, html = bodies(message)
    return Email(
        from_email=message.from_email,
        to=storable(message.to),
        cc=storable(message.cc),
        bcc=storable(message.bcc),
        subject=message.subject,
        message=text,
        html_message=html,
        headers=headers or None,
        message_id=make_msgid(domain=get_message_id_fqdn()),
        status=STATUS.queued,
        priority=PRIORITY.medium,
    )


def bodies(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a message; either may be empty."""
    if message.content_subtype == "html":
        return "", message.body
    for alternative in getattr(message, "alternatives", ()):
        if alternative.mimetype == "text/html":
            return message.body, alternative.content
    return message.body, ""


def storable(addresses: Sequence[str]) -> list[str]:
    """The row joins addresses by commas, so no name may hold one."""
    return [
        parseaddr(address)[1] if "," in address else str(address)
        for address in addresses
    ]
