"""A reader's vote, in steps that need neither scripts nor cookies.

Django's own protection of forms is a cookie. These views take what it would not
let through, because what they are sent is signed.
"""

from functools import partial

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.core.rate_limit import Limit, client_address

from ..answers.models import AnswerPage
from . import services
from .forms import ReasonForm, VoteForm
from .models import Feedback
from .tokens import PAGE_TOKEN, VOTE_TOKEN

# Votes, changed votes and reasons.
FEEDBACK = Limit("feedback", times=20, seconds=60 * 60)

FORGED = "This did not come from a page of ours, or was damaged on its way."
FROM_ELSEWHERE = "This came from a page that is not ours."
PAGE_TOO_OLD = "The page had been open for too long. Please choose once more."
VOTE_TOO_OLD = "We have your vote. It is too late to say more about it."


class Refused(Exception):
    """`words` say why; `page` is the answer it was about, if that is known."""

    def __init__(
        self, words: str, page: AnswerPage | None = None, *, may_vote: bool = False
    ) -> None:
        super().__init__(words)
        self.words, self.page, self.may_vote = words, page, may_vote


def refuse(request: HttpRequest, error: Refused) -> HttpResponse:
    context = {
        "words": error.words,
        "answer": error.page,
        "answer_url": error.page and error.page.get_url(request),
        "may_vote": error.may_vote,
    }
    return render(request, "feedback/refused.html", context, status=400)


@csrf_exempt
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest, token: str) -> HttpResponse:
    try:
        page, is_over = page_of(token)
        if request.method != "POST":  # the address was opened or reloaded
            return redirect(page.get_url(request) or "/")
        if is_over:
            raise Refused(PAGE_TOO_OLD, page, may_vote=True)
        form = VoteForm(request.POST)
        check(request, form, page)
    except Refused as error:
        return refuse(request, error)
    vote = services.record_vote(
        page=page,
        is_helpful=form.is_helpful(),
        address=client_address(request),
        check_limit=partial(FEEDBACK.check, request),
    )
    next_step = "feedback_received" if vote.is_helpful else "give_feedback_reason"
    return see_other(next_step, vote)


@csrf_exempt
@cache_control(private=True, no_cache=True)  # stored, so that Back shows an error
@require_http_methods(["GET", "HEAD", "POST"])
def give_reason(request: HttpRequest, token: str) -> HttpResponse:
    """The second step of a "no". The vote is stored already, so it may be left out."""
    try:
        vote = vote_of(token)
        if is_from_elsewhere(request):
            raise Refused(FROM_ELSEWHERE, vote.page)
    except Refused as error:
        return refuse(request, error)
    if vote.is_helpful:  # changed meanwhile
        return see_other("feedback_received", vote)
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent)
    if not form.is_valid():
        context = {"form": form, "token": token}
        status = 400 if form.is_bound else 200
        return render(request, "feedback/reason.html", context, status=status)
    services.record_reason(
        vote=vote,
        reason=form.cleaned_data["reason"],
        check_limit=partial(FEEDBACK.check, request),
    )
    return see_other("feedback_received", vote)


@cache_control(private=True, no_store=True)
@require_safe
def feedback_received(request: HttpRequest, token: str) -> HttpResponse:
    try:
        vote = vote_of(token)
    except Refused as error:
        return refuse(request, error)
    context = {
        "answer_url": vote.page.get_url(request),
        "needs_next_step": vote.reason == Feedback.Reason.NO_NEXT_STEP,
        "asked_something_else": vote.reason == Feedback.Reason.NOT_MY_QUESTION,
        "says_wrong": vote.reason in (Feedback.Reason.WRONG, Feedback.Reason.OUTDATED),
    }
    return render(request, "feedback/received.html", context)


def page_of(token: str) -> tuple[AnswerPage, bool]:
    """The answer, and whether its token is over. Raises Refused and Http404."""
    try:
        sent = PAGE_TOKEN.read(token)
    except BadSignature:
        raise Refused(FORGED) from None
    return get_object_or_404(AnswerPage.objects.live(), pk=sent.number), sent.is_over


def vote_of(token: str) -> Feedback:
    """Raises Refused, and Http404 where the answer is no longer there to go back to."""
    try:
        sent = VOTE_TOKEN.read(token)
    except BadSignature:
        raise Refused(FORGED) from None
    votes = Feedback.objects.filter(page__live=True).select_related("page")
    vote = get_object_or_404(votes, pk=sent.number)
    if sent.is_over:
        raise Refused(VOTE_TOO_OLD, vote.page)
    return vote


def check(request: HttpRequest, form: VoteForm, page: AnswerPage) -> None:
    if is_from_elsewhere(request):
        raise Refused(FROM_ELSEWHERE, page, may_vote=True)
    if not form.is_valid():
        raise Refused(form.first_error(), page, may_vote=True)


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site made the browser send this, as far as browsers say it."""
    is_sent = request.method == "POST"
    return is_sent and request.headers.get("Sec-Fetch-Site") == "cross-site"


def see_other(name: str, vote: Feedback) -> HttpResponse:
    response = redirect(reverse(name, args=[VOTE_TOKEN.make(vote.pk)]))
    response.status_code = 303  # the next page is fetched by GET
    return response
