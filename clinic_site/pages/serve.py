from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from clinic_site.core import context
from clinic_site.core.frame import Section
from clinic_site.core.models import BasePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, spared its walk down the tree with two queries a level.

    A page's whole address is a column. What has none of its own, such as a page
    inside another's routes, is left to the walk.
    """
    site = Site.find_for_request(request)
    page = page_at(request, site, path) if site else None
    if page:
        # Where Wagtail itself keeps what its walk has found.
        request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


def page_at(request: HttpRequest, site: Site, path: str) -> BasePage | None:
    """The live page at an address, in one query wherever its type is known before."""
    url_path = site.root_page.url_path + path
    sections = context.site(request)["site"].frame.sections
    model = expected_type(site, sections, [slug for slug in path.split("/") if slug])
    if model is None:
        page = Page.objects.live().filter(url_path=url_path).first()
        model = page.specific_class if page else None
    if model is None or not issubclass(model, BasePage):
        return None
    return model.for_serving().live().filter(url_path=url_path).first()


def expected_type(
    site: Site, sections: Sequence[Section], slugs: Sequence[str]
) -> type[Page] | None:
    """The only type that a page at this place of the tree can have, if it is one.

    May be wrong for as long as the frame is remembered; nothing is found then, and
    Wagtail walks.
    """
    if not slugs:
        return site.root_page.specific_class
    section = next((one for one in sections if one.slug == slugs[0]), None)
    if section is None:
        return None
    model = ContentType.objects.get_for_id(section.content_type_id).model_class()
    for _ in slugs[1:]:
        below = model.allowed_subpage_models() if model else []
        model = below[0] if len(below) == 1 else None
    return model
