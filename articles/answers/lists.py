"""The pages that list answers: all of them, and by topic."""

from collections.abc import Iterable

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager, PagePermissionTester, PageQuerySet

from clinic_site.core import pictures
from clinic_site.core.context import site
from clinic_site.core.models import BasePage, ClinicImage
from clinic_site.core.models.pages import open_to_all
from clinic_site.core.structured_data import collection
from clinic_site.users.models import User

from .models import AnswerPage, AnswerQuerySet

PER_PAGE = 12


def page_of(queryset: AnswerQuerySet, request: HttpRequest) -> ListPage:
    """One page of a list; a number that is out of range shows the nearest."""
    return Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))


class NewestFirst(PagePermissionTester):
    """Wagtail's list to sort pages by hand shows all at once: minutes for thousands,
    for an order that nobody sees."""

    def can_reorder_children(self) -> bool:
        return False


def _listed(pages: Iterable[BasePage], request: HttpRequest) -> list[tuple[str, str]]:
    return [(page.title, page.get_url(request)) for page in pages]


class AnswersIndexPage(BasePage):
    """All answers, newest first."""

    introduction = models.TextField(max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    template = "answers/answers_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["articles.AnswerPage"]
    max_count = 1

    def permissions_for_user(self, user: User) -> NewestFirst:
        return NewestFirst(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        found = AnswerPage.objects.child_of(self).published().for_cards()
        answers = page_of(found, request)
        return {
            **context,
            "answers": answers,
            "topics": TopicPage.objects.published(),
            "structured_data": collection(
                request, name=self.title, trail=[], items=_listed(answers, request)
            ),
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
        topics = TopicPage.objects.published().for_cards()
        return {
            **context,
            "topics": topics,
            "structured_data": collection(
                request, name=self.title, trail=[], items=_listed(topics, request)
            ),
        }


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
        answers = page_of(
            AnswerPage.objects.published().about(self).with_cards(), request
        )
        pictures.prefetch_for_all(answers, self.sharing_picture())
        parent = site(request)["site"].parent
        return {
            **context,
            "answers": answers,
            "topics": TopicPage.objects.published(),
            "structured_data": collection(
                request,
                name=self.title,
                trail=[(parent["title"], parent["url"])] if parent else [],
                items=_listed(answers, request),
            ),
        }
