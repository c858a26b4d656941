from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from . import frame, pictures
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
    def frame(self) -> frame.Frame:
        site = Site.find_for_request(self._request)
        found = frame.remembered(site, lambda: build_frame(site, self._request))
        # Where Wagtail keeps them, for whoever asks it.
        found.settings._request = self._request
        setattr(self._request, ClinicSettings.get_cache_attr_name(), found.settings)
        return found

    @property
    def settings(self) -> ClinicSettings:
        return self.frame.settings

    @property
    def clinics(self) -> list[Clinic]:
        return self.frame.clinics

    @cached_property
    def sections(self) -> list[dict]:
        """The pages directly under the home page."""
        return [
            {
                "title": section.title,
                "url": section.url,
                "is_in_menu": section.is_in_menu,
                "is_current": self._request.path.startswith(section.url),
            }
            for section in self.frame.sections
        ]

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


def build_frame(site: Site, request: HttpRequest) -> frame.Frame:
    settings = ClinicSettings.for_site(site)
    pictures.prefetch_for(settings.sharing_picture)
    clinics = Clinic.objects.open_to_visitors().select_related("picture")
    pages = open_to_all(Page.objects.child_of(site.root_page)).order_by("path")
    sections = [
        frame.Section(
            title=page.title,
            url=page.get_url(request),
            slug=page.slug,
            content_type_id=page.content_type_id,
            is_in_menu=page.show_in_menus,
        )
        for page in pages
    ]
    return frame.Frame(settings, list(clinics), sections)


def site(request: HttpRequest) -> dict[str, SiteContext]:
    if not hasattr(request, "_site_context"):
        request._site_context = SiteContext(request)
    return {"site": request._site_context}
