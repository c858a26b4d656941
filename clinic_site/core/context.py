from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from .models import Clinic, ClinicSettings


class SiteContext:
    """What the frame of every public page shows; each part is asked for once.

    Templates find it as `site`. Nothing is queried before a template needs it,
    so the admin and plain text answers pay nothing.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def settings(self) -> ClinicSettings:
        return ClinicSettings.for_request(self._request)

    @cached_property
    def clinics(self) -> list[Clinic]:
        return list(Clinic.objects.open_to_visitors().select_related("picture"))

    @cached_property
    def menu(self) -> list[dict[str, str]]:
        root = Site.find_for_request(self._request).root_page
        pages = Page.objects.live().in_menu().descendant_of(root)
        links = [
            {"title": page.title, "url": page.get_url(self._request)}
            for page in pages.order_by("path")
        ]
        for link in links:
            link["is_current"] = self._request.path.startswith(link["url"])
        return links

    @cached_property
    def privacy_url(self) -> str:
        return next(
            (link["url"] for link in self.footer if link["is_privacy"]),
            "",
        )

    @cached_property
    def footer(self) -> list[dict]:
        """Pages directly under the home page that are not in the menu."""
        root = Site.find_for_request(self._request).root_page
        pages = Page.objects.live().child_of(root).filter(show_in_menus=False)
        return [
            {
                "title": page.title,
                "url": page.get_url(self._request),
                "is_privacy": page.pk == self.settings.privacy_page_id,
            }
            for page in pages.order_by("path")
        ]


def site(request: HttpRequest) -> dict[str, SiteContext]:
    if not hasattr(request, "_site_context"):
        request._site_context = SiteContext(request)
    return {"site": request._site_context}
