from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from clinic_site.core.models import BasePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, spared its walk down the tree with two queries a level.

    A page's whole address is a column. What has none of its own, such as a page
    inside another's routes, is left to the walk.
    """
    site = Site.find_for_request(request)
    if site:
        url_path = site.root_page.url_path + path
        page = Page.objects.live().filter(url_path=url_path).first()
        if page and issubclass(page.specific_class or Page, BasePage):
            found = page.specific_class.for_serving().get(pk=page.pk)
            # Where Wagtail itself keeps what its walk has found.
            request._wagtail_route_for_request = RouteResult(found)
    return views.serve(request, path)
