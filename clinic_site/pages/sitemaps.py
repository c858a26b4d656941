from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap


class FormsSitemap(Sitemap):
    """The two forms, which are no Wagtail pages."""

    def items(self) -> list[str]:
        return ["book", "consult_online"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"pages": PagesSitemap, "forms": FormsSitemap}
