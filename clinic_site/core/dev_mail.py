"""Shows the mails a development site wrote to files instead of sending them."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# What Django's file backend writes after each message.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    name: str
    message: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        names = ("From", "To", "Reply-To", "Subject", "Date")
        return [(name, self.message[name]) for name in names if self.message[name]]

    @property
    def subject(self) -> str:
        return self.message["Subject"]

    @property
    def to(self) -> str:
        return self.message["To"]

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    @property
    def calendar(self) -> str:
        return next(
            (
                part.get_content()
                for part in self.message.walk()
                if part.get_content_type() == "text/calendar"
            ),
            "",
        )

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return body.get_content() if body else ""


@require_safe
def list_mails(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/mail_list.html", {"mails": stored_mails()})


@require_safe
def show_mail(request: HttpRequest, name: str) -> HttpResponse:
    for mail in stored_mails():
        if mail.name == name:
            return render(request, "dev/mail.html", {"mail": mail})
    raise Http404


def stored_mails() -> list[Mail]:
    """Newest first."""
    if not settings.DEV_MAIL:
        raise Http404
    files = sorted(
        Path(settings.EMAIL_FILE_PATH).glob("*.log"),
        key=lambda file: (file.stat().st_mtime_ns, file.name),
    )
    mails = [mail for file in files for mail in mails_in(file)]
    return mails[::-1]


def mails_in(file: Path) -> list[Mail]:
    messages = file.read_bytes().split(SEPARATOR)[:-1]
    return [
        Mail(f"{file.stem}-{number}", message_from_bytes(raw, policy=policy.default))
        for number, raw in enumerate(messages, start=1)
    ]
