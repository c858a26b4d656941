"""The pages that list answers: all of them, and by topic."""

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager, PageQuerySet

from clinic_site.core import pictures
from clinic_site.core.models import BasePage, ClinicImage
from clinic_site.core.models.pages import open_to_all

from .models import AnswerPage, AnswerQuerySet

PER_PAGE = 12


def page_of(queryset: AnswerQuerySet, request: HttpRequest) -> ListPage:
    """One page of a list; a number that is out of range shows the nearest."""
    return Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))


class AnswersIndexPage(BasePage):
    """All answers, newest first."""

    introduction = models.TextField(max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    template = "answers/answers_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["articles.AnswerPage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        answers = AnswerPage.objects.child_of(self).published().for_cards()
        return {
            **context,
            "answers": page_of(answers, request),
            "topics": TopicPage.objects.published(),
        }


class TopicsIndexPage(BasePage):
    """All topics."""

    introduction = models.TextField(max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    template = "answers/topics_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["articles.TopicPage"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "topics": TopicPage.objects.published().for_cards()}


class TopicQuerySet(PageQuerySet):
    def published(self) -> "TopicQuerySet":
        """Topics in the editors' order, with how many answers are about each."""
        as_main = models.Count(
            "answers", filter=models.Q(answers__live=True), distinct=True
        )
        as_other = models.Count(
            "other_answers",
            filter=models.Q(other_answers__live=True)
            & ~models.Q(other_answers__primary_topic=models.F("pk")),
            distinct=True,
        )
        return (
            open_to_all(self).annotate(answer_count=as_main + as_other).order_by("path")
        )

    def for_cards(self) -> "TopicQuerySet":
        return self.select_related("picture").prefetch_related(
            pictures.prefetch("picture")
        )


class TopicPage(BasePage):
    """One subject, and the answers about it."""

    introduction = models.TextField(max_length=400)
    picture = models.ForeignKey(
        ClinicImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PageManager.from_queryset(TopicQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("picture"),
    ]
    template = "answers/topic_page.html"
    parent_page_types = ["articles.TopicsIndexPage"]
    subpage_types = []

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        answers = AnswerPage.objects.published().about(self).for_cards()
        return {
            **context,
            "answers": page_of(answers, request),
            "topics": TopicPage.objects.published(),
        }
