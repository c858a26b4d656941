from django.db import models
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.text import Truncator
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from .images import ClinicImage


def open_to_all(pages: QuerySet) -> QuerySet:
    """Live pages without a view restriction on them or above them.

    The same as Wagtail's `.live().public()`, which asks for all restrictions first.
    """
    beginning = Substr(OuterRef("path"), 1, Length("page__path"))
    above = PageViewRestriction.objects.filter(page__path=beginning)
    return pages.live().filter(~models.Exists(above))


class BasePage(Page):
    """What every page of the site has: a description and a picture for sharing."""

    # Foreign keys whose rows the page's own template shows.
    shown_with = ()

    social_image = models.ForeignKey(
        ClinicImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown where the page is shared. Without one, its lead picture.",
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("social_image"),
            ],
            "For search engines and sharing",
        ),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def for_serving(cls) -> QuerySet:
        return cls.objects.select_related("social_image", *cls.shown_with)

    def get_view_restrictions(self) -> QuerySet:
        """Wagtail's answer in one query; aliases, which it also follows, are rare."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:step] for step in steps]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def summary(self) -> str:
        """The page in a sentence or two of plain text."""
        return getattr(self, "introduction", "")

    def sharing_picture(self) -> ClinicImage | None:
        return self.social_image or getattr(self, "picture", None)

    def meta_description(self) -> str:
        return self.search_description or Truncator(self.summary()).chars(155)
