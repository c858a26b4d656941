from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap

from clinic_site.core.models import Expert


class FormsSitemap(Sitemap):
    """The two forms, which are no Wagtail pages."""

    def items(self) -> list[str]:
        return ["book", "consult_online"]

    def location(self, item: str) -> str:
        return reverse(item)


class ExpertsSitemap(Sitemap):
    """The list of experts and a page for each, those who have left too."""

    def items(self) -> list[str]:
        slugs = Expert.objects.values_list("slug", flat=True)
        people = [reverse("expert", args=[slug]) for slug in slugs]
        return [reverse("experts"), *people]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {"pages": PagesSitemap, "experts": ExpertsSitemap, "forms": FormsSitemap}
