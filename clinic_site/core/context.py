from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from .models import Clinic, ClinicSettings
from .models.pages import open_to_all


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
    def sections(self) -> list[dict]:
        """The pages directly under the home page."""
        root = Site.find_for_request(self._request).root_page
        sections = []
        for page in open_to_all(Page.objects.child_of(root)).order_by("path"):
            url = page.get_url(self._request)
            sections.append(
                {
                    "title": page.title,
                    "url": url,
                    "is_in_menu": page.show_in_menus,
                    "is_current": self._request.path.startswith(url),
                }
            )
        return sections

    @property
    def menu(self) -> list[dict]:
        return [section for section in self.sections if section["is_in_menu"]]

    @property
    def footer(self) -> list[dict]:
        return [section for section in self.sections if not section["is_in_menu"]]

    @property
    def parent(self) -> dict | None:
        """The section that the page asked for lies in, if it is not that itself."""
        for section in self.sections:
            if section["is_current"] and section["url"] != self._request.path:
                return section
        return None

    @property
    def privacy_url(self) -> str:
        page = self.settings.privacy_page
        return page.get_url(self._request) if page and page.live else ""


def site(request: HttpRequest) -> dict[str, SiteContext]:
    if not hasattr(request, "_site_context"):
        request._site_context = SiteContext(request)
    return {"site": request._site_context}
