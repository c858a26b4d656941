from django.db import models
from django.utils.text import Truncator
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from .images import ClinicImage


class BasePage(Page):
    """What every page of the site has: a description and a picture for sharing."""

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

    def summary(self) -> str:
        """The page in one sentence of plain text; subclasses have better ones."""
        return ""

    def sharing_picture(self) -> ClinicImage | None:
        return self.social_image or getattr(self, "picture", None)

    def meta_description(self) -> str:
        return self.search_description or Truncator(self.summary()).chars(155)
