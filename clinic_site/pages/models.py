from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable

from articles.models import AnswerPage, TopicPage
from clinic_site.core import body, pictures, preload
from clinic_site.core.blocks import BodyBlock
from clinic_site.core.context import site
from clinic_site.core.models import BasePage, ClinicImage
from clinic_site.core.structured_data import clinics, graph, organisation, website

FEATURED_COUNT = 6


class HomePage(BasePage):
    """The first page: what this is, the two ways in, what others asked."""

    heading = models.CharField(max_length=120, blank=True)
    introduction = models.TextField(max_length=400, blank=True)
    picture = models.ForeignKey(
        ClinicImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("heading"),
                FieldPanel("introduction"),
                FieldPanel("picture"),
            ],
            "On top",
        ),
        InlinePanel("steps", heading="What happens when you come", label="Step"),
        InlinePanel(
            "featured",
            heading="Featured answers",
            label="Answer",
            max_num=FEATURED_COUNT,
            help_text="Without any, the newest are shown.",
        ),
    ]
    template = "pages/home_page.html"
    shown_with = ("picture",)
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        answers = self.featured_answers()
        topics = list(TopicPage.objects.published().select_related("picture"))
        places = site(request)["site"].clinics
        pictures.prefetch_for_all([self, *answers, *topics, *places])
        return {
            **context,
            "answers": answers,
            "topics": topics,
            "steps": self.steps.all(),
            "structured_data": graph(
                website(request), organisation(request), *clinics(request)
            ),
        }

    def featured_answers(self) -> list[AnswerPage]:
        """The editors' picks; without any, the newest."""
        place = Coalesce("sort_order", 0)
        pick = FeaturedAnswer.objects.filter(page=self, answer=models.OuterRef("pk"))
        found = list(
            AnswerPage.objects.published()
            .with_cards()
            .annotate(place=models.Subquery(pick.values(at=place)[:1]))
            .order_by(
                models.F("place").asc(nulls_last=True), "-first_published_at", "-pk"
            )[:FEATURED_COUNT]
        )
        return [page for page in found if page.place is not None] or found


class HomePageStep(Orderable):
    """One thing that happens, in the order in which it happens."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="steps")
    heading = models.CharField(max_length=80)
    text = models.TextField(max_length=300)

    panels = [FieldPanel("heading"), FieldPanel("text")]


class FeaturedAnswer(Orderable):
    """An answer that editors show on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured")
    answer = models.ForeignKey(AnswerPage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("answer")]


class StandardPage(BasePage):
    """Anything that is neither an answer nor a form: about us, privacy, policies."""

    introduction = models.TextField(max_length=400, blank=True)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    template = "pages/standard_page.html"
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        with preload.everything_in(self.body):
            texts = body.Texts(self.body)
        pictures.prefetch_for(self.social_image, *body.pictures_in(self.body))
        found = body.sections(self.body)
        return {
            **context,
            "sections": found,
            "contents": body.contents(found),
            "texts": texts,
        }
