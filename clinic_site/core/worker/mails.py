"""Sends what `clinic_site.core.mail` queued."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.utils import timezone
from post_office.connections import connections as mail_servers
from post_office.mail import get_queued
from post_office.models import STATUS, Email
from post_office.settings import get_max_retries, get_retry_timedelta

from ..models import MailCalendar

MAILS_PER_ROUND = 20  # so that a newsletter does not keep tasks waiting

logger = logging.getLogger(__name__)


def send_due(*, may_go_on: Callable[[], bool]) -> int:
    """Send mails until none is due; returns how many left.

    A failure ends the round: with a mail server that does not answer, each mail
    costs the whole timeout, and tasks must get their turn.
    """
    sent = 0
    while sent < MAILS_PER_ROUND and may_go_on() and send_next():
        sent += 1
    return sent


def send_next() -> bool:
    """Send one mail. False when none is due or it could not be sent.

    It is marked after the mail server took it: a worker killed in between sends
    it once more (under the same Message-ID) rather than not at all.
    """
    email = next(iter(get_queued()), None)
    if email is None:
        return False
    try:
        attach_calendar(email)
        email.dispatch(commit=False, disconnect_after_delivery=False)
    except Exception as error:
        postpone(email, error)
        return False
    finally:
        with suppress(Exception):  # the mail is already gone, or already failed
            mail_servers.close()
    Email.objects.filter(pk=email.pk).update(
        status=STATUS.sent, last_updated=timezone.now()
    )
    logger.info("mail sent", extra={"mail": email.pk})
    return True


def attach_calendar(email: Email) -> None:
    """Twice, as calendar programs' own invitations do.

    Gmail and Outlook take a meeting from the last of the alternatives, whose type
    must carry the method that the text names. Apple Mail, phones and web mailers
    that show no such part have a file to open. That is application/ics: a second
    text/calendar would be a second invitation.
    """
    calendar = MailCalendar.objects.filter(email=email).first()
    if calendar:
        message = email.email_message()
        message.attach_alternative(
            calendar.content, f"text/calendar; method={calendar.method}"
        )
        # As bytes: as text, the line ends the format asks for would change.
        message.attach("appointment.ics", calendar.content.encode(), "application/ics")


def postpone(email: Email, error: Exception) -> None:
    """Try again later, or give up after as many tries as the settings allow."""
    tries = (email.number_of_retries or 0) + 1
    gives_up = tries > get_max_retries()
    Email.objects.filter(pk=email.pk).update(
        status=STATUS.failed if gives_up else STATUS.requeued,
        number_of_retries=tries,
        scheduled_time=timezone.now() + get_retry_timedelta(),
        last_updated=timezone.now(),
    )
    email.logs.create(
        status=STATUS.failed, message=str(error), exception_type=type(error).__name__
    )
    logger.log(
        logging.ERROR if gives_up else logging.WARNING,
        "mail given up" if gives_up else "mail postponed",
        exc_info=error,
        extra={"mail": email.pk, "count": tries},
    )
