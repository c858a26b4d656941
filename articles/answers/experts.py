"""A page about each person who answers or reviews."""

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from clinic_site.core import pictures
from clinic_site.core.models import Expert

from . import structured_data
from .models import AnswerPage, AnswerQuerySet
from .sign_off import bound_to_go_live

PER_PAGE = 12
REVIEWED_SHOWN = 6


@require_safe
def list_experts(request: HttpRequest) -> HttpResponse:
    experts = Expert.objects.filter(is_active=True).select_related("picture")
    context = {
        "experts": experts.prefetch_related(pictures.prefetch("picture")),
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "answers/experts.html", context)


@require_safe
def show_expert(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is, what they answered, and the newest of what they reviewed."""
    expert = get_object_or_404(_with_counts(), slug=slug)
    answers = _page_of(answered_by(expert), expert.answered_count, request)
    reviewed = []
    if answers.number == 1 and expert.reviewed_count:
        reviewed = list(reviewed_by(expert)[:REVIEWED_SHOWN])
    pictures.prefetch_for_all([expert, *answers, *reviewed])
    context = {
        "expert": expert,
        "answers": answers,
        "reviewed": reviewed,
        "canonical_url": request.build_absolute_uri(request.path),
        "description": _description(expert),
        "structured_data": structured_data.for_expert(expert, request),
    }
    return render(request, "answers/expert.html", context)


@require_safe
def list_reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """All that somebody reviewed; there is no such page before the first."""
    expert = get_object_or_404(_with_counts(), slug=slug)
    if not expert.reviewed_count:
        raise Http404
    answers = _page_of(reviewed_by(expert), expert.reviewed_count, request)
    pictures.prefetch_for_all(answers)
    context = {
        "expert": expert,
        "answers": answers,
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "answers/expert_reviewed.html", context)


def answered_by(expert: Expert | OuterRef) -> AnswerQuerySet:
    return AnswerPage.objects.published().with_cards().filter(expert=expert)


def reviewed_by(expert: Expert | OuterRef) -> AnswerQuerySet:
    """What is live with this person's sign-off."""
    answers = AnswerPage.objects.published().with_cards()
    return answers.filter(sign_off__clinician=expert)


def is_signed_for(expert: Expert) -> bool:
    """Whether their word, or a text that names them, has been given to readers."""
    return (
        expert.sign_offs.exists()
        or expert.answers.live().exists()
        # Only the draft knows whom a text names that is not live yet.
        or Revision.page_revisions.filter(
            object_id__in=map(str, bound_to_go_live()), content__expert=expert.pk
        ).exists()
    )


def _description(expert: Expert) -> str:
    return Truncator(f"{expert}, {expert.role}. {expert.biography}").chars(155)


def _with_counts() -> QuerySet[Expert]:
    return Expert.objects.select_related("picture").annotate(
        answered_count=_number_of(answered_by(OuterRef("pk")), "expert"),
        reviewed_count=_number_of(reviewed_by(OuterRef("pk")), "sign_off__clinician"),
    )


def _number_of(answers: AnswerQuerySet, person: str) -> Coalesce:
    counted = answers.order_by().values(person).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _page_of(answers: AnswerQuerySet, count: int, request: HttpRequest) -> ListPage:
    paginator = Paginator(answers, PER_PAGE)
    paginator.count = count  # known already; spares a query
    return paginator.get_page(request.GET.get("page"))
