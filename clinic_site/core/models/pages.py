from django.db import models
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.text import Truncator
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from .. import frame
from .gone import GoneAddress
from .images import ClinicImage


def restricted() -> models.Exists:
    """Whether a view restriction lies on a page or above it."""
    beginning = Substr(OuterRef("path"), 1, Length("page__path"))
    return models.Exists(PageViewRestriction.objects.filter(page__path=beginning))


def open_to_all(pages: QuerySet) -> QuerySet:
    """Live pages without a view restriction on them or above them.

    The same as Wagtail's `.live().public()`, which asks for all restrictions first.
    """
    return pages.live().filter(~restricted())


def ever_live(pages: QuerySet) -> QuerySet:
    """Pages that visitors have been able to read. Those are archived, not deleted.

    The first pages come from migrations and are live without a date.
    """
    return pages.filter(
        models.Q(live=True) | models.Q(first_published_at__isnull=False)
    )


def was_ever_live(page: Page) -> bool:
    """Whether visitors have been able to read the page or one below it."""
    return ever_live(page.get_descendants(inclusive=True)).exists()


class BasePage(Page):
    """What every page of the site has: a description and a picture for sharing."""

    # Foreign keys whose rows the page's own template shows.
    shown_with = ()
    # What those who share the page are told it is (the Open Graph protocol's type).
    sharing_kind = "website"

    social_image = models.ForeignKey(
        ClinicImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown where the page is shared. Without one, its lead picture.",
    )
    archived_at = models.DateTimeField(null=True, editable=False)

    exclude_fields_in_copy = ["archived_at"]
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

    def save(self, *args, **kwargs):
        """A page that is live is neither archived nor gone from its address."""
        is_whole = kwargs.get("update_fields") is None
        if self.live and is_whole:
            self.archived_at = None
        result = super().save(*args, **kwargs)
        if self.live and is_whole:
            GoneAddress.objects.forget(self)
        frame.forget()
        return result

    def delete(self, *args, **kwargs) -> tuple[int, dict]:
        """Refuses what visitors have read; the admin archives that instead."""
        if was_ever_live(self):
            raise models.ProtectedError(
                f"“{self.title}” has been live. Archive it instead.", {self}
            )
        result = super().delete(*args, **kwargs)
        frame.forget()
        return result

    @classmethod
    def for_serving(cls) -> QuerySet:
        pages = cls.objects.select_related("social_image", *cls.shown_with)
        return pages.annotate(is_restricted=restricted())

    def get_view_restrictions(self) -> QuerySet:
        """Wagtail's answer in one query, or in none for a page fetched for serving.

        Wagtail also follows aliases; those are rare.
        """
        if self.alias_of_id:
            return super().get_view_restrictions()
        if not getattr(self, "is_restricted", True):
            return PageViewRestriction.objects.none()
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
