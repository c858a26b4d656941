from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clinic_site.core.rate_limit import Limit, TooManyRequests
from clinic_site.core.transactions import Busy

from .forms import SubmissionForm
from .models import Submission
from .services import SubmittedDifferently

SUBMISSIONS = Limit("submissions", times=10, seconds=60)

SENT_DIFFERENTLY = (
    "You have sent this form before, and we have it: your reference is {}. "
    "If you want to send this changed version as well, send it once more."
)
TOO_MANY = (
    "Too many forms were sent from your connection in the last minute. Nothing you "
    "typed is lost: wait a minute and send it again, or phone us."
)
BUSY = (
    "We could not store your form just now. Nothing you typed is lost: wait a moment "
    "and send it again, or phone us."
)


def send(
    request: HttpRequest,
    *,
    form: SubmissionForm,
    store: Callable[[], Submission],
    template: str,
    received: str,
    keep: Callable[[], None] | None = None,
) -> HttpResponse:
    """Answer a form: shown, refused with words, or stored and acknowledged.

    `store` may raise SubmittedDifferently and TooManyRequests; `received` is the
    URL name of the confirmation, which takes the reference; `keep` puts aside what
    the browser would not send again with a form that was refused.
    """
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                submission = store()
            except SubmittedDifferently as error:
                form.ask_again(SENT_DIFFERENTLY.format(error.submission.reference))
                status = 409
            except TooManyRequests:
                form.add_error(None, TOO_MANY)
                status = 429
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                response = redirect(reverse(received, args=[submission.reference]))
                response.status_code = 303  # the confirmation is fetched by GET
                return response
        if keep and form.key():
            keep()
    return render(request, template, {"form": form}, status=status)
